"""ODT: paragraphs, lists and tables in body order, through odfdo."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.readers.blocks import Block, bullet_sign
from ingest.readers.flow import WIDEST_SPAN, Flow, Row, flow_result
from ingest.readers.limits import ReadLimits
from ingest.readers.numerals import letters_of, roman
from ingest.readers.package import check_package
from ingest.readers.refusal import refused

if TYPE_CHECKING:
    from odfdo import Document, Element

_PAGE_BREAK = "text:soft-page-break"
_BREAK_MARK = "\f"
_SKIPPED_NAMES = """
    text:tracked-changes office:annotation text:sequence-decls text:variable-decls office:forms text:ruby-text
    text:note svg:title svg:desc text:index-title-template
"""
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_ROW_GROUPS = frozenset(["table:table-header-rows", "table:table-rows", "table:table-row-group"])
_CELLS = frozenset(["table:table-cell", "table:covered-table-cell"])


def read_odt(path: Path, limits: ReadLimits) -> dict[str, Any]:
    """{"text": raw text, "pages": page spans}; pages only where the file has marks of the pages it last showed.

    Raises DocumentUnreadable for a file that is damaged, protected or too large once unpacked.
    """
    from lxml.etree import XMLSyntaxError
    from odfdo import Document

    check_package(path, limits)
    try:
        document = Document(str(path))
        body = document.body
    except (ValueError, KeyError, FileNotFoundError, XMLSyntaxError) as error:
        raise refused(path, "est endommagé", "ouvrez-le dans LibreOffice et enregistrez-le de nouveau.") from error
    walker = _Walker(_list_styles(document), Flow())
    if body.get_element(f"descendant::{_PAGE_BREAK}") is not None:
        walker.flow.start_pages()
    walker.walk(body)
    return flow_result(path, walker.flow.blocks, limits)


@dataclass(frozen=True)
class _ListLevel:
    """What a list style shows before items of one depth: a bullet, or a number between two texts."""

    bullet: str
    prefix: str = ""
    suffix: str = ""
    form: str = ""
    start: int = 1


@dataclass
class _Lists:
    """List styles by name and depth, and the numbers of headings by depth."""

    styles: dict[str, dict[int, _ListLevel]] = field(default_factory=dict)
    outline: dict[int, _ListLevel] = field(default_factory=dict)
    heading_counts: list[int] = field(default_factory=lambda: [0] * 10)

    def heading_label(self, depth: int) -> str:
        """Number that is shown before the next heading of this depth; empty where headings have none."""
        level = self.outline.get(depth)
        if level is None or not level.form:
            return ""
        self.heading_counts[depth - 1] += 1
        self.heading_counts[depth:] = [0] * (10 - depth)
        return f"{level.prefix}{_written(self.heading_counts[depth - 1], level.form)}{level.suffix}".strip()


def _list_styles(document: "Document") -> _Lists:
    lists = _Lists()
    for part in (document.styles, document.content):
        for style in part.root.get_elements("descendant::text:list-style"):
            lists.styles[style.get_attribute_string("style:name") or ""] = _levels(style)
        for outline in part.root.get_elements("descendant::text:outline-style"):
            lists.outline |= _levels(outline)
    return lists


def _levels(style: "Element") -> dict[int, _ListLevel]:
    levels = {}
    for level in style.children:
        depth = _number(level, "text:level", 1)
        if level.tag == "text:list-level-style-bullet":
            levels[depth] = _ListLevel(bullet_sign(level.get_attribute_string("text:bullet-char") or "•"))
        elif level.tag in ("text:list-level-style-number", "text:outline-level-style"):
            levels[depth] = _ListLevel(
                bullet="",
                prefix=level.get_attribute_string("style:num-prefix") or "",
                suffix=level.get_attribute_string("style:num-suffix") or "",
                form=level.get_attribute_string("style:num-format") or "",
                start=_number(level, "text:start-value", 1),
            )
    return levels


@dataclass
class _Walker:
    lists: _Lists
    flow: Flow
    list_name: str = ""
    depth: int = 0
    sign: str = ""
    """Sign of the item that begins; used up by its first paragraph."""

    def walk(self, parent: "Element") -> None:
        """Blocks of the children, in order; sections and indexes are looked through."""
        for child in parent.children:
            tag = child.tag
            if tag in ("text:p", "text:h"):
                self._paragraph(child)
            elif tag == "text:list":
                self._list(child)
            elif tag == "table:table":
                self.flow.add_table(self._rows(child))
            elif tag == _PAGE_BREAK:
                self.flow.turn_pages()
            elif tag not in _SKIPPED:
                self.walk(child)

    def _paragraph(self, element: "Element") -> None:
        text: list[str] = []
        boxes: list[Element] = []
        _collect(element, text, boxes)
        pieces = "".join(text).split(_BREAK_MARK)
        label = ""
        if element.tag == "text:h" and "".join(pieces).strip():
            label = self.lists.heading_label(min(_number(element, "text:outline-level", 1), 10))
        if "".join(pieces).strip():
            self.flow.add_paragraph(pieces, self.sign, max(0, self.depth - 1), label)
            self.sign = ""
        else:
            self.flow.turn_pages(len(pieces) - 1)
        for box in boxes:
            self.walk(box)

    def _list(self, element: "Element") -> None:
        outer = (self.list_name, self.depth, self.sign)
        self.list_name = element.get_attribute_string("text:style-name") or self.list_name
        self.depth += 1
        level = self.lists.styles.get(self.list_name, {}).get(self.depth, _ListLevel("•"))
        count = level.start - 1
        for item in element.children:
            if item.tag == "text:list-item":
                count = _number(item, "text:start-value", count + 1)
                numbered = f"{level.prefix}{_written(count, level.form)}{level.suffix}".strip()
                self.sign = level.bullet or (numbered if level.form else "")
            self.walk(item)
        self.list_name, self.depth, self.sign = outer

    def _rows(self, element: "Element") -> list[Row]:
        rows: list[Row] = []
        breaks = 0
        for child in element.children:
            if child.tag == "table:table-row":
                rows.append(Row.of(self._cells(child), breaks))
                breaks = 0
            elif child.tag in _ROW_GROUPS:
                rows += self._rows(child)
            elif child.tag == _PAGE_BREAK:
                breaks += 1
        return rows

    def _cells(self, row: "Element") -> list[list[Block]]:
        cells: list[list[Block]] = []
        for cell in row.children:
            if cell.tag in _CELLS:
                inner = _Walker(self.lists, self.flow.inner())
                inner.walk(cell)
                repeated = min(_number(cell, "table:number-columns-repeated", 1), WIDEST_SPAN)
                cells += [inner.flow.blocks, *([] for _ in range(repeated - 1))]
        return cells


def _collect(element: "Element", text: list[str], boxes: list["Element"]) -> None:
    text.append(element.text or "")
    for child in element.children:
        tag = child.tag
        if tag == "text:s":
            text.append(" " * min(_number(child, "text:c", 1), 100))
        elif tag == "text:tab":
            text.append("\t")
        elif tag == "text:line-break":
            text.append("\n")
        elif tag == _PAGE_BREAK:
            text.append(_BREAK_MARK)
        elif tag in ("draw:frame", "draw:custom-shape"):
            boxes.append(child)
        elif tag not in _SKIPPED:
            _collect(child, text, boxes)
        text.append(child.tail or "")


def _written(value: int, form: str) -> str:
    if form in ("a", "A"):
        return letters_of(value) if form == "a" else letters_of(value).upper()
    if form in ("i", "I"):
        return roman(value) if form == "I" else roman(value).lower()
    return str(value)


def _number(element: "Element", name: str, default: int) -> int:
    value = element.get_attribute_string(name) or ""
    return int(value) if value.isdigit() and len(value) < 7 else default
