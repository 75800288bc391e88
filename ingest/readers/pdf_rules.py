"""Rules and boxes that a PDF page draws, and the share of it that images cover."""

from collections.abc import Iterator
from ctypes import byref, c_float, c_int
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.readers.grids import Rule
from ingest.readers.paragraphs import Word
from ingest.readers.pdf_view import PageView

if TYPE_CHECKING:
    from pypdfium2 import PdfObject, PdfPage

_MOST_SEGMENTS = 20_000
_MOST_POINTS_OF_A_SHAPE = 64
_THIN = 3.0
_SMALLEST_DOT, _LARGEST_DOT, _DOT_TOLERANCE = 1.5, 7.0, 0.8
_MOST_DOTS = 300
_STRAIGHT = 1.0

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


def find_rules(page: "PdfPage", view: PageView) -> list[Rule]:
    """Straight horizontal and vertical lines, sides of rectangles included; empty where the page is a drawing."""
    from pypdfium2 import raw

    rules: list[Rule] = []
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        for outline in _outlines(shape):
            rules += _rules_of([view.point(*point) for point in outline])
        if len(rules) > _MOST_SEGMENTS:
            return []
    return [rule for rule in rules if _is_on_page(rule, view)]


def find_dots(page: "PdfPage", view: PageView) -> list[Word]:
    """Small round or square shapes as "•": some programs draw the bullets of lists instead of writing them."""
    from pypdfium2 import raw

    dots: list[Word] = []
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        points = [view.point(*point) for outline in _outlines(shape, curved=True) for point in outline]
        if not points:
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        width, height = max(xs) - min(xs), max(ys) - min(ys)
        if _SMALLEST_DOT <= width <= _LARGEST_DOT and abs(width - height) <= _DOT_TOLERANCE:
            dots.append(Word("•", min(xs), min(ys), max(xs), max(ys), size=height))
        if len(dots) > _MOST_DOTS:
            return []
    return dots


def image_share(page: "PdfPage", view: PageView) -> float:
    """Share of the page that images cover, from 0 to 1."""
    from pypdfium2 import raw

    covered = 0.0
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = image.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return min(1.0, covered / max(1.0, view.width * view.height))


def drawn_shapes(page: "PdfPage") -> int:
    """Number of shapes of the page: letters drawn as outlines are hundreds."""
    from pypdfium2 import raw

    return sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]))


def _outlines(shape: "PdfObject", *, curved: bool = False) -> list[list[Point]]:
    """Corners of each line of a visible shape, in the file's coordinates; none where it has many sides or, unless
    `curved`, is curved."""
    from pypdfium2 import raw

    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(shape, byref(fill), byref(stroke))
    count = raw.FPDFPath_CountSegments(shape)
    if not (fill.value or stroke.value) or not 2 <= count <= _MOST_POINTS_OF_A_SHAPE:
        return []
    matrices = list(_matrices(shape))
    outlines: list[list[Point]] = []
    for place in range(count):
        segment = raw.FPDFPath_GetPathSegment(shape, place)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO and not curved:
            return []
        x, y = c_float(), c_float()
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (x.value, y.value)
        for matrix in matrices:
            point = _moved(point, matrix)
        if kind == raw.FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([])
        outlines[-1].append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    return outlines


def _matrices(shape: "PdfObject") -> Iterator[Matrix]:
    """Matrices of the shape and of the forms it stands in, the innermost first."""
    current: PdfObject | None = shape
    while current is not None:
        yield current.get_matrix().get()
        current = current.container


def _moved(point: Point, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _rules_of(points: list[Point]) -> list[Rule]:
    if len(points) < 2:
        return []
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if len(points) > 2 and bottom - top < _THIN <= right - left:
        return [Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)]
    if len(points) > 2 and right - left < _THIN <= bottom - top:
        return [Rule((left + right) / 2, top, (left + right) / 2, bottom)]
    rules = []
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) <= _STRAIGHT < abs(x1 - x0):
            rules.append(Rule(min(x0, x1), (y0 + y1) / 2, max(x0, x1), (y0 + y1) / 2))
        elif abs(x1 - x0) <= _STRAIGHT < abs(y1 - y0):
            rules.append(Rule((x0 + x1) / 2, min(y0, y1), (x0 + x1) / 2, max(y0, y1)))
    return rules


def _is_on_page(rule: Rule, view: PageView) -> bool:
    return rule.x1 >= 0 and rule.y1 >= 0 and rule.x0 <= view.width and rule.y0 <= view.height
