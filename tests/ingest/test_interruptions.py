"""kill -9 and a full disk in the middle of an ingestion: the old index serves, and the next ingestion converges."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ingest_in_child import QuickEmbedder
from test_pipeline import FOREZ, VAL, write_corpus

from corpus.index.layout import generation_names
from corpus.index.reader import open_index
from corpus.settings import Settings
from ingest.pipeline import ingest_corpus

ROOT = Path(__file__).resolve().parents[2]
NEW_VAL = VAL.replace("vingt places", "trente places")


def start(settings: Settings, largest: int = 0) -> "subprocess.Popen[str]":
    script = Path(__file__).with_name("ingest_in_child.py")
    command = [sys.executable, str(script), str(settings.corpus_dir), str(settings.data_dir), str(largest)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus and its index, copied by each test."""
    folder = tmp_path_factory.mktemp("projet")
    write_corpus(folder / "corpus", val=VAL, forez=FOREZ)
    settings = Settings(corpus_dir=folder / "corpus", data_dir=folder / "var")
    ingest_corpus(settings, embedder=QuickEmbedder(settings))
    return folder


@pytest.fixture
def settings(indexed: Path, tmp_path: Path) -> Settings:
    shutil.copytree(indexed, tmp_path, dirs_exist_ok=True)
    write_corpus(tmp_path / "corpus", val=NEW_VAL, forez=FOREZ)
    return Settings(corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "var")


@pytest.mark.parametrize(
    ("step", "delay"),
    [
        ("Lecture", 0.0),
        ("Calcul des vecteurs 0", 0.0),
        ("Vecteurs et vérification 0", 0.0),
        ("Vecteurs et vérification 0", 0.4),
        ("Vecteurs et vérification 1", 0.0),
    ],
)
def test_a_kill_leaves_the_old_index_and_the_next_run_converges(settings: Settings, step: str, delay: float) -> None:
    process = start(settings)
    assert process.stdout
    assert any(line.startswith(step) for line in process.stdout)
    time.sleep(delay)
    process.kill()
    process.communicate()

    index = open_index(settings)
    assert index.vectors_in_chroma
    old, new = bool(index.lexical("vingt places")), bool(index.lexical("trente places"))
    assert old != new
    report = ingest_corpus(settings, embedder=QuickEmbedder(settings))
    assert not report.failed
    assert open_index(settings).lexical("trente places")
    assert len(generation_names(settings.index_dir)) <= 2


def test_a_disk_that_refuses_leaves_the_old_index(settings: Settings) -> None:
    write_corpus(settings.corpus_dir, val=NEW_VAL * 40, forez=FOREZ)
    output = start(settings, largest=150_000).communicate(timeout=60)[0]
    assert "erreur StoreNotWritable" in output
    assert open_index(settings).lexical("vingt places")
    assert generation_names(settings.index_dir) == ["gen-000001"]
    assert ingest_corpus(settings, embedder=QuickEmbedder(settings)).replaced == ("val",)
