"""From the places of a finding to verified citations: the sentence around a value, never more than a few lines."""

import re
from collections.abc import Sequence

from assistant.compose.citing import CitationBook
from assistant.conflicts.records import Conflict, Finding, Place
from corpus.index.reader import Index
from corpus.records import Passage, Span
from corpus.text import fold
from corpus.units import Unit

_LONGEST = 280
_MARGIN = 110
_STOP = re.compile(r"\n[ \t]*\n|\t|\n\s*(?=[-–•▪→➢✓*>#|]|\d{1,2}[.)]|Vu\b)|(?<=\w\w\w[.;!?])\s+(?=[A-ZÀÉÈÊÎÔÇ«\d-])")
_WORD_EDGE = re.compile(r"\s")


def make_conflict(index: Index, finding: Finding) -> Conflict | None:
    """The finding with its quotes, or None where fewer than two of them stand in the raw text."""
    book = CitationBook(index)
    for position in finding.places:
        raw = index.raw_text(position.document)
        spans = position.spans if position.exact else (sentence_span(raw, position),)
        if passage := _passage_of(index.passages(position.document), spans[0].start):
            book.cite(Unit("", spans, passage))
    versions = book.citations()
    if len(versions) < 2:
        return None
    documents = tuple(dict.fromkeys(citation.document for citation in versions))
    return Conflict(
        id="-".join(part for part in (finding.kind, "+".join(documents), slug(finding.subject)) if part),
        kind=finding.kind,
        title=finding.title,
        explanation=finding.explanation,
        internal=len(documents) == 1,
        documents=documents,
        versions=versions,
    )


def sentence_span(raw: str, position: Place) -> Span:
    """The sentence, list item or table cell that holds the place; a window at word edges where it is too long."""
    start, end = position.spans[0].start, position.spans[-1].end
    low, high = max(0, start - 600), min(len(raw), end + 600)
    first = max((match.end() for match in _STOP.finditer(raw, low, start)), default=low)
    after = _STOP.search(raw, end, high)
    last = after.start() if after else high
    if last - first > _LONGEST:
        first = first if start - first <= _MARGIN else _edge(raw, start - _MARGIN, start)
        last = last if last - end <= _MARGIN else max(end, raw.rfind(" ", end, end + _MARGIN))
    while first < start and not raw[first].isalnum():
        first += 1
    while last > end and raw[last - 1].isspace():
        last -= 1
    return Span(start=first, end=last)


def slug(text: str) -> str:
    """Folded letters and digits joined by dashes, cut to a readable length."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text))[:60].strip("-")


def _edge(raw: str, low: int, high: int) -> int:
    found = _WORD_EDGE.search(raw, low, high)
    return found.end() if found else high


def _passage_of(passages: Sequence[Passage], start: int) -> Passage | None:
    holding = [passage for passage in passages if any(span.start <= start < span.end for span in passage.spans)]
    return min(holding, key=lambda passage: len(passage.text), default=None)
