"""What several storeys' tests share: the real corpus, indexed once, and an assistant over it."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")


@pytest.fixture(scope="session")
def corpus_data_dir() -> Path:
    """A data folder whose index holds the shipped corpus; kept between runs, brought up to date at each.

    It starts from a copy of the index in service where there is one, so that no vector is computed twice.
    """
    from corpus.settings import Settings
    from ingest.pipeline import ingest_corpus

    folder = ROOT / "var" / "tests"
    in_service = ROOT / "var" / "index"
    if not (folder / "index").exists() and in_service.exists():
        shutil.copytree(in_service, folder / "index")
    ingest_corpus(Settings(data_dir=folder, _env_file=None))  # type: ignore[call-arg]
    return folder


@pytest.fixture(scope="session")
def real_assistant(corpus_data_dir: Path) -> "Assistant":  # noqa: F821
    """The assistant over the real corpus, with the default settings."""
    from assistant.service import Assistant
    from corpus.settings import Settings

    return Assistant(Settings(data_dir=corpus_data_dir, _env_file=None))  # type: ignore[call-arg]
