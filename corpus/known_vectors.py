"""Vectors of the texts that the project ships (documents, attached questions), so that a first index takes seconds.

A text is known by its hash, so a text that changed is computed again; the file holds for one model only. Rows are kept
in 8 bits with one scale a row: the cosine to the computed vector stays above 0.9999.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

KNOWN_VECTORS_FILE = Path(__file__).with_name("known_vectors.npz")


class KnownVectors:
    """Vectors by text, of one model."""

    def __init__(self, keys: NDArray[np.uint64], rows: NDArray[np.int8]) -> None:
        self._places = {int(key): place for place, key in enumerate(keys)}
        self._rows = rows

    def get(self, text: str, query: bool) -> NDArray[np.float32] | None:
        """Vector of length 1 of a text, as a question or as a passage; None where it is not known."""
        place = self._places.get(text_key(text, query))
        if place is None:
            return None
        row = self._rows[place].astype(np.float32)
        return np.asarray(row / max(float(np.linalg.norm(row)), 1e-12), dtype=np.float32)


def text_key(text: str, query: bool) -> int:
    """Eight bytes of the SHA-256 of a text said as a question or as a passage."""
    said = ("question\0" if query else "passage\0") + text
    return int.from_bytes(hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest()[:8], "little")


def load_known_vectors(fingerprint: str, path: Path = KNOWN_VECTORS_FILE) -> KnownVectors:
    """The vectors kept for the model of that fingerprint; none where the file is missing or is another model's."""
    try:
        with np.load(path, allow_pickle=False) as content:
            if str(content["fingerprint"]) == fingerprint:
                return KnownVectors(content["keys"], content["rows"])
    except (OSError, ValueError, KeyError):
        pass
    return KnownVectors(np.zeros(0, dtype=np.uint64), np.zeros((0, 1), dtype=np.int8))


def save_known_vectors(
    fingerprint: str, keys: Sequence[int], vectors: NDArray[np.float32], path: Path = KNOWN_VECTORS_FILE
) -> None:
    """Write the vectors of texts by their keys."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    rows = np.rint(vectors / np.maximum(largest, 1e-12) * 127).astype(np.int8)
    np.savez_compressed(path, fingerprint=np.str_(fingerprint), keys=np.asarray(keys, dtype=np.uint64), rows=rows)
