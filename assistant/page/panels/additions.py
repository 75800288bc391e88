"""Adding documents, correcting what is known of them, removing one: for editors."""

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.page.context import Hooks, PageContext, told, told_html
from assistant.page.correction import corrected_entry
from assistant.page.rendering.ingestion import render_progress, render_report
from assistant.page.rendering.text import notice
from assistant.service import Assistant
from corpus.errors import UnknownDocument
from corpus.manifest import Manifest, add_entry, load_manifest
from corpus.records import DocumentEntry
from ingest.pipeline import ingest_corpus, remove_document
from ingest.report import IngestReport

_FORMATS = [".txt", ".md", ".pdf", ".docx", ".odt", ".html", ".htm"]
_NOT_EDITOR = "Votre compte permet de lire, pas de changer le corpus."
_STATUSES = [
    ("Signé", "signe"), ("Projet non signé", "projet"), ("Annexe", "annexe"),
    ("Document de travail", "document-de-travail"), ("Inconnu", "inconnu"),
]  # fmt: skip
_KINDS = [
    ("Convention", "convention"), ("Plan d'actions", "plan-d-actions"),
    ("Projet de territoire", "projet-de-territoire"), ("Note", "note"),
]  # fmt: skip


def build_additions(context: PageContext, hooks: Hooks, documents: Any, render_documents: Callable[[], str]) -> None:
    """Draw the panel and wire it; `documents` is redrawn with `render_documents` after each change."""
    panel = AdditionsPanel(context)
    files = gr.File(
        label=f"Fichiers à ajouter ({context.settings.file_max_mb} Mo au plus chacun)",
        file_count="multiple", file_types=_FORMATS, height=170,
    )  # fmt: skip
    add = gr.Button("Ajouter au corpus", variant="primary")
    report = context.html("", "ctg-report", opens_sources=False)
    gr.HTML("<h3>Corriger ou retirer un document</h3>", apply_default_css=False)
    chosen = gr.Dropdown([], label="Document à corriger ou à retirer")
    with gr.Row():
        title = gr.Textbox(label="Titre", max_length=200, min_width=220)
        territory = gr.Textbox(label="Territoire", max_length=120, min_width=180)
        short_name = gr.Textbox(label="Nom court", max_length=40, min_width=120)
    with gr.Row():
        other_names = gr.Textbox(label="Autres noms (séparés par des virgules)", max_length=400, min_width=220)
        communes = gr.Textbox(label="Communes (séparées par des virgules)", max_length=4000, min_width=220)
    with gr.Row():
        kind = gr.Dropdown(_KINDS, label="Nature", min_width=150)
        status = gr.Dropdown(_STATUSES, label="Statut", min_width=150)
        start = gr.Textbox(label="Du", placeholder="AAAA-MM-JJ", max_length=10, min_width=100)
        end = gr.Textbox(label="Au", placeholder="AAAA-MM-JJ", max_length=10, min_width=100)
    with gr.Row():
        save = gr.Button("Enregistrer ces informations", min_width=180)
        sure = gr.Checkbox(label="Je veux retirer ce document du corpus", min_width=200)
        remove = gr.Button("Retirer", variant="stop", min_width=120)

    form = [title, territory, short_name, other_names, communes, kind, status, start, end]
    writing: dict[str, Any] = {"api_visibility": "private", "concurrency_id": "write", "concurrency_limit": 1}
    after: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    for event in (
        add.click(panel.add, files, report, **writing),
        save.click(panel.correct, [chosen, *form], report, **writing),
        remove.click(panel.remove, [chosen, sure], report, **writing),
    ):
        event.then(render_documents, None, documents, **after).then(panel.opened, None, [chosen, sure, files], **after)
    chosen.change(panel.chosen, chosen, form, **after)
    hooks.page.append((panel.welcome, None, report))
    hooks.page.append((panel.opened, None, [chosen, sure, files]))


class AdditionsPanel:
    """What the buttons of the panel do; each asks first whether this person may."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self._service: Assistant = context.service
        self._settings = context.settings

    def welcome(self, request: gr.Request) -> str:
        """What a reader who is no editor must know before filling in the form."""
        return "" if self._context.may_edit(request.username) else notice(_NOT_EDITOR, "warning")

    def opened(self) -> tuple[Any, bool, None]:
        """The documents that may be changed."""
        names: list[tuple[str, str]] = told(
            lambda: [(entry.title, entry.id) for entry in self._manifest().entries], lambda _: []
        )
        return gr.Dropdown(choices=names, value=names[-1][1] if names else None), False, None

    def chosen(self, document: str | None) -> tuple[str, ...]:
        """What is known of a document."""
        found = told(lambda: self._manifest().find(document or ""), lambda _: None)
        if found is None:
            return ("",) * 5 + ("convention", "inconnu", "", "")
        entry, place = found.entry, found.entry.territory
        return (
            entry.title, place.name, place.short_name, ", ".join(place.other_names), ", ".join(place.communes),
            entry.kind, entry.status, entry.period_from or "", entry.period_to or "",
        )  # fmt: skip

    def add(self, files: list[str] | None, request: gr.Request) -> Iterator[str]:
        """Add the files; progress, then the report."""
        if not files:
            yield notice("Choisissez d'abord un ou plusieurs fichiers.", "warning")
            return
        paths = [Path(file) for file in files]
        yield from self._work(request, lambda progress: ingest_corpus(self._settings, paths, progress=progress))

    def remove(self, document: str | None, sure: bool, request: gr.Request) -> Iterator[str]:
        """Take a document out; its fiches and passages go with it."""
        if not document or not sure:
            yield notice("Choisissez un document et cochez la case qui confirme.", "warning")
            return
        yield from self._work(request, lambda progress: remove_document(self._settings, document, progress=progress))

    def correct(self, request: gr.Request, document: str | None, *values: str) -> Iterator[str]:
        """Keep what the user corrected, and index the document under it."""

        def work(progress: Callable[[str, int, int], None]) -> IngestReport:
            add_entry(self._settings.added_dir, self._corrected(document or "", values))
            return ingest_corpus(self._settings, progress=progress)

        yield from self._work(request, work)

    def _corrected(self, document: str, values: tuple[str, ...]) -> DocumentEntry:
        """The entry with the form's values. Raises UnknownDocument, CorpusError where a value cannot be."""
        found = self._manifest().find(document)
        if found is None:
            raise UnknownDocument("Choisissez d'abord un document.")
        return corrected_entry(found, values, self._settings)

    def _work(
        self, request: gr.Request, work: Callable[[Callable[[str, int, int], None]], IngestReport]
    ) -> Iterator[str]:
        """Run a change in a thread of its own and tell its steps as they come."""
        if not self._context.may_edit(request.username):
            yield notice(_NOT_EDITOR, "error", role="alert")
            return
        steps: queue.Queue[str | None] = queue.Queue()
        done: list[str] = []

        def run() -> None:
            try:
                done.append(told_html(lambda: render_report(work(lambda *step: steps.put(render_progress(*step))))))
            finally:
                steps.put(None)

        threading.Thread(target=run, daemon=True).start()
        while (step := steps.get()) is not None:
            yield step
        yield (
            done[0]
            if done
            else notice("Le travail s'est interrompu : le corpus n'a pas changé.", "error", role="alert")
        )

    def _manifest(self) -> Manifest:
        return load_manifest(self._settings.corpus_dir, self._settings.added_dir)
