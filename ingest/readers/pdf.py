"""PDF with a text layer: words, ruled tables and boxes of each page, through PDFium."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.readers.blocks import write_blocks
from ingest.readers.grids import Grid, find_grids
from ingest.readers.kinds import protected
from ingest.readers.limits import ReadLimits
from ingest.readers.page_layout import lay_out, line_pieces
from ingest.readers.paragraphs import Habits, Word
from ingest.readers.pdf_rules import drawn_shapes, find_dots, find_rules, image_share
from ingest.readers.pdf_view import PageView
from ingest.readers.pdf_words import find_words, sideways
from ingest.readers.refusal import refused
from ingest.readers.running_lines import without_running_lines
from ingest.readers.tables import frames_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_FEW_CHARACTERS = 16
_BULLET_REACH = 2.0
_IMAGE_SHARE = 0.25
_DRAWN_TEXT_SHAPES = 300
_UNREADABLE_SHARE = 0.3
_TAIL_BYTES = 4_096


@dataclass(frozen=True)
class _RawPage:
    words: list[Word]
    grids: list[Grid]
    height: float
    needs_ocr: bool


def read_pdf(path: Path, limits: ReadLimits) -> dict[str, Any]:
    """{"pages": text of each page, "without_text": numbers of the pages that show words only as a picture}.

    Raises DocumentUnreadable for a file that is truncated, protected, or has more pages than permitted.
    """
    pages = _raw_pages(path, limits)
    kept = without_running_lines([(page.words, page.height) for page in pages])
    habits = Habits.of([line_pieces(words) for words in kept])
    texts = []
    for page, words in zip(pages, kept, strict=True):
        loose, frames = frames_of(words, page.grids, habits)
        texts.append(write_blocks(lay_out(loose, habits, frames))[0])
    if sum(map(len, texts)) > limits.characters:
        raise refused(path, "contient trop de texte", "découpez-le en plusieurs fichiers.")
    return {
        "pages": texts,
        "without_text": [number for number, page in enumerate(pages, 1) if page.needs_ocr],
    }


def _raw_pages(path: Path, limits: ReadLimits) -> list[_RawPage]:
    import pypdfium2

    _check_end(path)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise protected(path) from error
        raise _damaged(path) from error
    with document:
        _check_count(path, len(document), limits)
        if document.get_formtype() != pypdfium2.raw.FORMTYPE_NONE:
            document.init_forms()
        try:
            return [_raw_page(_flat_page(document, place)) for place in range(len(document))]
        except pypdfium2.PdfiumError as error:
            raise _damaged(path) from error


def _check_end(path: Path) -> None:
    """A PDF ends with a mark; libraries repair a file that lost it, and silently lose its last pages."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        if b"%%EOF" not in file.read():
            raise refused(path, "est tronqué (sa fin manque)", "redonnez le fichier complet.")


def _check_count(path: Path, count: int, limits: ReadLimits) -> None:
    if count == 0:
        raise _damaged(path)
    if count > limits.pages:
        raise refused(path, f"a {count} pages (limite : {limits.pages})", "découpez-le en plusieurs fichiers.")


def _damaged(path: Path) -> Exception:
    return refused(path, "est endommagé ou tronqué", "redonnez le fichier complet ou enregistrez-le de nouveau.")


def _flat_page(document: "PdfDocument", place: int) -> "PdfPage":
    """A page with what was filled into its form; PDFium only sees that in the page opened anew."""
    page = document[place]
    if not page.formenv:
        return page
    page.flatten()
    page.close()
    return document[place]


def _raw_page(page: "PdfPage") -> _RawPage:
    text_page = page.get_textpage()
    view = PageView.of(page)
    view = view.turned(sideways(text_page, view))
    words = find_words(text_page, view)
    needs_ocr = _has_unread_words(page, view, words)
    if words and not needs_ocr:
        words += _bullets(find_dots(page, view), words)
    grids = [] if needs_ocr or not words else find_grids(find_rules(page, view))
    text_page.close()
    page.close()
    return _RawPage([] if needs_ocr else words, grids, view.height, needs_ocr)


def _bullets(dots: list[Word], words: list[Word]) -> list[Word]:
    """Those dots that stand just before the first word of a line."""
    bullets = []
    for dot in dots:
        on_line = [word for word in words if word.top < dot.middle < word.bottom]
        after = [word for word in on_line if 0 < word.x0 - dot.x1 < _BULLET_REACH * word.size]
        touching = [word for word in on_line if word.x0 < dot.x1 and word.x1 > dot.x0 - _BULLET_REACH * dot.size]
        if after and not touching:
            first = min(after, key=lambda word: word.x0)
            bullets.append(replace(dot, top=first.top, bottom=first.bottom, size=first.size))
    return bullets


def _has_unread_words(page: "PdfPage", view: PageView, words: list[Word]) -> bool:
    """True where the page shows words that its text layer does not have: a scan, drawn letters, a font without map."""
    letters = "".join(word.text for word in words)
    unmapped = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < " " for char in letters)
    if letters and unmapped > _UNREADABLE_SHARE * len(letters):
        return True
    if len(letters) >= _FEW_CHARACTERS:
        return False
    return image_share(page, view) > _IMAGE_SHARE or drawn_shapes(page) > _DRAWN_TEXT_SHAPES
