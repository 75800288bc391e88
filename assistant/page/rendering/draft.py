"""A draft on its sheet: similar fiches to tick, then each field with the origin of its lines and what can be done."""

from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.compose.labels import FIELD_LABELS
from assistant.compose.places import shorten
from assistant.draft.compose import NEVER_TAKEN
from assistant.draft.records import Draft, DraftLine, DraftRequest, Origin, SimilarEntry, SimilarFiches
from assistant.export.fiche import CAUTION, ORIGINS, territory_line
from assistant.llm.drafting import REWRITTEN_KEYS
from assistant.page.rendering.answers import render_notice
from assistant.page.rendering.marks import marks, spans_text
from assistant.page.rendering.text import (
    action_button,
    attributes,
    badge,
    counted,
    definition_list,
    notice,
    opening_button,
    safe,
    shown,
    shown_source,
    waiting,
)
from corpus.errors import UnknownDocument
from corpus.index.reader import Index
from corpus.records import Citation, Notice
from corpus.themes import theme_names

_COUNTED: dict[Origin, tuple[str, str]] = {
    "repris": ("ligne reprise", "lignes reprises"), "adapte": ("adaptée", "adaptées"),
    "fourni": ("fournie par vous", "fournies par vous"), "genere": ("générée, à vérifier", "générées, à vérifier"),
    "a_completer": ("à compléter", "à compléter"),
}  # fmt: skip
_KINDS = {"fiche": "Fiche-action", "action": "Action d'un tableau", "passage": "Extrait"}
_LONGEST_TITLE = 170
_EMPTY = "Aucune fiche du corpus ne traite de ce sujet. Cochez une fiche voisine, ou partez d'un cadre vide."


def render_similar(index: Index, request: DraftRequest, found: SimilarFiches) -> str:
    """How the request was understood, and the fiches to draw on, those that fit already ticked."""
    chosen = bool(found.entries)
    cards = "".join(_similar(index, entry, ticked=chosen) for entry in found.entries or found.closest)
    intro = (
        f"<h3>Fiches proches ({len(found.entries)})</h3><p>Décochez celles dont vous ne voulez rien reprendre.</p>"
        if chosen
        else f"<h3>Fiches les plus voisines</h3>{notice(_EMPTY, 'warning', role='note')}"
    )
    label = "Rédiger la fiche" if chosen else "Rédiger d'après ces choix"
    button = action_button("compose", label, {}, css="ctg-action ctg-strong")
    return (
        f'<div data-form="similar">{_understood(request)}{intro}<ul class="ctg-similar">{cards}</ul>'
        f'<div class="ctg-actions">{button}</div></div>'
    )


def render_draft(draft: Draft, *, model: bool, stamp: str, focus: str = "", busy: str = "") -> str:
    """The sheet. `model`: whether a language model can rewrite it; `stamp`: tells this drawing of it from any other;
    `focus`: the field that was just changed, or the id of what to bring to the reader; `busy`: what is being done to
    it, while nothing else may be."""
    citations = {citation.n: citation for citation in draft.citations()}
    said = {key: tuple(one for one in draft.notices if _is_about(key, one)) for key in draft.fields}
    sections = "".join(_section(key, lines, citations, said[key], model=model) for key, lines in draft.fields.items())
    elsewhere = [one for one in draft.notices if not any(one in ones for ones in said.values())]
    notices = "".join(render_notice(one, citations) for one in elsewhere)
    sheet = attributes(
        {
            "class": "ctg-sheet", "data-form": "draft", "data-say": busy or _said_aloud(draft), "data-stamp": stamp,
            "data-focus": f"ctg-section-{focus}" if focus in draft.fields else focus or "ctg-sheet-title",
            "data-busy": "1" if busy else None,
        }
    )  # fmt: skip
    shut = ' inert=""' if busy else ""
    halt = action_button("halt", "Arrêter", {}, name="Arrêter la réécriture").replace(
        "<button", '<button id="ctg-halt"'
    )
    state = f'<div class="ctg-busy">{waiting(busy)}{halt}</div>' if busy else ""
    return (
        f'<div{sheet}>{state}<header class="ctg-sheet-head"{shut}>'
        f'<p class="ctg-muted">{shown(territory_line(draft))}</p>'
        f'<h3 id="ctg-sheet-title" tabindex="-1">{shown(draft.title)}</h3>{_title_editor(draft.title)}'
        f'<p class="ctg-muted">{shown(CAUTION)}</p>{_legend(draft)}</header>{notices}'
        f'<div class="ctg-sections"{shut}>{sections}</div>{"" if busy else _sheet_actions(model)}</div>'
    )


def _is_about(key: str, about: Notice) -> bool:
    return about.text.startswith(f"{FIELD_LABELS[key]} : ")


def _understood(request: DraftRequest) -> str:
    names = theme_names()
    themes = ", ".join(names.get(theme, theme) for theme in request.themes)
    rows = {
        "Sujet": shown(request.subject),
        "Thème": shown(themes),
        "Territoire": shown(request.territory or "non précisé"),
        "Vous dites": "".join(
            f'<span class="ctg-fact">{shown(fact.text)} <small>{shown(FIELD_LABELS.get(fact.key, fact.key))}</small>'
            "</span> "
            for fact in request.facts
        ),
        "Rubriques": shown(", ".join(FIELD_LABELS.get(key, key) for key in request.sections)),
    }
    return (
        f'<div class="ctg-understood"><h3>Ce que j\'ai compris</h3>{definition_list(rows)}'
        '<p class="ctg-muted">Ce n\'est pas cela ? Corrigez la demande et cherchez à nouveau.</p></div>'
    )


def _similar(index: Index, entry: SimilarEntry, *, ticked: bool) -> str:
    checked = " checked" if ticked else ""
    read = action_button(
        "source", "Lire", _place(index, entry), css="ctg-link", name=f"Lire : {shorten(entry.title, 80)}"
    )
    return (
        f'<li class="ctg-similar-one"><label><input type="checkbox" name="ticked" value="{safe(entry.id)}"{checked}/>'
        f"<span>{shown_source(shorten(entry.title, _LONGEST_TITLE))}</span></label>"
        f"<p>{badge('pratique', entry.territory)} {badge('status', _KINDS[entry.kind])} {read}</p></li>"
    )


def _place(index: Index, entry: SimilarEntry) -> dict[str, object]:
    if entry.kind != "passage":
        return {"document": entry.document, "fiche": entry.id}
    try:
        return {"document": entry.document, "spans": spans_text(index.passage(entry.id).spans)}
    except UnknownDocument:
        return {"document": entry.document, "window": "0-3000"}


def _legend(draft: Draft) -> str:
    counts = Counter(line.origin for lines in draft.fields.values() for line in lines)
    items = "".join(
        f'<li class="ctg-from-{origin}"><b>{counts[origin]}</b> {words[0] if counts[origin] < 2 else words[1]}</li>'
        for origin, words in _COUNTED.items()
        if counts[origin]
    )
    return f'<ul class="ctg-legend" aria-label="Origine des lignes">{items}</ul>'


def _title_editor(title: str) -> str:
    save = action_button("save", "Enregistrer l'intitulé", {"key": "title"})
    opener = _opener("title", "Modifier l'intitulé")
    return (
        f'{opener}<div class="ctg-edit" id="ctg-editor-title" hidden="hidden">'
        '<label class="ctg-only-spoken" for="ctg-edit-title">Intitulé de la fiche</label><textarea id="ctg-edit-title" '
        f'name="title" rows="2" maxlength="200">{safe(title)}</textarea>{save}</div>'
    )


def _section(
    key: str, lines: Sequence[DraftLine], citations: Mapping[int, Citation], notices: Sequence[Notice], *, model: bool
) -> str:
    label = FIELD_LABELS[key]
    items = "".join(_line(key, line, citations) for line in lines)
    told = "".join(render_notice(one, citations) for one in notices)
    return (
        f'<section class="ctg-section" aria-labelledby="ctg-section-{key}"><div class="ctg-section-head">'
        f'<h4 id="ctg-section-{key}" tabindex="-1">{shown(label)}</h4>{_tools(key, label, model)}</div>'
        f'<div class="ctg-section-body"><ul class="ctg-lines">{items}</ul>{told}{_editor(key, label, lines)}</div>'
        "</section>"
    )


def _tools(key: str, label: str, model: bool) -> str:
    actions = [] if key in NEVER_TAKEN else [("complete", "Compléter"), ("redo", "Remplacer")]
    if model and key in REWRITTEN_KEYS:
        actions.append(("rewrite", "Réécrire"))
    buttons = "".join(
        action_button(action, name, {"key": key}, css="ctg-tool", name=f"{name} : {label}") for action, name in actions
    )
    return f'<div class="ctg-tools">{buttons}{_opener(key, "Modifier", f"Modifier : {label}")}</div>'


def _opener(key: str, label: str, name: str = "") -> str:
    return opening_button(label, f"ctg-editor-{key}", css="ctg-tool", name=name)


def _editor(key: str, label: str, lines: Sequence[DraftLine]) -> str:
    """The lines as text, one idea a line; a field that is all to fill in starts empty."""
    written = [line.text for line in lines] if any(line.origin != "a_completer" for line in lines) else []
    hint = "" if written else "".join(line.text.strip("[]") for line in lines[:1])
    save = action_button("save", "Enregistrer", {"key": key}, name=f"Enregistrer : {label}")
    area = attributes(
        {
            "id": f"ctg-edit-{key}", "name": key, "rows": min(14, len(lines) + 2), "placeholder": hint or None,
        }
    )  # fmt: skip
    return (
        f'<div class="ctg-edit" id="ctg-editor-{key}" hidden="hidden"><label for="ctg-edit-{key}">{shown(label)} : une '
        f"ligne par idée</label><textarea{area}>{safe(chr(10).join(written))}</textarea>{save}</div>"
    )


def _line(key: str, line: DraftLine, citations: Mapping[int, Citation]) -> str:
    numbers = [source.n for source in line.sources]
    territories = ", ".join(dict.fromkeys(source.territory or "note du projet" for source in line.sources))
    said = ORIGINS[line.origin]
    if line.sources:
        said = "voir chez" if line.origin == "a_completer" else said
        said = f"{said}{', d’après' if line.origin == 'genere' else ''} {territories}"
    remove = action_button(
        "strike", "×", {"key": key, "text": line.text}, css="ctg-strike", title="Retirer cette ligne",
        name=f"Retirer : {shorten(line.text, 80)}",
    )  # fmt: skip
    origin = f'<span class="ctg-from">{shown(said)}</span> {marks(numbers, citations)}'
    return (
        f'<li class="ctg-line ctg-from-{line.origin}"><p>{shown(line.text)}</p>'
        f'<p class="ctg-line-origin">{origin}</p>{remove}</li>'
    )


def _sheet_actions(model: bool) -> str:
    exports = [
        action_button("export", name, {"ending": ending})
        for name, ending in (("Exporter en DOCX", ".docx"), ("en ODT", ".odt"), ("en Markdown", ".md"))
    ]
    check = action_button("check", "Relire avant de déposer", {}, css="ctg-action ctg-strong")
    rewrite = action_button("rewrite", "Tout réécrire avec le modèle de langue", {"key": ""}) if model else ""
    drop = action_button("discard", "Effacer ce brouillon", {}, css="ctg-link")
    return f'<div class="ctg-actions ctg-sheet-actions">{check}{"".join(exports)}{rewrite}{drop}</div>'


def _said_aloud(draft: Draft) -> str:
    open_lines = sum(line.origin == "a_completer" for lines in draft.fields.values() for line in lines)
    return f"Brouillon affiché : {counted(len(draft.fields), 'rubrique')}, {open_lines} à compléter."
