"""What is known of a document before it is cut up: who signed it, when, and the text that was read."""

import re
from typing import Literal

from pydantic import Field, field_validator, model_validator

from corpus.records.base import HandWritten, Record

DocumentKind = Literal["convention", "plan-d-actions", "projet-de-territoire", "note"]
DocumentStatus = Literal["signe", "projet", "annexe", "document-de-travail", "inconnu"]
PageConvention = Literal["aucune", "espace-en-tete", "diapositives", "saut-de-page"]

_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")


class Territory(HandWritten):
    """Who signs: the group of communes or the EPCI that a document speaks for."""

    name: str = Field(min_length=2)
    """Full name, as a citation shows it."""
    short_name: str = Field(min_length=2)
    """Name short enough for a table column ("Monts du Pilat")."""
    other_names: tuple[str, ...] = ()
    """Everything else people call it: acronyms, nicknames, the main town."""
    communes: tuple[str, ...] = ()
    """Communes of the territory, as far as the document or the manifest names them."""
    department: str | None = None
    """Name of the department; None where unknown."""
    department_code: str | None = None
    """Number of the department, as text ("42", "2A"); None where unknown."""
    caf: str | None = None
    """The Caf that signs; None where unknown."""
    kind: Literal["epci", "groupement-de-communes", "commune"] = "epci"
    population: int | None = Field(default=None, gt=0)
    """Inhabitants, only where a document states it."""


class DocumentEntry(HandWritten):
    """One document of the manifest: identity, territory, period, status, provenance."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{1,79}$")
    """Stable identity, independent of the content."""
    file: str = Field(min_length=1)
    """File name inside the documents folder that stands beside the manifest."""
    title: str = Field(min_length=3)
    """Title a reader recognises."""
    kind: DocumentKind
    status: DocumentStatus = "inconnu"
    status_note: str | None = None
    """One sentence on the status ("page de signature sans date"); None where there is nothing to add."""
    territory: Territory
    period_from: str | None = None
    """First day of the period: YYYY, YYYY-MM or YYYY-MM-DD; None where the document does not say."""
    period_to: str | None = None
    """Last day of the period, same forms; None where the document does not say."""
    pages: PageConvention = "aucune"
    """How a plain text shows its pages; ignored for formats that have pages of their own."""
    provenance: str = Field(min_length=3)
    """Where the document comes from and what it is."""

    @property
    def is_unsigned(self) -> bool:
        """True for a draft or a working document: it is nobody's commitment yet."""
        return self.status in ("projet", "document-de-travail")

    @field_validator("file")
    @classmethod
    def _plain_file_name(cls, value: str) -> str:
        if "/" in value or "\\" in value or value.startswith("."):
            raise ValueError("un nom de fichier simple est attendu, sans dossier")
        return value

    @field_validator("period_from", "period_to")
    @classmethod
    def _date_form(cls, value: str | None) -> str | None:
        if value is not None and not _DATE.match(value):
            raise ValueError("date attendue sous la forme AAAA, AAAA-MM ou AAAA-MM-JJ")
        return value

    @model_validator(mode="after")
    def _period_in_order(self) -> "DocumentEntry":
        if self.period_from and self.period_to and self.period_from[:4] > self.period_to[:4]:
            raise ValueError("period_from est après period_to")
        return self


class PageSpan(Record):
    """A page of the raw text."""

    number: int | None
    """Page number, only where the file establishes it."""
    start: int
    """First character of the page in the raw text."""
    end: int
    """Character after the last one of the page."""


class Repair(Record):
    """A few characters of a raw text that a recognition read wrong, and what a person reads in their place."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    """What stands on the page, beyond doubt; empty for a stray mark."""


class ReadDocument(Record):
    """A file as a reader understood it: its raw text, which every span of the project points into."""

    text: str
    """Raw text in reading order. Offsets everywhere in the project count characters of this text."""
    pages: tuple[PageSpan, ...] = ()
    """Pages in order, covering the text; empty where the file shows none."""
    format: str
    """What was read: "texte", "pdf", "docx"…"""
    encoding: str | None = None
    """Text encoding that was detected; None for binary formats."""
    notes: tuple[str, ...] = ()
    """What could not be read, one French sentence each ("page 12 sans texte…"); empty where all was read."""
    repairs: tuple[Repair, ...] = ()
    """Sure repairs of a recognised text, in order, apart from each other; `text` itself is never changed."""
