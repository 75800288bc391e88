"""What a draft is about, and how much of it a line speaks of."""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from assistant.draft.wording import load_wording
from corpus.records import FicheAction, Term
from corpus.text import fold, stems, words
from corpus.themes import find_themes, load_themes

_BROADER = 0.5
"""Phrases that weigh less do not say an idea but a wider one."""
_SHARP = 1.5
"""Above 1: the rare ideas of a subject count more than their rarity says; "jeunes" is many fiches', "mobilité" few."""
_PART = 0.35
"""What a word weighs beside the phrase that it is a part of ("lieu" in "lieu d'accueil enfants-parents")."""
_PART_OF_PAIR = 0.6
"""The same beside two words that merely stand together in the request ("formation BAFA")."""
_PAIR = 1.3
_COMMON = 0.4
"""What those whom an action is for, and its means, weigh beside its object: every second fiche names them."""
_UNWRITTEN = 0.7
"""What an idea that no fiche writes weighs beside the rarest that one does."""
_STRANGE = 6.0
"""What such an idea counts at least when it is asked whether the corpus knows the subject at all."""
_HEAD = 1.6
"""What the idea named first weighs beside the others."""
_AFTER = 0.4
"""What an idea weighs that says where or with whom ("dans les crèches", "par des bénévoles")."""
_LATER = 0.45
"""What the ideas of the clauses after the first weigh."""
_QUALIFIER = re.compile(r"\b(?:dans|au sein|pour|par|avec|sans|chez|lors|entre|en lien|a l'echelle|en milieu)\b")
_AGES = frozenset({"ans", "an", "mois"})
_TELLING = ("objectifs", "actions", "etapes", "indicateurs_suivi", "indicateurs_evaluation")
_SEVERAL = 3
_SHORTEST_REST = 4
_LIKE = 84
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
    paired: bool = False
    """True for two words of the request that stand together, unknown to the lexicon."""

    def match(self, found: Collection[str]) -> float:
        """Weight of the best form whose stems all stand in a text, in [0, 1]."""
        return max((weight for stemmed, weight in self.forms if stemmed and stemmed <= set(found)), default=0.0)


@dataclass(frozen=True)
class Subject:
    """The subject of a draft."""

    terms: tuple[SubjectTerm, ...]
    themes: tuple[str, ...]
    known_share: float = 1.0
    """Share of the request that the fiches and actions write at all, in [0, 1]."""

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

    def is_named_in(self, text: str) -> bool:
        """True where a text writes an idea of the subject in the requester's own words."""
        found = stems_of(text)
        return any(term.match(found) >= 1.0 for term in self._wholes())

    def _wholes(self) -> list[SubjectTerm]:
        """The terms that are not a part of another."""
        return [term for term in self.terms if not any(set(words(term.word)) < set(words(o.word)) for o in self.terms)]

    def is_for(self, text: str) -> bool:
        """True where a text names those whom the request is for, or where the request names nobody."""
        found = stems_of(text)
        audience = [term for term in self._wholes() if set(words(term.word)) <= load_wording().audience]
        return not audience or any(term.match(found) for term in audience)

    def of_another_theme(self, text: str, also: Sequence[str] = ()) -> bool:
        """True where the theme that a line speaks of first is neither one of the subject's nor in `also`.

        Themes that serve all the others (coordination, communication) are nobody's own.
        """
        found = [theme for theme in themes_of("", text) if theme not in transversal_themes()]
        return bool(found) and found[0] not in {*self.themes, *also}

    def widened(self) -> "Subject":
        """The same subject, the ideas that its own are a part of counting too."""
        terms = tuple(replace(term, forms=(*term.forms, *term.wider)) for term in self.terms)
        return replace(self, terms=terms)


def make_subject(
    terms: Iterable[Term], themes: Sequence[str], fiches: Sequence[FicheAction], typed: str = ""
) -> Subject:
    """The subject of a request, its terms weighed by how rare they are among the fiches and actions.

    `typed`: the request's own words; what they say first weighs most.
    """
    texts = [stems_of(text_of(fiche)) for fiche in fiches]
    names = _names_in(typed)
    terms = [term for term in terms if _is_idea(term.word, words(typed))]
    made = _without_light([made for term in terms if (made := _term(term, texts)).forms])
    made += [
        _compound(pair, made, texts) for pair in _pairs(typed, made) if any(stems_of(pair) <= one for one in texts)
    ]
    if any(not _is_common(term.word) for term in made):
        made = [replace(term, rarity=_COMMON * term.rarity) if _is_common(term.word) else term for term in made]
    made = [replace(term, rarity=term.rarity * _standing(term.word, typed)) for term in _parts_lightened(made, typed)]
    made = [term for term in made if term.known or term.word not in names] or made
    rarest = max((term.rarity for term in made if term.known), default=1.0)
    known = sum(term.rarity for term in made if term.known)
    strange = sum(max(rarest, _STRANGE) * _standing(term.word, typed) for term in made if not term.known)
    made = [
        term if term.known else replace(term, rarity=_UNWRITTEN * rarest * _standing(term.word, typed)) for term in made
    ]
    share = known / (known + strange) if made else 0.0
    return Subject(tuple(_headed(made, typed)), tuple(themes), share)


def text_of(fiche: FicheAction) -> str:
    """All the words of a fiche: its title and its fields."""
    return "\n".join([fiche.title, *(value.text for values in fiche.fields.values() for value in values)])


def focus_of(fiche: FicheAction, subject: Subject) -> float:
    """How far a fiche is on the subject, in [0, 1]: by its title, or by its lines where several speak of it."""
    lines = [value.text for key in _TELLING for value in fiche.fields.get(key, ())]
    best = sorted((subject.relevance(line) for line in lines), reverse=True)[:_SEVERAL]
    spoken = sum(best) / _SEVERAL if len(best) == _SEVERAL else 0.0
    return max(subject.relevance(named_text(fiche)), spoken)


def named_text(fiche: FicheAction) -> str:
    """What a fiche says it is about: its title, and what it aims at."""
    return "\n".join((fiche.title, fiche.text_of("objectif_operationnel")))


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a text; the lines of the corpus come back at every draft."""
    return frozenset(stems(text))


@lru_cache(maxsize=4096)
def themes_of(title: str, body: str) -> tuple[str, ...]:
    """The themes of a fiche or of a line."""
    return find_themes(title=title, body=body)


def _term(term: Term, texts: Sequence[frozenset[str]]) -> SubjectTerm:
    forms = tuple((frozenset(stems(phrase)), weight) for phrase, weight in term.forms if _tells(phrase))
    wider = tuple((form, _BROADER) for form, weight in forms if weight < _BROADER)
    forms = tuple((form, weight) for form, weight in forms if weight >= _BROADER)
    made = SubjectTerm(term.word, forms, wider, 0.0, False)
    frequency = sum(1 for text in texts if made.match(text))
    strongest = max((weight for _, weight in forms), default=0.0)
    rarity = strongest * math.log(1 + len(texts) / (1 + frequency)) ** _SHARP
    return SubjectTerm(term.word, forms, wider, rarity, frequency > 0)


@lru_cache(maxsize=1)
def transversal_themes() -> frozenset[str]:
    """The themes that serve all the others: nobody's own."""
    return frozenset(theme.id for theme in load_themes() if theme.status == "transversal")


def _without_light(terms: Sequence[SubjectTerm]) -> list[SubjectTerm]:
    """Without the words of the work itself ("création d'une MAM"), unless the request holds no others."""
    heavy = [term for term in terms if not set(words(term.word)) <= load_wording().light]
    return heavy or list(terms)


def _is_idea(word: str, typed: Sequence[str]) -> bool:
    """False for figures, ages, and a word that repairing the spelling made out of another ("judo" is no "ludo")."""
    if all(part.isdigit() or part in _AGES for part in words(word)):
        return False
    first = words(word)[:1] or [word]
    return not typed or any(fuzz.ratio(first[0], known) >= _LIKE and first[0][:1] == known[:1] for known in typed)


def _tells(phrase: str) -> bool:
    """False for a phrase of which nearly nothing is left without its common words ("mieux être")."""
    left = stems(phrase)
    return len(re.findall(r"\w+", phrase)) == 1 or len(left) > 1 or len("".join(left)) > _SHORTEST_REST


def _pairs(typed: str, terms: Sequence[SubjectTerm]) -> list[str]:
    """Two words of the request that nothing parts ("santé mentale"), unless a phrase holds one of them already."""
    phrases = [set(words(term.word)) for term in terms if len(words(term.word)) > 1]
    single = {term.word for term in terms if not any(term.word in phrase for phrase in phrases)}
    found = re.findall(r"[\w'’-]+|[^\w\s]", fold(typed))
    return [f"{one} {other}" for one, other in pairwise(found) if {one, other} <= single and one != other]


def _compound(pair: str, terms: Sequence[SubjectTerm], texts: Sequence[frozenset[str]]) -> SubjectTerm:
    """The pair as a term, hardly rarer than the rarer of its words: two words often meet by chance."""
    made = _term(Term(word=pair, forms=((pair, 1.0),)), texts)
    rarest = max(term.rarity for term in terms if term.word in pair.split())
    return replace(made, rarity=min(made.rarity, _PAIR * rarest), paired=True)


def _headed(terms: Sequence[SubjectTerm], typed: str) -> list[SubjectTerm]:
    """What a request names first is what it is about: it weighs most, however many fiches write it."""
    plain = " ".join(words(typed))
    places = {term.word: plain.find(term.word) for term in terms if not _is_common(term.word)}
    first = min((place for place in places.values() if place >= 0), default=-1)
    heads = {word for word, place in places.items() if place == first}
    longest = max((len(words(word)) for word in heads), default=0)
    return [
        replace(term, rarity=_HEAD * term.rarity)
        if term.known and term.word in heads and len(words(term.word)) == longest
        else term
        for term in terms
    ]


def _names_in(typed: str) -> frozenset[str]:
    """Words that the requester writes with a capital amid a clause: names of their own places."""
    return frozenset(
        fold(match) for match in re.findall(r"(?<=[a-zà-ÿ'’] )[A-ZÀ-Ý][\w-]+|(?<=['’])[A-ZÀ-Ý][\w-]+", typed)
    )


def _is_common(word: str) -> bool:
    """Words for those whom an action is for, and for its means: every second fiche writes them."""
    return set(words(word)) <= load_wording().audience | load_wording().means


def _parts_lightened(terms: Sequence[SubjectTerm], typed: str) -> list[SubjectTerm]:
    plain = " ".join(words(typed))

    def weight(term: SubjectTerm) -> float:
        wholes = [whole for whole in terms if set(words(term.word)) < set(words(whole.word))]
        if plain.count(term.word) > sum(plain.count(whole.word) for whole in wholes) > 0:
            return term.rarity
        share = _PART_OF_PAIR if all(whole.paired for whole in wholes) else _PART
        return share * min(term.rarity, *(whole.rarity for whole in wholes)) if wholes else term.rarity

    return [replace(term, rarity=weight(term)) for term in terms]


def _standing(word: str, typed: str) -> float:
    """What the place of an idea in the request makes of it: the head of the first clause is what it is about."""
    best = 0.0
    for number, clause in enumerate(re.split(r"[,;:]", typed)):
        plain = " ".join(words(clause))
        place = plain.find(word)
        if place >= 0:
            lead = (
                " ".join(words(clause[: qualifier.start()]))
                if (qualifier := _QUALIFIER.search(fold(clause)))
                else plain
            )
            after = len(lead) > 0 and place >= len(lead)
            best = max(best, (_LATER if number else 1.0) * (_AFTER if after else 1.0))
    return best or 1.0
