"""What the browser remembers of a reader: territory, population, role. Checked on its way back."""

from typing import Any

from pydantic import Field, ValidationError

from assistant.service import Assistant
from corpus.errors import AssistantError
from corpus.records.base import Record


class Profile(Record):
    """A reader's own situation; every part may be unknown."""

    territory: str = Field(default="", max_length=120)
    """Commune, EPCI or territory as the reader wrote it; empty where unknown."""
    population: int | None = Field(default=None, gt=0, le=12_000_000)
    kind: str = Field(default="commune", max_length=20)
    """Type of actor, as the obligations name it."""
    role: str = Field(default="cooperation", max_length=20)
    """What the reader does, as the suggestions name it."""


def read_profile(stored: Any) -> Profile:
    """The profile of the browser's store; an empty one where it is not well formed."""
    try:
        return Profile.model_validate(stored or {})
    except ValidationError:
        return Profile()


def own_document(service: Assistant, stored: Any) -> str | None:
    """Id of the document of the reader's own territory; None where it is unknown or not in the corpus."""
    name = read_profile(stored).territory.strip()
    if not name:
        return None
    try:
        found = service.resolve_territory(name)
    except AssistantError:
        return None
    return found[0] if len(found) == 1 else None
