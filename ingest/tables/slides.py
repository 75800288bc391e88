"""Slides: where each one stands, the lines in capitals that title it, and its paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.records import PageSpan, Span
from corpus.text import words
from ingest.lines import Line, is_open, split_lines, upper_share
from ingest.tables.vocabulary import label_kind, starts_action, synthesis_kind

_SLIDE_BREAK = re.compile(r"\n(?:[ \t]*\n){3,}|\f")
_TITLE_CAPITALS = 0.7
_LOST_L = re.compile(r"[Il|1]['’‘\"`]")


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide of a presentation, or what stands between two wide gaps of any text."""

    start: int
    end: int
    lines: tuple[Line, ...]


def find_slides(text: str, pages: Sequence[PageSpan] = ()) -> tuple[Slide, ...]:
    """The parts of a text that pages, form feeds or three blank lines and more keep apart."""
    breaks = [(gap.start(), gap.end()) for gap in _SLIDE_BREAK.finditer(text)]
    breaks += [(page.start, page.start) for page in pages]
    bounds = [(0, 0), *sorted(breaks), (len(text), len(text))]
    slides = []
    for (_, start), (end, _) in pairwise(bounds):
        lines = tuple(split_lines(text, start, max(start, end)))
        if lines:
            slides.append(Slide(lines[0].start, lines[-1].end, lines))
    return tuple(slides)


def labels_of(line: Line) -> list[str]:
    """Kinds of the box labels that a line is made of ("Action : Action :"); empty for any other line.

    A lone capital beside a label ("T Action :") is what remains of another label of the same kind.
    """
    found: list[str] = []
    for part in filter(None, (part.strip(" .") for part in line.text.split(":"))):
        stray = re.match(r"[A-ZÀ-Ý]\s+(?=\w{4})", part)
        word = part[stray.end() :] if stray else part
        kind = label_kind(word) if word[:1].isupper() and len(words(word)) == 1 else None
        if kind is None:
            return []
        found += [kind, kind] if stray else [kind]
    return found


def is_title(line: Line) -> bool:
    """True for a line in capitals (a linking word may be small): a title of the slide or of one of its blocks."""
    return upper_share(line.text) >= _TITLE_CAPITALS and sum(char.isalpha() for char in line.text) >= 5


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines grouped by the blank lines between them."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.blanks or not groups:
            groups.append([])
        groups[-1].append(line)
    return groups


def begins_low(text: str) -> bool:
    """True where a line does not begin with a capital; `I'` that stands for `l'` is none."""
    body = text.lstrip('«"“(*•-–—.|° ')
    return bool(_LOST_L.match(body)) or not body[:1].isupper()


def reads_across(text: str) -> bool:
    """True where a second box begins inside a line ("Identifier les Mettre en place et")."""
    tokens = text.split()
    return any(
        place
        and token[:1].isupper()
        and token[1:2].islower()
        and starts_action(token)
        and tokens[place - 1][-1:] not in ".:;»"
        for place, token in enumerate(tokens)
    )


def units(lines: Sequence[Line]) -> list[list[Line]]:
    """Paragraphs put together: one that begins low, or follows an open end, goes on with the one before."""
    found: list[list[Line]] = []
    for group in paragraphs(lines):
        if found and (begins_low(group[0].text) or is_open(found[-1][-1].text)):
            found[-1] += group
        else:
            found.append(list(group))
    return found


def spans_of(lines: Sequence[Line]) -> list[Span]:
    """The lines as pieces of the raw text."""
    return [Span(start=line.start, end=line.end) for line in lines]


def is_synthesis(slide: Slide) -> bool:
    """True for a slide whose columns are headed "enjeux", "objectifs", "actions imaginées"."""
    heads = [synthesis_kind(line.text) for line in slide.lines if is_title(line)]
    long_heads = [
        line for line in slide.lines if synthesis_kind(line.text) in ("enjeux", "actions") and len(words(line.text)) > 1
    ]
    return "actions" in heads and len(set(heads) - {None}) >= 2 and bool(long_heads)


def is_boxes(slide: Slide) -> bool:
    """True for a slide of boxes labelled "Objectif" and "Action"."""
    labels = [kind for line in slide.lines for kind in labels_of(line)]
    return not is_synthesis(slide) and labels.count("action") >= 2 and "objectif" in labels
