"""A document understood: its sections, fiches, actions, equipment and passages in one record."""

from corpus.records import DocumentEntry, Equipment, FicheAction, Passage, ReadDocument, Section
from corpus.records.base import Record
from corpus.themes import find_themes
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
    by_fiche = {fiche.id: _themes_of(fiche) for fiche in (*fiches, *actions)}
    return StructuredDocument(
        entry=entry,
        read=read,
        sections=tuple(sections),
        fiches=tuple(fiche.model_copy(update={"themes": by_fiche[fiche.id]}) for fiche in fiches),
        actions=tuple(action.model_copy(update={"themes": by_fiche[action.id]}) for action in actions),
        equipment=tuple(equipment),
        passages=tuple(
            passage.model_copy(update={"themes": by_fiche.get(passage.fiche or "", ()) or _themes_of_text(passage)})
            for passage in passages
        ),
    )


def _themes_of(fiche: FicheAction) -> tuple[str, ...]:
    """Themes of a fiche: its title and its headings tell more than its lines."""
    body = "\n".join(value.text for values in fiche.fields.values() for value in values)
    return find_themes(title=" ".join((fiche.title, *fiche.section_path[-2:])), body=body)


def _themes_of_text(passage: Passage) -> tuple[str, ...]:
    return find_themes(title=passage.section_path[-1] if passage.section_path else "", body=passage.text)
