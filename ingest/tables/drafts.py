"""A passage being put together from pieces of a table: its lines, and where they stand in the raw text."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.records import DocumentEntry, Passage, PassageKind, ReadDocument, Section, Span
from ingest.lines import clean
from ingest.tables.values import items_of, join_spans, page_at, section_at


@dataclass
class Draft:
    """Lines and pieces in reading order. A piece is never shown without its place, nor a place without its words."""

    text: str
    """The raw text that the pieces point into."""
    kind: PassageKind = "ligne-de-tableau"
    lines: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    home: int | None = None
    """Where it stands in the document; None for its first piece. Headings taken from above do not move it."""
    fiche: str | None = None
    fields: tuple[str, ...] = ()
    context: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Characters of the text so far."""
        return sum(len(line) + 1 for line in self.lines)

    def add(self, pieces: Span | Iterable[Span], *, whole: bool = False) -> None:
        """Adds pieces as one line; a `whole` row keeps the white space between its cells."""
        own = [pieces] if isinstance(pieces, Span) else list(pieces)
        shown = [shown_text(self.text[piece.start : piece.end], whole=whole) for piece in own]
        line = " ".join(filter(None, shown))
        if line:
            self.lines.append(line)
            self.spans += own

    def add_cell(self, cell: Span) -> None:
        """Adds a cell, one line per item where it is a list."""
        items = items_of(self.text, cell)
        if len(items) < 2:
            self.add(items[0] if items else cell)
            return
        for item in items:
            self.add(item)
            self.lines[-1] = f"- {self.lines[-1]}"

    def to_passage(self, entry: DocumentEntry, read: ReadDocument, sections: Sequence[Section]) -> Passage:
        """The passage, with its place in the outline; its id is given when all passages are numbered."""
        home = self.home if self.home is not None else self.spans[0].start
        section = section_at(sections, home)
        text = "\n".join(self.lines)
        territory = entry.territory
        names = dict.fromkeys((territory.name, territory.short_name))
        path = section.path if section else ()
        context = "\n".join(filter(None, (" – ".join(names), " › ".join(path), *dict.fromkeys(self.context))))
        return Passage(
            id="",
            document=entry.id,
            section=section.id if section else f"{entry.id}#s0",
            section_path=path,
            kind=self.kind,
            fiche=self.fiche,
            fields=self.fields,
            page=page_at(read, home),
            text=text,
            spans=tuple(join_spans(read.text, self.spans)),
            context=context,
            content_hash=hashlib.sha256(f"{text}\n{context}".encode()).hexdigest(),
        )


def shown_text(raw: str, *, whole: bool = False) -> str:
    """A piece as it is read: marks dropped, ticked boxes told from empty ones."""
    return "\t".join(filter(None, map(clean, raw.split("\t")))) if whole else clean(raw)
