"""The page as a whole: header, panels, source panel. A panel is added by one line of PANELS."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.llm.client import model_is_configured
from assistant.page.api import build_api
from assistant.page.context import Hooks, PageContext
from assistant.page.model_state import ModelState, model_sentence, model_state
from assistant.page.panels.ask import build_ask
from assistant.page.panels.compare import build_compare
from assistant.page.panels.corpus import build_corpus
from assistant.page.panels.draft import build_draft
from assistant.page.panels.help import build_help
from assistant.page.panels.obligations import build_obligations
from assistant.page.panels.profile import build_profile
from assistant.page.panels.quality import build_quality
from assistant.page.panels.source import build_source, wire_source
from assistant.page.rendering.text import safe

PANELS: tuple[tuple[str, Callable[[PageContext, Hooks], None]], ...] = (
    ("Interroger", build_ask),
    ("Comparer", build_compare),
    ("Obligations", build_obligations),
    ("Rédiger", build_draft),
    ("Corpus", build_corpus),
    ("Qualité", build_quality),
    ("Aide", build_help),
)
"""Title of each tab and what draws it."""


def build_page(context: PageContext) -> Any:
    """The Blocks of the page."""
    hooks = Hooks()
    quiet = {"api_visibility": "private", "show_progress": "hidden", "concurrency_id": "read"}
    with gr.Blocks(title="Assistant CTG", analytics_enabled=False, delete_cache=(3600, 3600), fill_width=True) as page:
        # First, so that no event of a panel takes one of its names.
        build_api(context.service)
        header = gr.HTML(_header(context), elem_id="ctg-header", apply_default_css=False)
        if model_is_configured(context.settings):
            hooks.page.append((lambda: _header(context, model_state(context.settings)), None, header))
        with gr.Row(elem_id="ctg-body", equal_height=False):
            with gr.Column(elem_id="ctg-main", min_width=280):
                context.draft = gr.BrowserState({}, storage_key="ctg-brouillon", secret="ctg")
                build_profile(context, hooks)
                source = gr.Column(elem_id="ctg-source", min_width=280, render=False)
                with source:
                    build_source(context)
                with gr.Tabs(elem_id="ctg-tabs"):
                    for title, build in PANELS:
                        own = Hooks(page=hooks.page)
                        with gr.Tab(title) as tab:
                            build(context, own)
                        for run, inputs, outputs in own.tab:
                            tab.select(run, inputs, outputs, **quiet)
            source.render()
        gr.HTML(_FOOTER, elem_id="ctg-footer", apply_default_css=False)
        wire_source(context)
        for run, inputs, outputs in hooks.page:
            page.load(run, inputs, outputs, **quiet)
    return page


def _header(context: PageContext, answering: ModelState | None = None) -> str:
    configured = model_is_configured(context.settings)
    state = f"Modèle de langue : {model_sentence(context.settings, answering)}" if configured else _NO_MODEL
    look = {"repond": "good", "muet": "bad"}.get(answering or "", "unknown") if configured else "none"
    leave = (
        '<form method="post" action="./deconnexion"><button type="submit" class="ctg-link">Se déconnecter'
        "</button></form>"
        if context.sessions is not None
        else ""
    )
    return (
        '<a class="ctg-skip" href="#ctg-question">Aller à la question</a><header class="ctg-header" role="banner">'
        '<div><h1>Assistant CTG</h1><p class="ctg-tagline">Les conventions territoriales globales, '
        "citations à l'appui</p></div>"
        f'<div class="ctg-header-side"><span class="ctg-state ctg-state-{look}">{safe(state)}</span>'
        f'<button type="button" class="ctg-link" id="ctg-theme">Affichage sombre</button>{leave}</div></header>'
        '<div id="ctg-live" class="ctg-only-spoken" role="status" aria-live="polite"></div>'
    )


_NO_MODEL = "Sans modèle de langue : tout est cité"
_FOOTER = (
    '<footer class="ctg-footer" role="contentinfo"><p>Réponses composées à partir des seuls documents du corpus. '
    "Rien ne quitte cette machine. Une pratique d'un territoire n'est pas une règle ; vérifiez une obligation auprès "
    "de votre Caf.</p></footer>"
)
