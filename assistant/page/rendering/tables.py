"""Tables: those of an answer, whose cells carry marks, and lists of our own."""

from collections.abc import Mapping, Sequence

from assistant.compose.labels import NOT_STATED
from assistant.page.rendering.marks import marks
from assistant.page.rendering.text import safe, shown
from corpus.records import Citation, Table, TableCell

_LONG_CELL = 260


def render_table(table: Table, citations: Mapping[int, Citation], caption: str) -> str:
    """An answer's table; the first cell of a row is its heading."""
    rows = [
        [_cell(cell, citations, table.columns[place], heading=place == 0) for place, cell in enumerate(row)]
        for row in table.rows
    ]
    return _table(table.columns, rows, caption)


def render_rows(columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """A table of ours; the cells are markup already, the first of a row is its heading."""
    return _table(
        columns,
        [[_tagged(cell, columns[place], heading=place == 0) for place, cell in enumerate(row)] for row in rows],
        caption,
    )


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    head = "".join(f'<th scope="col">{shown(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return (
        f'<div class="ctg-table" tabindex="0" role="region" aria-label="{safe(caption)}"><table>'
        f"<caption>{shown(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(cell: TableCell, citations: Mapping[int, Citation], column: str, *, heading: bool) -> str:
    if cell.text == NOT_STATED:
        return _tagged(f'<span class="ctg-absent">{shown(cell.text)}</span>', column, heading=heading)
    text = shown(cell.text).replace("\n", "<br/>")
    if len(cell.text) > _LONG_CELL:
        text = f"<details><summary>{shown(cell.text[:_LONG_CELL].rsplit(' ', 1)[0])}…</summary>{text}</details>"
    return _tagged(f"{text} {marks(cell.citations, citations)}".strip(), column, heading=heading)


def _tagged(content: str, column: str, *, heading: bool) -> str:
    tag = 'th scope="row"' if heading else "td"
    return f'<{tag} data-column="{safe(column)}">{content}</{tag.split()[0]}>'
