"""Pages that are pictures: read one by one, each in a child process, kept as they come so that an interrupted reading
goes on where it stopped."""

import base64
import json
import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from corpus.errors import DocumentUnreadable
from corpus.files import write_whole
from ingest.hashing import hash_file
from ingest.readers.limits import ReadLimits
from ingest.readers.refusal import refused, shown_name
from ingest.readers.sandbox import run_in_child
from ingest.readers.system import tesseract_install, tesseract_languages

_READING = 3
"""Raised when pages that were kept must be read again."""
_MOST_AT_ONCE = 4
_FOLDER_NAME = 32
"""Characters of a file's SHA-256 that name the folder of its pages."""


def read_scanned_pages(
    path: Path,
    numbers: Sequence[int],
    limits: ReadLimits,
    progress: Callable[[int, int], None] | None,
    folder: Path,
    *,
    required: bool,
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Text of each page of `numbers`, and one sentence for each fault.

    Pages are kept under `folder`, one folder per file content. Raises DocumentUnreadable where no page can be read
    and the file has no other text (`required`), StoreNotWritable where pages cannot be kept.
    """
    kept = _kept_folder(path, folder)
    texts = {number: text for number in numbers if (text := _kept_text(kept, number)) is not None}
    missing = [number for number in numbers if number not in texts]
    if missing and "fra" not in tesseract_languages():
        return texts, (_without_tesseract(path, missing, required and not texts),)
    faults: dict[int, str] = {}
    pool = ThreadPoolExecutor(max_workers=min(_MOST_AT_ONCE, os.cpu_count() or 1))
    try:
        readings = {pool.submit(_read_page, path, number, limits, kept): number for number in missing}
        for reading in as_completed(readings):
            number = readings[reading]
            try:
                texts[number] = reading.result()
            except DocumentUnreadable as error:
                faults[number] = str(error)
            if progress:
                progress(len(texts) + len(faults), len(numbers))
    finally:
        pool.shutdown(cancel_futures=True)
    if faults and required and not any(text.strip() for text in texts.values()):
        raise DocumentUnreadable(faults[min(faults)])
    return texts, tuple(f"Page {number} non lue. {fault}" for number, fault in sorted(faults.items()))


def page_image(path: Path, number: int, limits: ReadLimits, folder: Path) -> bytes:
    """A page (from 1) of a PDF or image as a JPEG: the one that was kept, else drawn anew.

    Raises DocumentUnreadable where it cannot be drawn.
    """
    kept = _kept_folder(path, folder) / _name(number, "jpg")
    if kept.is_file():
        return kept.read_bytes()
    return base64.b64decode(run_in_child("render", path, limits, page=number))


def forget_pages(folder: Path, file_hash: str) -> None:
    """Delete what was kept under `folder` of the pages of a file (its SHA-256); nothing happens where nothing was."""
    shutil.rmtree(folder / file_hash[:_FOLDER_NAME], ignore_errors=True)


def _read_page(path: Path, number: int, limits: ReadLimits, kept: Path) -> str:
    answer = run_in_child("ocr", path, limits.model_copy(update={"seconds": limits.page_wait_seconds}), page=number)
    text: str = answer["text"]
    record = json.dumps({"reading": _READING, "text": text}, ensure_ascii=False)
    write_whole(kept / _name(number, "jpg"), base64.b64decode(answer["image"]))
    write_whole(kept / _name(number, "json"), record.encode())
    return text


def _kept_text(kept: Path, number: int) -> str | None:
    try:
        record = json.loads((kept / _name(number, "json")).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(record["text"]) if isinstance(record, dict) and record.get("reading") == _READING else None


def _kept_folder(path: Path, folder: Path) -> Path:
    return folder / hash_file(path)[:_FOLDER_NAME]


def _name(number: int, ending: str) -> str:
    return f"page-{number:04d}.{ending}"


def _without_tesseract(path: Path, missing: Sequence[int], required: bool) -> str:
    reason = "Tesseract (français), qui lit les pages scannées, n'est pas installé"
    if required:
        raise refused(path, f"est un scan sans texte et {reason}", f"installez-le ({tesseract_install()}).")
    pages = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
    return f"« {shown_name(path)} » : pages {pages} sans texte, non lues ; {reason} ({tesseract_install()})."
