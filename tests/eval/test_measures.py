"""The ranking measures agree with an independent library, and the rest with figures worked out by hand."""

import random

import ir_measures
import pytest
from ir_measures import RR, R, Success, nDCG

from corpus.records import Answer, Citation
from eval.intervals import difference_figure, mean_figure, share_figure
from eval.metrics import ANSWER_MEASURES, RETRIEVAL_MEASURES, figures_of, judge_answer, judge_retrieval
from eval.records import Question, RetrievalOutcome, Returned

TEXT = "La présente convention est signée par la mairie. Elle dure cinq ans, jusqu'au 31 décembre 2026."
QUOTES = ("signée par la mairie", "jusqu'au 31 décembre 2026")


def question(**more: object) -> Question:
    fields = {
        "id": "x",
        "question": "jusqu'à quand ?",
        "type": "fact",
        "difficulty": "hard",
        "gold": [{"doc": "d", "quote": quote} for quote in QUOTES],
        "answer": "2026",
        "must_include": ["2026", "mairie"],
    }
    return Question.model_validate({**fields, **more})


def test_measures_agree_with_ir_measures_on_random_rankings() -> None:
    draw = random.Random(7)
    pairs, qrels, run = [], [], []
    for number in range(60):
        golds = draw.randint(1, 5)
        places = draw.sample(range(1, 16), golds)
        ranks = tuple(place if place <= 10 else None for place in places)
        outcome = RetrievalOutcome(
            id=str(number), gold_ranks=ranks, within_budget=False, first_five_characters=0, milliseconds=1.0
        )
        pairs.append((outcome, question()))
        qrels += [ir_measures.Qrel(str(number), f"gold{place}", 1) for place in range(golds)]
        held = {rank: f"gold{place}" for place, rank in enumerate(ranks) if rank}
        run += [
            ir_measures.ScoredDoc(str(number), held.get(rank, f"other{rank}"), 100.0 - rank) for rank in range(1, 11)
        ]
    theirs = ir_measures.calc_aggregate(
        [Success @ 1, Success @ 3, Success @ 5, Success @ 10, RR, nDCG @ 10, R @ 10], qrels, run
    )
    ours = figures_of(RETRIEVAL_MEASURES, pairs)
    names = {"hit@1": Success @ 1, "hit@3": Success @ 3, "hit@5": Success @ 5, "hit@10": Success @ 10}
    names |= {"mrr": RR, "ndcg@10": nDCG @ 10, "gold_share@10": R @ 10}
    for name, measure in names.items():
        assert ours[name].value == pytest.approx(theirs[measure], abs=1e-9), name


def test_a_text_that_holds_two_golds_is_as_good_as_two_texts_in_a_row() -> None:
    both = judge_retrieval(question(), [Returned(document="d", text=TEXT)], 1.0)
    assert both.gold_ranks == (1, 1)
    assert RETRIEVAL_MEASURES["ndcg@10"](both, question()) == pytest.approx(1.0)


def test_characters_are_counted_as_they_are_returned() -> None:
    far = [Returned(document="d", text="a" * 7950), Returned(document="d", text=TEXT)]
    outcome = judge_retrieval(question(), far, 1.0)
    assert outcome.rank == 2
    assert outcome.first_five_characters == 7950 + len(TEXT)
    # The first gold quote ends before the 8 000th character, the second one after it.
    assert outcome.within_budget is True
    only_second = question(gold=[{"doc": "d", "quote": QUOTES[1]}])
    assert judge_retrieval(only_second, far, 1.0).within_budget is False


def test_shares_of_gold_and_of_territories() -> None:
    golds = [{"doc": "d", "quote": QUOTES[0]}, {"doc": "e", "quote": QUOTES[1]}]
    asked = question(gold=golds, territories=["d", "e"], needs_all=True)
    outcome = judge_retrieval(asked, [Returned(document="d", text=TEXT)], 1.0)
    values = {name: measure(outcome, asked) for name, measure in RETRIEVAL_MEASURES.items()}
    assert values["gold_share@10"] == values["territory_share@10"] == 0.5
    assert values["all_gold@10"] == 0.0
    assert RETRIEVAL_MEASURES["all_gold@10"](outcome, question()) is None


def answer(text: str, answered: bool, *citations: Citation) -> Answer:
    return Answer(question="q", resolved_question="q", answered=answered, answer=text, citations=citations)


def cited(quote: str, start: int, end: int) -> Citation:
    return Citation(
        n=1, document="d", territory=None, section="", page=None, quote=quote, start=start, end=end, verified=True
    )


def test_answers_are_judged_by_facts_evidence_and_length() -> None:
    whole = cited(TEXT, 0, len(TEXT))
    part = cited("au 31 décembre 2026", TEXT.index("au 31"), len(TEXT) - 1)
    false = cited("jusqu'au 31 décembre 2030", TEXT.index("jusqu"), len(TEXT) - 1)
    good = judge_answer(question(), answer("La mairie, jusqu'en 2026. [1]", True, whole), 1.0, {"d": TEXT})
    assert (good.facts, good.gold_cited, good.gold_touched, good.unverified_quotes) == ((True, True), True, True, 0)
    partial = judge_answer(question(), answer("2026 " + "x" * 1200, True, part), 1.0, {"d": TEXT})
    assert (partial.facts, partial.gold_cited, partial.gold_touched) == ((True, False), False, True)
    invented = judge_answer(question(), answer("2030", True, false), 1.0, {"d": TEXT})
    assert (invented.gold_cited, invented.gold_touched, invented.unverified_quotes) == (False, False, 1)
    none = question(type="unanswerable", gold=[], must_include=[])
    refused = judge_answer(none, answer("Le corpus ne répond pas.", False), 1.0, {"d": TEXT})
    boasted = judge_answer(none, answer("Oui.", True), 1.0, {"d": TEXT})

    pairs = [(good, question()), (partial, question()), (invented, question()), (refused, none), (boasted, none)]
    figures = {name: figure.value for name, figure in figures_of(ANSWER_MEASURES, pairs).items()}
    assert figures == pytest.approx(
        {
            "complete_and_short": 1 / 3,
            "all_facts": 1 / 3,
            "share_of_facts": 0.5,
            "short": 2 / 3,
            "gold_cited": 1 / 3,
            "gold_touched": 2 / 3,
            "quotes_verified": 4 / 5,
            "answered": 1.0,
            "abstained": 0.5,
        }
    )


def test_intervals() -> None:
    # Wilson's interval of 15 in 20, as published tables give it.
    share = share_figure([1.0] * 15 + [0.0] * 5)
    assert (share.low, share.high) == pytest.approx((0.531, 0.888), abs=5e-4)
    values = [0.1 * number for number in range(40)]
    mean = mean_figure(values)
    normal = 1.96 * (sum((value - mean.value) ** 2 for value in values) / 40 / 40) ** 0.5
    assert (mean.low, mean.high) == pytest.approx((mean.value - normal, mean.value + normal), abs=0.06)
    assert mean_figure(values) == mean
    assert difference_figure([1.0, 1.0, 0.0], [0.0, 1.0, 0.0]).value == pytest.approx(1 / 3)
    with pytest.raises(ValueError, match="no value"):
        share_figure([])
