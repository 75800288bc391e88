"""How a place of the corpus is named to a reader."""

from assistant.reading import readable_steps, readable_title
from corpus.index.reader import Index
from corpus.records import FicheAction, Passage

_BEFORE, _LAST = 32, 56
"""Characters for the last step but one of a path, and for the last."""


def territory_of(index: Index, document: str) -> str:
    """Short name of a document's territory."""
    return index.document(document).entry.territory.short_name


def place_of(index: Index, passage: Passage) -> str:
    """ "Monts du Pilat — Annexe 3 › Fiche PE7 (p. 12)": territory, the two last steps of the path, page if known."""
    steps = readable_steps(index, passage)[-2:]
    path = " › ".join(shorten(step, _LAST if step is steps[-1] else _BEFORE) for step in steps)
    page = f" (p. {passage.page})" if passage.page is not None else ""
    return f"{territory_of(index, passage.document)} — {path}{page}" if path else territory_of(index, passage.document)


def fiche_name(index: Index, fiche: FicheAction) -> str:
    """ "fiche PE7 « Exercer la fonction… » (Monts du Pilat)"; an action has no reference of its own."""
    kind = f"fiche {fiche.ref}" if fiche.kind == "fiche" else "action"
    return f"{kind} « {readable_title(index, fiche)} » ({territory_of(index, fiche.document)})"


def shorten(text: str, length: int) -> str:
    """The text, cut at a word with an ellipsis where it is longer than `length` characters."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
