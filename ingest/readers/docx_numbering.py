"""Automatic numbers and bullets of a DOCX: Word does not store "Article 3", it stores how to count."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ingest.readers.blocks import bullet_sign
from ingest.readers.numerals import letters_of, roman

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 9
_SHORT_LABEL_LETTERS = 2

Element = Any


@dataclass(frozen=True)
class _Level:
    form: str
    """numFmt: "bullet", "decimal", "upperRoman"…"""
    text: str
    """lvlText: "%1.", "Article %1 :", or the bullet itself."""
    start: int
    indent: int
    """How far its items are set in, in twentieths of a point."""


@dataclass(frozen=True)
class Mark:
    """What Word shows before a paragraph: an item of a list has a bullet or short number, a heading a label."""

    bullet: str = ""
    label: str = ""
    indent: int = 0


@dataclass
class Numbering:
    """Counts the numbered paragraphs of a document in order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    """List (numId) to its levels."""
    families: dict[str, str] = field(default_factory=dict)
    """List to the definition whose counters it shares."""
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Style id to the list and level it brings."""
    headings: frozenset[str] = frozenset()
    """Ids of the styles of headings."""
    counters: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: "Document") -> "Numbering":
        """The lists that a document defines; none where it has no numbering part."""
        numbering = cls()
        numbering._read_styles(document)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return numbering
        definitions = {item.get(f"{_W}abstractNumId"): item for item in root.iter(f"{_W}abstractNum")}
        for item in root.iter(f"{_W}num"):
            identifier = item.get(f"{_W}numId", "")
            reference = item.find(f"{_W}abstractNumId")
            family = reference.get(f"{_W}val", "") if reference is not None else ""
            levels = _levels(definitions.get(family))
            overridden = False
            for override in item.iter(f"{_W}lvlOverride"):
                levels |= _levels(override)
                start = override.find(f"{_W}startOverride")
                depth = _integer(override.get(f"{_W}ilvl"), 0)
                if start is not None and depth in levels:
                    overridden = True
                    levels[depth] = replace(levels[depth], start=_integer(start.get(f"{_W}val"), 1))
            numbering.levels[identifier] = levels
            numbering.families[identifier] = f"list {identifier}" if overridden else family
        return numbering

    def mark(self, paragraph: Element) -> Mark:
        """What stands before a paragraph; numbered paragraphs must come in the order of the document."""
        properties = paragraph.find(f"{_W}pPr")
        style_element = properties.find(f"{_W}pStyle") if properties is not None else None
        style = style_element.get(f"{_W}val", "") if style_element is not None else ""
        identifier, depth = self._list_of(properties, style)
        level = self.levels.get(identifier, {}).get(depth)
        if level is None or level.form == "none":
            return Mark()
        indent = _indent(properties, level.indent)
        if level.form == "bullet":
            return Mark(bullet=bullet_sign(level.text.strip()[:1] or "•"), indent=indent)
        label = self._count(identifier, depth, level)
        if style in self.headings or sum(char.isalpha() for char in label) > _SHORT_LABEL_LETTERS:
            return Mark(label=label)
        return Mark(bullet=label, indent=indent)

    def _list_of(self, properties: Element | None, style: str) -> tuple[str, int]:
        own = properties.find(f"{_W}numPr") if properties is not None else None
        styled, styled_depth = self.styles.get(style, ("", 0))
        if own is None:
            return styled, styled_depth
        identifier, depth = own.find(f"{_W}numId"), own.find(f"{_W}ilvl")
        return (
            identifier.get(f"{_W}val", "") if identifier is not None else styled,
            min(_integer(depth.get(f"{_W}val"), 0) if depth is not None else styled_depth, _DEEPEST - 1),
        )

    def _count(self, identifier: str, depth: int, level: _Level) -> str:
        levels = self.levels[identifier]
        starts = [levels[place].start if place in levels else 1 for place in range(_DEEPEST)]
        counters = self.counters.setdefault(self.families[identifier], [start - 1 for start in starts])
        counters[depth] += 1
        for deeper in range(depth + 1, _DEEPEST):
            counters[deeper] = starts[deeper] - 1
        label = level.text
        for place in range(depth + 1):
            form = levels[place].form if place in levels else "decimal"
            value = max(counters[place], starts[place])
            label = label.replace(f"%{place + 1}", _written(value, form))
        return label.strip()

    def _read_styles(self, document: "Document") -> None:
        headings = set()
        parents: dict[str, str] = {}
        for style in document.styles.element.iter(f"{_W}style"):
            identifier = style.get(f"{_W}styleId", "")
            based = style.find(f"{_W}basedOn")
            parents[identifier] = based.get(f"{_W}val", "") if based is not None else ""
            properties = style.find(f"{_W}pPr")
            if properties is None:
                continue
            if properties.find(f"{_W}outlineLvl") is not None:
                headings.add(identifier)
            number = properties.find(f"{_W}numPr/{_W}numId")
            if number is not None:
                depth = properties.find(f"{_W}numPr/{_W}ilvl")
                level = min(_integer(depth.get(f"{_W}val"), 0) if depth is not None else 0, _DEEPEST - 1)
                self.styles[identifier] = (number.get(f"{_W}val", ""), level)
        for identifier in parents:
            for parent in _ancestors(identifier, parents):
                if parent in headings:
                    headings.add(identifier)
                if parent in self.styles:
                    self.styles.setdefault(identifier, self.styles[parent])
        self.headings = frozenset(headings)


def _ancestors(identifier: str, parents: dict[str, str]) -> list[str]:
    found: list[str] = []
    current = parents.get(identifier, "")
    while current and current not in found:
        found.append(current)
        current = parents.get(current, "")
    return found


def _levels(definition: Element | None) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    if definition is None:
        return levels
    for item in definition.iter(f"{_W}lvl"):
        values = {
            name: child.get(f"{_W}val", "") if (child := item.find(f"{_W}{name}")) is not None else ""
            for name in ("numFmt", "lvlText", "start")
        }
        depth = _integer(item.get(f"{_W}ilvl"), 0)
        levels[depth] = _Level(
            form=values["numFmt"] or "decimal",
            text=values["lvlText"],
            start=_integer(values["start"], 1),
            indent=_indent(item.find(f"{_W}pPr"), 0),
        )
    return levels


def _indent(properties: Element | None, default: int) -> int:
    indent = properties.find(f"{_W}ind") if properties is not None else None
    if indent is None:
        return default
    return _integer(indent.get(f"{_W}left") or indent.get(f"{_W}start"), default)


def _written(value: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        return letters_of(value) if form == "lowerLetter" else letters_of(value).upper()
    if form in ("lowerRoman", "upperRoman"):
        return roman(value) if form == "upperRoman" else roman(value).lower()
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else default
