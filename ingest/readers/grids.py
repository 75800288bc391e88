"""Rules of a page become tables: rows of cell boxes, through pdfplumber's table finder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]

_TOLERANCE = 3.0
_SHORTEST_RULE = 8.0
_MOST_RULES = 4_000


@dataclass(frozen=True)
class Rule:
    """A straight line from (x0, y0) to (x1, y1); horizontal or vertical; points from the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Grid:
    """A ruled table: rows of cell boxes (x0, top, x1, bottom); None where a merged cell covers the place."""

    rows: tuple[tuple[Box | None, ...], ...]
    box: Box

    @property
    def cells(self) -> list[Box]:
        return [cell for row in self.rows for cell in row if cell]


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables and boxes that rules draw; empty where there are too many to be a table."""
    from pdfplumber.table import (
        Table,
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    tolerance = _TOLERANCE
    edges = merge_edges([_edge(rule) for rule in rules], tolerance, tolerance, tolerance, tolerance)
    edges = [edge for edge in edges if max(edge["width"], edge["height"]) >= _SHORTEST_RULE]
    if not 4 <= len(edges) <= _MOST_RULES:
        return []
    cells = intersections_to_cells(edges_to_intersections(edges, tolerance, tolerance))
    grids = []
    groups = cells_to_tables(cells)
    in_tables = {cell for group in groups for cell in group}
    boxes = [[cell] for cell in cells if cell not in in_tables]
    for group in groups + boxes:
        no_page: Any = None
        table = Table(no_page, group)
        grids.append(Grid(tuple(tuple(row.cells) for row in table.rows), table.bbox))
    return grids


def _edge(rule: Rule) -> dict[str, Any]:
    width, height = rule.x1 - rule.x0, rule.y1 - rule.y0
    return {
        "x0": rule.x0,
        "x1": rule.x1,
        "top": rule.y0,
        "bottom": rule.y1,
        "width": width,
        "height": height,
        "orientation": "h" if width >= height else "v",
        "object_type": "line",
    }
