"""The words of drafting, from wording.yaml."""

import re
from functools import lru_cache
from pathlib import Path

from corpus.records.base import HandWritten
from corpus.text import fold
from corpus.yamlfile import load_yaml

PLACE = "[À COMPLÉTER : {}]"
_ARTICLE = re.compile(r"^(?:l[ae]s? |l'|une? |des )")
HOLE = re.compile(r"\[À COMPLÉTER[^\]]*\]")


class Wording(HandWritten):
    """wording.yaml."""

    phases: dict[str, tuple[str, ...]]
    """Phase of the work to the beginnings of the words that signal it, in the order of the work."""
    concrete: tuple[str, ...]
    """Beginnings of what a concrete action opens with."""
    light: frozenset[str]
    """Words of the work itself, which say little of a subject."""
    audience: frozenset[str]
    """Words for those whom actions are for."""
    publics: dict[str, tuple[str, ...]]
    """Groups of people that exclude one another, to the patterns that name them."""
    particular: dict[str, tuple[str, ...]]
    """Groups that a line is not about by chance, to the patterns that name them."""
    modes: dict[str, tuple[str, ...]]
    """The same for the ways of looking after young children."""
    means: frozenset[str]
    """Words for the ways of working, whatever is worked on."""
    actors: tuple[str, ...]
    """Those a fiche counts among its partners."""
    bodies: tuple[str, ...]
    """Partners that have no acronym of their own; the others come from the glossary."""
    not_partners: tuple[str, ...]
    """Acronyms of the glossary that name no one to work with."""
    asking: frozenset[str]
    """Words of asking for a fiche: they are not its subject."""
    national: tuple[str, ...]
    """Names that belong to no territory."""
    structures: tuple[str, ...]
    """Nouns after which a name is that of a structure."""
    holes: dict[str, str]
    """Field of a fiche to what the requester must fill in there."""


@lru_cache(maxsize=1)
def load_wording() -> Wording:
    """The words in force. Raises CorpusError (file, line, key) where the file is wrong."""
    return load_yaml(Path(__file__).with_name("wording.yaml"), Wording)


def hole(what: str) -> str:
    """ "[À COMPLÉTER : pilote]"."""
    return PLACE.format(what)


def hole_of(key: str) -> str:
    """The hole of a field of the fiche."""
    return hole(load_wording().holes[key])


def is_open(text: str) -> bool:
    """True for a line that is nothing but a hole."""
    return bool(HOLE.fullmatch(text.strip(" .")))


def phase_of(text: str) -> int:
    """Rank of a line in the order of the work: 0 diagnosis … 4 evaluation; what begins the line decides first."""
    plain = _ARTICLE.sub("", _plain(text))
    opening = " ".join(plain.split()[:2])
    for rank, pattern in enumerate(_phases()):
        if pattern.match(opening) or pattern.match(" ".join(plain.split()[:4])):
            return rank
    for rank, pattern in enumerate(_phases()):
        if pattern.search(plain):
            return rank
    return 2


def names_work(text: str) -> bool:
    """True where a text opens on a word of the work ("recruter", "ouvrir", "former")."""
    plain = _plain(text)
    return any(pattern.match(plain) for pattern in _phases())


def is_concrete(text: str) -> bool:
    """True for a line that says what is done, not what is aimed at."""
    plain = _plain(text)
    return any(plain.startswith(fold(word)) for word in load_wording().concrete)


@lru_cache(maxsize=8192)
def publics_of(text: str) -> tuple[frozenset[str], ...]:
    """What a text names of the groups that exclude one another: people, then ways of looking after young children."""
    plain = fold(text)
    return tuple(frozenset(name for name, found in kind.items() if found.search(plain)) for kind in _publics())


@lru_cache(maxsize=8192)
def particular_in(text: str) -> frozenset[str]:
    """The particular groups that a text names (young people, the elderly, the disabled)."""
    plain = fold(text)
    return frozenset(name for name, found in _particular().items() if found.search(plain))


def names_actor(text: str) -> bool:
    """True where a fact names someone to work with ("RPE existant")."""
    plain = fold(text)
    if re.match(r"(?:pas|plus|aucune?|sans|manque|absence|fermeture)\b", plain):
        return False
    return any(re.search(rf"\b{re.escape(actor)}s?\b", plain) for actor in load_wording().actors)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z']+", fold(text)))


@lru_cache(maxsize=1)
def _publics() -> tuple[dict[str, re.Pattern[str]], ...]:
    return tuple(_patterns(kind) for kind in (load_wording().publics, load_wording().modes))


@lru_cache(maxsize=1)
def _particular() -> dict[str, re.Pattern[str]]:
    return _patterns(load_wording().particular)


def _patterns(groups: dict[str, tuple[str, ...]]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(r"\b(?:" + "|".join(patterns) + r")\b") for name, patterns in groups.items()}


@lru_cache(maxsize=1)
def _phases() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(r"\b(?:" + "|".join(re.escape(fold(word)) for word in words) + ")")
        for words in load_wording().phases.values()
    )
