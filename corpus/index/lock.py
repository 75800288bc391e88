"""The right to prepare a generation, held by one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from corpus.errors import IngestionInProgress
from corpus.files import not_writable
from corpus.index.layout import LOCK

_WAIT_S = 0.5


@contextmanager
def writer_lock(index_dir: Path) -> Iterator[None]:
    """Hold the right to prepare a generation; the system frees it when the process ends, however it ends.

    Raises IngestionInProgress within a second where another process or thread holds it, StoreNotWritable where the
    folder cannot be written.
    """
    lock = filelock.FileLock(index_dir / LOCK, timeout=_WAIT_S, thread_local=False)
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout as error:
        raise IngestionInProgress(
            "Une indexation est déjà en cours : attendez qu'elle se termine, puis recommencez."
        ) from error
    except OSError as error:
        raise not_writable(index_dir, error) from error
    try:
        yield
    finally:
        lock.release()
