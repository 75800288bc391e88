"""The fiches-actions, all of them, narrowed by territory, theme, pilot, words."""

from typing import Any

import gradio as gr

from assistant.page.context import Hooks, PageContext, told, told_html
from assistant.page.rendering.fiches import render_fiche_list
from assistant.service import Assistant
from corpus.text import fold, squeeze
from corpus.themes import load_themes

_KINDS = [("Fiches-actions", "fiche"), ("Actions tirées des tableaux", "action")]


def build_fiches(context: PageContext, hooks: Hooks) -> None:
    """Draw the panel and wire it."""
    panel = FichesPanel(context.service)
    with gr.Row():
        territory = gr.Dropdown([("Tous les territoires", "")], value="", label="Territoire", min_width=170)
        theme = gr.Dropdown(
            [("Tous les thèmes", ""), *((one.name, one.id) for one in load_themes())], value="", label="Thème",
            min_width=170,
        )  # fmt: skip
        pilot = gr.Textbox(label="Pilote", value="", placeholder="Par exemple : Caf", max_length=80, min_width=140)
        words = gr.Textbox(
            label="Mots de la fiche", value="", placeholder="Par exemple : parents", max_length=120, min_width=140
        )
    kind = gr.Radio(_KINDS, value="fiche", label="Afficher")
    found = context.html("", "ctg-fiches")
    filters = [territory, theme, pilot, words, kind]
    quiet: dict[str, Any] = {
        "api_visibility": "private", "concurrency_id": "read", "show_progress": "hidden", "trigger_mode": "always_last",
    }  # fmt: skip
    for part in filters:
        part.change(panel.found, filters, found, **quiet)
    hooks.tab.append((panel.opened, filters, [territory, found]))


class FichesPanel:
    """What the filters do."""

    def __init__(self, service: Assistant) -> None:
        self._service = service

    def opened(
        self, territory: str | None, theme: str | None, pilot: str | None, words: str | None, kind: str | None
    ) -> tuple[Any, str]:
        """The territories to choose from, and the fiches that fit the filters as they stand.

        Gradio gives None for a filter that was not drawn yet.
        """
        names: list[tuple[str, str]] = told(
            lambda: [(record.entry.territory.short_name, record.entry.id) for record in self._service.documents()],
            lambda _: [],
        )
        choices = [("Tous les territoires", ""), *names]
        kept = territory if territory in [value for _, value in choices] else ""
        return gr.Dropdown(choices=choices, value=kept), self.found(kept, theme, pilot, words, kind or "fiche")

    def found(self, territory: str | None, theme: str | None, pilot: str | None, words: str | None, kind: str) -> str:
        """The fiches that fit every filter, with how many there are in all."""

        def listed() -> str:
            every = self._service.fiches(actions=kind == "action")
            kept = [
                fiche
                for fiche in self._service.fiches(territory or None, theme or None, actions=kind == "action")
                if _holds(fiche.text_of("pilote"), pilot or "")
                and _holds(f"{fiche.ref} {fiche.whole_text()}", words or "")
            ]
            return render_fiche_list(self._service.index, kept, len(every), "fiche" if kind == "fiche" else "action")

        return told_html(listed)


def _holds(text: str, wanted: str) -> bool:
    """Whether each word wanted begins a word of the text, accents and case aside."""
    folded = " " + squeeze(fold(text).replace("'", " "))
    return all(f" {word}" in folded for word in fold(wanted).split())
