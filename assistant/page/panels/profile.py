"""My territory: kept in the browser; it tunes suggestions, obligations and "les autres"."""

from typing import Any

import gradio as gr

from assistant.obligations.situation import make_situation
from assistant.page.context import Hooks, PageContext, told
from assistant.page.profile import read_profile
from assistant.page.rendering.documents import endings
from assistant.page.rendering.text import notice
from assistant.service import Assistant

_LABEL = "Mon territoire"


def build_profile(context: PageContext, hooks: Hooks) -> None:
    """Draw the fold-out and wire it; sets `context.territory`."""
    panel = ProfilePanel(context.service)
    context.territory = gr.BrowserState({}, storage_key="ctg-territoire", secret="ctg")
    with gr.Accordion(_LABEL, open=False, elem_id="ctg-profile") as fold:
        with gr.Row():
            territory = gr.Textbox(
                label="Commune, EPCI ou territoire", placeholder="Par exemple : le nom de votre commune",
                max_length=120, min_width=200,
            )  # fmt: skip
            population = gr.Textbox(label="Habitants", placeholder="Par exemple : 4200", max_length=12, min_width=120)
            kind = gr.Dropdown(
                [("Commune", "commune"), ("Intercommunalité (EPCI)", "epci")], value="commune", label="Vous êtes",
                min_width=160,
            )  # fmt: skip
        save = gr.Button("Enregistrer dans ce navigateur", size="sm")
        message = context.html("", "ctg-profile-message", opens_sources=False)
    options: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    save.click(panel.saved, [territory, population, kind, context.territory], [context.territory, message], **options)
    hooks.page.append((panel.opened, [context.territory], [territory, population, kind]))
    hooks.page.append((panel.named, context.territory, fold))
    context.territory.change(panel.named, context.territory, fold, **options)


class ProfilePanel:
    """What the fold-out does."""

    def __init__(self, service: Assistant) -> None:
        self._service = service

    def opened(self, stored: Any) -> tuple[str, str, str]:
        """What the browser remembers."""
        profile = read_profile(stored)
        kind = profile.kind if profile.kind in ("commune", "epci") else "commune"
        return profile.territory, str(profile.population or ""), kind

    def named(self, stored: Any) -> Any:
        """The fold with the territory in its title, so that one sees what answers are tuned to."""
        profile = read_profile(stored)
        size = f", {f'{profile.population:,}'.replace(',', ' ')} habitants" if profile.population else ""
        named = f"{_LABEL} : {profile.territory}{size}" if profile.territory else _LABEL
        return gr.Accordion(label=named)

    def saved(self, territory: str, population: str, kind: str, stored: Any) -> tuple[dict[str, Any], str]:
        """The profile for the browser's store, and a sentence on what it changes."""

        def check() -> tuple[dict[str, Any], str]:
            situation = make_situation(population=population or None, type=kind)
            told_now = {"territory": territory.strip(), "population": situation.population, "kind": kind}
            return read_profile(stored).model_dump() | told_now, self._meaning(territory.strip())

        return told(
            check, lambda sentence: (read_profile(stored).model_dump(), notice(sentence, "error", role="alert"))
        )

    def _meaning(self, territory: str) -> str:
        if not territory:
            return notice("Aucun territoire : les réponses ne tiennent compte que de vos questions.")

        def known() -> str:
            index = self._service.index
            records = [index.document(document) for document in self._service.resolve_territory(territory)]
            names = ", ".join(record.entry.territory.name for record in records)
            meaning = notice(f"Votre territoire est au corpus : {names}. « Les autres » désigne tous les autres.")
            return meaning + "".join(notice(f"{one}.", "warning") for one in endings(records))

        return told(known, lambda _: notice(f"« {territory} » n'est dans aucune convention du corpus : c'est noté."))
