"""What goes through the drafting: a request, what resembles it, a draft of which every line says where it is from."""

from typing import Literal

from pydantic import Field

from corpus.records import Citation, Notice
from corpus.records.base import Record

Origin = Literal["repris", "adapte", "fourni", "genere", "a_completer"]

DRAFT_KEYS: tuple[str, ...] = (
    "axe", "objectif_strategique", "objectif_operationnel", "contexte", "objectifs", "public", "perimetre", "actions",
    "etapes", "pilote", "partenaires", "moyens", "budget", "calendrier", "indicateurs_suivi", "indicateurs_evaluation",
    "vigilance",
)  # fmt: skip
"""Fields of a drafted fiche, in the order in which a fiche is read."""


class Fact(Record):
    """Something the requester says of their own territory."""

    text: str
    key: str
    """Field of the fiche where it belongs."""


class DraftRequest(Record):
    """A free request, understood."""

    text: str
    subject: str
    """What the fiche is about, in the requester's words, asking and territory taken off."""
    themes: tuple[str, ...] = ()
    territory: str | None = None
    """The territory as typed ("CC du Val Fleuri"), in the corpus or not; None where none is named."""
    own_documents: tuple[str, ...] = ()
    """Documents of the corpus that are this territory's own."""
    chosen_documents: tuple[str, ...] = ()
    """Documents to draw on, where the request names them ("à partir de ce qu'a écrit Firminy"); empty for all."""
    facts: tuple[Fact, ...] = ()
    sections: tuple[str, ...] = ()
    """Fields wanted; empty for the whole fiche."""


class SimilarEntry(Record):
    """A fiche, an action or a passage that resembles what is asked."""

    id: str
    """Id of the FicheAction or of the Passage."""
    kind: Literal["fiche", "action", "passage"]
    document: str
    territory: str
    ref: str
    """The fiche's reference, the action's, or the last step of a passage's address."""
    title: str
    score: float
    """In [0, 1]."""


class SimilarFiches(Record):
    """What resembles a request, to be shown and ticked before drafting."""

    subject: str
    territory: str | None
    """The requester's, as typed."""
    entries: tuple[SimilarEntry, ...]
    """What a draft draws on unless some are ticked, the best first; empty where the corpus ignores the subject."""
    closest: tuple[SimilarEntry, ...] = ()
    """The nearest there is, where `entries` is empty; they can be ticked all the same."""


class DraftLine(Record):
    """One line of a draft."""

    text: str
    origin: Origin
    """repris: the document's words (misread letters repaired); adapte: the same with what is local taken off;
    fourni: the requester's own; genere: written by the assistant; a_completer: nothing could be taken over."""
    sources: tuple[Citation, ...] = ()


class Draft(Record):
    """A drafted fiche-action."""

    request: str
    territory: str | None
    similar: tuple[SimilarEntry, ...]
    title: str
    fields: dict[str, tuple[DraftLine, ...]]
    """Key of DRAFT_KEYS to lines, in the order of the fiche."""
    themes: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    chosen: tuple[str, ...] | None = None
    """Ids of the similar entries that were ticked; None where none was."""
    struck: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Key to the lines that the requester struck there: they do not come back when the field is composed again."""

    def citations(self) -> tuple[Citation, ...]:
        """Every source, once, in the order of its number."""
        found = {citation.n: citation for lines in self.fields.values() for line in lines for citation in line.sources}
        return tuple(found[number] for number in sorted(found))
