"""Names of places as a manifest writes them: "du CREUSOT" is Le Creusot, "SAINT JEAN EN VAL" Saint-Jean-en-Val."""

import re
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from corpus.records.base import HandWritten
from corpus.text import fold, squeeze
from corpus.yamlfile import load_yaml

_SMALL = frozenset("de du des la le les en sur sous lès les-lès et aux au à d l".split())
_ARTICLES = {"du": "Le", "des": "Les", "de la": "La", "de le": "Le", "de les": "Les"}
_LIKE = 84
"""Percent of letters in common from which a misread department is recognised."""


class _Departments(HandWritten):
    departments: dict[str, str]


def commune_name(link: str, name: str) -> str:
    """The name of a commune from the words after "commune": the article of "du" and "des" is its own."""
    words = [word for word in re.split(r"[\s-]+", squeeze(name)) if word]
    if not words:
        return ""
    article = _ARTICLES.get(squeeze(link).lower().rstrip("'’ "), "")
    if words[0].lower() in ("le", "la", "les") and len(words) > 1:
        article, words = words[0].capitalize(), words[1:]
    joined = "-".join(_cased(word, first=place == 0) for place, word in enumerate(words))
    return f"{article} {joined}".strip()


def mixed_case(name: str) -> str:
    """ "MONTS DU PILAT" as "Monts du Pilat"; a name that is not all in capitals stays as it is."""
    if not name.isupper():
        return name
    return " ".join(_cased(word, first=place == 0) for place, word in enumerate(name.split()))


def find_department(name: str) -> tuple[str, str] | None:
    """Number and name of the department that is meant, misread or not; None where none is near enough, or two are."""
    wanted = fold(name)
    best = process.extract(wanted, _folded(), scorer=fuzz.ratio, limit=2)
    if not best or best[0][1] < _LIKE or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    code = str(best[0][2])
    return code, _departments()[code]


def _cased(word: str, *, first: bool) -> str:
    lower = word.lower()
    if not first and lower in _SMALL:
        return lower
    elided = re.match(r"^([dl])(['’])(.+)$", lower)
    if elided and not first:
        return f"{elided[1]}{elided[2]}{elided[3].capitalize()}"
    return word if not word.isupper() and word[:1].isupper() else lower.capitalize()


@lru_cache(maxsize=1)
def _departments() -> dict[str, str]:
    return load_yaml(Path(__file__).with_name("departements.yaml"), _Departments).departments


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {code: fold(name) for code, name in _departments().items()}
