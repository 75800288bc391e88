"""Reading order of one page: words with their places become paragraphs, columns one after the other.

The page is cut in turn by empty bands and by empty gutters (a recursive X-Y cut). Side-by-side words that are no
columns of prose stay on one line, separated by tabs, as in a table without rules.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.readers.blocks import Block, Paragraph, Table
from ingest.readers.columns import Band, Frame, Gutter, Item, find_bands, find_gutters, is_aligned, split_columns
from ingest.readers.paragraphs import Habits, TextLine, Word, goes_on_after, join_lines

_WORD_GAP = 1.0
_ROW_GAP = 0.6
_JUSTIFIED_GAPS = 2
_EVEN_SHARE = 1.7
_MARK = re.compile(r"[-–—•·●○◦o*■□▪▫❖➢➤►▶→✓✔☐☑☒»>\uf000-\uf0ff]|\d{1,2}(\.\d{1,2})*[.)]?|[a-zA-Z][.)]|\(\d{1,2}\)")


Part = list[TextLine] | Frame | None
"""Pieces of one line, a frame, or None where a column ends."""


def lay_out(words: Sequence[Word], habits: Habits, frames: Sequence[Frame] = ()) -> list[Block]:
    """Blocks of a page or of a part of it, in reading order."""
    items: list[Item] = [*line_pieces(words), *frames]
    if not items:
        return []
    unit = median(word.size for word in words) if words else 10.0
    return _blocks(_ordered(items, unit, habits), habits)


def text_lines(words: Sequence[Word]) -> list[TextLine]:
    """Words of a narrow place (a cell) as lines from top to bottom, whatever the gaps between them."""
    return [TextLine(tuple(row)) for row in _rows(words)]


def line_pieces(words: Sequence[Word]) -> list[TextLine]:
    """Runs of words on one line, cut at wide gaps; a bullet or number stays with what it introduces."""
    segments: list[TextLine] = []
    for row in _rows(words):
        run: list[Word] = []
        for word in row:
            if run and word.x0 - run[-1].x1 > _WORD_GAP * min(word.size, run[-1].size) and not _is_mark(run):
                segments.append(TextLine(tuple(run)))
                run = []
            run.append(word)
        segments.append(TextLine(tuple(run)))
    return segments


def _is_mark(run: list[Word]) -> bool:
    return len(run) == 1 and _MARK.fullmatch(run[0].text) is not None


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words that share a line, left to right; small raised words stay on the line they belong to."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        row = rows[-1] if rows else None
        if row and word.middle - row[0].middle <= 0.5 * max(min(word.height, row[0].height), 4.0):
            row.append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _ordered(items: list[Item], unit: float, habits: Habits) -> list[Part]:
    """Items in reading order; lines that stand side by side as in a table come as one list."""
    ordered: list[Part] = []
    for band in find_bands(items, unit):
        if band.gutters and not is_aligned(band):
            ordered += _columns(band.items, band.gutters, unit, habits)
        elif band.gutters and len(band.clusters) > 1:
            ordered.append(_aligned_table(band, unit, habits))
        else:
            for cluster in band.clusters:
                ordered += _side_by_side(cluster, unit, habits)
    return ordered


def _columns(items: list[Item], gutters: list[Gutter], unit: float, habits: Habits) -> list[Part]:
    parts: list[Part] = []
    for column in split_columns(items, gutters):
        parts += [None, *_ordered(column, unit, habits)]
    return [*parts, None]


def _side_by_side(cluster: list[Item], unit: float, habits: Habits) -> list[Part]:
    """One line of cells; where a cell has several lines or is a frame, each part is read in turn."""
    if _is_one_line(cluster):
        return [[item for item in sorted(cluster, key=lambda item: item.x0) if isinstance(item, TextLine)]]
    gutters = find_gutters([cluster], unit)
    if gutters:
        return _columns(cluster, gutters, unit, habits)
    ordered: list[Part] = []
    for item in sorted(cluster, key=lambda item: (item.top, item.x0)):
        ordered.append(item if isinstance(item, Frame) else [item])
    return ordered


def _aligned_table(band: Band, unit: float, habits: Habits) -> Frame:
    """A table without rules. A line with nothing in the first column goes on with the row above it."""
    rows: list[list[list[TextLine]]] = []
    bottom = float("-inf")
    for cluster in band.clusters:
        cells: list[list[TextLine]] = [[] for _ in range(len(band.gutters) + 1)]
        for item in sorted(cluster, key=lambda item: (item.bottom, item.x0)):
            if isinstance(item, TextLine):
                cells[sum(item.x0 >= right - 0.1 for _, right in band.gutters)].append(item)
        if rows and not cells[0] and min(item.top for item in cluster) - bottom < _ROW_GAP * unit:
            for cell, more in zip(rows[-1], cells, strict=True):
                cell += more
        else:
            rows.append(cells)
        bottom = max(item.bottom for item in cluster)
    table = Table(tuple(tuple(tuple(join_lines(cell, habits)) for cell in row) for row in rows))
    items = band.items
    return Frame(
        min(item.x0 for item in items),
        min(item.top for item in items),
        max(item.x1 for item in items),
        bottom,
        (table,),
    )


def _is_one_line(cluster: list[Item]) -> bool:
    """True where the items stand next to each other, none above another."""
    by_place = sorted(cluster, key=lambda item: item.x0)
    return all(isinstance(item, TextLine) for item in cluster) and all(
        before.x1 <= after.x0 for before, after in pairwise(by_place)
    )


def _blocks(parts: list[Part], habits: Habits) -> list[Block]:
    blocks: list[Block] = []
    lines: list[TextLine] = []
    for part in [*parts, None]:
        if isinstance(part, list):
            lines.append(_as_line(part))
            continue
        blocks = _after(blocks, join_lines(lines, habits))
        lines = []
        if part is not None:
            blocks += part.blocks
    return blocks


def _as_line(pieces: list[TextLine]) -> TextLine:
    """Pieces of one line, with tabs between them unless all words stand equally far apart: that is justified text."""
    whole = TextLine.row(pieces)
    gaps = [after.x0 - before.x1 for before, after in pairwise(whole.words)]
    if len(gaps) >= _JUSTIFIED_GAPS and max(gaps) <= _EVEN_SHARE * median(gaps):
        return TextLine(whole.words)
    return whole


def _after(blocks: list[Block], following: list[Block]) -> list[Block]:
    """The blocks of a column after those of the column before, a sentence cut between them put back together."""
    if blocks and following:
        last, first = blocks[-1], following[0]
        if isinstance(last, Paragraph) and isinstance(first, Paragraph) and not first.bullet:
            first = replace(first, continues=goes_on_after(last.text, first.text))
        return [*blocks, first, *following[1:]]
    return blocks + following
