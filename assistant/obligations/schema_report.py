"""The result of the check of a convention against the schéma pluriannuel, as records, a table and JSON."""

from typing import Any, Literal

from corpus.records import Citation, Table, TableCell
from corpus.records.base import Record

Presence = Literal["present", "partiel", "absent"]

PRESENCE_WORDS: dict[Presence, str] = {"present": "présent", "partiel": "partiel", "absent": "absent"}
_CITATION_KEYS = ("n", "document", "territory", "section", "page", "quote", "start", "end", "verified")


class ContentRow(Record):
    """One thing that the schéma must hold, and what the document has of it."""

    id: str
    title: str
    text: str
    part: str
    reference: str
    reservation: str | None
    presence: Presence
    citations: tuple[int, ...]
    """Numbers of the passages that show it, the most telling first; empty where it is absent."""
    why: str
    """One sentence: what was found, or not."""


class SchemaCheck(Record):
    """Does this document hold what a schéma pluriannuel must hold?"""

    document: str
    title: str
    territory: str
    rows: tuple[ContentRow, ...]
    citations: tuple[Citation, ...]
    conclusion: str
    notes: tuple[str, ...]
    """What to know of the document before relying on the result (draft, older than the decree, only an annex)."""
    notice: str
    """What must always be shown with the result."""

    def count(self, presence: Presence) -> int:
        """How many contents have this presence."""
        return sum(1 for row in self.rows if row.presence == presence)

    def table(self) -> Table:
        """The check as a table: content, presence, what is found, where, reference."""
        by_number = {citation.n: citation for citation in self.citations}
        rows = []
        for row in self.rows:
            shown = [by_number[number] for number in row.citations]
            found = " ".join(f"« {citation.quote} »" for citation in shown) or row.why
            rows.append(
                (
                    TableCell(text=f"{row.title} ({row.part})"),
                    TableCell(text=PRESENCE_WORDS[row.presence]),
                    TableCell(text=found, citations=row.citations),
                    TableCell(text=" ; ".join(dict.fromkeys(place_of_citation(citation) for citation in shown))),
                    TableCell(text=row.reference + (f" (réserve : {row.reservation})" if row.reservation else "")),
                )
            )
        return Table(columns=("Attendu du schéma", "État", "Ce que dit la convention", "Où", "Texte"), rows=tuple(rows))

    def markdown(self) -> str:
        """The whole result for a reader."""
        heading = f"## Ce document tient-il lieu de schéma ? {self.title}"
        lines = [heading, "", self.conclusion, "", f"> {self.notice}", ""]
        lines += [f"- {note}" for note in self.notes] + ([""] if self.notes else [])
        table = self.table()
        lines.append("| " + " | ".join(table.columns) + " |")
        lines.append("|" + "---|" * len(table.columns))
        lines += ["| " + " | ".join(cell.text.replace("|", "\\|") for cell in row) + " |" for row in table.rows]
        return "\n".join(lines) + "\n"

    def to_json(self) -> dict[str, Any]:
        """The result as the command line prints it."""
        by_number = {citation.n: citation for citation in self.citations}
        return {
            "document": self.document,
            "territory": self.territory,
            "conclusion": self.conclusion,
            "contents": [
                {
                    **row.model_dump(exclude={"citations"}),
                    "citations": [_citation_json(by_number[number]) for number in row.citations],
                }
                for row in self.rows
            ],
            "notes": list(self.notes),
            "notice": self.notice,
        }


def place_of_citation(citation: Citation) -> str:
    """As "Annexe 4 › Action 2, p. 31"; the page only where the file establishes it."""
    page = f", p. {citation.page}" if citation.page is not None else ""
    return f"{citation.section or citation.document}{page}"


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {key: value for key, value in citation.model_dump().items() if key in _CITATION_KEYS}
