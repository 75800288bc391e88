"""Lists of fiches by their titles, as long as there is room, the others by their references."""

from collections.abc import Callable, Sequence

from assistant.compose.citing import CitationBook
from assistant.compose.fields import cite_value
from assistant.compose.lines import Composition
from assistant.compose.places import territory_of
from assistant.reading import readable_title
from corpus.index.reader import Index
from corpus.records import FicheAction, Query


def fiches_asked_about(index: Index, query: Query) -> list[FicheAction]:
    """The fiches of the territories that a question names (all where it names none), less those it excludes."""
    return [
        fiche
        for fiche in index.fiches()
        if (not query.territories or fiche.document in query.territories) and fiche.document not in query.excluded
    ]


def add_titles(
    index: Index,
    composition: Composition,
    book: CitationBook,
    fiches: Sequence[FicheAction],
    *,
    room: int,
    heading: Callable[[str], str] | None = None,
    proofs: Callable[[FicheAction], Sequence[int | None]] = lambda _: (),
) -> None:
    """One line for each fiche, in order, until the titles fill `room` characters; then those that remain.

    `heading` says what stands above the first fiche of a document, and `proofs` which citations follow its title's.
    """
    current = ""
    spent = 0
    for place, fiche in enumerate(fiches):
        title = f"{fiche.ref} — {readable_title(index, fiche)}"
        spent += len(title)
        if spent > room:
            _add_remaining(index, composition, book, fiches[place:])
            break
        if heading is not None and fiche.document != current:
            current = fiche.document
            composition.add(heading(current), style="titre")
        composition.add(
            title, [cite_value(index, book, fiche, fiche.title_value), *proofs(fiche)], style="element",
            nature="donnee", territory=territory_of(index, fiche.document), document=fiche.document,
        )  # fmt: skip


def _add_remaining(index: Index, composition: Composition, book: CitationBook, fiches: Sequence[FicheAction]) -> None:
    """The fiches that there is no room to name: how many in each territory, with their references."""
    for document in dict.fromkeys(fiche.document for fiche in fiches):
        those = [fiche for fiche in fiches if fiche.document == document]
        composition.add(
            f"Et {len(those)} autre{'s' if len(those) > 1 else ''} ({territory_of(index, document)}) : "
            f"{', '.join(fiche.ref for fiche in those)}.",
            [cite_value(index, book, fiche, fiche.title_value) for fiche in those], nature="donnee",
            territory=territory_of(index, document), document=document,
        )  # fmt: skip
