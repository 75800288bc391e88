"""Fiches-actions: the list that is filtered, and one fiche read field by field, each value with its place."""

from collections.abc import Sequence

from assistant.compose.labels import FIELD_LABELS
from assistant.compose.places import shorten, territory_of
from assistant.page.rendering.marks import spans_text
from assistant.page.rendering.tables import render_rows
from assistant.page.rendering.text import action_button, badge, counted, shown, shown_source
from assistant.reading import readable_fiche
from corpus.index.reader import Index
from corpus.records import FIELD_KEYS, FicheAction, Value
from corpus.themes import theme_names

_COLUMNS = ("Fiche", "Territoire", "Pilote", "Calendrier", "Thèmes")
_LONGEST_CELL = 140


def render_fiche_list(index: Index, found: Sequence[FicheAction], total: int, noun: str) -> str:
    """The fiches found, with how many there are in all."""
    count = f'<p class="ctg-evidence" role="status">{counted(len(found), noun)} sur {total}</p>'
    if not found:
        return count + "<p>Aucune ne correspond : élargissez un des filtres.</p>"
    names = theme_names()
    columns = _COLUMNS if any(fiche.themes for fiche in found) else _COLUMNS[:-1]
    rows = [
        (
            action_button("source", _name(fiche), {"document": fiche.document, "fiche": fiche.id}, css="ctg-cell"),
            shown(territory_of(index, fiche.document)),
            _cell(fiche, "pilote"),
            _cell(fiche, "calendrier"),
            shown(", ".join(names.get(theme, theme) for theme in fiche.themes[:2])),
        )[: len(columns)]
        for fiche in (readable_fiche(index, one) for one in found)
    ]
    return count + render_rows(columns, rows, "Fiches trouvées ; le titre ouvre la fiche")


def render_fiche(fiche: FicheAction) -> str:
    """The fields in their order, the document's own words; each value opens its place."""
    fields = []
    for key in FIELD_KEYS:
        values = fiche.fields.get(key, ())
        if values:
            items = "".join(f"<li>{shown_source(value.text)} {_place(fiche, value)}</li>" for value in values)
            fields.append(f"<h3>{shown(FIELD_LABELS[key])}</h3><ul>{items}</ul>")
    return "".join(fields) or "<p>Le document ne remplit aucun champ de cette fiche.</p>"


def fiche_badges(fiche: FicheAction) -> str:
    """What kind of fiche it is, and its themes."""
    names = theme_names()
    kind = "Fiche-action" if fiche.kind == "fiche" else "Action tirée d'un tableau"
    return " ".join(
        [badge("status", kind), *(badge("pratique", names.get(theme, theme)) for theme in fiche.themes[:3])]
    )


def _name(fiche: FicheAction) -> str:
    return f"{fiche.ref} — {fiche.title}" if fiche.kind == "fiche" else fiche.title


def _cell(fiche: FicheAction, key: str) -> str:
    text = " ; ".join(value.text for value in fiche.fields.get(key, ()))
    return shown_source(shorten(text, _LONGEST_CELL)) or '<span class="ctg-muted">non précisé</span>'


def _place(fiche: FicheAction, value: Value) -> str:
    data = {"document": fiche.document, "spans": spans_text(value.pieces())}
    return action_button(
        "source", "¶", data, css="ctg-mark", name="Voir dans le document", title="Voir dans le document"
    )
