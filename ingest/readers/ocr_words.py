"""Tesseract's table of words becomes words with places like those of a PDF: level lines, regular sizes, bullets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from ingest.readers.paragraphs import Word

_DESCENDING = frozenset("gjpqyçQ,;()[]{}|/§_$")
_TALL = frozenset("bdfhklt0123456789éèêëàâîïôöûùüÉÈÀÊÇ()!?«»%&/'’")
# A capital O alone is no French word: it is a zero, and "Obis" a numbering.
_LONE_O = re.compile(r"^O(?=(?:bis|ter)?[.:,;)]?$)")
_BULLET_LETTERS = frozenset("eoOc0")
_TELLING_SIGNS = frozenset("«»:?!%€()&")
_SIGNS_OF_PROSE = frozenset("–—-;+/=→<>•*…°.,'’")
_DASHES = frozenset("-–—")
_ARROW_WIDTH, _ARROW_HEIGHT = 0.5, 0.2
"""Least size of an arrow, as shares of the size of its line; a dash is as wide, and half as high."""
_CAPITALS_SHARE = 0.72
_X_HEIGHT_SHARE = 0.5
_BULLET_SHARE = 0.65
_SQUARE_SHARE = 0.42
_BELOW_SHARE = 0.22
_SAME_SIZE = 0.18
_SURE = 50.0

Row = dict[str, Any]
"""One word of Tesseract's table: left, top, width, height in dots, conf, text, block_num, par_num, line_num."""


@dataclass(frozen=True)
class _Line:
    rows: list[Row]
    baseline: float
    size: float


def words_of(rows: Sequence[Row], scale: float) -> list[Word]:
    """Words in points (`scale` points a dot). All words of a line stand on its baseline and have its size."""
    lines = [_measured(line) for line in _lines(rows)]
    if not lines:
        return []
    usual = median(line.size for line in lines for _ in line.rows)
    words = []
    for line in lines:
        size = usual if abs(line.size / usual - 1) <= _SAME_SIZE else line.size
        for place, row in enumerate(line.rows):
            sign = _sign(line.rows, place, size)
            if sign or not _is_noise(row):
                text = sign or _LONE_O.sub("0", row["text"])
                words.append(_word(row, text, _baseline(row, line, size), size, scale))
    return words


def _lines(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of each line that Tesseract saw, without lines that hold nothing but noise."""
    lines: dict[tuple[int, int, int], list[Row]] = {}
    for row in rows:
        lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    return [line for line in lines.values() if not all(_is_noise(row) for row in line)]


def _is_noise(row: Row) -> bool:
    """True for specks and remains of rules, read as signs."""
    if any(char.isalnum() for char in row["text"]):
        return False
    signs = set(row["text"])
    if signs & _TELLING_SIGNS:
        return False
    return not signs <= _SIGNS_OF_PROSE or float(row["conf"]) < _SURE


def _sign(rows: list[Row], place: int, size: float) -> str | None:
    """The bullet, arrow or dash that a sign is by its shape, whatever it was read as; None for any other word."""
    if (place == 0 and _is_bullet(rows, size)) or _is_small_square(rows[place], size):
        return "•"
    if _is_arrow(rows[place], size):
        return "→"
    return "–" if _is_dash(rows, place) else None


def _is_small_square(row: Row, size: float) -> bool:
    """A small square bullet, also in the middle of a line (the items of a cell): a real plus is larger, a dash flat."""
    width, height = sorted((row["width"], row["height"]))
    return row["text"] in ("+", "=", "-", "*") and bool(height < _SQUARE_SHARE * size and width > 0.7 * height)


def _is_arrow(row: Row, size: float) -> bool:
    """An arrow, for which Tesseract has no sign and reads a dash: its head makes it higher than any dash."""
    width, height = row["width"] / size, row["height"] / size
    return set(row["text"]) <= _DASHES and bool(width > _ARROW_WIDTH and height > _ARROW_HEIGHT)


def _is_dash(rows: list[Row], place: int) -> bool:
    """A dash after a word of a line, of which Tesseract is often unsure: flat, where a speck is round."""
    row = rows[place]
    return place > 0 and set(row["text"]) <= _DASHES and bool(row["width"] > 2 * row["height"])


def _measured(rows: list[Row]) -> _Line:
    level = [
        row["top"] + row["height"]
        for row in rows
        if not _DESCENDING & set(row["text"]) and any(char.isalnum() for char in row["text"])
    ]
    height = median(row["height"] for row in rows)
    bottoms = [row["top"] + row["height"] for row in rows]
    baseline = median(level) if level else median(bottoms) - _BELOW_SHARE * height
    tall = [baseline - row["top"] for row in rows if any(char in _TALL or char.isupper() for char in row["text"])]
    low = [baseline - row["top"] for row in rows]
    size = median(tall) / _CAPITALS_SHARE if tall else median(low) / _X_HEIGHT_SHARE
    return _Line(rows, baseline, max(size, 1.0))


def _baseline(row: Row, line: _Line, size: float) -> float:
    """The line's, unless the word stands elsewhere: lines of neighbouring columns are sometimes read as one."""
    middle = row["top"] + row["height"] / 2
    is_in_line = line.baseline - size <= middle <= line.baseline + 0.3 * size
    return line.baseline if is_in_line else float(row["top"] + row["height"])


def _is_bullet(rows: list[Row], size: float) -> bool:
    """True where a line begins with one small sign set apart: bullets are taken for letters or signs (e, o, °, -*)."""
    first = rows[0]
    text = first["text"]
    if len(rows) < 2 or len(text) > 2 or (text not in _BULLET_LETTERS and any(char.isalnum() for char in text)):
        return False
    gap = rows[1]["left"] - (first["left"] + first["width"])
    is_small = max(first["height"], first["width"]) < _BULLET_SHARE * size
    return bool(is_small and gap > 0.2 * size)


def _word(row: Row, text: str, baseline: float, size: float, scale: float) -> Word:
    return Word(
        text=text,
        x0=row["left"] * scale,
        top=(baseline - (1 - _BELOW_SHARE) * size) * scale,
        x1=(row["left"] + row["width"]) * scale,
        bottom=(baseline + _BELOW_SHARE * size) * scale,
        size=size * scale,
    )
