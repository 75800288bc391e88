"""What is proposed of a document from its own words, each value with the words that carry it."""

from corpus.records import DocumentKind, DocumentStatus, Span
from corpus.records.base import Record


class Found(Record):
    """A value and its evidence."""

    value: str
    evidence: Span
    """The words of the raw text that say it."""


class ProposedMetadata(Record):
    """Metadata read in a text; what the text does not say is None or empty."""

    territory: Found | None = None
    """Full name of the EPCI, of the part of it that signs, or of the group of communes."""
    group: bool = False
    """True where communes sign together, without an EPCI or for a part of one."""
    communes: tuple[Found, ...] = ()
    """Communes that sign, in order."""
    department: Found | None = None
    """Name of the department."""
    department_code: str | None = None
    caf: Found | None = None
    period_from: Found | None = None
    """YYYY, or YYYY-MM-DD."""
    period_to: Found | None = None
    kind: DocumentKind = "convention"
    kind_evidence: Span | None = None
    """None where nothing in the text says it: "convention" is then only the most likely."""
    status: DocumentStatus = "inconnu"
    status_evidence: Span | None = None
