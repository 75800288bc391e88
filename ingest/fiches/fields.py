"""The fields of one fiche-action: each item of each field as a Value with its exact place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records.structure import FIELD_KEYS, Value
from ingest.fiches.labels import GROUP, REFERENCE, TITLE, Label, field_vocabulary, find_labels
from ingest.lines import Line, clean, has_word, tight_span
from ingest.units import Unit, read_units

_LONGEST_ENTRY = 90
"""An enumeration on one line is split at its semicolons where every entry is at most this long."""
_LONGEST_SHORT_VALUE = 100
_ITEM_OF_CELL = re.compile(r"\s+(?=•\s+\S)")
"""Between two items of a list that a cell holds: the readers write a cell on one line."""


@dataclass(frozen=True, slots=True)
class FieldBlock:
    """A label with what stands under it, up to the next label."""

    key: str
    """Key of FIELD_KEYS, or "reference", "titre", "chapeau"; empty for what stands before the first label."""
    start: int
    """First character of the label."""
    end: int
    """Character after the last one of the field."""
    label_end: int
    """Where the label ends and its value begins."""
    units: tuple[Unit, ...]
    """The values, as units."""
    label: str
    """The label as the document writes it."""


def read_blocks(text: str, lines: Sequence[Line], width: int) -> list[FieldBlock]:
    """The fields of a fiche in document order, `lines` being the fiche's own, its heading included."""
    labels = find_labels(lines)
    blocks: list[FieldBlock] = []
    first = labels[0].first if labels else len(lines)
    if first:
        blocks.append(_block(text, "", lines[0].start, lines[0].start, list(lines[:first]), width))
    for position, label in enumerate(labels):
        stop = labels[position + 1].first if position + 1 < len(labels) else len(lines)
        value = _inline_lines(text, label) + list(lines[label.last + 1 : max(stop, label.last + 1)])
        blocks.append(_block(text, label.key, label.start, label.value_start, value, width))
    return blocks


def field_values(text: str, blocks: Sequence[FieldBlock]) -> dict[str, tuple[Value, ...]]:
    """The values of the fields of a fiche, keys in the order of FIELD_KEYS; a field without words is left out."""
    found: dict[str, list[Value]] = {}
    for block in blocks:
        if block.key not in FIELD_KEYS:
            continue
        values = block_values(text, block)
        if values:
            found.setdefault(block.key, []).extend(values)
    return {key: tuple(found[key]) for key in FIELD_KEYS if key in found}


def block_values(text: str, block: FieldBlock) -> list[Value]:
    """The values of one field, one per item."""
    splits = field_vocabulary().champs[block.key].liste if block.key in FIELD_KEYS else False
    values: list[Value] = []
    for unit in block.units:
        for start, end in _entries(text, unit) if splits else [(unit.start, unit.end)]:
            value = value_at(text, start, end)
            if value is not None and _says_something(value.text, short=bool(unit.bullet)):
                values.append(value)
    return values


def value_at(text: str, start: int, end: int) -> Value | None:
    """The words of text[start:end] with their place; None where no word stands there."""
    span = tight_span(text, start, end)
    words = clean(text[span.start : span.end])
    if not any(char.isalnum() for char in words):
        return None
    return Value(text=words, start=span.start, end=span.end)


def loose_title(blocks: Sequence[FieldBlock]) -> Unit | None:
    """The title of a fiche whose template gives it no label.

    It stands among the short fields of the head, under one that already has its value: the last paragraph of the first
    such field that holds one paragraph too many.
    """
    vocabulary = field_vocabulary().champs
    for block in blocks:
        short = block.key == REFERENCE or (block.key in vocabulary and vocabulary[block.key].court)
        if not short and block.key not in (GROUP, ""):
            return None
        paragraphs = [unit for unit in block.units if has_word(unit.text) or unit.text[:1].isalnum()]
        if any(unit.bullet for unit in paragraphs):
            continue
        if short and len(paragraphs) >= 2 and len(paragraphs[0].text) <= _LONGEST_SHORT_VALUE:
            return paragraphs[-1]
    return None


def without_unit(blocks: Sequence[FieldBlock], unit: Unit) -> list[FieldBlock]:
    """The blocks without a unit that turned out to be the title."""
    return [
        FieldBlock(
            block.key,
            block.start,
            block.end,
            block.label_end,
            tuple(u for u in block.units if u is not unit),
            block.label,
        )
        for block in blocks
    ]


def titled_block(blocks: Sequence[FieldBlock]) -> FieldBlock | None:
    """The field that the template labels as the title."""
    return next((block for block in blocks if block.key == TITLE and block.units), None)


def _block(text: str, key: str, start: int, label_end: int, lines: Sequence[Line], width: int) -> FieldBlock:
    units = tuple(read_units(lines, width, loses_bullets=True))
    end = max([unit.end for unit in units] + [label_end])
    return FieldBlock(key, start, end, label_end, units, clean(text[start:label_end]))


def _inline_lines(text: str, label: Label) -> list[Line]:
    raw = text[label.value_start : label.value_end]
    body = raw.strip()
    if not body:
        return []
    first = label.value_start + len(raw) - len(raw.lstrip())
    starts = [first, *(first + match.end() for match in _ITEM_OF_CELL.finditer(body))]
    ends = [*(first + match.start() for match in _ITEM_OF_CELL.finditer(body)), first + len(body)]
    return [Line(start, end, text[start:end].replace("\t", " "), 0, 0) for start, end in zip(starts, ends, strict=True)]


def _entries(text: str, unit: Unit) -> list[tuple[int, int]]:
    """The entries of an enumeration written on one line; the unit itself where it is none."""
    whole = [(unit.start, unit.end)]
    if unit.bullet or ";" not in unit.text:
        return whole
    entries: list[tuple[int, int]] = []
    depth, start = 0, unit.start
    for at in range(unit.start, unit.end):
        char = text[at]
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == ";" and depth <= 0:
            entries.append((start, at))
            start = at + 1
    entries.append((start, unit.end))
    kept = [(first, last) for first, last in entries if text[first:last].strip()]
    return kept if all(last - first <= _LONGEST_ENTRY for first, last in kept) else whole


def _says_something(text: str, *, short: bool) -> bool:
    """False for what OCR leaves of lost bullets: "LR", "AN NN N", "~— ~", a list number alone. An item that kept its
    bullet may be `short` ("CC")."""
    if has_word(text) or re.search(r"[A-ZÀ-Ý]{3,}|\d{3,}|\d\s*[€%]|\d{1,2}/\d", text):
        return True
    return short and re.search(r"\w{2,}", text) is not None
