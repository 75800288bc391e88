"""Opening a generation: what it says of itself is believed only after its files were compared with what was checked.

Chroma changes the files of a folder that it opens, even only to read. So it is given a private copy, which goes away
with the process; what is in service is never written, many processes can read it, and a read-only disk is fine.
"""

import logging
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Collection
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import load_embedder
from corpus.errors import IndexDamaged, IndexForeign
from corpus.index.catalogue import Catalogue
from corpus.index.exact import ExactVectors
from corpus.index.layout import CATALOGUE, CHROMA, hash_files, read_pointer, read_record
from corpus.index.records import GenerationRecord
from corpus.index.vectors import VectorStore, open_folder, open_server
from corpus.settings import Settings

_COPY_PREFIX = "ctg-vecteurs-"
_log = logging.getLogger(__name__)


def open_generation(settings: Settings) -> "OpenGeneration":
    """The generation in service, opened. Raises IndexMissing, IndexForeign or IndexDamaged."""
    for attempt in (1, 2):
        name = read_pointer(settings.index_dir)
        folder = settings.index_dir / name
        try:
            record = read_record(folder)
            refuse_other_model(record, settings)
            hashes = hash_files(folder)
            if hashes.get(CATALOGUE) != record.files.get(CATALOGUE):
                raise IndexDamaged(
                    f"Le catalogue de l'index ({folder / CATALOGUE}) est endommagé : "
                    "lancez `ctg ingest` pour le reconstruire."
                )
            return OpenGeneration(folder, record, chroma_sound=hashes == record.files, settings=settings)
        except (IndexDamaged, OSError) as error:
            # A switch and a pruning may have passed between the pointer and the files.
            if attempt == 1 and read_pointer(settings.index_dir) != name:
                continue
            if isinstance(error, OSError):
                raise IndexDamaged(
                    f"L'index {folder} est illisible ({error.strerror}) : lancez `ctg ingest` pour le reconstruire."
                ) from error
            raise
    raise IndexDamaged("L'index change sans cesse : attendez la fin de l'indexation, puis recommencez.")


def refuse_other_model(record: GenerationRecord, settings: Settings) -> None:
    """Raises IndexForeign, naming both, where another model than the one of the settings made the vectors."""
    embedder = load_embedder(settings)
    made_by = record.embedding
    if (made_by.name, made_by.fingerprint) != (embedder.name, embedder.fingerprint):
        raise IndexForeign(
            f"L'index en service a été fait avec le modèle « {made_by.name} » (empreinte {made_by.fingerprint}), le "
            f"réglage demande « {embedder.name} » (empreinte {embedder.fingerprint}) : lancez `ctg ingest` pour le "
            "reconstruire, ou rétablissez CTG_EMBEDDING_MODEL."
        )


class OpenGeneration:
    """A generation in use: its record, its catalogue and its vectors, these opened at the first search."""

    def __init__(self, folder: Path, record: GenerationRecord, chroma_sound: bool, settings: Settings) -> None:
        self.record = record
        self.catalogue = Catalogue(folder / CATALOGUE)
        self._url = settings.chroma_url
        self._lock = threading.Lock()
        self._copy: Path | None = None
        if self._url is None and record.vectors.url is None and record.vectors.version == version("chromadb"):
            self._copy = _private_copy(folder / CHROMA) if chroma_sound else None
        if self._copy:
            weakref.finalize(self, shutil.rmtree, self._copy, ignore_errors=True)

    @property
    def vectors_in_chroma(self) -> bool:
        """False where the catalogue's own vectors serve because Chroma's cannot."""
        return self._store is not None

    def search(
        self, vector: NDArray[np.float32], documents: Collection[str] | None, limit: int
    ) -> list[tuple[str, float]]:
        """Passage ids and cosines, nearest first.

        Raises IndexForeign for a vector of another length, VectorStoreUnavailable where a server is silent.
        """
        if not self.record.embedding.dimension:
            return []
        if vector.shape != (self.record.embedding.dimension,):
            raise IndexForeign(
                f"L'index en service a des vecteurs de longueur {self.record.embedding.dimension}, la question en a un "
                f"de forme {vector.shape} : lancez `ctg ingest` pour reconstruire l'index."
            )
        store = self._store
        if store is not None:
            return store.search(vector, documents, limit)
        return self._exact.search(vector, documents, limit)

    @cached_property
    def _exact(self) -> ExactVectors:
        return ExactVectors(self.catalogue)

    @property
    def _store(self) -> VectorStore | None:
        """The collection; None where it cannot be used. A server that was silent is tried again at the next call."""
        with self._lock:
            if "_opened_store" not in self.__dict__:
                self._opened_store = self._open_store()
            return self._opened_store

    def _open_store(self) -> VectorStore | None:
        state = self.record.vectors
        if self._url is not None and self._url == state.url:
            return open_server(self._url, state.collection)
        if self._copy is None:
            _log.warning("les vecteurs de %s sont lus dans le catalogue : `ctg ingest` remettra Chroma en ordre", state)
            return None
        store = open_folder(self._copy, state.collection)
        weakref.finalize(self, store.close)
        return store


def _private_copy(folder: Path) -> Path | None:
    """A copy of Chroma's files that only this process uses; None where no disk will hold it."""
    _sweep_copies()
    try:
        copy = Path(tempfile.mkdtemp(prefix=f"{_COPY_PREFIX}{os.getpid()}-"))
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        # The files in service may be read-only, and the copy takes their modes; opening it changes its files.
        for path in (copy, *copy.rglob("*")):
            path.chmod(path.stat().st_mode | (0o700 if path.is_dir() else 0o600))
        return copy
    except OSError as error:
        _log.warning("les vecteurs ne peuvent pas être copiés (%s) : ils sont lus dans le catalogue", error)
        return None


def _sweep_copies() -> None:
    """Delete the copies of processes that were killed before they could."""
    for path in Path(tempfile.gettempdir()).glob(f"{_COPY_PREFIX}*"):
        owner = path.name.removeprefix(_COPY_PREFIX).partition("-")[0]
        if owner.isdigit() and not _runs(int(owner)):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
