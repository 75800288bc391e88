"""Plans of actions set as tables whose cells are kept apart: one action per item of a cell of actions."""

from dataclasses import dataclass, field

from corpus.records import FIELD_KEYS, Span
from corpus.text import fold
from ingest.lines import is_open, starts_low, tight_span
from ingest.tables.found import FoundAction
from ingest.tables.grid import Grid, Row, cell_text
from ingest.tables.values import goes_on, items_of
from ingest.tables.vocabulary import column_key, states_progress

_HEADINGS = ("axe", "objectif_strategique", "objectif_operationnel", "champs")
"""Columns whose cell stands for the rows below it until the next one."""


@dataclass
class _Standing:
    """What a row takes over from the rows above it. The lists are shared with the actions, and grow with them."""

    caption: list[Span] = field(default_factory=list)
    headings: dict[str, list[Span]] = field(default_factory=dict)
    last_items: dict[int, list[Span]] = field(default_factory=dict)
    """Last item of each column of actions, to which a cell cut by a page goes on."""


def is_plan(grid: Grid) -> bool:
    """True where a table lists actions itself; one that only sends to fiches does not."""
    return "actions" in grid.keys and "fiche" not in grid.keys and len(set(grid.keys) - {None}) >= 2


def plan_actions(text: str, grids: tuple[Grid, ...]) -> list[FoundAction]:
    """The actions of all plans of a text, in order."""
    found: list[FoundAction] = []
    standing = _Standing()
    before: Grid | None = None
    group = 0
    for grid in grids:
        if not is_plan(grid):
            continue
        if before is None or before.keys != grid.keys or grid.caption is not None:
            standing = _Standing(caption=_caption(text, grid))
        for row in grid.rows:
            group += 1
            found += _row_actions(text, grid, row, standing, group)
        before = grid
    return found


def _caption(text: str, grid: Grid) -> list[Span]:
    """The caption as an axis, where it speaks like one ("ORIENTATION : …", "AXE 2 - …")."""
    if grid.caption is None:
        return []
    words = fold(cell_text(text, grid.caption))
    if not words.startswith(("axe", "orientation", "enjeu", "priorite", "thematique", "theme")):
        return []
    return [tight_span(text, grid.caption.start, grid.caption.end, keep_numbers=True)]


def _row_actions(text: str, grid: Grid, row: Row, standing: _Standing, group: int) -> list[FoundAction]:
    if _repeats_head(text, row):
        return []
    cells = dict(enumerate(row.cells[: len(grid.keys)]))
    _update_headings(text, grid, cells, standing)
    fields = _row_fields(text, grid, cells, standing)
    found = []
    for place, cell in cells.items():
        if grid.keys[place] != "actions":
            continue
        items = items_of(text, cell)
        last = standing.last_items.get(place)
        if items and last and _continues(text, cell, items[0], last):
            last.append(items.pop(0))
        for item in items:
            action = FoundAction(title=[item], fields=dict(fields), group=group)
            if grid.head is not None and states_progress(cell_text(text, grid.head.cells[place])):
                head = grid.head.cells[place]
                action.fields["champs"] = [*fields.get("champs", []), [tight_span(text, head.start, head.end)]]
            standing.last_items[place] = action.title
            found.append(action)
    return found


def _repeats_head(text: str, row: Row) -> bool:
    """True for a row that only holds heads of columns: a head repeated at the top of a page, an empty template."""
    cells = [words for cell in row.cells if (words := cell_text(text, cell))]
    return all(column_key(cell) for cell in cells)


def _update_headings(text: str, grid: Grid, cells: dict[int, Span], standing: _Standing) -> None:
    for place, cell in cells.items():
        key = grid.keys[place]
        words = cell_text(text, cell)
        if key not in _HEADINGS or not words:
            continue
        piece = tight_span(text, cell.start, cell.end, keep_numbers=True)
        above = standing.headings.get(key)
        if above and goes_on(text[above[-1].start : above[-1].end], words):
            above.append(piece)
            continue
        standing.headings[key] = [piece]
        for lower in _HEADINGS[_HEADINGS.index(key) + 1 :]:
            if lower != "champs" and lower in grid.keys:
                standing.headings.pop(lower, None)


def _row_fields(text: str, grid: Grid, cells: dict[int, Span], standing: _Standing) -> dict[str, list[list[Span]]]:
    fields: dict[str, list[list[Span]]] = {}
    if standing.caption:
        fields["axe"] = [standing.caption]
    for key, pieces in standing.headings.items():
        fields[key] = [*fields.get(key, []), pieces]
    for place, cell in cells.items():
        column = grid.keys[place]
        if column is None or column in _HEADINGS or column == "actions" or column not in FIELD_KEYS:
            continue
        values = [[item] for item in items_of(text, cell)]
        if not values and cell_text(text, cell):
            values = [[tight_span(text, cell.start, cell.end, keep_numbers=True)]]
        if values:
            fields[column] = [*fields.get(column, []), *values]
    return fields


def _continues(text: str, cell: Span, item: Span, last: list[Span]) -> bool:
    """True where a cell without a bullet of its own starts low and the item above it is left open."""
    bare = not text[cell.start : item.start].strip()
    words = text[item.start : item.end]
    above = text[last[-1].start : last[-1].end]
    return bare and starts_low(words) and (is_open(above) or above[-1:].isalpha())
