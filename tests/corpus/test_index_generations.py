"""One generation after another: only what changed, nothing left behind, never two writers."""

import shutil
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from index_support import BUS, CRECHE, JEUNES, MAM, build_document, put
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.errors import IndexMissing, IngestionInProgress, ModelUnavailable, StoreNotWritable
from corpus.index import generation
from corpus.index.catalogue import Catalogue
from corpus.index.layout import generation_names
from corpus.index.lock import writer_lock
from corpus.index.reader import open_index
from corpus.index.vectors import open_folder
from corpus.settings import Settings


class CountingEmbedder:
    """The real model, remembering what it was asked."""

    def __init__(self, real: Embedder, fails: bool = False) -> None:
        self._real = real
        self._fails = fails
        self.texts: list[str] = []
        self.name = real.name
        self.fingerprint = real.fingerprint
        self.dimension = real.dimension

    @property
    def quick(self) -> bool:
        return self._real.quick

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._fails:
            raise ModelUnavailable("panne provoquée")
        self.texts += texts
        return self._real.embed(texts)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._real.embed_queries(texts)

    def among_questions(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return self._real.among_questions(vectors)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self._real.embed_query(text)


def in_chroma(folder: Path) -> set[str]:
    """Passage ids in the Chroma folder of a generation (read on a copy: opening changes files)."""
    copy = folder.parent / "copie"
    shutil.copytree(folder / "chroma", copy)
    store = open_folder(copy, "passages")
    ids = set(store.hashes())
    store.close()
    shutil.rmtree(copy)
    return ids


def test_no_index_yet(settings: Settings) -> None:
    with pytest.raises(IndexMissing, match="ctg ingest"):
        open_index(settings)


def test_a_change_embeds_only_what_is_new_and_leaves_no_orphan(settings: Settings, embedder: Embedder) -> None:
    put(settings, embedder, [build_document("aa", [CRECHE, MAM]), build_document("bb", [JEUNES, BUS])])
    counting = CountingEmbedder(embedder)
    moved = "Les vacances d'hiver ouvrent quinze places de plus."
    put(settings, counting, [build_document("bb", [moved, JEUNES])])
    assert counting.texts == [f"Pays de bb\n{moved}"]

    published = put(settings, counting, [], removed=["aa"])
    assert len(counting.texts) == 1
    folder = settings.index_dir / published.record.name
    catalogue = Catalogue(folder / "catalogue.sqlite")
    expected = {"bb#p0-0", "bb#p0-1"}
    assert {row[0] for row in catalogue.rows("SELECT id FROM passages")} == expected
    for table in ("fts", "vectors"):
        assert catalogue.rows(f"SELECT COUNT(*) FROM {table}") == [(2,)]
    for table in ("sections", "words", "texts", "fiches", "equipment"):
        assert {row[0] for row in catalogue.rows(f"SELECT document FROM {table}")} <= {"bb"}
    catalogue.close()
    assert in_chroma(folder) == expected
    assert open_index(settings).lexical("crèche") == []


def test_a_reader_notices_the_switch_and_the_old_one_goes_on(settings: Settings, embedder: Embedder) -> None:
    put(settings, embedder, [build_document("aa", [CRECHE])])
    before = open_index(settings)
    assert open_index(settings) is before
    question = embedder.embed_query("minibus")
    for text in (MAM, JEUNES, BUS):
        put(settings, embedder, [build_document("aa", [text])])
    after = open_index(settings)
    assert (before.passage("aa#p0-0").text, after.passage("aa#p0-0").text) == (CRECHE, BUS)
    assert before.lexical("microcrèche")
    assert not after.lexical("microcrèche")
    assert before.dense(question)[0][1] < after.dense(question)[0][1]


def test_only_the_previous_generation_is_kept(settings: Settings, embedder: Embedder) -> None:
    for text in (CRECHE, MAM, JEUNES):
        put(settings, embedder, [build_document("aa", [text])])
    (settings.index_dir / "gen-000009").mkdir()  # left by an interrupted ingestion
    put(settings, embedder, [build_document("aa", [BUS])])
    assert generation_names(settings.index_dir) == ["gen-000003", "gen-000010"]


def test_a_second_writer_is_refused_at_once(settings: Settings) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with writer_lock(settings.index_dir):
            held.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    started = time.perf_counter()
    with pytest.raises(IngestionInProgress, match="déjà en cours"), writer_lock(settings.index_dir):
        pass
    assert time.perf_counter() - started < 1
    done.set()
    thread.join()


def test_a_failure_midway_leaves_the_index_as_it_was(settings: Settings, embedder: Embedder) -> None:
    put(settings, embedder, [build_document("aa", [CRECHE])])
    with pytest.raises(ModelUnavailable):
        put(settings, CountingEmbedder(embedder, fails=True), [build_document("aa", [BUS])])
    assert open_index(settings).passage("aa#p0-0").text == CRECHE
    assert generation_names(settings.index_dir) == ["gen-000001"]


def test_too_little_space_is_said_before_anything_is_written(
    settings: Settings, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings, embedder, [build_document("aa", [CRECHE])])
    monkeypatch.setattr(generation, "_SPARE_BYTES", 10**18)
    with pytest.raises(StoreNotWritable, match="libérez"):
        put(settings, embedder, [build_document("aa", [BUS])])
    assert open_index(settings).passage("aa#p0-0").text == CRECHE
