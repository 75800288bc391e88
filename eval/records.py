"""What the evaluation reads and what it measures, question by question and in figures."""

from typing import Literal

from pydantic import Field, model_validator

from corpus.records.base import HandWritten, Record

Split = Literal["dev", "test"]
QuestionType = Literal[
    "fact", "number", "date", "actor", "list", "procedure", "obligation", "fiche", "comparison", "unanswerable"
]
Difficulty = Literal["lexical", "paraphrase", "hard"]


class Gold(HandWritten):
    """Words of a document that answer a question."""

    doc: str = Field(min_length=1)
    """Id of the document."""
    quote: str = Field(min_length=8)
    """Copied from the raw text, white space folded."""


class Question(HandWritten):
    """One case of the evaluation set, as its author wrote it."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
    question: str | None = Field(None, min_length=2)
    """None where the case is a conversation."""
    turns: tuple[str, ...] = ()
    """Questions of one conversation, the last one to be answered; empty for a single question."""
    type: QuestionType
    difficulty: Difficulty
    gold: tuple[Gold, ...]
    """Empty where the corpus does not answer."""
    answer: str = Field(min_length=1)
    """The answer that is expected, in the author's words."""
    must_include: tuple[str, ...]
    """Key facts; each is one or several spellings separated by "|"."""
    territories: tuple[str, ...] = ()
    """Documents that a complete answer speaks of, where that matters."""
    needs_all: bool = False
    """True where every gold passage is needed, not just one of them."""
    note: str | None = None
    """Where the question comes from; None where there is nothing to say."""

    @model_validator(mode="after")
    def _one_form(self) -> "Question":
        if (self.question is None) == (not self.turns):
            raise ValueError("une des deux clés question et turns est attendue")
        if self.turns and len(self.turns) < 2:
            raise ValueError("turns : au moins deux questions sont attendues")
        return self

    @model_validator(mode="after")
    def _gold_where_answerable(self) -> "Question":
        if (self.type == "unanswerable") != (not self.gold):
            raise ValueError("gold : vide pour le type unanswerable, et pour lui seul")
        if self.gold and not self.must_include:
            raise ValueError("must_include : au moins un fait attendu")
        return self

    @property
    def answerable(self) -> bool:
        return bool(self.gold)

    def conversation(self) -> tuple[str, ...]:
        """The questions in order, the last one to be answered; one element for a single question."""
        return self.turns or (self.question or "",)


class Returned(Record):
    """A text that a system returned, whatever the system."""

    document: str
    text: str
    """What is shown and counted in characters."""
    raw: str | None = None
    """The source's own words where the text is a repaired reading of them."""
    reordered: bool = False
    """True where the text is a table row put back in order: its words no longer follow the raw text."""
    place: str = ""
    """Where it stands, as a person reads it; empty where the system does not know."""


class Figure(Record):
    """A mean over questions with its 95 % confidence interval."""

    value: float
    low: float
    high: float
    count: int
    """Number of questions it was taken over."""


class RetrievalOutcome(Record):
    """What one system returned for one question that has gold passages."""

    id: str
    gold_ranks: tuple[int | None, ...]
    """For each gold passage the first rank that holds it, from 1; None where it was not returned."""
    within_budget: bool
    """True when a gold passage stands within the first 8 000 characters returned."""
    first_five_characters: int
    milliseconds: float
    returned: tuple[Returned, ...] = ()

    @property
    def rank(self) -> int | None:
        """First rank that holds any gold passage; None where there is none."""
        found = [rank for rank in self.gold_ranks if rank is not None]
        return min(found) if found else None


class AnswerOutcome(Record):
    """What was answered to one question."""

    id: str
    answered: bool
    facts: tuple[bool, ...]
    """For each key fact, whether the answer holds it; empty for a question without answer."""
    gold_cited: bool
    """True when the quote of a citation, or the raw text it points to, holds a gold quote."""
    gold_touched: bool
    """True when a citation's place in the raw text shares at least half of the shorter one with a gold quote."""
    quotes: int
    """Citations that quote a document of the corpus."""
    unverified_quotes: int
    """Those whose quote is not found where they point to."""
    prose_characters: int
    """Length of the answer without its tables."""
    milliseconds: float
    text: str = ""


class SystemReport(Record):
    """How one system retrieves, on one part of the questions."""

    name: str
    overall: dict[str, Figure]
    """Name of a measure to its figure; the names stand in metrics.RETRIEVAL_MEASURES."""
    groups: dict[str, dict[str, dict[str, Figure]]] = Field(default_factory=dict)
    """"difficulty", "type", "document" or "territory" to its values to their figures."""
    p50_ms: float
    p95_ms: float
    index_seconds: float | None = None
    """Time to index the corpus; None where it was not measured in this run."""
    passages: int | None = None
    """Texts in the index; None where the system does not tell."""


class AnswerReport(Record):
    """How the assistant answers, on one part of the questions."""

    overall: dict[str, Figure]
    """Name of a measure to its figure; the names stand in metrics.ANSWER_MEASURES."""
    groups: dict[str, dict[str, dict[str, Figure]]] = Field(default_factory=dict)
    p50_ms: float
    p95_ms: float
    median_characters: float
    """Median length of the prose of answers to answerable questions."""
    unverified_quotes: int
    """Over all answers; the target is 0."""


class Failure(Record):
    """A question that was not served well. For the frozen part only id, kind and rank are filled."""

    id: str
    kind: Literal["retrieval", "answer", "wrongly-refused", "wrongly-answered"]
    rank: int | None
    """First rank of a gold passage; None where none was returned."""
    question: str | None = None
    expected: tuple[str, ...] = ()
    """Gold quotes, or the key facts that are missing."""
    returned: tuple[str, ...] = ()
    """What came first instead, shortened."""


class PartReport(Record):
    """All measures on one part of the question set."""

    split: Split
    questions: int
    answerable: int
    systems: tuple[SystemReport, ...]
    """The assistant first, then the baselines."""
    answers: AnswerReport | None
    """None where only retrieval was measured."""
    failures: tuple[Failure, ...] = ()


class EvaluationReport(Record):
    """One run of the evaluation."""

    date: str
    """YYYY-MM-DD."""
    parts: tuple[PartReport, ...]
    peak_memory_mb: float
    """Highest resident memory of the process, baselines included."""
