"""Passages: what is searched, quoted and shown. Whole thoughts in the document's own words, each with its place."""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from corpus.records import DocumentEntry, Equipment, FicheAction, Passage, PassageKind, ReadDocument, Section, Span
from ingest.blocks import Block, fiche_blocks, text_blocks
from ingest.fiches.reading import ReadFiche, read_fiche
from ingest.lines import Cover, Line, line_width, split_lines
from ingest.packing import SMALL, Pack, pack_fiche, pack_text
from ingest.pages import page_at
from ingest.units import read_units

_MOSTLY = 0.6
"""Share of a line that table passages must hold for the line to be left to them."""


def cut_passages(
    entry: DocumentEntry,
    read: ReadDocument,
    sections: Sequence[Section],
    fiches: Sequence[FicheAction],
    actions: Sequence[FicheAction],
    equipment: Sequence[Equipment],
) -> list[Passage]:
    """The passages of a document in order; every line that carries words stands in at least one.

    Rows of tables, boxes of slides and equipment come from `ingest.tables`, put back in reading order; what these do
    not hold is cut here: fields of fiches, then paragraphs and lists of the other sections.
    """
    from ingest.tables import covered_spans, table_passages

    rows = table_passages(entry, read, sections, actions, equipment)
    taken = covered_spans(read, sections)
    lines = split_lines(read.text)
    width = line_width(lines)
    by_section = {fiche.section: fiche for fiche in fiches}
    made = list(rows)
    found = _read_fiches(read.text, sections, by_section, width)
    inside = [Span(start=section.start, end=section.end) for section, _ in found]
    above: dict[int, list[Block]] = {}
    for run in _runs(lines, [*inside, *taken], sections):
        blocks = [block for section, part in run for block in text_blocks(read_units(part, width), section)]
        packs = pack_text(read.text, blocks)
        opened = _fiche_below(lines, packs[-1], inside) if packs else None
        if opened is not None and sum(block.size for block in packs[-1]) < SMALL:
            above[opened] = packs.pop()
        made.extend(_passage(entry, read, pack, "texte", None) for pack in packs)
    for section, parts in found:
        head = [replace(block, section=section, leads=True) for block in above.get(section.start, ())]
        packs = pack_fiche(read.text, head + fiche_blocks(read.text, parts, section))
        made.extend(_passage(entry, read, pack, "fiche", by_section[section.id]) for pack in packs)
    return _numbered(entry, sections, made)


def _read_fiches(
    text: str, sections: Sequence[Section], fiches: dict[str, FicheAction], width: int
) -> list[tuple[Section, ReadFiche]]:
    found = []
    for section in sections:
        parts = read_fiche(text, section.start, section.end, width) if section.id in fiches else None
        if parts is not None:
            found.append((section, parts))
    return found


def _fiche_below(lines: Sequence[Line], pack: Pack, fiches: Sequence[Span]) -> int | None:
    """Where the fiche begins that comes right after a pack: a heading left alone above it goes with it."""
    below = bisect_left(lines, max(block.end for block in pack), key=lambda line: line.start)
    following = lines[below].start if below < len(lines) else None
    return next((fiche.start for fiche in fiches if fiche.start == following), None)


def _runs(
    lines: Sequence[Line], taken: Sequence[Span], sections: Sequence[Section]
) -> list[list[tuple[Section, list[Line]]]]:
    """The lines that nothing else holds, in runs without a gap, each run by section."""
    runs: list[list[tuple[Section, list[Line]]]] = []
    open_run = False
    cover = Cover(taken)
    find_section = _section_finder(sections)
    for line in lines:
        if cover.held(line.start, line.end) >= _MOSTLY * (line.end - line.start):
            open_run = False
            continue
        section = find_section(line.start)
        if not open_run:
            runs.append([])
            open_run = True
        if runs[-1] and runs[-1][-1][0].id == section.id:
            runs[-1][-1][1].append(line)
        else:
            runs[-1].append((section, [line]))
    return runs


def _section_finder(sections: Sequence[Section]) -> Callable[[int], Section]:
    """Finds the deepest section that holds a character; `sections` are in document order, the root first."""
    starts = [section.start for section in sections]
    by_id = {section.id: section for section in sections}

    def find(offset: int) -> Section:
        section = sections[max(bisect_right(starts, offset) - 1, 0)]
        while offset >= section.end and section.parent is not None:
            section = by_id[section.parent]
        return section

    return find


def _passage(
    entry: DocumentEntry, read: ReadDocument, pack: Pack, kind: PassageKind, fiche: FicheAction | None
) -> Passage:
    section = _home(pack)
    text = "\n".join(line for block in pack for line in block.lines)
    spans = _spans(pack)
    context = _context(entry, section, pack, fiche)
    fields = tuple(dict.fromkeys(block.field for block in pack if fiche is not None and block.field in fiche.fields))
    return Passage(
        id="",
        document=entry.id,
        section=section.id,
        section_path=section.path,
        kind=kind,
        fiche=fiche.id if fiche is not None else None,
        fields=_with_header(fields, pack, fiche),
        page=page_at(read.pages, spans[0].start),
        text=text,
        spans=spans,
        context=context,
        content_hash=hashlib.sha256(f"{text}\n{context}".encode()).hexdigest(),
    )


def _home(pack: Pack) -> Section:
    """The section that most of a pack comes from."""
    sizes: Counter[str] = Counter()
    for block in pack:
        sizes[block.section.id] += block.size
    first = sizes.most_common(1)[0][0]
    return next(block.section for block in pack if block.section.id == first)


def _spans(pack: Pack) -> tuple[Span, ...]:
    """One span: the blocks of a pack follow one another without a gap."""
    return (Span(start=min(block.start for block in pack), end=max(block.end for block in pack)),)


def _context(entry: DocumentEntry, section: Section, pack: Pack, fiche: FicheAction | None) -> str:
    """Words that let a question find the passage: territory, section path, fiche, field that a cut left behind."""
    territory = entry.territory
    names = [territory.name] + ([territory.short_name] if territory.short_name != territory.name else [])
    parts = [" – ".join(names), " › ".join(section.path)]
    if fiche is not None:
        parts.append(f"Fiche {fiche.ref} : {fiche.title}")
        first = pack[0]
        if first.label and not first.lines[0].startswith(first.label):
            parts.append(first.label)
    return "\n".join(part for part in parts if part)


def _with_header(fields: tuple[str, ...], pack: Pack, fiche: FicheAction | None) -> tuple[str, ...]:
    """The fields of a passage, those given by the headings above the fiche included where the passage holds them."""
    if fiche is None:
        return fields
    first, last = min(block.start for block in pack), max(block.end for block in pack)
    above = tuple(
        key
        for key, values in fiche.fields.items()
        if key not in fields and any(first <= value.start < last for value in values)
    )
    return (*above, *fields)


def _numbered(entry: DocumentEntry, sections: Sequence[Section], passages: Iterable[Passage]) -> list[Passage]:
    """The passages in document order, each named after its section and its place in it."""
    ordinals = {section.id: section.ordinal for section in sections}
    counts: Counter[str] = Counter()
    numbered = []
    for passage in sorted(passages, key=lambda passage: (passage.start, passage.end, passage.kind, passage.text)):
        name = f"{entry.id}#p{ordinals[passage.section]}-{counts[passage.section]}"
        counts[passage.section] += 1
        numbered.append(passage.model_copy(update={"id": name}))
    return numbered
