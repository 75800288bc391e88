"""Saying that the corpus does not answer: one fixed sentence, what it does hold, the closest fiches."""

import re
from collections.abc import Sequence

from assistant.compose.citing import CitationBook
from assistant.compose.fact import labelled, said_once
from assistant.compose.fields import cite_value, fiches_found
from assistant.compose.lines import REFUSAL, Composition
from assistant.compose.places import fiche_name, territory_of
from assistant.compose.select import Candidate
from assistant.retrieve.search import SearchResult
from assistant.understand.terms import as_typed
from corpus.index.reader import Index
from corpus.records import Notice

_CLOSEST = 3
_ASKING = frozenset("combien comment pourquoi quand jusqu depuis lequel laquelle lesquels lesquelles".split())
_TELLING = 4
"""Letters from which a word that stands nowhere is worth naming."""
_INFINITIVE = re.compile(r"(?:er|ir|re)$")
"""A verb that no document uses ("passer") tells nothing of what is missing."""


def compose_absent_fiche(index: Index, result: SearchResult, book: CitationBook) -> Composition:
    """The refusal of a question on a fiche that does not exist: which ones do, territory by territory."""
    composition = Composition(answered=False)
    composition.add(REFUSAL)
    asked = " ni ".join(f"« {ref.upper()} »" for ref in result.understood.references.absent)
    composition.add(f"Il n'y a pas de fiche {asked}.")
    documents = result.query.territories or tuple(record.entry.id for record in index.documents())
    for document in documents:
        fiches = [fiche for fiche in index.fiches() if fiche.document == document and fiche.kind == "fiche"]
        if not fiches:
            continue
        ends = [cite_value(index, book, fiche, fiche.title_value) for fiche in (fiches[0], fiches[-1])]
        territory, plural = territory_of(index, document), "s" if len(fiches) > 1 else ""
        composition.add(
            f"{territory} : {len(fiches)} fiche{plural}-action{plural}, {_numbering([fiche.ref for fiche in fiches])}.",
            ends, style="element", nature="donnee", territory=territory, document=document,
        )  # fmt: skip
    composition.notices.append(Notice(kind="scope", text="Vérifiez le numéro, ou demandez la fiche par son sujet."))
    return composition


def _tells(word: str) -> bool:
    return len(word) >= _TELLING and word not in _ASKING and not _INFINITIVE.search(word)


def _numbering(refs: Sequence[str]) -> str:
    """ "de « 0 » à « 18 »", or by what the references begin with where they have letters."""
    beginnings = sorted({match[0] for ref in refs if (match := re.match(r"[A-Za-z]+(?=\d)", ref))})
    if len(beginnings) > 1:
        return f"numérotées en {', '.join(beginnings)}"
    return f"de « {refs[0]} » à « {refs[-1]} »"


def compose_refusal(
    index: Index, result: SearchResult, book: CitationBook, near: Sequence[Candidate], missing: Sequence[str]
) -> Composition:
    """The refusal sentence, what the corpus does hold (`near`), then the closest fiches.

    `missing`: words of the question that the corpus never writes.
    """
    composition = Composition(answered=False)
    composition.add(REFUSAL)
    absent = [word for word in missing if _tells(word)]
    if absent:
        listed = ", ".join(f"« {as_typed(result.query.question, word)} »" for word in absent[:3])
        composition.add(f"Aucun document n'emploie {listed}.")
    if near:
        composition.add("Ce que le corpus dit de plus proche, sans répondre :")
    # Two fiches may open alike: the same words are shown once.
    for unit in said_once([candidate.unit for candidate in near]):
        territory = territory_of(index, unit.passage.document)
        composition.add(
            f"{territory} : {labelled(unit)}", [book.cite(unit)], style="element", territory=territory,
            document=unit.passage.document,
        )  # fmt: skip
    fiches = [fiche for fiche, _ in fiches_found(index, result) if fiche.kind == "fiche"][:_CLOSEST]
    if fiches:
        composition.add("Fiches les plus proches :")
        for fiche in fiches:
            composition.add(fiche_name(index, fiche), [cite_value(index, book, fiche, fiche.title_value)],
                            style="element")  # fmt: skip
    composition.notices.append(
        Notice(
            kind="scope",
            text="Vous pouvez préciser le territoire, nommer une structure, ou demander ce que disent les fiches "
            "les plus proches.",
        )
    )
    return composition
