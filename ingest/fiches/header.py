"""Axis and objective of a fiche that gives them above its heading instead of in a field."""

from collections.abc import Sequence

from corpus.records.structure import Section, Value
from corpus.text import squeeze
from ingest.headings import Heading, heading_end, recognise
from ingest.lines import Line, clean, split_lines
from ingest.numbering import numbered_part

_KEYS = {"axe": "axe", "objectif": "objectif_strategique"}


def header_fields(
    text: str, lines: Sequence[Line], ancestors: Sequence[Section], given: Sequence[str]
) -> dict[str, tuple[Value, ...]]:
    """The axis and the objective of a fiche whose fields do not give them (`given` are the keys they do give).

    `lines` stand right above the fiche; `ancestors` are the sections it stands in, the nearest last: their heading is
    taken where the lines do not repeat it. A numbered block of objectives above the fiches ("2) Structurer…") without
    any axis is their axis.
    """
    found: dict[str, Value] = {}
    for at in range(len(lines)):
        heading = recognise(lines, at)
        if heading is not None and heading.kind in _KEYS:
            found[_KEYS[heading.kind]] = _value(text, lines, heading.first, heading.last)
        elif heading is None and numbered_part(lines[at]) is not None:
            found["axe"] = _value(text, lines, at, heading_end(lines, at))
    for section in ancestors:
        key = _key_of(section, ancestors)
        if key and key not in found:
            opening = split_lines(text, section.start, min(section.end, section.start + 600))
            found[key] = _heading_value(text, opening, section)
    return {key: (value,) for key, value in found.items() if key not in given}


def _key_of(section: Section, ancestors: Sequence[Section]) -> str | None:
    if section.kind == "axe":
        return "axe"
    if section.kind != "objectif":
        return None
    lacks_axis = all(other.kind != "axe" for other in ancestors)
    return "axe" if lacks_axis and section.label.endswith(")") else "objectif_strategique"


def _heading_value(text: str, lines: Sequence[Line], section: Section) -> Value:
    """The heading of a section with its place, found again at its beginning."""
    for at in range(len(lines)):
        heading: Heading | None = recognise(lines, at)
        if heading is not None and heading.kind == section.kind:
            return _value(text, lines, heading.first, heading.last)
        if heading is None and section.label.endswith(")") and numbered_part(lines[at]) is not None:
            return _value(text, lines, at, heading_end(lines, at))
    return Value(text=section.title, start=section.start, end=min(section.end, section.start + len(section.title)))


def _value(text: str, lines: Sequence[Line], first: int, last: int) -> Value:
    start, end = lines[first].start, lines[last].end
    raw = text[start:end]
    lead = len(raw) - len(raw.lstrip("* "))
    tail = len(raw) - len(raw.rstrip("* "))
    return Value(text=squeeze(clean(raw)), start=start + lead, end=end - tail)
