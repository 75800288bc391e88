"""How many, which ones: exhaustive, from the catalogue, with the denominator."""

from collections.abc import Sequence

from assistant.compose.citing import CitationBook
from assistant.compose.fields import cite_value
from assistant.compose.lines import Composition
from assistant.compose.listing import add_titles, fiches_asked_about
from assistant.compose.places import territory_of
from assistant.retrieve.search import Searcher, SearchResult
from assistant.understand.terms import as_typed
from corpus.index.reader import Index
from corpus.records import FicheAction, Term
from corpus.text import stems
from corpus.themes import theme_names

_PROSE = 900
"""Characters for the titles; fiches beyond are given by their references alone."""
_CATALOGUE_WORDS = frozenset(
    stems("fiche fiches action actions axe nombre combien quelles territoires conventions liste")
)


def compose_count(searcher: Searcher, result: SearchResult, book: CitationBook) -> Composition | None:
    """The fiches about the question's subject, counted and listed; None where the question has no such subject."""
    index = searcher.index
    scope = fiches_asked_about(index, result.query)
    if not scope:
        return None
    matching, subject = _matching(scope, result)
    if not matching:
        return None
    where = _where(index, result)
    several = "s" if len(matching) > 1 else ""
    told = f"{len(scope)} fiches-actions"
    if subject:
        verb = "traitent" if several else "traite"
        told = f"{len(matching)} fiche{several}-action{several} sur {len(scope)} {verb} de {subject}"
    composition = Composition()
    composition.add(
        f"{told}{where} :", [cite_value(index, book, matching[0], matching[0].title_value)], nature="donnee"
    )

    def heading(document: str) -> str:
        share, whole = (sum(fiche.document == document for fiche in fiches) for fiches in (matching, scope))
        return f"{territory_of(index, document)} : {share} sur {whole}"

    add_titles(index, composition, book, matching, room=_PROSE, heading=heading)
    return composition


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
        return found, f"« {theme_names().get(theme, theme)} »"
    return [], ""


def _holds(fiche: FicheAction, term: Term) -> bool:
    body = set(stems(fiche.whole_text()))
    return any(weight >= 0.5 and body.issuperset(stems(phrase)) for phrase, weight in term.forms if stems(phrase))


def _where(index: Index, result: SearchResult) -> str:
    if not result.query.territories:
        return " dans le corpus"
    return " (" + ", ".join(territory_of(index, document) for document in result.query.territories) + ")"
