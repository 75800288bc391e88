"""Obligations: a form and its result, and the checklist of the schéma pluriannuel."""

from datetime import date
from typing import Any

import gradio as gr

from assistant.obligations.evidence import IndexTexts
from assistant.obligations.rules import which_obligations
from assistant.obligations.schema_check import check_schema
from assistant.obligations.situation import make_situation
from assistant.page.context import Hooks, PageContext, documents_to_choose, told_html
from assistant.page.profile import read_profile
from assistant.page.rendering.obligations import render_obligations, render_schema
from assistant.service import Assistant
from corpus.errors import AssistantError
from corpus.obligations import load_obligations
from corpus.themes import load_themes

_ACTORS = [
    ("Commune", "commune"), ("Intercommunalité (EPCI)", "epci"), ("Gestionnaire d'un accueil", "gestionnaire"),
    ("Assistant·e maternel·le", "assistant-maternel"), ("Caf", "caf"), ("Département", "departement"),
    ("Préfet", "prefet"),
]  # fmt: skip
_UNSAID = "Non précisé"
_SOME = "Certaines"
_TRANSFERS = [_UNSAID, "Aucune", "Toutes", _SOME]


def build_obligations(context: PageContext, hooks: Hooks) -> None:
    """Draw the panel and wire it."""
    panel = ObligationsPanel(context.service)
    names = load_obligations().competences
    gr.HTML("<h2>Qui doit faire quoi, depuis quand</h2>", elem_classes="ctg-title")
    with gr.Row():
        kind = gr.Dropdown(_ACTORS, value="commune", label="Vous êtes", min_width=180)
        population = gr.Textbox(label="Habitants", placeholder="Par exemple : 4200", max_length=20, min_width=120)
        day = gr.Textbox(
            label="À la date du", placeholder=date.today().strftime("%d/%m/%Y"), max_length=20, min_width=120
        )
        theme = gr.Dropdown(
            [("Tous les thèmes", ""), *((one.name, one.id) for one in load_themes())], value="", label="Thème",
            min_width=180,
        )  # fmt: skip
    transfer = gr.Radio(
        _TRANSFERS, value=_UNSAID, label="Compétences petite enfance transférées à l'intercommunalité",
    )  # fmt: skip
    chosen = gr.CheckboxGroup(
        [(f"{number}. {name}", str(number)) for number, name in names.items()], label="Lesquelles", visible=False
    )
    run = gr.Button("Voir les obligations", variant="primary")
    result = context.html("", "ctg-obligations")
    gr.HTML("<h2>Ma convention tient-elle lieu de schéma ?</h2>", elem_classes="ctg-title")
    with gr.Row(elem_classes="ctg-form-row"):
        document = gr.Dropdown([], label="Document", min_width=240, scale=3)
        check = gr.Button("Vérifier", variant="primary", min_width=120, scale=1)
    checklist = context.html("", "ctg-schema")

    quiet: dict[str, Any] = {"api_visibility": "private", "concurrency_id": "read"}
    transfer.change(lambda value: gr.CheckboxGroup(visible=value == _SOME), transfer, chosen, **quiet)
    situation = [kind, population, transfer, chosen, day, theme]
    gr.on([run.click, population.submit], panel.obligations, situation, result, **quiet)
    check.click(panel.schema, document, checklist, **quiet)
    hooks.page.append((panel.opened, [context.territory], [kind, population, document]))
    own = {**quiet, "show_progress": "hidden"}
    context.territory.change(panel.own_situation, context.territory, [kind, population], **own)


class ObligationsPanel:
    """What the buttons of the panel do."""

    def __init__(self, service: Assistant) -> None:
        self._service = service

    def opened(self, stored: Any) -> tuple[str, str, Any]:
        """The reader's own situation, and the documents to check."""
        documents = documents_to_choose(self._service)
        first = documents[0][1] if documents else None
        return *self.own_situation(stored), gr.Dropdown(choices=documents, value=first)

    def own_situation(self, stored: Any) -> tuple[str, str]:
        """Kind and population of the reader's own territory, as the browser keeps them."""
        profile = read_profile(stored)
        kinds = [kind for _, kind in _ACTORS]
        return profile.kind if profile.kind in kinds else "commune", str(profile.population or "")

    def obligations(self, kind: str, population: str, transfer: str, chosen: list[str], day: str, theme: str) -> str:
        """The report for the situation of the form."""
        said = {_UNSAID: None, "Aucune": "aucune", "Toutes": "toutes", _SOME: ",".join(chosen or []) or "aucune"}

        def report() -> str:
            situation = make_situation(
                population=population or None, type=kind, transfer=said.get(transfer), on=day or None,
                theme=theme or None,
            )  # fmt: skip
            return render_obligations(which_obligations(situation, self._texts()))

        return told_html(report)

    def schema(self, document: str | None) -> str:
        """The checklist of a document."""
        return told_html(lambda: render_schema(check_schema(self._service.index, document or "")))

    def _texts(self) -> IndexTexts | None:
        """The documents in service; the rules stand without them."""
        try:
            return IndexTexts(self._service.index)
        except AssistantError:
            return None
