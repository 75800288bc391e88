"""Files written whole or not at all, and the sentence to say where they cannot be written."""

import errno
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from corpus.errors import StoreNotWritable


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: another process sees the old content or the new, never a part.

    Raises StoreNotWritable where its folder cannot be written.
    """
    _replace(path, lambda draft: draft.write(content))


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file in one step. Raises StoreNotWritable where the target's folder cannot be written."""
    with source.open("rb") as original:
        _replace(target, lambda draft: shutil.copyfileobj(original, draft))


def not_writable(folder: Path, error: OSError) -> StoreNotWritable:
    """The error to raise where a folder of the project cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreNotWritable(f"Le disque est plein ({folder}) : libérez de la place, puis recommencez.")
    reason = error.strerror or str(error)
    return StoreNotWritable(f"Le dossier {folder} ne peut pas être écrit ({reason}) : vérifiez ses droits.")


def flush_folder(folder: Path) -> None:
    """Have the system put every file of a folder, and their names, on the disk."""
    for path in [*sorted(folder.rglob("*")), folder]:
        # Opening a folder to flush its names is a POSIX habit; Windows refuses it and does not need it.
        if path.is_dir() and os.name == "nt":
            continue
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _replace(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    draft_path = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft_path.open("xb") as draft:
                fill(draft)
                draft.flush()
                os.fsync(draft.fileno())
            os.replace(draft_path, path)
        except OSError:
            draft_path.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise not_writable(path.parent, error) from error
