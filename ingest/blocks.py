"""Blocks: what a passage never cuts without need, a paragraph, a list with its introduction, a field of a fiche."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.records import Section
from ingest.fiches.fields import FieldBlock
from ingest.fiches.reading import ReadFiche
from ingest.lines import clean, has_word, is_finished
from ingest.units import Unit

_LONGEST_TITLE = 150
_LONGEST_INLINE = 160
_SENTENCE_END = re.compile(r"(?<=[.;!?…])[\s*»)]*\s+(?=[A-ZÀ-ÝŒ«\"“(])")


@dataclass(frozen=True, slots=True)
class Block:
    """Some units that belong together."""

    units: tuple[Unit, ...]
    section: Section
    lines: tuple[str, ...]
    """Its text as a passage shows it."""
    field: str = ""
    """Key of the field of a fiche that it is; empty elsewhere."""
    label: str = ""
    """Label of that field, in the document's words."""
    leads: bool = False
    """True where it only introduces what follows (a heading, "…se décline ainsi :")."""

    @property
    def start(self) -> int:
        return min(unit.start for unit in self.units)

    @property
    def end(self) -> int:
        return max(unit.end for unit in self.units)

    @property
    def size(self) -> int:
        """Characters of its text."""
        return sum(len(line) + 1 for line in self.lines)


def text_blocks(units: Sequence[Unit], section: Section) -> list[Block]:
    """The blocks of a part of running text: a paragraph, or a list with the line that introduces it."""
    groups: list[list[Unit]] = []
    units = _worded(units)
    for position, unit in enumerate(units):
        before = units[position - 1] if position else None
        if before is not None and groups and _belongs(before, unit):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    blocks: list[Block] = []
    for position, group in enumerate(groups):
        heads = group[0].start <= section.start and section.kind not in ("document", "tableau")
        leads = _leads(group, position, len(groups)) or (heads and len(group) == 1 and not group[0].text.endswith("."))
        leads = leads or (bool(blocks) and blocks[-1].leads and not any(has_word(unit.text) for unit in group))
        blocks.append(Block(tuple(group), section, tuple(unit.shown for unit in group), leads=leads))
    return blocks


def fiche_blocks(text: str, parts: ReadFiche, section: Section) -> list[Block]:
    """The blocks of a fiche in document order: its head, its title, each of its fields with its label."""
    head = (*parts.header, *parts.heading)
    blocks = [Block(head, section, tuple(unit.shown for unit in head), leads=True)] if head else []
    for field in parts.blocks:
        block = _field_block(text, field, section)
        if block is not None:
            blocks.append(block)
    if parts.title_unit is not None:
        blocks.append(Block((parts.title_unit,), section, (parts.title_unit.text,)))
    return sorted(blocks, key=lambda block: block.start)


def split_block(text: str, block: Block, largest: int) -> list[Block]:
    """A block cut where its items or sentences end, into pieces of at most `largest` characters where they allow it."""
    if block.size <= largest:
        return [block]
    pieces: list[list[Unit]] = [[]]
    room = largest
    for unit in (part for whole in block.units for part in _split_unit(text, whole, largest)):
        if (
            pieces[-1]
            and len(unit.shown) + 1 > room
            and not (len(pieces[-1]) == 1 and pieces[-1][0].text.endswith(":"))
        ):
            pieces.append([])
            room = largest
        pieces[-1].append(unit)
        room -= len(unit.shown) + 1
    return [
        replace(
            block,
            units=tuple(piece),
            lines=tuple(unit.shown for unit in piece),
            leads=block.leads and position == len(pieces) - 1,
        )
        for position, piece in enumerate(pieces)
    ]


def _worded(units: Sequence[Unit]) -> list[Unit]:
    """The units that say something: a bullet without an item is left out of what is shown."""
    return [unit for unit in units if any(char.isalnum() for char in unit.text)]


def _belongs(before: Unit, unit: Unit) -> bool:
    """True where a unit may not be parted from the one before."""
    if unit.held or before.text.endswith(":"):
        return True
    return bool(before.bullet) and bool(unit.bullet)


def _leads(group: Sequence[Unit], position: int, count: int) -> bool:
    only = group[0]
    if len(group) > 1 or len(only.text) > _LONGEST_TITLE:
        return False
    return only.text.endswith(":") or (position < count - 1 and not is_finished(only.text))


def _field_block(text: str, field: FieldBlock, section: Section) -> Block | None:
    """A field as a block: "Label : value" where the value is short, else the label and one line per item."""
    label = field.label
    units = _worded(field.units)
    if not label:
        return Block(tuple(units), section, tuple(unit.shown for unit in units)) if units else None
    end = field.start + len(text[field.start : field.label_end].rstrip())
    place = Unit(field.start, end, label, "", blanks=0, depth=0)
    values = [unit.shown for unit in units]
    single = len(units) == 1 and not units[0].bullet and len(values[0]) <= _LONGEST_INLINE
    if single:
        joint = " " if label.endswith(":") else " : "
        lines: tuple[str, ...] = (f"{label}{joint}{values[0]}",)
    else:
        lines = (label, *values)
    return Block((place, *units), section, lines, field.key, label.rstrip(" :"), leads=not units)


def _split_unit(text: str, unit: Unit, largest: int) -> Iterable[Unit]:
    """A unit longer than `largest` cut at the ends of its sentences, else at the ends of its lines."""
    if len(unit.shown) <= largest:
        return [unit]
    raw = text[unit.start : unit.end]
    cuts = [match.end() for match in _SENTENCE_END.finditer(raw)]
    if max(b - a for a, b in pairwise([0, *cuts, len(raw)])) > largest:
        cuts = sorted({*cuts, *(match.end() for match in re.finditer(r"\n", raw))})
    if max(b - a for a, b in pairwise([0, *cuts, len(raw)])) > 2 * largest:
        cuts = sorted({*cuts, *(match.end() for match in re.finditer(r"\s+", raw))})
    bounds = [0]
    for position, cut in enumerate(cuts):
        following = cuts[position + 1] if position + 1 < len(cuts) else len(raw)
        if following - bounds[-1] > largest * 0.75 and cut > bounds[-1]:
            bounds.append(cut)
    bounds.append(len(raw))
    parts = []
    for first, last in pairwise(bounds):
        piece = raw[first:last]
        start = unit.start + first + len(piece) - len(piece.lstrip())
        words = clean(piece)
        if words:
            body = words.removeprefix(unit.bullet.strip()).strip() if first == 0 and unit.bullet else words
            bullet = unit.bullet if first == 0 else ""
            parts.append(
                replace(unit, start=start, end=unit.start + first + len(piece.rstrip()), text=body, bullet=bullet)
            )
    return parts
