"""A conversation as a file: Markdown, or DOCX for a note; every answer with its sources."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import ExportFailed
from corpus.records import Answer, Citation

_TITLE = "Conversation avec Assistant CTG"
_CAUTION = (
    "Les citations sont les mots des documents. Ce que fait un territoire n'est pas la règle des autres ; vérifiez une "
    "obligation auprès de votre Caf."
)


def write_conversation(answers: Sequence[Answer], path: Path) -> Path:
    """Write the answers in the format that the ending of `path` names (.md or .docx).

    Raises ExportFailed where the ending is not known or the file cannot be written.
    """
    writers: dict[str, Callable[[Sequence[Answer]], bytes]] = {".md": _markdown, ".docx": _docx}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise ExportFailed(f"Le format « {path.suffix or path.name} » n'est pas connu : utilisez .docx ou .md.")
    content = writer(answers)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ExportFailed(f"Le fichier « {path} » ne peut pas être écrit : {error.strerror}.") from error
    return path


def _markdown(answers: Sequence[Answer]) -> bytes:
    parts = [f"# {_TITLE}", f"*{_day()}. {_CAUTION}*"]
    for answer in answers:
        parts += [f"## {answer.resolved_question}", answer.answer]
        parts += [f"> {notice.text}" for notice in answer.notices]
        if answer.citations:
            parts.append("\n".join(["Sources :", "", *(f"- {_reference(citation)}" for citation in answer.citations)]))
    return ("\n\n".join(parts) + "\n").encode()


def _docx(answers: Sequence[Answer]) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.title = _TITLE
    document.core_properties.language = "fr-FR"
    document.add_heading(_TITLE, level=1)
    document.add_paragraph(f"{_day()}. {_CAUTION}")
    for answer in answers:
        document.add_heading(_printable(answer.resolved_question), level=2)
        for line in _prose_lines(answer):
            _add_line(document, _printable(line))
        if answer.table is not None:
            _add_table(document, answer)
        for notice in answer.notices:
            document.add_paragraph(_printable(notice.text), style="Intense Quote")
        if answer.citations:
            document.add_heading("Sources", level=3)
        for citation in answer.citations:
            document.add_paragraph(_printable(_reference(citation)))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _prose_lines(answer: Answer) -> list[str]:
    lines = [line.strip() for line in answer.answer.splitlines() if line.strip()]
    return [line for line in lines if answer.table is None or not line.startswith("|")]


def _add_line(document: Any, line: str) -> None:
    if line.startswith("- "):
        document.add_paragraph(line[2:], style="List Bullet")
    elif line.startswith("**"):
        document.add_paragraph().add_run(line.replace("**", "")).bold = True
    else:
        document.add_paragraph(line)


def _add_table(document: Any, answer: Answer) -> None:
    table = answer.table
    assert table is not None
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    for cell, name in zip(grid.rows[0].cells, table.columns, strict=True):
        cell.paragraphs[0].add_run(_printable(name)).bold = True
    for row in table.rows:
        for cell, content in zip(grid.add_row().cells, row, strict=True):
            cell.text = _printable(content.text + "".join(f" [{number}]" for number in content.citations))


def _reference(citation: Citation) -> str:
    page = f", p. {citation.page}" if citation.page is not None else ""
    return f"[{citation.n}] {citation.territory or 'Note du projet'} — {citation.section}{page} : « {citation.quote} »"


def _printable(text: str) -> str:
    """Without the control characters that a DOCX cannot hold."""
    return "".join(char for char in text if char in "\n\t" or ord(char) >= 32)


def _day() -> str:
    return f"Exportée le {date.today():%d/%m/%Y}"
