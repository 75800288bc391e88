"""The labels of a fiche-action: which words open a field, wherever the template puts them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from corpus.errors import CorpusError
from corpus.records.base import HandWritten
from corpus.records.structure import FIELD_KEYS
from corpus.text import letters
from ingest.lines import Line, bullet_of, clean, is_numbered
from ingest.vocabulary import load_vocabulary

REFERENCE = "reference"
TITLE = "titre"
GROUP = "chapeau"
_LONGEST_LABEL = 95
_LIKENESS = 88
"""Likeness (0 to 100) from which letters read by OCR are taken for a label ("Obijectifs partagés")."""


class FieldWords(HandWritten):
    """One field of `vocabulary/fields.yaml`."""

    libelles: tuple[str, ...]
    liste: bool = False
    court: bool = False


class FieldVocabulary(HandWritten):
    """`vocabulary/fields.yaml`."""

    references: tuple[str, ...]
    titres: tuple[str, ...]
    chapeaux: tuple[str, ...]
    champs: dict[str, FieldWords]


@dataclass(frozen=True, slots=True)
class Label:
    """A label found among the lines of a fiche."""

    key: str
    """Key of FIELD_KEYS, or REFERENCE, TITLE or GROUP."""
    first: int
    """Position of its first line."""
    last: int
    """Position of the last line it takes."""
    start: int
    """First character of the label."""
    value_start: int
    """Where an inline value begins; `value_end` where there is none."""
    value_end: int
    """End of what the label's own line gives it."""
    colon: bool = False


@cache
def field_vocabulary() -> FieldVocabulary:
    """The vocabulary of fields. Raises CorpusError where a key is none of FIELD_KEYS."""
    vocabulary: FieldVocabulary = load_vocabulary("fields.yaml", FieldVocabulary)
    unknown = [key for key in vocabulary.champs if key not in FIELD_KEYS]
    if unknown:
        raise CorpusError(f"Le vocabulaire fields.yaml nomme un champ inconnu ({unknown[0]}) : corrigez-le.")
    return vocabulary


@cache
def label_key(text: str) -> str | None:
    """The field that a text names and nothing else, None where it names none. Case, accents, plural marks, OCR
    slips and a trailing colon do not count."""
    found = _plain(text)
    known = _known_labels()
    if found in known:
        return known[found]
    if len(found) < 9:
        return None
    match = process.extractOne(found, known.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    if match is None or abs(len(match[0]) - len(found)) > 4:
        return None
    return known[match[0]]


def find_labels(lines: Sequence[Line]) -> list[Label]:
    """The labels among the lines of a fiche, in order.

    A label stands alone on its line or lines, or before its value, with a colon, bold marks or a tabulation between.
    A bulleted line is never a label: `- Moyens humains : …` is an item.
    """
    found: list[Label] = []
    at = 0
    while at < len(lines):
        labels = _labels_in_row(lines, at) if lines[at].in_table else _label_at(lines, at, found)
        found.extend(labels)
        at = labels[-1].last + 1 if labels else at + 1
    return found


def _label_at(lines: Sequence[Line], at: int, before: Sequence[Label]) -> list[Label]:
    line = lines[at]
    bullet = line.bullet()
    if bullet and not is_numbered(bullet):
        return []
    wordy = len(line.text) > _LONGEST_LABEL and ":" not in line.text[:_LONGEST_LABEL]
    for extent in () if wordy else (3, 2, 1):
        joined = _joined(lines, at, extent)
        if joined is None:
            continue
        last = lines[at + extent - 1]
        colon = last.text.find(":")
        if extent > 1 and any(":" in lines[position].text for position in range(at, at + extent - 1)):
            continue
        if colon >= 0:
            head = " ".join([*(lines[p].text for p in range(at, at + extent - 1)), last.text[:colon]])
            key = label_key(_unnumbered(head)) if len(head) <= _LONGEST_LABEL else None
            if key:
                return [Label(key, at, at + extent - 1, line.start, last.start + colon + 1, last.end, True)]
        elif len(joined) <= _LONGEST_LABEL:
            key = label_key(_unnumbered(joined))
            if key and _stands_alone(lines, at, at + extent - 1, before, exact=_plain(joined) in _known_labels()):
                return [Label(key, at, at + extent - 1, line.start, last.end, last.end)]
    bold = re.match(r"\*\*(.{2,90}?)\*\*\s*", line.text)
    if bold and bold.end() < len(line.text):
        key = label_key(bold.group(1))
        if key:
            return [Label(key, at, at, line.start, line.start + bold.end(), line.end)]
    return []


def _labels_in_row(lines: Sequence[Line], at: int) -> list[Label]:
    """Labels of a table row: a cell that is a label opens a field whose value is what follows, up to the next label.

    A row of labels alone heads columns: each takes the cell below it, where the next row has as many cells.
    """
    line = lines[at]
    cells = _cells(line)
    keyed = [(start, end, key) for start, end, key in cells if key]
    if not keyed:
        return []
    if len(keyed) == len(cells) > 1:
        below = _cells(lines[at + 1]) if at + 1 < len(lines) and lines[at + 1].in_table else []
        if len(below) == len(cells) and not any(key for _, _, key in below):
            return [
                Label(key, at, at + 1, start, low, high)
                for (start, _, key), (low, high, _) in zip(keyed, below, strict=True)
            ]
        return [Label(key, at, at, start, end, end) for start, end, key in keyed]
    stops = [*(start for start, _, _ in keyed[1:]), line.end]
    return [Label(key, at, at, start, end, stop) for (start, end, key), stop in zip(keyed, stops, strict=True)]


def _cells(line: Line) -> list[tuple[int, int, str | None]]:
    """The cells of a row that hold something: first character, end, and the field they name where they name one."""
    found = re.finditer(r"[^\t]+", line.text)
    return [(line.start + m.start(), line.start + m.end(), label_key(m.group())) for m in found if m.group().strip()]


def _stands_alone(lines: Sequence[Line], first: int, last: int, before: Sequence[Label], *, exact: bool) -> bool:
    """True where a label without a colon is a paragraph; an `exact` one may have its value on the next line."""
    after_label = bool(before) and before[-1].last == first - 1
    if after_label and before[-1].key != GROUP and before[-1].colon and before[-1].value_start >= before[-1].value_end:
        return False  # "Intérêt :" and under it its value "intérêt"
    opens = first == 0 or lines[first].blanks > 0 or after_label
    following = lines[last + 1] if last + 1 < len(lines) else None
    closes = following is None or following.blanks > 0 or bool(bullet_of(following.text))
    bold = lines[first].text.startswith("**") and lines[last].text.endswith("**")
    return bold or (opens and (closes or exact))


def _joined(lines: Sequence[Line], at: int, extent: int) -> str | None:
    if at + extent > len(lines):
        return None
    taken = lines[at : at + extent]
    if any(line.blanks > 0 or line.in_table or line.bullet() for line in taken[1:]):
        return None
    return " ".join(line.text for line in taken)


def _plain(text: str) -> str:
    return letters(re.sub(r"\((s|e|es|x)\)", r"\1", clean(text)))


def _unnumbered(text: str) -> str:
    bullet = bullet_of(text)
    return text[len(bullet) :] if bullet and is_numbered(bullet) else text


@cache
def _known_labels() -> dict[str, str]:
    vocabulary = field_vocabulary()
    known: dict[str, str] = {}
    for key, words in vocabulary.champs.items():
        for label in words.libelles:
            known[_plain(label)] = key
    for key, group in ((REFERENCE, vocabulary.references), (TITLE, vocabulary.titres), (GROUP, vocabulary.chapeaux)):
        for label in group:
            known[letters(label)] = key
    return known
