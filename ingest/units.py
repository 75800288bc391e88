"""Units: the smallest pieces that may be quoted alone, a paragraph or an item of a list, each with its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.text import squeeze
from ingest.lines import Line, clean, is_finished, is_numbered, is_open, starts_low

_FOOTNOTES = ("¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹")
_FULL_LINE = 0.75
"""Share of the width from which a line is taken to be wrapped rather than ended."""
_WHOLE_LINE = 0.85
"""Share of the width from which a line that ends a sentence may stand inside a paragraph."""
_LONG_LINE = 60
"""A line shorter than this, without a linking word at its end, is taken for a whole when a blank line follows it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or an item of a list."""

    start: int
    end: int
    text: str
    """Its words without marks nor bullet, on one line."""
    bullet: str
    """The bullet or list number it begins with; empty for a paragraph."""
    depth: int
    """0 for an item of the list, 1 for an item under it."""
    blanks: int
    """Blank lines before it."""
    held: bool = False
    """True where it goes on the sentence of the unit before: no cut may fall between them."""

    @property
    def shown(self) -> str:
        """As a passage shows it: an item keeps a plain dash or its number."""
        if not self.bullet:
            return self.text
        mark = self.bullet.strip() if is_numbered(self.bullet) else "-"
        return f"{'  ' * self.depth}{mark} {self.text}"

    @property
    def is_footnote(self) -> bool:
        return self.text.startswith(_FOOTNOTES)


def read_units(lines: Sequence[Line], width: int, *, loses_bullets: bool = False) -> list[Unit]:
    """The units of some lines, in order. `width` is the width to which the document is wrapped, 0 where it is not.

    In a wrapped text a line goes on the one before unless a bullet, a blank line or an ended sentence separates them;
    in another each line is a unit of its own, unless it visibly goes on an unfinished one. `loses_bullets` tells that
    the lines are one list, some of whose items may have lost their bullet: each line in capitals begins an item.
    """
    groups: list[list[Line]] = []
    listed = loses_bullets and any(line.bullet() for line in lines)
    brackets = 0
    for line in lines:
        begins = not groups or line.in_table or bool(line.bullet())
        if begins or not _goes_on(groups[-1], line, width, listed, brackets > 0):
            groups.append([])
            brackets = 0
        groups[-1].append(line)
        brackets += line.text.count("(") - line.text.count(")")
    return _with_held([_unit(group) for group in groups])


def _goes_on(group: Sequence[Line], line: Line, width: int, listed: bool, in_brackets: bool) -> bool:
    """True where a line without bullet goes on the unit made of the lines of `group`."""
    words, above = line.words, group[-1].words
    if group[0].words.startswith(_FOOTNOTES) or words.startswith(_FOOTNOTES):
        return False
    length = len(group[-1].text)
    if line.blanks:
        if not starts_low(words) or is_finished(above):
            return False
        return line.blanks == 1 and (is_open(above) or length >= _LONG_LINE)
    full = width > 0 and length >= width * _FULL_LINE
    if starts_low(words):
        if above.endswith(":"):
            return in_brackets
        return full or not above.endswith(";")
    if is_open(above):
        return True
    if not full or listed or above.endswith((":", ";")):
        return False
    return not is_finished(above) or length >= width * _WHOLE_LINE


def _unit(group: Sequence[Line]) -> Unit:
    line = group[0]
    bullet = line.bullet()
    body = line.text[len(bullet) :]
    first = clean(body) if any(char.isalnum() for char in body) else line.words
    return Unit(
        start=line.start,
        end=group[-1].end,
        text=squeeze(" ".join([first, *(other.words for other in group[1:])])),
        bullet=bullet if body.strip() else "",
        depth=int(line.indent > 0 and bool(bullet)),
        blanks=line.blanks,
    )


def _with_held(units: Sequence[Unit]) -> list[Unit]:
    """The units, each marked where it goes on the sentence before (over a footnote or a page break)."""
    marked: list[Unit] = []
    unfinished = False
    for unit in units:
        held = bool(marked) and (
            unit.is_footnote or (unfinished and starts_low(unit.text) and not unit.bullet) or is_open(marked[-1].text)
        )
        marked.append(replace(unit, held=held))
        if not unit.is_footnote:
            unfinished = not is_finished(unit.text)
    return marked
