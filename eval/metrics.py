"""From what was returned to figures: one outcome per question, then means with confidence intervals."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from corpus.records import Answer, Citation
from eval.intervals import mean_figure, share_figure
from eval.matching import hits, holds_fact, holds_quote, pointed_text, prose_length, quote_verified
from eval.places import find_places
from eval.records import AnswerOutcome, Figure, Gold, Question, RetrievalOutcome, Returned

CHARACTER_BUDGET = 8000
PROSE_MAXIMUM = 1200
DEPTH = 10
"""Texts asked of a system for each question."""

Outcome = TypeVar("Outcome")
Measure = Callable[[Outcome, Question], float | None]
"""The value of a measure for one question; None where the measure does not speak of it."""


def judge_retrieval(question: Question, returned: Sequence[Returned], milliseconds: float) -> RetrievalOutcome:
    """Where each gold passage of the question stands among the texts returned, best first."""
    ranks = tuple(_first_rank(returned, gold) for gold in question.gold)
    within = tuple(_cut_to_budget(returned))
    return RetrievalOutcome(
        id=question.id,
        gold_ranks=ranks,
        within_budget=any(hits(text, gold) for gold in question.gold for text in within),
        first_five_characters=sum(len(text.text) for text in returned[:5]),
        milliseconds=milliseconds,
        returned=tuple(returned),
    )


def judge_answer(question: Question, answer: Answer, milliseconds: float, texts: Mapping[str, str]) -> AnswerOutcome:
    """What an answer is worth; texts are the raw texts of the documents, by id."""
    quoting = [citation for citation in answer.citations if ":" not in citation.document]
    verified = [citation for citation in quoting if quote_verified(citation, texts.get(citation.document))]
    pairs = [(citation, gold) for citation in verified for gold in question.gold if citation.document == gold.doc]
    return AnswerOutcome(
        id=question.id,
        answered=answer.answered,
        facts=tuple(holds_fact(answer.answer, fact) for fact in question.must_include),
        gold_cited=any(_cites(citation, gold, texts[gold.doc]) for citation, gold in pairs),
        gold_touched=any(_touches(citation, gold, texts[gold.doc]) for citation, gold in pairs),
        quotes=len(quoting),
        unverified_quotes=len(quoting) - len(verified),
        prose_characters=prose_length(answer.answer),
        milliseconds=milliseconds,
        text=answer.answer,
    )


def ndcg(gold_ranks: Sequence[int | None], depth: int = DEPTH) -> float:
    """nDCG of the gold passages, each of gain 1. Golds held by one text take successive places from its own."""
    position, gain = 0, 0.0
    for rank in sorted(rank for rank in gold_ranks if rank is not None):
        position = max(rank, position + 1)
        if position <= depth:
            gain += 1 / math.log2(position + 1)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(len(gold_ranks), depth) + 1))
    return gain / ideal if ideal else 0.0


def _hit_at(depth: int) -> Measure[RetrievalOutcome]:
    return lambda outcome, question: float(outcome.rank is not None and outcome.rank <= depth)


def _share_of_gold(outcome: RetrievalOutcome, question: Question) -> float:
    return sum(rank is not None for rank in outcome.gold_ranks) / len(outcome.gold_ranks)


def _all_gold(outcome: RetrievalOutcome, question: Question) -> float | None:
    return float(None not in outcome.gold_ranks) if question.needs_all else None


def _territory_share(outcome: RetrievalOutcome, question: Question) -> float | None:
    if len(question.territories) < 2:
        return None
    found = {gold.doc for gold, rank in zip(question.gold, outcome.gold_ranks, strict=True) if rank is not None}
    return len(found & set(question.territories)) / len(set(question.territories))


RETRIEVAL_MEASURES: dict[str, Measure[RetrievalOutcome]] = {
    "hit@1": _hit_at(1),
    "hit@3": _hit_at(3),
    "hit@5": _hit_at(5),
    "hit@10": _hit_at(10),
    "hit@8k": lambda outcome, question: float(outcome.within_budget),
    "mrr": lambda outcome, question: 1 / outcome.rank if outcome.rank else 0.0,
    "ndcg@10": lambda outcome, question: ndcg(outcome.gold_ranks),
    "gold_share@10": _share_of_gold,
    "all_gold@10": _all_gold,
    "territory_share@10": _territory_share,
    "characters@5": lambda outcome, question: float(outcome.first_five_characters),
}
"""Over questions that have gold. all_gold@10 is taken where every gold passage is needed, territory_share@10 where
an answer speaks of several territories."""


def _where_answerable(value: Callable[[AnswerOutcome], float]) -> Measure[AnswerOutcome]:
    return lambda outcome, question: value(outcome) if question.answerable else None


def _share_of_facts(outcome: AnswerOutcome) -> float:
    return sum(outcome.facts) / len(outcome.facts)


def _short(outcome: AnswerOutcome) -> bool:
    return outcome.prose_characters <= PROSE_MAXIMUM


ANSWER_MEASURES: dict[str, Measure[AnswerOutcome]] = {
    "complete_and_short": _where_answerable(lambda outcome: float(all(outcome.facts) and _short(outcome))),
    "all_facts": _where_answerable(lambda outcome: float(all(outcome.facts))),
    "share_of_facts": _where_answerable(_share_of_facts),
    "short": _where_answerable(lambda outcome: float(_short(outcome))),
    "gold_cited": _where_answerable(lambda outcome: float(outcome.gold_cited)),
    "gold_touched": _where_answerable(lambda outcome: float(outcome.gold_touched)),
    "quotes_verified": lambda outcome, question: float(outcome.unverified_quotes == 0),
    "answered": _where_answerable(lambda outcome: float(outcome.answered)),
    "abstained": lambda outcome, question: None if question.answerable else float(not outcome.answered),
}
"""Higher is better. "abstained" is taken over questions that the corpus does not answer, "quotes_verified" over all,
the rest over questions that it answers; "answered" is 1 less the share of wrong refusals."""


def figures_of(
    measures: Mapping[str, Measure[Outcome]], pairs: Iterable[tuple[Outcome, Question]]
) -> dict[str, Figure]:
    """Each measure's mean over the outcomes it speaks of; a measure that speaks of none is left out."""
    outcomes = list(pairs)
    figures = {}
    for name, measure in measures.items():
        values = [value for outcome, question in outcomes if (value := measure(outcome, question)) is not None]
        if values:
            shares = all(value in (0.0, 1.0) for value in values)
            figures[name] = share_figure(values) if shares else mean_figure(values)
    return figures


def _first_rank(returned: Sequence[Returned], gold: Gold) -> int | None:
    return next((rank for rank, text in enumerate(returned, start=1) if hits(text, gold)), None)


def _cut_to_budget(returned: Iterable[Returned]) -> Iterable[Returned]:
    left = CHARACTER_BUDGET
    for text in returned:
        if left <= 0:
            return
        if len(text.text) <= left:
            yield text
        else:
            yield text.model_copy(update={"text": text.text[:left], "raw": None})
        left -= len(text.text)


def _cites(citation: Citation, gold: Gold, document: str) -> bool:
    return holds_quote(citation.quote, gold.quote) or holds_quote(pointed_text(citation, document), gold.quote)


def _touches(citation: Citation, gold: Gold, document: str) -> bool:
    return _overlap_share(citation, gold.quote, document) >= 0.5


def _overlap_share(citation: Citation, quote: str, document: str) -> float:
    """What a citation's place and a quote's own place have in common, over the shorter of the two (0 to 1)."""
    pieces = [(span.start, span.end) for span in citation.spans] or [(citation.start, citation.end)]
    length = sum(end - start for start, end in pieces)
    best = 0.0
    for start, end in find_places(document, quote):
        common = sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in pieces)
        best = max(best, common / max(1, min(length, end - start)))
    return best
