"""What the reader must know before using an answer: divergences, drafts, several territories."""

from assistant.compose.citing import CitationBook
from assistant.compose.lines import Composition
from assistant.compose.places import territory_of
from assistant.conflicts import conflict_notices, find_conflicts
from corpus.index.reader import Index
from corpus.records import Notice, Query

_UNSIGNED = {"projet": "est un projet non signé", "document-de-travail": "est un document de travail"}


def evidence_notices(index: Index, query: Query, composition: Composition, book: CitationBook) -> list[Notice]:
    """Notices on the evidence of an answer, from what it cites."""
    if not composition.answered:
        return []
    # Only what statements quote may disagree.
    used = composition.quoted
    quoted = [citation for citation in book.citations() if citation.n in used or composition.table is not None]
    cited = {citation.document for citation in quoted if ":" not in citation.document}
    return [
        *conflict_notices(find_conflicts(index), quoted),
        *_draft_notices(index, cited, book),
        *_territory_notices(index, query, cited, composition),
    ]


def _draft_notices(index: Index, cited: set[str], book: CitationBook) -> list[Notice]:
    notices = []
    for document in sorted(cited):
        entry = index.document(document).entry
        if entry.status in _UNSIGNED:
            numbers = tuple(citation.n for citation in book.citations() if citation.document == document)
            notices.append(
                Notice(
                    kind="draft-document",
                    text=f"« {entry.territory.short_name} » {_UNSIGNED[entry.status]} : à citer comme tel.",
                    citations=numbers,
                )
            )
    return notices


def _territory_notices(index: Index, query: Query, cited: set[str], composition: Composition) -> list[Notice]:
    if query.territories or len(cited) < 2 or composition.table is not None:
        return []
    names = ", ".join(sorted(territory_of(index, document) for document in cited))
    return [
        Notice(
            kind="ambiguous",
            text=f"La question ne nomme pas de territoire : la réponse vient de {names}. Ce que fait l'un n'est pas "
            "la règle des autres.",
        )
    ]
