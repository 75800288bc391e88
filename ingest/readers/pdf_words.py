"""Words of a PDF page with their places, from PDFium's text page.

PDFium already tells words and lines apart; asking it for two boxes a word is some ten times faster than handling
every character in Python.
"""

import math
from collections import Counter
from ctypes import byref, c_int
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.readers.paragraphs import Word
from ingest.readers.pdf_view import PageView

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_LINE_END_HYPHENS = (0x2, 0xFFFE)
_BOLD_WEIGHT = 600
_UPRIGHT_SINE = 0.3
_LETTER_GAP = 0.2
_SAMPLED = 400
_MOST_LETTERS = 0.75
"""Share of the letters that must lie the same way for the page to be turned: a turned column heading is no page."""


def find_words(text_page: "PdfTextPage", view: PageView) -> list[Word]:
    """The words of a page in the order of the file; words printed twice for effect come once."""
    words: list[Word] = []
    seen: set[tuple[str, int, int]] = set()
    turned: list[Word] = []
    for start, codes in _runs(text_page):
        word, upright = _word(text_page, view, start, codes)
        place = (word.text, round(word.x0 / 2), round(word.top / 2))
        if place in seen or not _is_seen(word, view):
            continue
        seen.add(place)
        if upright:
            words.append(word)
        else:
            turned.append(word)
    return words + _turned_labels(turned)


def sideways(text_page: "PdfTextPage", view: PageView) -> int:
    """Degrees by which a page must be turned clockwise to be read: 0 but where most of its letters lie on their side
    or upside down."""
    from pypdfium2 import raw

    count = text_page.count_chars()
    angles = (raw.FPDFText_GetCharAngle(text_page, place) for place in range(0, count, count // _SAMPLED + 1))
    quarters = Counter(round(math.degrees(angle) / 90 + view.rotation / 90) % 4 for angle in angles if angle >= 0)
    most = max(quarters, key=lambda quarter: quarters[quarter], default=0)
    return -90 * most if quarters[most] > _MOST_LETTERS * quarters.total() else 0


def _is_seen(word: Word, view: PageView) -> bool:
    """Words beyond the edge of the page are no part of what people read."""
    return 0 <= (word.x0 + word.x1) / 2 <= view.width and 0 <= word.middle <= view.height


def _runs(text_page: "PdfTextPage") -> list[tuple[int, list[int]]]:
    """Runs of characters without white space: the place of the first one, and their codes."""
    from pypdfium2 import raw

    runs: list[tuple[int, list[int]]] = []
    within = False
    for place in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, place)
        ends_line = code in _LINE_END_HYPHENS
        if (code <= 0x20 and not ends_line) or code in (0xA0, 0x2028, 0x2029):
            within = False
            continue
        if not within:
            runs.append((place, []))
        runs[-1][1].append(0x2D if ends_line else code)
        within = not ends_line
    return runs


def _word(text_page: "PdfTextPage", view: PageView, start: int, codes: list[int]) -> tuple[Word, bool]:
    from pypdfium2 import raw

    first = text_page.get_charbox(start, loose=True)
    last = text_page.get_charbox(start + len(codes) - 1, loose=True)
    box = view.box(min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]))
    angle = raw.FPDFText_GetCharAngle(text_page, start) + math.radians(view.rotation)
    size = raw.FPDFText_GetFontSize(text_page, start)
    upright = abs(math.sin(angle)) < _UPRIGHT_SINE
    height = box[3] - box[1]
    word = Word(
        text="".join(map(chr, codes)),
        x0=box[0],
        top=box[1],
        x1=box[2],
        bottom=box[3],
        size=height if upright and height > 0 else size,
        bold=raw.FPDFText_GetFontWeight(text_page, start) >= _BOLD_WEIGHT or _has_bold_name(text_page, start),
    )
    return word, upright


def _has_bold_name(text_page: "PdfTextPage", place: int) -> bool:
    from ctypes import create_string_buffer

    from pypdfium2 import raw

    name = create_string_buffer(128)
    flags = c_int()
    raw.FPDFText_GetFontInfo(text_page, place, name, 128, byref(flags))
    lowered = name.value.lower()
    return b"bold" in lowered or b"black" in lowered or b"heavy" in lowered


def _turned_labels(pieces: list[Word]) -> list[Word]:
    """Turned text (a label at a table's side) as one word at the top of its place: it comes letter by letter."""
    groups: list[list[Word]] = []
    for piece in pieces:
        last = groups[-1][-1] if groups else None
        if last and piece.x0 < last.x1 + piece.size and last.x0 < piece.x1 + piece.size:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_label(group) for group in groups]


def _label(pieces: list[Word]) -> Word:
    text = pieces[0].text
    for last, piece in pairwise(pieces):
        apart = max(last.top - piece.bottom, piece.top - last.bottom)
        same_line = piece.x0 < last.x1 and last.x0 < piece.x1
        text += piece.text if same_line and apart < _LETTER_GAP * piece.size else f" {piece.text}"
    size = pieces[0].size
    top = min(piece.top for piece in pieces)
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    return replace(pieces[0], text=text, x0=left, x1=right, top=top, bottom=top + size)
