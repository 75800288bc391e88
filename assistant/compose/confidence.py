"""The decision to answer or to abstain, from what was found; its limits were set on the development questions.

Most questions that a corpus seems to answer and does not ask for a thing (a price, a name, a count) of which it only
has the subject. So the first test is whether something of the kind expected was found near the subject.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from assistant.compose.expected import Kind, expected_answer
from assistant.compose.select import Candidate
from assistant.retrieve.search import SearchResult
from corpus.records.base import HandWritten
from corpus.yamlfile import load_yaml

Verdict = Literal["answer", "thing-missing", "subject-missing"]


class ConfidenceLimits(HandWritten):
    """Least shares of the question that must be covered for an answer to be given, each in [0, 1]."""

    met: dict[Kind, float]
    """By kind of thing expected: what a unit that holds such a thing must cover, half by its own words."""
    known: float = Field(ge=0, le=1)
    """How near to the question a known one must be, whose answer is the unit that holds such a thing; asked only of
    documents for which questions are known."""
    passage: float = Field(ge=0, le=1)
    """What the best passage must cover."""
    passage_with_unknown: float = Field(ge=0, le=1)
    """The same where half of the question's words are nowhere in the corpus."""


@lru_cache(maxsize=1)
def load_limits() -> ConfidenceLimits:
    """The limits in force. Raises CorpusError where the file is wrong."""
    return load_yaml(Path(__file__).with_name("confidence.yaml"), ConfidenceLimits)


def judge_evidence(result: SearchResult, candidates: Sequence[Candidate]) -> Verdict:
    """Whether to answer; "thing-missing" where the corpus has the subject but not the figure or name asked for."""
    limits = load_limits()
    if result.query.references and candidates:
        return "answer"
    covered = max((passage_coverage(result, rank) for rank in range(3)), default=0.0)
    unknown = sum(1 for hit in result.hits if not hit.scores) / len(result.hits) if result.hits else 1.0
    least = limits.passage_with_unknown if unknown >= 0.5 else limits.passage
    if not candidates or covered < least:
        return "subject-missing"
    expectation = expected_answer(result.query.resolved_question, result.query.terms)
    if expectation is None:
        return "answer"
    met = max(((candidate.coverage + candidate.own) / 2 for candidate in candidates if candidate.met), default=0.0)
    if met < limits.met[expectation.kind] or not _asked_before(result, candidates, limits.known):
        return "thing-missing"
    return "answer"


def _asked_before(result: SearchResult, candidates: Sequence[Candidate], least: float) -> bool:
    """Whether a unit that holds the thing answers a close known question, or is of a document that has none."""
    known = result.meaning.known
    return any(
        candidate.known >= least or candidate.unit.passage.document not in known
        for candidate in candidates
        if candidate.met
    )


def passage_coverage(result: SearchResult, rank: int) -> float:
    """Share of the question's rarity that the passage at this rank (from 0) covers."""
    if rank >= len(result.passages):
        return 0.0
    passage = result.passages[rank].passage.id
    rarest = max((hit.rarity for hit in result.hits), default=0.0) or 1.0
    wanted = sum(hit.rarity or rarest for hit in result.hits) or 1.0
    return min(1.0, sum(hit.rarity for hit in result.hits if passage in hit.scores) / wanted)
