"""The situation that a question in everyday French speaks of: population, type, transfer, date.

A number is a population only where something says so: inhabitants after it, or a commune before it and no other noun
after it. "12 places", "300 euros" and "2025" are none.
"""

import re

from assistant.obligations.days import parse_day
from assistant.obligations.numbers import Number, find_numbers
from assistant.obligations.situation import Situation, make_situation, transfer_name
from assistant.obligations.transfers import read_transfer_words
from corpus.dates import FOLDED_MONTHS
from corpus.obligations import ActorType, load_obligations
from corpus.text import STOPWORDS, fold, squeeze

_EPCI = "|".join(
    (
        r"epci|metropoles?|syndicats?(?: mixtes?)?|cc(?!as\b)[a-z]{0,4}",
        r"com ?-?com|com ?de ?com|agglo(?:meration)?s?|inter-?co(?:m|mmunalites?)?s?",
        r"communautes? de communes?|communautes? d'agglo\w*|communautes? urbaines?",
    )
)
_COMMUNE = (
    r"communes?|villages?|villes?|bourgs?|bourgades?|hameaux?|mairies?|municipalites?|maires?|conseil municipal|cite"
)
_TYPE = re.compile(rf"\b(?:(?P<epci>{_EPCI})|{_COMMUNE})\b")
_OTHER_ACTORS: tuple[tuple[ActorType, re.Pattern[str]], ...] = (
    ("assistant-maternel", re.compile(r"\b(?:assistante?s? maternel(?:le)?s?|ass-?mats?|nounous?|nourrices?)\b")),
    (
        "gestionnaire",
        re.compile(r"\bgestionnaires?\b|\bger\w+ une (?:micro-?)?creche|\b(?:ma|nos?) (?:micro-?)?creches?"),
    ),
    ("departement", re.compile(r"\b(?:conseil departemental|departement)\b")),
    ("prefet", re.compile(r"\b(?:prefets?|prefecture)\b")),
    ("caf", re.compile(r"\bcafs?\b")),
)
_INSTITUTIONS: tuple[ActorType, ...] = ("caf", "departement", "prefet")
_DUTY = re.compile(
    r"\b(?:obligat\w+|obligee?s?|oblige|dois|doit|doivent|devons|devez|devoirs?|faut|fallait|tenue?s? d|impos\w+|"
    r"responsabilites?|competences?|devait|devions|devaient)\b"
)
_INHABITANTS = r"(?:hab(?:itante?s?|ts?|s)?|hbts?|ames?|administree?s?|residents?|concitoyens?)\b"
_AFTER = re.compile(rf"\.?\s*(?:d'|de |d )?\s*{_INHABITANTS}")
_ABOUT = r"(?: d'environ| environ| a peu pres| quelque)?"
_BEFORE = re.compile(
    rf"(?:\b(?:population|pop)(?: (?:municipale|totale))?(?: est| etant)?(?: de)?{_ABOUT}\s*[:=]?|"
    rf"\b(?:on est|nous sommes|on compte|compte|comptons|peuplee? de){_ABOUT}(?: a)?|"
    rf"\b(?:{_EPCI}|{_COMMUNE})(?: \w+)?(?: de| a)?{_ABOUT}|\()\s*$"
)
_NEXT_WORD = re.compile(r"\s*([a-z']+)?")
_COUNTED = re.compile(r"\d\s*$")
_TOWARDS = re.compile(r"\b(?:a|vers)\s*(?:une|la|l'|notre|son|sa|leur|votre)?\s*$")
_FREE_AFTER = STOPWORDS | {
    "dois", "doit", "devons", "obligatoire", "obligatoires", "obligations", "pile", "juste", "environ", "tout",
    "dans", "suis", "h", "quelle", "sommes", "comment", "combien", "ca", "merci", "bonjour",
}  # fmt: skip
_THRESHOLD = re.compile(r"(?:plus de|au-?dela de|au-?dessus de|a partir de|moins de|en dessous de|seuil des?)\s*$")
_SEVERAL = re.compile(r"\b(?:\d+|nos|les|des|leurs|plusieurs) communes\b")
_OVER = re.compile(r"(?:plus d[e']|depass\w+|superieure? a|au-?dela de|au-?dessus de)\s*$")
_UNDER = re.compile(r"(?:moins d[e']|inferieure? a|en dessous de|sous les|pas tout a fait|presque|pres de|a peine)\s*$")
_MONTH = "|".join(FOLDED_MONTHS)
_WRITTEN_DAY = rf"\d{{1,2}}/\d{{1,2}}/20\d\d|(?:\d{{1,2}}|1er) (?:{_MONTH}) 20\d\d|(?:{_MONTH}) 20\d\d|20\d\d"
_DATE = re.compile(
    rf"\b(?:en|au|des|fin|debut|d'ici|pour|a partir d[ue]|a compter d[ue]|le)\s+(?:l'annee |le |la fin )?"
    rf"({_WRITTEN_DAY})\b(?!-\d| ?{_INHABITANTS})"
)
_OTHER_EVENT = re.compile(
    r"\b(?:sign|conclu|adopt|vot|cre|ouver|dat|publi|commenc|arret|fini|expir|termin|echeance|renouvel|jusqu|elu)\w*"
    r"[^,;?.]{0,15}$"
)
"""Before a date: it is the day of a signature or of an end, not the day asked for."""
_PAST_DUTY = re.compile(r"\b(?:devait|devions|devaient|devais|fallait|etai\w+ (?:obli|tenu)\w*)\b")
_DUTY_THEN = re.compile(r"\b(?:obligations?|devoirs?)(?: [a-z'-]+){0,2}\s*$")
"""Before a date: the duties of that day are asked for ("quelles obligations en 2019")."""
_SOURCE = re.compile(r"\b(?:de|du|par|avec|aupres de|aupres du|a|au)\s*(?:la\s|le\s|l'|notre\s|votre\s)?\s*$")
_DUTIES_OF = re.compile(r"\b(?:obligations?|devoirs?|responsabilites?|missions?|roles?)\s+(?:de|du)\b[^,;?.]*$")
_LEAST_BARE = 50
"""Below this, a number without the word "habitants" is more likely something else (communes, élus)."""


def read_situation(question: str) -> Situation | None:
    """The situation of a question, None where it speaks of none; a missing day is today.

    "plus de 10 000 habitants" is read as 10 001, "moins de 3 500" as 3 499. Raises SituationInvalid, with the
    sentence to show, where what is read cannot be (a population of 25 millions, a duty in 2019).
    """
    text = _folded(question)
    population = _population(text)
    transfer = read_transfer_words(text)
    kind = _type(text, population)
    asked = _DUTY.search(text) is not None
    if population is None and transfer is None and not (asked and kind is not None):
        return None
    if population is not None and kind not in ("commune", "epci"):
        kind = "commune"
    return make_situation(
        population=None if population is None else _bounded(text, population),
        type=kind or "commune",
        transfer=transfer_name(transfer),
        on=_day(text),
    )


def states_population(question: str) -> bool:
    """True where a question gives a number of inhabitants: the rules depend on it."""
    return _population(_folded(question)) is not None


def _folded(question: str) -> str:
    """The question folded, on one line, the no-break spaces of its numbers made plain."""
    return squeeze(re.sub(r"(?<=\d)[\u00a0\u202f](?=\d)", " ", fold(question)))


def _population(text: str) -> Number | None:
    """The first number with its inhabitants; else the first that a commune introduces and no noun follows.

    A number that states a threshold gives way to any other ("plus de 10 000 habitants, et nous on est 9 700").
    """
    numbers = find_numbers(text)
    found = [number for number in numbers if _AFTER.match(text, number.end)]
    found += [number for number in numbers if number not in found and _stands_alone(text, number)]
    own = [number for number in found if not _THRESHOLD.search(text[: number.start])]
    return next(iter(own or found), None)


def _stands_alone(text: str, number: Number) -> bool:
    """True for a number introduced by a commune or "on est", with no noun after it."""
    if abs(number.value) < _LEAST_BARE or not _BEFORE.search(text[: _stem_of(text, number)]):
        return False
    following = _NEXT_WORD.match(text, number.end)
    word = following.group(1) if following else None
    return word is None or word.split("'")[-1] in _FREE_AFTER or word.split("'")[0] in ("l", "d", "qu", "est")


def _stem_of(text: str, number: Number) -> int:
    """Where to look for what introduces a number: before "plus de" and the like."""
    bound = _OVER.search(text[: number.start]) or _UNDER.search(text[: number.start])
    return bound.start() if bound else number.start


def _bounded(text: str, number: Number) -> int:
    before = text[: number.start]
    if _OVER.search(before):
        return number.value + 1
    return number.value - 1 if _UNDER.search(before) and number.value > 1 else number.value


def _type(text: str, population: Number | None) -> ActorType | None:
    """The commune or EPCI nearest to the population, preferably before it; else the first named; else another actor.

    "16 communes" names none, nor do "nos communes" where an EPCI is named.
    """
    matches = [match for match in _TYPE.finditer(text) if not _COUNTED.search(text[: match.start()])]
    of_epci = _SEVERAL.search(text) is not None and any(match.group("epci") for match in matches)
    named: list[tuple[int, ActorType]] = []
    for match in matches:
        if of_epci and match.group() == "communes":
            continue
        kind: ActorType = "epci" if match.group("epci") else "commune"
        if kind == "epci" and not of_epci and _is_receiver(text, match, population):
            kind = "commune"
        distance = match.start()
        if population is not None:
            ahead = match.start() > population.start
            distance = match.start() - population.end + 40 if ahead else population.start - match.end()
        named.append((distance, kind))
    if named:
        return min(named)[1]
    if population is None:
        for other, pattern in _OTHER_ACTORS:
            if any(other not in _INSTITUTIONS or _is_subject(text, match) for match in pattern.finditer(text)):
                return other
    return None


def _is_subject(text: str, institution: re.Match[str]) -> bool:
    """False for the Caf of "les bonus de la Caf": it gives something there, its own duties are not asked for."""
    before = text[: institution.start()]
    return _SOURCE.search(before) is None or _DUTIES_OF.search(before) is not None


def _is_receiver(text: str, epci: re.Match[str], population: Number | None) -> bool:
    """True for the EPCI of "on transfère à l'interco": the one who asks is a commune, and the population is its own."""
    if not _TOWARDS.search(text[: epci.start()]):
        return False
    if population is None or population.start < epci.end():
        return True
    return re.fullmatch(r"\s*(?:de |d')?\s*", text[epci.end() : population.start]) is None


def _day(text: str) -> str | None:
    """The day asked for. A year before the law counts only where the duties of then are asked for ("devait-on")."""
    for match in _DATE.finditer(text):
        before = text[: match.start()]
        if _OTHER_EVENT.search(before):
            continue
        day = parse_day(match.group(1))
        past = _PAST_DUTY.search(text) or _DUTY_THEN.search(before)
        if past or day.isoformat() >= load_obligations().law.enacted:
            return day.isoformat()
    return None
