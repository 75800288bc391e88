"""Lists of equipment and services (annexe 2 of most conventions): who owns what, of which type, and where it stands."""

import re
from collections.abc import Sequence

from corpus.records import DocumentEntry, Equipment, ReadDocument, Section, Span
from ingest.lines import clean, tight_span
from ingest.tables.grid import Grid, Row, cell_text, filled, find_grids
from ingest.tables.vocabulary import is_address

_ADDRESS_KEYS = ("nom_adresse", "adresse")
_INNER_ADDRESS = re.compile(
    r"\s*,\s*(?=\S)|\s+[-–—]\s+(?=\d)|\s+(?=\d{1,3}(?:\s?(?:bis|ter))?,?\s+[a-z])|\s+(?=\d{5}\b)"
)


def extract_equipment(entry: DocumentEntry, read: ReadDocument, sections: Sequence[Section]) -> list[Equipment]:
    """The rows of all equipment lists, in order; the owner is the heading of the list.

    Two forms are understood: a type alone on its row above the rows of its structures (name, then address), and a
    type in the first column (an empty one repeats the type above) with the name and the address in the second.
    """
    found: list[Equipment] = []
    for grid in find_grids(read.text):
        if is_equipment(grid):
            owner = _owner(entry, read.text, grid)
            for row, kind in _typed_rows(read.text, grid):
                name, address = _name_and_address(read.text, grid, row, kind)
                found.append(
                    Equipment(
                        id=f"{entry.id}#e{len(found) + 1}",
                        document=entry.id,
                        owner=owner,
                        type=kind,
                        name=name,
                        address=address,
                        start=_span(read.text, row).start,
                        end=_span(read.text, row).end,
                    )
                )
    return found


def is_equipment(grid: Grid) -> bool:
    """True where the heads of a table are those of a list of equipment."""
    keys = set(grid.keys)
    return bool(keys & set(_ADDRESS_KEYS)) and bool(keys & {"type_structure", "nom"})


def type_rows(text: str, grid: Grid) -> set[int]:
    """Places of the rows that only hold the type of the rows below them."""
    if not grid.rows or filled(text, grid.rows[0]) != [0] or len(grid.rows) < 2:
        return set()
    return {place for place, row in enumerate(grid.rows) if filled(text, row) == [0]}


def _owner(entry: DocumentEntry, text: str, grid: Grid) -> str:
    return cell_text(text, grid.caption) if grid.caption is not None else entry.territory.name


def _typed_rows(text: str, grid: Grid) -> list[tuple[Row, str]]:
    alone = type_rows(text, grid)
    kind = ""
    rows = []
    for place, row in enumerate(grid.rows):
        if place in alone:
            kind = cell_text(text, row.cells[0])
            continue
        column = grid.column("type_structure")
        if not alone and column is not None and column < len(row.cells):
            kind = cell_text(text, row.cells[column]) or kind
        if filled(text, row):
            rows.append((row, kind))
    return rows


def _name_and_address(text: str, grid: Grid, row: Row, kind: str) -> tuple[str, str]:
    if type_rows(text, grid) or "adresse" in grid.keys:
        return _apart(text, grid, row, kind)
    place = grid.column("nom_adresse")
    both = cell_text(text, row.cells[place]) if place is not None and place < len(row.cells) else ""
    if not both:
        return kind, ""
    if is_address(both):
        return kind, both
    cut = next((match for match in _INNER_ADDRESS.finditer(both) if is_address(both[match.end() :])), None)
    cut = cut or next(iter(re.finditer(r"\s*,\s*", both)), None)
    return (both[: cut.start()], both[cut.end() :]) if cut else (both, "")


def _apart(text: str, grid: Grid, row: Row, kind: str) -> tuple[str, str]:
    """Name and address that stand in two cells. An address that only repeats the name says nothing."""
    cells = [cell_text(text, cell) for cell in row.cells]
    place = grid.column("nom")
    if place is None:
        place = 0
    last = grid.column("adresse")
    if last is None:
        last = grid.column("nom_adresse")
    name = cells[place] if place < len(cells) else ""
    address = cells[last] if last is not None and last < len(cells) and last != place else ""
    return name or kind, "" if address == name else address


def _span(text: str, row: Row) -> Span:
    words = [cell for cell in row.cells if clean(text[cell.start : cell.end])]
    return tight_span(text, words[0].start, words[-1].end, keep_numbers=True)
