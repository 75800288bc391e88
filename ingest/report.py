"""What an ingestion did, document by document."""

from corpus.records.base import Record


class IngestFailure(Record):
    """A file that could not be indexed; the others were."""

    file: str
    """File name as given."""
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


class IngestReport(Record):
    """Document ids by what happened to them."""

    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[IngestFailure, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    """Given files whose content the corpus already has: file name and document id."""
    notes: tuple[IngestNote, ...] = ()
    generation: str
    """Generation in service after the ingestion."""
    rebuilt: str | None = None
    """Why the whole index was made anew; None where it was not."""
    passages: int
    """Passages of the index."""
    embedded: int
    """Passages whose vector was computed; the others kept theirs."""
    seconds: float
