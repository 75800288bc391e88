"""What was not served well. Of the frozen part nothing is shown that could be tuned to: ids, kinds and ranks only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.text import squeeze
from eval.records import AnswerOutcome, Failure, Question, RetrievalOutcome, Split

GOOD_RANK = 5
_EXCERPT = 220
_SHOWN = 3


def list_failures(
    split: Split,
    retrieval: Iterable[tuple[RetrievalOutcome, Question]],
    answers: Iterable[tuple[AnswerOutcome, Question]],
) -> tuple[Failure, ...]:
    """Questions without a gold passage in the first five, then those answered wrongly, incompletely or refused."""
    found = list(retrieval)
    ranks = {outcome.id: outcome.rank for outcome, _ in found}
    failures = [*_retrieval_failures(found), *_answer_failures(answers, ranks)]
    return tuple(failures if split == "dev" else map(_hidden, failures))


def _retrieval_failures(pairs: Iterable[tuple[RetrievalOutcome, Question]]) -> Iterator[Failure]:
    for outcome, question in pairs:
        if outcome.rank is None or outcome.rank > GOOD_RANK:
            yield Failure(
                id=question.id,
                kind="retrieval",
                rank=outcome.rank,
                question=_asked(question),
                expected=tuple(f"{gold.doc} : {gold.quote}" for gold in question.gold),
                returned=tuple(
                    f"{text.document} › {text.place} : {_excerpt(text.text)}" for text in outcome.returned[:_SHOWN]
                ),
            )


def _answer_failures(
    pairs: Iterable[tuple[AnswerOutcome, Question]], ranks: Mapping[str, int | None]
) -> Iterator[Failure]:
    for outcome, question in pairs:
        missing = tuple(fact for fact, found in zip(question.must_include, outcome.facts, strict=True) if not found)
        failure = Failure(
            id=question.id,
            kind="answer",
            rank=ranks.get(question.id),
            question=_asked(question),
            expected=missing or (question.answer,),
            returned=(_excerpt(outcome.text),),
        )
        if not question.answerable:
            if outcome.answered:
                yield failure.model_copy(update={"kind": "wrongly-answered"})
        elif not outcome.answered:
            yield failure.model_copy(update={"kind": "wrongly-refused"})
        elif missing or not outcome.gold_cited:
            yield failure


def _hidden(failure: Failure) -> Failure:
    return Failure(id=failure.id, kind=failure.kind, rank=failure.rank)


def _asked(question: Question) -> str:
    return " → ".join(question.conversation())


def _excerpt(text: str) -> str:
    flat = squeeze(text)
    return flat if len(flat) <= _EXCERPT else flat[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def count_kinds(failures: Sequence[Failure]) -> dict[str, int]:
    """How many failures of each kind."""
    kinds = [failure.kind for failure in failures]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
