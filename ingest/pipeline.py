"""From files to an index in service: compare, read what changed, prepare one generation, switch.

The manifest says what the corpus should hold; the index is brought to it. A document that fails keeps its previous
version in service and never stops the others.
"""

import time
from collections.abc import Sequence
from pathlib import Path

from corpus.embedding import Embedder, load_embedder
from corpus.errors import IndexDamaged, IndexForeign, IndexMissing
from corpus.index.generation import Progress
from corpus.index.health import check_files
from corpus.index.lock import writer_lock
from corpus.manifest import remove_entry
from corpus.settings import Settings
from ingest.adding import add_files
from ingest.convergence import Tally, bring_index_to_manifest
from ingest.report import IngestReport


def ingest_corpus(
    settings: Settings,
    paths: Sequence[Path] = (),
    progress: Progress | None = None,
    embedder: Embedder | None = None,
) -> IngestReport:
    """Index the corpus, after adding the files (or the files of the folders) of `paths` to it.

    What did not change is neither read nor embedded; where nothing did, the generation in service stays. A given file
    whose content the corpus already has adds nothing; one that is a newer version of a document replaces it.

    Raises IngestionInProgress at once where another ingestion runs, CorpusError for a wrong manifest or where no
    document can be indexed at all, StoreNotWritable, ModelUnavailable, VectorStoreUnavailable or IndexDamaged where a
    generation cannot be made; the index in service is then untouched.
    """
    started = time.perf_counter()
    with writer_lock(settings.index_dir):
        tally = Tally(settings, progress or _silent, embedder or load_embedder(settings))
        with tally:
            add_files(tally, paths)
            return bring_index_to_manifest(tally, started)


def remove_document(
    settings: Settings, document: str, progress: Progress | None = None, embedder: Embedder | None = None
) -> IngestReport:
    """Take a document out of the corpus and of the index.

    Raises UnknownDocument, and what `ingest_corpus` raises.
    """
    started = time.perf_counter()
    with writer_lock(settings.index_dir):
        tally = Tally(settings, progress or _silent, embedder or load_embedder(settings))
        with tally:
            remove_entry(settings.corpus_dir, settings.added_dir, document)
            return bring_index_to_manifest(tally, started)


def ensure_index(
    settings: Settings, progress: Progress | None = None, embedder: Embedder | None = None
) -> IngestReport | None:
    """Index the corpus where no usable index is in service; None where one is. Raises what `ingest_corpus` raises."""
    try:
        check_files(settings)
    except (IndexMissing, IndexDamaged, IndexForeign):
        return ingest_corpus(settings, progress=progress, embedder=embedder)
    return None


def _silent(step: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""
