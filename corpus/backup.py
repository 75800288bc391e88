"""The working folder in one file, and back: the index in service, the documents added, templates, readers' feedback.

A restored index is put beside the one in service as a new generation and then switched to, as an ingestion does: a page
that is open meanwhile goes on answering.
"""

import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import AssistantError, BackupUnusable, IndexMissing
from corpus.files import flush_folder, not_writable
from corpus.index.base import prune
from corpus.index.health import check_files
from corpus.index.layout import RECORD, hash_files, next_name, read_record, write_pointer, write_record
from corpus.index.lock import writer_lock
from corpus.records.base import Record
from corpus.settings import Settings

FORMAT = 1
_LABEL = "sauvegarde.json"
_INDEX = "index"
_KEPT = ("corpus", "modeles", "feedback")
"""Folders of the working folder that are kept as they are; the index is kept by its generation in service alone."""


class BackupLabel(Record):
    """What a backup says of itself."""

    format: int
    created: str
    """Day and hour, ISO 8601, UTC."""
    generation: str | None
    """Generation of the index it holds; None where no index was in service."""
    documents: int = 0


def back_up(settings: Settings, path: Path) -> BackupLabel:
    """Write the backup to a .tar.gz file, whole or not at all.

    Raises IngestionInProgress while the corpus is being changed, IndexDamaged where the index in service is not as it
    was checked, StoreNotWritable where the file cannot be written.
    """
    with writer_lock(settings.index_dir):
        try:
            folder, record = check_files(settings)
        except IndexMissing:
            folder, record = None, None
        label = BackupLabel(
            format=FORMAT, created=datetime.now(UTC).isoformat(timespec="seconds"),
            generation=record.name if record else None, documents=len(record.documents) if record else 0,
        )  # fmt: skip
        draft = path.with_name(f".{path.name}.partiel")
        try:
            with tarfile.open(draft, "w:gz", compresslevel=5) as archive:
                _add_text(archive, _LABEL, label.model_dump_json(indent=1))
                if folder is not None:
                    archive.add(folder, f"{_INDEX}/{folder.name}")
                for name in _KEPT:
                    if (settings.data_dir / name).is_dir():
                        archive.add(settings.data_dir / name, name)
            os.chmod(draft, 0o600)
            os.replace(draft, path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise not_writable(path.parent, error) from error
    return label


def restore(settings: Settings, path: Path) -> BackupLabel:
    """Put a backup in service in place of what is there. Everything is read and checked before anything changes.

    Raises BackupUnusable where the file is no backup or is damaged, IngestionInProgress while the corpus is being
    changed, StoreNotWritable where the working folder cannot be written.
    """
    with writer_lock(settings.index_dir), _unpacked(settings, path) as (folder, label):
        try:
            _put_folders(settings.data_dir, folder)
            if label.generation is not None:
                _put_index(settings.index_dir, folder / _INDEX / label.generation)
        except OSError as error:
            raise not_writable(settings.data_dir, error) from error
    return label


@contextmanager
def _unpacked(settings: Settings, path: Path) -> Iterator[tuple[Path, BackupLabel]]:
    """The content of a backup in a folder beside its destination, checked."""
    unusable = f"« {path} » n'est pas une sauvegarde utilisable"
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=".restauration-", dir=settings.data_dir))
    except OSError as error:
        raise not_writable(settings.data_dir, error) from error
    try:
        try:
            with tarfile.open(path, "r:gz") as archive:
                # The filter refuses absolute paths, paths that climb out, links that lead out, and devices.
                archive.extractall(place, filter="data")
            label = BackupLabel.model_validate_json((place / _LABEL).read_bytes())
        except (OSError, EOFError, tarfile.TarError, ValidationError, json.JSONDecodeError) as error:
            raise BackupUnusable(f"{unusable} : donnez un fichier écrit par « ctg backup ».") from error
        if label.format != FORMAT:
            raise BackupUnusable(f"{unusable} : elle est au format {label.format}, cette version lit le {FORMAT}.")
        if label.generation is not None:
            _check_index(place / _INDEX / label.generation, unusable)
        yield place, label
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _check_index(folder: Path, unusable: str) -> None:
    try:
        record = read_record(folder)
    except AssistantError as error:
        raise BackupUnusable(f"{unusable} : {error}") from error
    if hash_files(folder) != record.files:
        raise BackupUnusable(f"{unusable} : l'index qu'elle contient est endommagé.")


def _put_folders(data_dir: Path, folder: Path) -> None:
    for name in _KEPT:
        before = data_dir / f".{name}.avant"
        shutil.rmtree(before, ignore_errors=True)
        if (data_dir / name).exists():
            (data_dir / name).rename(before)
        if (folder / name).is_dir():
            (folder / name).rename(data_dir / name)
        shutil.rmtree(before, ignore_errors=True)


def _put_index(index_dir: Path, generation: Path) -> None:
    name = next_name(index_dir)
    record = read_record(generation)
    (generation / RECORD).unlink()
    write_record(generation, record.model_copy(update={"name": name}))
    flush_folder(generation)
    generation.rename(index_dir / name)
    write_pointer(index_dir, name)
    prune(index_dir)


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))
