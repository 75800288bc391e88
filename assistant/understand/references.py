"""References to fiches and articles in a question: "G39", "fiche action 7", "article 6", "annexe 2"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.records import FicheAction
from corpus.text import fold

_CODE = re.compile(r"\b([a-z]{1,3})\s?-?(\d{1,3})\b")
_FICHE = re.compile(r"\bfiches?(?:[\s-]*actions?)?\s*(?:n\s*[°o]?\s*|numero\s*)?(\d{1,3}\s?(?:bis|ter)?)\b")
_ACTION = re.compile(r"\bactions?\s*(?:n\s*[°o]?\s*|numero\s*)?(\d{1,3}\s?(?:bis|ter)?)\b")
_ARTICLE = re.compile(r"\b(?:article|art)\s*\.?\s*(\d{1,2})\b")
_ANNEXE = re.compile(r"\bannexe\s*(\d{1,2})\b")


@dataclass(frozen=True)
class References:
    """What a question refers to by number."""

    fiches: tuple[str, ...] = ()
    """Ids of the fiches referred to."""
    articles: tuple[str, ...] = ()
    """Folded labels of articles and annexes ("article 6", "annexe 2")."""
    labels: tuple[str, ...] = ()
    """The references as text, for people."""


def find_references(question: str, fiches: Iterable[FicheAction], documents: Iterable[str] = ()) -> References:
    """References of a question. `documents` narrows "fiche 7" to the territories the question names."""
    folded = fold(question)
    wanted = set(documents)
    by_ref: dict[str, list[FicheAction]] = {}
    for fiche in fiches:
        if fiche.kind == "fiche" and (not wanted or fiche.document in wanted):
            by_ref.setdefault(_compact(fiche.ref), []).append(fiche)
    found: list[FicheAction] = []
    labels: list[str] = []
    for code in ("".join(match.groups()) for match in _CODE.finditer(folded)):
        if code in by_ref:
            found += by_ref[code]
            labels.append(code.upper())
    for match in [*_FICHE.finditer(folded), *_ACTION.finditer(folded)]:
        number = _compact(match.group(1))
        hits = by_ref.get(number) or [
            fiche
            for ref, group in by_ref.items()
            if ref.endswith(number) and not ref[: -len(number)][-1:].isdigit()
            for fiche in group
            if " " in fiche.ref
        ]
        if hits:
            found += hits
            labels.append(f"fiche {number}")
    articles = tuple(f"article {m.group(1)}" for m in _ARTICLE.finditer(folded))
    articles += tuple(f"annexe {m.group(1)}" for m in _ANNEXE.finditer(folded))
    unique = tuple(dict.fromkeys(fiche.id for fiche in found))
    return References(unique, articles, tuple(dict.fromkeys((*labels, *articles))))


def _compact(ref: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(ref))
