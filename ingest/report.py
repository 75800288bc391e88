"""What an ingestion did, document by document."""

from corpus.records.base import Record


class IngestFailure(Record):
    """A file that could not be indexed; the others were."""

    file: str
    """File name as given, but for characters that cannot be printed."""
    document: str | None
    """Document id; None for a new file that did not become a document."""
    reason: str
    """One French sentence."""
    kept: bool
    """True where the previous version of the document stays in service."""


class IngestNote(Record):
    """Something to know of a document that was indexed (pages without text, for instance)."""

    document: str
    text: str


class ProposedField(Record):
    """A piece of metadata read in a new document, with the words that say it; to be confirmed by a person."""

    document: str
    field: str
    """What it is, in French ("Territoire", "Caf", "Période"…)."""
    value: str
    quote: str
    """The document's words; empty where the value comes from the shape of the document."""
    start: int = 0
    """Characters of the raw text; both 0 without a quote."""
    end: int = 0


class IngestReport(Record):
    """Document ids by what happened to them."""

    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[IngestFailure, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    """Given files whose content, or whose text, the corpus already has: file name and document id."""
    notes: tuple[IngestNote, ...] = ()
    proposals: tuple[ProposedField, ...] = ()
    """What was read in each added document to describe it."""
    generation: str
    """Generation in service after the ingestion."""
    rebuilt: str | None = None
    """Why the whole index was made anew; None where it was not."""
    passages: int
    """Passages of the index."""
    embedded: int
    """Passages whose vector was computed; the others kept theirs."""
    seconds: float
