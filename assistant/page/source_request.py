"""What a click on a mark asks for: the place of a quote in a document, checked before it is used."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import Field, ValidationError

from corpus.errors import UnknownDocument
from corpus.records import Span
from corpus.records.base import Record

_SPANS = re.compile(r"\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9}){0,40}")


class SourceRequest(Record):
    """A place to open."""

    document: str = Field(min_length=1, max_length=120)
    """Id of a document, or "obligation:ID", "glossaire:ID", "reference:ID" for a note of the project."""
    spans: tuple[Span, ...] = ()
    """What to highlight, in the raw text; empty for a note, or to read from a window alone."""
    window: Span | None = None
    """Part of the raw text to show; None for the surroundings of the spans."""
    passage: str | None = Field(default=None, max_length=200)
    fiche: str | None = Field(default=None, max_length=200)
    """Id of a fiche to read field by field; None to read the document."""
    n: str = Field(default="", max_length=4)
    """Number of the citation; empty where there is none."""
    quote: str = Field(default="", max_length=20_000)
    """Text of a note, shown where the note itself is not found any more."""
    section: str = Field(default="", max_length=2000)


def read_source_request(data: Mapping[str, Any]) -> SourceRequest:
    """The request of a click. Raises UnknownDocument where it is none that our buttons make."""
    try:
        return SourceRequest(
            document=str(data.get("document", "")),
            spans=_read_spans(data.get("spans")),
            window=next(iter(_read_spans(data.get("window"))), None),
            passage=data.get("passage") or None,
            fiche=data.get("fiche") or None,
            n=str(data.get("n") or ""),
            quote=str(data.get("quote") or ""),
            section=str(data.get("section") or ""),
        )
    except ValidationError as error:
        raise UnknownDocument("Ce renvoi n'est pas lisible : posez la question à nouveau.") from error


def _read_spans(text: object) -> tuple[Span, ...]:
    if not isinstance(text, str) or not _SPANS.fullmatch(text):
        return ()
    pairs = (piece.split("-") for piece in text.split(","))
    return tuple(Span(start=int(start), end=int(end)) for start, end in pairs if int(start) < int(end))
