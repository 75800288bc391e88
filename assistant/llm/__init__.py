"""A language model, where one is configured: it writes, the evidence decides what is shown as supported."""
