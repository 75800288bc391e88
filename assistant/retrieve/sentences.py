"""How near sentences are to a question, by their vectors: what tells the item that answers from its neighbours."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder

_KEPT = 20_000
"""Vectors kept in memory (1.5 kB each) so that a sentence met again costs nothing."""


class Sentences:
    """Compares sentences with questions; vectors of sentences already met are kept."""

    def __init__(self) -> None:
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def nearness(self, embedder: Embedder, question: NDArray[np.float32], texts: Sequence[str]) -> list[float]:
        """For each text, 1 for the nearest of them to the question's vector, 0 for the farthest.

        Raises ModelUnavailable.
        """
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if len(self._vectors) + len(missing) > _KEPT:
            self._vectors = {}
            missing = list(dict.fromkeys(texts))
        if missing:
            # A new dictionary rather than a changed one: other threads may be reading the present one.
            self._vectors = self._vectors | dict(zip(missing, embedder.embed(missing), strict=True))
        known = self._vectors
        cosines = [float(known[text] @ question) for text in texts]
        lowest, highest = min(cosines, default=0.0), max(cosines, default=0.0)
        width = (highest - lowest) or 1.0
        return [(cosine - lowest) / width for cosine in cosines]
