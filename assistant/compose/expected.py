"""What kind of thing a question expects (a price, a name, a rate, a date, a count…), and whether a text holds one.

"Combien de places" is not answered by a sentence about places without a number: most questions that a corpus seems to
answer and does not are of this sort.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.understand.cues import plain_words
from corpus.dates import FOLDED_MONTHS
from corpus.records import Term
from corpus.text import STOPWORDS, fold, stem, words

Kind = Literal["prix", "taux", "personne", "adresse", "contact", "horaire", "frequence", "duree", "date", "nombre"]

_ROLE = (
    r"(?:maires?|presidente?s?|direct\w+|referente?s?|chargee? de (?:la )?coop\w*|coordinat\w+|delegue\w*|dgs|"
    r"signataires?|elue?s?)"
)
_QUESTIONS: tuple[tuple[Kind, str], ...] = (
    (
        "contact",
        r"\b(?:(?:numero|num|no?) de tel\w*|(?:quel|le) (?:tel|telephone|numero)|"
        r"(?:tel|telephone|mail|courriel) (?:de|du|d)|adresse (?:mail|electronique)|quel (?:mail|courriel)|"
        r"comment (?:\w+ )?(?:joindre|contacter)|coordonnees)\b",
    ),
    ("adresse", r"\b(?:adresse|quelle rue)\b"),
    (
        "horaire",
        r"\b(?:horaires? d ouverture|quels? horaires?|jours et heures|a quelle heure|ouvre\w* (?:quand|quels?))\b",
    ),
    (
        "personne",
        rf"\b(?:qui est|c est qui|c qui|comment s appelle\w*|comment (?:elle|il) s appelle|qui etait|nom d\w+) "
        rf"(?:l |le |la |les |ce |cette )?(?:\w+ )?{_ROLE}\b|\bson nom\b|\bles noms\b",
    ),
    (
        "prix",
        r"\b(?:combien|cb)\b(?! d\w* )(?: \w+){0,6} "
        r"(?:cout\w*|coute\w*|touch\w*|pay\w*|factur\w*|gagn\w*|vers(?:e|es|ent|er|ait|era)|euros?)\b|"
        r"\b(?:cout\w*|coute\w*|touch\w*|pay\w*|chiffr\w*|gagn\w*|estim\w*)(?: \w+){0,4} (?:combien|cb)\b(?! d\w* )|"
        r"\b(?:combien|cb) d (?:argent|euros?)\b|"
        r"\b(?:quel\w*|c est quoi|connaitre)(?: \w+){0,3} (?:prix|tarifs?|montants?|salaires?|sommes?)\b|"
        r"^(?:prix|tarifs?|montants?|salaires?)\b|\bremuneres? combien\b",
    ),
    ("taux", r"\b(?:taux|pourcentages?|proportion|(?<!on )(?<!ca )part d\w+|quelle part)\b"),
    ("frequence", r"\b(?:(?:combien|cb) de fois|a quelle frequence|tous les combien|frequence)\b"),
    ("duree", r"\b(?:(?:combien|cb) de (?:temps|mois|jours|ans|annees)|quelle duree|quel (?:delai|preavis)|duree)\b"),
    ("nombre", r"\b(?:combien|cb|nb|nombre d\w+|effectifs?)\b"),
    ("date", r"\b(?:quand|quel jour|(?:quelle|la|les) dates?|date d\w*|quelles? annees?|depuis quand|jusqu a quand)\b"),
)
_SPELLED = (
    r"un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|"
    r"quarante|cinquante|cent|mille|premiere?|seule?"
)
_UNIT_OF_TIME = r"(?:ans?|annees?|mois|jours?|semaines?|trimestres?)"
_MONTH = rf"(?:{'|'.join(FOLDED_MONTHS)})"
_ANSWERS: dict[Kind, re.Pattern[str]] = {
    "contact": re.compile(r"\b0\d(?:[ .]?\d\d){4}\b|@"),
    "adresse": re.compile(r"\b(?:rue|avenue|place|allee|chemin|impasse|boulevard|route|quai)\b|\b\d{5}\b"),
    "horaire": re.compile(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b|\b\d{1,2} ?h\b"),
    "prix": re.compile(r"\d ?(?:€|euros?\b|k€|m€)|\beuros\b"),
    "taux": re.compile(r"\d ?%|\btaux\b[^.]{0,60}\d"),
    "frequence": re.compile(
        rf"\b(?:\d+|{_SPELLED})(?: (?:a|ou|et) (?:\d+|{_SPELLED}))? fois\b|\bannuel\w*|\bpar an\b|\bchaque\b|"
        r"\btrimestriel\w*|\bmensuel\w*|\btous les\b|\bregulier\w*|\bregulierement\b"
    ),
    "duree": re.compile(rf"\b(?:\d+|{_SPELLED}) {_UNIT_OF_TIME}\b|\b(?:19|20)\d\d\b|\bduree\b[^.]{{0,40}}\d"),
    "date": re.compile(
        rf"\b(?:19|20)\d\d\b|\b{_MONTH}\b|\b\d+ {_UNIT_OF_TIME}\b|\b(?:trimestre|rentree|signature|chaque annee)\b|"
        r"\b\d\d/\d\d/\d\d"
    ),
    "nombre": re.compile(rf"\d|\b(?:{_SPELLED})\b"),
}
_NAME = re.compile(r"(?:\bM\.|\bMme|\bMM\.|\bMonsieur|\bMadame|\bMr)\s+[A-ZÉ]|\b[A-ZÉ][a-zéèêëïîôç-]+ [A-ZÉÈ]{3,}\b")
_COUNTED = re.compile(
    r"\b(?:combien d\w*|cb d\w*|nb d\w*|nombre d\w*|effectifs? d\w*|combien|cb|nb) (?:l |la |les )?(\w+)"
)
_COUNTING = frozenset(_SPELLED.split("|")) - {"un", "une", "premiere?", "seule?"}
_STREET = frozenset("bis ter rue avenue av place allee chemin impasse boulevard bd route quai".split())
_SAME = 0.6
"""Least weight of another name of what is counted."""
_NEAR = 3
"""Words that may stand between a number and what it counts."""


@dataclass(frozen=True)
class Expectation:
    """What a question expects."""

    kind: Kind
    counted: tuple[frozenset[str], ...]
    """For a count: the stems of what is counted, one set for each of its other names."""


def expected_answer(question: str, terms: Sequence[Term]) -> Expectation | None:
    """The kind of thing that a question expects; None where any sentence may answer it."""
    plain = plain_words(question)
    for kind, pattern in _QUESTIONS:
        if re.search(pattern, plain):
            return Expectation(kind, _counted(plain, terms) if kind == "nombre" else ())
    return None


def holds_expected(expectation: Expectation, text: str) -> bool:
    """True where a text of the corpus holds a thing of the kind expected."""
    if expectation.kind == "personne":
        return bool(_NAME.search(text))
    folded = fold(text)
    if not _ANSWERS[expectation.kind].search(folded):
        return False
    return expectation.kind != "nombre" or not expectation.counted or _counts(folded, expectation.counted)


def _counted(plain: str, terms: Sequence[Term]) -> tuple[frozenset[str], ...]:
    match = _COUNTED.search(plain)
    if match is None or match.group(1) in STOPWORDS:
        return ()
    noun = stem(match.group(1))
    forms = {frozenset({noun})}
    for term in terms:
        if noun in {stem(word) for word in words(term.word)}:
            forms |= {
                frozenset(stem(word) for word in words(phrase) if word not in STOPWORDS)
                for phrase, weight in term.forms
                if weight >= _SAME
            }
    return tuple(form for form in forms if form)


def _counts(folded: str, counted: Sequence[frozenset[str]]) -> bool:
    """True where one of the counted things stands near a number."""
    tokens = words(folded)
    stems = [stem(token) for token in tokens]
    for place, token in enumerate(tokens):
        if not token[0].isdigit() and token not in _COUNTING:
            continue
        if set(tokens[place + 1 : place + 3]) & _STREET:
            continue
        # A postcode and a year are numbers of nothing, unless what is counted follows at once ("15431 habitants").
        near = 1 if re.fullmatch(r"\d{5}|(?:19|20)\d\d", token) else _NEAR
        around = set(stems[place + 1 : place + 2] if near == 1 else stems[max(0, place - near) : place + near + 1])
        if any(form <= around for form in counted):
            return True
    return False
