"""HTML: headings, paragraphs, lists and tables in order, through Beautiful Soup; what a browser does not show is left
out."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.readers.blocks import Block, Cell, Paragraph, Table
from ingest.readers.flow import WIDEST_SPAN, flow_result
from ingest.readers.limits import ReadLimits
from ingest.readers.text import decode_text

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_HIDDEN_NAMES = """
    script style noscript template head title svg math iframe object select textarea button nav dialog audio video
    canvas
"""
_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_\-]{2,20})", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEAD_BYTES = 4_096


def read_html(path: Path, limits: ReadLimits) -> dict[str, Any]:
    """{"text": raw text, "pages": [], "encoding": name}. Raises DocumentUnreadable for text cut inside a character."""
    from bs4 import BeautifulSoup
    from bs4.element import Comment

    markup, encoding = _decode(path)
    soup = BeautifulSoup(markup, "lxml")
    for hidden in soup.find_all(_HIDDEN_NAMES.split()):
        hidden.decompose()
    for comment in soup.find_all(string=lambda string: isinstance(string, Comment)):
        comment.extract()
    for element in [*soup.select("[hidden]"), *soup.find_all(style=_HIDDEN_STYLE)]:
        if not element.decomposed:
            element.decompose()
    return flow_result(path, _read(soup), limits) | {"encoding": encoding}


def _decode(path: Path) -> tuple[str, str]:
    """The markup in the encoding it announces, unless it is wrong; else in the one its bytes show."""
    payload = path.read_bytes()
    announced = _CHARSET.search(payload[:_HEAD_BYTES])
    if announced and not payload.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = announced.group(1).decode("ascii").lower()
        # Pages that announce Latin-1 are written in Windows-1252: browsers read them so.
        name = "cp1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name
        try:
            return payload.decode(name), name
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_text(path, payload)


def _read(soup: "BeautifulSoup") -> list[Block]:
    walker = _Walker()
    walker.walk(soup.body or soup)
    walker.end_paragraph()
    return walker.blocks


@dataclass
class _Walker:
    blocks: list[Block] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    bullet: str = ""
    level: int = 0

    def walk(self, parent: "Tag") -> None:
        """Blocks of an element's content, in order."""
        from bs4.element import NavigableString, Tag

        for child in parent.children:
            if isinstance(child, Tag):
                self._element(child)
            elif isinstance(child, NavigableString):
                self.text.append(re.sub(r"[ \t\r\n\f]+", " ", str(child)))

    def end_paragraph(self) -> None:
        """What was gathered becomes a paragraph, or the item of a list that has begun."""
        lines = (" ".join(line.split(" ")).strip() for line in "".join(self.text).split("\n"))
        text = re.sub(r" {2,}", " ", "\n".join(line for line in lines if line))
        self.text.clear()
        if text:
            self.blocks.append(Paragraph(text, bullet=self.bullet, level=max(0, self.level - 1)))
            self.bullet = ""

    def _element(self, tag: "Tag") -> None:
        if tag.name == "br":
            self.text.append("\n")
        elif tag.name == "table":
            self.end_paragraph()
            self.blocks.append(Table(tuple(_rows(tag))))
        elif tag.name in ("ul", "ol"):
            self._list(tag)
        elif tag.name in _BLOCKS:
            self.end_paragraph()
            self.walk(tag)
            self.end_paragraph()
        elif tag.name == "input":
            self.text.append(_box(tag))
        else:
            self.walk(tag)

    def _list(self, tag: "Tag") -> None:
        self.end_paragraph()
        self.level += 1
        for number, item in enumerate(tag.find_all("li", recursive=False), 1):
            self.bullet = f"{number}." if tag.name == "ol" else "•"
            self.walk(item)
            self.end_paragraph()
            self.bullet = ""
        self.level -= 1


def _rows(table: "Tag") -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    below: dict[int, int] = {}
    for row in table.find_all("tr"):
        if row.find_parent("table") is not table:
            continue
        cells: list[Cell] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            while below.get(len(cells), 0):
                below[len(cells)] -= 1
                cells.append(())
            walker = _Walker()
            walker.walk(cell)
            walker.end_paragraph()
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for place in range(len(cells), len(cells) + width):
                below[place] = height - 1
            cells += [tuple(walker.blocks), *(() for _ in range(width - 1))]
        while below.get(len(cells), 0):
            below[len(cells)] -= 1
            cells.append(())
        rows.append(tuple(cells))
    return rows


def _span(cell: "Tag", name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(max(int(value), 1), WIDEST_SPAN) if value.isdigit() and len(value) < 6 else 1


def _box(tag: "Tag") -> str:
    """A tick box as its sign; other fields of a form are no text."""
    if tag.get("type") not in ("checkbox", "radio"):
        return ""
    return "☒ " if tag.has_attr("checked") else "☐ "
