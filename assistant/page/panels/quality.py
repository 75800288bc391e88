"""Quality: the last evaluation report, the versions in use, what readers said."""

import importlib.metadata

import gradio as gr

from assistant.page.context import Hooks, PageContext, told, told_html
from assistant.page.model_state import model_sentence, model_state
from assistant.page.rendering.quality import feedback_counts, render_evaluation, render_versions
from assistant.service import Assistant
from corpus.settings import Settings
from eval.feedback import feedback_file, read_feedback
from eval.report import REPORT_DIR, read_report


def build_quality(context: PageContext, hooks: Hooks) -> None:
    """Draw the panel and wire it."""
    panel = QualityPanel(context.service)
    gr.HTML("<h2>Qualité mesurée</h2>", elem_classes="ctg-title")
    versions = context.html("", "ctg-versions", opens_sources=False)
    report = context.html("", "ctg-quality", opens_sources=False)
    hooks.tab.append((panel.opened, None, [versions, report]))


class QualityPanel:
    """What the panel shows."""

    def __init__(self, service: Assistant) -> None:
        self._service = service

    def opened(self) -> tuple[str, str]:
        """The versions in use and the last report."""
        versions = told_html(lambda: render_versions(versions_in_use(self._service)))
        return versions, told_html(lambda: render_evaluation(read_report(), REPORT_DIR))


def versions_in_use(service: Assistant) -> dict[str, str]:
    """What answers at present, by name. Raises IndexMissing, IndexForeign or IndexDamaged."""
    settings: Settings = service.settings
    generation = service.index.generation
    counts = generation.counts
    feedback = told(
        lambda: feedback_counts([one.reason for one in read_feedback(feedback_file(settings))]),
        lambda sentence: sentence,
    )
    return {
        "Assistant": importlib.metadata.version("assistant-ctg"),
        "Index": f"{generation.name}, du {generation.created[:10]}",
        "Modèle de vecteurs": generation.embedding.name,
        "Modèle de langue": model_sentence(settings, model_state(settings)),
        "Corpus": f"{len(generation.documents)} documents, {counts.fiches} fiches-actions, {counts.passages} passages",
        "Avis reçus": feedback,
    }
