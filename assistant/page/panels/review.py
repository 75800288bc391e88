"""Review of a fiche-action written elsewhere: a file, or its text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.page.context import PageContext, told_html
from assistant.page.rendering.review import render_review
from assistant.page.rendering.text import notice, waiting
from assistant.service import Assistant

_INTRO = (
    "<h2>Relire une fiche avant de la déposer</h2><p>Pilote, échéances, indicateurs, partenaires, textes de "
    "référence : ce qui manque, et ce qu'en font les fiches proches. Le fichier n'entre pas au corpus.</p>"
)
_FORMATS = [".docx", ".odt", ".md", ".txt", ".pdf"]


def build_review(context: PageContext) -> None:
    """Draw the panel and wire it."""
    panel = ReviewPanel(context.service)
    gr.HTML(_INTRO, elem_classes="ctg-title", apply_default_css=False)
    with gr.Row():
        file = gr.File(label="Fichier (DOCX, ODT, PDF, texte)", file_types=_FORMATS, height=170, min_width=260)
        text = gr.Textbox(
            label="Ou son texte", lines=6, max_lines=12, max_length=40_000, elem_id="ctg-review-text", min_width=260
        )
    run = gr.Button("Relire", variant="primary", elem_id="ctg-review-run")
    found = context.html("", "ctg-review")
    run.click(panel.review, [file, text], found, api_visibility="private", concurrency_id="ask", show_progress="hidden")


class ReviewPanel:
    """What the button does."""

    def __init__(self, service: Assistant) -> None:
        self._service = service

    def review(self, file: str | None, text: str | None) -> Iterator[str]:
        """The findings on the file, or on the text where there is none."""
        source: Any = Path(file) if file else (text or "").strip()
        if not source:
            yield notice("Donnez une fiche : un fichier, ou son texte.", "warning", role="alert")
            return
        yield waiting("Relecture…")
        yield told_html(lambda: render_review(self._service.review(source)))
