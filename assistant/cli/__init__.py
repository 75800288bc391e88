"""The command `ctg`: the door for the terminal and for scripts."""
