"""Where a plan of actions was printed as a table and read across its columns, and the names its left columns repeat.

Such a plan gives no cells: each line holds a piece of the axis, of the objective, of the action, of the pilots. The
axes and objectives are named elsewhere in the document, whole: that is how their pieces are recognised.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from corpus.records import Span
from corpus.text import fold, letters
from ingest.lines import Line, is_finished, split_lines, starts_low, tight_span, upper_share
from ingest.tables.vocabulary import names_plan, table_words

_LONGEST_HEADING = 120
_PART = re.compile(r"\W*(?:article|annexe|chapitre|titre|partie)\s+\w{1,4}\b")
_HEADING = re.compile(r"\W*(?:\d+\W|article|annexe|partie|(?:le |la )?(?:plan|tableau|programmation)\b)")
_AXIS = re.compile(r"\W{0,2}axe\s*(?:n\s*[°o]\s*)?(\d{1,2})?\s*[:–—-]\s*(?=\S)")
_OBJECTIVE = re.compile(r"objectifs?\s+(?:strategiques?|generaux|general)\s*(?:n\s*[°o]\s*)?\d{0,2}\s*[:–—-]\s*(?=\S)")
_LEAST_NAME = 12
_SAME_NAME = 86
_CAPITALS = 0.5


@dataclass(frozen=True, slots=True)
class Name:
    """An axis, a theme or an objective that the left columns of a plan repeat in pieces."""

    key: str
    """Field that it fills: "axe", "champs" or "objectif_strategique"."""
    letters: str
    """Its letters, folded: what the pieces are compared with."""
    pieces: tuple[Span, ...] = ()
    """Where the document gives it whole; empty for a theme, known from the vocabulary only."""
    number: int | None = None
    """Number of an axis; None where it has none."""


def plan_zones(text: str) -> list[list[Line]]:
    """The lines below each heading that announces a plan, up to the next article or annexe."""
    zones: list[list[Line]] = []
    inside = False
    for line in split_lines(text):
        if inside and (_PART.match(line.folded) or _is_plan_heading(line)):
            inside = False
        if inside:
            zones[-1].append(line)
        if _is_plan_heading(line):
            zones.append([])
            inside = True
    return zones


def names_in(text: str, zone: list[Line]) -> list[Name]:
    """The axes and objectives that the document names outside of a plan, and the themes of the field."""
    names: list[Name] = []
    lines = [line for line in split_lines(text) if not zone[0].start <= line.start <= zone[-1].end]
    for place, line in enumerate(lines):
        folded = fold(line.text)
        for key, pattern in (("axe", _AXIS), ("objectif_strategique", _OBJECTIVE)):
            match = pattern.match(folded)
            if match and len(folded) == len(line.text):
                pieces = [Span(start=line.start + match.end(), end=line.end), *_rest(lines, place)]
                number = match.group(1) if key == "axe" else None
                names.append(_name(text, key, pieces, line, int(number) if number else None))
    themes = [Name("champs", letters(form)) for form in table_words().themes]
    return [*_distinct([name for name in names if len(name.letters) >= _LEAST_NAME]), *themes]


def _is_plan_heading(line: Line) -> bool:
    text = line.words
    if len(text) > _LONGEST_HEADING or starts_low(text) or is_finished(text):
        return False
    return bool(_HEADING.match(line.folded)) and names_plan(text)


def _rest(lines: list[Line], place: int) -> list[Span]:
    """The lines that go on with a name: they begin low, after at most one blank line."""
    pieces: list[Span] = []
    for line in lines[place + 1 : place + 4]:
        if line.blanks > 1 or not starts_low(line.text) or upper_share(line.text) > _CAPITALS:
            break
        pieces.append(Span(start=line.start, end=line.end))
    return pieces


def _name(text: str, key: str, pieces: list[Span], line: Line, number: int | None) -> Name:
    """A name with its words as letters; an axis is shown with its number ("AXE 1 : …")."""
    joined = " ".join(text[piece.start : piece.end] for piece in pieces)
    label = tight_span(text, line.start, pieces[0].end).start if number is not None else pieces[0].start
    return Name(key, letters(joined), (Span(start=label, end=pieces[0].end), *pieces[1:]), number)


def _distinct(names: list[Name]) -> list[Name]:
    """One name of each: the numbered axes first, then the longest of those that begin alike."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: (name.number is None, -len(name.letters))):
        same = [other for other in kept if other.key == name.key]
        if not any(_alike(name.letters, other.letters) for other in same):
            kept.append(name)
    return kept


def _alike(first: str, second: str) -> bool:
    size = min(len(first), len(second))
    return fuzz.ratio(first[:size], second[:size]) >= _SAME_NAME
