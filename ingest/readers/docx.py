"""DOCX: paragraphs, lists and tables in body order, through python-docx.

The body is walked element by element: the library's own paragraphs leave out what stands in content controls, tracked
insertions, links and text boxes.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.readers.blocks import Block, bullet_sign
from ingest.readers.docx_numbering import Numbering
from ingest.readers.flow import WIDEST_SPAN, Flow, ItemLevels, Row, flow_result
from ingest.readers.limits import ReadLimits
from ingest.readers.package import check_package
from ingest.readers.refusal import refused

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    [f"{_W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "tblPr", "sectPr")]
    + ["{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"]
)
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml"))
_INDENT_TOLERANCE = 100
"""Twentieths of a point."""

Element = Any
"""An lxml element."""


def read_docx(path: Path, limits: ReadLimits) -> dict[str, Any]:
    """{"text": raw text, "pages": page spans}; pages only where Word left marks of the pages it last showed.

    Raises DocumentUnreadable for a file that is damaged, protected or too large once unpacked.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    check_package(path, limits)
    try:
        document = docx.Document(str(path))
    except ValueError as error:
        reason = "est un modèle ou un document à macros de Word"
        raise refused(path, reason, "enregistrez-le au format .docx, sans macros, ou en .pdf.") from error
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError) as error:
        raise refused(path, "est endommagé", "ouvrez-le dans Word et enregistrez-le de nouveau.") from error
    body = document.element.body
    walker = _Walker(Numbering.of(document), Flow())
    if next(body.iter(f"{_W}lastRenderedPageBreak"), None) is not None:
        walker.flow.start_pages()
    walker.walk(body)
    return flow_result(path, [*walker.flow.blocks, *_notes(document, walker.numbering)], limits)


def _notes(document: "Document", numbering: Numbering) -> list[Block]:
    """Footnotes and endnotes, after the text that calls them."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml

    walker = _Walker(numbering, Flow())
    for relation in document.part.rels.values():
        if relation.reltype in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
            walker.walk(parse_xml(relation.target_part.blob))
    return walker.flow.blocks


@dataclass
class _Text:
    """What a paragraph holds: its pieces of text, parted by page breaks, and the boxes anchored in it."""

    pieces: list[str] = field(default_factory=lambda: [""])
    boxes: list[Element] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.pieces[-1] += text


@dataclass
class _Walker:
    numbering: Numbering
    flow: Flow
    levels: ItemLevels = field(default_factory=lambda: ItemLevels(_INDENT_TOLERANCE))

    def walk(self, parent: Element) -> None:
        """Blocks of the children, in order; wrappers (content controls, insertions) are looked through."""
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self.flow.add_table([self._row(row) for row in _children(child, f"{_W}tr")])
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                self.walk(child)

    def _paragraph(self, element: Element) -> None:
        text = _Text()
        _collect(element, text)
        if "".join(text.pieces).strip():
            mark = self.numbering.mark(element)
            if not mark.bullet:
                self.levels.reset()
            level = self.levels.level_of(mark.indent) if mark.bullet else 0
            self.flow.add_paragraph(text.pieces, mark.bullet, level, mark.label)
        else:
            self.flow.turn_pages(len(text.pieces) - 1)
        for box in text.boxes:
            self.walk(box)

    def _row(self, row: Element) -> Row:
        skipped = min(_number(row.find(f"{_W}trPr/{_W}gridBefore"), 0), WIDEST_SPAN)
        cells: list[list[Block]] = [[] for _ in range(skipped)]
        for cell in _children(row, f"{_W}tc"):
            inner = _Walker(self.numbering, self.flow.inner())
            inner.walk(cell)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            continued = merge is not None and merge.get(f"{_W}val") != "restart"
            cells.append([] if continued else inner.flow.blocks)
            span = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            cells += [[] for _ in range(min(span, WIDEST_SPAN) - 1)]
        return Row.of(cells)


def _collect(element: Element, text: _Text) -> None:
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            text.add(child.text or "")
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            text.add("\t")
        elif tag in (f"{_W}br", f"{_W}cr"):
            text.add("\n" if child.get(f"{_W}type") in (None, "textWrapping") else "")
        elif tag == f"{_W}noBreakHyphen":
            text.add("-")
        elif tag == f"{_W}sym":
            text.add(_symbol(child))
        elif tag == f"{_W}lastRenderedPageBreak":
            text.pieces.append("")
        elif tag == f"{_W}txbxContent":
            text.boxes.append(child)
        elif tag not in _SKIPPED and not _is_hidden(child):
            _collect(child, text)


def _symbol(element: Element) -> str:
    code = element.get(f"{_W}char", "")
    return bullet_sign(chr(int(code, 16))) if len(code) == 4 and code.isalnum() else ""


def _is_hidden(element: Element) -> bool:
    hidden = element.find(f"{_W}rPr/{_W}vanish") if element.tag == f"{_W}r" else None
    return hidden is not None and hidden.get(f"{_W}val") not in ("0", "false")


def _children(element: Element, wanted: str) -> Iterator[Element]:
    """Children of one kind, those in wrappers included."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, wanted)


def _number(element: Element | None, default: int) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return int(value) if value.isdigit() else default
