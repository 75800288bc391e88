"""Where fiches stand: each with the headings right above it, and what ends it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.fiches.labels import find_labels, label_key
from ingest.fiches.starts import FicheStart, filled_labels, find_fiche_starts
from ingest.headings import RANKS, Heading, heading_end, is_capitals, names_a_theme, recognise
from ingest.lines import Line, clean, has_word, is_finished
from ingest.numbering import numbered_part, numbered_title

_LONGEST_THEME = 130
_LONGEST_TITLE = 50
"""Characters of a title that stands alone without any mark of a heading."""
_FIELDS_BEFORE_A_NEW_AXIS = 3
"""Fields a fiche must have shown before a numbered axis in it is taken for a heading, not for a field of its head."""


@dataclass(frozen=True, slots=True)
class Zone:
    """The lines of one fiche."""

    start: FicheStart
    header: tuple[Heading, ...]
    """Headings right above the fiche, in document order."""
    first: int
    """Position of the first line of its header, or of its heading."""
    stop: int
    """Position after its last line."""


def fiche_zones(lines: Sequence[Line], headings: Sequence[Heading]) -> list[Zone]:
    """The fiches of a document with the lines they hold; `headings` are the strong headings of the whole document."""
    starts = find_fiche_starts(lines)
    if not starts:
        return []
    by_last = {heading.last: heading for heading in headings}
    headers: list[tuple[Heading, ...]] = []
    for position, start in enumerate(starts):
        floor = starts[position - 1].last + 1 if position else 0
        headers.append(_header_above(lines, start.first, floor, by_last))
    firsts = [header[0].first if header else start.first for start, header in zip(starts, headers, strict=True)]
    stops = [*firsts[1:], len(lines)]
    zones = [
        Zone(start, header, first, _stop(lines, start, stop, headings))
        for start, header, first, stop in zip(starts, headers, firsts, stops, strict=True)
    ]
    return [*zones[:-1], replace(zones[-1], stop=_closing_part(lines, zones[-1]))]


def opens_part_after_list(lines: Sequence[Line], at: int) -> bool:
    """Whether a short title stands at line `at`, between a list or a table and a sentence: what an author writes to go
    on with something else."""
    if not 0 < at < len(lines) - 1:
        return False
    above, line, below = lines[at - 1], lines[at], lines[at + 1]
    plain = all(not one.in_table and not one.bullet() and one.blanks > 0 for one in (line, below))
    is_title = line.text[:1].isupper() and line.text[-1:].isalpha() and len(line.text) <= _LONGEST_TITLE
    is_sentence = len(below.text) > _LONGEST_TITLE and below.text.endswith(".")
    return plain and is_title and is_sentence and (above.in_table or bool(above.bullet()))


def _closing_part(lines: Sequence[Line], zone: Zone) -> int:
    """Where the last fiche of a document ends: before a part that opens after its last field."""
    labels = find_labels(lines[zone.start.first : zone.stop])
    first = zone.start.first + labels[-1].last + 1 if labels else zone.stop
    return next((at for at in range(first, zone.stop) if opens_part_after_list(lines, at)), zone.stop)


def _header_above(lines: Sequence[Line], at: int, floor: int, by_last: dict[int, Heading]) -> tuple[Heading, ...]:
    """The axis, objective, numbered block and thematic block that stand right above line `at`."""
    found: list[Heading] = []
    above = at - 1
    while above >= floor:
        heading = by_last.get(above)
        if heading is not None and heading.kind not in ("axe", "objectif", "theme"):
            break
        heading = heading or _numbered_block(lines, above, floor) or _theme_block(lines, above, floor)
        if heading is None or heading.first < floor:
            break
        found.append(heading)
        above = heading.first - 1
    return tuple(reversed(found))


def _numbered_block(lines: Sequence[Line], last: int, floor: int) -> Heading | None:
    """A numbered title of a group of fiches ("2) Structurer…") that ends at line `last`."""
    for first in range(last, max(floor, last - 3) - 1, -1):
        number = numbered_part(lines[first])
        if number is not None and number[2] == 1 and heading_end(lines, first) == last:
            words = [numbered_title(lines[first]), *(lines[position].words for position in range(first + 1, last + 1))]
            return Heading(
                "objectif", RANKS["objectif"], f"{number[0]})", clean(" ".join(words)), first, last, number[1],
                lines[first].start, lines[last].end,
            )  # fmt: skip
        if lines[first].blanks > 0:
            break
    return None


def _theme_block(lines: Sequence[Line], last: int, floor: int) -> Heading | None:
    """A thematic block above fiches ("PETITE ENFANCE"): capitals, or a short line that names a theme of the field."""
    first = last
    while (
        first - 1 >= floor
        and lines[first].blanks == 0
        and lines[first].indent == 0
        and is_capitals(lines[first - 1].words)
        and recognise(lines, first - 1) is None
    ):
        first -= 1
    text = clean(" ".join(lines[position].words for position in range(first, last + 1)))
    plain = not lines[first].bullet() and not lines[first].in_table and label_key(text) is None
    if not plain or len(text) > _LONGEST_THEME or is_finished(text):
        return None
    capitals = is_capitals(text) and (names_a_theme(text) or sum(len(word) > 3 for word in text.split()) >= 2)
    short = names_a_theme(text) and len(text.split()) <= 6 and ":" not in text and lines[first].blanks > 0
    if not (capitals or short) or not has_word(text):
        return None
    return Heading("theme", RANKS["theme"], "", text, first, last, None, lines[first].start, lines[last].end)


def _stop(lines: Sequence[Line], start: FicheStart, bound: int, headings: Sequence[Heading]) -> int:
    """Where a fiche ends: at the next strong heading that cannot be a part of it."""
    for heading in headings:
        if not start.last < heading.first < bound:
            continue
        if heading.rank <= RANKS["signatures"] or heading.rank == RANKS["tableau-titre"]:
            return heading.first
        if heading.kind == "axe" and heading.label:
            body = lines[start.first + 1 : heading.first]
            keys = {label.key for label in filled_labels(body, find_labels(body))}
            if len(keys) >= _FIELDS_BEFORE_A_NEW_AXIS:
                return heading.first
    return bound


def above_axis(zones: Sequence[Zone]) -> list[Zone]:
    """The zones, thematic blocks put above the axes where the document writes them so."""
    themes_first = any(
        first.kind == "theme" and second.kind == "axe"
        for zone in zones
        for first, second in zip(zone.header, zone.header[1:], strict=False)
    )
    if not themes_first:
        return list(zones)
    return [
        replace(
            zone,
            header=tuple(
                replace(heading, rank=RANKS["axe"] - 5) if heading.kind == "theme" else heading
                for heading in zone.header
            ),
        )
        for zone in zones
    ]
