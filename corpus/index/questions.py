"""The questions attached to passages, in memory: which of them are nearest to a new one."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.index.records import AttachedQuestion
from corpus.records.base import Record

_EACH = 4
"""Known questions kept for a passage, the nearest ones."""


class NearQuestion(Record):
    """A known question near to a new one."""

    question: str
    quote: str
    """The words of the document that answer the known question."""
    cosine: float
    nearness: float
    """0 for a question no nearer than most known ones, 1 for the same question."""


class QuestionMemory:
    """Every attached question of a generation, with its vector."""

    def __init__(
        self, documents: Sequence[str], questions: Sequence[AttachedQuestion], vectors: NDArray[np.float32]
    ) -> None:
        """One document, one question and one vector of length 1 (a row) for each, in the same order."""
        self.documents = frozenset(documents)
        """Documents for which questions are known."""
        self._documents = np.asarray(documents)
        self._questions = questions
        self._matrix = vectors

    @property
    def asked(self) -> tuple[NDArray[np.str_], Sequence[AttachedQuestion]]:
        """The document of each question, and the questions, in the same order."""
        return self._documents, self._questions

    def __len__(self) -> int:
        return len(self._questions)

    def cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosine of each question of `asked` to `vector`; empty where no question is known by such a vector."""
        if not self._questions or vector.shape != (self._matrix.shape[1],):
            return np.zeros(0, dtype=np.float32)
        return np.asarray(self._matrix @ vector, dtype=np.float32)

    def nearest(
        self, vector: NDArray[np.float32], documents: Collection[str] | None
    ) -> Mapping[str, tuple[NearQuestion, ...]]:
        """Passage id to its known questions nearest to `vector`, at most four, the nearest first.

        `documents`: where to look (None: everywhere).
        """
        cosines = self.cosines(vector)
        if not len(cosines):
            return {}
        usual = min(float(np.median(cosines)), 0.99)
        places = np.arange(len(self._questions))
        if documents is not None:
            places = places[np.isin(self._documents, sorted(documents))]
        found: dict[str, list[NearQuestion]] = {}
        for place in places[np.argsort(-cosines[places], kind="stable")]:
            known = self._questions[place]
            for passage in known.passages:
                kept = found.setdefault(passage, [])
                if len(kept) < _EACH:
                    cosine = float(cosines[place])
                    kept.append(
                        NearQuestion(
                            question=known.question,
                            quote=known.quote,
                            cosine=round(cosine, 4),
                            nearness=round(max(0.0, (cosine - usual) / (1 - usual)), 4),
                        )
                    )
        return {passage: tuple(kept) for passage, kept in found.items()}
