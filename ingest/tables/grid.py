"""Tables whose cells a text keeps apart: rows of cells separated by tabulations, or by bars (`| a | b |`)."""

import itertools
import re
from dataclasses import dataclass, replace

from corpus.records import Span
from ingest.lines import clean
from ingest.tables.vocabulary import column_key

_MOST_BLANKS = 2
_LONGEST_CAPTION = 160
_BAR_ROW = re.compile(r"\|.*\|\s*")
_RULE = re.compile(r"[\s|:+=_–—-]*")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    start: int
    end: int
    """Character after the last one of the row's line."""
    cells: tuple[Span, ...]
    """One span per cell, white space included; the span of an empty cell has no words."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: at most one head, and the rows below it."""

    caption: Span | None
    """What it is about: a row of one cell above the head, or the short line before the table."""
    head: Row | None
    keys: tuple[str | None, ...]
    """Key of each column (see `tables.yaml`); empty where the table has no head."""
    rows: tuple[Row, ...]
    """The rows under the head, rules left out."""
    start: int
    """First character of the caption where it is part of the table, else of the first row."""
    end: int

    def column(self, key: str) -> int | None:
        """Place of the first column with this key; None where the table has none."""
        return self.keys.index(key) if key in self.keys else None


def find_grids(text: str) -> tuple[Grid, ...]:
    """The tables of a text, in order. A run of rows is divided at each head."""
    grids: list[Grid] = []
    for run in _runs(text):
        grids += _divide(text, run)
    return tuple(grids)


def cell_text(text: str, span: Span) -> str:
    """Words of a cell, marks dropped, white space folded."""
    return clean(text[span.start : span.end])


def filled(text: str, row: Row) -> list[int]:
    """Places of the cells of a row that hold something."""
    return [place for place, cell in enumerate(row.cells) if cell_text(text, cell)]


def _runs(text: str) -> list[list[Row]]:
    runs: list[list[Row]] = []
    blanks = _MOST_BLANKS + 1
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n\f")
        row = _row(body, at)
        at += len(line)
        if row is None:
            blanks = blanks + 1 if not body.strip() else _MOST_BLANKS + 1
            continue
        if blanks > _MOST_BLANKS or not runs:
            runs.append([])
        runs[-1].append(row)
        blanks = 0
    return runs


def _row(line: str, at: int) -> Row | None:
    if "\t" in line and line.strip():
        marks = [mark.start() for mark in re.finditer("\t", line)]
    elif line.count("|") >= 3 and _BAR_ROW.fullmatch(line.strip()):
        marks = [mark.start() for mark in re.finditer(r"\|", line)]
        first, last = marks[0], marks[-1]
        inner = [first, *marks[1:-1], last]
        return Row(at, at + len(line), tuple(_spans(inner[0] + 1, inner[1:-1], inner[-1], at)))
    else:
        return None
    return Row(at, at + len(line.rstrip(" ")), tuple(_spans(0, marks, len(line), at)))


def _spans(start: int, marks: list[int], end: int, at: int) -> list[Span]:
    bounds = [start - 1, *marks, end]
    return [Span(start=at + left + 1, end=at + right) for left, right in itertools.pairwise(bounds)]


def _divide(text: str, run: list[Row]) -> list[Grid]:
    rows = [row for row in run if not _RULE.fullmatch(text[row.start : row.end])]
    heads = [place for place, row in enumerate(rows) if _head_keys(text, row)]
    bounds = [_with_caption(text, rows, place) for place in heads]
    if not rows:
        return []
    if not bounds or bounds[0] > 0:
        bounds.insert(0, 0)
    grids = []
    for place, start in enumerate(bounds):
        end = bounds[place + 1] if place + 1 < len(bounds) else len(rows)
        grids.append(_grid(text, rows[start:end]))
    grids[0] = _with_line_above(text, grids[0])
    last_end = run[-1].end
    grids[-1] = replace(grids[-1], end=max(grids[-1].end, last_end))
    return grids


def _head_keys(text: str, row: Row) -> tuple[str | None, ...]:
    """Keys of the columns where the row is a head: at least two known heads, and no cell that is anything else."""
    cells = [cell_text(text, cell) for cell in row.cells]
    keys = tuple(column_key(cell) if cell else None for cell in cells)
    known = sum(key is not None for key in keys)
    return keys if known >= 2 and 2 * known > sum(bool(cell) for cell in cells) else ()


def _with_caption(text: str, rows: list[Row], head: int) -> int:
    return (
        head - 1 if head and len(filled(text, rows[head - 1])) == 1 and filled(text, rows[head - 1])[0] == 0 else head
    )


def _grid(text: str, rows: list[Row]) -> Grid:
    caption = None
    head = None
    keys: tuple[str | None, ...] = ()
    if len(rows) > 1 and len(filled(text, rows[0])) == 1 and _head_keys(text, rows[1]):
        caption = rows[0].cells[0]
        keys = _head_keys(text, rows[1])
        head = rows[1]
    elif _head_keys(text, rows[0]):
        keys = _head_keys(text, rows[0])
        head = rows[0]
    body = rows[rows.index(head) + 1 :] if head else rows
    return Grid(caption, head, keys, tuple(body), rows[0].start, rows[-1].end)


def _with_line_above(text: str, grid: Grid) -> Grid:
    """The table with the short line that stands right above it as its caption, where it has none of its own."""
    if grid.caption is not None:
        return grid
    above = text[: grid.start].rstrip()
    if not above or text[len(above) : grid.start].count("\n") > _MOST_BLANKS + 1:
        return grid
    start = above.rfind("\n") + 1
    line = above[start:].strip()
    if not line or len(line) > _LONGEST_CAPTION or line.endswith((".", ";", ",")):
        return grid
    begin = start + above[start:].index(line)
    return replace(grid, caption=Span(start=begin, end=len(above)))
