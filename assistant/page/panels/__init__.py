"""The panels of the page, one file each: `build_…` draws a panel and wires it; its handlers stand in a class."""
