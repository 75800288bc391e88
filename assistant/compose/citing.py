"""Citations: made from units, verified against the raw text, numbered in the order of the answer."""

from collections.abc import Sequence

from assistant.reading import readable_address
from corpus.index.reader import Index
from corpus.records import Citation, Passage, Span
from corpus.text import letters, squeeze, without_marks
from corpus.units import Unit

GAP = " … "
"""Joins the pieces of a quote taken from several places of one passage."""


def quote_stands(raw: str, quote: str, spans: Sequence[Span]) -> bool:
    """True where the quote is, piece by piece, what the spans of the raw text hold (letters and digits compared)."""
    pieces = quote.split(GAP.strip()) if len(spans) > 1 else [quote]
    if len(pieces) != len(spans) or not letters(quote):
        return False
    return all(
        0 <= span.start < span.end <= len(raw) and letters(without_marks(raw[span.start : span.end])) == letters(piece)
        for piece, span in zip(pieces, spans, strict=True)
    )


class CitationBook:
    """The citations of one answer: the same place is cited once, under one number."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._citations: list[Citation] = []
        self._numbers: dict[tuple[str, int, int, str], int] = {}
        self.dropped = 0
        """Citations refused because their quote does not stand in the source."""

    def cite(self, unit: Unit) -> int | None:
        """The number of a unit's citation, or None where its quote does not stand in the raw text."""
        passage = unit.passage
        raw = self._index.raw_text(passage.document)
        source = GAP.join(squeeze(raw[span.start : span.end]) for span in unit.spans)
        quote = GAP.join(squeeze(without_marks(raw[span.start : span.end])) for span in unit.spans)
        key = (passage.document, unit.start, unit.end, "")
        if key in self._numbers:
            return self._numbers[key]
        if not quote_stands(raw, quote, unit.spans):
            self.dropped += 1
            return None
        entry = self._index.document(passage.document).entry
        readable = self._as_read(unit)
        return self._keep(
            key,
            Citation(
                n=len(self._citations) + 1,
                document=passage.document,
                territory=entry.territory.short_name,
                section=readable_address(self._index, passage),
                page=passage.page,
                quote=readable,
                start=unit.start,
                end=unit.end,
                spans=unit.spans if len(unit.spans) > 1 else (),
                raw=source if source != readable else None,
                repaired=readable != quote,
                verified=True,
                passage=passage.id,
            ),
        )

    def cite_stretch(self, passage: Passage, start: int, end: int) -> int | None:
        """As `cite`, for a stretch of a document's raw text, read in one piece."""
        return self.cite(Unit("", (Span(start=start, end=end),), passage))

    def _as_read(self, unit: Unit) -> str:
        """The words of a unit as people read them: repaired where the source is a recognised text."""
        source = self._index.repaired(unit.passage.document)
        return GAP.join(squeeze(without_marks(source.between(span.start, span.end))) for span in unit.spans)

    def cite_note(self, identifier: str, section: str, text: str) -> int:
        """The number of a note of the project (a rule, a glossary entry): its text is the quote."""
        key = (identifier, 0, 0, text)
        if key in self._numbers:
            return self._numbers[key]
        return self._keep(
            key,
            Citation(
                n=len(self._citations) + 1,
                document=identifier,
                territory=None,
                section=section,
                page=None,
                quote=text,
                start=0,
                end=0,
                verified=True,
            ),
        )

    def citation(self, number: int) -> Citation:
        """The citation that has this number."""
        return self._citations[number - 1]

    def citations(self) -> tuple[Citation, ...]:
        """Every citation made, in the order of their numbers."""
        return tuple(self._citations)

    def _keep(self, key: tuple[str, int, int, str], citation: Citation) -> int:
        self._citations.append(citation)
        self._numbers[key] = citation.n
        return citation.n
