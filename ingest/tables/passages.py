"""What stands in tables and on slides, as passages; and which part of the raw text they hold for good."""

from collections.abc import Sequence

from corpus.records import DocumentEntry, Equipment, FicheAction, Passage, ReadDocument, Section, Span
from ingest.lines import tight_span
from ingest.tables.action_passages import action_drafts
from ingest.tables.drafts import Draft
from ingest.tables.equipment import is_equipment
from ingest.tables.grid import Grid, find_grids
from ingest.tables.grid_passages import grid_drafts
from ingest.tables.plan_grid import is_plan

_SCRAPS_SIZE = 600


def table_passages(
    entry: DocumentEntry,
    read: ReadDocument,
    sections: Sequence[Section],
    actions: Sequence[FicheAction],
    equipment: Sequence[Equipment],
) -> list[Passage]:
    """The passages of tables, equipment lists, printed plans and slides, in document order, without ids.

    Rows of a table hold the headings that apply to them. Actions put back in order from interleaved lines come in
    addition to those lines, which stay to be cut as running text (see covered_spans).
    """
    grids = _own_grids(read, sections)
    drafts: list[Draft] = []
    for grid in grids:
        own = grid_drafts(read.text, grid, actions)
        if drafts and own and _scraps(read.text, drafts[-1], own[0]):
            drafts[-1].lines += own[0].lines
            drafts[-1].spans += own.pop(0).spans
        drafts += own
    held = covered_spans(read, sections)
    free = [action for action in actions if not any(s.start <= action.title_value.start < s.end for s in held)]
    drafts += action_drafts(read.text, free, sections)
    made = [draft.to_passage(entry, read, sections) for draft in drafts if draft.lines]
    return sorted(made, key=lambda passage: (passage.start, passage.end))


def covered_spans(read: ReadDocument, sections: Sequence[Section]) -> list[Span]:
    """The parts of the raw text that table_passages holds word for word: tables whose cells are kept apart.

    Printed plans and slides are not among them: their lines are also worth reading in raw order. Nor are the tables
    inside fiches, which are fields.
    """
    spans = []
    for grid in _own_grids(read, sections):
        spans.append(Span(start=grid.start, end=grid.end))
        if grid.caption is not None and (grid.head is not None or _shows_caption(grid)):
            spans.append(tight_span(read.text, grid.caption.start, grid.caption.end, keep_numbers=True))
    return spans


def _scraps(text: str, first: Draft, second: Draft) -> bool:
    """True for two small pieces of one table, divided only because several of its rows look like heads."""
    gap = text[first.spans[-1].end : second.spans[0].start]
    alike = first.kind == second.kind == "ligne-de-tableau" and not first.fields and not second.fields
    return alike and not gap.strip() and first.size + second.size <= _SCRAPS_SIZE


def _shows_caption(grid: Grid) -> bool:
    return is_plan(grid) or is_equipment(grid)


def _own_grids(read: ReadDocument, sections: Sequence[Section]) -> list[Grid]:
    fiches = [section for section in sections if section.kind == "fiche"]
    return [
        grid
        for grid in find_grids(read.text)
        if not any(fiche.start <= grid.start < fiche.end for fiche in fiches) or is_plan(grid) or is_equipment(grid)
    ]
