"""A question understood: one Query from the words typed, the conversation and what the corpus knows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.understand.conversation import resolve_question
from assistant.understand.cues import Cues, plain_words
from assistant.understand.references import References, find_references
from assistant.understand.spelling import Speller
from assistant.understand.terms import Expander, find_terms
from assistant.understand.territories import TerritoryFinder
from corpus.associations import Associations
from corpus.errors import QuestionRejected
from corpus.records import FicheAction, Query, Turn
from corpus.records.answer import Intent

_PRECEDENCE: tuple[Intent, ...] = (
    "redaction", "corpus", "comptage", "glossaire", "resume", "comparaison", "obligation", "procedure", "liste",
)  # fmt: skip


@dataclass(frozen=True)
class Understanding:
    """What understanding needs to know of the corpus; made once per index generation."""

    finder: TerritoryFinder
    speller: Speller
    lexicon: Expander
    cues: Cues
    fiches: tuple[FicheAction, ...]
    find_themes: Callable[[str], tuple[str, ...]]
    documents: tuple[str, ...]
    associations: Associations


@dataclass(frozen=True)
class Understood:
    """A query with what retrieval needs beside it."""

    query: Query
    references: References
    history_fiche: str | None
    """Fiche that the conversation was about, where this question leans on it."""


def check_question(question: str, max_chars: int) -> str:
    """The question, trimmed. Raises QuestionRejected with one sentence where it cannot be one."""
    trimmed = question.strip().replace("\x00", "")
    if not trimmed or not re.search(r"\w", trimmed):
        raise QuestionRejected("La question est vide : écrivez ce que vous cherchez, en quelques mots.")
    if len(trimmed) > max_chars:
        raise QuestionRejected(
            f"La question est trop longue ({len(trimmed):,} caractères pour {max_chars:,} au plus) : "
            "résumez-la, ou posez plusieurs questions.".replace(",", " ", 2)
        )
    return trimmed


def understand_question(
    question: str,
    understanding: Understanding,
    *,
    history: Sequence[Turn] = (),
    territories: Sequence[str] = (),
    own_territory: str | None = None,
) -> Understood:
    """The question understood.

    `territories` (document ids) chosen by the user go before those that the question names. `own_territory` is the
    document of the user's own convention: "chez nous" means it, "les autres" leaves it out.
    """
    cues = understanding.cues
    resolved = resolve_question(question, history, understanding.finder, cues)
    plain = plain_words(resolved.question)
    mentions = understanding.finder.find(resolved.question)
    named = tuple(dict.fromkeys(document for mention in mentions for document in mention.documents))
    across = bool(cues.across.search(plain))
    excluded: tuple[str, ...] = ()
    if cues.others.search(plain):
        away = named or ((own_territory,) if own_territory else ())
        if resolved.leaned and resolved.turn is not None and not mentions:
            away = away or resolved.turn.documents[:1]
        excluded, named = tuple(away), ()
    elif own_territory and re.search(r"\b(?:chez nous|notre territoire|mon territoire|notre ctg|ma ctg)\b", plain):
        named = named or (own_territory,)
    chosen = tuple(territories) or named
    references = find_references(resolved.question, understanding.fiches, chosen)
    subject = cues.filler.sub(" ", cues.politeness.sub(" ", plain))
    ignored = {word for mention in mentions if not mention.commune for word in mention.words}
    ignored |= {word for phrase in cues.politeness.findall(plain) for word in phrase.split()}
    terms, added = find_terms(_keep_accents(resolved.question, subject), understanding.lexicon, understanding.speller,
                              ignored, understanding.associations)  # fmt: skip
    own = plain_words(resolved.own)
    fields = cues.fields_in(own) or cues.fields_in(plain)
    history_fiche = resolved.turn.fiche if resolved.leaned and resolved.turn is not None else None
    query = Query(
        question=question,
        resolved_question=resolved.question,
        territories=chosen,
        excluded=excluded,
        themes=understanding.find_themes(resolved.question)[:3],
        intent=_intent(own if cues.intents_in(own) else plain, cues, across, references),
        fields=fields,
        references=references.labels,
        terms=terms,
        expanded=added,
        across=across or len(chosen) > 1,
    )
    return Understood(query, references, history_fiche)


def _intent(plain: str, cues: Cues, across: bool, references: References) -> Intent:
    found = set(cues.intents_in(plain))
    if "conversation" in found:
        return "conversation"
    for intent in _PRECEDENCE:
        if intent in found and not (intent == "glossaire" and len(plain.split()) > 9):
            return intent
    if across:
        return "comparaison"
    if references.fiches and cues.fields_in(plain):
        return "champ"
    if cues.fields_in(plain):
        return "champ"
    return "fait"


def _keep_accents(question: str, subject: str) -> str:
    """The subject words (folded): the index folds its words too, so nothing is lost."""
    return subject or question
