"""Nearest vectors by comparing them all: what serves where Chroma's files cannot be used.

Every vector also stands in the catalogue, so a damaged Chroma folder costs no answer: a few milliseconds at most.
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from corpus.index.catalogue import Catalogue


class ExactVectors:
    """The vectors of a catalogue, in memory."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ids, documents, self._matrix = catalogue.vectors()
        self._documents = np.asarray(documents)

    def search(
        self, vector: NDArray[np.float32], documents: Collection[str] | None, limit: int
    ) -> list[tuple[str, float]]:
        """Passage ids and cosines, nearest first."""
        if not self._ids or limit <= 0:
            return []
        cosines = self._matrix @ vector
        if documents is not None:
            cosines = np.where(np.isin(self._documents, sorted(documents)), cosines, -np.inf)
        order = np.argsort(-cosines, kind="stable")[:limit]
        return [(self._ids[row], float(cosines[row])) for row in order if np.isfinite(cosines[row])]
