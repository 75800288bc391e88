"""What one fiche alone speaks of, time and again: "bassins de vie" in a fiche on something else.

Two words that stand side by side in several lines of a fiche, that its title does not say and of which no other
territory's fiche writes one, name a matter of the place where it was written.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import pairwise

from assistant.draft.wording import load_wording
from corpus.index.reader import Index
from corpus.records import FicheAction
from corpus.text import stems

_LINES = ("objectifs", "actions", "etapes", "moyens", "indicateurs_suivi", "indicateurs_evaluation", "vigilance")
_TIMES = 3
Pair = tuple[str, str]


class OwnMatters:
    """The matters of each fiche of an index that are its own."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def of(self, fiche: FicheAction) -> frozenset[Pair]:
        """Pairs of stems; none for most fiches."""
        title = set(stems(fiche.title))
        counted = Counter(pair for line in _lines(fiche) for pair in pairs_of(line))
        return frozenset(
            pair for pair, times in counted.items()
            if times >= _TIMES and not title & set(pair) and any(self._is_own(one, fiche.document) for one in pair)
        )  # fmt: skip

    def _is_own(self, stem: str, document: str) -> bool:
        return self._documents[stem] <= {document}

    @cached_property
    def _documents(self) -> Mapping[str, set[str]]:
        """Stem to the documents whose fiches write it in their titles or their lines."""
        found: dict[str, set[str]] = {}
        for fiche in self._index.fiches():
            for line in (fiche.title, *_lines(fiche)):
                for stem in stems(line):
                    found.setdefault(stem, set()).add(fiche.document)
        return found


def pairs_of(text: str) -> frozenset[Pair]:
    """The stems of a text that stand side by side, common words and those of the work itself left out."""
    return frozenset(pair for pair in pairwise(stems(text)) if not _light() & set(pair) and pair not in _shared())


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    return frozenset(stem for word in (*load_wording().light, "territoire") for stem in stems(word))


@lru_cache(maxsize=1)
def _shared() -> frozenset[Pair]:
    """Names that the whole field writes ("Éducation nationale")."""
    phrases = (*load_wording().national, *load_wording().bodies)
    return frozenset(pair for phrase in phrases for pair in pairwise(stems(phrase)))


def _lines(fiche: FicheAction) -> list[str]:
    return [value.text for key in _LINES for value in fiche.fields.get(key, ())]
