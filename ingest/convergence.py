"""Bringing the index to what the manifest says: what is new, changed, unchanged, gone, and what fails."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from corpus.attached_questions import load_known_questions
from corpus.embedding import Embedder
from corpus.errors import AssistantError, CorpusError, DocumentUnreadable, IndexDamaged
from corpus.index.base import Base, find_base, prune
from corpus.index.child import VectorWorker
from corpus.index.generation import Changes, Progress, Published, publish
from corpus.index.health import check_generation
from corpus.index.layout import generation_names, write_pointer
from corpus.index.records import DocumentState, IndexedDocument
from corpus.manifest import MANIFEST_NAME, load_manifest
from corpus.settings import Settings
from ingest.hashing import hash_content, hash_file
from ingest.readers.refusal import printable_name, shown_name
from ingest.readers.scan import forget_pages
from ingest.report import IngestFailure, IngestNote, IngestReport, ProposedField
from ingest.understanding import index_document, kept_pages

_log = logging.getLogger(__name__)
# What one document may raise while it is read and understood without being everybody's problem; a full disk or a
# missing model is not among them and stops the ingestion.
_OF_ONE_DOCUMENT = (DocumentUnreadable, CorpusError, ValueError, LookupError, RecursionError)


class Tally:
    """An ingestion under way: what it works with, and what happened so far. Used in a `with` block, under the lock."""

    def __init__(self, settings: Settings, progress: Progress, embedder: Embedder) -> None:
        """Raises CorpusError where a manifest is wrong."""
        self.settings = settings
        self.progress = progress
        self.embedder = embedder
        self.base: Base | None = find_base(settings.index_dir, settings.chroma_url)
        self.ready: dict[str, IndexedDocument] = {}
        """Documents already read, by id: those that were just added."""
        self.failed: list[IngestFailure] = []
        self.duplicates: list[tuple[str, str]] = []
        self.proposals: list[ProposedField] = []
        self._remarks: list[IngestNote] = []
        self._worker: VectorWorker | None = None
        self._stack = ExitStack()
        load_manifest(settings.corpus_dir, settings.added_dir)

    def __enter__(self) -> "Tally":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def state(self, document: str) -> DocumentState | None:
        """What the index in service holds of a document; None where it holds nothing."""
        return self.base.record.documents.get(document) if self.base else None

    def warm_worker(self) -> VectorWorker:
        """The process that will write the vectors: started early, it loads its libraries while documents are read."""
        if self._worker is None:
            self._worker = self._stack.enter_context(VectorWorker())
        return self._worker

    def remark(self, document: str, text: str) -> None:
        """Something to say of a document in the report."""
        self._remarks.append(IngestNote(document=document, text=text))

    @property
    def remarks(self) -> tuple[IngestNote, ...]:
        return tuple(self._remarks)

    @contextmanager
    def one_document(self, file: Path, document: str | None) -> Iterator[None]:
        """Write down what goes wrong with one document, and go on."""
        try:
            yield
        except _OF_ONE_DOCUMENT as error:
            _log.debug("échec sur %s", file, exc_info=True)
            kept = document is not None and self.state(document) is not None
            self.failed.append(
                IngestFailure(file=printable_name(file), document=document, reason=_reason(file, error), kept=kept)
            )


def bring_index_to_manifest(tally: Tally, started: float) -> IngestReport:
    """Read what changed and put the next generation in service, where there is something to change; the report."""
    settings = tally.settings
    manifest = load_manifest(settings.corpus_dir, settings.added_dir)
    questions = load_known_questions(settings)
    ids = [document.entry.id for document in manifest.documents]
    unchanged: list[str] = []
    fresh: list[IndexedDocument] = []
    for number, document in enumerate(manifest.documents):
        entry = document.entry
        with tally.one_document(document.path, entry.id):
            file_hash = hash_file(document.path)
            asked = questions.get(entry.id, ())
            content_hash = hash_content(file_hash, entry, asked)
            state = tally.state(entry.id)
            if state and state.content_hash == content_hash:
                unchanged.append(entry.id)
                continue
            tally.warm_worker()
            tally.progress(f"Lecture de « {entry.title} »", number, len(ids))
            known = tally.ready.get(entry.id)
            if known is None or known.content_hash != content_hash:
                known = index_document(document.path, entry, file_hash, settings, tally.progress, asked)
            fresh.append(known)
    held = tally.base.record.documents if tally.base else {}
    removed = tuple(name for name in held if name not in ids)
    if not fresh and not held:
        raise CorpusError(_nothing_to_index(tally))
    changes = Changes(replaced=tuple(fresh), removed=removed, order=tuple(ids))
    why = _why_rebuilt(tally)
    published = _publish(tally, changes, why is not None)
    _forget_pages(settings, held, published.record.documents)
    return IngestReport(
        added=tuple(document.entry.id for document in fresh if document.entry.id not in held),
        unchanged=tuple(unchanged),
        replaced=tuple(document.entry.id for document in fresh if document.entry.id in held),
        removed=removed,
        failed=tuple(tally.failed),
        duplicates=tuple(tally.duplicates),
        notes=(*tally.remarks, *_reading_notes(fresh)),
        proposals=tuple(tally.proposals),
        generation=published.record.name,
        rebuilt=why,
        passages=published.record.counts.passages,
        embedded=published.embedded,
        seconds=round(time.perf_counter() - started, 2),
    )


def _forget_pages(settings: Settings, before: Mapping[str, DocumentState], after: Mapping[str, DocumentState]) -> None:
    """Delete the scanned pages of files that the corpus no longer holds."""
    kept = {state.file_hash for state in after.values()}
    for file_hash in {state.file_hash for state in before.values()} - kept:
        forget_pages(kept_pages(settings), file_hash)


def _reading_notes(fresh: Sequence[IndexedDocument]) -> list[IngestNote]:
    return [IngestNote(document=document.entry.id, text=note) for document in fresh for note in document.read.notes]


def _publish(tally: Tally, changes: Changes, rebuild: bool) -> Published:
    index_dir = tally.settings.index_dir
    base = tally.base
    if base and not (changes.replaced or changes.removed or rebuild):
        if not base.in_service:
            write_pointer(index_dir, base.record.name)
            prune(index_dir)
        return Published(record=base.record, embedded=0)
    worker = tally.warm_worker()
    return publish(index_dir, base, changes, tally.embedder, tally.settings.chroma_url, worker, tally.progress)


def _why_rebuilt(tally: Tally) -> str | None:
    """Why a new generation is needed even where no document changed; None where it is not."""
    base = tally.base
    if base is None:
        return "L'index en service était inutilisable." if generation_names(tally.settings.index_dir) else None
    made_by, wanted = base.record.embedding, tally.embedder
    if (made_by.name, made_by.fingerprint) != (wanted.name, wanted.fingerprint):
        return f"L'index avait été fait avec le modèle « {made_by.name} »."
    if not base.vectors_sound or not _server_sound(tally, base):
        return "Les vecteurs n'étaient plus utilisables."
    return None


def _server_sound(tally: Tally, base: Base) -> bool:
    if base.record.vectors.url is None:
        return True
    try:
        check_generation(base.folder, base.record)
    except IndexDamaged:
        return False
    return True


def _nothing_to_index(tally: Tally) -> str:
    if not tally.failed:
        return (
            f"Le corpus est vide : décrivez des documents dans {tally.settings.corpus_dir / MANIFEST_NAME} ou donnez "
            "des fichiers à `ctg ingest`."
        )
    return f"Aucun document n'a pu être indexé. {tally.failed[0].reason}"


def _reason(file: Path, error: Exception) -> str:
    if isinstance(error, AssistantError):
        return str(error)
    return (
        f"Le fichier « {shown_name(file)} » n'a pas pu être compris ({type(error).__name__} : {error}) : "
        "signalez-le en joignant le fichier."
    )
