"""Ask: a conversation in French, each answer with its marks."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.llm.answering import Piece
from assistant.page.context import Hooks, PageContext, click_when_ready, told
from assistant.page.conversation import (
    Exchange,
    failed_exchange,
    load_exchanges,
    make_exchange,
    store_exchanges,
    turns_of,
)
from assistant.page.export import export_file
from assistant.page.feedback import keep_feedback, reason_of
from assistant.page.filters import Filters, documents_of, theme_of, told_filters
from assistant.page.panels.filters import build_filters
from assistant.page.profile import own_document, read_profile
from assistant.page.rendering.documents import endings
from assistant.page.rendering.text import action_button, counted, notice
from assistant.page.rendering.thread import render_pending, render_thread
from assistant.page.runs import Runs, until_stopped
from assistant.page.suggestions import DEFAULT_ROLE, ROLES, suggest_questions
from assistant.service import Assistant
from corpus.errors import AssistantError
from corpus.glossary import load_glossary

_EVERY_S = 0.15
"""Time between two looks at what a language model writes: every word would be too much for a phone."""
Shown = tuple[Any, ...]


def build_ask(context: PageContext, hooks: Hooks) -> None:
    """Draw the panel and wire it."""
    panel = AskPanel(context.service)
    conversation = gr.BrowserState([], storage_key="ctg-conversation", secret="ctg")
    thread = context.html(render_thread(()), "ctg-thread", ("again", "edit", "feedback", "draft"))
    # Apart, so that what a model writes does not send the whole conversation again with each word.
    pending = context.html("", "ctg-in-the-making", opens_sources=False)
    context.thread = thread
    with gr.Group(elem_classes="ctg-composer"):
        with gr.Row(elem_id="ctg-send-row"):
            question = gr.Textbox(
                label="Votre question", placeholder="Écrivez votre question", lines=1,
                max_lines=8, max_length=context.settings.question_max_chars, elem_id="ctg-question", autofocus=False,
                scale=6, min_width=200,
            )  # fmt: skip
            stop = gr.Button("Arrêter", variant="secondary", elem_id="ctg-stop", scale=0, min_width=100)
            send = gr.Button("Envoyer", variant="primary", elem_id="ctg-send", scale=0, min_width=110)
        filters = build_filters(context, hooks)
    with gr.Accordion("Exemples de questions", open=True, elem_id="ctg-examples") as examples:
        role = gr.Radio(
            [(name, key) for key, name in ROLES.items()], value=DEFAULT_ROLE, label="Vous êtes", elem_id="ctg-role"
        )
        suggestions = context.html("", "ctg-suggestions", ("ask",), opens_sources=False)
    with gr.Row(elem_id="ctg-conversation-row"):
        clear = gr.Button("Effacer la conversation", size="sm", min_width=140)
        as_docx = gr.Button("Exporter en DOCX", size="sm", min_width=140)
        as_markdown = gr.Button("Exporter en Markdown", size="sm", min_width=140)
        download = gr.DownloadButton("Fichier", elem_id="ctg-download", elem_classes="ctg-hidden")

    shown = [thread, pending, conversation, question, examples, filters.fold]
    given = [question, conversation, context.territory, *filters.chosen]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    asking: dict[str, Any] = {**quiet, "concurrency_id": "ask", "concurrency_limit": 3}
    gr.on([question.submit, send.click], panel.ask, given, shown, **asking)
    suggestions.ask(panel.ask_suggestion, given[1:], shown, **asking)
    thread.again(panel.ask_again, [conversation, context.territory], shown, **asking)
    stop.click(panel.stop, None, None, **quiet)
    thread.edit(panel.edited, None, question, **quiet)
    thread.feedback(panel.rated, conversation, None, **quiet)
    folds = [examples, filters.fold]
    clear.click(panel.cleared, None, [thread, conversation, *folds], **quiet)
    role.input(panel.chose_role, [role, context.territory], context.territory, **quiet)
    context.territory.change(panel.suggested, context.territory, suggestions, **quiet)
    for button, ending in ((as_docx, ".docx"), (as_markdown, ".md")):
        button.click(panel.exporter(ending), conversation, download, **quiet).success(
            None, js=click_when_ready("ctg-download")
        )
    hooks.page.append((panel.opened, [conversation, context.territory], [thread, role, suggestions, *folds]))


@dataclass(frozen=True)
class _Asked:
    """A question on its way."""

    question: str
    before: tuple[Exchange, ...]
    """The conversation that it follows."""
    filters: Filters
    profile: Any
    former: tuple[Exchange, ...] = ()
    """The conversation to come back to where it is stopped, if that is not `before`."""


class AskPanel:
    """What the buttons of the panel do."""

    def __init__(self, service: Assistant) -> None:
        self._service = service
        self._runs = Runs()

    def opened(self, stored: Any, profile: Any) -> Shown:
        """The conversation that the browser kept, the suggestions."""
        exchanges = load_exchanges(stored)
        held: tuple[str, ...] = told(lambda: _held(self._service), lambda _: ())
        soon: list[str] = told(lambda: endings(self._service.documents()), lambda _: [])
        return (
            render_thread(exchanges, load_glossary(), held=held, endings=soon),
            gr.Radio(value=_role(profile)),
            self.suggested(profile),
            *_folds(not exchanges),
        )

    def chose_role(self, role: str, profile: Any) -> dict[str, Any]:
        """The reader's profile with the role just chosen; the suggestions follow it."""
        return read_profile(profile).model_dump() | {"role": role}

    def suggested(self, profile: Any) -> str:
        """Buttons with questions for the reader's role and territory."""
        try:
            questions = suggest_questions(self._service.index, _role(profile), own_document(self._service, profile))
        except AssistantError as error:
            return notice(str(error), "warning")
        buttons = (action_button("ask", question, {"text": question}, css="ctg-suggestion") for question in questions)
        return "<ul class='ctg-suggestions'>" + "".join(f"<li>{button}</li>" for button in buttons) + "</ul>"

    def ask(
        self, question: str, stored: Any, profile: Any, territory: str, theme: str, document: str, request: gr.Request
    ) -> Iterator[Shown]:
        """The conversation with the question in the making, then with its answer."""
        filters = Filters(territory=territory or "", theme=theme or "", document=document or "")
        yield from self._run(_Asked(question, load_exchanges(stored), filters, profile), request)

    def ask_suggestion(
        self, stored: Any, profile: Any, territory: str, theme: str, document: str, request: gr.Request,
        event: gr.EventData,
    ) -> Iterator[Shown]:  # fmt: skip
        """As `ask`, for a question that was clicked."""
        yield from self.ask(_text(event), stored, profile, territory, theme, document, request)

    def ask_again(self, stored: Any, profile: Any, request: gr.Request) -> Iterator[Shown]:
        """The last question once more, with the filters that it had; its first answer is replaced."""
        exchanges = load_exchanges(stored)
        if exchanges:
            last = exchanges[-1]
            asked = _Asked(last.answer.question, exchanges[:-1], last.filters, profile, exchanges)
            yield from self._run(asked, request)

    def stop(self, request: gr.Request) -> None:
        """End what this reader is waiting for; the run itself puts the conversation back."""
        self._runs.stop(str(request.session_hash))

    def edited(self, event: gr.EventData) -> str:
        """A question to take up again."""
        return _text(event)

    def rated(self, stored: Any, event: gr.EventData) -> None:
        """Keep what the reader thinks of an answer."""
        exchanges = load_exchanges(stored)
        number = str(event._data.get("number", ""))
        if number.isdigit() and int(number) < len(exchanges):
            good = event._data.get("good") == "oui"
            reason = None if good else reason_of(str(event._data.get("reason", "")), str(event._data.get("words", "")))
            try:
                keep_feedback(self._service.settings, exchanges[int(number)], reason=reason)
            except AssistantError as error:
                raise gr.Error(str(error), print_exception=False) from error

    def cleared(self) -> Shown:
        """An empty conversation."""
        return render_thread(()), [], *_folds(True)

    def exporter(self, ending: str) -> Any:
        """A function that writes the conversation to a file of this ending."""

        def export(stored: Any) -> str:
            return export_file(load_exchanges(stored), ending)

        return export

    def _run(self, asked: "_Asked", request: gr.Request) -> Iterator[Shown]:
        glossary, folded = load_glossary(), _folds(False)
        stopped = self._runs.begin(str(request.session_hash))
        before = render_thread(asked.before, glossary) if asked.former or not asked.before else gr.skip()
        try:
            yield before, render_pending(asked.question), gr.skip(), "", *folded
            for text, exchange in self._answered(asked, stopped):
                if exchange is None:
                    yield gr.skip(), render_pending(asked.question, text), *[gr.skip()] * 4
                    continue
                exchanges = (*asked.before, exchange)
                left = asked.question[:4000] if exchange.error else ""
                yield render_thread(exchanges, glossary, fresh=True), "", store_exchanges(exchanges), left, *folded
                return
            former = asked.former or asked.before
            yield render_thread(former, glossary), "", store_exchanges(former), asked.question[:4000], *folded
        finally:
            self._runs.end(str(request.session_hash), stopped)

    def _answered(self, asked: "_Asked", stopped: threading.Event) -> Iterator[tuple[str, Exchange | None]]:
        """What a language model has written so far, now and then; at the end, the exchange, unless it was stopped."""
        written, told_at = "", 0.0
        try:
            for piece in until_stopped(lambda: self._pieces(asked), stopped):
                if piece.answer is not None:
                    made = make_exchange(self._service.index, piece.answer)
                    yield written, made.model_copy(update={"filters": asked.filters, "understood": self._told(asked)})
                    return
                written += piece.text
                if written.strip() and time.monotonic() - told_at > _EVERY_S:
                    told_at = time.monotonic()
                    yield written, None
        except AssistantError as error:
            failed = failed_exchange(asked.question, str(error))
            yield written, failed.model_copy(update={"filters": asked.filters})

    def _pieces(self, asked: "_Asked") -> Iterator[Piece]:
        own = own_document(self._service, asked.profile)
        documents = documents_of(self._service.documents(), asked.filters)
        theme = theme_of(asked.filters)
        return self._service.ask_stream(asked.question, turns_of(asked.before), documents, own, theme)

    def _told(self, asked: "_Asked") -> tuple[str, ...]:
        own = own_document(self._service, asked.profile)
        documents = documents_of(self._service.documents(), asked.filters)
        query = self._service.read_question(asked.question, turns_of(asked.before), documents, own)
        return told_filters(self._service, asked.filters, query)


def _held(service: Assistant) -> tuple[str, ...]:
    counts = service.index.generation.counts
    return (
        counted(len(service.documents()), "document"),
        counted(counts.fiches, "fiche-action", "fiches-actions"),
        counted(counts.passages, "passage"),
    )


def _folds(open_: bool) -> tuple[Any, Any]:
    """The examples and the filters, both open or both closed."""
    return gr.Accordion(open=open_), gr.Accordion(open=open_)


def _role(profile: Any) -> str:
    role = read_profile(profile).role
    return role if role in ROLES else DEFAULT_ROLE


def _text(event: gr.EventData) -> str:
    return str(event._data.get("text", ""))
