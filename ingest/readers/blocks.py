"""What a laid-out document is made of, and how it becomes raw text: one writer for all formats.

Paragraphs are separated by a blank line, items of a list and close lines follow each other, a table row is one
line whose cells are separated by tabs, as in the text files of the corpus.
"""

import re
from dataclasses import dataclass, field, replace

from corpus.records import PageSpan

PLAIN_BULLETS = frozenset("-–—•·●○◦o*‐‑⁃∙⚫■□")
"""Signs that only say "an item begins"; others (→, ▪, ✓) may mean something and are kept as they are."""

LINE_END_SIGNS = ("-", "\u2010", "/", "'", "’")
"""Signs after which a line, a column or a page may break inside a word."""

_SYMBOL_FONT = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0e0": "→", "\uf0e8": "→", "\uf076": "❖"}
_LABEL_CHARS = 90
_CELL_OF_ROWS_CHARS = 400
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\u00ad\u200b]")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, a heading or an item of a list."""

    text: str
    bullet: str = ""
    """Sign or number before an item ("•", "→", "1."); empty outside lists."""
    level: int = 0
    """Depth of an item in its list, from 0."""
    close: bool = False
    """True where the page shows no space between this paragraph and the one before."""
    continues: bool = False
    """True where it goes on with a paragraph that a page break cut."""


@dataclass(frozen=True)
class Table:
    """Rows of cells; a cell holds blocks. A merged cell stands once, the other places it covers are empty."""

    rows: tuple[tuple[tuple["Block", ...], ...], ...]
    close: bool = False
    """True where it goes on with the table before a page break."""


@dataclass(frozen=True)
class PageStart:
    """The next block begins on this page."""

    number: int


Block = Paragraph | Table | PageStart
Cell = tuple[Block, ...]


@dataclass
class _Writer:
    parts: list[str] = field(default_factory=list)
    length: int = 0
    last_was_item: bool = False
    pending_pages: list[int] = field(default_factory=list)
    page_starts: list[tuple[int, int]] = field(default_factory=list)

    def write(self, line: str, before: str) -> None:
        self._add(before if self.length else "")
        self.start_pages()
        self._add(line)
        self.last_was_item = False

    def start_pages(self) -> None:
        self.page_starts += [(number, self.length) for number in self.pending_pages]
        self.pending_pages.clear()

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def write_blocks(blocks: list[Block]) -> tuple[str, tuple[PageSpan, ...]]:
    """Raw text of the blocks in order, and the pages that PageStart blocks establish (covering the text)."""
    writer = _Writer()
    for block in blocks:
        _write_block(writer, block)
    writer.start_pages()
    return "".join(writer.parts), _page_spans(writer.page_starts, writer.length)


def inline_text(cell: Cell) -> str:
    """A cell on one line: items keep their sign, "•" where it was a plain bullet."""
    words = []
    for block in cell:
        if isinstance(block, Table):
            words += [inline_text(inner) for row in block.rows for inner in row]
        elif isinstance(block, Paragraph):
            sign = "•" if block.bullet in PLAIN_BULLETS else block.bullet
            words.append(f"{sign} {block.text}" if sign else block.text)
    return " ".join(clean_text(" ".join(words)).split())


def bullet_sign(bullet: str) -> str:
    """A bullet as Unicode has it: symbol fonts draw theirs at private places."""
    return _SYMBOL_FONT.get(bullet, "•") if "\ue000" <= bullet <= "\uf8ff" else bullet


def clean_text(text: str) -> str:
    """Without what is no text: control characters, lone surrogates, marks of zero width, optional hyphens."""
    return _NOT_TEXT.sub("", text)


def _write_block(writer: _Writer, block: Block) -> None:
    if isinstance(block, Paragraph):
        _write_paragraph(writer, block)
    elif isinstance(block, Table):
        _write_table(writer, block)
    else:
        writer.pending_pages.append(block.number)


def _write_paragraph(writer: _Writer, paragraph: Paragraph) -> None:
    text = _tidy(paragraph.text)
    if not text:
        return
    is_item = bool(paragraph.bullet)
    if is_item:
        sign = "-" if paragraph.bullet in PLAIN_BULLETS else paragraph.bullet
        text = f"{' ' * paragraph.level}{sign} {text}"
    between = "\n" if paragraph.close or (is_item and writer.last_was_item) else "\n\n"
    if paragraph.continues:
        between = "" if writer.parts and writer.parts[-1].endswith(LINE_END_SIGNS) else " "
    writer.write(text, between)
    writer.last_was_item = is_item


def _write_table(writer: _Writer, table: Table) -> None:
    width = max((len(row) for row in table.rows), default=0)
    between = "\n" if table.close else "\n\n"
    for row in table.rows:
        if not any(inline_text(cell) for cell in row):
            continue
        if width == 1 or _is_label_of_list(row):
            for cell in row:
                _write_cell(writer, cell)
            between = "\n\n"
            continue
        for line in _lines_of_row(row, width):
            writer.write("\t".join(line), between)
            between = "\n"


def _is_label_of_list(row: tuple[Cell, ...]) -> bool:
    """A short cell beside a list or a long text: how a fiche laid out as a table shows a field."""
    if len(row) != 2 or not 0 < len(inline_text(row[0])) <= _LABEL_CHARS:
        return False
    shown = _shown(row[1])
    has_list = any(isinstance(block, Table) or (isinstance(block, Paragraph) and block.bullet) for block in shown)
    return len(shown) > 1 and (has_list or len(inline_text(row[1])) > _CELL_OF_ROWS_CHARS)


def _lines_of_row(row: tuple[Cell, ...], width: int) -> list[list[str]]:
    """One line; of two cells, several when the second holds several short paragraphs (a list of structures)."""
    if width == 2 and len(row) == 2:
        texts = [inline_text((block,)) for block in _shown(row[1])]
        plain = not any(isinstance(block, Paragraph) and block.bullet for block in row[1])
        if plain and len(texts) > 1 and len(_shown(row[0])) <= 1:
            return [[inline_text(row[0]), texts[0]], *(["", text] for text in texts[1:])]
    return [[inline_text(cell) for cell in row] + [""] * (width - len(row))]


def _write_cell(writer: _Writer, cell: Cell) -> None:
    for block in cell:
        _write_block(writer, block)


def _shown(cell: Cell) -> list[Block]:
    """Blocks of a cell that hold words; each line of a paragraph counts as one."""
    blocks: list[Block] = []
    for block in cell:
        if isinstance(block, Paragraph) and "\n" in block.text:
            blocks += [replace(block, text=line) for line in block.text.split("\n")]
        else:
            blocks.append(block)
    return [block for block in blocks if inline_text((block,))]


def _tidy(text: str) -> str:
    lines = (re.sub(" {2,}", " ", clean_text(line)).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _page_spans(starts: list[tuple[int, int]], length: int) -> tuple[PageSpan, ...]:
    if not starts:
        return ()
    begins = [0, *(start for _, start in starts[1:])]
    ends = [*begins[1:], length]
    return tuple(
        PageSpan(number=number, start=start, end=end)
        for (number, _), start, end in zip(starts, begins, ends, strict=True)
    )
