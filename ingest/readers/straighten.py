"""Scanned pages made straight, and the rules they show."""

import math
from typing import TYPE_CHECKING, Any

from ingest.readers.grids import Rule

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_DEGREES = 6.0
_STEPS = (1.0, 0.25, 0.05)
_LEAST_DEGREES = 0.08
_SKEW_WIDTH = 900
_DARK = 150
_SHORTEST_RULE_INCHES = 0.3
_THICKEST_RULE_INCHES = 0.05

Pixels = Any
"""A numpy array, True where the page is dark."""


def straighten(image: "Image") -> "Image":
    """The page turned so that its lines are level (up to 6 degrees)."""
    from PIL.Image import Resampling

    angle = find_skew(image)
    if abs(angle) < _LEAST_DEGREES:
        return image
    return image.rotate(angle, resample=Resampling.BICUBIC, fillcolor=255)


def find_skew(image: "Image") -> float:
    """Degrees by which to turn a page: at the right angle, rows of pixels are either lines or the white between."""
    import numpy
    from PIL.Image import Resampling

    small = image.resize((_SKEW_WIDTH, max(1, round(image.height * _SKEW_WIDTH / image.width))), Resampling.BILINEAR)
    rows, columns = numpy.nonzero(numpy.asarray(small) < _DARK)
    from_middle = columns - small.width / 2
    margin = round(small.width / 2 * math.sin(math.radians(_MOST_DEGREES))) + 1

    def contrast(angle: float) -> float:
        turn = math.radians(angle)
        places = numpy.rint(rows * math.cos(turn) - from_middle * math.sin(turn)).astype(numpy.int32) + margin
        inside = (places >= 0) & (places < small.height + 2 * margin)
        dark = numpy.bincount(places[inside], minlength=small.height + 2 * margin).astype(numpy.float64)
        return float((numpy.diff(dark) ** 2).sum())

    best, reach = 0.0, _MOST_DEGREES
    for step in _STEPS:
        count = round(reach / step)
        best = max((best + step * place for place in range(-count, count + 1)), key=contrast)
        reach = step
    return best


def find_and_erase_rules(image: "Image", dpi: float) -> tuple["Image", list[Rule]]:
    """The page without its ruled lines, which character recognition takes for letters, and the lines (in points)."""
    import numpy
    from PIL import Image

    pixels = numpy.asarray(image)
    dark = pixels < _DARK
    length = round(_SHORTEST_RULE_INCHES * dpi)
    thickest = max(3, round(_THICKEST_RULE_INCHES * dpi))
    level, upright = _long_runs(dark, length, axis=1), _long_runs(dark, length, axis=0)
    points = 72 / dpi
    rules, erased = [], pixels.copy()
    for left, top, right, bottom in _bars(level, thickest):
        middle = (top + bottom) / 2
        rules.append(Rule(left * points, middle * points, right * points, middle * points))
        erased[max(0, top - 1) : bottom + 2, left:right] = 255
    for top, left, bottom, right in _bars(upright.T, thickest):
        middle = (left + right) / 2
        rules.append(Rule(middle * points, top * points, middle * points, bottom * points))
        erased[top:bottom, max(0, left - 1) : right + 2] = 255
    return Image.fromarray(erased), rules


def _long_runs(dark: Pixels, length: int, axis: int) -> Pixels:
    """True where at least `length` dark pixels follow each other along an axis (1: level, 0: upright)."""
    import numpy

    if dark.shape[axis] < length:
        return numpy.zeros_like(dark)
    starts = _combined(dark, length, axis, numpy.logical_and)
    padding = [(0, 0), (0, 0)]
    padding[axis] = (length - 1, length - 1)
    return _combined(numpy.pad(starts, padding), length, axis, numpy.logical_or)


def _combined(pixels: Pixels, length: int, axis: int, operation: Any) -> Pixels:
    """`operation` over each window of `length` pixels along an axis; windows double, so that few passes are needed."""
    reach = 1
    while reach < length:
        step = min(reach, length - reach)
        size = pixels.shape[axis]
        pixels = operation(_part(pixels, axis, 0, size - step), _part(pixels, axis, step, size))
        reach += step
    return pixels


def _part(pixels: Pixels, axis: int, start: int, end: int) -> Pixels:
    return pixels[:, start:end] if axis == 1 else pixels[start:end]


def _bars(runs: Pixels, thickest: int) -> list[tuple[int, int, int, int]]:
    """Thin level bars (left, top, right, bottom): runs of neighbouring rows that overlap."""
    import numpy

    finished: list[tuple[int, int, int, int]] = []
    open_bars: list[tuple[int, int, int, int]] = []
    for row in range(runs.shape[0]):
        edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], runs[row].view(numpy.int8), [0]))))
        found = [(int(edges[place]), int(edges[place + 1])) for place in range(0, len(edges), 2)]
        still_open = []
        for bar in open_bars:
            touching = [span for span in found if span[0] <= bar[2] and span[1] >= bar[0]]
            if touching:
                found = [span for span in found if span not in touching]
                left = min(bar[0], *(span[0] for span in touching))
                right = max(bar[2], *(span[1] for span in touching))
                still_open.append((left, bar[1], right, row))
            else:
                finished.append(bar)
        open_bars = still_open + [(left, row, right, row) for left, right in found]
    return [bar for bar in finished + open_bars if bar[3] - bar[1] < thickest]
