"""The actions that stand in tables and on slides, whatever their shape, as records."""

from collections.abc import Sequence

from corpus.records import DocumentEntry, FicheAction, ReadDocument, Section
from ingest.tables.boxes import box_actions, box_texts
from ingest.tables.found import FoundAction, action_records
from ingest.tables.grid import find_grids
from ingest.tables.plan_grid import plan_actions
from ingest.tables.plan_print import printed_actions
from ingest.tables.slides import find_slides
from ingest.tables.synthesis import synthesis_actions, synthesis_titles
from ingest.tables.synthesis_across import across_actions


def extract_actions(entry: DocumentEntry, read: ReadDocument, sections: Sequence[Section]) -> list[FicheAction]:
    """The actions of a document that have no fiche of their own, one record each.

    Plans set as tables, plans printed as tables and read across their columns, boxes and synthesis columns of slides
    are understood. A table that only lists the fiches gives none. A field that cannot be attributed is absent.
    """
    return action_records(entry, read, sections, find_actions(read))


def find_actions(read: ReadDocument) -> list[FoundAction]:
    """The same as pieces of the raw text: plans first, then boxes, then synthesis slides, each in its own order."""
    text = read.text
    slides = find_slides(text, read.pages)
    boxes = box_actions(text, slides, synthesis_titles(slides))
    titles = box_texts(text, boxes, "axe")
    return [
        *plan_actions(text, find_grids(text)),
        *printed_actions(text),
        *boxes,
        *synthesis_actions(slides, titles),
        *across_actions(text, slides),
    ]
