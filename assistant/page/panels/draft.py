"""Draft: a request, the similar fiches to tick, the fiche field by field, its review, its files."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.compose.labels import FIELD_LABELS
from assistant.draft.records import DRAFT_KEYS, Draft
from assistant.export.fiche import fiche_markdown
from assistant.llm.client import model_is_configured
from assistant.llm.drafting import REWRITTEN_KEYS
from assistant.page.context import Hooks, PageContext, click_when_ready, told
from assistant.page.drafts import DraftForm, edited_lines, edited_title, load_draft, read_form, store_draft
from assistant.page.export import export_draft
from assistant.page.panels.review import build_review
from assistant.page.profile import read_profile
from assistant.page.rendering.draft import render_draft, render_similar
from assistant.page.rendering.review import render_review
from assistant.page.rendering.text import notice, waiting
from assistant.page.runs import Runs, until_stopped
from assistant.page.templates import DELIVERED, template_choices, template_path
from assistant.service import Assistant
from corpus.errors import AssistantError, ExportFailed, QuestionRejected

_EXAMPLE = "Par exemple : guichet unique petite enfance pour la CC du Val Fleuri, 12 communes, RPE existant"
_KNOWN = (
    ("Territoire", "CC du Val Fleuri"), ("Pilote", "la directrice du RPE"), ("Public", "jeunes parents"),
    ("Partenaires", "Caf, Département, MSA"), ("Budget", "25 000 € par an"), ("Calendrier", "2027 à 2029"),
)  # fmt: skip
_INTRO = (
    "<h2>Rédiger une fiche-action</h2><p>Dites le sujet et ce que vous savez de votre territoire. L'assistant montre "
    "ce que d'autres ont écrit, puis compose un brouillon : chaque ligne dit d'où elle vient, et rien de local n'est "
    "repris d'un autre territoire.</p>"
)
_SHEET_EVENTS = ("save", "complete", "redo", "rewrite", "halt", "strike", "check", "export", "discard")
_LEAST_TICKED = "Cochez au moins une fiche dont reprendre des lignes."
_NONE = "Il n'y a pas encore de brouillon : cherchez d'abord les fiches proches."
Shown = tuple[Any, ...]


def build_draft(context: PageContext, hooks: Hooks) -> None:
    """Draw the panel and wire it."""
    with gr.Tabs(elem_id="ctg-draft-tabs"):
        with gr.Tab("Écrire une fiche"):
            _build_writing(context, hooks)
        with gr.Tab("Relire une fiche"):
            build_review(context)


def _build_writing(context: PageContext, hooks: Hooks) -> None:
    panel = DraftPanel(context.service)
    stored = context.draft
    gr.HTML(_INTRO, elem_classes="ctg-title", apply_default_css=False)
    request = gr.Textbox(
        label="Votre demande", placeholder=_EXAMPLE, lines=3, max_lines=8,
        max_length=context.settings.question_max_chars, elem_id="ctg-request",
    )  # fmt: skip
    with gr.Accordion("Préciser ce que vous savez déjà (facultatif)", open=False, elem_classes="ctg-fold"):
        facts = []
        for row in (_KNOWN[:3], _KNOWN[3:]):
            with gr.Row():
                facts += [
                    gr.Textbox(label=name, placeholder=f"Par exemple : {hint}", max_length=300, min_width=180)
                    for name, hint in row
                ]
    find = gr.Button("Chercher les fiches proches", variant="primary", elem_id="ctg-find-similar")
    similar = context.html("", "ctg-similar", ("compose",))
    sheet = context.html("", "ctg-draft", _SHEET_EVENTS)
    findings = context.html("", "ctg-draft-review")
    with gr.Accordion("Modèle Word de l'export", open=False, elem_classes="ctg-fold"), gr.Row():
        template = gr.Dropdown(
            template_choices(context.settings), value=DELIVERED, label="Modèle",
            info="Les modèles du dossier « modeles » du dossier de travail.", min_width=220,
        )  # fmt: skip
        own = gr.File(label="Ou le vôtre (DOCX avec les repères du projet)", file_types=[".docx"], height=120)
    download = gr.DownloadButton("Fichier", elem_id="ctg-download-draft", elem_classes="ctg-hidden")

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    working: dict[str, Any] = {**quiet, "concurrency_id": "ask"}
    written = [sheet, stored]
    gr.on([find.click, request.submit], panel.find, [request, *facts], [similar, request], **working)
    similar.compose(panel.compose, [request, stored], [*written, similar, findings], **working)
    sheet.save(panel.save, stored, written, **quiet)
    sheet.strike(panel.strike, stored, written, **quiet)
    sheet.complete(panel.complete, stored, written, **working)
    sheet.redo(panel.redo, stored, written, **working)
    sheet.rewrite(panel.rewrite, stored, written, **working)
    sheet.halt(panel.halt, None, None, **quiet)
    sheet.check(panel.check, stored, [*written, findings], **working)
    sheet.discard(panel.discard, None, [*written, findings], **quiet)
    sheet.export(panel.export, [stored, template, own], [*written, download], **quiet).success(
        None, js=click_when_ready("ctg-download-draft")
    )
    context.thread.draft(panel.taken_up, None, [request, similar], **quiet)
    hooks.page.append((panel.opened, stored, [sheet, request]))
    hooks.page.append((panel.known_territory, [context.territory, facts[0]], facts[0]))
    context.territory.change(panel.known_territory, [context.territory, facts[0]], facts[0], **quiet)
    hooks.tab.append((panel.templates, template, template))


class DraftPanel:
    """What the buttons of the panel do. Each takes what was being edited on the sheet along."""

    def __init__(self, service: Assistant) -> None:
        self._service = service
        self._runs = Runs()

    def opened(self, stored: Any) -> Shown:
        """The draft that the browser kept, with its request."""
        draft = load_draft(stored)
        return (self._sheet(draft), draft.request) if draft else ("", "")

    def known_territory(self, profile: Any, typed: str | None) -> str:
        """The reader's own territory, unless another is typed already."""
        return typed or read_profile(profile).territory

    def templates(self, chosen: str) -> Any:
        """The templates that are there now."""
        choices = template_choices(self._service.settings)
        return gr.Dropdown(choices=choices, value=chosen if chosen in dict(choices).values() else DELIVERED)

    def taken_up(self, event: gr.EventData) -> Shown:
        """A request that was typed as a question."""
        return str(event._data.get("text", ""))[: self._service.settings.question_max_chars], ""

    def find(self, request: str | None, *facts: str | None) -> Iterator[Shown]:
        """The fiches that resemble the request, with what was told beside it put into it."""
        yield waiting("Recherche des fiches proches…"), gr.skip()
        named = told(lambda: self._service.read_draft_request(request or "").territory, lambda _: None)
        # The reader's own territory is proposed beside the request; another that the request names goes before it.
        whole = request_with(request, ("", *facts[1:]) if named else facts)

        def make() -> str:
            understood = self._service.read_draft_request(whole)
            return render_similar(self._service.index, understood, self._service.similar_fiches(whole))

        yield told(make, _fault), whole

    def compose(self, request: str, stored: Any, event: gr.EventData) -> Iterator[Shown]:
        """The draft from the fiches that are ticked."""
        keep = (gr.skip(), gr.skip())
        try:
            form = read_form(event._data)
            found = self._service.similar_fiches(request)
            if found.entries and not form.ticked:
                raise QuestionRejected(_LEAST_TICKED)
            yield waiting("Rédaction du brouillon…"), gr.skip(), *keep
            proposed = tuple(entry.id for entry in found.entries)
            draft = self._service.draft(request, None if form.ticked in (proposed, ()) else form.ticked)
            yield *self._written(draft), gr.skip(), ""
        except AssistantError as error:
            yield _fault(str(error)), stored, *keep

    def save(self, stored: Any, event: gr.EventData) -> Shown:
        """The fields that were edited."""
        return self._changed(stored, event, lambda draft, _: draft)

    def strike(self, stored: Any, event: gr.EventData) -> Shown:
        """Without one line, which does not come back."""
        text = str(event._data.get("text", ""))
        return self._changed(stored, event, lambda draft, key: self._service.strike_line(draft, key, text))

    def complete(self, stored: Any, event: gr.EventData) -> Shown:
        """More lines for a field, those there kept."""

        def more(draft: Draft, key: str) -> Draft:
            kept = [line.text for line in draft.fields.get(key, ())]
            return self._service.redraft_section(draft, key, kept)

        return self._changed(stored, event, more)

    def redo(self, stored: Any, event: gr.EventData) -> Shown:
        """Other lines for a field; only the requester's own stay."""
        return self._changed(stored, event, self._service.redraft_section)

    def rewrite(self, stored: Any, request: gr.Request, event: gr.EventData) -> Iterator[Shown]:
        """A field, or all of them one after the other, in the words of the language model; it can be stopped."""
        draft = self._edited(stored, event)
        if draft is None:
            yield _fault(_NONE), {}
            return
        key = str(event._data.get("key", ""))
        keys = [key] if key else [name for name in REWRITTEN_KEYS if name in draft.fields]
        stopped = self._runs.begin(str(request.session_hash))
        try:
            for place, name in enumerate(keys, start=1):
                busy = f"Réécriture : {FIELD_LABELS.get(name, 'rubrique')} ({place} sur {len(keys)})…"
                yield self._sheet(draft, busy=busy), store_draft(draft)
                for made in until_stopped(partial(self._rewritten, draft, name), stopped):
                    draft = made
                if stopped.is_set() or any(one.kind == "model-fault" for one in draft.notices):
                    break
            yield self._written(draft, key)
        except AssistantError as error:
            yield _fault(str(error)) + self._sheet(draft), store_draft(draft)
        finally:
            self._runs.end(str(request.session_hash), stopped)

    def halt(self, request: gr.Request) -> None:
        """Stop rewriting; what is rewritten already stays."""
        self._runs.stop(str(request.session_hash))

    def _rewritten(self, draft: Draft, key: str) -> Iterator[Draft]:
        yield self._service.rewrite_draft(draft, [key])

    def check(self, stored: Any, event: gr.EventData) -> Shown:
        """The review of the draft as it stands."""
        draft = self._edited(stored, event)
        if draft is None:
            return gr.skip(), gr.skip(), _fault(_NONE)
        sheet = str(time.time_ns())
        review = told(lambda: render_review(self._service.review(fiche_markdown(draft)), sheet), _fault)
        return self._sheet(draft, "ctg-review-title", stamp=sheet), store_draft(draft), review

    def discard(self) -> Shown:
        """No draft any more."""
        return "", {}, ""

    def export(self, stored: Any, template: str, own: str | None, event: gr.EventData) -> Shown:
        """A file of the draft as it stands."""
        draft = self._edited(stored, event)
        if draft is None:
            raise gr.Error(_NONE, print_exception=False)
        try:
            model = Path(own) if own else template_path(self._service.settings, template)
            file = export_draft(draft, str(event._data.get("ending", "")), model)
        except ExportFailed as error:
            raise gr.Error(str(error), print_exception=False) from error
        return *self._written(draft), file

    def _changed(self, stored: Any, event: gr.EventData, change: Callable[[Draft, str], Draft]) -> Shown:
        key = str(event._data.get("key", ""))
        try:
            draft = self._edited(stored, event)
            if draft is None:
                return _fault(_NONE), {}
            known = key in DRAFT_KEYS
            return self._written(change(draft, key) if known else draft, key if known else "")
        except AssistantError as error:
            draft = load_draft(stored)
            return _fault(str(error)) + (self._sheet(draft) if draft else ""), stored

    def _edited(self, stored: Any, event: gr.EventData) -> Draft | None:
        """The draft with what the reader was editing; None where there is none."""
        draft, form = load_draft(stored), read_form(event._data)
        return None if draft is None else self._with_edits(draft, form)

    def _with_edits(self, draft: Draft, form: DraftForm) -> Draft:
        for key, lines in edited_lines(form).items():
            draft = self._service.edit_section(draft, key, lines)
        title = edited_title(form)
        return draft.model_copy(update={"title": title}) if title else draft

    def _written(self, draft: Draft, focus: str = "") -> Shown:
        return self._sheet(draft, focus), store_draft(draft)

    def _sheet(self, draft: Draft, focus: str = "", busy: str = "", stamp: str = "") -> str:
        model = model_is_configured(self._service.settings)
        return render_draft(draft, model=model, focus=focus, busy=busy, stamp=stamp or str(time.time_ns()))


def request_with(request: str | None, facts: Sequence[str | None]) -> str:
    """The request with what was told beside it: the territory where it is named, the rest as "pilote : …"."""
    territory, *others = ((fact or "").strip(" .;") for fact in facts)
    whole = (request or "").strip()
    if whole and territory and territory.lower() not in whole.lower():
        whole += f", pour {territory}"
    for (name, _), fact in zip(_KNOWN[1:], others, strict=True):
        if whole and fact and fact.lower() not in whole.lower():
            whole += f" ; {name.lower()} : {fact}"
    return whole


def _fault(sentence: str) -> str:
    return notice(sentence, "error", role="alert")
