"""Damage of many shapes, foreign indexes, a lost pointer: said clearly, never a crash, put right by an ingestion."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from index_support import BUS, CRECHE, JEUNES, MAM, build_document, put

from corpus.embedding import Embedder, load_embedder
from corpus.errors import IndexDamaged, IndexForeign, IndexMissing
from corpus.index.base import find_base
from corpus.index.child import VectorWorker
from corpus.index.health import find_faults
from corpus.index.job import Job
from corpus.index.layout import CURRENT
from corpus.index.reader import open_index
from corpus.index.records import FORMAT
from corpus.index.vectors import open_folder
from corpus.index.worker import run_job
from corpus.settings import Settings


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A data folder with an index of two generations; copied by each test."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("var"))
    put(settings, embedder, [build_document("aa", [CRECHE, MAM]), build_document("bb", [JEUNES])])
    put(settings, embedder, [build_document("bb", [JEUNES, BUS])])
    return settings.data_dir


@pytest.fixture
def copied(sound: Path, settings: Settings) -> Settings:
    shutil.copytree(sound, settings.data_dir)
    return settings


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def delete(path: Path) -> None:
    path.unlink()


DAMAGES = (flip, truncate, empty, noise, delete)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", ["catalogue.sqlite", "generation.json"])
def test_a_damaged_catalogue_is_said_and_the_previous_generation_saves_the_work(
    copied: Settings, embedder: Embedder, damage: Callable[[Path], None], file: str
) -> None:
    damage(copied.index_dir / "gen-000002" / file)
    with pytest.raises(IndexDamaged, match="ctg ingest"):
        open_index(copied)
    assert find_faults(copied)
    base = find_base(copied.index_dir, None)
    assert base is not None
    assert (base.record.name, base.in_service) == ("gen-000001", False)
    put(copied, embedder, [build_document("bb", [JEUNES, BUS])])
    assert open_index(copied).lexical("minibus")


@pytest.mark.parametrize(
    ("file", "damage"),
    [*(("chroma.sqlite3", damage) for damage in DAMAGES), ("data_level0.bin", truncate), ("header.bin", delete)],
)
def test_damaged_vectors_cost_no_answer(
    copied: Settings, embedder: Embedder, file: str, damage: Callable[[Path], None]
) -> None:
    question = embedder.embed_query("transport des familles")
    expected = open_index(copied).dense(question, limit=4)
    damage(next((copied.index_dir / "gen-000002" / "chroma").rglob(file)))
    os.utime(copied.index_dir / CURRENT)
    index = open_index(copied)
    assert not index.vectors_in_chroma
    assert [name for name, _ in index.dense(question, limit=4)] == [name for name, _ in expected]
    assert "chroma" in find_faults(copied)[0]
    put(copied, embedder, [])
    assert open_index(copied).vectors_in_chroma
    assert [name for name, _ in open_index(copied).dense(question, limit=4)] == [name for name, _ in expected]


@pytest.mark.parametrize("content", [b"", b"gen-000099\n", b"../../etc", b"\xff\xfe\x00", b"gen-000002/chroma"])
def test_a_damaged_pointer_is_said_and_put_right(copied: Settings, embedder: Embedder, content: bytes) -> None:
    (copied.index_dir / CURRENT).write_bytes(content)
    with pytest.raises(IndexDamaged, match="CURRENT"):
        open_index(copied)
    put(copied, embedder, [])
    assert open_index(copied).lexical("minibus")


def test_a_missing_pointer_is_told_from_no_index(copied: Settings) -> None:
    (copied.index_dir / CURRENT).unlink()
    with pytest.raises(IndexDamaged, match="manque"):
        open_index(copied)
    shutil.rmtree(copied.index_dir)
    with pytest.raises(IndexMissing):
        open_index(copied)


def test_another_model_of_the_same_length_is_refused(copied: Settings, tmp_path: Path) -> None:
    other = tmp_path / "autre-modele"
    english = load_embedder(copied.model_copy(update={"embedding_model": "all-MiniLM-L6-v2"}))
    shutil.copytree(english._folder, other)  # type: ignore[attr-defined]
    flip(other / "model.safetensors")
    foreign = copied.model_copy(update={"embedding_model": str(other)})
    with pytest.raises(IndexForeign, match=r"autre-modele.*ctg ingest") as refusal:
        open_index(foreign)
    assert "« multilingual-e5-small »" in str(refusal.value)
    assert open_index(copied).lexical("minibus")


@pytest.mark.parametrize("made_by", [FORMAT - 1, FORMAT + 1])
def test_another_format_is_refused_before_anything_is_opened(copied: Settings, made_by: int) -> None:
    folder = copied.index_dir / "gen-000002"
    record = json.loads((folder / "generation.json").read_text())
    (folder / "generation.json").write_text(json.dumps({"format": made_by, "whatever": record}))
    noise(folder / "catalogue.sqlite")
    with pytest.raises(IndexForeign, match=f"format {made_by}.*ctg ingest"):
        open_index(copied)


def test_the_worker_s_death_is_an_answer(copied: Settings) -> None:
    with VectorWorker() as worker:
        assert worker._process
        worker._process.kill()
        with pytest.raises(IndexDamaged):
            worker.run(Job(folder=copied.index_dir / "gen-000002", collection="passages", build=False))


def test_vectors_silently_lost_are_noticed(copied: Settings, tmp_path: Path) -> None:
    """What a kill during Chroma's flush may leave: the count is right and no vector is found."""
    folder = tmp_path / "gen-000003"
    shutil.copytree(copied.index_dir / "gen-000002", folder)
    job = Job(folder=folder, collection="passages", build=False)
    run_job(job)
    store = open_folder(folder / "chroma", "passages")
    hashes = store.hashes()
    store.delete(list(hashes))
    wrong = -np.eye(len(hashes), 384, dtype=np.float32)
    store.add(list(hashes), [name.partition("#")[0] for name in hashes], list(hashes.values()), wrong)
    store.close()
    with pytest.raises(IndexDamaged, match="par son vecteur"):
        run_job(job)


def test_the_worker_ends_with_its_parent(copied: Settings) -> None:
    code = (
        "import os, time; from corpus.index.child import VectorWorker; worker = VectorWorker();"
        "print(worker._process.pid, flush=True); time.sleep(60)"
    )
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=root)
    assert parent.stdout
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    for _ in range(200):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{child}/stat").exists() and Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
            return
        time.sleep(0.1)
    pytest.fail("le processus de vérification survit à celui qui l'a lancé")
