"""The outline of a document: preamble, articles, annexes, axes, objectives, thematic blocks, fiches, slides, tables.

Headings are found by a vocabulary of the field and by their shape, never by one document's wording.
"""

from collections.abc import Callable, Iterable, Sequence

from corpus.records import DocumentEntry, ReadDocument, Section, Span
from corpus.text import fold, letters
from ingest.fiches.reading import read_fiche
from ingest.headings import RANKS, Heading, heading_end, heading_words, is_capitals, recognise
from ingest.lines import Cover, Line, is_finished, line_width, split_lines
from ingest.outline.nodes import Node, nest, node_of
from ingest.outline.numbered import numbered_headings
from ingest.outline.slides import pasted_slide_nodes, slide_nodes
from ingest.outline.tables import table_nodes, titled_tables
from ingest.outline.zones import Zone, above_axis, fiche_zones, opens_part_after_list

__all__ = ["find_outline"]

_SIGNATORIES = "Parties signataires"
_SIGNATURES = "Signatures"
_FICHES = "Fiches-actions"


def find_outline(entry: DocumentEntry, read: ReadDocument) -> list[Section]:
    """The sections of a document in order, the root (ordinal 0) first; spans cover the sub-sections.

    Titles are the document's words, except where it opens a part without a heading: the parties before the preamble
    ("Parties signataires"), the signatures, and fiches that stand under no heading of their own ("Fiches-actions").
    """
    lines = split_lines(read.text)
    if not lines:
        return nest(entry, read, [])
    tables = titled_tables(lines)
    strong = _strong_headings(lines, tables)
    zones = above_axis(fiche_zones(lines, strong))
    if entry.pages == "diapositives" and read.pages and not zones:
        annexes = [heading for heading in strong if heading.kind == "annexe"]
        return nest(entry, read, slide_nodes(read, annexes))
    held = {at for zone in zones for at in range(zone.first, zone.stop)}
    free = _without_lone_themes([heading for heading in strong if heading.first not in held])
    fresh = _fresh(lines, read)
    slides = _presentations(read, lines, free, zones)
    pasted = _inside(lines, slides)
    parts = _parts_between(lines, free, held | pasted, fresh)
    after = {zone.stop for zone in zones[-1:] if opens_part_after_list(lines, zone.stop)}
    loose = _loose_parts(lines, held | pasted | _taken(free + parts), fresh, after)
    headings = sorted(free + parts + loose, key=lambda heading: heading.first)
    nodes = [_node(heading, lines) for heading in headings if heading.kind != "tableau"]
    nodes += _zone_nodes(read.text, lines, zones)
    nodes += table_nodes(lines, held | _taken(heading for heading in headings if heading.kind != "tableau"), tables)
    nodes += _signatories(lines, headings)
    nodes += _home_of_fiches(lines, zones, headings)
    return nest(entry, read, nodes + slides)


def _node(heading: Heading, lines: Sequence[Line]) -> Node:
    start = lines[heading.first].start
    if heading.rank == RANKS["signatures"] and heading.kind == "partie":
        return Node(start, "partie", heading.rank, "", _SIGNATURES)
    return node_of(heading, start)


def _strong_headings(lines: Sequence[Line], tables: Sequence[Heading]) -> list[Heading]:
    """Headings recognised by their first word, and titles of tables; entries of a table of contents left out."""
    found: list[Heading] = []
    at = 0
    while at < len(lines):
        heading = recognise(lines, at)
        if heading is not None:
            found.append(heading)
        at = heading.last + 1 if heading is not None else at + 1
    return sorted([*_without_contents(lines, found), *tables], key=lambda heading: heading.first)


def _without_contents(lines: Sequence[Line], headings: Sequence[Heading]) -> list[Heading]:
    """The headings without those that a table of contents lists before their real place."""
    kept = []
    contents = False
    latest = {(heading.kind, heading.label): position for position, heading in enumerate(headings)}
    for position, heading in enumerate(headings):
        again = latest[heading.kind, heading.label] > position
        following = headings[position + 1] if position + 1 < len(headings) else None
        empty = following is not None and following.first - heading.last <= 2
        listed = bool(contents) and position > 0 and heading.first - headings[position - 1].last <= 2
        if again and (empty or listed) and heading.kind in ("article", "annexe", "preambule"):
            contents = True
            continue
        contents = False
        kept.append(heading)
    return kept


def _without_lone_themes(headings: Sequence[Heading]) -> list[Heading]:
    """The headings without a thematic block that has no neighbour: where the other blocks lost their heading, it would
    hold what is not its own."""
    kept: list[Heading] = []
    for position, heading in enumerate(headings):
        if heading.kind == "theme":
            near = [other for other in headings[max(0, position - 3) : position + 4] if other is not heading]
            if not any(other.kind == "theme" and other.title != heading.title for other in near):
                continue
        kept.append(heading)
    return kept


def _parts_between(
    lines: Sequence[Line], headings: Sequence[Heading], held: set[int], fresh: Callable[[int], bool]
) -> list[Heading]:
    """Numbered sub-parts before the first strong heading and between one and the next, outside fiches."""
    tops = [heading for heading in headings if heading.rank <= RANKS["partie"]]
    firsts = [0, *(heading.last + 1 for heading in tops)]
    stops = [*(heading.first for heading in tops), len(lines)]
    titles = ["", *(heading.title for heading in tops)]
    found: list[Heading] = []
    for first, bound, title in zip(firsts, stops, titles, strict=True):
        stop = next((at for at in range(first, bound) if at in held), bound)
        inside = numbered_headings(lines, first, stop, fresh)
        objectives = "objectif" in fold(title)
        found.extend(_as_objective(part) if objectives and part.label.endswith(")") else part for part in inside)
    return found


def _as_objective(heading: Heading) -> Heading:
    return Heading("objectif", heading.rank, heading.label, heading.title, heading.first, heading.last, heading.number)


def _loose_parts(
    lines: Sequence[Line], taken: set[int], fresh: Callable[[int], bool], after: set[int]
) -> list[Heading]:
    """Lines that are a heading by themselves: a part's usual name, or capitals that begin with a heading word; and
    those of `after`, which end the fiches."""
    words = heading_words()
    names = {letters(name) for name in words.parties}
    found: list[Heading] = []
    for at, line in enumerate(lines):
        if at in taken or line.in_table or line.bullet() or not fresh(at) or is_finished(line.words):
            continue
        last = heading_end(lines, at)
        alone = last + 1 >= len(lines) or lines[last + 1].blanks > 0 or last + 1 in taken
        text = " ".join(lines[position].words for position in range(at, last + 1))
        folded = fold(text)
        named = letters(text) in names
        shouted = is_capitals(text) and any(folded.startswith(f"{opening} ") for opening in words.capitales)
        if alone and (named or shouted or at in after):
            found.append(Heading("partie", RANKS["partie"] + 5, "", text, at, last, None, line.start, lines[last].end))
    return found


def _zone_nodes(text: str, lines: Sequence[Line], zones: Sequence[Zone]) -> list[Node]:
    """One part per fiche and per new heading above it; all begin where the first of these headings stands."""
    nodes: list[Node] = []
    width = line_width(lines)
    for zone in zones:
        start = lines[zone.first].start
        nodes.extend(node_of(heading, start) for heading in zone.header)
        label = f"{zone.start.word} {zone.start.reference}".strip()
        end = lines[zone.stop].start if zone.stop < len(lines) else len(text)
        fiche = None if zone.start.title else read_fiche(text, start, end, width)
        title = fiche.title.text if fiche is not None else zone.start.title
        nodes.append(Node(start, "fiche", RANKS["fiche"], label, title))
    return nodes


def _signatories(lines: Sequence[Line], headings: Sequence[Heading]) -> list[Node]:
    """The part before the preamble that names who signs."""
    top = next((heading.first for heading in headings if heading.rank <= RANKS["signatures"]), 0)
    openings = {letters(opening) for opening in heading_words().parties_signataires}
    if any(letters(line.words) in openings for line in lines[:top]):
        return [Node(lines[0].start, "partie", RANKS["signatures"], "", _SIGNATORIES)]
    return []


def _home_of_fiches(lines: Sequence[Line], zones: Sequence[Zone], headings: Sequence[Heading]) -> list[Node]:
    """A part for fiches that follow an article or a list of equipment without a heading of their own."""
    if not zones:
        return []
    first = zones[0].first
    above = [heading for heading in headings if heading.first < first and heading.rank <= RANKS["partie"] + 5]
    words = heading_words()
    for heading in reversed(above):
        folded = fold(f"{heading.label} {heading.title}")
        if any(name in folded for name in words.annonces_de_fiches):
            return []
        if heading.rank <= RANKS["signatures"]:
            if heading.kind == "annexe" and not any(name in folded for name in words.listes_d_equipements):
                return []
            break
    return [Node(lines[first].start, "partie", RANKS["fiches"], "", _FICHES)] if above else []


def _presentations(
    read: ReadDocument, lines: Sequence[Line], headings: Sequence[Heading], zones: Sequence[Zone]
) -> list[Node]:
    """The pages of annexes into which a presentation was pasted."""
    tops = [heading for heading in headings if heading.rank <= RANKS["signatures"]]
    nodes: list[Node] = []
    for position, heading in enumerate(tops):
        start = lines[heading.last].end
        end = lines[tops[position + 1].first].start if position + 1 < len(tops) else len(read.text)
        if heading.kind == "annexe" and not any(start <= lines[zone.start.first].start < end for zone in zones):
            nodes.extend(pasted_slide_nodes(read, start, end))
    return nodes


def _inside(lines: Sequence[Line], slides: Sequence[Node]) -> set[int]:
    """Positions of the lines of pasted slides."""
    cover = Cover(Span(start=node.start, end=node.end or node.start) for node in slides)
    return {at for at, line in enumerate(lines) if cover.held(line.start, line.end)}


def _fresh(lines: Sequence[Line], read: ReadDocument) -> Callable[[int], bool]:
    """Tells whether a paragraph or a page begins at a line."""
    pages = {page.start for page in read.pages}

    def fresh(at: int) -> bool:
        return at == 0 or lines[at].blanks > 0 or lines[at].start - lines[at].indent in pages

    return fresh


def _taken(headings: Iterable[Heading]) -> set[int]:
    return {at for heading in headings for at in range(heading.first, heading.last + 1)}
