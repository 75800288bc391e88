"""The conversation: one article per exchange, with what a reader may do with it."""

import re
import time
from collections.abc import Sequence

from assistant.compose.places import shorten
from assistant.export.files import source_line
from assistant.page.conversation import Exchange
from assistant.page.feedback import REASONS
from assistant.page.rendering.answers import answer_lines, render_answer
from assistant.page.rendering.text import action_button, attributes, badge, counted, notice, opening_button, shown
from corpus.glossary import Glossary
from corpus.records import Answer
from corpus.text import letters

_WELCOME = (
    '<div class="ctg-welcome"><h2>Que cherchez-vous dans les conventions\u00a0?</h2>'
    "<p>Posez une question avec vos mots. Chaque phrase de la réponse porte un numéro\u00a0: il ouvre le passage du "
    "document dont elle vient, surligné dans son contexte.</p>{held}</div>"
)
_MARKS = re.compile(r"\s*\[\d{1,3}\]|\*\*|^- ")
_SPOKEN = 600
"""Characters of an answer that are read aloud by themselves; the rest is there to be read."""
_TITLE = '<h2 class="ctg-only-spoken">Conversation</h2>'


def render_thread(
    exchanges: Sequence[Exchange],
    glossary: Glossary | None = None,
    held: Sequence[str] = (),
    endings: Sequence[str] = (),
    *,
    fresh: bool = False,
) -> str:
    """The whole conversation, oldest first; `fresh`: its last answer just came, to be read aloud.

    Where there is none yet, a welcome with `held`, what the corpus holds, and `endings`, the conventions that end soon.
    """
    last = len(exchanges) - 1
    articles = [_article(number, exchange, glossary, number == last) for number, exchange in enumerate(exchanges)]
    content = "".join(articles)
    facts = "".join(f"<li>{shown(fact)}</li>" for fact in held)
    facts += "".join(f"<li>{badge('draft', ending)}</li>" for ending in endings)
    welcome = _WELCOME.format(held=f'<ul class="ctg-held" aria-label="Au corpus">{facts}</ul>' if facts else "")
    inside = _TITLE + content if content else welcome
    said = {"data-said": spoken(exchanges[-1]), "data-stamp": time.time_ns()} if fresh and exchanges else {}
    return f"<section{attributes({'class': 'ctg-thread', 'aria-label': 'Conversation', **said})}>{inside}</section>"


def render_pending(question: str, text: str = "") -> str:
    """The exchange in the making: the question, and what a language model has written so far."""
    written = f'<div class="ctg-answer-text"><p>{shown(text)}</p></div>' if text else ""
    state = "Vérification des phrases à mesure qu'elles s'écrivent…" if text else "Recherche dans les conventions…"
    return (
        f'<article class="ctg-exchange ctg-pending"><h3 class="ctg-question">{shown(question[:600])}</h3>{written}'
        f'<p class="ctg-wait"><span class="ctg-dots" aria-hidden="true"></span>{state}</p></article>'
    )


def spoken(exchange: Exchange) -> str:
    """What is read aloud of an answer that just came: its first sentences, and how many sources it has."""
    if exchange.error is not None:
        return exchange.error
    answer = exchange.answer
    text = shorten(" ".join(_MARKS.sub("", line).strip() for line in answer_lines(answer)), _SPOKEN)
    table = " Un tableau suit." if answer.table else ""
    sources = counted(len(answer.citations), "renvoi aux sources", "renvois aux sources")
    return f"Réponse : {text}{table} {sources if answer.citations else 'Aucun renvoi aux sources'}."


def copy_text(answer: Answer) -> str:
    """The answer as plain text, its references below: what "Copier" puts in the clipboard."""
    references = [f"[{citation.n}] {source_line(citation)}" for citation in answer.citations]
    sources = "\n\nSources\n" + "\n".join(references) if references else ""
    return f"{answer.resolved_question}\n\n{answer.answer}{sources}\n"


def _article(number: int, exchange: Exchange, glossary: Glossary | None, is_last: bool) -> str:
    answer = exchange.answer
    identity = f"ctg-exchange-{number}"
    if exchange.error is not None:
        body = notice(exchange.error, "error", role="alert")
    else:
        body = render_answer(answer, glossary)
    return (
        f'<article class="ctg-exchange" aria-labelledby="{identity}"><h3 class="ctg-question" id="{identity}">'
        f"{shown(answer.question)}</h3>{_resolved(answer)}{_understood(exchange)}{body}"
        f"{_actions(number, exchange, is_last)}</article>"
    )


def _resolved(answer: Answer) -> str:
    """How the question was understood, where that is more than its own words; it can be corrected."""
    if letters(answer.resolved_question) == letters(answer.question):
        return ""
    edit = action_button("edit", "Corriger", {"text": answer.resolved_question}, css="ctg-link")
    return f'<p class="ctg-resolved">Question comprise : <em>{shown(answer.resolved_question)}</em> {edit}</p>'


def _understood(exchange: Exchange) -> str:
    """What narrowed the answer: filters chosen, territories and theme that the question names."""
    if not exchange.understood:
        return ""
    items = "".join(f"<li>{shown(one)}</li>" for one in exchange.understood)
    return f'<ul class="ctg-understood-as" aria-label="Filtres de cette réponse">{items}</ul>'


def _actions(number: int, exchange: Exchange, is_last: bool) -> str:
    answer = exchange.answer
    buttons = []
    if exchange.error is None and answer.intent == "redaction":
        buttons.append(
            action_button("draft", "Rédiger cette fiche-action", {"text": answer.question}, css="ctg-action ctg-strong")
        )
    if exchange.error is None:
        buttons.append(action_button("copy", "Copier avec les références", {"text": copy_text(answer)}))
    buttons.append(action_button("edit", "Reprendre la question", {"text": answer.resolved_question}))
    if is_last:
        buttons.append(action_button("again", "Relancer", {"number": number}))
    if exchange.error is None:
        buttons.append(action_button("feedback", "Utile", {"number": number, "good": "oui"}))
        buttons.append(opening_button("Pas utile", f"ctg-why-{number}"))
    form = _why(number) if exchange.error is None else ""
    return f'<div class="ctg-actions" role="group" aria-label="Cette réponse">{"".join(buttons)}</div>{form}'


def _why(number: int) -> str:
    """Why an answer is of no use: one of a few reasons, and a few words."""
    choices = "".join(
        f'<label><input type="radio" name="ctg-why-{number}" value="{key}"/> {shown(words)}</label>'
        for key, words in REASONS.items()
    )
    send = action_button("feedback", "Envoyer cet avis", {"number": number, "good": "non"})
    return (
        f'<div class="ctg-why" id="ctg-why-{number}" hidden="hidden"><fieldset><legend>Qu\'est-ce qui ne va pas ?'
        f'</legend>{choices}</fieldset><label class="ctg-why-words">En quelques mots (facultatif)<textarea '
        f'rows="2" maxlength="500"></textarea></label>{send}</div>'
    )
