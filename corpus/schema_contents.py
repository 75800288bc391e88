"""What the decree asks of the schéma pluriannuel, and the words that signal it in a convention.

Read from schema_pluriannuel.yaml; the check itself stands in `assistant/obligations/schema_check.py`.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from corpus.records.base import HandWritten
from corpus.records.structure import FIELD_KEYS
from corpus.yamlfile import load_yaml

SCHEMA_FILE = Path(__file__).resolve().parent / "schema_pluriannuel.yaml"


class Signal(HandWritten):
    """One way in which a document may give a content."""

    groups: tuple[tuple[str, ...], ...] = ()
    """A sentence is evidence where each group has one of its forms in it."""
    framed: bool = False
    """True where the sentence, its fiche or its section must be about early childhood."""
    fields: tuple[str, ...] = ()
    """Fields of an early-childhood fiche whose values are evidence."""
    kinds: tuple[str, ...] = ()
    """Structures whose rows of an equipment list are evidence."""
    pattern: str | None = None
    """Regular expression that the words must also fit; None where nothing more is asked."""
    promise: bool = False
    """True where saying that it will be done is the content itself (a bilan, a concertation)."""
    strength: Literal["forte", "faible"] = "forte"
    """faible: gives only a part of the content."""

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"l'expression « {pattern} » est incorrecte ({error})") from error
        return pattern

    @field_validator("fields")
    @classmethod
    def _known_fields(cls, fields: tuple[str, ...]) -> tuple[str, ...]:
        for name in fields:
            if name not in FIELD_KEYS:
                raise ValueError(f"le champ de fiche « {name} » n'existe pas")
        return fields

    @model_validator(mode="after")
    def _one_way(self) -> "Signal":
        if sum(bool(way) for way in (self.groups, self.fields, self.kinds)) != 1:
            raise ValueError("un signal donne soit groups, soit fields, soit kinds")
        return self


class SchemaContent(HandWritten):
    """One thing that the schéma must hold."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    text: str
    part: str
    """Chapter of the table under which it is shown."""
    reference: str | None = None
    """Its own reference; None for the common one of the file."""
    reservation: str | None = None
    """Why the requirement is not certain; None where it is."""
    signals: tuple[Signal, ...] = Field(min_length=1)


class SchemaContents(HandWritten):
    """Everything the schéma must hold."""

    reference: str
    notice: str
    """What must always be shown with the result."""
    frame: tuple[str, ...] = Field(min_length=1)
    """Words that say that a passage is about early childhood."""
    announced: tuple[str, ...] = ()
    """Turns of phrase that announce a content, or state its principle, without giving it."""
    contents: tuple[SchemaContent, ...] = Field(min_length=1)


@lru_cache(maxsize=4)
def load_schema_contents(path: Path = SCHEMA_FILE) -> SchemaContents:
    """The contents of the schéma. Raises CorpusError (file, line, key) where the file is wrong."""
    return load_yaml(path, SchemaContents)
