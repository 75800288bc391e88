"""Partners by one name, whatever a fiche calls them, and those that all similar fiches name."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.draft.wording import load_wording
from corpus.glossary import is_acronym, load_glossary
from corpus.records import FicheAction, Value
from corpus.text import fold

Place = tuple[FicheAction, Value]
_LEAST_FICHES = 2


def partners_of(text: str) -> frozenset[str]:
    """The partners that a text names, each by one name."""
    plain = fold(text)
    return frozenset(name for name, pattern in _known_partners() if pattern.search(plain))


def shared_partners(fiches: Sequence[FicheAction]) -> dict[str, list[Place]]:
    """Partners named by every fiche that names its partners (two at least), with where each does."""
    naming = [fiche for fiche in fiches if fiche.fields.get("partenaires")]
    if len(naming) < _LEAST_FICHES:
        return {}
    found: dict[str, list[Place]] = {}
    for fiche in naming:
        for value in fiche.fields["partenaires"]:
            for name in partners_of(value.text):
                if not any(known is fiche for known, _ in found.get(name, ())):
                    found.setdefault(name, []).append((fiche, value))
    return {name: places for name, places in sorted(found.items()) if len(places) == len(naming)}


@lru_cache(maxsize=1)
def _known_partners() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = []
    for entry in load_glossary().entries:
        if (
            (is_acronym(entry.term) or entry.term == "Caf")
            and entry.full
            and entry.term not in load_wording().not_partners
        ):
            forms = sorted({fold(entry.term), fold(entry.full)}, key=len, reverse=True)
            known.append((entry.term, re.compile(r"\b(?:" + "|".join(re.escape(form) for form in forms) + r")s?\b")))
    for name in load_wording().bodies:
        stem = fold(name).rstrip("s")
        known.append((name, re.compile(rf"\b{re.escape(stem)}s?\b")))
    return tuple(known)
