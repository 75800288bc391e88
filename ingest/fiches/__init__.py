"""Fiches-actions: from the sections of kind "fiche" to typed records, whatever template wrote them."""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.records import FIELD_KEYS, DocumentEntry, FicheAction, ReadDocument, Section
from corpus.text import fold
from ingest.fiches.fields import field_values
from ingest.fiches.header import header_fields
from ingest.fiches.reading import ReadFiche, read_fiche
from ingest.lines import line_width, split_lines, upper_share

__all__ = ["extract_fiches", "read_fiche"]


def extract_fiches(entry: DocumentEntry, read: ReadDocument, sections: Sequence[Section]) -> list[FicheAction]:
    """The fiches-actions of a document, in order, each item of each field with its exact place.

    A reference used twice in the document is made unique with the block it stands in ("Petite enfance 3").
    """
    text = read.text
    width = line_width(split_lines(text))
    by_id = {section.id: section for section in sections}
    found: list[tuple[Section, ReadFiche]] = []
    for section in sections:
        parts = read_fiche(text, section.start, section.end, width) if section.kind == "fiche" else None
        if parts is not None:
            found.append((section, parts))
    refs = _references([(parts.start.reference, _ancestors(section, by_id)) for section, parts in found])
    return [
        _record(entry, text, section, parts, ref, _ancestors(section, by_id))
        for (section, parts), ref in zip(found, refs, strict=True)
    ]


def _record(
    entry: DocumentEntry, text: str, section: Section, parts: ReadFiche, ref: str, ancestors: Sequence[Section]
) -> FicheAction:
    fields = field_values(text, parts.blocks)
    above = header_fields(text, parts.above, ancestors, list(fields))
    merged = {**above, **fields}
    return FicheAction(
        id=f"{entry.id}#f{_slug(ref)}",
        document=entry.id,
        ref=ref,
        title=parts.title.text,
        section=section.id,
        section_path=section.path,
        page=section.page,
        start=section.start,
        end=section.end,
        title_value=parts.title,
        fields={key: merged[key] for key in FIELD_KEYS if key in merged},
    )


def _references(found: Sequence[tuple[str, Sequence[Section]]]) -> list[str]:
    """References that are unique in the document."""
    own = [reference or str(position) for position, (reference, _) in enumerate(found, 1)]
    times = Counter(own)
    unique: list[str] = []
    for reference, (_, ancestors) in zip(own, found, strict=True):
        block = next((section for section in reversed(ancestors) if section.kind in ("theme", "axe", "objectif")), None)
        name = f"{_block_name(block)} {reference}" if times[reference] > 1 and block is not None else reference
        candidate, repeat = name, 2
        while candidate in unique:
            candidate, repeat = f"{name} ({repeat})", repeat + 1
        unique.append(candidate)
    return unique


def _block_name(block: Section) -> str:
    name = block.title if block.kind == "theme" else block.label
    return name.capitalize() if upper_share(name) > 0.85 else name


def _ancestors(section: Section, by_id: dict[str, Section]) -> list[Section]:
    """The sections that hold a section, the root first."""
    chain: list[Section] = []
    parent = section.parent
    while parent is not None:
        chain.append(by_id[parent])
        parent = by_id[parent].parent
    return chain[::-1]


def _slug(ref: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(ref)).strip("-")
