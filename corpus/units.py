"""A passage cut into the smallest things worth quoting: a field's item, a sentence, a table row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from corpus.records import Equipment, FicheAction, Passage, Span, Value
from corpus.repairs import RepairedText
from corpus.text import letters, squeeze, without_marks

_BULLET = re.compile(r"^\s*(?:[-–—•▪→➢»✓❖*+>·o]|v['’\"]?|\(?\d{1,2}[.)°]|[a-z]\))\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀÂÉÈÊÎÔÙÇ«\"(\d])")
_ABBREVIATION = re.compile(r"(?:\b(?:M|Mme|MM|Mr|art|Art|L|R|D|n|N|ex|Ex|cf|Cf|etc|p|St|Ste|av|bd|tél|al)|\b[A-Z])\.$")
_LONGEST_SENTENCE_JOIN = 30
_LONG_VALUE = 240
"""Characters from which the value of a field is quoted sentence by sentence."""
_LONGEST = 300
"""Characters from which a unit is cut where its text pauses: a table read as one line, a sentence of an article."""
_LEAST_CUT = 110
"""Characters that a piece cut out of a unit has at least."""
_PAUSE = re.compile(r"(?<=[;:|])(?:\*\*)?\s+|\s+(?=[-–—•➢✓|]\s)|\s+(?=\d\)\s)")
_LINE_END = re.compile(r"\n\s*")


@dataclass(frozen=True)
class Unit:
    """One quotable thing."""

    text: str
    """The document's words, white space folded, marks of the extraction dropped."""
    spans: tuple[Span, ...]
    passage: Passage
    key: str | None = None
    """Field of the fiche it belongs to; None outside fiches."""
    lead: "Unit | None" = None
    """The line that introduces the list it is an item of ("Cette instance :")."""
    ordinal: int = 0
    label: str | None = None
    """What kind of thing a row of a list of structures is ("EAJE"), where its words do not tell."""
    continued: bool = False
    """True for what follows the first sentence of an item of a list."""
    repaired: str | None = None
    """The words as people read them, where the source is a recognised text with repairs."""

    @property
    def reading(self) -> str:
        """What a person is shown: the repaired words where there are any."""
        return self.repaired or self.text

    @property
    def start(self) -> int:
        return min(span.start for span in self.spans)

    @property
    def end(self) -> int:
        return max(span.end for span in self.spans)


class UnitSource(Protocol):
    """What units are made from: an index, or a document that was just understood."""

    def raw_text(self, document: str) -> str:
        """The text that every span of a document points into."""

    def repaired(self, document: str) -> RepairedText:
        """The same with its sure repairs."""

    def fiche(self, fiche: str) -> FicheAction:
        """A fiche by its id."""

    def equipment(self, document: str | None = None) -> tuple[Equipment, ...]:
        """Rows of the lists of structures of a document."""


def opens_with_item(index: UnitSource, passage: Passage) -> bool:
    """True where a passage begins with an item: the list began in the one before."""
    return bool(_BULLET.match(index.raw_text(passage.document)[passage.start : passage.end]))


def split_units(index: UnitSource, passage: Passage) -> tuple[Unit, ...]:
    """The units of a passage, in reading order."""
    units = _raw_units(index, passage)
    source = index.repaired(passage.document)
    if not source.changes(passage.start, passage.end):
        return units
    return tuple(replace(unit, repaired=squeeze(source.laid_over(unit.text, unit.spans))) for unit in units)


def _raw_units(index: UnitSource, passage: Passage) -> tuple[Unit, ...]:
    if passage.fiche and (units := tuple(_field_units(index, passage))):
        return units
    if passage.kind == "equipement" and (units := tuple(_equipment_units(index, passage))):
        return units
    raw = index.raw_text(passage.document)
    if len(passage.spans) > 1:
        return tuple(_piecewise_units(raw, passage))
    return tuple(_text_units(raw, passage))


def _field_units(index: UnitSource, passage: Passage) -> Iterator[Unit]:
    fiche = index.fiche(passage.fiche or "")
    found = []
    for key, values in fiche.fields.items():
        for value in values:
            if passage.start <= value.start and value.end <= passage.end:
                found.append((value.start, key, value))
    title = fiche.title_value
    if passage.start <= title.start and title.end <= passage.end:
        found.append((title.start, "titre", title))
    raw = index.raw_text(passage.document)
    ordinal = 0
    for _, key, value in sorted(found, key=lambda item: item[0]):
        for text, spans in _value_pieces(raw, value):
            yield Unit(text, spans, passage, key, None, ordinal)
            ordinal += 1


def _equipment_units(index: UnitSource, passage: Passage) -> Iterator[Unit]:
    rows = [
        row
        for row in index.equipment(passage.document)
        if any(span.start <= row.start and row.end <= span.end for span in passage.spans)
    ]
    for ordinal, row in enumerate(sorted(rows, key=lambda row: row.start)):
        yield equipment_unit(index, row, passage, ordinal)


def equipment_unit(index: UnitSource, row: Equipment, passage: Passage, ordinal: int = 0) -> Unit:
    """A row of a list of structures, with its type where the row itself does not repeat it."""
    text = squeeze(without_marks(index.raw_text(row.document)[row.start : row.end]))
    told = not row.type or letters(row.type) in letters(text)
    return Unit(text, (Span(start=row.start, end=row.end),), passage, None, None, ordinal, None if told else row.type)


def _value_pieces(raw: str, value: Value) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """A value whole, or sentence by sentence where it is a paragraph."""
    pieces = value.pieces()
    if len(pieces) == 1 and len(value.text) > _LONG_VALUE:
        for first, last in _sentences(raw, pieces[0].start, pieces[0].end):
            for start, end in _cut(raw, first, last):
                text = squeeze(without_marks(raw[start:end]))
                if text:
                    yield text, (Span(start=start, end=end),)
        return
    yield squeeze(without_marks(value.text)), pieces


def _piecewise_units(raw: str, passage: Passage) -> Iterator[Unit]:
    """A table row or a slide, whose text stands in several places: whole where it is short, else some cells at a time.

    The first unit, which says what the row or the slide is about, introduces the others.
    """
    cells = [cell for span in passage.spans for cell in _cut(raw, span.start, span.end)]
    whole = len(squeeze(without_marks(passage.text))) <= _LONGEST
    lead: Unit | None = None
    ordinal = 0
    for group in [cells] if whole else _groups(cells):
        text = squeeze(without_marks(" ".join(raw[start:end] for start, end in group)))
        if not re.search(r"\w", text):
            continue
        spans = tuple(Span(start=start, end=end) for start, end in group)
        unit = Unit(text, spans, passage, None, lead, ordinal)
        lead = lead or unit
        ordinal += 1
        yield unit


def _groups(cells: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    group: list[tuple[int, int]] = []
    for start, end in cells:
        if group and sum(last - first for first, last in group) + end - start > _LONG_VALUE:
            yield group
            group = []
        group.append((start, end))
    if group:
        yield group


def _cut(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A long stretch cut where it pauses, at the ends of its lines where nothing else parts it; a short one whole."""
    if end - start <= _LONGEST:
        yield start, end
        return
    first = start
    for pause in (_PAUSE, _LINE_END):
        pieces = []
        first = start
        for match in pause.finditer(raw, start, end):
            if match.start() - first >= _LEAST_CUT and end - match.end() >= _LEAST_CUT // 2:
                pieces.append((first, match.start()))
                first = match.end()
        pieces.append((first, end))
        if pause is _LINE_END or max(last - first for first, last in pieces) <= 2 * _LONGEST:
            break
    yield from pieces


def _text_units(raw: str, passage: Passage) -> Iterator[Unit]:
    ordinal = 0
    lead: Unit | None = None
    for start, end, bulleted in _blocks(raw, passage.start, passage.end):
        pieces = [piece for sentence in _sentences(raw, start, end) for piece in _cut(raw, *sentence)]
        opened = False
        for first, last in pieces:
            unit = _unit(raw, first, last, passage, lead if bulleted else None, ordinal)
            if unit is None:
                continue
            unit = replace(unit, continued=bulleted and opened)
            opened = True
            ordinal += 1
            if not bulleted:
                lead = unit if unit.text.endswith((":", "par")) else lead
            yield unit
        if not bulleted and not raw[start:end].rstrip().endswith((":", "par")):
            lead = None


def _unit(raw: str, start: int, end: int, passage: Passage, lead: Unit | None, ordinal: int) -> Unit | None:
    piece = raw[start:end]
    bullet = _BULLET.match(piece)
    first = start + (bullet.end() if bullet else len(piece) - len(piece.lstrip()))
    last = start + len(piece.rstrip())
    text = squeeze(without_marks(raw[first:last]))
    if not re.search(r"\w", text):
        return None
    return Unit(text, (Span(start=first, end=last),), passage, None, lead, ordinal)


def _blocks(raw: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Paragraphs and list items: hard-wrapped lines are joined, a blank line or a bullet begins a new block."""
    block_start: int | None = None
    bulleted = False
    position = start
    for line in raw[start:end].splitlines(keepends=True):
        bullet = bool(_BULLET.match(line))
        if block_start is not None and (not line.strip() or bullet):
            yield block_start, position, bulleted
            block_start = None
        if block_start is None and line.strip():
            block_start, bulleted = position, bullet
        position += len(line)
    if block_start is not None:
        yield block_start, position, bulleted


def _sentences(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _SENTENCE_END.finditer(raw, start, end):
        before = raw[first : match.start()]
        if _ABBREVIATION.search(before) or len(before.strip()) < _LONGEST_SENTENCE_JOIN:
            continue
        yield first, match.start()
        first = match.end()
    if first < end:
        yield first, end
