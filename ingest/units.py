"""Units: the smallest pieces that may be quoted alone, a paragraph or an item of a list, each with its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.text import squeeze
from ingest.lines import Line, bullet_of, clean, has_word, is_finished, is_numbered, is_open, starts_low

_FOOTNOTES = "¹²³⁴⁵⁶⁷⁸⁹"
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
        return self.text[:1] in _FOOTNOTES


def read_units(lines: Sequence[Line], width: int, *, loses_bullets: bool = False) -> list[Unit]:
    """The units of some lines, in order. `width` is the width to which the document is wrapped, 0 where it is not.

    In a wrapped text a line goes on the one before unless a bullet, a blank line or an ended sentence separates them;
    in another each line is a unit of its own, unless it visibly goes on an unfinished one. `loses_bullets` tells that
    the lines are one list, some of whose items may have lost their bullet: each line in capitals begins an item.
    """
    units: list[Unit] = []
    listed = loses_bullets and any(bullet_of(line.text) for line in lines)
    above: Line | None = None
    for line in lines:
        bullet = bullet_of(line.text)
        before = units[-1] if units else None
        if (
            above is None
            or before is None
            or line.in_table
            or bullet
            or not _goes_on(before, above, line, width, listed)
        ):
            units.append(_unit(line, bullet))
        else:
            units[-1] = replace(before, end=line.end, text=squeeze(f"{before.text} {line.words}"))
        above = line
    return _with_held(units)


def _goes_on(before: Unit, above: Line, line: Line, width: int, listed: bool) -> bool:
    """True where a line without bullet goes on the unit before it; `above` is the last line of that unit."""
    words = line.words
    if before.is_footnote or words[:1] in _FOOTNOTES:
        return False
    if line.blanks:
        if not starts_low(words) or is_finished(before.text):
            return False
        return line.blanks == 1 and (is_open(before.text) or len(above.text) >= _LONG_LINE)
    full = width > 0 and len(above.text) >= width * _FULL_LINE
    if starts_low(words):
        if before.text.endswith(":"):
            return before.text.count("(") > before.text.count(")")
        return full or not before.text.endswith(";")
    if is_open(before.text):
        return True
    if not full or listed or before.text.endswith((":", ";")):
        return False
    return not is_finished(before.text) or len(above.text) >= width * _WHOLE_LINE


def _unit(line: Line, bullet: str) -> Unit:
    body = line.text[len(bullet) :] if bullet else line.text
    text = clean(body).strip() if has_word(body) or any(char.isalnum() for char in body) else clean(line.text)
    return Unit(
        line.start, line.end, text, bullet if body.strip() else "", int(line.indent > 0 and bool(bullet)), line.blanks
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
