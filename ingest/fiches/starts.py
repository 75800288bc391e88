"""Where fiches-actions begin: a heading ("Fiche action 9 : …", "ACTION 1 : …") or a label that gives the reference.

A start is believed only if fields of a fiche follow it before the next one: a table of contents, the boxes of a slide
and an empty template look like fiches but hold none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from corpus.text import letters
from ingest.fiches.labels import GROUP, REFERENCE, TITLE, Label, find_labels
from ingest.headings import heading_end, heading_words
from ingest.lines import Line, clean, has_word

_REFERENCE = r"[A-Za-zÀ-Ý]{0,4}\s?[-.]?\s?\d{1,3}(?:[.\-]\d{1,2}){0,2}\s?(?:bis|ter|quater|[a-z](?![a-z]))?"
_CODE = re.compile(rf"^{_REFERENCE}$")
_FIELDS_NEEDED = 2
"""Fields with a value, other than axe and objectifs (which head any list of actions), that make a fiche."""
_HEADS = {"axe", "objectif_strategique", "objectif_operationnel", REFERENCE, TITLE, GROUP}


@dataclass(frozen=True, slots=True)
class FicheStart:
    """Where a fiche begins, before it is read."""

    word: str
    """What the document calls it ("Fiche action", "Action")."""
    reference: str
    """Its own reference ("0bis", "PE7"); empty where it has none."""
    title: str
    """Title given on the heading itself; empty where the template puts it elsewhere."""
    title_start: int
    title_end: int
    first: int
    """Position of its first line."""
    last: int
    """Position of the last line of its heading."""


def find_fiche_starts(lines: Sequence[Line]) -> list[FicheStart]:
    """The beginnings of the fiches of a document, in order; those without fields are left out."""
    candidates = [start for at in range(len(lines)) if (start := _start_at(lines, at)) is not None]
    candidates = _without_doubles(candidates)
    bounds = [*(start.first for start in candidates[1:]), len(lines)][: len(candidates)]
    return [start for start, bound in zip(candidates, bounds, strict=True) if _has_fields(lines, start, bound)]


def filled_labels(lines: Sequence[Line], labels: Sequence[Label]) -> list[Label]:
    """The labels that are followed by at least one word before the next label."""
    filled = []
    for position, label in enumerate(labels):
        stop = labels[position + 1].first if position + 1 < len(labels) else len(lines)
        inline = clean(_inline(lines, label))
        below = [line.words for line in lines[label.last + 1 : stop]]
        if has_word(inline) or any(char.isdigit() for char in inline) or any(has_word(text) for text in below):
            filled.append(label)
    return filled


def _start_at(lines: Sequence[Line], at: int) -> FicheStart | None:
    line = lines[at]
    if line.bullet():
        return None
    return _heading_start(lines, at) or _reference_start(lines, at)


def _heading_start(lines: Sequence[Line], at: int) -> FicheStart | None:
    line = lines[at]
    if line.in_grid:
        return None
    text, folded = line.words, line.folded
    if len(folded) != len(text) or not folded.startswith(heading_words().fiches):
        return None
    for word in sorted(heading_words().fiches, key=len, reverse=True):
        match = re.match(
            rf"{re.escape(word)}s?\b\s*(?:n\s?[°ºo]\s*)?(?P<ref>{_REFERENCE})?\s*(?P<separator>[:–—.-])?\s*", folded
        )
        if not match:
            continue
        reference = text[match.start("ref") : match.end("ref")].strip() if match.group("ref") else ""
        title = text[match.end() :].strip()
        if re.match(r"[a-zà-ý]", reference):
            return None
        if word == "action" and not (reference and match.group("separator")):
            return None
        if not reference and not (match.group("separator") == ":" and title):
            return None
        if (
            reference
            and title
            and not match.group("separator")
            and not (word.startswith("fiche") and title[0].isupper())
        ):
            return None
        if len(title) > 260:
            return None
        first, last = at, heading_end(lines, at, 4)
        start = line.start + _offset_of(line.text, title)
        if not title and (below := _title_below(lines, at)) is not None:
            title, start, first, last = lines[below].words, lines[below].start, below, heading_end(lines, below, 3)
        if title:
            title = clean(" ".join([title, *(lines[position].words for position in range(first + 1, last + 1))]))
        end = lines[last].end
        return FicheStart(word.capitalize(), reference, title, start, end, at, last)
    return None


def _reference_start(lines: Sequence[Line], at: int) -> FicheStart | None:
    labels = [label for label in find_labels(lines[at : at + 2]) if label.key == REFERENCE and label.first == 0]
    if not labels:
        return None
    inline = clean(_inline(lines[at : at + 2], labels[0]))
    below = lines[at + 1].words if at + 1 < len(lines) else ""
    reference = inline.split("\t")[0] or below
    if not _CODE.match(reference):
        return None
    last = at if inline else at + 1
    return FicheStart("Fiche", reference, "", 0, 0, at, last)


def _title_below(lines: Sequence[Line], at: int) -> int | None:
    """Position of the title that stands on the line under a heading such as "FICHE ACTION N° 3"."""
    below = at + 1
    if below >= len(lines) or lines[below].in_table or lines[below].bullet() or find_labels(lines[below : below + 1]):
        return None
    text = lines[below].words
    return below if has_word(text) and len(text) <= 200 else None


def _has_fields(lines: Sequence[Line], start: FicheStart, bound: int) -> bool:
    body = lines[start.first + 1 : bound]
    labels = find_labels(body)
    keys = {label.key for label in filled_labels(body, labels)} - _HEADS
    return len(keys) >= _FIELDS_NEEDED


def _without_doubles(starts: Sequence[FicheStart]) -> list[FicheStart]:
    """The starts without those that repeat the heading of the fiche before, on its next page."""
    kept: list[FicheStart] = []
    for start in starts:
        before = kept[-1] if kept else None
        same = (
            before is not None
            and start.reference
            and start.reference == before.reference
            and start.title
            and fuzz.ratio(letters(start.title), letters(before.title)) >= 90
        )
        if not same:
            kept.append(start)
    return kept


def _inline(lines: Sequence[Line], label: Label) -> str:
    line = lines[label.last]
    return line.text[label.value_start - line.start : label.value_end - line.start]


def _offset_of(raw: str, title: str) -> int:
    found = raw.find(title[:10]) if title else -1
    return max(found, 0)
