"""The source panel: what stands behind a mark, in its document, whatever panel the mark is in."""

import gradio as gr

from assistant.page.context import PageContext, told_html
from assistant.page.rendering.source import EMPTY, render_fiche_source, render_note, render_source
from assistant.page.source_request import SourceRequest, read_source_request
from assistant.service import Assistant
from corpus.glossary import load_glossary
from corpus.obligations import load_obligations


def build_source(context: PageContext) -> None:
    """Draw the panel; `wire_source` connects it once every panel with marks is built."""
    context.source = context.html(EMPTY, "ctg-source-panel")


def wire_source(context: PageContext) -> None:
    """Every mark of every panel opens its source."""
    opener = SourceOpener(context.service)
    for component in context.marked:
        component.source(
            opener.open, None, context.source, api_visibility="private", show_progress="hidden", concurrency_id="read",
            concurrency_limit=4,
        )  # fmt: skip


class SourceOpener:
    """Turns a click into the markup of the panel."""

    def __init__(self, service: Assistant) -> None:
        self._service = service

    def open(self, event: gr.EventData) -> str:
        """The panel for the place that a mark names."""
        return told_html(lambda: self._render(read_source_request(event._data)))

    def _render(self, request: SourceRequest) -> str:
        kind, _, identifier = request.document.partition(":")
        if request.fiche is not None:
            return render_fiche_source(self._service.index, request, self._service.index.fiche(request.fiche))
        if not identifier:
            return render_source(self._service.index, request)
        if kind == "obligation":
            rule = next((rule for rule in load_obligations().rules if rule.id == identifier), None)
            if rule is not None:
                facts = {"Texte de référence": rule.reference, "Confiance": rule.confidence}
                return render_note(request, rule.title, rule.full_text(), facts)
        if kind == "glossaire":
            entry = load_glossary().entry(identifier)
            if entry is not None:
                facts = {
                    "Forme complète": entry.full or "",
                    "Anciens noms": ", ".join(old.name for old in entry.former),
                }
                return render_note(request, entry.term, entry.definition, facts)
        return render_note(request, request.section or "Note du projet", request.quote, {})
