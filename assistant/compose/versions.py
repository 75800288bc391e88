"""The other version of what an answer quotes, where its document contradicts itself on what was asked."""

import re

from assistant.compose.citing import CitationBook
from assistant.compose.fact import quoted
from assistant.compose.lines import Composition
from assistant.compose.places import territory_of
from assistant.compose.select import Matcher
from assistant.conflicts import Conflict, find_conflicts
from assistant.conflicts.finding import touched_by
from assistant.retrieve.search import SearchResult
from corpus.index.reader import Index
from corpus.records import Citation, Span
from corpus.units import Unit

_ABOUT = 0.35
"""Share of the question that the other version must hold: it may differ on what was not asked."""
_KINDS = frozenset({"date", "echeance", "chiffre", "signataires"})
"""Divergences between values; the others are between names or references, which the notices tell."""
_LONGEST = 330
_WHOLE = 1100
"""Characters that the answer may take with it."""
_NUMBER = re.compile(r"\d+")


def add_other_versions(index: Index, composition: Composition, book: CitationBook, result: SearchResult) -> None:
    """Quote the version that says otherwise, right after the answer, for the narrowest divergence that it touches."""
    if not composition.answered or composition.table is not None:
        return
    used = composition.quoted
    cited = [citation for citation in book.citations() if citation.n in used and citation.passage]
    matcher = Matcher(result.query.terms, result.hits)
    for conflict, touched in touched_by(find_conflicts(index), cited):
        other = _other(conflict, touched, matcher)
        if other is None or not conflict.internal or conflict.kind not in _KINDS:
            continue
        spans = other.spans or (Span(start=other.start, end=other.end),)
        line = f"Autre version dans le même document : {quoted(other.quote)}"
        if other.passage is None or sum(len(one.text) for one in composition.lines) + len(line) > _WHOLE:
            continue
        composition.add(
            line, [book.cite(Unit(other.quote, spans, index.passage(other.passage)))], style="element",
            territory=territory_of(index, other.document), document=other.document,
        )  # fmt: skip
        return


def _other(conflict: Conflict, touched: list[Citation], matcher: Matcher) -> Citation | None:
    """The version with a disputed figure that the quoted ones lack, the one that holds most of the question."""
    said = {number for citation in touched for number in _NUMBER.findall(citation.quote)}
    disputed = set(_NUMBER.findall(conflict.title)) - said
    found = [
        (matcher.share(matcher.found(version.quote)), version)
        for version in conflict.versions
        if len(version.quote) <= _LONGEST and disputed.intersection(_NUMBER.findall(version.quote))
    ]
    share, best = max(found, key=lambda item: item[0], default=(0.0, None))
    return best if share >= _ABOUT else None
