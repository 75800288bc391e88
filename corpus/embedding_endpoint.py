"""Vectors from a service that speaks the OpenAI protocol (`POST …/embeddings`)."""

import hashlib
import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable

if TYPE_CHECKING:
    import httpx

_BATCH = 32
_CONNECT_S = 5.0
_READ_S = 60.0
_TRIES = 3
_LONGEST_PAUSE_S = 10.0


class EndpointEmbedder:
    """An embedder behind an address such as `https://…/v1`."""

    def __init__(self, url: str, model: str, key: str | None) -> None:
        self._url = url.rstrip("/")
        self._model = model
        self._key = key
        self._dimension = 0
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._model

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"{self._url}\n{self._model}".encode()).hexdigest()[:16]

    @property
    def quick(self) -> bool:
        return False

    @property
    def dimension(self) -> int:
        if not self._dimension:
            self.embed(["dimension"])
        return self._dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text. Raises ModelUnavailable."""
        batches = [list(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        if not batches:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.concatenate([self._embed_batch(batch) for batch in batches])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self.embed([text])[0]
        return row

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same service, which is told nothing of what a text is."""
        return self.embed(texts)

    def among_questions(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The vectors as they are."""
        return vectors

    def _embed_batch(self, texts: list[str]) -> NDArray[np.float32]:
        content = self._ask(texts)
        try:
            rows = sorted(content["data"], key=lambda item: int(item["index"]))
            matrix = np.asarray([row["embedding"] for row in rows], dtype=np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise self._unusable("la réponse n'a pas la forme attendue") from error
        if matrix.ndim != 2 or len(matrix) != len(texts) or not np.isfinite(matrix).all():
            raise self._unusable("les vecteurs reçus sont incomplets")
        with self._lock:
            self._dimension = self._dimension or matrix.shape[1]
        if matrix.shape[1] != self._dimension:
            raise self._unusable("la longueur des vecteurs change d'une réponse à l'autre")
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        return np.asarray(matrix / np.maximum(lengths, 1e-12), dtype=np.float32)

    def _ask(self, texts: list[str]) -> Any:
        import httpx

        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        body = {"model": self._model, "input": texts}
        timeout = httpx.Timeout(_READ_S, connect=_CONNECT_S)
        for attempt in range(1, _TRIES + 1):
            try:
                response = httpx.post(f"{self._url}/embeddings", json=body, headers=headers, timeout=timeout)
            except httpx.HTTPError as error:
                raise self._unusable(f"pas de réponse ({type(error).__name__})") from error
            if response.status_code in (429, 503) and attempt < _TRIES:
                time.sleep(_pause(response, attempt))
                continue
            break
        if response.status_code in (401, 403):
            raise self._unusable("la clé est refusée ; corrigez CTG_EMBEDDING_KEY")
        if response.status_code != 200:
            raise self._unusable(f"réponse HTTP {response.status_code}")
        try:
            return response.json()
        except ValueError as error:
            raise self._unusable("la réponse n'est pas du JSON") from error

    def _unusable(self, reason: str) -> ModelUnavailable:
        return ModelUnavailable(
            f"Le service de vecteurs {self._url} (modèle « {self._model} ») ne peut pas servir : {reason}. "
            "Vérifiez CTG_EMBEDDING_URL, puis recommencez."
        )


def _pause(response: "httpx.Response", attempt: int) -> float:
    """Seconds to wait before asking again: what the service asks for, within reason."""
    try:
        wanted = float(response.headers.get("Retry-After", ""))
    except ValueError:
        wanted = float(attempt)
    return min(max(wanted, 0.0), _LONGEST_PAUSE_S)
