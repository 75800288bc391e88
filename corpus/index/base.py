"""The generations on disk: which one the next starts from, and which ones can go. All under the writer lock."""

import shutil
from importlib.metadata import version
from pathlib import Path

from corpus.errors import AssistantError
from corpus.index.layout import CATALOGUE, RECORD, generation_names, hash_files, read_pointer, read_record
from corpus.index.records import GenerationRecord
from corpus.index.vectors import delete_collection
from corpus.records.base import Record


class Base(Record):
    """The generation that the next one starts from."""

    record: GenerationRecord
    folder: Path
    in_service: bool
    """False where the pointer is lost or names a generation that cannot be used."""
    vectors_sound: bool
    """False where Chroma's files changed since they were checked, or were made by another version of it."""


def find_base(index_dir: Path, chroma_url: str | None) -> Base | None:
    """The generation in service, or the newest sound one where the pointer is lost; None where none is left."""
    current = _current(index_dir)
    names = [name for name in reversed(generation_names(index_dir)) if name != current]
    for name in [current, *names] if current else names:
        folder = index_dir / name
        try:
            record = read_record(folder)
            hashes = hash_files(folder)
        except (AssistantError, OSError):
            continue
        if hashes.get(CATALOGUE) != record.files.get(CATALOGUE):
            continue
        same_store = record.vectors.url == chroma_url and record.vectors.version == version("chromadb")
        sound = same_store and hashes == record.files
        return Base(record=record, folder=folder, in_service=name == current, vectors_sound=sound)
    return None


def prune(index_dir: Path) -> None:
    """Delete every generation but the one in service and the newest whole one before it.

    A reader has read or copied what it needs when it opened a generation, so that none waits for an old folder.
    """
    current = _current(index_dir)
    if current is None:
        return
    names = generation_names(index_dir)
    before = [name for name in names[: names.index(current)] if (index_dir / name / RECORD).exists()]
    for name in names:
        if name not in (current, *before[-1:]):
            _delete(index_dir / name)


def _current(index_dir: Path) -> str | None:
    try:
        return read_pointer(index_dir)
    except AssistantError:
        return None


def _delete(folder: Path) -> None:
    """Delete a generation, and its collection where a server holds it; what cannot go stays for the next time."""
    try:
        state = read_record(folder).vectors
        if state.url:
            delete_collection(state.url, state.collection)
    except AssistantError:
        pass
    shutil.rmtree(folder, ignore_errors=True)
