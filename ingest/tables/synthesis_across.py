"""Synthesis slides read line by line across their columns: the column of actions, the last one, is given back."""

import re
from collections.abc import Sequence

from corpus.records import Span
from ingest.lines import Line, is_finished, tight_span, upper_share
from ingest.tables.evidence import Pairs
from ingest.tables.found import FoundAction
from ingest.tables.slides import Slide, is_title, spans_of
from ingest.tables.unzip import starts_item, unzip_lines
from ingest.tables.vocabulary import synthesis_kind

_CAPITALS = 0.7
_LONGEST_HEAD = 3
_THEME = re.compile(r"(?:[A-ZÀ-Ý'’-]{2,}\s+)+(?=\S)")
_WORD = re.compile(r"\S+")


def across_actions(text: str, slides: Sequence[Slide]) -> list[FoundAction]:
    """The actions of the slides whose heads of columns stand on one line, actions last, in reading order.

    The names in capitals at the beginning of the lines are the theme; the columns between are not told apart.
    """
    found: list[FoundAction] = []
    for number, slide in enumerate(slides):
        place = next((at for at, line in enumerate(slide.lines) if heads_of(line)), None)
        if place is None:
            continue
        title, below = _title(slide, place)
        theme, lines = _without_theme(text, below)
        pairs = Pairs([text[: slide.start], text[slide.end :]])
        columns = unzip_lines(text, lines, 2, pairs, loose=True)
        for item in _items(text, columns.pieces[1]) if columns else []:
            fields = {key: [pieces] for key, pieces in (("axe", title), ("champs", theme)) if pieces}
            found.append(FoundAction(title=item, fields=fields, group=number))
    return found


def heads_of(line: Line) -> list[tuple[int, str]]:
    """The heads at the end of a line, each with its first character, where actions come last of at least two."""
    words = [(match.start(), match.group()) for match in _WORD.finditer(line.text)]
    heads: list[tuple[int, str]] = []
    end = len(words)
    while end:
        size = next((n for n in range(min(_LONGEST_HEAD, end), 0, -1) if _is_head(words[end - n : end])), 0)
        if not size:
            break
        end -= size
        heads.insert(0, (words[end][0], synthesis_kind(" ".join(word for _, word in words[end : end + size])) or ""))
    return heads if len(heads) >= 2 and heads[-1][1] == "actions" and len({kind for _, kind in heads}) > 1 else []


def _is_head(words: Sequence[tuple[int, str]]) -> bool:
    joined = " ".join(word for _, word in words)
    return upper_share(joined) >= _CAPITALS and synthesis_kind(joined) is not None


def _title(slide: Slide, place: int) -> tuple[list[Span], list[Line]]:
    """The title, which may end beside or below the heads, and the lines under it."""
    head = slide.lines[place]
    title = spans_of([line for line in slide.lines[:place] if is_title(line)])
    beside = head.start + heads_of(head)[0][0]
    if beside > head.start:
        title.append(tight_span(head.text, 0, beside - head.start))
        title[-1] = Span(start=title[-1].start + head.start, end=title[-1].end + head.start)
    below = list(slide.lines[place + 1 :])
    while below and is_title(below[0]):
        title += spans_of(below[:1])
        below = below[1:]
    return title, below


def _without_theme(text: str, lines: Sequence[Line]) -> tuple[list[Span], list[Span]]:
    theme: list[Span] = []
    rest: list[Span] = []
    for line in lines:
        name = _THEME.match(line.text)
        start = line.start + (name.end() if name else 0)
        if name:
            theme.append(Span(start=line.start, end=line.start + len(name.group().rstrip())))
        rest.append(Span(start=start, end=line.end))
    return theme, rest


def _items(text: str, pieces: Sequence[Span]) -> list[list[Span]]:
    items: list[list[Span]] = []
    for piece in pieces:
        words = text[piece.start : piece.end]
        before = text[items[-1][-1].start : items[-1][-1].end] if items else ""
        if not items or starts_item(words) or (is_finished(before) and words[:1].isupper()):
            items.append([])
        items[-1].append(tight_span(text, piece.start, piece.end) if starts_item(words) else piece)
    return items
