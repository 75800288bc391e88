"""Renders a text of the corpus as a person would have laid it out: headings, lists, ruled tables, columns."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ingest.readers.system import tesseract_install, tesseract_languages

needs_tesseract = pytest.mark.skipif(
    "fra" not in tesseract_languages(), reason=f"Tesseract (français) est absent : {tesseract_install()}"
)
_HEADING = re.compile(r"(?:annexe|article|axe|objectif|fiche|pr[ée]ambule|orientation)\b", re.IGNORECASE)
_ITEM = re.compile(r"( *)- (.*)")
_MARGIN = 56.0
_CELL = 4.0
_GUTTER = 24.0


@dataclass(frozen=True)
class Piece:
    """A piece of a text: kind is "heading", "label", "text", "item" or "table"."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    close: bool = False
    """True where no blank line parts it from the piece before."""


def pieces_of(text: str) -> list[Piece]:
    """The lines of a text, told apart by how they look."""
    pieces: list[Piece] = []
    rows: list[tuple[str, ...]] = []
    close = False
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append(tuple(cell.strip() for cell in line.split("\t")))
            continue
        if rows:
            width = max(map(len, rows))
            pieces.append(Piece("table", rows=tuple(row + ("",) * (width - len(row)) for row in rows)))
            rows = []
        if line.strip():
            piece = _piece(line, close)
            if close and pieces and piece.kind == pieces[-1].kind == "heading":
                above = pieces.pop()
                piece = replace(above, text=f"{above.text}\n{piece.text}")
            pieces.append(piece)
        close = bool(line.strip())
    return pieces


def _piece(line: str, close: bool) -> Piece:
    item = _ITEM.fullmatch(line.rstrip())
    if item:
        return Piece("item", item.group(2), level=len(item.group(1)), close=close)
    words = line.strip()
    if len(words) < 160 and (_HEADING.match(words) or (words.isupper() and len(words) > 3)):
        return Piece("heading", words, close=close)
    return Piece("label" if words.endswith(":") and len(words) < 60 else "text", words, close=close)


def write_docx(text: str, path: Path, page_starts: Sequence[int] = ()) -> None:
    """The text as a Word document with styles, real lists and tables, and the marks of pages Word leaves."""
    from docx import Document
    from docx.oxml import OxmlElement

    document = Document()
    bounds = [0, *(start for start in page_starts if start), len(text)]
    for start, end in pairwise(bounds):
        before = len(document.element.body)
        for piece in pieces_of(text[start:end]):
            _add_to_docx(document, piece)
        first_run = next(document.element.body[before - 1].iter("{*}r"), None)
        if start and first_run is not None:
            first_run.insert(0, OxmlElement("w:lastRenderedPageBreak"))
    document.save(str(path))


def _add_to_docx(document: Any, piece: Piece) -> None:
    if piece.kind == "table":
        table = document.add_table(rows=0, cols=len(piece.rows[0]), style="Table Grid")
        for row in piece.rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    elif piece.close and piece.kind in ("text", "label"):
        document.paragraphs[-1].add_run(f"\n{piece.text}")
    elif piece.kind == "item":
        document.add_paragraph(piece.text, style="List Bullet 2" if piece.level else "List Bullet")
    elif piece.kind == "heading":
        document.add_heading(piece.text, level=2)
    else:
        document.add_paragraph().add_run(piece.text).bold = piece.kind == "label"


def write_odt(text: str, path: Path) -> None:
    """The text as an OpenDocument text with lists and tables."""
    from odfdo import Document, Header, LineBreak, List, ListItem, Paragraph, Table

    document = Document("text")
    body = document.body
    body.clear()
    for style in document.styles.root.get_elements("descendant::text:outline-level-style"):
        style.set_attribute("style:num-format", "")
    items = None
    for piece in pieces_of(text):
        if piece.kind == "item":
            if items is None:
                items = List()
                body.append(items)
            items.append(ListItem(piece.text))
            continue
        if piece.close and piece.kind != "heading" and items is None:
            body.children[-1].append(LineBreak())
            body.children[-1].append(piece.text)
            continue
        items = None
        if piece.kind == "table":
            table = Table("T", width=len(piece.rows[0]), height=len(piece.rows))
            for y, row in enumerate(piece.rows):
                for x, words in enumerate(row):
                    if words:
                        table.set_value((x, y), words)
            body.append(table)
        else:
            body.append(Header(2, piece.text) if piece.kind == "heading" else Paragraph(piece.text, formatted=True))
    document.save(str(path))


def write_html(text: str, path: Path) -> None:
    """The text as a web page, with what a page has besides its text."""
    parts = ["<!doctype html><html lang='fr'><head><meta charset='utf-8'><script>var ailleurs = 1;</script></head>"]
    for piece in pieces_of(text):
        if piece.kind == "table":
            rows = ("".join(f"<td>{escape(words)}</td>" for words in row) for row in piece.rows)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        elif piece.kind == "item":
            lists = piece.level + 1
            parts.append("<ul><li>" * lists + escape(piece.text) + "</li></ul>" * lists)
        elif piece.close and piece.kind != "heading" and parts[-1].endswith("</p>"):
            parts[-1] = parts[-1].removesuffix("</p>") + f"<br>{escape(piece.text)}</p>"
        else:
            tag = "h2" if piece.kind == "heading" else "p"
            words = escape(piece.text).replace("\n", "<br>")
            parts.append(f"<{tag}>{words}</{tag}>")
    path.write_text("".join(parts), encoding="utf-8")


def write_pdf(text: str, path: Path, columns: int = 1, page_starts: Sequence[int] = (), size: int = 10) -> int:
    """The text as a PDF with a text layer, in one or several columns; returns the number of pages.

    A new page begins at each character of `page_starts`, and wherever the one before is full.
    """
    import pymupdf

    document = pymupdf.open()
    cursor = _Cursor(document, columns, size)
    bounds = [0, *(start for start in page_starts if start), len(text)]
    for start, end in pairwise(bounds):
        cursor.new_page()
        for piece in pieces_of(text[start:end]):
            if piece.kind == "table":
                for row in piece.rows:
                    cursor.place_row(row)
            else:
                cursor.place(_html(piece))
    cursor.flush()
    count = len(document)
    document.save(str(path), garbage=4, deflate=True)
    return count


def _html(piece: Piece) -> str:
    words = escape(piece.text).replace("\n", "<br/>")
    above = "0.1em" if piece.close else "0.7em"
    if piece.kind == "heading":
        return f'<p style="font-size:1.3em;font-weight:bold;margin:0.8em 0 0.3em 0">{words}</p>'
    if piece.kind == "label":
        return f'<p style="font-weight:bold;margin:{above} 0 0.2em 0">{words}</p>'
    if piece.kind == "item":
        sign, indent = ("◦", 28) if piece.level else ("•", 14)
        return f'<p style="margin:{above} 0 0.1em {indent}px;text-indent:-10px">{sign} {words}</p>'
    return f'<p style="margin:{above} 0 0.2em 0">{words}</p>'


def scan(source: Path, target: Path, degrees: float) -> None:
    """A PDF as a scanner would give it: pictures of its pages, a little turned."""
    import pymupdf
    from PIL import Image

    scanned = pymupdf.open()
    for page in pymupdf.open(source):
        pixels = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
        picture = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
        stream = io.BytesIO()
        picture.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC).save(stream, "JPEG", quality=80)
        blank = scanned.new_page(width=page.rect.width, height=page.rect.height)
        blank.insert_image(page.rect, stream=stream.getvalue())
    scanned.save(target)


class _Cursor:
    """Where the next piece goes: page, column, height. Pieces of a column are drawn together."""

    def __init__(self, document: Any, columns: int, size: int) -> None:
        import pymupdf

        self._mupdf = pymupdf
        self._document = document
        self._size = pymupdf.paper_rect("a4")
        self._width = (self._size.width - 2 * _MARGIN - _GUTTER * (columns - 1)) / columns
        self._lefts = [_MARGIN + place * (self._width + _GUTTER) for place in range(columns)]
        self._letters = size
        self._column = columns
        self._y = self._size.height
        self._waiting: list[str] = []
        self._height = 0.0

    def place(self, html: str) -> None:
        height = self._story(html, self._letters).place(self._mupdf.Rect(0, 0, self._width, 2000))[1][3] + 4
        if self._y + self._height + height > self._size.height - _MARGIN:
            self.flush()
            self._advance()
        self._waiting.append(html)
        self._height += height

    def new_page(self) -> None:
        """What comes next stands on a page of its own."""
        self.flush()
        self._column = len(self._lefts)
        self._y = self._size.height

    def flush(self) -> None:
        if self._waiting:
            left = self._lefts[self._column]
            box = self._mupdf.Rect(left, self._y, left + self._width, self._size.height - 10)
            story = self._story("".join(self._waiting), self._letters)
            self._y = story.place(box)[1][3]
            self._draw(story)
        self._waiting, self._height = [], 0.0

    def place_row(self, row: tuple[str, ...]) -> None:
        self.flush()
        width = self._width / len(row)
        size = self._letters - 1 if len(self._lefts) == 1 else self._letters - 3
        stories = [self._story(f'<p style="margin:0">{escape(words)}</p>', size) for words in row]
        inner = self._mupdf.Rect(0, 0, width - 2 * _CELL, 3000)
        height = max(story.place(inner)[1][3] for story in stories) + 2 * _CELL
        if self._y + height > self._size.height - _MARGIN:
            self._advance()
        for place, story in enumerate(stories):
            left = self._lefts[self._column] + place * width
            box = self._mupdf.Rect(left, self._y, left + width, self._y + height)
            inside = self._mupdf.Rect(box.x0 + _CELL, box.y0 + _CELL, box.x1 - _CELL, box.y1 + _CELL)
            story.place(inside)
            self._draw(story)
            self._document[-1].draw_rect(box, width=0.5)
        self._y += height

    def _story(self, html: str, size: int) -> Any:
        return self._mupdf.Story(f'<body style="font-family:sans-serif;font-size:{size}px;margin:0">{html}</body>')

    def _draw(self, story: Any) -> None:
        """Stories draw on writers of their own: each is laid over the page."""
        buffer = io.BytesIO()
        writer = self._mupdf.DocumentWriter(buffer)
        story.draw(writer.begin_page(self._size))
        writer.end_page()
        writer.close()
        with self._mupdf.open("pdf", buffer.getvalue()) as overlay:
            self._document[-1].show_pdf_page(self._size, overlay, 0)

    def _advance(self) -> None:
        self._column += 1
        if self._column >= len(self._lefts):
            self._column = 0
            self._document.new_page(width=self._size.width, height=self._size.height)
        self._y = _MARGIN
