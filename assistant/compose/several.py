"""Two questions in one: the units that answer each, brought together so that neither is lost."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.select import Candidate, score_units
from assistant.retrieve.search import Searcher, SearchResult
from assistant.understand.parts import question_parts
from assistant.understand.question import understand_question

_PASSAGES = 6


def with_parts(searcher: Searcher, result: SearchResult, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of the whole question and of each of its parts, best first, the best of each coming first.

    The same candidates where the question is one. Raises ModelUnavailable.
    """
    parts = question_parts(result.query.resolved_question)
    if len(parts) == 1:
        return list(candidates)
    best: dict[tuple[str, int, int], Candidate] = {}
    for ranking in (candidates, *(_for_part(searcher, result, part) for part in parts)):
        highest = ranking[0].score if ranking else 1.0
        for candidate in ranking:
            # What one part expects (a date) is not what the other does: nothing is left out for it.
            share = replace(candidate, score=candidate.score / (highest or 1.0), met=False)
            place = (candidate.unit.passage.document, candidate.unit.start, candidate.unit.end)
            if place not in best or best[place].score < share.score:
                best[place] = share
    return sorted(best.values(), key=lambda one: (-one.score, one.rank, one.unit.ordinal))


def _for_part(searcher: Searcher, result: SearchResult, part: str) -> list[Candidate]:
    query = result.query
    understood = understand_question(part, searcher.understanding, territories=query.territories)
    found = searcher.find(understood, _PASSAGES)
    return score_units(searcher, found, _PASSAGES) if found.passages else []
