"""What every export shares: a file in the format of its ending, sources in words, what a Word document can hold."""

import errno
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from corpus.errors import ExportFailed
from corpus.records import Citation, Table

_REASONS = {
    errno.EACCES: "vous n'avez pas le droit d'écrire dans ce dossier",
    errno.EPERM: "vous n'avez pas le droit d'écrire dans ce dossier",
    errno.EROFS: "ce dossier est en lecture seule",
    errno.ENOENT: "ce dossier n'existe pas",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.EISDIR: "c'est un dossier",
    errno.ENOSPC: "le disque est plein",
    errno.ENAMETOOLONG: "son nom est trop long",
}
"""What the system says of a file that it does not write, in French."""
_LONGEST_PROPERTY = 255
"""Characters that python-docx takes for a property of a document; it raises ValueError for more."""


def write_file(path: Path, writers: Mapping[str, Callable[[], bytes]]) -> Path:
    """Write `path` with the writer of its ending (".docx"); the path.

    Raises ExportFailed where no writer has that ending or the file cannot be written.
    """
    writer = writers.get(path.suffix.lower())
    if writer is None:
        *others, last = writers
        known = f"{', '.join(others)} ou {last}"
        raise ExportFailed(f"Le format « {path.suffix or path.name} » n'est pas connu : utilisez {known}.")
    content = writer()
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror)
        raise ExportFailed(
            f"Le fichier « {path} » ne peut pas être écrit ({reason}) : choisissez un autre dossier."
        ) from error
    return path


def source_line(citation: Citation) -> str:
    """Where a citation stands, and its words."""
    return f"{source_place(citation)} : « {citation.quote} »"


def source_place(citation: Citation) -> str:
    """ "Gevrey-Nuits — Annexe 3 › Fiche 2, p. 12"."""
    return f"{citation.territory or 'Note du projet'} — {citation.section}{page_of(citation)}"


def page_of(citation: Citation) -> str:
    """ ", p. 12"; empty where the document has no pages."""
    return f", p. {citation.page}" if citation.page is not None else ""


def printable(text: str) -> str:
    """Without the control characters that an XML file cannot hold."""
    return "".join(char for char in text if char in "\n\t" or (ord(char) >= 32 and not 0xD800 <= ord(char) <= 0xDFFF))


def new_document(title: str) -> Any:
    """A python-docx document in French that begins with its title."""
    from docx import Document

    document = Document()
    document.core_properties.title = printable(title)[:_LONGEST_PROPERTY]
    document.core_properties.language = "fr-FR"
    document.add_heading(printable(title), level=1)
    return document


def add_table(document: Any, table: Table) -> None:
    """An answer's table at the end of a python-docx document, its cells with their marks."""
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    for cell, name in zip(grid.rows[0].cells, table.columns, strict=True):
        cell.paragraphs[0].add_run(printable(name)).bold = True
    for row in table.rows:
        for cell, content in zip(grid.add_row().cells, row, strict=True):
            cell.text = printable(content.text + "".join(f" [{number}]" for number in content.citations))


def document_bytes(document: Any) -> bytes:
    """A python-docx document as the bytes of its file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
