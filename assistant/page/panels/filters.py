"""The filters under the question: three lists, the documents following the territory."""

from typing import Any

import gradio as gr

from assistant.page.context import Hooks, PageContext, told
from assistant.page.filters import ANY, document_choices, territory_choices, theme_choices
from assistant.service import Assistant
from corpus.index.reader import DocumentRecord


def build_filters(context: PageContext, hooks: Hooks) -> list[Any]:
    """Draw the lists and wire them: territory, theme, document."""
    panel = FilterPanel(context.service)
    with gr.Row(elem_id="ctg-filters"):
        territory = gr.Dropdown(territory_choices(()), value=ANY, label="Territoire", min_width=150)
        theme = gr.Dropdown(theme_choices(), value=ANY, label="Thème", min_width=150)
        document = gr.Dropdown(document_choices((), None), value=ANY, label="Document", min_width=150)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_id": "read"}
    territory.input(panel.narrowed, [territory, document], document, **quiet)
    hooks.page.append((panel.opened, None, [territory, document]))
    return [territory, theme, document]


class FilterPanel:
    """What the lists hold."""

    def __init__(self, service: Assistant) -> None:
        self._service = service

    def opened(self) -> tuple[Any, Any]:
        """The territories and the documents of the corpus in service."""
        records = self._records()
        return (
            gr.Dropdown(choices=territory_choices(records), value=ANY),
            gr.Dropdown(choices=document_choices(records, None), value=ANY),
        )

    def narrowed(self, territory: str | None, document: str | None) -> Any:
        """The documents of the territory that was chosen; another territory's document is let go."""
        choices = document_choices(self._records(), territory)
        return gr.Dropdown(choices=choices, value=document if document in dict(choices).values() else ANY)

    def _records(self) -> tuple[DocumentRecord, ...]:
        return told(self._service.documents, lambda _: ())
