"""Ruled tables and boxes of a page: which words stand in which cell."""

from collections.abc import Sequence

from ingest.readers.blocks import Block, Cell, Table
from ingest.readers.columns import Frame
from ingest.readers.grids import Box, Grid
from ingest.readers.page_layout import lay_out, text_lines
from ingest.readers.paragraphs import Habits, Word, join_lines

_CELL_PADDING = 8.0
_RULE_WIDTH = 5.0
_WHOLE_PAGE_TOLERANCE = 2.0


def frames_of(words: Sequence[Word], grids: Sequence[Grid], habits: Habits) -> tuple[list[Word], list[Frame]]:
    """The words outside all tables, and each outermost table that holds words as a frame."""
    loose = list(words)
    frames = []
    for grid in _outermost(grids):
        inside = [word for word in loose if _holds(grid.box, word)]
        if not inside:
            continue
        inner = [other for other in grids if other is not grid and _within(other.box, grid.box)]
        frames.append(_frame(grid, inside, inner, habits))
        taken = set(map(id, inside))
        loose = [word for word in loose if id(word) not in taken]
    return loose, frames


def _outermost(grids: Sequence[Grid]) -> list[Grid]:
    return [
        grid
        for place, grid in enumerate(grids)
        if not any(
            _within(grid.box, other.box) and (grid.box != other.box or rank < place)
            for rank, other in enumerate(grids)
            if other is not grid
        )
    ]


def _frame(grid: Grid, words: list[Word], inner: Sequence[Grid], habits: Habits) -> Frame:
    rows = []
    rest = list(words)
    columns = max(len(row) for row in grid.rows)
    for row in grid.rows:
        cells: list[Cell] = []
        for box in row:
            inside = [word for word in rest if box and _holds(box, word)]
            taken = set(map(id, inside))
            rest = [word for word in rest if id(word) not in taken]
            cells.append(_cell(box, inside, inner, habits, alone=columns == 1))
        rows.append(tuple(cells))
    used = _columns_with_width(grid)
    kept = tuple(tuple(row[place] if place < len(row) else () for place in used) for row in rows)
    outside: list[Block] = lay_out(rest, habits) if rest else []
    return Frame(*grid.box, blocks=(Table(kept), *outside))


def _cell(box: Box | None, words: list[Word], inner: Sequence[Grid], habits: Habits, *, alone: bool) -> Cell:
    if box is None or not words:
        return ()
    nested = [grid for grid in inner if _within(grid.box, box)]
    if nested or alone:
        loose, frames = frames_of(words, nested, habits)
        return tuple(lay_out(loose, habits, frames))
    return tuple(join_lines(text_lines(words), habits, right=box[2] - _CELL_PADDING))


def _columns_with_width(grid: Grid) -> list[int]:
    """Rules drawn twice make columns that are no wider than a rule."""
    widest: dict[int, float] = {}
    for row in grid.rows:
        for place, box in enumerate(row):
            if box:
                widest[place] = max(widest.get(place, 0.0), box[2] - box[0])
    return [place for place, width in sorted(widest.items()) if width > _RULE_WIDTH]


def _holds(box: Box, word: Word) -> bool:
    middle = (word.x0 + word.x1) / 2
    return box[0] - 1 <= middle <= box[2] + 1 and box[1] - 1 <= word.middle <= box[3] + 1


def _within(inner: Box, outer: Box) -> bool:
    slack = _WHOLE_PAGE_TOLERANCE
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )
