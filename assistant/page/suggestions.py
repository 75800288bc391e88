"""Questions to begin with, by role. Made from what the corpus in service holds, so that each has an answer."""

import re
from collections import Counter
from collections.abc import Sequence

from assistant.compose.places import territory_of
from corpus.index.reader import Index
from corpus.records import FicheAction
from corpus.themes import load_themes

ROLES = {
    "cooperation": "Chargé·e de coopération",
    "elu": "Élu·e",
    "redaction": "Rédaction d'une fiche",
}
DEFAULT_ROLE = "cooperation"
_CLEAN_TITLE = re.compile(r"[A-ZÀ-Ý][\w ,'’()\-]{11,89}")
"""Titles that recognition left whole, and that are short enough for a question."""


def suggest_questions(index: Index, role: str, own: str | None = None) -> tuple[str, ...]:
    """Four questions or so for a role; about one's own territory (a document id) where it is known."""
    records = index.documents()
    if not records:
        return ()
    fiches = index.fiches(own) if own else index.fiches()
    fiches = fiches or index.fiches()
    name = territory_of(index, own or (fiches[0].document if fiches else records[0].entry.id))
    theme = _shared_theme(index.fiches())
    made = {"elu": _for_elected, "redaction": _for_writing}.get(role, _for_cooperation)
    return made(index, fiches, name, theme)


def _for_cooperation(index: Index, fiches: Sequence[FicheAction], name: str, theme: str) -> tuple[str, ...]:
    piloted = _short([fiche for fiche in fiches if fiche.fields.get("pilote")])
    asked = [f"Qui pilote « {piloted.title} » ({territory_of(index, piloted.document)}) ?"] if piloted else []
    return (
        *asked,
        f"Que font les autres territoires que {name} pour le thème {theme} ?",
        f"Quelles fiches-actions parlent du thème {theme} ?",
        f"Quels partenaires sont cités à {name} pour le thème {theme} ?",
    )


def _for_elected(index: Index, fiches: Sequence[FicheAction], name: str, theme: str) -> tuple[str, ...]:
    return (
        "Quelles sont les obligations d'une commune de 4 000 habitants pour la petite enfance ?",
        f"Résume la convention de {name}.",
        "Quand se terminent les conventions du corpus ?",
        f"Comparer ce que font les territoires pour le thème {theme}.",
    )


def _for_writing(index: Index, fiches: Sequence[FicheAction], name: str, theme: str) -> tuple[str, ...]:
    measured = _short([fiche for fiche in fiches if fiche.fields.get("indicateurs_suivi")])
    asked = []
    if measured:
        asked = [f"Quels sont les indicateurs de « {measured.title} » ({territory_of(index, measured.document)}) ?"]
    return (
        *asked,
        f"Quelles premières étapes les territoires prévoient-ils pour le thème {theme} ?",
        f"Quels indicateurs d'évaluation pour une action du thème {theme} ?",
        f"Quels objectifs les fiches du thème {theme} se donnent-elles ?",
    )


def _short(fiches: Sequence[FicheAction]) -> FicheAction | None:
    """The first fiche whose title can stand in a question."""
    return next((fiche for fiche in fiches if _CLEAN_TITLE.fullmatch(fiche.title)), None)


def _shared_theme(fiches: Sequence[FicheAction]) -> str:
    """The theme that most territories have in common, the first of the list among equals; quoted: no article before it
    can be wrong."""
    territories: Counter[str] = Counter()
    for theme, _ in {(theme, fiche.document) for fiche in fiches for theme in fiche.themes[:1]}:
        territories[theme] += 1
    names = {theme.id: theme.name.lower() for theme in load_themes() if theme.status == "socle"}
    best = max(names, key=lambda one: territories[one], default=None)
    return f"« {names[best] if best else 'petite enfance'} »"
