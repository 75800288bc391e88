"""Which fiches have this in that field: "classées Top 5", "portées par la Caf", "échéance 2024", "sur Graix"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.compose.citing import CitationBook
from assistant.compose.fields import cite_value
from assistant.compose.labels import FIELD_LABELS
from assistant.compose.lines import Composition
from assistant.compose.listing import add_titles, fiches_asked_about
from assistant.compose.places import territory_of
from assistant.retrieve.search import Searcher, SearchResult
from assistant.understand.cues import load_cues, plain_words
from corpus.index.reader import Index
from corpus.records import FicheAction, Value
from corpus.text import squeeze, stems

_FICHES = re.compile(r"\bfiches\b")
_SINGULAR = re.compile(r"\b(?:la|cette|une|ma|quelle) fiche\b")
_ONLY_IF_ASKED = ("pilote", "partenaires", "public", "budget", "calendrier", "methodologie", "champs")
"""Fields whose values are everyday words: they filter only where the question names the field too."""
_TELLING = ("interet",)
"""Fields whose values say by themselves which field is meant."""
_LONGEST_VALUE = 45
_YEAR = re.compile(r"\b20\d\d\b")
_PROSE = 850
"""Characters for the titles; fiches beyond are given by their references alone."""


@dataclass(frozen=True)
class FieldFilter:
    """A value of a field that the question asks for."""

    key: str
    words: frozenset[str]
    """Stems of the value, all of which must stand in it."""
    said: str
    """The value as the documents write it."""

    def value_in(self, fiche: FicheAction) -> Value | None:
        """The value of a fiche that passes; the whole value must be the one asked for, but for a year."""
        for value in fiche.fields.get(self.key, ()):
            found = frozenset(stems(value.text))
            if found == self.words or (self.key == "calendrier" and self.words <= found):
                return value
        return None


def compose_filtered(searcher: Searcher, result: SearchResult, book: CitationBook) -> Composition | None:
    """The fiches whose fields hold what the question names; None where it names no such value."""
    plain = plain_words(result.query.resolved_question)
    if not _FICHES.search(plain) or _SINGULAR.search(plain) or result.understood.references.fiches:
        return None
    index = searcher.index
    scope = fiches_asked_about(index, result.query)
    filters = list(_filters(searcher, result, scope, plain))
    kept = [fiche for fiche in scope if filters and all(one.value_in(fiche) for one in filters)]
    return _listed(index, kept, scope, filters, book) if kept else None


def _filters(
    searcher: Searcher, result: SearchResult, scope: Sequence[FicheAction], plain: str
) -> Iterator[FieldFilter]:
    """One filter a field at most: its longest value that the question holds."""
    asked = set(load_cues().fields_in(plain))
    said = frozenset(stems(result.query.resolved_question))
    for key in (*_TELLING, *(key for key in _ONLY_IF_ASKED if key in asked)):
        if key == "calendrier":
            if year := _YEAR.search(plain):
                yield FieldFilter(key, frozenset({year.group()}), year.group())
            continue
        best = max(
            (one for one in _values(scope, key) if one.words <= said), key=lambda one: len(one.words), default=None
        )
        if best is not None and not (best.words <= asked_words(key) and len(best.words) == 1):
            yield best
    communes = [
        mention for mention in searcher.understanding.finder.find(result.query.resolved_question) if mention.commune
    ]
    for mention in communes:
        wanted = frozenset(stems(" ".join(mention.words)))
        found = next((one for one in _values(scope, "perimetre") if one.words == wanted), None)
        if found is not None:
            yield found


def asked_words(key: str) -> frozenset[str]:
    """Stems of the field's own name: "intérêt" asks for the field, it is no value of it."""
    return frozenset(stems(FIELD_LABELS[key]))


def _values(scope: Sequence[FicheAction], key: str) -> Iterator[FieldFilter]:
    seen = set()
    for fiche in scope:
        for value in fiche.fields.get(key, ()):
            found = frozenset(stems(value.text))
            if found and found not in seen and len(value.text) <= _LONGEST_VALUE:
                seen.add(found)
                yield FieldFilter(key, found, squeeze(value.text))


def _listed(
    index: Index, kept: Sequence[FicheAction], scope: Sequence[FicheAction], filters: Sequence[FieldFilter],
    book: CitationBook,
) -> Composition:  # fmt: skip
    composition = Composition()
    several = "s" if len(kept) > 1 else ""
    names = ", ".join(dict.fromkeys(territory_of(index, fiche.document) for fiche in scope))
    asked = ", ".join(f"{FIELD_LABELS[one.key].lower()} « {one.said} »" for one in filters)
    composition.add(
        f"{len(kept)} fiche{several}-action{several} sur {len(scope)} ({names}) — {asked} :",
        [_value_number(index, book, kept[0], filters[0])], nature="donnee",
    )  # fmt: skip
    add_titles(
        index, composition, book, kept, room=_PROSE,
        proofs=lambda fiche: [_value_number(index, book, fiche, one) for one in filters],
    )  # fmt: skip
    return composition


def _value_number(index: Index, book: CitationBook, fiche: FicheAction, one: FieldFilter) -> int | None:
    value = one.value_in(fiche)
    return cite_value(index, book, fiche, value) if value is not None else None
