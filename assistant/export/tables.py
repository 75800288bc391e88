"""A comparison as a file: DOCX for a note to a council, CSV for a spreadsheet, Markdown."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from assistant.compose.lines import render_table
from corpus.errors import ExportFailed
from corpus.records import Answer, Citation, Table, TableCell

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_comparison(answer: Answer, path: Path) -> Path:
    """Write the table of an answer, in the format that the ending of `path` names.

    Raises ExportFailed where there is no table, the ending is not known, or the file cannot be written.
    """
    if answer.table is None:
        raise ExportFailed("Cette réponse n'a pas de tableau à exporter.")
    writers = {".csv": _csv, ".md": _markdown, ".docx": _docx}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise ExportFailed(f"Le format « {path.suffix or path.name} » n'est pas connu : utilisez .docx, .csv ou .md.")
    content = writer(answer, answer.table)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ExportFailed(f"Le fichier « {path} » ne peut pas être écrit : {error.strerror}.") from error
    return path


def table_csv(table: Table, citations: Sequence[Citation] = ()) -> str:
    """A table as semicolon-separated values, with a column of sources where there are citations."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow([*table.columns, "Sources"] if citations else list(table.columns))
    for row in table.rows:
        cells = [_harmless(cell.text) for cell in row]
        sources = [_harmless(_source(citation)) for citation in citations if _cited(citation, row)]
        writer.writerow([*cells, " | ".join(sources)] if citations else cells)
    return buffer.getvalue()


def _csv(answer: Answer, table: Table) -> bytes:
    """UTF-8 with a byte-order mark: what a French spreadsheet opens as it is."""
    return table_csv(table, answer.citations).encode("utf-8-sig")


def _markdown(answer: Answer, table: Table) -> bytes:
    sources = "\n".join(f"[{citation.n}] {_source(citation)}" for citation in answer.citations)
    return f"# {answer.resolved_question}\n\n{render_table(table)}\n\n{sources}\n".encode()


def _docx(answer: Answer, table: Table) -> bytes:
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.core_properties.title = answer.resolved_question
    document.core_properties.language = "fr-FR"
    document.add_heading(answer.resolved_question, level=1)
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    for cell, name in zip(grid.rows[0].cells, table.columns, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for row in table.rows:
        for cell, content in zip(grid.add_row().cells, row, strict=True):
            marks = "".join(f" [{number}]" for number in content.citations)
            cell.text = content.text + marks
    document.add_heading("Sources", level=2)
    for citation in answer.citations:
        document.add_paragraph(f"[{citation.n}] {_source(citation)}")
    for notice in answer.notices:
        document.add_paragraph(notice.text, style="Intense Quote")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _cited(citation: Citation, row: tuple[TableCell, ...]) -> bool:
    return any(citation.n in cell.citations for cell in row)


def _source(citation: Citation) -> str:
    page = f", p. {citation.page}" if citation.page is not None else ""
    return f"{citation.territory or 'Note du projet'} — {citation.section}{page} : « {citation.quote} »"


def _harmless(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is given a leading apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
