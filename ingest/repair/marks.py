"""Marks that a recognition misread around letters: elisions (I'offre, |'offre, 'ensemble), bullets, stray signs."""

import re
from collections.abc import Iterator

from corpus.records import Repair

_VOWEL = "aeiouyhéèêëâàîïôùûœAEIOUYHÉÈÊÂÎÔŒ"
_ELIDED_L = re.compile(
    rf"(?<![\w'’])(?:\[[I|]?|I|\||lI|U(?=['’]))(?P<mark>['’\"]{{1,2}})(?=[{_VOWEL}][^\W\d_])", re.UNICODE
)
_DOUBLED = re.compile(rf"(?<!\w)(?P<article>[dlnscjmDLNSCJM]|qu|Qu)(?P<mark>['’])['’\"]+(?=[{_VOWEL}][^\W\d_])")
_QUOTED = re.compile(rf"(?<!\w)(?P<article>[dlns])\"(?=[{_VOWEL}][^\W\d_])")
_LOST_L = re.compile(rf"(?<=\s)(?P<mark>['’]{{1,2}}|\")(?=[{_VOWEL}][^\W\d_]{{2,}})")
_CLOSED = re.compile(r"^[^\n'’\"]{0,60}['’\"](?=[\s.,;:)]|$)")
_ITEM = re.compile(r"(?:^|\n)[ \t]*(?:v['’\"]?|[-•*»=])[ \t]+$")
_TICK = re.compile(r"(?m)^[ \t]*(?P<x>v['’\"/]?|[=»¢])(?=[ \t]+\S)")
_LETTER_TICK = re.compile(
    r"(?m)^[ \t]*(?:(?P<x>[bcdefimnoprsuvx])(?=[ \t]+[A-ZÀ-ÝŒ][^\W\d_])|(?P<y>[A-Z])(?=[ \t]+Article[ \t]+\d))"
)
_STRAY_LETTERS = re.compile(r"(?m)^[ \t]*(?P<x>[^\w\s]*[^\W\d_](?:[^\w\n]+[^\W\d_])*[^\w\s]*)[ \t]*$")
_LETTER_OF_PART = re.compile(r"[A-HIVX][.)]?")
"""Letters that may number a part, alone on their line."""
_STRAY_LINE = re.compile(r"(?m)^[ \t]*(?P<x>[\\~_^`´=]{1,3})[ \t]*$")
_UNDERLINED = re.compile(r"(?<=\s)(?P<x>_)(?=[a-zéèà]{3})")
_LEAST_TICKS = 3


def find_elisions(text: str) -> Iterator[Repair]:
    """Articles whose letter was misread or lost: `I'offre`, `['offre`, `'ensemble`, `d’'un`, `d"accueil`."""
    for match in _ELIDED_L.finditer(text):
        yield Repair(start=match.start(), end=match.end(), text="l" + _apostrophe(match.group("mark")))
    for match in _DOUBLED.finditer(text):
        yield Repair(start=match.start(), end=match.end(), text=match.group("article") + match.group("mark"))
    for match in _QUOTED.finditer(text):
        yield Repair(start=match.start(), end=match.end(), text=match.group("article") + "'")
    for match in _LOST_L.finditer(text):
        if not _CLOSED.match(text[match.end() : match.end() + 62]):
            article = "L" if _ITEM.search(text[max(0, match.start() - 6) : match.start()]) else "l"
            yield Repair(start=match.start(), end=match.end(), text=article + _apostrophe(match.group("mark")))


def find_stray_marks(text: str) -> Iterator[Repair]:
    """Ticks and bullets read as letters; lines that hold nothing but a sign or letters that stand alone."""
    ticks = list(_TICK.finditer(text))
    kinds: dict[str, int] = {}
    for match in ticks:
        kinds[match.group("x")[:1]] = kinds.get(match.group("x")[:1], 0) + 1
    for match in ticks:
        if kinds[match.group("x")[:1]] >= _LEAST_TICKS:
            yield Repair(start=match.start("x"), end=match.end("x"), text="•")
    for match in _LETTER_TICK.finditer(text):
        start, end = match.span("x" if match.group("x") else "y")
        yield Repair(start=start, end=end, text="•")
    for match in _STRAY_LETTERS.finditer(text):
        if not _LETTER_OF_PART.fullmatch(match.group("x")):
            yield Repair(start=match.start("x"), end=match.end("x"), text="")
    for pattern in (_STRAY_LINE, _UNDERLINED):
        for match in pattern.finditer(text):
            yield Repair(start=match.start("x"), end=match.end("x"), text="")


def _apostrophe(mark: str) -> str:
    return mark[0] if mark[0] in "'’" else "'"
