"""What a passage means next to a question: its vector, and the known questions that it answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.index.questions import NearQuestion
from corpus.index.reader import Index

_HITS = 300


@dataclass(frozen=True)
class Meaning:
    """How near each passage is to a question."""

    passages: Mapping[str, float] = field(default_factory=dict)
    """Passage id to the nearness of its own words: 0 for the farthest one compared, 1 for the nearest."""
    questions: Mapping[str, tuple[NearQuestion, ...]] = field(default_factory=dict)
    """Passage id to the questions known to be answered by it, the nearest to the one asked first."""
    known: frozenset[str] = frozenset()
    """Documents for which questions are known."""

    @property
    def closest(self) -> float:
        """Nearness of the known question closest to the one asked; 0 where none is known."""
        return max((near[0].nearness for near in self.questions.values()), default=0.0)

    def by_questions(self) -> dict[str, float]:
        """Passage id to the nearness of its known questions: 1 for the nearest of all.

        A document for which no question is known must not lose for that: the nearness of its passages' own words
        stands in for what its questions would say.
        """
        highest = self.closest
        if not highest:
            return {}
        found = {
            passage: near for passage, near in self.passages.items() if passage.partition("#")[0] not in self.known
        }
        return found | {passage: near[0].nearness / highest for passage, near in self.questions.items()}


def measure_meaning(
    index: Index, embedder: Embedder, vector: NDArray[np.float32], documents: Collection[str] | None
) -> Meaning:
    """Nearness of the passages of `documents` (None: of all) to a question, by its vector (`embed_query`)."""
    cosines = dict(index.dense(vector, documents, _HITS))
    lowest, highest = min(cosines.values(), default=0.0), max(cosines.values(), default=0.0)
    width = (highest - lowest) or 1.0
    return Meaning(
        passages={passage: (cosine - lowest) / width for passage, cosine in cosines.items()},
        questions=index.questions.nearest(embedder.among_questions(vector[None])[0], documents),
        known=index.questions.documents,
    )
