"""The filters under the question: three lists that fold, the documents following the territory."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.page.context import Hooks, PageContext, told
from assistant.page.filters import ANY, Filters, document_choices, name_filters, territory_choices, theme_choices
from assistant.service import Assistant
from corpus.index.reader import DocumentRecord


@dataclass(frozen=True)
class FilterLists:
    """The lists as they were drawn."""

    fold: Any
    """The part that opens and closes; closed, it names what was chosen."""
    chosen: tuple[Any, ...]
    """Territory, theme, document."""


def build_filters(context: PageContext, hooks: Hooks) -> FilterLists:
    """Draw the lists and wire them."""
    panel = FilterPanel(context.service)
    with gr.Accordion(name_filters(Filters()), elem_id="ctg-filters", elem_classes="ctg-fold") as fold, gr.Row():
        territory = gr.Dropdown(territory_choices(()), value=ANY, label="Territoire", min_width=150)
        theme = gr.Dropdown(theme_choices(), value=ANY, label="Thème", min_width=150)
        document = gr.Dropdown(document_choices((), None), value=ANY, label="Document", min_width=150)
    chosen = (territory, theme, document)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_id": "read"}
    territory.input(panel.narrowed, [territory, document], document, **quiet)
    gr.on([one.change for one in chosen], panel.named, list(chosen), fold, **quiet)
    hooks.page.append((panel.opened, None, [territory, document]))
    return FilterLists(fold, chosen)


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

    def named(self, territory: str | None, theme: str | None, document: str | None) -> Any:
        """The fold, saying what the lists leave."""
        filters = Filters(territory=territory or ANY, theme=theme or ANY, document=document or ANY)
        return gr.Accordion(label=name_filters(filters, self._records()))

    def _records(self) -> tuple[DocumentRecord, ...]:
        return told(self._service.documents, lambda _: ())
