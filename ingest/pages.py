"""Pages of a plain text, from the marks that its extraction left.

A page number is given only where the file establishes it: a wrong page is worse than none.

- `saut-de-page`: form feeds. The program that wrote them wrote one at the end of every page: the count is the number.
- `espace-en-tete`: a page begins at a line that starts with exactly one space, or after three or more blank lines.
  Some boundaries are lost in such texts, so the count proves nothing by itself. It is believed where numbers printed
  at the head or foot of at least three pages agree with it, and no number printed among them disagrees (numbers of
  slides pasted in an annexe do).
- `diapositives`: the same marks separate slides. Their count is believed up to the first boundary that may be a hole
  in the text of one slide (what follows goes on in lower case, or what comes before is unfinished).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records.document import PageConvention, PageSpan
from ingest.lines import is_open, starts_low

_ONE_SPACE = re.compile(r"^ (?=[^\s])", re.MULTILINE)
_BLANK_RUN = re.compile(r"\n(?:[ \t\r]*\n){3,}")
_PRINTED = re.compile(r"^(?:page\s+)?(?:[-–—]\s*)?(\d{1,3})(?:\s*[-–—])?(?:\s*(?:/|sur)\s*\d{1,3})?$", re.IGNORECASE)
_AGREEING_PAGES = 3
"""How many printed numbers must agree with the count of boundaries before it is believed."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A number printed alone at the head or foot of a page."""

    ordinal: int
    printed: int


def find_pages(text: str, convention: PageConvention) -> tuple[PageSpan, ...]:
    """The pages of a raw text in order, covering it; empty where it shows none.

    Form feeds show pages even where the convention says "aucune".
    """
    if convention in ("aucune", "saut-de-page"):
        last = len(text.rstrip())
        starts = [0, *(match.end() for match in re.finditer("\f", text) if match.end() < last)]
        return _spans(text, starts, [*range(1, len(starts) + 1)]) if len(starts) > 1 else ()
    starts = _page_starts(text)
    if len(starts) < 2:
        return ()
    blocks = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    numbers = _slide_numbers(blocks) if convention == "diapositives" else _printed_numbers(blocks)
    return _spans(text, starts, numbers)


def page_at(pages: Sequence[PageSpan], offset: int) -> int | None:
    """Number of the page that holds a character of the raw text; None where it is not established."""
    position = bisect_right(pages, offset, key=lambda page: page.start) - 1
    return pages[position].number if position >= 0 and offset < pages[position].end else None


def _page_starts(text: str) -> list[int]:
    marks = {match.start() for match in _ONE_SPACE.finditer(text)}
    last = len(text.rstrip())
    marks.update(match.end() for match in _BLANK_RUN.finditer(text) if match.end() < last)
    first = len(text) - len(text.lstrip())
    return [0, *sorted(mark for mark in marks if mark > first)]


def _spans(text: str, starts: Sequence[int], numbers: Sequence[int | None]) -> tuple[PageSpan, ...]:
    ends = [*starts[1:], len(text)]
    return tuple(
        PageSpan(number=number, start=start, end=end) for number, start, end in zip(numbers, starts, ends, strict=True)
    )


def _slide_numbers(blocks: Sequence[str]) -> list[int | None]:
    numbers: list[int | None] = []
    trusted = True
    for position, block in enumerate(blocks):
        if position and (starts_low(block) or is_open(_last_line(blocks[position - 1]))):
            trusted = False
        numbers.append(position + 1 if trusted else None)
    return numbers


def _printed_numbers(blocks: Sequence[str]) -> list[int | None]:
    anchors = [
        _Anchor(position, printed) for position, block in enumerate(blocks) if (printed := _printed(block)) is not None
    ]
    numbers: list[int | None] = [None] * len(blocks)
    for run in _agreeing_runs(anchors):
        shift = run[0].printed - run[0].ordinal
        # Before the first anchor the count is believed only if it leads back to page 1 at the start of the file.
        first = 0 if shift == 1 and run[0] is anchors[0] else run[0].ordinal
        for position in range(first, run[-1].ordinal + 1):
            numbers[position] = position + shift
    return numbers


def _agreeing_runs(anchors: Sequence[_Anchor]) -> list[list[_Anchor]]:
    """Runs of neighbouring anchors whose numbers grow exactly as the boundaries between them are counted."""
    runs: list[list[_Anchor]] = []
    for anchor in anchors:
        if runs and anchor.printed - anchor.ordinal == runs[-1][-1].printed - runs[-1][-1].ordinal:
            runs[-1].append(anchor)
        else:
            runs.append([anchor])
    return [run for run in runs if len(run) >= _AGREEING_PAGES]


def _printed(block: str) -> int | None:
    """The number printed at the foot of a page, else at its head."""
    lines = [line.strip() for line in block.splitlines() if line.strip()]
    for line in (lines[-1:] + lines[:1]) if len(lines) > 1 else []:
        match = _PRINTED.match(line)
        if match:
            return int(match.group(1))
    return None


def _last_line(block: str) -> str:
    lines = [line for line in block.splitlines() if line.strip()]
    return lines[-1] if lines else ""
