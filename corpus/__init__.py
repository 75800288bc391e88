"""Ground floor: the documents, what describes them, the typed records, the index itself."""
