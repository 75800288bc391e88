"""What a draft is about, and how much of it a line speaks of."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.draft.wording import load_wording
from corpus.records import FicheAction, Term
from corpus.text import stems, words
from corpus.themes import find_themes, load_themes

Form = tuple[frozenset[str], float]


@dataclass(frozen=True)
class SubjectTerm:
    """One idea of the request."""

    word: str
    forms: tuple[Form, ...]
    """Stems of each phrase that says it, with the phrase's weight."""
    rarity: float
    """Inverse frequency among the fiches and actions; that of a word found once where none writes it."""
    known: bool
    """False where no fiche and no action writes it."""

    def match(self, found: Collection[str]) -> float:
        """Weight of the best form whose stems all stand in a text, in [0, 1]."""
        return max((weight for stemmed, weight in self.forms if stemmed and stemmed <= set(found)), default=0.0)


@dataclass(frozen=True)
class Subject:
    """The subject of a draft."""

    terms: tuple[SubjectTerm, ...]
    themes: tuple[str, ...]

    def relevance(self, text: str) -> float:
        """Share of the subject's weight that a text covers, in [0, 1]."""
        found = stems_of(text)
        total = sum(term.rarity for term in self.terms)
        matches = {term.word: term.match(found) for term in self.terms}
        covered = sum(term.rarity * max(matches[phrase] for phrase in self._holding(term)) for term in self.terms)
        return covered / total if total else 0.0

    def _holding(self, term: SubjectTerm) -> list[str]:
        """The term and the phrases it is a word of: who writes "dispositif de centralisation" has said "guichet"."""
        return [other.word for other in self.terms if term.word in other.word.split() or other.word == term.word]

    def of_another_theme(self, text: str, also: Sequence[str] = ()) -> bool:
        """True where the theme that a line speaks of first is neither one of the subject's nor in `also`.

        Themes that serve all the others (coordination, communication) are nobody's own.
        """
        found = [theme for theme in themes_of("", text) if theme not in _transversal()]
        return bool(found) and found[0] not in {*self.themes, *also}

    @property
    def known_share(self) -> float:
        """Share of the subject's weight that the fiches and actions write at all."""
        total = sum(term.rarity for term in self.terms)
        return sum(term.rarity for term in self.terms if term.known) / total if total else 0.0


def make_subject(terms: Iterable[Term], themes: Sequence[str], fiches: Sequence[FicheAction]) -> Subject:
    """The subject of a request, its terms weighed by how rare they are among the fiches and actions."""
    texts = [stems_of(text_of(fiche)) for fiche in fiches]
    made = _without_light([_term(term, texts) for term in terms])
    rarest = max((term.rarity for term in made if term.known), default=1.0)
    return Subject(tuple(term if term.known else _unknown(term, rarest) for term in made), tuple(themes))


def text_of(fiche: FicheAction) -> str:
    """All the words of a fiche: its title and its fields."""
    return "\n".join([fiche.title, *(value.text for values in fiche.fields.values() for value in values)])


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a text; the lines of the corpus come back at every draft."""
    return frozenset(stems(text))


@lru_cache(maxsize=4096)
def themes_of(title: str, body: str) -> tuple[str, ...]:
    """The themes of a fiche or of a line."""
    return find_themes(title=title, body=body)


def _term(term: Term, texts: Sequence[frozenset[str]]) -> SubjectTerm:
    forms = tuple((frozenset(stems(phrase)), weight) for phrase, weight in term.forms)
    made = SubjectTerm(term.word, forms, 0.0, False)
    frequency = sum(1 for text in texts if made.match(text))
    strongest = max((weight for _, weight in forms), default=0.0)
    rarity = strongest * math.log(1 + len(texts) / (1 + frequency))
    return SubjectTerm(term.word, forms, rarity, frequency > 0)


@lru_cache(maxsize=1)
def _transversal() -> frozenset[str]:
    return frozenset(theme.id for theme in load_themes() if theme.status == "transversal")


def _without_light(terms: Sequence[SubjectTerm]) -> list[SubjectTerm]:
    """Without the words of the work itself ("création d'une MAM"), unless the request holds no others."""
    heavy = [term for term in terms if not set(words(term.word)) <= load_wording().light]
    return heavy or list(terms)


def _unknown(term: SubjectTerm, rarity: float) -> SubjectTerm:
    return SubjectTerm(term.word, term.forms, rarity, False)
