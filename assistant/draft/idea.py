"""One idea of a request: the ways of saying it, and how rare they are."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from assistant.draft.wording import load_wording
from corpus.text import stems, words

_HALF = 0.9
"""What two words that merely stand together in the request ("formation BAFA") keep where a text writes them apart, or
only one of them: that word's share of the two."""
Form = tuple[frozenset[str], float]


@dataclass(frozen=True)
class SubjectTerm:
    """One idea of the request."""

    word: str
    forms: tuple[Form, ...]
    """Stems of each phrase that says it, with the phrase's weight."""
    wider: tuple[Form, ...]
    """The same for the ideas that it is a part of ("parentalité" for "LAEP")."""
    rarity: float
    """Inverse frequency among the fiches and actions; that of a word found once where none writes it."""
    known: bool
    """False where no fiche and no action writes it."""
    parts: tuple["SubjectTerm", ...] = ()
    """The two words of the request that stand together here, unknown to the lexicon; empty for any other term."""

    def match(self, found: Collection[str]) -> float:
        """Weight of the best form whose stems all stand in a text, in [0, 1]; less for one word of a pair."""
        whole = max((weight for stemmed, weight in self.forms if stemmed and stemmed <= set(found)), default=0.0)
        if not self.parts or whole >= _HALF:
            return whole
        told = sum(part.rarity * part.match(found) for part in self.parts)
        return max(whole, _HALF * told / sum(part.rarity for part in self.parts))


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a text; the lines of the corpus come back at every draft."""
    return frozenset(stems(text))


def is_common(term: SubjectTerm) -> bool:
    """Words for those whom an action is for, and for its means: every second fiche writes them."""
    if term.parts:
        return all(map(is_common, term.parts))
    said = set(words(term.word))
    return is_audience(term) or (len(said) == 1 and said <= load_wording().means)


def is_audience(term: SubjectTerm) -> bool:
    """True where a term only says for whom an action is."""
    return set(words(term.word)) <= load_wording().audience
