"""How near fiches are to a request in meaning: by the questions that users are known to ask about them.

Two texts on one thing rarely share their words; the questions asked about them do. A fiche whose known questions are
hardly nearer to the request than those on anything else is off its subject, whatever words it shares with it: of 1,660
listed lines judged one by one, more than a third of such fiches' were struck, and about one in thirty of the nearest.

What the questions nearest to the request are answered by tells more still: of 860 listed lines judged later, one in
two was struck where none of them is answered by its fiche, one in ten where a tenth of them is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

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
_VOTERS = 30
"""Known questions whose answers say which fiches are on the subject."""
_READERS = 100
"""Known questions whose answers say which lines are."""
_SHARE = 0.1
HARDLY_NEAR = 1.0
_LARGE_SHARE = 0.14
_MOST_NEAREST = 3
_MANY_VOICES = 5.0
_ONE_VOICE = 1.0
_LEAST_LIKE = 2.6
"""A known question less near than this, in standard deviations over all of them, says nothing."""
_SAME_WORDS = 80
_SHORTEST = 12


@dataclass(frozen=True)
class Nearness:
    """How near each entry is to one request, in standard deviations over the whole index; 0 is the usual passage."""

    index: Index
    by_questions: Mapping[str, tuple[float, int]]
    """Id of a fiche or of a passage to the mean of its known questions, and their number."""
    by_passages: Mapping[str, float]
    """The same ids to the mean of their passages."""
    voices: Mapping[str, float]
    """The same ids to how many of the nearest known questions they answer, each weighed by how near it is."""
    quotes: tuple[str, ...]
    """What answers the nearest known questions, in lower case."""

    def is_asked_for(self, entry: SimilarEntry) -> bool:
        """True where an entry answers enough of the nearest known questions: one in ten, or several very near ones."""
        return self.voices.get(entry.id, 0.0) >= _MANY_VOICES or self.share(entry) >= _SHARE

    def is_asked_about(self, entry: SimilarEntry) -> bool:
        """True where an entry answers one of the nearest known questions at least."""
        return self.voices.get(entry.id, 0.0) >= _ONE_VOICE

    def share(self, entry: SimilarEntry) -> float:
        """The part of the nearest known questions that an entry answers, in [0, 1]."""
        return self.voices.get(entry.id, 0.0) / (self.voices.get("", 0.0) or 1.0)

    def is_meant(self, entry: SimilarEntry) -> bool:
        """True for one of the nearest fiches that answers a large part of the nearest known questions."""
        return self.is_among_nearest(entry) and self.of(entry) >= HARDLY_NEAR and self.share(entry) >= _LARGE_SHARE

    def is_surely_on(self, entry: SimilarEntry) -> bool:
        """True for an entry on the subject though its title does not say so."""
        return self.of(entry) >= SURELY_NEAR or self.is_meant(entry)

    def is_known(self, entry: SimilarEntry) -> bool:
        """True where enough questions about an entry are known for their silence to mean something."""
        if entry.kind == "fiche":
            return self.by_questions.get(entry.id, (0.0, 0))[1] >= _FEW
        return entry.document in self.index.questions.documents

    def answers(self, text: str) -> bool:
        """True where one of the nearest known questions is answered by these words."""
        line = text.lower()
        return len(line) > _SHORTEST and any(
            len(quote) > _SHORTEST and fuzz.partial_ratio(line, quote) >= _SAME_WORDS for quote in self.quotes
        )

    def of(self, entry: SimilarEntry) -> float:
        """By its questions; by its passages, or the one it stands in, as far as it has few."""
        return self._of(entry.id, entry.kind == "passage")

    def is_among_nearest(self, entry: SimilarEntry) -> bool:
        """True for the fiches that no more than two others are nearer than, whatever their distance."""
        return entry.id in self._nearest_fiches

    @cached_property
    def _nearest_fiches(self) -> frozenset[str]:
        names = [fiche.id for fiche in self.index.fiches()]
        return frozenset(sorted(names, key=lambda name: (-self._of(name, False), name))[:_MOST_NEAREST])

    def _of(self, name: str, is_passage: bool) -> float:
        mean, number = self.by_questions.get(name, (0.0, 0))
        return (number * mean + _FEW * self._by_its_passages(name, is_passage)) / (number + _FEW) - self._excess

    @cached_property
    def _excess(self) -> float:
        """Where a whole theme is far from all the rest (housing), the distance to the nearest tells."""
        best = max((mean for mean, number in self.by_questions.values() if number >= _FEW), default=0.0)
        return max(0.0, best - _NEAREST)

    def _by_its_passages(self, name: str, is_passage: bool) -> float:
        around = [name]
        if name not in self.by_passages and not is_passage:
            fiche = self.index.fiche(name)
            nearby = self.index.passages_of_section(fiche.section)
            around = [passage.id for passage in nearby if passage.start <= fiche.start < passage.end]
        known = [self.by_passages[name] for name in around if name in self.by_passages]
        return _REST + _SLOPE * known[0] if known else _USUAL


def measure_nearness(searcher: Searcher, subject: str) -> Nearness | None:
    """How near everything is to a subject; None where vectors take no part. Raises ModelUnavailable."""
    embedder = searcher.embedder
    if embedder is None or not embedder.quick or searcher.dense_weight <= 0:
        return None
    index = searcher.index
    vector = embedder.embed_query(subject)
    standing = _standing(index, embedder.among_questions(vector[None])[0])
    return Nearness(
        index,
        _of_questions(index, standing),
        _of_passages(index, vector),
        _voices(index, standing),
        _quotes(index, standing),
    )


def line_bonus(nearness: float) -> float:
    """What the nearness of its fiche adds to the worth of a line, or takes from it."""
    return _ON_LINE * _bounded(nearness)


def fiche_factor(nearness: float) -> float:
    """By how much the nearness of a fiche multiplies its score."""
    return 1.0 + _ON_FICHE * _bounded(nearness)


def _bounded(nearness: float) -> float:
    return float(np.clip(nearness - _USUAL, *_RANGE))


def _standing(index: Index, vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """How near each known question is, in standard deviations over all of them."""
    cosines = index.questions.cosines(vector)
    return (cosines - cosines.mean()) / (float(cosines.std()) or 1.0) if len(cosines) else cosines


def _of_questions(index: Index, standing: NDArray[np.float32]) -> dict[str, tuple[float, int]]:
    found: dict[str, list[float]] = {}
    for place, value in enumerate(standing):
        for name in _answering(index, place):
            found.setdefault(name, []).append(float(value))
    return {name: (sum(values) / len(values), len(values)) for name, values in found.items()}


def _voices(index: Index, standing: NDArray[np.float32]) -> dict[str, float]:
    """What each fiche or passage answers; under "", what all questions weigh together."""
    weights = {int(place): max(0.0, float(standing[place]) - _LEAST_LIKE) for place in _nearest(standing, _VOTERS)}
    found = {"": sum(weights.values())}
    for place, weight in weights.items():
        for name in _answering(index, place):
            found[name] = found.get(name, 0.0) + weight
    return found


def _quotes(index: Index, standing: NDArray[np.float32]) -> tuple[str, ...]:
    near = [place for place in _nearest(standing, _READERS) if standing[place] > _LEAST_LIKE]
    return tuple(dict.fromkeys(index.questions.asked[1][int(place)].quote.lower() for place in near))


def _nearest(standing: NDArray[np.float32], number: int) -> NDArray[np.intp]:
    return np.argsort(-standing, kind="stable")[:number]


def _answering(index: Index, place: int) -> set[str]:
    return {_owner(index, passage) for passage in index.questions.asked[1][place].passages}


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
