"""The one door of the readers: finds out what a file is, and has it read within limits."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.records import PageConvention, PageSpan, ReadDocument
from corpus.settings import load_settings
from ingest.readers.blocks import LINE_END_SIGNS
from ingest.readers.kinds import FileKind, find_kind
from ingest.readers.limits import ReadLimits
from ingest.readers.paragraphs import goes_on_after
from ingest.readers.refusal import refused
from ingest.readers.sandbox import run_in_child
from ingest.readers.scan import read_scanned_pages
from ingest.readers.text import read_text

Progress = Callable[[int, int], None]
"""Called with (pages done, pages to do) while the pages of a scan are read."""


def read_document(
    path: Path,
    convention: PageConvention = "aucune",
    *,
    limits: ReadLimits | None = None,
    progress: Progress | None = None,
    kept_pages: Path | None = None,
) -> ReadDocument:
    """A file as raw text with its pages, whatever its format.

    `convention` says how a plain text shows its pages; other formats have their own. `kept_pages` is the folder where
    the pages of scans are kept, so that an interrupted reading goes on where it stopped (by default in the data
    folder). Raises DocumentUnreadable, with the file's name, the reason and what to do.
    """
    bounds = limits or ReadLimits(file_mb=load_settings().file_max_mb)
    check_file(path, bounds)
    kind = find_kind(path)
    if kind == "texte":
        read = read_text(path, convention)
        if len(read.text) > bounds.characters:
            raise refused(path, "contient trop de texte", "découpez-le en plusieurs fichiers.")
        return read
    if kind in ("pdf", "image"):
        folder = kept_pages or load_settings().data_dir / "pages"
        return _read_paged(path, kind, bounds, progress, folder)
    answer = run_in_child(kind, path, bounds)
    pages = tuple(PageSpan(**page) for page in answer["pages"])
    return _with_words(path, answer["text"], pages, kind, answer.get("encoding"), ())


def check_file(path: Path, limits: ReadLimits) -> None:
    """Refuses at once, without opening it, what is no file, is empty or is too large.

    Raises DocumentUnreadable.
    """
    if path.is_dir():
        raise refused(path, "est un dossier", "donnez-le lui-même à `ctg ingest`, qui ne lit pas les sous-dossiers.")
    if not path.is_file():
        reason = "n'existe pas" if not path.exists() else "n'est pas un fichier ordinaire"
        raise refused(path, reason, "vérifiez son nom et son dossier.")
    size = path.stat().st_size
    if size == 0:
        raise refused(path, "est vide", "redonnez le fichier complet.")
    if size > limits.file_mb * 1_000_000:
        raise refused(
            path,
            f"est trop gros ({size / 1_000_000:.0f} Mo ; limite : {limits.file_mb} Mo)",
            "découpez-le, ou augmentez le réglage CTG_FILE_MAX_MB.",
        )


def _read_paged(
    path: Path, kind: FileKind, limits: ReadLimits, progress: Progress | None, folder: Path
) -> ReadDocument:
    if kind == "pdf":
        answer: dict[str, Any] = run_in_child("pdf", path, limits)
    else:
        count = run_in_child("count", path, limits)
        answer = {"pages": [""] * count, "without_text": [*range(1, count + 1)]}
    texts: list[str] = answer["pages"]
    scanned: list[int] = answer["without_text"]
    notes: tuple[str, ...] = ()
    if scanned:
        only_scan = not any(text.strip() for text in texts)
        recognised, notes = read_scanned_pages(path, scanned, limits, progress, folder, required=only_scan)
        for number, text in recognised.items():
            texts[number - 1] = text
    text, pages = _assemble(texts)
    form = kind if not scanned else ("pdf-scan" if kind == "pdf" else "image")
    return _with_words(path, text, pages, form, None, notes)


def _assemble(texts: list[str]) -> tuple[str, tuple[PageSpan, ...]]:
    """Pages put end to end; the white space after a page belongs to it."""
    pages = []
    whole = ""
    for number, page in enumerate(texts, 1):
        start = len(whole)
        following = next((text for text in texts[number:] if text), "")
        whole += page + (_joint(page, following) if page and following else "")
        pages.append(PageSpan(number=number, start=start, end=len(whole)))
    return whole, tuple(pages)


def _joint(above: str, below: str) -> str:
    """White space between two pages: a sentence that the page break cut is put back together."""
    last = above.rsplit("\n", 1)[-1]
    if not goes_on_after(last, below):
        return "\n\n"
    return "" if last.endswith(LINE_END_SIGNS) else " "


def _with_words(
    path: Path, text: str, pages: tuple[PageSpan, ...], form: str, encoding: str | None, notes: tuple[str, ...]
) -> ReadDocument:
    if not text.strip():
        raise refused(path, "ne contient aucun texte", "vérifiez qu'il s'agit du bon fichier.")
    return ReadDocument(text=text, pages=pages, format=form, encoding=encoding, notes=notes)
