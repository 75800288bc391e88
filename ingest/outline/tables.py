"""Tables of a document: runs of rows whose cells are kept apart by tabulations."""

from collections import Counter
from collections.abc import Sequence

from corpus.text import letters
from ingest.headings import RANKS, Heading, heading_words
from ingest.lines import Line, clean
from ingest.outline.nodes import Node

_ROWS_NEEDED = 3
_BLANKS_INSIDE = 3
_LONGEST_TITLE = 120


def titled_tables(lines: Sequence[Line]) -> list[Heading]:
    """The titles that announce a table ("Tableau récapitulatif…"), each right above its rows."""
    found = []
    for at in range(len(lines) - 1):
        line = lines[at]
        if line.in_table or not lines[at + 1].in_table or line.bullet() or len(line.text) > 260:
            continue
        folded = line.folded
        if any(folded.startswith(opening) for opening in heading_words().tableaux):
            title = line.words.rstrip(" :")
            found.append(Heading("tableau", RANKS["tableau-titre"], "", title, at, at, None, line.start, line.end))
    return found


def table_nodes(lines: Sequence[Line], taken: set[int], titles: Sequence[Heading]) -> list[Node]:
    """The tables among the lines that nothing else took; a titled one begins at its title."""
    by_row = {heading.last + 1: heading for heading in titles if heading.first not in taken}
    nodes: list[Node] = []
    for region in _regions(lines, taken):
        heading = by_row.get(region[0])
        if heading is not None:
            nodes.append(
                Node(lines[heading.first].start, "tableau", heading.rank, "", heading.title, lines[region[-1]].end)
            )
        elif len(region) >= _ROWS_NEEDED:
            nodes.extend(_table(lines, part) for part in _parts(lines, region))
    return nodes


def _regions(lines: Sequence[Line], taken: set[int]) -> list[list[int]]:
    regions: list[list[int]] = []
    for at, line in enumerate(lines):
        if not line.in_table or at in taken:
            continue
        if regions and regions[-1][-1] == at - 1 and line.blanks <= _BLANKS_INSIDE:
            regions[-1].append(at)
        else:
            regions.append([at])
    return regions


def _parts(lines: Sequence[Line], region: Sequence[int]) -> list[list[int]]:
    """The region cut where a row with one cell stands above a row of column heads that comes again."""
    rows = [letters(lines[at].text) for at in region]
    repeated = {row for row, times in Counter(rows).items() if times > 1 and row}
    parts: list[list[int]] = [[]]
    for position, at in enumerate(region):
        follows = rows[position + 1] if position + 1 < len(region) else ""
        if parts[-1] and len(_cells(lines[at])) == 1 and follows in repeated:
            parts.append([])
        parts[-1].append(at)
    return parts


def _table(lines: Sequence[Line], rows: Sequence[int]) -> Node:
    cells = _cells(lines[rows[0]])
    title = " | ".join(cells)[:_LONGEST_TITLE]
    return Node(lines[rows[0]].start, "tableau", RANKS["tableau"], "", title, lines[rows[-1]].end)


def _cells(line: Line) -> list[str]:
    return [clean(cell) for cell in line.text.split("\t") if clean(cell)]
