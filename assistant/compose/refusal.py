"""Saying that the corpus does not answer: one fixed sentence, what it does hold, the closest fiches."""

from assistant.compose.citing import CitationBook
from assistant.compose.fact import quoted
from assistant.compose.fields import cite_value, fiches_found
from assistant.compose.lines import REFUSAL, Composition
from assistant.compose.places import fiche_name, territory_of
from assistant.compose.select import Candidate
from assistant.retrieve.search import SearchResult
from corpus.index.reader import Index
from corpus.records import Notice

_CLOSEST = 3


def compose_refusal(
    index: Index, result: SearchResult, book: CitationBook, near: Candidate | None, missing: tuple[str, ...]
) -> Composition:
    """The refusal sentence, what the corpus does hold (`near`), then the closest fiches.

    `missing`: words of the question that the corpus never writes.
    """
    composition = Composition(answered=False)
    composition.add(REFUSAL)
    if missing:
        listed = ", ".join(f"« {word} »" for word in missing[:3])
        composition.add(f"Aucun document n'emploie {listed}.")
    if near is not None:
        unit = near.unit
        territory = territory_of(index, unit.passage.document)
        composition.add(
            f"Ce que le corpus dit de plus proche, sans répondre ({territory}) : {quoted(unit.reading)}",
            [book.cite(unit)], territory=territory, document=unit.passage.document,
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
