"""Sentences that known questions point at: what answered a close question probably answers this one."""

from rapidfuzz.fuzz import partial_ratio

from assistant.retrieve.meaning import Meaning
from corpus.text import letters
from corpus.units import Unit

_MOST = 16
"""Known questions looked at, the nearest ones."""
_LEAST_NEAR = 0.25
_ALIKE = 88.0
"""Likeness (0 to 100) from which a sentence and a quote are the same words, OCR noise apart."""
_WHOLE = 24
"""Letters from which a sentence that stands in a quote counts wholly: "la Caf" stands in many."""


class KnownAnswers:
    """The quotes of the known questions nearest to the one asked, by document."""

    def __init__(self, meaning: Meaning) -> None:
        near = [
            (passage.partition("#")[0], known)
            for passage, questions in meaning.questions.items()
            for known in questions
            if known.nearness >= _LEAST_NEAR
        ]
        kept: dict[tuple[str, str], float] = {}
        for document, known in sorted(near, key=lambda item: -item[1].nearness):
            if len(kept) == _MOST:
                break
            kept.setdefault((document, letters(known.quote)), known.nearness)
        self._quotes: dict[str, list[tuple[str, float]]] = {}
        for (document, quote), nearness in kept.items():
            self._quotes.setdefault(document, []).append((quote, nearness))

    def support(self, unit: Unit) -> float:
        """How surely a unit answers, in [0, 1]: nearness of the known question whose quote it shares."""
        said = letters(unit.text)
        quotes = self._quotes.get(unit.passage.document, [])
        return max((near * _shared(said, quote) for quote, near in quotes), default=0.0)


def _shared(said: str, quote: str) -> float:
    if not said:
        return 0.0
    if quote in said:
        return 1.0
    if said in quote or partial_ratio(said, quote, score_cutoff=_ALIKE):
        return min(1.0, len(said) / _WHOLE)
    return 0.0
