"""What a draft is about, and how much of it a line speaks of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.draft.idea import SubjectTerm, is_audience, is_common, stems_of
from assistant.draft.wording import load_wording, particular_in, publics_of
from corpus.records import FicheAction
from corpus.text import words
from corpus.themes import find_themes, load_themes

_MOSTLY = 0.5
"""A pair is named where a text writes this much of it: the word of the two that tells most."""
_TELLS = 0.1
_BY_A_PART = 0.7
_TELLING = ("objectifs", "actions", "etapes", "indicateurs_suivi", "indicateurs_evaluation")
_SEVERAL = 3


@dataclass(frozen=True)
class Subject:
    """The subject of a draft."""

    terms: tuple[SubjectTerm, ...]
    themes: tuple[str, ...]
    known_share: float = 1.0
    """Share of the request that the fiches and actions write at all, in [0, 1]."""
    facets: tuple[frozenset[str], ...] = ()
    """Words of the terms of each part of the request that can stand alone: its first clause, and what "et" joins
    there ("vie associative et bénévolat")."""
    publics: tuple[frozenset[str], ...] = ()
    """Those whom the request is for, of the groups that exclude one another, kind by kind."""

    particular: frozenset[str] = frozenset()
    """The particular groups that the request names."""

    def names_strangers(self, text: str, title: str = "") -> bool:
        """True where a text names a particular group that neither the request nor the title of its fiche does."""
        return not particular_in(text) <= self.particular | particular_in(title)

    def relevance(self, text: str) -> float:
        """Share of the subject's weight that a text covers, in [0, 1]; a part that stands alone is worth most of it."""
        found = stems_of(text)
        matches = {term.word: term.match(found) for term in self.terms}
        whole = self._covered(matches, self.terms)
        parts = [[term for term in self.terms if term.word in facet] for facet in self.facets]
        return max([whole, *(_BY_A_PART * self._covered(matches, part) for part in parts)])

    def _covered(self, matches: Mapping[str, float], terms: Sequence[SubjectTerm]) -> float:
        total = sum(term.rarity for term in terms)
        covered = sum(term.rarity * max(matches[phrase] for phrase in self._holding(term)) for term in terms)
        return covered / total if total else 0.0

    def _holding(self, term: SubjectTerm) -> list[str]:
        """The term and the phrases it is a word of: who writes "dispositif de centralisation" has said "guichet"."""
        return [other.word for other in self.terms if term.word in other.word.split() or other.word == term.word]

    def unnamed_in(self, fiches: Sequence[FicheAction]) -> tuple[tuple[str, ...], float]:
        """The ideas that no fiche bears in its title or in several lines, and their share of the subject's weight."""
        wholes = self._wholes()
        left = [term for term in wholes if not any(_is_about(fiche, term) for fiche in fiches)]
        total = sum(term.rarity for term in wholes) or 1.0
        return tuple(term.word for term in left if term.rarity >= _TELLS * total), sum(t.rarity for t in left) / total

    def speaks_of(self, ideas: Sequence[str], text: str) -> bool:
        """True where a text names one of some ideas of the subject."""
        found = stems_of(text)
        return any(term.match(found) >= _MOSTLY for term in self.terms if term.word in ideas)

    def is_named_in(self, text: str) -> bool:
        """True where a text writes an idea of the subject in the requester's own words."""
        found = stems_of(text)
        return any(term.match(found) >= (_MOSTLY if term.parts else 1.0) for term in self._wholes())

    def _wholes(self) -> list[SubjectTerm]:
        """The terms that are not a part of another."""
        return [term for term in self.terms if not any(set(words(term.word)) < set(words(o.word)) for o in self.terms)]

    @property
    def head(self) -> SubjectTerm | None:
        """The idea that weighs most, those whom it is for and its means left out."""
        return max((term for term in self._wholes() if not is_common(term)), key=lambda term: term.rarity, default=None)

    def names_head(self, text: str) -> bool:
        """True where a text names the idea that weighs most."""
        return self.head is None or self.head.match(stems_of(text)) >= _MOSTLY

    def is_for(self, text: str) -> bool:
        """True where a text names those whom the request is for, or where the request names nobody."""
        found = stems_of(text)
        audience = [term for term in self._wholes() if is_audience(term)]
        return not audience or any(term.match(found) for term in audience)

    @property
    def is_transversal(self) -> bool:
        """True for a subject that serves all themes (communication, steering): its words stand in fiches on any."""
        return bool(self.themes) and set(self.themes) <= transversal_themes()

    def is_for_others(self, text: str) -> bool:
        """True where a text names only people whom the request is not for ("les seniors", asked for "les jeunes")."""
        return any(
            mine and said and not mine & said for mine, said in zip(self.publics, publics_of(text), strict=False)
        )

    def of_another_theme(self, text: str, also: Sequence[str] = ()) -> bool:
        """True where the theme that a line speaks of first is neither one of the subject's nor in `also`.

        Themes that serve all the others (coordination, communication) are nobody's own.
        """
        found = [theme for theme in themes_of("", text) if theme not in transversal_themes()]
        return bool(found) and found[0] not in {*self.themes, *also}

    def beside(self, title: str) -> frozenset[str]:
        """The stems of a title that neither the subject nor the work itself writes."""
        mine = {stem for term in self.widened().terms for form, _ in term.forms for stem in form}
        return stems_of(title) - mine - _work_stems()

    def is_wider_than(self, text: str, also: Sequence[str] = ()) -> bool:
        """True where a line names, among others, a theme that is neither one of the subject's nor in `also`."""
        found = {theme for theme in themes_of("", text) if theme not in transversal_themes()}
        return bool(self.themes) and not found <= {*self.themes, *also}

    def widened(self) -> "Subject":
        """The same subject, the ideas that its own are a part of counting too."""
        terms = tuple(replace(term, forms=(*term.forms, *term.wider)) for term in self.terms)
        return replace(self, terms=terms)


def bears_head(fiche: FicheAction, subject: Subject) -> bool:
    """True where a fiche is on the idea that weighs most, by its title or by several lines."""
    return subject.head is None or _is_about(fiche, subject.head)


def _is_about(fiche: FicheAction, term: SubjectTerm) -> bool:
    if term.match(stems_of(named_text(fiche))) >= _MOSTLY:
        return True
    lines = (value.text for key in _TELLING for value in fiche.fields.get(key, ()))
    return sum(term.match(stems_of(line)) >= _MOSTLY for line in lines) >= _SEVERAL


def focus_of(fiche: FicheAction, subject: Subject) -> float:
    """How far a fiche is on the subject, in [0, 1]: by its title, or by its lines where several speak of it."""
    lines = [value.text for key in _TELLING for value in fiche.fields.get(key, ())]
    best = sorted((subject.relevance(line) for line in lines), reverse=True)[:_SEVERAL]
    spoken = sum(best) / _SEVERAL if len(best) == _SEVERAL else 0.0
    return max(subject.relevance(named_text(fiche)), spoken)


def named_text(fiche: FicheAction) -> str:
    """What a fiche says it is about: its title, and what it aims at."""
    return "\n".join((fiche.title, fiche.text_of("objectif_operationnel")))


@lru_cache(maxsize=4096)
def themes_of(title: str, body: str) -> tuple[str, ...]:
    """The themes of a fiche or of a line."""
    return find_themes(title=title, body=body)


@lru_cache(maxsize=1)
def _work_stems() -> frozenset[str]:
    """The words of the work, of its means and of those it is for, and the beginnings of those that say its phases."""
    wording = load_wording()
    phases = [word for words_of_phase in wording.phases.values() for word in words_of_phase]
    named = [*wording.light, *wording.means, *wording.audience, *phases, *wording.asking]
    return frozenset(stem for word in (*named, "territoire", "habitants", "lien", "vie") for stem in stems_of(word))


@lru_cache(maxsize=1)
def transversal_themes() -> frozenset[str]:
    """The themes that serve all the others: nobody's own."""
    return frozenset(theme.id for theme in load_themes() if theme.status == "transversal")
