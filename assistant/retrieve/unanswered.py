"""How near a question is to those that the corpus is known not to answer."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.unanswered import UnansweredQuestion

NEAREST = 3


class Unanswered:
    """The known unanswered questions that hold for an index, with their vectors."""

    def __init__(
        self, questions: Sequence[UnansweredQuestion], embedder: Embedder, indexed: Collection[str],
        delivered: Collection[str],
    ) -> None:  # fmt: skip
        """`indexed`: documents of the index; `delivered`: those that the questions were written over.

        A question about one document holds while it is indexed; one about the whole corpus holds only while nothing
        was added, which might answer it. Raises ModelUnavailable.
        """
        grown = not set(indexed) <= set(delivered)
        kept = [
            question
            for question in questions
            if (question.document in indexed if question.document is not None else not grown)
        ]
        self._documents = np.asarray([question.document or "" for question in kept])
        vectors = embedder.embed_queries([question.question for question in kept]) if kept else None
        self._matrix = embedder.among_questions(vectors) if vectors is not None else np.zeros((0, 1), np.float32)

    def nearest(self, vector: NDArray[np.float32], documents: Collection[str] | None) -> tuple[float, ...]:
        """Cosines of the three nearest to a question's vector (as compared with other questions), the nearest first.

        `documents`: those that the question is asked of (None: all). Zeros where there are fewer.
        """
        if vector.shape != (self._matrix.shape[1],):
            return (0.0,) * NEAREST
        cosines = self._matrix @ vector
        if documents is not None:
            cosines = cosines[np.isin(self._documents, ["", *documents])]
        best = np.sort(cosines)[::-1][:NEAREST]
        return tuple(float(one) for one in best) + (0.0,) * (NEAREST - len(best))
