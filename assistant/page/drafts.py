"""The draft as the browser keeps it, and what its form sends back. Both are checked like any other foreign data."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import Field, ValidationError

from assistant.draft.records import DRAFT_KEYS, Draft
from corpus.errors import QuestionRejected
from corpus.records.base import Record

MOST_LINES = 60
_LONGEST_TITLE = 200
_LONGEST_SECTION = 20_000


class DraftForm(Record):
    """What stood in the form when one of its buttons was pressed."""

    ticked: tuple[str, ...] = Field(default=(), max_length=60)
    """Ids of the similar fiches that are ticked."""
    edits: dict[str, str] = Field(default_factory=dict, max_length=40)
    """Field of the fiche, or "title", to its new text: only where the reader changed it."""


def load_draft(stored: object) -> Draft | None:
    """The draft of the browser's store; None where there is none, or it is not well formed."""
    try:
        return Draft.model_validate(stored) if stored else None
    except ValidationError:
        return None


def store_draft(draft: Draft) -> dict[str, Any]:
    """The draft for the browser's store, without what is as good left out."""
    return draft.model_dump(mode="json", exclude_defaults=True)


def read_form(data: Mapping[str, Any]) -> DraftForm:
    """The form of a click. Raises QuestionRejected where it is none that our page makes."""
    try:
        form = DraftForm.model_validate(json.loads(str(data.get("form") or "{}")))
    except (ValidationError, json.JSONDecodeError) as error:
        raise QuestionRejected("Ce formulaire n'est pas lisible : rechargez la page.") from error
    if any(len(text) > _LONGEST_SECTION for text in form.edits.values()):
        raise QuestionRejected(f"Une rubrique est trop longue ({_LONGEST_SECTION} caractères au plus).")
    return form


def edited_lines(form: DraftForm) -> dict[str, tuple[str, ...]]:
    """Field to its lines, one idea a line, as the reader left them."""
    return {
        key: tuple(line.strip(" \t-–•") for line in text.splitlines() if line.strip(" \t-–•"))[:MOST_LINES]
        for key, text in form.edits.items()
        if key in DRAFT_KEYS
    }


def edited_title(form: DraftForm) -> str | None:
    """The title, where the reader changed it."""
    return form.edits.get("title", "").strip()[:_LONGEST_TITLE] or None
