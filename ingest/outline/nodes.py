"""The open parts of a document, put one inside another."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from corpus.records import DocumentEntry, ReadDocument, Section, SectionKind
from corpus.text import letters, squeeze
from ingest.headings import Heading
from ingest.pages import page_at


@dataclass(frozen=True, slots=True)
class Node:
    """A part that a heading opens, before it is nested."""

    start: int
    """First character of the part in the raw text."""
    kind: SectionKind
    rank: int
    label: str
    title: str
    end: int | None = None
    """Where the part ends by itself (a table); None where only the next heading ends it."""


def node_of(heading: Heading, start: int, kind: SectionKind | None = None) -> Node:
    """The part that a heading opens at a character of the raw text."""
    return Node(start, kind or heading.kind, heading.rank, heading.label, heading.title)


def nest(entry: DocumentEntry, read: ReadDocument, nodes: Sequence[Node]) -> list[Section]:
    """Sections in document order, the root first; spans cover the sub-sections.

    A heading that repeats the one that is open ("AXE 1" above each of its fiches) opens nothing.
    """
    size = len(read.text)
    ordered = sorted(nodes, key=lambda node: (node.start, node.rank))
    open_parts: list[tuple[Node, int]] = []
    ends: dict[int, int] = {}
    kept: list[tuple[Node, int | None]] = []
    for node in ordered:
        if _is_open(node, [part for part, _ in open_parts]):
            continue
        open_parts = _closed(open_parts, ends, node.start, node.rank)
        kept.append((node, open_parts[-1][1] if open_parts else None))
        open_parts.append((node, len(kept) - 1))
    for part, position in open_parts:
        ends[position] = part.end if part.end is not None else size
    return _sections(entry, read, kept, ends)


def path_part(label: str, title: str) -> str:
    """How a section is written in a path ("Article 6 : Modalités", "12) Promouvoir un habitat durable")."""
    if not label or not title:
        return label or title
    return (
        f"{label} {title}"
        if label.endswith(")") or (label[-1:].isdigit() and label[:1].isdigit())
        else f"{label} : {title}"
    )


def _closed(
    open_parts: Sequence[tuple[Node, int]], ends: dict[int, int], start: int, rank: int
) -> list[tuple[Node, int]]:
    """The parts that stay open when a heading of `rank` comes at `start`; the others get their end."""
    still: list[tuple[Node, int]] = []
    closing = False
    for part, position in open_parts:
        over = part.end is not None and part.end <= start
        closing = closing or over or part.rank >= rank
        if closing:
            ends[position] = min(part.end, start) if part.end is not None else start
        else:
            still.append((part, position))
    return still


def _is_open(node: Node, parts: Sequence[Node]) -> bool:
    if node.kind not in ("axe", "objectif", "theme"):
        return False
    return any(
        part.kind == node.kind
        and part.label == node.label
        and fuzz.ratio(letters(part.title), letters(node.title)) >= 90
        for part in parts
    )


def _sections(
    entry: DocumentEntry, read: ReadDocument, kept: Sequence[tuple[Node, int | None]], ends: dict[int, int]
) -> list[Section]:
    root = Section(
        id=f"{entry.id}#s0", document=entry.id, ordinal=0, parent=None, kind="document", label=entry.title,
        title=entry.title, path=(), start=0, end=len(read.text), page=page_at(read.pages, 0),
    )  # fmt: skip
    sections = [root]
    for position, (node, parent) in enumerate(kept):
        above = sections[parent + 1] if parent is not None else root
        title = squeeze(node.title) or node.label
        sections.append(
            Section(
                id=f"{entry.id}#s{position + 1}",
                document=entry.id,
                ordinal=position + 1,
                parent=above.id,
                kind=node.kind,
                label=node.label or title,
                title=title,
                path=(*above.path, path_part(node.label, squeeze(node.title))),
                start=node.start,
                end=ends[position],
                page=page_at(read.pages, node.start),
            )
        )
    return sections
