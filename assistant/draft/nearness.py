"""How near fiches are to a request in meaning: by the questions that users are known to ask about them.

Two texts on one thing rarely share their words; the questions asked about them do. A fiche whose known questions are
hardly nearer to the request than those on anything else is off its subject, whatever words it shares with it: of 1,660
listed lines judged one by one, more than a third of such fiches' were struck, and about one in thirty of the nearest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.draft.records import SimilarEntry
from assistant.retrieve.search import Searcher
from corpus.index.reader import Index

_FEW = 8
"""A fiche with this many known questions is judged half by them, half by its passages."""
_SLOPE, _REST = 0.46, 0.84
"""What the nearness of a fiche's passages says of that of its questions: the line through the shipped fiches."""
_ALL = 4000
"""Passages compared at most."""
_USUAL = 1.25
"""A fiche this near is neither favoured nor put back."""
SURELY_NEAR = 1.75
"""From here on a fiche is on the subject though its title does not say so."""
_NEAREST = 2.5
_RANGE = (-2.0, 1.0)
_ON_LINE = 0.2
_ON_FICHE = 0.25


@dataclass(frozen=True)
class Nearness:
    """How near each entry is to one request, in standard deviations over the whole index; 0 is the usual passage."""

    index: Index
    by_questions: Mapping[str, tuple[float, int]]
    """Id of a fiche or of a passage to the mean of its known questions, and their number."""
    by_passages: Mapping[str, float]
    """The same ids to the mean of their passages."""

    def of(self, entry: SimilarEntry) -> float:
        """By its questions; by its passages, or the one it stands in, as far as it has few."""
        mean, number = self.by_questions.get(entry.id, (0.0, 0))
        return (number * mean + _FEW * self._by_its_passages(entry)) / (number + _FEW) - self._excess

    @cached_property
    def _excess(self) -> float:
        """Where a whole theme is far from all the rest (housing), the distance to the nearest tells."""
        best = max((mean for mean, number in self.by_questions.values() if number >= _FEW), default=0.0)
        return max(0.0, best - _NEAREST)

    def _by_its_passages(self, entry: SimilarEntry) -> float:
        around = [entry.id]
        if entry.id not in self.by_passages and entry.kind != "passage":
            fiche = self.index.fiche(entry.id)
            nearby = self.index.passages_of_section(fiche.section)
            around = [passage.id for passage in nearby if passage.start <= fiche.start < passage.end]
        known = [self.by_passages[name] for name in around if name in self.by_passages]
        return _REST + _SLOPE * known[0] if known else _USUAL


def measure_nearness(searcher: Searcher, subject: str) -> Nearness | None:
    """How near everything is to a subject; None where vectors take no part. Raises ModelUnavailable."""
    embedder = searcher.embedder
    if embedder is None or not embedder.quick or searcher.dense_weight <= 0:
        return None
    vector = embedder.embed_query(subject)
    return Nearness(
        searcher.index,
        _of_questions(searcher.index, embedder.among_questions(vector[None])[0]),
        _of_passages(searcher.index, vector),
    )


def line_bonus(nearness: float) -> float:
    """What the nearness of its fiche adds to the worth of a line, or takes from it."""
    return _ON_LINE * _bounded(nearness)


def fiche_factor(nearness: float) -> float:
    """By how much the nearness of a fiche multiplies its score."""
    return 1.0 + _ON_FICHE * _bounded(nearness)


def _bounded(nearness: float) -> float:
    return float(np.clip(nearness - _USUAL, *_RANGE))


def _of_questions(index: Index, vector: NDArray[np.float32]) -> dict[str, tuple[float, int]]:
    cosines = index.questions.cosines(vector)
    if not len(cosines):
        return {}
    standing = (cosines - cosines.mean()) / (float(cosines.std()) or 1.0)
    found: dict[str, list[float]] = {}
    for place, question in enumerate(index.questions.asked[1]):
        for name in {_owner(index, passage) for passage in question.passages}:
            found.setdefault(name, []).append(float(standing[place]))
    return {name: (sum(values) / len(values), len(values)) for name, values in found.items()}


def _of_passages(index: Index, vector: NDArray[np.float32]) -> dict[str, float]:
    found = index.dense(vector, None, _ALL)
    if not found:
        return {}
    cosines = np.asarray([cosine for _, cosine in found])
    usual, width = float(cosines.mean()), float(cosines.std()) or 1.0
    gathered: dict[str, list[float]] = {}
    for passage, cosine in found:
        for name in {passage, _owner(index, passage)}:
            gathered.setdefault(name, []).append((cosine - usual) / width)
    return {name: sum(values) / len(values) for name, values in gathered.items()}


def _owner(index: Index, passage: str) -> str:
    return index.passage(passage).fiche or passage
