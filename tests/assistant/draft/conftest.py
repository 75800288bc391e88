"""Drafts that several tests look at, each composed once."""

import pytest

from assistant.draft.records import Draft
from assistant.service import Assistant
from corpus.themes import load_themes

VAL_FLEURI = (
    "je dois écrire une fiche action guichet unique petite enfance pour la CC du Val Fleuri (12 communes, RPE "
    "existant, 3 crèches dont 1 privée), peux tu me faire un premier jet à partir de ce que les autres ont écrit ?"
)


@pytest.fixture(scope="session")
def val_fleuri(real_assistant: Assistant) -> Draft:
    return real_assistant.draft(VAL_FLEURI)


@pytest.fixture(scope="session")
def drafts_by_theme(real_assistant: Assistant) -> dict[str, Draft]:
    """A draft on each theme of themes.yaml, for a territory that the corpus does not know."""
    return {
        theme.id: real_assistant.draft(f"fiche-action « {theme.name} » pour la CC du Val Fleuri")
        for theme in load_themes()
    }
