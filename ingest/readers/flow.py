"""What the readers of formats that flow (DOCX, ODT) share: paragraphs and table rows that page breaks may cut."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.readers.blocks import Block, Cell, PageStart, Paragraph, Table, write_blocks
from ingest.readers.limits import ReadLimits
from ingest.readers.refusal import refused

WIDEST_SPAN = 64
"""Most columns one cell may cover: a hostile file asks for millions."""


@dataclass
class ItemLevels:
    """Depth of the items of a list, from how far each is set in compared with the items before it."""

    tolerance: float
    indents: list[float] = field(default_factory=list)

    def level_of(self, indent: float) -> int:
        """Depth of the next item, from 0."""
        while self.indents and indent < self.indents[-1] - self.tolerance:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1] + self.tolerance:
            self.indents.append(indent)
        return len(self.indents) - 1

    def reset(self) -> None:
        """The list has ended."""
        self.indents.clear()


@dataclass(frozen=True)
class Row:
    """A table row and the page breaks that stand before it and within it."""

    cells: tuple[Cell, ...]
    breaks_before: int = 0
    breaks_within: int = 0

    @classmethod
    def of(cls, cells: Sequence[Sequence[Block]], breaks_before: int = 0) -> "Row":
        """A row whose cells may hold page breaks: all cells of a row that a page break cuts repeat it."""
        before = within = 0
        for cell in cells:
            starts = sum(isinstance(block, PageStart) for block in cell)
            leading = next((place for place, block in enumerate(cell) if not isinstance(block, PageStart)), starts)
            before, within = max(before, leading), max(within, starts - leading)
        kept = tuple(tuple(block for block in cell if not isinstance(block, PageStart)) for cell in cells)
        return cls(kept, breaks_before + before, within)


@dataclass
class Flow:
    """Blocks in order, and the page that has been reached."""

    page: int | None = None
    """None where the file has no marks of pages."""
    blocks: list[Block] = field(default_factory=list)

    def start_pages(self) -> None:
        """The file has marks of pages: this is the first."""
        self.page = 1
        self.blocks.append(PageStart(1))

    def turn_pages(self, count: int = 1) -> None:
        """Goes on to the next page; without effect where the file has no marks of pages."""
        for _ in range(count if self.page is not None else 0):
            self.page = (self.page or 0) + 1
            self.blocks.append(PageStart(self.page))

    def add_paragraph(self, pieces: Sequence[str], bullet: str = "", level: int = 0, label: str = "") -> None:
        """A paragraph in the pieces that page breaks make of it."""
        begun = False
        for place, piece in enumerate(pieces):
            if place:
                self.turn_pages()
            if not piece.strip():
                continue
            text = f"{label} {piece}" if label and not begun else piece
            self.blocks.append(
                Paragraph(text, continues=True) if begun else Paragraph(text, bullet=bullet, level=level)
            )
            begun = True

    def add_table(self, rows: Sequence[Row]) -> None:
        """A table, cut where pages begin between its rows."""
        waiting: list[tuple[Cell, ...]] = []
        begun = False
        for row in rows:
            for breaks, is_before in ((row.breaks_before, True), (row.breaks_within, False)):
                if not is_before:
                    waiting.append(row.cells)
                if breaks and waiting and self.page is not None:
                    self.blocks.append(Table(tuple(waiting), close=begun))
                    waiting, begun = [], True
                self.turn_pages(breaks)
        if waiting:
            self.blocks.append(Table(tuple(waiting), close=begun))

    def inner(self) -> "Flow":
        """An empty flow for the content of a cell; its page breaks are counted, not numbered."""
        return Flow(None if self.page is None else 0)


def flow_result(path: Path, blocks: list[Block], limits: ReadLimits) -> dict[str, Any]:
    """{"text": raw text, "pages": page spans as plain data}. Raises DocumentUnreadable for a text beyond the limit."""
    text, pages = write_blocks(blocks)
    if len(text) > limits.characters:
        raise refused(path, "contient trop de texte", "découpez-le en plusieurs fichiers.")
    return {"text": text, "pages": [page.model_dump() for page in pages]}
