"""The conversation as the browser keeps it. What comes back from there is checked like any other foreign data."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field, ValidationError

from assistant.page.filters import Filters
from corpus.errors import UnknownDocument
from corpus.index.reader import Index
from corpus.records import Answer, Turn
from corpus.records.base import Record

MOST_EXCHANGES = 12
"""Older ones leave the browser: its store is small, and each question carries the conversation along."""
_REMEMBERED = 6
"""Exchanges that a follow-up may refer to."""


class Exchange(Record):
    """A question and what was answered."""

    answer: Answer
    fiche: str | None = None
    """Fiche that the answer was about; None where it was about none, or several."""
    generation: str | None = None
    """Index generation that answered."""
    filters: Filters = Filters()
    """What narrowed the question, so that it can be asked again as it was."""
    understood: tuple[str, ...] = Field(default=(), max_length=6)
    """What narrowed the answer, in words."""
    error: str | None = None
    """The sentence shown instead, where the question could not be answered."""


Stored = list[dict[str, Any]]


def load_exchanges(stored: object) -> tuple[Exchange, ...]:
    """The exchanges of the browser's store; those that are not well formed are left out."""
    found = []
    for item in stored if isinstance(stored, list) else []:
        try:
            found.append(Exchange.model_validate(item))
        except ValidationError:
            continue
    return tuple(found[-MOST_EXCHANGES:])


def store_exchanges(exchanges: Sequence[Exchange]) -> Stored:
    """The exchanges for the browser's store, without what is as good left out."""
    return [exchange.model_dump(mode="json", exclude_defaults=True) for exchange in exchanges[-MOST_EXCHANGES:]]


def make_exchange(index: Index, answer: Answer) -> Exchange:
    """An answer with what a follow-up may refer to."""
    return Exchange(answer=answer, fiche=_fiche_of(index, answer), generation=index.generation.name)


def failed_exchange(question: str, sentence: str) -> Exchange:
    """A question that could not be answered, with the sentence that says why."""
    shown = question[:300] + ("…" if len(question) > 300 else "")
    answer = Answer(question=shown, resolved_question=shown, answered=False, answer=sentence)
    return Exchange(answer=answer, error=sentence)


def turns_of(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """The exchanges as the service takes them."""
    return tuple(
        Turn(
            question=exchange.answer.question,
            resolved_question=exchange.answer.resolved_question,
            documents=tuple(
                dict.fromkeys(
                    citation.document for citation in exchange.answer.citations if ":" not in citation.document
                )
            ),
            fiche=exchange.fiche,
        )
        for exchange in exchanges[-_REMEMBERED:]
        if exchange.error is None
    )


def _fiche_of(index: Index, answer: Answer) -> str | None:
    fiches = set()
    for citation in answer.citations:
        if citation.passage is not None:
            try:
                fiches.add(index.passage(citation.passage).fiche)
            except UnknownDocument:
                continue
    return fiches.pop() if len(fiches) == 1 else None
