"""A fiche asked for by its number: what it says in short, or that it leaves out what is asked."""

import re
from collections.abc import Sequence

from assistant.compose.citing import CitationBook
from assistant.compose.fields import add_fiche_fields, cite_value
from assistant.compose.labels import FIELD_LABELS, NOT_STATED
from assistant.compose.lines import REFUSAL, Composition
from assistant.compose.places import fiche_name
from assistant.retrieve.search import SearchResult
from assistant.understand.cues import plain_words
from corpus.index.reader import Index
from corpus.records import Notice

_ESSENTIAL = ("objectifs", "etapes", "actions", "pilote", "calendrier", "budget")
"""Fields that tell what a fiche is about, in the order of reading."""
_ITEMS = 3
"""Values of each that are given."""
_TELL = re.compile(
    r"\b(?:que dit|dit quoi|de quoi parle|parle de quoi|parle moi|parlez moi|presente\w*|detail\w*|contient|contenu|"
    r"en quoi consiste|porte sur quoi|il y a quoi dans|y a quoi dans)\b"
)
_NAMED = frozenset(
    "pilote partenaires calendrier budget moyens etapes vigilance indicateurs_suivi indicateurs_evaluation".split()
)
"""Fields that are asked for by their name."""


def compose_named_fiche(index: Index, result: SearchResult, book: CitationBook) -> Composition | None:
    """The essential of the fiche that a question names by its number; None where it asks for something of it."""
    fiches = result.understood.references.fiches
    if len(fiches) != 1 or result.query.fields or not _TELL.search(plain_words(result.query.resolved_question)):
        return None
    fiche = index.fiche(fiches[0])
    held = [key for key in _ESSENTIAL if fiche.fields.get(key)]
    composition = Composition()
    add_fiche_fields(index, composition, book, fiche, held, items=_ITEMS)
    return composition


def compose_unstated(
    index: Index, result: SearchResult, book: CitationBook, fields: Sequence[str]
) -> Composition | None:
    """The refusal where the fiche named by its number leaves out every field asked for; None where it does not."""
    fiches = [index.fiche(fiche) for fiche in result.understood.references.fiches]
    if not fiches or not _NAMED.issuperset(fields) or any(fiche.fields.get(key) for fiche in fiches for key in fields):
        return None
    asked = ", ".join(FIELD_LABELS[key].lower() for key in fields)
    composition = Composition(answered=False)
    composition.add(REFUSAL)
    for fiche in fiches:
        title = cite_value(index, book, fiche, fiche.title_value)
        composition.add(f"{fiche_name(index, fiche)} : {asked}, {NOT_STATED}.", [title], style="element")
        held = [FIELD_LABELS[key].lower() for key in fiche.fields if key in FIELD_LABELS]
        composition.add(f"Elle renseigne : {', '.join(held)}.")
    composition.notices.append(
        Notice(kind="scope", text="Demandez une rubrique qu'elle renseigne, ou une autre fiche.")
    )
    return composition
