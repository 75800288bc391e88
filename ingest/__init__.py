"""Reads documents: file, text with pages, outline, fiches, passages, index."""
