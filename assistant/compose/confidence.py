"""The decision to answer or to abstain, from what was found.

Most questions that a corpus seems to answer and does not ask for a thing (a price, a name, a count) of which it only
has the subject. Where questions are known for the documents found, a logistic regression weighs what tells the two
apart (`python -m eval.calibrate` learns it on questions of hands kept aside); elsewhere, plain limits do, set on the
development questions.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import get_args

from pydantic import Field

from assistant.compose.expected import Kind, expected_answer
from assistant.compose.select import Candidate
from assistant.retrieve.search import SearchResult
from corpus.records.base import HandWritten
from corpus.yamlfile import load_yaml

_TANGIBLE = frozenset({"prix", "taux", "personne", "contact", "horaire"})
"""Kinds of things that no sentence answers without holding one."""
_FAMILIAR = 0.5
"""Nearness of a known question from which the thing that answered it is the thing asked for, whatever the words."""
SAME_QUESTION = 0.8
"""Nearness of a known question that asks the same: its sentence answers, even with words ("le coût est à évaluer")."""
_FAMILIAR_RATE = 0.7
"""The same for a rate: questions on two rates of one territory are alike."""
_VERBATIM = 0.85
"""Share of the question from which a sentence that holds it in its own words is its answer, whatever else is known."""
_FIRST = 3
"""Passages whose documents say whether questions are known for what was found."""


class ConfidenceLimits(HandWritten):
    """Least shares of the question that must be covered for an answer to be given, each in [0, 1]."""

    met: dict[Kind, float]
    """By kind of thing expected: what a unit that holds such a thing must cover, half by its own words."""
    passage: float = Field(ge=0, le=1)
    """What the best passage must cover."""
    passage_with_unknown: float = Field(ge=0, le=1)
    """The same where half of the question's words are nowhere in the corpus."""


class ConfidenceModel(HandWritten):
    """A logistic regression: answer where the intercept and the weighted features add up to the threshold or more."""

    intercept: float
    threshold: float
    weights: dict[str, float]
    """By feature of `evidence_features`."""

    def score(self, features: Mapping[str, float]) -> float:
        """The log odds that the corpus answers."""
        return self.intercept + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())


@lru_cache(maxsize=1)
def load_limits() -> ConfidenceLimits:
    """The limits in force. Raises CorpusError where the file is wrong."""
    return load_yaml(Path(__file__).with_name("confidence.yaml"), ConfidenceLimits)


@lru_cache(maxsize=1)
def load_model() -> ConfidenceModel:
    """The model in force. Raises CorpusError where the file is wrong."""
    return load_yaml(Path(__file__).with_name("confidence_model.yaml"), ConfidenceModel)


def is_answered(result: SearchResult, candidates: Sequence[Candidate]) -> bool:
    """Whether what was found answers the question; false where the corpus has the subject but not the thing asked."""
    if result.query.references and candidates:
        return True
    if not candidates:
        return False
    first = {ranked.passage.document for ranked in result.passages[:_FIRST]}
    expectation = expected_answer(result.query.resolved_question, result.query.terms)
    if expectation is not None and expectation.kind in _TANGIBLE and not _holds_the_thing(expectation.kind, candidates):
        return False
    if expectation is None and candidates[0].own >= _VERBATIM and not absent_share(result):
        return True
    if result.unanswered and first <= result.meaning.known:
        model = load_model()
        return model.score(evidence_features(result, candidates)) >= model.threshold
    return speaks_of(result, candidates)


def speaks_of(result: SearchResult, candidates: Sequence[Candidate]) -> bool:
    """Whether what was found is about the question, and holds a thing of the kind that it asks for."""
    limits = load_limits()
    covered = max((passage_coverage(result, rank) for rank in range(3)), default=0.0)
    if covered < (limits.passage_with_unknown if absent_share(result) >= 0.5 else limits.passage):
        return False
    expectation = expected_answer(result.query.resolved_question, result.query.terms)
    if expectation is None:
        return True
    return _holds_the_thing(expectation.kind, candidates)


def _holds_the_thing(kind: Kind, candidates: Sequence[Candidate]) -> bool:
    """Whether a unit that holds a thing of the kind asked for is about the question, or answered a close one."""
    familiar = _FAMILIAR_RATE if kind == "taux" else _FAMILIAR
    if any(one.known >= (familiar if one.met else SAME_QUESTION) for one in candidates):
        return True
    met = max(((candidate.coverage + candidate.own) / 2 for candidate in candidates if candidate.met), default=0.0)
    return met >= load_limits().met[kind]


def evidence_features(result: SearchResult, candidates: Sequence[Candidate]) -> dict[str, float]:
    """What the decision is taken from, by name. Shares are in [0, 1], flags 0 or 1, cosines in [-1, 1]."""
    expectation = expected_answer(result.query.resolved_question, result.query.terms)
    met = [candidate for candidate in candidates if candidate.met]
    known = sorted((candidate.known for candidate in candidates), reverse=True) or [0.0]
    near = sorted((questions[0].nearness for questions in result.meaning.questions.values()), reverse=True)[:5]
    unanswered = result.unanswered or (0.0, 0.0, 0.0)
    cosine = max((questions[0].cosine for questions in result.meaning.questions.values()), default=0.0)
    features = {
        "closest": result.meaning.closest,
        "five_closest": sum(near) / len(near) if near else 0.0,
        "known": known[0],
        "three_known": sum(known[:3]) / len(known[:3]),
        "known_first": candidates[0].known if candidates else 0.0,
        "own": candidates[0].own if candidates else 0.0,
        "best_own": max((candidate.own for candidate in candidates), default=0.0),
        "coverage": candidates[0].coverage if candidates else 0.0,
        "passage": max((passage_coverage(result, rank) for rank in range(3)), default=0.0),
        "absent": absent_share(result),
        "expects": float(expectation is not None),
        "met_known": max((candidate.known for candidate in met), default=0.0),
        "met_coverage": max(((candidate.coverage + candidate.own) / 2 for candidate in met), default=0.0),
        "unmet": float(expectation is not None and not met),
        "met_first": float(bool(candidates) and candidates[0].met),
        "unanswered": unanswered[0],
        "three_unanswered": sum(unanswered) / len(unanswered),
        "nearer_unanswered": unanswered[0] - cosine,
    }
    kinds = {f"expects_{kind}": float(expectation is not None and expectation.kind == kind) for kind in get_args(Kind)}
    return features | kinds


def passage_coverage(result: SearchResult, rank: int) -> float:
    """Share of the question's rarity that the passage at this rank (from 0) covers."""
    if rank >= len(result.passages):
        return 0.0
    passage = result.passages[rank].passage.id
    rarest = max((hit.rarity for hit in result.hits), default=0.0) or 1.0
    wanted = sum(hit.rarity or rarest for hit in result.hits) or 1.0
    return min(1.0, sum(hit.rarity for hit in result.hits if passage in hit.scores) / wanted)


def absent_share(result: SearchResult) -> float:
    """Share of the question's words that stand nowhere in the corpus; 1 for a question without words."""
    return sum(1 for hit in result.hits if not hit.scores) / len(result.hits) if result.hits else 1.0
