"""What a document is made of: sections, fiches-actions, equipment, passages. Every piece knows its span."""

from typing import Literal

from pydantic import Field

from corpus.records.base import Record

SectionKind = Literal[
    "document",
    "preambule",
    "article",
    "annexe",
    "axe",
    "theme",
    "objectif",
    "fiche",
    "tableau",
    "diapositive",
    "partie",
]
PassageKind = Literal["texte", "fiche", "ligne-de-tableau", "equipement"]

FIELD_KEYS: tuple[str, ...] = (
    "axe",
    "objectif_strategique",
    "objectif_operationnel",
    "contexte",
    "objectifs",
    "actions",
    "etapes",
    "public",
    "perimetre",
    "pilote",
    "partenaires",
    "moyens",
    "budget",
    "calendrier",
    "indicateurs_suivi",
    "indicateurs_evaluation",
    "vigilance",
    "champs",
    "interet",
    "methodologie",
)
"""Keys a fiche-action may have, in the order in which they are read out. Four templates, one schema."""


class Span(Record):
    """A half-open range of characters of a document's raw text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Value(Record):
    """A piece of a document's own words, with the place it was copied from."""

    text: str
    """The words with white space folded. A value put together from several places of a table
    (a cell whose lines are interleaved with its neighbours') joins them with one space."""
    start: int
    """First character in the raw text (of the first piece)."""
    end: int
    """Character after the last one in the raw text (of the last piece)."""
    spans: tuple[Span, ...] = ()
    """The pieces in reading order where the value was put together; empty where it is contiguous."""

    def pieces(self) -> tuple[Span, ...]:
        """The places of the value in the raw text, in reading order; never empty."""
        return self.spans or (Span(start=self.start, end=self.end),)


class Section(Record):
    """A node of the outline."""

    id: str
    """Document id + "#s" + ordinal."""
    document: str
    ordinal: int
    """Position in the document, from 0."""
    parent: str | None
    """Id of the section that holds this one; None for the root."""
    kind: SectionKind
    label: str
    """What it is called in the document ("Article 6", "Annexe 4", "Fiche action 9"); may equal the title."""
    title: str
    """Heading in the document's words, white space folded."""
    path: tuple[str, ...]
    """Titles from the root's child down to this section ("Annexe 4", "Petite enfance", "Action 3 : …")."""
    start: int
    end: int
    """The span includes the sub-sections."""
    page: int | None
    """Page of the heading, only where established."""


class FicheAction(Record):
    """A typed fiche-action; also an action recovered from a plan table or a slide (kind "action")."""

    id: str
    """Document id + "#f" + ref slug (fiche) or "#a" + ordinal (action)."""
    document: str
    kind: Literal["fiche", "action"] = "fiche"
    ref: str
    """The document's own reference where unique ("PE7", "9", "0bis"), else made unique with its block
    ("Petite enfance 3")."""
    title: str
    section: str
    """Id of the section it stands in."""
    section_path: tuple[str, ...]
    page: int | None
    start: int
    end: int
    title_value: Value
    """The title with its place."""
    fields: dict[str, tuple[Value, ...]]
    """Key of FIELD_KEYS to values, one per item of a list; a key that the document leaves out is absent."""
    themes: tuple[str, ...] = ()
    """Ids of the themes of themes.yaml that it speaks of, the strongest first."""

    def text_of(self, key: str) -> str:
        """The values of one field, one per line; empty where the document has none."""
        return "\n".join(value.text for value in self.fields.get(key, ()))

    def whole_text(self) -> str:
        """The title and the values of all fields, one per line."""
        return "\n".join((self.title, *(value.text for values in self.fields.values() for value in values)))


class Equipment(Record):
    """A row of an equipment list (annexe 2 of several conventions)."""

    id: str
    document: str
    owner: str
    """The commune or EPCI under whose heading the row stands, as written."""
    type: str
    """Type of structure as written ("EAJE", "ALSH", "RPE"); empty where the row gives none."""
    name: str
    address: str
    start: int
    end: int


class Passage(Record):
    """What is searched and quoted: one whole thought of a document."""

    id: str
    """Document + "#p" + section ordinal + "-" + ordinal in the section: independent of the content."""
    document: str
    section: str
    """Id of the section it stands in."""
    section_path: tuple[str, ...]
    kind: PassageKind
    fiche: str | None = None
    """Id of the FicheAction it belongs to; None outside fiches and actions."""
    fields: tuple[str, ...] = ()
    """Fields of the fiche that it holds, in order; empty outside fiches."""
    page: int | None = None
    text: str
    """The document's own words, lines kept, labels of fields included; a table row is put back in order."""
    spans: tuple[Span, ...]
    """Where the text stands in the raw text, in reading order; one span when contiguous."""
    context: str = ""
    """Words that are indexed with the text but never quoted: territory, section path, fiche title."""
    content_hash: str
    """SHA-256 of text and context: tells what changed, is never an identity."""
    themes: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        return min(span.start for span in self.spans)

    @property
    def end(self) -> int:
        return max(span.end for span in self.spans)

    def embedding_text(self) -> str:
        """The text that stands for the passage in the vector index."""
        return f"{self.context}\n{self.text}" if self.context else self.text

    def address(self) -> str:
        """Where it stands, as a person reads it: "Annexe 4 › Petite enfance › Action 3"."""
        return " › ".join(self.section_path)
