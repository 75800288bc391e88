"""What a review of a fiche-action finds."""

from typing import Literal

from assistant.draft.records import SimilarEntry
from corpus.records import Citation
from corpus.records.base import Record

FindingKind = Literal[
    "pilote-absent", "echeance-absente", "indicateurs-absents", "indicateur-sans-reference", "objectif-sans-indicateur",
    "partenaire-absent", "reference-legale-absente", "reference-depassee", "recouvrement", "a-completer",
]  # fmt: skip


class Finding(Record):
    """One thing to settle before the fiche is submitted."""

    kind: FindingKind
    key: str | None
    """Field of the fiche; None for the fiche as a whole."""
    text: str
    """What is wrong, and what to do."""
    others: str | None = None
    """What similar fiches do about it, with [n] marks; None where they do nothing that helps."""
    sources: tuple[Citation, ...] = ()


class ReviewedFiche(Record):
    """A fiche as the review read it."""

    title: str
    text: str
    """The whole text, marks of provenance taken off."""
    fields: dict[str, tuple[str, ...]]
    """Key of FIELD_KEYS to the items of the field."""

    def lines(self, *keys: str) -> tuple[str, ...]:
        """The items of some fields, in order."""
        return tuple(line for key in keys for line in self.fields.get(key, ()))


class Review(Record):
    """The findings on one fiche, in the order of the fiche."""

    title: str
    territory: str | None
    """Short name of the territory of the corpus that the fiche names; None where it names none."""
    findings: tuple[Finding, ...]
    similar: tuple[SimilarEntry, ...] = ()
    read_fields: tuple[str, ...] = ()
    """Fields that were recognised in the file."""
