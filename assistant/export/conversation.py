"""A conversation as a file: Markdown, or DOCX for a note; every answer with its sources."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assistant.export.files import add_table, document_bytes, new_document, printable, source_line, write_file
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
    return write_file(path, {".docx": lambda: _docx(answers), ".md": lambda: _markdown(answers)})


def _markdown(answers: Sequence[Answer]) -> bytes:
    parts = [f"# {_TITLE}", f"*{_day()}. {_CAUTION}*"]
    for answer in answers:
        parts += [f"## {answer.resolved_question}", answer.answer]
        parts += [f"> {notice.text}" for notice in answer.notices]
        if answer.citations:
            parts.append("\n".join(["Sources :", "", *(f"- {_reference(citation)}" for citation in answer.citations)]))
    return ("\n\n".join(parts) + "\n").encode()


def _docx(answers: Sequence[Answer]) -> bytes:
    document = new_document(_TITLE)
    document.add_paragraph(f"{_day()}. {_CAUTION}")
    for answer in answers:
        document.add_heading(printable(answer.resolved_question), level=2)
        for line in _prose_lines(answer):
            _add_line(document, printable(line))
        if answer.table is not None:
            add_table(document, answer.table)
        for notice in answer.notices:
            document.add_paragraph(printable(notice.text), style="Intense Quote")
        if answer.citations:
            document.add_heading("Sources", level=3)
        for citation in answer.citations:
            document.add_paragraph(printable(_reference(citation)))
    return document_bytes(document)


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


def _reference(citation: Citation) -> str:
    return f"[{citation.n}] {source_line(citation)}"


def _day() -> str:
    return f"Exportée le {date.today():%d/%m/%Y}"
