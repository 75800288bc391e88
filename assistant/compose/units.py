"""A passage cut into the smallest things worth quoting: a field's item, a sentence, a table row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.index.reader import Index
from corpus.records import Passage, Span, Value
from corpus.text import squeeze, without_marks

_BULLET = re.compile(r"^\s*(?:[-–—•▪→➢»✓❖*+>·o]|v['’\"]?|\(?\d{1,2}[.)°]|[a-z]\))\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀÂÉÈÊÎÔÙÇ«\"(\d])")
_ABBREVIATION = re.compile(r"(?:\b(?:M|Mme|MM|Mr|art|Art|L|R|D|n|N|ex|Ex|cf|Cf|etc|p|St|Ste|av|bd|tél|al)|\b[A-Z])\.$")
_LONGEST_SENTENCE_JOIN = 30
_LONG_VALUE = 240
"""Characters from which the value of a field is quoted sentence by sentence."""


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


def split_units(index: Index, passage: Passage) -> tuple[Unit, ...]:
    """The units of a passage, in reading order."""
    units = _raw_units(index, passage)
    source = index.repaired(passage.document)
    if not source.changes(passage.start, passage.end):
        return units
    return tuple(replace(unit, repaired=source.laid_over(unit.text, unit.spans)) for unit in units)


def _raw_units(index: Index, passage: Passage) -> tuple[Unit, ...]:
    if passage.fiche and (units := tuple(_field_units(index, passage))):
        return units
    if len(passage.spans) > 1:
        return (Unit(squeeze(without_marks(passage.text)), passage.spans, passage),)
    return tuple(_text_units(index.raw_text(passage.document), passage))


def _field_units(index: Index, passage: Passage) -> Iterator[Unit]:
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


def _value_pieces(raw: str, value: Value) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """A value whole, or sentence by sentence where it is a paragraph."""
    pieces = value.pieces()
    if len(pieces) == 1 and len(value.text) > _LONG_VALUE:
        for start, end in _sentences(raw, pieces[0].start, pieces[0].end):
            text = squeeze(without_marks(raw[start:end]))
            if text:
                yield text, (Span(start=start, end=end),)
        return
    yield squeeze(without_marks(value.text)), pieces


def _text_units(raw: str, passage: Passage) -> Iterator[Unit]:
    ordinal = 0
    lead: Unit | None = None
    for start, end, bulleted in _blocks(raw, passage.start, passage.end):
        for first, last in _sentences(raw, start, end):
            unit = _unit(raw, first, last, passage, lead if bulleted else None, ordinal)
            if unit is None:
                continue
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
