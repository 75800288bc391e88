"""Compare: what each territory does about a theme or a question, as a table whose cells open their source."""

from typing import Any

import gradio as gr

from assistant.page.context import Hooks, PageContext, click_when_ready, told
from assistant.page.export import export_table
from assistant.page.profile import own_document
from assistant.page.rendering.answers import render_answer
from assistant.page.rendering.text import action_button, notice
from assistant.service import Assistant
from corpus.errors import ExportFailed
from corpus.glossary import load_glossary
from corpus.records import Answer
from corpus.themes import load_themes


def build_compare(context: PageContext, hooks: Hooks) -> None:
    """Draw the panel and wire it."""
    panel = ComparePanel(context.service)
    found = gr.State(None)
    gr.HTML("<h2>Comparer les territoires</h2>", elem_classes="ctg-title")
    with gr.Row(elem_classes="ctg-form-row"):
        subject = gr.Textbox(
            label="Thème ou question", placeholder="Par exemple : guichet unique, accès aux droits…", lines=1,
            max_length=context.settings.question_max_chars, scale=4, min_width=220, elem_id="ctg-subject",
        )  # fmt: skip
        run = gr.Button("Comparer", variant="primary", scale=1, min_width=120)
    chips = context.html(_theme_chips(), "ctg-theme-chips", ("ask",), opens_sources=False)
    with gr.Row(visible=False, elem_classes="ctg-exports") as exports:
        buttons = [(gr.Button(f"Exporter en {name}", size="sm", min_width=130), ending)
                   for name, ending in (("DOCX", ".docx"), ("CSV", ".csv"), ("Markdown", ".md"))]  # fmt: skip
    result = context.html("", "ctg-comparison")
    download = gr.DownloadButton("Fichier", elem_id="ctg-download-table", elem_classes="ctg-hidden")

    quiet: dict[str, Any] = {"api_visibility": "private", "concurrency_id": "ask"}
    for listen in (run.click, subject.submit):
        listen(panel.compare, [subject, context.territory], [result, found, exports, subject], **quiet)
    chips.ask(panel.compare_theme, context.territory, [result, found, exports, subject], **quiet)
    for button, ending in buttons:
        button.click(panel.exporter(ending), found, download, api_visibility="private").success(
            None, js=click_when_ready("ctg-download-table")
        )


class ComparePanel:
    """What the buttons of the panel do."""

    def __init__(self, service: Assistant) -> None:
        self._service = service

    def compare(self, subject: str, profile: Any) -> tuple[str, Answer | None, Any, str]:
        """The table for a subject, the answer kept for an export, whether exports are shown."""

        def make() -> tuple[str, Answer | None, Any, str]:
            answer = self._service.compare(subject, own_territory=own_document(self._service, profile))
            return (
                render_answer(answer, load_glossary(), table_first=True),
                answer,
                gr.Row(visible=answer.table is not None),
                subject,
            )

        def fail(sentence: str) -> tuple[str, Answer | None, Any, str]:
            return notice(sentence, "error", role="alert"), None, gr.Row(visible=False), subject

        return told(make, fail)

    def compare_theme(self, profile: Any, event: gr.EventData) -> tuple[str, Answer | None, Any, str]:
        """As `compare`, for a theme that was clicked."""
        return self.compare(str(event._data.get("text", "")), profile)

    def exporter(self, ending: str) -> Any:
        """A function that writes the last comparison to a file of this ending."""

        def export(answer: Answer | None) -> str:
            if answer is None:
                raise gr.Error("Faites d'abord une comparaison.", print_exception=False)
            try:
                return export_table(answer, ending)
            except ExportFailed as error:
                raise gr.Error(str(error), print_exception=False) from error

        return export


def _theme_chips() -> str:
    buttons = (
        action_button("ask", theme.name, {"text": theme.name})
        for theme in load_themes()
        if theme.status != "transversal"
    )
    return f'<div class="ctg-actions ctg-chips" role="group" aria-label="Thèmes">{"".join(buttons)}</div>'
