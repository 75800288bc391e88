"""An action as the shapes of tables give it, before it becomes a record."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.records import FIELD_KEYS, DocumentEntry, FicheAction, ReadDocument, Section, Span
from ingest.tables.values import page_at, section_at, value_of


@dataclass
class FoundAction:
    """Title and fields of an action as pieces of the raw text."""

    title: list[Span]
    """Pieces of the title in reading order."""
    fields: dict[str, list[list[Span]]] = field(default_factory=dict)
    """Key to values, each made of pieces."""
    group: int = 0
    """Rows with the same number stand in one row of the source (one cell may name several actions)."""

    @property
    def start(self) -> int:
        return min(span.start for span in self._spans())

    @property
    def end(self) -> int:
        return max(span.end for span in self._spans())

    def _spans(self) -> list[Span]:
        own = [self.title, *(value for key in ("pilote", "calendrier") for value in self.fields.get(key, []))]
        return [span for value in own for span in value]


def action_records(
    entry: DocumentEntry, read: ReadDocument, sections: Sequence[Section], found: Sequence[FoundAction]
) -> list[FicheAction]:
    """The actions as records, numbered in their order from 1."""
    records = []
    for ordinal, action in enumerate(found, start=1):
        title = value_of(read.text, action.title)
        section = section_at(sections, title.start)
        fields = {**action.fields, "actions": action.fields.get("actions") or [action.title]}
        records.append(
            FicheAction(
                id=f"{entry.id}#a{ordinal}",
                document=entry.id,
                kind="action",
                ref=f"action {ordinal}",
                title=title.text,
                section=section.id if section else f"{entry.id}#s0",
                section_path=section.path if section else (),
                page=page_at(read, title.start),
                start=action.start,
                end=action.end,
                title_value=title,
                fields={
                    key: tuple(value_of(read.text, pieces) for pieces in fields[key] if pieces)
                    for key in FIELD_KEYS
                    if fields.get(key)
                },
            )
        )
    return records
