"""A question understood: one Query from the words typed, the conversation and what the corpus knows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.understand.conversation import resolve_question
from assistant.understand.core import core_question
from assistant.understand.cues import Cues, plain_words
from assistant.understand.references import References, find_references, find_titled_fiches
from assistant.understand.spelling import Speller
from assistant.understand.terms import Expander, find_terms
from assistant.understand.territories import TerritoryFinder
from corpus.associations import Associations
from corpus.errors import QuestionRejected
from corpus.records import FicheAction, Query, Term, Turn
from corpus.records.answer import Intent
from corpus.text import stems

_PRECEDENCE: tuple[Intent, ...] = (
    "redaction", "corpus", "comptage", "glossaire", "resume", "comparaison", "obligation", "procedure", "liste",
)  # fmt: skip


_CATALOGUE = frozenset(
    stems(
        "convention contrat ctg document texte fichier corpus base liste territoire intercommunalité agglomération "
        "période date année mois durée début fin finir terminer échéance échoir terme expirer renouveler "
        "renouvellement arrêter arriver cours vigueur actuel signer signature projet statut prochain bientôt connaître "
        "disposer couvrir contenir trouver disponible chargé indexé combien nombre non quand"
    )
)
"""Stems of what can be asked of the list of documents; any other word is a subject to look for in them."""
_INTERROGATIVE = re.compile(r"\b(?:combien|cb|qui|quand|pourquoi|comment|ou|quels?|quelles?)\b")
_DOCUMENTS = re.compile(r"\b(?:conventions|(?:les|des|ces|quelles|combien de) ctg|ctgs|documents|territoires|corpus)\b")
_LITTLE = 2
"""Letters up to which a word is no subject ("as-tu")."""


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
    core: str = ""
    """The resolved question without its courtesies and what its answer is for; empty where it is not known."""


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
    if cues.compared.search(plain):
        across, named = True, ()
    elif cues.others.search(plain):
        away = named or ((own_territory,) if own_territory else ())
        if resolved.leaned and resolved.turn is not None and not mentions:
            away = away or resolved.turn.documents[:1]
        excluded, named = tuple(away), ()
    elif own_territory and re.search(r"\b(?:chez nous|notre territoire|mon territoire|notre ctg|ma ctg)\b", plain):
        named = named or (own_territory,)
    chosen = tuple(territories) or named
    references = find_references(resolved.question, understanding.fiches, chosen)
    if not references.fiches:
        among = [fiche for fiche in understanding.fiches if not chosen or fiche.document in chosen]
        territory_words = {word for mention in mentions for word in mention.words}
        references = replace(references, titled=find_titled_fiches(resolved.own, among, territory_words))
    core = core_question(resolved.question)
    subject = cues.filler.sub(" ", cues.politeness.sub(" ", plain_words(core)))
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
        intent=_intent(
            own if cues.intents_in(own) or _asks_its_own(own, plain) else plain, cues, across, references, terms
        ),
        fields=fields,
        references=references.labels,
        terms=terms,
        expanded=added,
        across=across or len(chosen) > 1,
    )
    return Understood(query, references, history_fiche, core)


def _asks_its_own(own: str, plain: str) -> bool:
    """True for a follow-up that asks otherwise than the question before it ("il en compte combien ?")."""
    return own != plain and bool(_INTERROGATIVE.search(own))


def _intent(plain: str, cues: Cues, across: bool, references: References, terms: Sequence[Term]) -> Intent:
    found = set(cues.intents_in(plain))
    if "conversation" in found:
        return "conversation"
    bare = _CATALOGUE.issuperset(_subject(terms))
    if "corpus" in found and not bare:
        # "Quels territoires ont une ludothèque ?" asks for a comparison, not for the list of documents.
        found = (found - {"corpus"}) | {"comparaison"}
    elif bare and not references.labels and _DOCUMENTS.search(plain):
        found.add("corpus")
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


def _subject(terms: Sequence[Term]) -> set[str]:
    return {one for term in terms for one in stems(term.word) if not one[0].isdigit() and len(one) > _LITTLE}


def _keep_accents(question: str, subject: str) -> str:
    """The subject words (folded): the index folds its words too, so nothing is lost."""
    return subject or question
