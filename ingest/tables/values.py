"""Pieces of a raw text as values: whole, in reading order, each piece exactly where it was copied from."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.records import ReadDocument, Section, Span, Value
from ingest.lines import clean, has_word, is_open, starts_low, tight_span
from ingest.tables.vocabulary import starts_action

_BULLET = re.compile(r"[→➢➤▪■•●◦□✓✔]|<li>")
_DASH = re.compile(r"(?:^|(?<=[\s>]))(?:[-–—*]|v['\"’])\s+(?=\S)")
_TAGS = re.compile(r"(?:\s|<[^<>]*>)*")


def value_of(text: str, pieces: Iterable[Span]) -> Value:
    """The words of the pieces in their order, joined by a space; pieces that touch are one."""
    joined = join_spans(text, pieces)
    return Value(
        text=" ".join(filter(None, (clean(text[piece.start : piece.end]) for piece in joined))),
        start=joined[0].start,
        end=joined[-1].end,
        spans=tuple(joined) if len(joined) > 1 else (),
    )


def join_spans(text: str, pieces: Iterable[Span]) -> list[Span]:
    """The same pieces, with those that only white space keeps apart made one."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and joined[-1].end <= piece.start and not text[joined[-1].end : piece.start].strip():
            joined[-1] = Span(start=joined[-1].start, end=piece.end)
        else:
            joined.append(piece)
    return joined


def items_of(text: str, cell: Span) -> list[Span]:
    """The items of a cell: divided at bullets and list tags; the whole cell where it has none, nothing if empty.

    A dash is a bullet only in a cell that begins with one.

    Two items that lost the bullet between them are told apart where a capital follows a closing parenthesis, or a
    capitalised noun of action words that no punctuation ends ("Goûters intergénérationnels Soutien aux initiatives").
    """
    raw = text[cell.start : cell.end]
    marks = [mark.start() for mark in _BULLET.finditer(raw)]
    opening = _TAGS.match(raw)
    if not marks and _DASH.match(raw, opening.end() if opening else 0):
        marks = [mark.start() for mark in _DASH.finditer(raw)]
    bounds = [0, *marks, len(raw)]
    items = []
    for left, right in pairwise(bounds):
        for start, end in _unglued(raw, left, right) if len(bounds) > 2 else [(left, right)]:
            span = tight_span(text, cell.start + start, cell.start + end)
            if has_word(text[span.start : span.end]):
                items.append(span)
    return items


def goes_on(before: str, after: str) -> bool:
    """True where a cell only goes on with the one above it, cut by a page: an open end, or a lower-case beginning."""
    return bool(before.strip()) and (is_open(before) or starts_low(after))


def section_at(sections: Sequence[Section], start: int) -> Section | None:
    """The deepest section that holds a position; None where there are no sections."""
    holders = [section for section in sections if section.start <= start < section.end]
    return max(holders, key=lambda section: (section.start, section.ordinal), default=None)


def page_at(read: ReadDocument, start: int) -> int | None:
    """Number of the page of a position; None where it is not established."""
    return next((page.number for page in read.pages if page.start <= start < page.end), None)


def _unglued(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    bounds = [start]
    for match in re.finditer(r"(?<=[a-zà-ÿ)])\s+(?=([A-ZÀ-Ý][a-zà-ÿ]{3,})\b)", raw[start:end]):
        if raw[start + match.start() - 1] == ")" or starts_action(match.group(1)):
            bounds.append(start + match.end())
    return list(pairwise([*bounds, end]))
