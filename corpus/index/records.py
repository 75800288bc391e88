"""What goes into a generation, and what a generation says of itself."""

from pydantic import Field

from corpus.records import DocumentEntry, Equipment, FicheAction, Passage, ReadDocument, Section
from corpus.records.base import Record

FORMAT = 3
"""Version of the layout on disk; a generation of another version is refused before it is opened."""


class AttachedQuestion(Record):
    """A question in a user's words, and the passages that answer it."""

    question: str
    quote: str
    """The words of the document that answer it."""
    passages: tuple[str, ...]


class IndexedDocument(Record):
    """A document as ingestion understood it, ready to be put in the index."""

    entry: DocumentEntry
    content_hash: str
    """SHA-256 of the file, its manifest entry and the ingestion's own version: tells whether to read it again."""
    file_hash: str
    """SHA-256 of the file's bytes."""
    read: ReadDocument
    sections: tuple[Section, ...] = ()
    fiches: tuple[FicheAction, ...] = ()
    actions: tuple[FicheAction, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    passages: tuple[Passage, ...] = ()
    questions: tuple[AttachedQuestion, ...] = ()


class DocumentCounts(Record):
    """How much of each thing a document holds."""

    pages: int | None = None
    """Pages, only where the file shows them."""
    sections: int = 0
    fiches: int = 0
    actions: int = 0
    equipment: int = 0
    passages: int = 0
    questions: int = 0
    """Questions in users' words attached to its passages."""


class DocumentRecord(DocumentCounts):
    """A document of the index in service."""

    entry: DocumentEntry
    content_hash: str
    file_hash: str
    format: str
    encoding: str | None = None

    @property
    def id(self) -> str:
        return self.entry.id


class EmbeddingIdentity(Record):
    """The model that made the vectors."""

    name: str
    fingerprint: str
    """SHA-256 of the weights (or of the endpoint's address and model name)."""
    dimension: int = 0
    """0 while the index holds no vector."""


class VectorState(Record):
    """Where the vectors of a generation stand in Chroma."""

    version: str
    """Version of chromadb that wrote them."""
    url: str | None = None
    """Address of the Chroma server; None for the folder of the generation."""
    collection: str
    churn: int = 0
    """Vectors deleted since the collection was made: its graph keeps a trace of each."""


class DocumentState(Record):
    """What a generation remembers of a document, to see what changed."""

    content_hash: str
    file_hash: str
    counts: DocumentCounts


class GenerationRecord(Record):
    """generation.json: what is needed to decide whether and how to open a generation."""

    format: int = FORMAT
    name: str
    """Folder name: "gen-000012"."""
    created: str
    """UTC, ISO 8601."""
    index_id: str
    """Random, kept from one generation to the next: tells two indexes on one Chroma server apart."""
    embedding: EmbeddingIdentity
    vectors: VectorState
    documents: dict[str, DocumentState] = Field(default_factory=dict)
    files: dict[str, str] = Field(default_factory=dict)
    """SHA-256 of each file of the folder, by relative path, as it passed the canary queries."""

    @property
    def counts(self) -> DocumentCounts:
        """Sums over the documents; pages are left out."""
        states = self.documents.values()
        return DocumentCounts(
            sections=sum(state.counts.sections for state in states),
            fiches=sum(state.counts.fiches for state in states),
            actions=sum(state.counts.actions for state in states),
            equipment=sum(state.counts.equipment for state in states),
            passages=sum(state.counts.passages for state in states),
        )
