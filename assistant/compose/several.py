"""Two questions in one: what answers each, brought together so that neither is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.compose.select import Candidate, score_units
from assistant.retrieve.search import Searcher, SearchResult
from assistant.understand.parts import question_parts
from assistant.understand.question import understand_question

_PASSAGES = 6


@dataclass(frozen=True)
class Part:
    """One of the questions of a sentence, with what was found for it."""

    result: SearchResult
    candidates: tuple[Candidate, ...]


def find_parts(searcher: Searcher, result: SearchResult) -> tuple[Part, ...]:
    """The questions of a sentence that holds two, each searched for; none where it is one. Raises ModelUnavailable."""
    parts = question_parts(result.query.resolved_question)
    return tuple(_find(searcher, result, part) for part in parts) if len(parts) > 1 else ()


def with_parts(candidates: Sequence[Candidate], parts: Sequence[Part]) -> list[Candidate]:
    """The candidates of the whole question and of its parts, best first, the best of each coming first."""
    if not parts:
        return list(candidates)
    best: dict[tuple[str, int, int], Candidate] = {}
    for ranking in (candidates, *(part.candidates for part in parts)):
        highest = ranking[0].score if ranking else 1.0
        for candidate in ranking:
            # What one part expects (a date) is not what the other does: nothing is left out for it.
            share = replace(candidate, score=candidate.score / (highest or 1.0), met=False)
            place = (candidate.unit.passage.document, candidate.unit.start, candidate.unit.end)
            if place not in best or best[place].score < share.score:
                best[place] = share
    return sorted(best.values(), key=lambda one: (-one.score, one.rank, one.unit.ordinal))


def _find(searcher: Searcher, result: SearchResult, part: str) -> Part:
    understood = understand_question(part, searcher.understanding, territories=result.query.territories)
    found = searcher.find(understood, _PASSAGES)
    return Part(found, tuple(score_units(searcher, found, _PASSAGES)) if found.passages else ())
