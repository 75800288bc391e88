"""An ingestion in a process of its own, to be killed or refused space: prints each step as it begins.

Arguments: corpus folder, data folder, largest file it may write in bytes (0: no limit).
"""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import load_embedder
from corpus.errors import AssistantError
from corpus.settings import Settings
from ingest.pipeline import ingest_corpus


class QuickEmbedder:
    """Vectors from hashes, under the packaged model's name: loading the real one would take longer than the test."""

    def __init__(self, settings: Settings) -> None:
        real = load_embedder(settings)
        self.name, self.fingerprint, self.dimension = real.name, real.fingerprint, 384
        self.asked = 0

    @property
    def quick(self) -> bool:
        return self._real.quick

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += len(texts)
        rows = [np.random.default_rng(_seed(text)).normal(size=self.dimension) for text in texts]
        matrix = np.array(rows, dtype=np.float32).reshape(-1, self.dimension)
        return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embed(texts)

    def among_questions(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self.embed([text])[0]
        return row


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def main() -> None:
    corpus, data, largest = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    if largest:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    settings = Settings(corpus_dir=corpus, data_dir=data)
    try:
        report = ingest_corpus(
            settings, progress=lambda step, done, total: print(step, done, total, flush=True),
            embedder=QuickEmbedder(settings),
        )  # fmt: skip
        print("fini", report.model_dump_json(), flush=True)
    except AssistantError as error:
        print("erreur", type(error).__name__, error, flush=True)


if __name__ == "__main__":
    main()
