"""The quotable pieces of one document, searched by forms: sentences, values of fiches, rows of equipment lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from corpus.index.reader import Index
from corpus.phrases import LINK_WORDS, phrase_key
from corpus.records import FicheAction, Passage, Span
from corpus.text import squeeze, stem, without_marks, words
from corpus.units import Unit, split_units

_LEAST_WORDS = 4
"""A unit of fewer words says nothing on its own."""
_NEAR = 30
"""Words between two forms of one signal, at most: beyond, they speak of different things."""
_MEASURES = frozenset({"indicateurs_suivi", "indicateurs_evaluation", "calendrier", "partenaires", "pilote", "public"})
"""Fields of a fiche that name a content without giving it ("Nombre de familles consultées")."""


@dataclass(frozen=True)
class FramedUnit:
    """A unit, and whether it is about early childhood."""

    unit: Unit
    stems: str
    """Its stems without link words, between spaces: a form stands in it where its own stems do."""
    framed: bool
    framed_by_itself: bool
    """True where its own words say so, False where only its fiche or its section does."""
    announced: bool
    """True where it only announces something, or states its principle."""


class DocumentUnits:
    """Every unit of a document, read once."""

    def __init__(self, index: Index, document: str, frame: Sequence[str], announced: Sequence[str]) -> None:
        self._index = index
        self._document = document
        self._frame = tuple(_needle(form) for form in frame)
        self._announced = tuple(_spoken(form) for form in announced)

    def matching(
        self, groups: Sequence[Sequence[str]], *, framed: bool, pattern: str | None
    ) -> Iterator[tuple[FramedUnit, int]]:
        """Units in which each group has a form, with the number of distinct forms found."""
        needles = [[_needle(form) for form in group] for group in groups]
        for unit in self._units:
            if (framed and not unit.framed) or unit.unit.key in _MEASURES:
                continue
            places = [[place for needle in group for place in _places(needle, unit.stems)] for group in needles]
            if all(places) and _close(places) and (pattern is None or re.search(pattern, unit.unit.text)):
                yield unit, sum(len(found) for found in places)

    def field_values(self, fields: Sequence[str], pattern: str | None) -> Iterator[FramedUnit]:
        """Values of fields of the fiches and actions that are about early childhood."""
        for fiche in (*self._index.fiches(self._document), *self._index.actions(self._document)):
            if not self._fiche_framed(fiche):
                continue
            for name in fields:
                for value in fiche.fields.get(name, ()):
                    passage = self._passage_at(value.start)
                    if passage is None or (pattern is not None and not re.search(pattern, value.text)):
                        continue
                    yield self._framed(Unit(squeeze(without_marks(value.text)), value.pieces(), passage, name), True)

    def equipment(self, kinds: Sequence[str]) -> Iterator[FramedUnit]:
        """Rows of the equipment lists whose type or name is one of the kinds."""
        needles = [_needle(kind) for kind in kinds]
        raw = self._index.raw_text(self._document)
        for row in self._index.equipment(self._document):
            stems = _stems(f"{row.type} {row.name}")
            passage = self._passage_at(row.start)
            if passage is not None and any(needle in stems for needle in needles):
                text = squeeze(without_marks(raw[row.start : row.end]))
                yield self._framed(Unit(text, (Span(start=row.start, end=row.end),), passage), True)

    @cached_property
    def _units(self) -> tuple[FramedUnit, ...]:
        found = []
        for passage in self._passages:
            around = self._around(passage)
            found += [
                self._framed(unit, around)
                for unit in split_units(self._index, passage)
                if len(unit.text.split()) >= _LEAST_WORDS
            ]
        return tuple(found)

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        return self._index.passages(self._document)

    @cached_property
    def _framed_fiches(self) -> dict[str, bool]:
        fiches = (*self._index.fiches(self._document), *self._index.actions(self._document))
        return {fiche.id: self._fiche_framed(fiche) for fiche in fiches}

    def _around(self, passage: Passage) -> bool:
        """True where the fiche of a passage, or the titles above it, are about early childhood."""
        if passage.fiche is not None and self._framed_fiches.get(passage.fiche, False):
            return True
        return self._has_frame(_stems(" . ".join(passage.section_path)))

    def _fiche_framed(self, fiche: FicheAction) -> bool:
        if fiche.themes:
            return fiche.themes[0] == "petite-enfance" or self._has_frame(_stems(fiche.title))
        return self._has_frame(_stems(f"{fiche.title} . {' . '.join(fiche.section_path)}"))

    def _framed(self, unit: Unit, around: bool) -> FramedUnit:
        stems = _stems(unit.text)
        itself = self._has_frame(stems)
        spoken = _spoken(unit.text)
        announced = any(turn in spoken for turn in self._announced)
        return FramedUnit(unit, stems, itself or around, itself, announced)

    def _has_frame(self, stems: str) -> bool:
        return any(needle in stems for needle in self._frame)

    def _passage_at(self, offset: int) -> Passage | None:
        for passage in self._passages:
            if any(span.start <= offset < span.end for span in passage.spans):
                return passage
        return None


def _places(needle: str, stems: str) -> list[int]:
    """Ranks of the words where a form begins (its first place only)."""
    found = stems.find(needle)
    return [stems.count(" ", 0, found + 1)] if found >= 0 else []


def _close(places: Sequence[Sequence[int]]) -> bool:
    """True where one form of each group stands near the others, each on a word of its own."""
    return any(len(set(ranks)) == len(ranks) and max(ranks) - min(ranks) <= _NEAR for ranks in product(*places))


def _stems(text: str) -> str:
    return " " + " ".join(stem(word) for word in words(text) if word not in LINK_WORDS) + " "


def _spoken(text: str) -> str:
    """All the words, small ones included: a turn of phrase is nothing without them."""
    return " " + " ".join(words(text)) + " "


def _needle(form: str) -> str:
    return " " + " ".join(phrase_key(form)) + " "
