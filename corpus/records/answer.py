"""What goes from a question to an answer. Names follow the command-line contract's JSON."""

from typing import Literal

from pydantic import Field

from corpus.records.base import Record
from corpus.records.structure import Passage, Span

Intent = Literal[
    "fait", "liste", "champ", "comparaison", "comptage", "procedure", "obligation", "redaction", "resume", "corpus",
    "glossaire", "conversation",
]  # fmt: skip
NoticeKind = Literal["conflict", "draft-document", "weak-evidence", "ambiguous", "scope", "model-fault"]
Nature = Literal["norme", "pratique", "donnee"]


class Turn(Record):
    """An earlier exchange of the conversation."""

    question: str
    resolved_question: str | None = None
    """The question as it was understood, with what it left unsaid; None where nothing was added."""
    documents: tuple[str, ...] = ()
    """Documents that the answer cited."""
    fiche: str | None = None
    """Fiche the answer was about; None where it was about none."""


class Term(Record):
    """One idea of the question with the forms under which the corpus may write it."""

    word: str
    """As the person typed it (spelling repaired)."""
    forms: tuple[tuple[str, float], ...]
    """Phrases to look for, each with its weight in (0, 1]; the first is the word itself."""


class Query(Record):
    """A question, understood."""

    question: str
    resolved_question: str
    """What is actually answered: the question with what the conversation adds."""
    territories: tuple[str, ...] = ()
    """Documents that the question names (by territory, commune or nickname)."""
    excluded: tuple[str, ...] = ()
    """Documents to leave out ("les autres" than mine)."""
    themes: tuple[str, ...] = ()
    intent: Intent = "fait"
    fields: tuple[str, ...] = ()
    """Fields of a fiche that are asked for ("qui pilote" asks for pilote)."""
    references: tuple[str, ...] = ()
    """Fiche or article references in the question ("G39", "article 6")."""
    terms: tuple[Term, ...] = ()
    expanded: tuple[str, ...] = ()
    """Words added to the question's own."""
    across: bool = False
    """True when the question is about several territories."""


class RankedPassage(Record):
    """A passage found, with the reasons why it stands where it stands."""

    rank: int
    score: float
    passage: Passage
    territory: str
    """Short name of the territory."""
    address: str
    """Where it stands, as people read it: the headings of a recognised text are repaired."""
    fiche_title: str | None
    repaired: str | None = None
    """The passage as people read it, where the source is a recognised text with repairs; None where it is its text."""
    reasons: tuple[tuple[str, float], ...] = ()
    """What brought it here, each with its share of the score ("mots : pilote, MAM", "titre de fiche")."""


class Citation(Record):
    """A quote that stands in a document, and where."""

    n: int
    document: str
    """A document's id, or "obligation:ID", "glossaire:ID", "reference:ID" for a note of the project."""
    territory: str | None
    section: str
    page: int | None
    quote: str
    start: int
    end: int
    spans: tuple[Span, ...] = ()
    """The pieces of a quote taken from several places; empty where it is contiguous."""
    raw: str | None = None
    """The words as the source has them, where the quote is a repaired reading of them or leaves marks out."""
    repaired: bool = False
    """True where the quote reads a recognised text with repairs: to be said beside it."""
    verified: bool
    passage: str | None = None
    """Id of the passage to open; None for notes of the project."""

    @property
    def as_recognised(self) -> str:
        """The words that stand in the raw text: the quote, or what was recognised where the quote is repaired."""
        return self.raw if self.repaired and self.raw is not None else self.quote


class Statement(Record):
    """One thing said, with its own evidence."""

    text: str
    citations: tuple[int, ...] = ()
    supported: bool = True
    nature: Nature = "pratique"
    territory: str | None = None
    document: str | None = None


class Notice(Record):
    """Something the reader must know before using the answer."""

    kind: NoticeKind
    text: str
    citations: tuple[int, ...] = ()


class TableCell(Record):
    text: str
    citations: tuple[int, ...] = ()


class Table(Record):
    columns: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]


class Answer(Record):
    """All that a person reads, and the evidence for each part of it."""

    question: str
    resolved_question: str
    answered: bool
    mode: Literal["extractive", "llm"] = "extractive"
    answer: str
    """All that a person reads, tables included as Markdown, with [n] marks."""
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    table: Table | None = None
    notices: tuple[Notice, ...] = ()
    intent: Intent = "fait"
    timings: dict[str, float] = Field(default_factory=dict)
    """retrieve_ms and compose_ms."""
    dropped_citations: int = 0
    """Citations that were removed because their quote does not stand in the source."""
