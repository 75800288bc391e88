"""One fiche-action read into its parts: header, title, fields. Records and passages are both made from these."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.records.structure import Value
from ingest.fiches.fields import (
    FieldBlock,
    block_values,
    loose_title,
    read_blocks,
    titled_block,
    value_at,
    without_unit,
)
from ingest.fiches.labels import REFERENCE, find_labels
from ingest.fiches.starts import FicheStart, find_fiche_starts
from ingest.lines import Line, split_lines
from ingest.units import Unit, read_units


@dataclass(frozen=True, slots=True)
class ReadFiche:
    """A fiche as its template lays it out."""

    start: FicheStart
    above: tuple[Line, ...]
    """The lines that stand above its heading."""
    header: tuple[Unit, ...]
    """Headings that stand right above it (axis, objective, thematic block)."""
    heading: tuple[Unit, ...]
    """Its own heading; empty where the template opens with a labelled reference."""
    title: Value
    blocks: tuple[FieldBlock, ...]
    """Its fields in document order; a block without key is what stands under the heading before the first label."""
    title_unit: Unit | None
    """The title where the template puts it among the fields without a label."""


@lru_cache(maxsize=2048)
def read_fiche(text: str, start: int, end: int, width: int) -> ReadFiche | None:
    """The fiche that stands in text[start:end]; None where no fiche begins there.

    `width` is the width to which the document is wrapped, 0 where it is not. The outline, the records and the passages
    all ask for the same fiches: the answer is kept.
    """
    lines = split_lines(text, start, end)
    starts = find_fiche_starts(lines)
    if not starts:
        return None
    first = starts[0]
    labelled = not first.title and not _has_heading(lines, first)
    body = lines[first.first :] if labelled else lines[first.last + 1 :]
    blocks = read_blocks(text, body, width)
    heading = () if labelled else tuple(read_units(lines[first.first : first.last + 1], width))
    loose = None
    title = value_at(text, first.title_start, first.title_end) if first.title else None
    if title is None:
        title, loose = _title_among(text, blocks)
    if title is None:
        anchor = lines[first.first]
        title = value_at(text, anchor.start, anchor.end) or Value(text=anchor.words, start=anchor.start, end=anchor.end)
    return ReadFiche(
        start=first,
        above=tuple(lines[: first.first]),
        header=tuple(read_units(lines[: first.first], width)),
        heading=heading,
        title=title,
        blocks=tuple(without_unit(blocks, loose) if loose else blocks),
        title_unit=loose,
    )


def _has_heading(lines: Sequence[Line], start: FicheStart) -> bool:
    """True for "FICHE ACTION N° 3" without a title, False for "Réf de la fiche action :"."""
    return not any(label.key == REFERENCE for label in find_labels(lines[start.first : start.first + 1]))


def _title_among(text: str, blocks: Sequence[FieldBlock]) -> tuple[Value | None, Unit | None]:
    titled = titled_block(blocks)
    if titled is not None:
        values = block_values(text, titled)
        if values:
            return values[0], None
    loose = loose_title(blocks)
    if loose is None:
        return None, None
    return value_at(text, loose.start, loose.end), loose
