"""How many, which ones: exhaustive, from the catalogue, with the denominator."""

from collections.abc import Sequence

from assistant.compose.citing import CitationBook
from assistant.compose.fields import cite_value
from assistant.compose.lines import Composition
from assistant.compose.places import territory_of
from assistant.reading import readable_title
from assistant.retrieve.search import Searcher, SearchResult
from assistant.understand.terms import as_typed
from corpus.index.reader import Index
from corpus.records import FicheAction, Term
from corpus.text import stems
from corpus.themes import load_themes

_PROSE = 900
"""Characters for the titles; fiches beyond are given by their references alone."""
_CATALOGUE_WORDS = frozenset(
    stems("fiche fiches action actions axe nombre combien quelles territoires conventions liste")
)


def compose_count(searcher: Searcher, result: SearchResult, book: CitationBook) -> Composition | None:
    """The fiches about the question's subject, counted and listed; None where the question has no such subject."""
    index = searcher.index
    scope = [fiche for fiche in index.fiches() if _in_scope(fiche, result)]
    if not scope:
        return None
    matching, subject = _matching(scope, result)
    composition = Composition(answered=bool(matching))
    where = _where(index, result)
    if not matching:
        return None
    plural = "traitent" if len(matching) > 1 else "traite"
    if subject:
        composition.add(
            f"{len(matching)} fiche{'s' if len(matching) > 1 else ''}-action{'s' if len(matching) > 1 else ''} "
            f"sur {len(scope)} {plural} de {subject}{where} :",
            [cite_value(index, book, matching[0], matching[0].title_value)],
            nature="donnee",
        )
    else:
        composition.add(
            f"{len(scope)} fiches-actions{where} :",
            [cite_value(index, book, scope[0], scope[0].title_value)],
            nature="donnee",
        )
    current = ""
    spent = 0
    for place, fiche in enumerate(matching):
        title = f"{fiche.ref} — {readable_title(index, fiche)}"
        spent += len(title)
        if spent > _PROSE:
            add_remaining(index, composition, book, matching[place:])
            break
        if fiche.document != current:
            current = fiche.document
            share = sum(1 for one in matching if one.document == current)
            whole = sum(1 for one in scope if one.document == current)
            composition.add(f"{territory_of(index, current)} : {share} sur {whole}", style="titre")
        composition.add(
            title, [cite_value(index, book, fiche, fiche.title_value)],
            style="element", nature="donnee", territory=territory_of(index, current), document=current,
        )  # fmt: skip
    return composition


def add_remaining(index: Index, composition: Composition, book: CitationBook, fiches: Sequence[FicheAction]) -> None:
    """The fiches that there is no room to name: how many in each territory, with their references."""
    for document in dict.fromkeys(fiche.document for fiche in fiches):
        those = [fiche for fiche in fiches if fiche.document == document]
        composition.add(
            f"Et {len(those)} autre{'s' if len(those) > 1 else ''} ({territory_of(index, document)}) : "
            f"{', '.join(fiche.ref for fiche in those)}.",
            [cite_value(index, book, fiche, fiche.title_value) for fiche in those], nature="donnee",
            territory=territory_of(index, document), document=document,
        )  # fmt: skip


def _in_scope(fiche: FicheAction, result: SearchResult) -> bool:
    query = result.query
    return (not query.territories or fiche.document in query.territories) and fiche.document not in query.excluded


def _matching(scope: Sequence[FicheAction], result: SearchResult) -> tuple[list[FicheAction], str]:
    """Fiches of the question's theme, or holding its words; with the subject as a reader names it."""
    terms = [term for term in result.query.terms if not set(stems(term.word)) <= _CATALOGUE_WORDS]
    if not terms:
        return list(scope), ""
    words = [term for term in terms if any(_holds(fiche, term) for fiche in scope)]
    if words:
        found = [fiche for fiche in scope if all(_holds(fiche, term) for term in words)]
        if found:
            return found, " et de ".join(f"« {as_typed(result.query.question, term.word)} »" for term in words)
    if result.query.themes:
        theme = result.query.themes[0]
        found = [fiche for fiche in scope if theme in fiche.themes]
        name = next((one.name for one in load_themes() if one.id == theme), theme)
        return found, f"« {name} »"
    return [], ""


def _holds(fiche: FicheAction, term: Term) -> bool:
    body = set(stems(" ".join((fiche.title, *(value.text for values in fiche.fields.values() for value in values)))))
    return any(weight >= 0.5 and body.issuperset(stems(phrase)) for phrase, weight in term.forms if stems(phrase))


def _where(index: Index, result: SearchResult) -> str:
    if not result.query.territories:
        return " dans le corpus"
    return " (" + ", ".join(territory_of(index, document) for document in result.query.territories) + ")"
