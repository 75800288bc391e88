"""Records to markup. Whatever comes from a document, a file name, a question or a model is escaped and stays text."""
