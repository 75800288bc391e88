"""Passages of actions put back in order from a printed plan or from slides: what the raw lines do not say straight."""

from collections.abc import Sequence

from corpus.records import FicheAction, Section
from ingest.tables.drafts import Draft

_GROUP_SIZE = 700
_ABOVE = ("axe", "champs", "objectif_strategique", "objectif_operationnel")
_BELOW = ("pilote", "calendrier")


def action_drafts(text: str, actions: Sequence[FicheAction], sections: Sequence[Section]) -> list[Draft]:
    """One passage per row of a plan, one per group of boxes of slides that have the same headings.

    A heading is part of the text where it stands in the section of the action; one that the document only words
    elsewhere helps to find the passage, and is not quoted with it.
    """
    places = {section.id: section for section in sections}
    dated = any(key in action.fields for action in actions for key in _BELOW)
    groups = _rows(actions) if dated else _boxes(actions)
    return [_draft(text, group, places.get(group[0].section)) for group in groups]


def _rows(actions: Sequence[FicheAction]) -> list[list[FicheAction]]:
    """Each action apart; those without pilot and year stay with their neighbours, whose cell may stand for all."""
    groups: list[list[FicheAction]] = []
    for action in actions:
        alone = any(key in action.fields for key in _BELOW)
        if (groups and not _complete(groups[-1]) and _same_place(groups[-1][-1], action)) or (
            groups and not alone and _same_place(groups[-1][-1], action) and len(groups[-1]) > 1
        ):
            groups[-1].append(action)
        else:
            groups.append([action])
    return groups


def _complete(group: Sequence[FicheAction]) -> bool:
    return any(key in group[-1].fields for key in _BELOW)


def _boxes(actions: Sequence[FicheAction]) -> list[list[FicheAction]]:
    groups: list[list[FicheAction]] = []
    for action in actions:
        size = sum(len(other.title) for other in groups[-1]) + len(action.title) if groups else 0
        if groups and size <= _GROUP_SIZE and _same_place(groups[-1][-1], action):
            groups[-1].append(action)
        else:
            groups.append([action])
    return groups


def _same_place(one: FicheAction, other: FicheAction) -> bool:
    """True where two actions stand in one section below the same headings."""
    return one.section == other.section and all(one.fields.get(key) == other.fields.get(key) for key in _ABOVE)


def _draft(text: str, group: Sequence[FicheAction], section: Section | None) -> Draft:
    first = group[0]
    draft = Draft(text, home=first.title_value.start)
    for value in (value for key in _ABOVE for value in first.fields.get(key, ())):
        if section is not None and section.start <= value.start < section.end:
            draft.add(value.pieces())
        else:
            draft.context.append(value.text)
    for action in group:
        draft.add(action.title_value.pieces())
        for key in _BELOW:
            draft.add(piece for value in action.fields.get(key, ()) for piece in value.pieces())
    draft.fiche = first.id if len(group) == 1 else None
    draft.fields = tuple(dict.fromkeys(key for action in group for key in action.fields))
    if len(group) == 1 and any(key in first.fields for key in _BELOW):
        draft.context.append("Action, pilote et calendrier du plan d'actions")
    return draft
