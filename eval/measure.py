"""Runs the questions through a system and sums up what came back."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from corpus.records import Answer
from eval.metrics import (
    ANSWER_MEASURES,
    DEPTH,
    RETRIEVAL_MEASURES,
    Measure,
    figures_of,
    judge_answer,
    judge_retrieval,
)
from eval.records import AnswerOutcome, AnswerReport, Figure, Question, RetrievalOutcome, SystemReport
from eval.systems import RetrievalSystem

Outcome = TypeVar("Outcome")
Pairs = Sequence[tuple[Outcome, Question]]
Grouping = Mapping[str, Callable[[Question], Iterable[str]]]
"""Name of a grouping to the function that gives the groups a question belongs to."""


def measure_retrieval(system: RetrievalSystem, questions: Iterable[Question]) -> Pairs[RetrievalOutcome]:
    """What a system returns for each question that has gold passages."""
    asked = [question for question in questions if question.answerable]
    if asked:
        system.search(asked[0].conversation(), DEPTH)  # models load at first use: not a query's time
    pairs = []
    for question in asked:
        start = time.perf_counter()
        returned = system.search(question.conversation(), DEPTH)
        milliseconds = (time.perf_counter() - start) * 1000
        pairs.append((judge_retrieval(question, returned, milliseconds), question))
    return pairs


def measure_answers(
    ask: Callable[[Sequence[str]], Answer], questions: Iterable[Question], texts: Mapping[str, str]
) -> Pairs[AnswerOutcome]:
    """What is answered to each question; texts are the raw texts of the documents, by id."""
    pairs = []
    for question in questions:
        start = time.perf_counter()
        answer = ask(question.conversation())
        milliseconds = (time.perf_counter() - start) * 1000
        pairs.append((judge_answer(question, answer, milliseconds, texts), question))
    return pairs


def retrieval_report(
    name: str,
    pairs: Pairs[RetrievalOutcome],
    grouping: Grouping,
    index_seconds: float | None = None,
    passages: int | None = None,
) -> SystemReport:
    """A system's figures over one part of the questions, and over each group of them."""
    milliseconds = [outcome.milliseconds for outcome, _ in pairs]
    return SystemReport(
        name=name,
        overall=figures_of(RETRIEVAL_MEASURES, pairs),
        groups=_grouped(RETRIEVAL_MEASURES, pairs, grouping),
        p50_ms=percentile(milliseconds, 50),
        p95_ms=percentile(milliseconds, 95),
        index_seconds=index_seconds,
        passages=passages,
    )


def answer_report(pairs: Pairs[AnswerOutcome], grouping: Grouping) -> AnswerReport:
    """The figures of the answers over one part of the questions, and over each group of them."""
    milliseconds = [outcome.milliseconds for outcome, _ in pairs]
    lengths = [outcome.prose_characters for outcome, question in pairs if question.answerable]
    return AnswerReport(
        overall=figures_of(ANSWER_MEASURES, pairs),
        groups=_grouped(ANSWER_MEASURES, pairs, grouping),
        p50_ms=percentile(milliseconds, 50),
        p95_ms=percentile(milliseconds, 95),
        median_characters=percentile(lengths, 50),
        unverified_quotes=sum(outcome.unverified_quotes for outcome, _ in pairs),
    )


def groupings(territories: Mapping[str, str]) -> Grouping:
    """By difficulty, type, document and territory; territories: document id to short name of its territory.

    A question on several documents counts in each of them, but under "plusieurs territoires" only once.
    """

    def territory(question: Question) -> Iterable[str]:
        names = {territories.get(gold.doc, gold.doc) for gold in question.gold}
        return names if len(names) < 2 else ("plusieurs territoires",)

    return {
        "difficulty": lambda question: (question.difficulty,),
        "type": lambda question: (question.type,),
        "document": lambda question: {gold.doc for gold in question.gold},
        "territory": territory,
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The value under which `share` percent of the values lie, interpolated; 0 where there is none."""
    import numpy

    return float(numpy.percentile(values, share)) if values else 0.0


def _grouped(
    measures: Mapping[str, Measure[Outcome]], pairs: Pairs[Outcome], grouping: Grouping
) -> dict[str, dict[str, dict[str, Figure]]]:
    result: dict[str, dict[str, dict[str, Figure]]] = {}
    for name, groups_of in grouping.items():
        members: dict[str, list[tuple[Outcome, Question]]] = {}
        for outcome, question in pairs:
            for group in groups_of(question):
                members.setdefault(group, []).append((outcome, question))
        result[name] = {group: figures_of(measures, members[group]) for group in sorted(members)}
    return result
