"""Scanned pages made straight, and the rules they show."""

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
    dark = small.point(lambda value: 255 if value < _DARK else 0)

    def contrast(angle: float) -> float:
        rows = numpy.asarray(dark.rotate(angle), dtype=numpy.float32).sum(axis=1)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

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
    level, upright = _long_runs(dark, length), _long_runs(dark.T, length).T
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


def _long_runs(dark: Pixels, length: int) -> Pixels:
    """True in rows where at least `length` dark pixels follow each other."""
    import numpy

    if dark.shape[1] <= length:
        return numpy.zeros_like(dark)
    sums = numpy.cumsum(numpy.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=numpy.int32)
    starts = (sums[:, length:] - sums[:, :-length]) == length
    runs = numpy.zeros_like(dark)
    marks = numpy.zeros((dark.shape[0], dark.shape[1] + 1), dtype=numpy.int32)
    marks[:, : starts.shape[1]] += starts
    marks[:, length : length + starts.shape[1]] -= starts
    runs[:] = numpy.cumsum(marks, axis=1)[:, : dark.shape[1]] > 0
    return runs


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
