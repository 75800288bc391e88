"""Real Chroma, real SQLite, the real packaged model (loaded once a session)."""

from pathlib import Path

import pytest

from corpus.embedding import Embedder, load_embedder
from corpus.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "var")


@pytest.fixture(scope="session")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return load_embedder(Settings(data_dir=tmp_path_factory.mktemp("modele")))
