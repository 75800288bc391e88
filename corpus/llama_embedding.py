"""Our embedder behind LlamaIndex's embedding interface, for its indexes, retrievers and evaluators."""

from typing import TYPE_CHECKING, Any

from corpus.embedding import Embedder

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding


def as_llama_embedding(embedder: Embedder) -> "BaseEmbedding":
    """The same vectors, asked for in LlamaIndex's way."""
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.bridge.pydantic import PrivateAttr

    class CorpusEmbedding(BaseEmbedding):  # type: ignore[misc]
        """Passages and questions embedded by the project's own embedder."""

        _embedder: Any = PrivateAttr()

        def __init__(self, inner: Embedder) -> None:
            super().__init__(model_name=inner.name)
            self._embedder = inner

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = self._embedder.embed(texts).tolist()
            return vectors

        def _get_query_embedding(self, query: str) -> list[float]:
            vector: list[float] = self._embedder.embed_query(query).tolist()
            return vector

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return CorpusEmbedding(embedder)
