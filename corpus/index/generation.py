"""Preparing a generation beside the one in service, and putting it in service by one switch.

Nothing in service is written: the folder in service is copied, the copy is changed, checked by another process, put on
the disk, and only then does CURRENT name it. Whatever happens before that leaves the old index as it was.
"""

import errno
import secrets
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from corpus.embedding import Embedder
from corpus.errors import IndexDamaged, StoreNotWritable
from corpus.files import flush_folder, not_writable
from corpus.index.base import Base, prune
from corpus.index.job import Job, Outcome
from corpus.index.layout import CATALOGUE, CHROMA, hash_files, next_name, write_pointer, write_record
from corpus.index.records import DocumentState, EmbeddingIdentity, GenerationRecord, IndexedDocument, VectorState
from corpus.index.writing import CatalogueWriter, open_for_writing
from corpus.records.base import Record

Progress = Callable[[str, int, int], None]
"""Called with what is being done (French), how much is done, and out of how much."""

_EMBED_BATCH = 64
_QUESTION_BATCH = 2000
_SPARE_BYTES = 20_000_000
_FULL_BYTES = 1_000_000


class Worker(Protocol):
    """Who writes the vectors: the process of `corpus.index.child`."""

    def run(self, job: Job) -> Outcome:
        """Have a job done. Raises IndexDamaged or VectorStoreUnavailable."""


class Published(Record):
    """A generation that was put in service."""

    record: GenerationRecord
    embedded: int
    """Passages whose vector was computed for it."""


class Changes(Record):
    """What the next generation does to its base."""

    replaced: tuple[IndexedDocument, ...] = ()
    """Documents to put in, new or in place of their previous version."""
    removed: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    """Ids in the order of the manifest."""


def publish(
    index_dir: Path,
    base: Base | None,
    changes: Changes,
    embedder: Embedder,
    chroma_url: str | None,
    worker: Worker,
    progress: Progress,
) -> Published:
    """Prepare the next generation, check it and put it in service.

    Called under the writer lock. Raises StoreNotWritable, IndexDamaged, ModelUnavailable or VectorStoreUnavailable;
    the generation in service is then untouched and the draft is deleted.
    """
    name = next_name(index_dir)
    folder = index_dir / name
    try:
        published = _prepare(folder, base, changes, embedder, chroma_url, worker, progress)
        write_record(folder, published.record)
        flush_folder(folder)
        write_pointer(index_dir, name)
    except OSError as error:
        raise not_writable(index_dir, error) from error
    finally:
        # On success the draft is the generation in service: pruning keeps it and its predecessor.
        prune(index_dir)
    return published


def _prepare(
    folder: Path,
    base: Base | None,
    changes: Changes,
    embedder: Embedder,
    chroma_url: str | None,
    worker: Worker,
    progress: Progress,
) -> Published:
    progress("Préparation de l'index", 0, 1)
    _check_space(folder.parent, base)
    copied = _copy(base, folder, with_vectors=chroma_url is None)
    identity = EmbeddingIdentity(name=embedder.name, fingerprint=embedder.fingerprint)
    with open_for_writing(folder / CATALOGUE) as writer:
        if base and base.record.embedding.fingerprint != identity.fingerprint:
            writer.forget_vectors()
        for document in changes.removed:
            writer.remove_document(document)
        for indexed in changes.replaced:
            writer.replace_document(indexed)
        writer.set_order(changes.order)
        embedded = _embed_missing(writer, embedder, progress)
        _embed_questions(writer, embedder, progress)
        writer.tidy()
        documents = {
            name: DocumentState(content_hash=content_hash, file_hash=file_hash, counts=counts)
            for name, (content_hash, file_hash, counts) in writer.counts().items()
        }
        identity = identity.model_copy(update={"dimension": writer.dimension()})
    index_id = base.record.index_id if base else secrets.token_hex(4)
    collection = f"ctg-{index_id}-{folder.name}" if chroma_url else "passages"
    churn = base.record.vectors.churn if base and copied else 0
    progress("Vecteurs et vérification", 0, 1)
    outcome = _build_vectors(worker, Job(folder=folder, collection=collection, url=chroma_url, churn=churn), copied)
    progress("Vecteurs et vérification", 1, 1)
    record = GenerationRecord(
        name=folder.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        index_id=index_id,
        embedding=identity,
        vectors=VectorState(version=outcome.version, url=chroma_url, collection=collection, churn=outcome.churn),
        documents=documents,
        files=hash_files(folder),
    )
    return Published(record=record, embedded=embedded)


def _build_vectors(worker: Worker, job: Job, copied: bool) -> Outcome:
    """Have the vectors written and checked; where the copied ones fail, all are written anew from the catalogue."""
    try:
        return worker.run(job)
    except IndexDamaged as error:
        # Chroma tells a full disk in many ways, and stays broken once it met one.
        if shutil.disk_usage(job.folder).free < _FULL_BYTES:
            raise not_writable(job.folder, OSError(errno.ENOSPC, "")) from error
        if not copied:
            raise
    shutil.rmtree(job.folder / CHROMA, ignore_errors=True)
    return worker.run(job.model_copy(update={"churn": 0}))


def _copy(base: Base | None, folder: Path, with_vectors: bool) -> bool:
    """Copy the base's catalogue, and its vectors where they are sound; whether the vectors were copied."""
    folder.mkdir()
    if base is None:
        return False
    shutil.copyfile(base.folder / CATALOGUE, folder / CATALOGUE)
    if not (with_vectors and base.vectors_sound and (base.folder / CHROMA).is_dir()):
        return False
    shutil.copytree(base.folder / CHROMA, folder / CHROMA)
    return True


def _check_space(index_dir: Path, base: Base | None) -> None:
    needed = _SPARE_BYTES
    if base:
        needed += 2 * sum(path.stat().st_size for path in base.folder.rglob("*") if path.is_file())
    free = shutil.disk_usage(index_dir).free
    if free < needed:
        raise StoreNotWritable(
            f"Il reste {free // 1_000_000} Mo sur le disque de {index_dir}, l'indexation en demande "
            f"{needed // 1_000_000} : libérez de la place, puis recommencez."
        )


def _embed_missing(writer: CatalogueWriter, embedder: Embedder, progress: Progress) -> int:
    # Texts of one length together: a batch costs what its longest text costs.
    missing = sorted(writer.without_vector(), key=lambda item: len(item[1].embedding_text()))
    for start in range(0, len(missing), _EMBED_BATCH):
        progress("Calcul des vecteurs", start, len(missing))
        batch = missing[start : start + _EMBED_BATCH]
        writer.set_vectors(batch, embedder.embed([passage.embedding_text() for _, passage in batch]))
    if missing:
        progress("Calcul des vecteurs", len(missing), len(missing))
    return len(missing)


def _embed_questions(writer: CatalogueWriter, embedder: Embedder, progress: Progress) -> None:
    missing = sorted(writer.questions_without_vector(), key=lambda item: len(item[1]))
    for start in range(0, len(missing), _QUESTION_BATCH):
        progress("Calcul des vecteurs des questions connues", start, len(missing))
        batch = missing[start : start + _QUESTION_BATCH]
        vectors = embedder.among_questions(embedder.embed_queries([question for _, question in batch]))
        writer.set_question_vectors([number for number, _ in batch], vectors)
