"""A document understood: its sections, fiches, actions, equipment and passages in one record."""

from corpus.records import DocumentEntry, Equipment, FicheAction, Passage, ReadDocument, Section
from corpus.records.base import Record
from ingest.fiches import extract_fiches
from ingest.outline import find_outline
from ingest.passages import cut_passages


class StructuredDocument(Record):
    """Everything the index keeps of a document."""

    entry: DocumentEntry
    read: ReadDocument
    sections: tuple[Section, ...]
    """The outline in document order; the root has ordinal 0."""
    fiches: tuple[FicheAction, ...]
    """Fiches-actions in document order."""
    actions: tuple[FicheAction, ...]
    """Actions recovered from plan tables and slides (kind "action")."""
    equipment: tuple[Equipment, ...]
    """Rows of the equipment lists."""
    passages: tuple[Passage, ...]
    """What is searched, in document order."""


def understand_document(entry: DocumentEntry, read: ReadDocument) -> StructuredDocument:
    """The structure of a document that a reader has read. The same input always gives the same output."""
    from ingest.tables import extract_actions, extract_equipment

    sections = find_outline(entry, read)
    fiches = extract_fiches(entry, read, sections)
    actions = extract_actions(entry, read, sections)
    equipment = extract_equipment(entry, read, sections)
    passages = cut_passages(entry, read, sections, fiches, actions, equipment)
    return StructuredDocument(
        entry=entry,
        read=read,
        sections=tuple(sections),
        fiches=tuple(fiches),
        actions=tuple(actions),
        equipment=tuple(equipment),
        passages=tuple(passages),
    )
