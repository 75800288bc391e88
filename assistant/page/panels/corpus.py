"""Corpus: the documents and their facts, their outline, every fiche; for an editor, adding and removing."""

from typing import Any

import gradio as gr

from assistant.page.context import Hooks, PageContext, documents_to_choose, told_html
from assistant.page.panels.additions import build_additions
from assistant.page.panels.fiches import build_fiches
from assistant.page.rendering.conflicts import render_conflicts
from assistant.page.rendering.documents import render_documents, render_outline
from assistant.service import Assistant


def build_corpus(context: PageContext, hooks: Hooks) -> None:
    """Draw the panel and wire it."""
    panel = CorpusPanel(context.service)
    gr.HTML("<h2>Le corpus</h2>", elem_classes="ctg-title")
    with gr.Tabs(elem_id="ctg-corpus-tabs"):
        with gr.Tab("Documents"):
            documents = context.html("", "ctg-documents")
        with gr.Tab("Fiches-actions"):
            build_fiches(context, hooks)
        with gr.Tab("Plan d'un document"):
            chosen = gr.Dropdown([], label="Document")
            outline = context.html("", "ctg-outline")
        with gr.Tab("Divergences") as divergences:
            conflicts = context.html("", "ctg-conflicts")
        with gr.Tab("Ajouter ou retirer"):
            build_additions(context, hooks, documents, panel.documents)
    quiet: dict[str, Any] = {"api_visibility": "private", "concurrency_id": "read", "show_progress": "hidden"}
    chosen.change(panel.outline, chosen, outline, **quiet)
    divergences.select(panel.conflicts, None, conflicts, **quiet)
    hooks.tab.append((panel.opened, chosen, [documents, chosen]))


class CorpusPanel:
    """What the panel shows."""

    def __init__(self, service: Assistant) -> None:
        self._service = service

    def opened(self, chosen: str | None) -> tuple[str, Any]:
        """The cards, and the documents to read; the one chosen stays so."""
        names = documents_to_choose(self._service)
        known = [identifier for _, identifier in names]
        kept = chosen if chosen in known else next(iter(known), None)
        return self.documents(), gr.Dropdown(choices=names, value=kept)

    def documents(self) -> str:
        """A card for each document."""
        return told_html(lambda: render_documents(self._service.documents()))

    def conflicts(self) -> str:
        """The divergences of the corpus, worked out when they are looked at."""
        return told_html(lambda: render_conflicts(self._service.conflicts()))

    def outline(self, document: str | None) -> str:
        """The outline of a document; empty where none is chosen."""
        return told_html(lambda: render_outline(self._service.index, document)) if document else ""
