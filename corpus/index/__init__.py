"""The index: a catalogue, a lexical index and vectors, made in generations that are never written once in service."""
