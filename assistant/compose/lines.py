"""What an answer is made of before it is numbered: lines to read, each with the citations that carry it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.compose.citing import CitationBook
from corpus.records import Answer, Notice, Query, Statement, Table
from corpus.records.answer import Nature

REFUSAL = "Le corpus ne répond pas à cette question."
"""The one sentence that says that the corpus does not answer."""

Style = Literal["paragraphe", "titre", "chapeau", "element"]
"""A "chapeau" introduces the elements below it."""


@dataclass(frozen=True)
class Line:
    """One line of an answer."""

    text: str
    citations: tuple[int, ...] = ()
    style: Style = "paragraphe"
    nature: Nature = "pratique"
    territory: str | None = None
    document: str | None = None

    @property
    def is_statement(self) -> bool:
        """Titles, lead-ins and connectives say nothing of their own: only what is cited is a statement."""
        return bool(self.citations) and self.style not in ("titre", "chapeau")


@dataclass
class Composition:
    """An answer in the making."""

    lines: list[Line] = field(default_factory=list)
    table: Table | None = None
    notices: list[Notice] = field(default_factory=list)
    answered: bool = True

    @property
    def quoted(self) -> frozenset[int]:
        """Numbers of the citations that its statements quote; a title only opens what there is to read around."""
        return frozenset(number for line in self.lines if line.is_statement for number in line.citations)

    def add(self, text: str, citations: Sequence[int | None] = (), **options: object) -> None:
        """Add a line; a line whose citations were all refused is left out, loudly counted by the book."""
        kept = tuple(dict.fromkeys(number for number in citations if number is not None))
        if citations and not kept:
            return
        self.lines.append(Line(text, kept, **options))  # type: ignore[arg-type]


def finish(question: str, query: Query, composition: Composition, book: CitationBook) -> Answer:
    """The answer as people and machines read it."""
    statements = tuple(
        Statement(
            text=line.text, citations=line.citations, nature=line.nature, territory=line.territory,
            document=line.document,
        )
        for line in composition.lines
        if line.is_statement
    )  # fmt: skip
    return Answer(
        question=question,
        resolved_question=query.resolved_question,
        answered=composition.answered,
        answer=render(composition),
        statements=statements,
        citations=book.citations(),
        table=composition.table,
        notices=tuple(composition.notices),
        intent=query.intent,
        dropped_citations=book.dropped,
    )


def render(composition: Composition) -> str:
    """The lines and the table as Markdown, with [n] marks."""
    parts: list[str] = []
    previous: Style | None = None
    for line in composition.lines:
        marks = "".join(f"[{number}]" for number in line.citations)
        text = f"{line.text} {marks}".strip()
        if line.style == "titre":
            text = f"**{line.text}**" + (f" {marks}" if marks else "")
        elif line.style == "element":
            text = f"- {text}"
        close = previous is not None and (line.style == "element" or previous == "titre")
        parts.append(("\n" if close and line.style == "element" else "\n\n" if previous else "") + text)
        previous = line.style
    text = "".join(parts)
    if composition.table is not None:
        text += ("\n\n" if text else "") + render_table(composition.table)
    return text


def render_table(table: Table) -> str:
    """A table as Markdown, marks in the cells."""
    rows = [
        [_cell(cell.text) + "".join(f" [{number}]" for number in cell.citations) for cell in row] for row in table.rows
    ]
    head = "| " + " | ".join(table.columns) + " |"
    rule = "|" + "|".join("---" for _ in table.columns) + "|"
    return "\n".join([head, rule, *("| " + " | ".join(row) + " |" for row in rows)])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
