"""A comparison as a file: DOCX for a note to a council, CSV for a spreadsheet, Markdown."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from assistant.compose.lines import render_table
from assistant.export.files import add_table, document_bytes, new_document, printable, source_line, write_file
from corpus.errors import ExportFailed
from corpus.records import Answer, Citation, Table, TableCell

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_comparison(answer: Answer, path: Path) -> Path:
    """Write the table of an answer, in the format that the ending of `path` names.

    Raises ExportFailed where there is no table, the ending is not known, or the file cannot be written.
    """
    table = answer.table
    if table is None:
        raise ExportFailed("Cette réponse n'a pas de tableau à exporter.")
    return write_file(
        path,
        {
            ".docx": lambda: _docx(answer, table),
            ".csv": lambda: _csv(answer, table),
            ".md": lambda: _markdown(answer, table),
        },
    )


def table_csv(table: Table, citations: Sequence[Citation] = ()) -> str:
    """A table as semicolon-separated values, with a column of sources where there are citations."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow([*table.columns, "Sources"] if citations else list(table.columns))
    for row in table.rows:
        cells = [_harmless(cell.text) for cell in row]
        sources = [_harmless(source_line(citation)) for citation in citations if _cited(citation, row)]
        writer.writerow([*cells, " | ".join(sources)] if citations else cells)
    return buffer.getvalue()


def _csv(answer: Answer, table: Table) -> bytes:
    """UTF-8 with a byte-order mark: what a French spreadsheet opens as it is."""
    return table_csv(table, answer.citations).encode("utf-8-sig")


def _markdown(answer: Answer, table: Table) -> bytes:
    sources = "\n".join(f"[{citation.n}] {source_line(citation)}" for citation in answer.citations)
    return f"# {answer.resolved_question}\n\n{render_table(table)}\n\n{sources}\n".encode()


def _docx(answer: Answer, table: Table) -> bytes:
    from docx.enum.section import WD_ORIENT

    document = new_document(answer.resolved_question)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    add_table(document, table)
    document.add_heading("Sources", level=2)
    for citation in answer.citations:
        document.add_paragraph(printable(f"[{citation.n}] {source_line(citation)}"))
    for notice in answer.notices:
        document.add_paragraph(printable(notice.text), style="Intense Quote")
    return document_bytes(document)


def _cited(citation: Citation, row: tuple[TableCell, ...]) -> bool:
    return any(citation.n in cell.citations for cell in row)


def _harmless(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is given a leading apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
