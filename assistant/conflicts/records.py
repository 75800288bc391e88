"""What a divergence is, and what the detectors exchange: the documents as typed sources, the findings as places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.index.reader import Index
from corpus.records import Citation, DocumentEntry, FicheAction, Section, Span
from corpus.records.base import Record
from corpus.records.document import DocumentStatus


@dataclass(frozen=True)
class Source:
    """A document as the detectors read it."""

    document: str
    territory: str
    status: DocumentStatus
    text: str
    communes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    fiches: tuple[FicheAction, ...] = ()
    actions: tuple[FicheAction, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a version stands in a document."""

    document: str
    spans: tuple[Span, ...]
    exact: bool = False
    """True where the spans are the quote; False where the sentence around them is."""

    @property
    def start(self) -> int:
        return min(span.start for span in self.spans)


@dataclass(frozen=True)
class Finding:
    """What a detector saw, before its quotes are made and verified."""

    kind: str
    subject: str
    """What the versions disagree about, in a few words: with the kind and the documents it makes the identity."""
    title: str
    explanation: str
    places: tuple[Place, ...]
    """One place a version."""


class Conflict(Record):
    """Two or more versions of the same thing, each with its verified quote."""

    id: str
    kind: str
    title: str
    """French, short."""
    explanation: str
    """Which version is more recent or more authoritative and why, or that the reader must check."""
    internal: bool
    """True where a document contradicts itself."""
    documents: tuple[str, ...]
    versions: tuple[Citation, ...]


def place(source: Source, start: int, end: int, *, exact: bool = False) -> Place:
    """The place of one contiguous range of characters."""
    return Place(source.document, (Span(start=start, end=end),), exact)


def read_sources(index: Index) -> tuple[Source, ...]:
    """Every document of the index, in the order of the manifest."""
    return tuple(_read_source(index, record.entry) for record in index.documents())


def pairs(items: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Positions of every pair."""
    return ((left, right) for left in range(len(items)) for right in range(left + 1, len(items)))


def _read_source(index: Index, entry: DocumentEntry) -> Source:
    return Source(
        document=entry.id,
        territory=entry.territory.short_name,
        status=entry.status,
        text=index.raw_text(entry.id),
        communes=entry.territory.communes,
        sections=index.sections(entry.id),
        fiches=index.fiches(entry.id),
        actions=index.actions(entry.id),
    )
