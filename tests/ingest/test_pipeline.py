"""From files to an index in service: added, unchanged, replaced, removed, refused, and what a failure leaves."""

import json
import os
import time
from collections.abc import Sequence
from contextlib import nullcontext
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from ingest_in_child import QuickEmbedder

from corpus.errors import CorpusError, IngestionInProgress, StoreNotWritable, UnknownDocument
from corpus.index.job import Job, Outcome
from corpus.index.layout import generation_names
from corpus.index.lock import writer_lock
from corpus.index.reader import open_index
from corpus.index.worker import run_job
from corpus.settings import Settings
from ingest import convergence, hashing
from ingest.pipeline import ensure_index, ingest_corpus, remove_document
from ingest.report import IngestReport

VAL = """Convention territoriale globale du Val

Article 1 : Objet

La communauté de communes du Val s'engage à ouvrir une crèche de vingt places à Montbel avant la rentrée de 2027.

Article 2 : Durée

La présente convention est conclue du 1er janvier 2026 au 31 décembre 2030.
"""
FOREZ = """Convention territoriale globale du Forez

Article 1 : Objet

Le Forez renforce son relais petite enfance et crée un lieu d'accueil enfants-parents itinérant dans les hameaux.

Article 2 : Pilotage

Un comité de pilotage se réunit deux fois par an sous la présidence conjointe de la Caf et du Forez.
"""


def write_corpus(folder: Path, **texts: str) -> None:
    """A corpus of plain texts with its manifest."""
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    entries = []
    for name, text in texts.items():
        (documents / f"{name}.txt").write_text(text, encoding="utf-8")
        entries.append(
            {
                "id": name, "file": f"{name}.txt", "title": f"Convention {name}", "kind": "convention",
                "territory": {"name": f"Pays de {name}", "short_name": name}, "provenance": "Inventé pour les tests.",
            }
        )  # fmt: skip
    (folder / "manifest.yaml").write_text(yaml.safe_dump({"documents": entries}, allow_unicode=True), encoding="utf-8")


class HereWorker(nullcontext[None]):
    """The vector process's own work done here: only the interruption tests need the process around it."""

    def __enter__(self) -> "HereWorker":  # type: ignore[override]
        return self

    def run(self, job: Job) -> Outcome:
        return Outcome(ok=True, churn=run_job(job), version=version("chromadb"))


@pytest.fixture(autouse=True)
def _work_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convergence, "VectorWorker", HereWorker)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    write_corpus(tmp_path / "corpus", val=VAL, forez=FOREZ)
    return Settings(corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "var")


@pytest.fixture
def embedder(settings: Settings) -> QuickEmbedder:
    return QuickEmbedder(settings)


def ingest(settings: Settings, embedder: QuickEmbedder, paths: Sequence[Path] = ()) -> IngestReport:
    return ingest_corpus(settings, paths, embedder=embedder)


def test_only_what_changed_is_read_and_embedded(
    settings: Settings, embedder: QuickEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ingest(settings, embedder)
    assert (set(first.added), first.failed) == ({"val", "forez"}, ())
    assert first.embedded == first.passages == embedder.asked == len(open_index(settings).passages())

    again = ingest(settings, embedder)
    assert (set(again.unchanged), again.embedded, again.generation) == ({"val", "forez"}, 0, first.generation)
    assert again.seconds < 1

    write_corpus(settings.corpus_dir, val=VAL.replace("vingt places", "trente places"), forez=FOREZ)
    changed = ingest(settings, embedder)
    assert (changed.replaced, changed.unchanged) == (("val",), ("forez",))
    assert 0 < changed.embedded < first.passages
    assert open_index(settings).lexical("trente places")
    assert not open_index(settings).lexical("vingt places")

    monkeypatch.setattr(hashing, "code_version", lambda: "une autre version de l'ingestion")
    reread = ingest(settings, embedder)
    assert (set(reread.replaced), reread.embedded) == ({"val", "forez"}, 0)

    write_corpus(settings.corpus_dir, forez=FOREZ)
    gone = ingest(settings, embedder)
    assert (gone.removed, gone.unchanged, gone.embedded) == (("val",), ("forez",), 0)
    assert [record.id for record in open_index(settings).documents()] == ["forez"]


def test_every_span_points_at_the_words_of_the_file(settings: Settings, embedder: QuickEmbedder) -> None:
    ingest(settings, embedder)
    index = open_index(settings)
    assert index.raw_text("val") == VAL
    passage = index.passage(index.lexical("crèche Montbel")[0][0])
    assert "vingt places" in VAL[passage.start : passage.end]


def test_a_bad_document_stops_no_other_and_loses_no_previous_version(
    settings: Settings, embedder: QuickEmbedder
) -> None:
    (settings.corpus_dir / "documents" / "val.txt").write_bytes(b"\x7fELF\x02\x01\x01\x00" + bytes(200))
    first = ingest(settings, embedder)
    assert first.added == ("forez",)
    assert [(failure.document, failure.kept) for failure in first.failed] == [("val", False)]
    assert "val.txt" in first.failed[0].reason

    write_corpus(settings.corpus_dir, val=VAL, forez=FOREZ)
    assert ingest(settings, embedder).added == ("val",)
    (settings.corpus_dir / "documents" / "val.txt").write_bytes(b"")
    (settings.corpus_dir / "documents" / "forez.txt").unlink()
    kept = ingest(settings, embedder)
    assert {(failure.document, failure.kept) for failure in kept.failed} == {("val", True), ("forez", True)}
    assert open_index(settings).lexical("crèche Montbel")
    assert open_index(settings).raw_text("forez") == FOREZ


def test_added_files_are_known_by_their_content(settings: Settings, embedder: QuickEmbedder, tmp_path: Path) -> None:
    ingest(settings, embedder)
    given = tmp_path / "reçus"
    given.mkdir()
    (given / "val copie.txt").write_text(VAL, encoding="utf-8")
    assert ingest(settings, embedder, [given]).duplicates == (("val copie.txt", "val"),)
    assert generation_names(settings.index_dir) == ["gen-000001"]

    bray = VAL.replace("Val", "Bray").replace("Montbel", "Gournay")
    hostile = given / "<img src=x> ..%2f CTG Pays de Bray 2024-2028.txt"
    hostile.write_text(bray, encoding="utf-8")
    (given / "vide.txt").write_text("")
    report = ingest(settings, embedder, [given])
    (name,) = report.added
    assert [failure.file for failure in report.failed] == ["vide.txt"]
    stored = list((settings.added_dir / "documents").iterdir())
    assert [path.name for path in stored] == [f"{name}.txt"]
    entry = open_index(settings).document(name).entry
    assert (entry.period_from, entry.period_to) == ("2026-01-01", "2030-12-31")
    assert ingest(settings, embedder).unchanged == ("val", "forez", name)

    hostile.write_text(bray.replace("vingt", "quarante"), encoding="utf-8")
    assert ingest(settings, embedder, [hostile]).replaced == (name,)
    hostile.write_text(FOREZ.replace("Forez", "Livradois").replace("Article", "Titre") * 2, encoding="utf-8")
    assert ingest(settings, embedder, [hostile]).added == (f"{name}-txt",)

    removed = remove_document(settings, name, embedder=embedder)
    assert removed.removed == (name,)
    assert remove_document(settings, "val", embedder=embedder).removed == ("val",)
    assert [record.id for record in open_index(settings).documents()] == ["forez", f"{name}-txt"]
    assert not open_index(settings).lexical("Gournay")
    with pytest.raises(UnknownDocument):
        remove_document(settings, "val", embedder=embedder)


def test_a_file_too_large_is_refused_at_once(settings: Settings, embedder: QuickEmbedder, tmp_path: Path) -> None:
    ingest(settings, embedder)
    large = tmp_path / "annales.txt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    started = time.perf_counter()
    report = ingest(settings, embedder, [large])
    assert time.perf_counter() - started < 1
    assert "200 Mo" in report.failed[0].reason


def test_a_second_ingestion_is_refused_at_once(settings: Settings, embedder: QuickEmbedder) -> None:
    with writer_lock(settings.index_dir):
        started = time.perf_counter()
        with pytest.raises(IngestionInProgress, match="déjà en cours"):
            ingest(settings, embedder)
        assert time.perf_counter() - started < 1


def test_nothing_to_index_is_said(settings: Settings, embedder: QuickEmbedder) -> None:
    write_corpus(settings.corpus_dir)
    with pytest.raises(CorpusError, match="vide"):
        ingest(settings, embedder)
    (settings.corpus_dir / "manifest.yaml").write_text("documents:\n  - id: val\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="ligne 2"):
        ingest(settings, embedder)


def test_a_folder_that_cannot_be_written_is_said(settings: Settings, embedder: QuickEmbedder, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    blocked = settings.model_copy(update={"data_dir": tmp_path / "fichier" / "var"})
    with pytest.raises(StoreNotWritable, match="droits"):
        ingest(blocked, embedder)


def test_an_unusable_index_is_made_anew(settings: Settings, embedder: QuickEmbedder) -> None:
    assert ensure_index(settings, embedder=embedder) is not None
    assert ensure_index(settings, embedder=embedder) is None
    folder = settings.index_dir / generation_names(settings.index_dir)[-1]
    (folder / "catalogue.sqlite").write_bytes(b"")
    report = ensure_index(settings, embedder=embedder)
    assert report is not None
    assert report.rebuilt
    assert open_index(settings).lexical("crèche Montbel")

    record = folder.parent / report.generation / "generation.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "format": 0}))
    assert ensure_index(settings, embedder=embedder) is not None
    os.unlink(settings.index_dir / "CURRENT")
    assert ensure_index(settings, embedder=embedder) is not None
    assert open_index(settings).lexical("crèche Montbel")


def test_another_model_embeds_everything_again(settings: Settings, embedder: QuickEmbedder) -> None:
    first = ingest(settings, embedder)
    embedder.fingerprint = "autre"
    other = ingest(settings, embedder)
    assert other.unchanged == first.added
    assert other.embedded == first.passages
    assert "multilingual-e5-small" in (other.rebuilt or "")
