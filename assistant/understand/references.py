"""References to fiches and articles in a question: "G39", "fiche action 7", "article 6", "annexe 2"."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from corpus.records import FicheAction
from corpus.text import STOPWORDS, fold, stems, words

_CODE = re.compile(r"\b([a-z]{1,3})\s?-?(\d{1,3})\b")
_FICHE = re.compile(r"\bfiches?(?:[\s-]*actions?)?\s*(?:n\s*[°o]?\s*|numero\s*)?(\d{1,3}\s?(?:bis|ter)?)\b")
_FICHE_CODE = re.compile(r"\bfiches?(?:[\s-]*actions?)?\s+([a-z]{1,3})\s?-?(\d{1,3})\b")
_TITLED = re.compile(
    r"\bfiche(?:[\s-]*action)?\s+(?:(?:sur|de|du|des|d|la|le|les|l|qui parle de|intitulee)[\s']+)*"
    r"[\W_]*((?:(?!\b(?:qui|que|qu|quel\w*|combien|et|ou|ils?|elles?|c|est|pour|chez|a|au|aux|dans|on|y|en)\b)"
    r"[\w'-]+\s*){1,5})"
)
"""What follows "la fiche": up to five words, as far as the next little word of a sentence."""
_NO_SUBJECT = frozenset("ctg convention action actions fiche territoire projet modele".split())
_TITLE_WORDS = 3
_FEW_TITLES = 2
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
    titled: tuple[str, ...] = ()
    """Ids of the fiches that words of their title name ("la fiche communication")."""
    absent: tuple[str, ...] = ()
    """Fiches referred to that do not exist where they are looked for, as typed ("19", "g99")."""


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
    absent: list[str] = []
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
        elif by_ref and match.re is _FICHE:
            absent.append(number)
    absent += [code for code in _coded_fiches(folded) if by_ref and code not in by_ref]
    articles = tuple(f"article {m.group(1)}" for m in _ARTICLE.finditer(folded))
    articles += tuple(f"annexe {m.group(1)}" for m in _ANNEXE.finditer(folded))
    unique = tuple(dict.fromkeys(fiche.id for fiche in found))
    return References(unique, articles, tuple(dict.fromkeys((*labels, *articles))), (), tuple(dict.fromkeys(absent)))


def find_titled_fiches(question: str, fiches: Iterable[FicheAction], ignored: Collection[str]) -> tuple[str, ...]:
    """Ids of the fiches that a question names by words of their title ("la fiche communication", "fiche réseau AVS").

    `ignored`: folded words that name territories. All the words said (three at most) must stand in the title, and few
    titles may hold them; else nothing is named.
    """
    folded = fold(question)
    found = []
    for match in _TITLED.finditer(folded):
        spoken = [word for word in words(match.group(1)) if word not in STOPWORDS | _NO_SUBJECT]
        said = [word for word in spoken if word not in ignored]
        wanted = {one for word in said[:_TITLE_WORDS] for one in stems(word)}
        if wanted and not any(any(char.isdigit() for char in word) for word in said[:1]):
            named = [fiche.id for fiche in fiches if fiche.kind == "fiche" and wanted <= set(stems(fiche.title))]
            found += named if len(named) <= _FEW_TITLES else []
    return tuple(dict.fromkeys(found))


def _coded_fiches(folded: str) -> list[str]:
    return ["".join(match.groups()) for match in _FICHE_CODE.finditer(folded)]


def _compact(ref: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(ref))
