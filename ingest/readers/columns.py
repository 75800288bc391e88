"""Columns of a page: what stands side by side, and whether it is read column by column or line by line."""

from dataclasses import dataclass, field
from itertools import groupby
from statistics import median

from ingest.readers.blocks import Block
from ingest.readers.paragraphs import TextLine

_SHRINK = 0.2
_GUTTER = 1.0
_PROSE_FILL = 0.6
_LIST_FILL = 0.45
_LABEL_SHARE = 0.4
_MANY_LINES = 8
_FULL_SHARE = 0.7
_LEVEL_SHARE = 0.7
_LEVEL_TOLERANCE = 1.5


@dataclass(frozen=True)
class Frame:
    """Something that is read as a whole: a table, a box. `blocks` is what it holds."""

    x0: float
    top: float
    x1: float
    bottom: float
    blocks: tuple[Block, ...]


Item = TextLine | Frame
Gutter = tuple[float, float]


@dataclass
class Band:
    """Part of a page from side to side: its lines (things side by side), and the gutters that all of them leave."""

    clusters: list[list[Item]] = field(default_factory=list)
    gutters: list[Gutter] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        return [item for cluster in self.clusters for item in cluster]


def find_bands(items: list[Item], unit: float) -> list[Band]:
    """Bands from top to bottom; `unit` is the usual size of letters, gutters are at least as wide."""
    return _bands(_clusters(items), unit)


def find_gutters(clusters: list[list[Item]], unit: float) -> list[Gutter]:
    """Empty vertical strips with items on both sides of them, from left to right."""
    gutters: list[Gutter] = []
    reach: float | None = None
    for item in sorted((item for cluster in clusters for item in cluster), key=lambda item: item.x0):
        if reach is not None and item.x0 - reach >= _GUTTER * unit:
            gutters.append((reach, item.x0))
        reach = item.x1 if reach is None else max(reach, item.x1)
    return gutters


def split_columns(items: list[Item], gutters: list[Gutter]) -> list[list[Item]]:
    columns: list[list[Item]] = [[] for _ in range(len(gutters) + 1)]
    for item in items:
        columns[sum(item.x0 >= right - 0.1 for _, right in gutters)].append(item)
    return [column for column in columns if column]


def is_aligned(band: Band) -> bool:
    """True where the parts of each line belong together (label and value, a table without rules).

    Columns of prose go their own way down the page, or fill their width line after line; cells of a table do not.
    """
    if any(isinstance(item, Frame) for item in band.items):
        return False
    columns = split_columns(band.items, band.gutters)
    if len(band.clusters) < 3 and max(map(len, columns)) < 3:
        return True
    widths = [max(item.x1 for item in column) - min(item.x0 for item in column) for column in columns]
    if min(widths) < _LABEL_SHARE * max(widths):
        return True
    shared = [cluster for cluster in band.clusters if len(split_columns(cluster, band.gutters)) > 1]
    if sum(_is_level(cluster) for cluster in shared) < _LEVEL_SHARE * len(shared):
        return False
    if len(shared) >= _MANY_LINES and len(shared) >= _FULL_SHARE * len(band.clusters):
        return not all(_fill(column) >= _LIST_FILL for column in columns)
    return not all(len(column) >= 3 and _fill(column) >= _PROSE_FILL for column in columns)


def _clusters(items: list[Item]) -> list[list[Item]]:
    """Items whose heights overlap, from top to bottom."""
    clusters: list[list[Item]] = []
    reach = float("-inf")
    for item in sorted(items, key=lambda item: item.top):
        trim = _SHRINK * (item.bottom - item.top) if isinstance(item, TextLine) else 0.5
        if clusters and item.top + trim < reach:
            clusters[-1].append(item)
        else:
            clusters.append([item])
        reach = max(reach, item.bottom - trim) if len(clusters[-1]) > 1 else item.bottom - trim
    return clusters


def _bands(clusters: list[list[Item]], unit: float) -> list[Band]:
    """Neighbouring clusters that share a gutter, greedily from the top; each other cluster is a band of its own."""
    bands: list[Band] = []
    position = 0
    while position < len(clusters):
        end, gutters = _longest_shared(clusters, position, unit)
        band = Band(clusters[position:end], gutters)
        while gutters and bands and _begins_right_column(bands[-1], band, unit):
            band.clusters[:0] = bands.pop().clusters
        bands.append(band)
        position = end
    return bands


def _begins_right_column(above: Band, band: Band, unit: float) -> bool:
    """True for lines just above a band that stand over its right columns only."""
    items = [item for cluster in above.clusters for item in cluster]
    right_only = not above.gutters and all(item.x0 >= band.gutters[0][1] - 1 for item in items)
    return right_only and min(item.top for item in band.clusters[0]) - max(item.bottom for item in items) < 1.5 * unit


def _longest_shared(clusters: list[list[Item]], start: int, unit: float) -> tuple[int, list[Gutter]]:
    if not find_gutters([clusters[start]], unit):
        return start + 1, []
    end = start + 1
    gutters = find_gutters(clusters[start:end], unit)
    while end < len(clusters):
        wider = find_gutters(clusters[start : end + 1], unit)
        if not wider:
            break
        gutters = wider
        end += 1
    last = end
    while end > start + 1 and _is_left_only(clusters[end - 1], gutters) and end < len(clusters):
        end -= 1
    if end < last and not _far_below(clusters, end, unit):
        end = last
    return end, gutters


def _is_left_only(cluster: list[Item], gutters: list[Gutter]) -> bool:
    return all(item.x1 <= gutters[0][1] for item in cluster)


def _far_below(clusters: list[list[Item]], end: int, unit: float) -> bool:
    """True where white space parts the clusters from `end` on from the band above them."""
    above = max(item.bottom for item in clusters[end - 1])
    return min(item.top for item in clusters[end]) - above > 0.8 * unit


def _is_level(cluster: list[Item]) -> bool:
    """True where all parts of a line stand at the same height."""
    bottoms = [item.bottom for item in cluster]
    return max(bottoms) - min(bottoms) <= _LEVEL_TOLERANCE


def _fill(column: list[Item]) -> float:
    """Share of a column's width that its usual line takes."""
    width = max(item.x1 for item in column) - min(item.x0 for item in column)
    rows = [
        max(item.x1 for item in row) - min(item.x0 for item in row)
        for _, group in groupby(sorted(column, key=_row_of), key=_row_of)
        if (row := list(group))
    ]
    return median(rows) / max(width, 1.0)


def _row_of(item: Item) -> int:
    return round(item.bottom / _LEVEL_TOLERANCE)
