"""The ideas of a request, weighed: what it names first and what few fiches write counts most."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from assistant.draft.idea import SubjectTerm, is_audience, is_common, stems_of
from assistant.draft.subject import Subject
from assistant.draft.wording import load_wording, particular_in, publics_of
from corpus.records import FicheAction, Term
from corpus.text import fold, stems, words

_BROADER = 0.5
"""Phrases that weigh less do not say an idea but a wider one."""
_SHARP = 1.5
"""Above 1: the rare ideas of a subject count more than their rarity says; "jeunes" is many fiches', "mobilité" few."""
_PART = 0.3
"""What all words of a phrase weigh together beside it ("lieu", "accueil" in "lieu d'accueil enfants-parents")."""
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
_LEAST_PART = 0.28
"""What a part joined by "et" must weigh in the whole to stand alone."""
_JOINED = re.compile(r"\s(?:et|ou)\s(?!(?:de|des|du|au|aux|a|en|les?|la|sur|pour|avec)\s|[dl]['’])|\s?[/&+]\s?")
_BACK = re.compile(r"\b(?:leurs?|sa|ses|celles?|ceux)\b")
_CLAUSE = re.compile(r"[,;:]")
_QUALIFIER = re.compile(r"\b(?:dans|au sein|pour|par|avec|sans|chez|lors|entre|en lien|a l'echelle|en milieu)\b")
_PLACE = re.compile(r"(?:(?<=\bà )|(?<=\bde )|(?<=\bd['’])|(?<=\bsur )|(?=Sainte?-|Ste?-))[A-ZÀ-Ý][\w'’]*(?:-[\w'’]+)+")
_AGES = frozenset({"ans", "an", "mois"})
_SHORTEST_REST = 4
_LIKE = 84


def make_subject(
    terms: Iterable[Term], themes: Sequence[str], fiches: Sequence[FicheAction], typed: str = ""
) -> Subject:
    """The subject of a request, its terms weighed by how rare they are among the fiches and actions.

    `typed`: the request's own words; what they say first weighs most.
    """
    texts = [stems_of(fiche.whole_text()) for fiche in fiches]
    names = _names_in(typed)
    places = _places_in(typed)
    terms = [term for term in terms if _is_idea(term.word, words(typed)) and term.word not in places]
    made = _without_light([term for term in (_term(term, texts) for term in terms) if term.forms])
    pairs = [
        _compound(pair, made, texts) for pair in _pairs(typed, made) if any(stems_of(pair) <= one for one in texts)
    ]
    made = [term for term in made if not any(term.word in pair.word.split() for pair in pairs)] + pairs
    meant = _means_alone(made, typed)
    if any(not is_common(term) for term in made):
        made = [
            replace(term, rarity=_COMMON * term.rarity) if is_common(term) and term.word not in meant else term
            for term in made
        ]
    made = [replace(term, rarity=term.rarity * _standing(term.word, typed)) for term in _parts_lightened(made, typed)]
    made = [term for term in made if term.known or term.word not in names] or made
    rarest = max((term.rarity for term in made if term.known), default=1.0)
    known = sum(term.rarity for term in made if term.known)
    strange = sum(max(rarest, _STRANGE) * _standing(term.word, typed) for term in made if not term.known)
    made = [
        term if term.known else replace(term, rarity=_UNWRITTEN * rarest * _standing(term.word, typed)) for term in made
    ]
    share = known / (known + strange) if made else 0.0
    made = _headed(made, typed)
    return Subject(tuple(made), tuple(themes), share, _facets_of(made, typed), publics_of(typed), particular_in(typed))


def _term(term: Term, texts: Sequence[frozenset[str]]) -> SubjectTerm:
    forms = tuple((frozenset(stems(phrase)), weight) for phrase, weight in term.forms if _tells(phrase))
    wider = tuple((form, _BROADER) for form, weight in forms if weight < _BROADER)
    forms = tuple((form, weight) for form, weight in forms if weight >= _BROADER)
    made = SubjectTerm(term.word, forms, wider, 0.0, False)
    frequency = sum(1 for text in texts if made.match(text))
    strongest = max((weight for _, weight in forms), default=0.0)
    rarity = strongest * math.log(1 + len(texts) / (1 + frequency)) ** _SHARP
    return SubjectTerm(term.word, forms, wider, rarity, frequency > 0)


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
    parts = tuple(
        replace(term, rarity=_COMMON * term.rarity) if is_common(term) else term
        for word in pair.split() for term in terms if term.word == word
    )  # fmt: skip
    return replace(made, rarity=min(made.rarity, _PAIR * rarest), parts=parts)


def _headed(terms: Sequence[SubjectTerm], typed: str) -> list[SubjectTerm]:
    """What a request names first is what it is about: it weighs most, however many fiches write it."""
    plain = " ".join(words(typed))
    places = {term.word: plain.find(term.word) for term in terms if not is_common(term)}
    first = min((place for place in places.values() if place >= 0), default=-1)
    heads = {word for word, place in places.items() if place == first}
    longest = max((len(words(word)) for word in heads), default=0)
    return [
        replace(term, rarity=_HEAD * term.rarity)
        if term.known and term.word in heads and len(words(term.word)) == longest
        else term
        for term in terms
    ]


def _means_alone(terms: Sequence[SubjectTerm], typed: str) -> frozenset[str]:
    """The means that a first clause names alone ("communication de la CTG : …"): there, they are the subject."""
    first, *others = _CLAUSE.split(typed)
    plain = " ".join(words(first))
    found = [term for term in terms if term.word in plain]
    means = frozenset(term.word for term in found if not is_audience(term))
    return means if others and all(map(is_common, found)) else frozenset()


def _facets_of(terms: Sequence[SubjectTerm], typed: str) -> tuple[frozenset[str], ...]:
    """What can stand alone: the first clause that says more than for whom, and each part of it that weighs enough."""
    clauses = _CLAUSE.split(typed)
    for clause in clauses:
        found = _written(terms, clause)
        if not all(map(is_audience, found)):
            break
    else:
        return ()
    total = sum(term.rarity for term in terms)
    parts = [] if _BACK.search(fold(clause)) else _JOINED.split(clause)
    alone = [part for part in (_written(terms, part) for part in parts if len(parts) > 1) if _stands(part, total)]
    return tuple(frozenset(term.word for term in part) for part in (*([found] if len(clauses) > 1 else []), *alone))


def _written(terms: Sequence[SubjectTerm], text: str) -> list[SubjectTerm]:
    plain = f" {' '.join(words(text))} "
    return [term for term in terms if f" {term.word} " in plain]


def _stands(part: Sequence[SubjectTerm], total: float) -> bool:
    return not all(map(is_common, part)) and sum(term.rarity for term in part) >= _LEAST_PART * total


def _names_in(typed: str) -> frozenset[str]:
    """Words that the requester writes with a capital amid a clause: names of their own places."""
    return frozenset(
        fold(match) for match in re.findall(r"(?<=[a-zà-ÿ'’] )[A-ZÀ-Ý][\w-]+|(?<=['’])[A-ZÀ-Ý][\w-]+", typed)
    )


def _places_in(typed: str) -> frozenset[str]:
    """The words of the places that the requester names by two words with a hyphen ("à Saint-Aubert")."""
    found = [part for name in _PLACE.findall(typed) for part in words(name)]
    plain = words(_PLACE.sub(" ", typed))
    return frozenset(part for part in found if part not in plain)


def _parts_lightened(terms: Sequence[SubjectTerm], typed: str) -> list[SubjectTerm]:
    plain = " ".join(words(typed))

    def weight(term: SubjectTerm) -> float:
        wholes = [whole for whole in terms if set(words(term.word)) < set(words(whole.word))]
        if plain.count(term.word) > sum(plain.count(whole.word) for whole in wholes) > 0:
            return term.rarity
        lengths = [len(words(whole.word)) for whole in wholes]
        return _PART / max(lengths) * min(term.rarity, *(whole.rarity for whole in wholes)) if wholes else term.rarity

    return [replace(term, rarity=weight(term)) for term in terms]


def _standing(word: str, typed: str) -> float:
    """What the place of an idea in the request makes of it: the head of the first clause is what it is about."""
    best = 0.0
    for number, clause in enumerate(_CLAUSE.split(typed)):
        plain = " ".join(words(clause))
        place = plain.find(word)
        if place >= 0:
            qualifier = _QUALIFIER.search(fold(clause))
            lead = " ".join(words(clause[: qualifier.start()])) if qualifier else plain
            after = 0 < len(lead) <= place
            best = max(best, (_LATER if number else 1.0) * (_AFTER if after else 1.0))
    return best or 1.0
