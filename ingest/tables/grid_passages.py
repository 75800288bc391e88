"""Passages of tables whose cells are kept apart: rows with the headings that hold for them, nothing left out."""

from collections.abc import Sequence

from corpus.records import FicheAction, Span
from ingest.lines import tight_span
from ingest.tables.drafts import Draft
from ingest.tables.equipment import is_equipment, type_rows
from ingest.tables.grid import Grid, Row, cell_text, filled
from ingest.tables.plan_grid import is_plan
from ingest.tables.values import goes_on

_EQUIPMENT_SIZE = 600
_ROWS_SIZE = 900
_LONG_HEAD = 100
_HEADINGS = ("axe", "champs", "objectif_strategique", "objectif_operationnel")


def grid_drafts(text: str, grid: Grid, actions: Sequence[FicheAction]) -> list[Draft]:
    """The passages of a table, in order."""
    if is_equipment(grid):
        return _equipment_drafts(text, grid)
    if is_plan(grid):
        return _plan_drafts(text, grid, actions)
    if _has_sentence_heads(text, grid):
        return _column_drafts(text, grid)
    return _row_drafts(text, grid)


def _equipment_drafts(text: str, grid: Grid) -> list[Draft]:
    """Rows of one owner packed by type; the owner, and the type where a cut left it behind, stand above them."""
    alone = type_rows(text, grid)
    column = grid.column("type_structure")
    drafts: list[Draft] = []
    kind: Span | None = None
    for place, row in enumerate(grid.rows):
        opens = place in alone or (not alone and column == 0 and 0 in filled(text, row))
        own_kind = row.cells[0] if opens else None
        kind = own_kind or kind
        size = len(text[row.start : row.end].strip())
        if not drafts or (drafts[-1].size + size > _EQUIPMENT_SIZE and own_kind is not None):
            drafts.append(_owner_draft(text, grid, row, first=not drafts))
            if own_kind is None and kind is not None:
                drafts[-1].add(kind)
        drafts[-1].add(Span(start=row.start, end=row.end), whole=True)
        drafts[-1].context += [cell_text(text, kind)] if kind else []
    return drafts


def _owner_draft(text: str, grid: Grid, row: Row, *, first: bool) -> Draft:
    draft = Draft(text, kind="equipement", home=row.start)
    if grid.caption is not None:
        draft.add(grid.caption)
        draft.context.append(cell_text(text, grid.caption))
    if grid.head is not None and first:
        draft.add(Span(start=grid.head.start, end=grid.head.end), whole=True)
    return draft


def _plan_drafts(text: str, grid: Grid, actions: Sequence[FicheAction]) -> list[Draft]:
    """One passage per row, below the headings that hold for it; a row that goes on with the one above joins it."""
    drafts = []
    standing: dict[int, list[Span]] = {}
    for group in _row_groups(text, grid):
        draft = Draft(text, home=group[0].start)
        _add_above(draft, grid, group[0], standing)
        for number, row in enumerate(group):
            _add_plan_row(draft, grid, row, first=number == 0)
            _update_standing(text, grid, row, standing)
        inside = [action for action in actions if group[0].start <= action.title_value.start < group[-1].end]
        draft.fiche = inside[0].id if len(inside) == 1 else None
        draft.fields = tuple(dict.fromkeys(key for action in inside for key in action.fields))
        drafts.append(draft)
    return drafts


def _row_groups(text: str, grid: Grid) -> list[list[Row]]:
    """The rows, those without objective of their own put with the row above.

    Where a plan has one column of actions, only a row that names no action goes on with the one above it.
    """
    headings = [place for place, key in enumerate(grid.keys) if key in _HEADINGS]
    groups: list[list[Row]] = []
    for row in grid.rows:
        own = filled(text, row)
        alone = not headings or headings[-1] in own
        if grid.keys.count("actions") == 1:
            alone = grid.keys.index("actions") in own
        if groups and not alone and row.end - groups[-1][0].start <= _ROWS_SIZE:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _update_standing(text: str, grid: Grid, row: Row, standing: dict[int, list[Span]]) -> None:
    """Takes note of the headings of a row; a new one puts an end to those of the columns to its right."""
    for place in filled(text, row):
        if place >= len(grid.keys) or grid.keys[place] not in _HEADINGS:
            continue
        above = standing.get(place, [])
        if above and goes_on(cell_text(text, above[-1]), cell_text(text, row.cells[place])):
            above.append(row.cells[place])
            continue
        for right in [other for other in standing if other > place]:
            del standing[right]
        standing[place] = [row.cells[place]]


def _add_above(draft: Draft, grid: Grid, row: Row, standing: dict[int, list[Span]]) -> None:
    """The caption, the head of the row's first actions, and the headings that the row takes from the rows above."""
    if grid.caption is not None:
        draft.add(tight_span(draft.text, grid.caption.start, grid.caption.end, keep_numbers=True))
    own = filled(draft.text, row)
    head = _first_headed_actions(grid, own)
    if head is not None and grid.head is not None:
        draft.add(grid.head.cells[head])
    for place in sorted(standing):
        if place not in own and all(before not in own for before in range(place)):
            draft.add(standing[place])


def _add_plan_row(draft: Draft, grid: Grid, row: Row, *, first: bool) -> None:
    own = filled(draft.text, row)
    shown = _first_headed_actions(grid, own) if first else None
    for place in own:
        if place < len(grid.keys) and grid.head is not None and place != shown and _needs_head(grid, place):
            draft.add(grid.head.cells[place])
        draft.add_cell(row.cells[place])


def _first_headed_actions(grid: Grid, filled_places: Sequence[int]) -> int | None:
    """The first of several columns of actions in which a row says something; its head stands above the row."""
    return next(
        (
            place
            for place in filled_places
            if place < len(grid.keys) and grid.keys[place] == "actions" and _needs_head(grid, place)
        ),
        None,
    )


def _needs_head(grid: Grid, place: int) -> bool:
    """True for a cell that cannot be read without its head: one of several columns of actions, a pilot, a date."""
    key = grid.keys[place]
    return key not in _HEADINGS and (key != "actions" or grid.keys.count("actions") > 1)


def _has_sentence_heads(text: str, grid: Grid) -> bool:
    """True for a wide table of few rows whose heads are whole sentences: it is read column by column."""
    if grid.head is not None or not 2 <= len(grid.rows) <= 6 or len(grid.rows[0].cells) < 3:
        return False
    heads = [cell_text(text, cell) for cell in grid.rows[0].cells]
    return all(heads) and sum(len(head) > _LONG_HEAD for head in heads) >= 2


def _column_drafts(text: str, grid: Grid) -> list[Draft]:
    """For each row, one passage per column: title of the table, name of the row, head of the column, cell."""
    heads = grid.rows[0].cells
    drafts: list[Draft] = []
    for row in grid.rows[1:]:
        for place in filled(text, row)[1:]:
            draft = Draft(text, home=row.start)
            for above in (grid.caption, heads[0] if not drafts else None, row.cells[0]):
                if above is not None:
                    draft.add(above)
            empty = [at for at in range(1, place) if at not in filled(text, row)] if not drafts else []
            for at in (*empty, place):
                draft.add(heads[at])
            draft.add(row.cells[place])
            draft.context.append(cell_text(text, heads[0]))
            drafts.append(draft)
    return drafts


def _row_drafts(text: str, grid: Grid) -> list[Draft]:
    """Any other table: its rows in raw order, packed; the last heading of the first column is repeated after a cut."""
    rows = [grid.head, *grid.rows] if grid.head is not None else list(grid.rows)
    drafts: list[Draft] = []
    heading: Span | None = None
    for row in rows:
        opens = 0 in filled(text, row)
        full = bool(drafts) and drafts[-1].size + row.end - row.start > _ROWS_SIZE
        half = bool(drafts) and opens and drafts[-1].size > _ROWS_SIZE // 2
        if not drafts or full or half:
            draft = Draft(text, home=row.start)
            if grid.caption is not None and grid.head is not None:
                draft.add(grid.caption)
            if drafts and not opens and heading is not None:
                draft.add(heading)
            drafts.append(draft)
        if opens and row is not grid.head:
            heading = row.cells[0]
        for place in filled(text, row):
            drafts[-1].add_cell(row.cells[place])
    return drafts
