"""From ranked passages and typed records to an Answer: statements, each with its own verified citations."""
