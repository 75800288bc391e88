"""Vectors in Chroma, in the form of LlamaIndex's vector store, so that its tools read the collection as their own.

LlamaIndex itself is loaded only by who asks for its store: its import takes two seconds, a search two milliseconds.

Vectors are always our own; Chroma is never asked to make one.

A folder is opened by one process at a time and never the one in service: merely opening it changes its files.
"""

import json
from collections.abc import Collection as Several
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from corpus.index.server import BUILD_READ_S, connect_server, server_answers
from corpus.quiet import silence_libraries

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from llama_index.vector_stores.chroma import ChromaVectorStore

# Chroma 1.5 refuses more than 5 461 records at once.
_BATCH = 2000
# Whole corpora are small: a wide search costs a millisecond and makes the approximate answer exact in practice.
_CONFIGURATION = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}


class VectorStore:
    """One collection of vectors. Every method raises IndexDamaged where it does not answer."""

    def __init__(self, client: "ClientAPI", collection: "Collection", url: str | None = None) -> None:
        """`url` is that of the server that holds it: VectorStoreUnavailable is then raised where it is silent."""
        self._client = client
        self._collection = collection
        self._url = url

    @cached_property
    def llama(self) -> "ChromaVectorStore":
        """The same collection for LlamaIndex's own tools."""
        from llama_index.vector_stores.chroma import ChromaVectorStore

        return ChromaVectorStore(chroma_collection=self._collection)

    def close(self) -> None:
        self._client.close()

    def hashes(self) -> dict[str, str]:
        """Passage id to text hash, for every vector of the collection."""
        with _named_errors(self._url):
            found = self._collection.get(include=["metadatas"])
        metadata = found["metadatas"] or [{}] * len(found["ids"])
        return {name: str(data.get("text_hash", "")) for name, data in zip(found["ids"], metadata, strict=True)}

    def add(
        self, ids: Sequence[str], documents: Sequence[str], hashes: Sequence[str], vectors: NDArray[np.float32]
    ) -> None:
        """Add vectors; the texts stay in the catalogue."""
        with _named_errors(self._url):
            for start in range(0, len(ids), _BATCH):
                part = slice(start, start + _BATCH)
                self._collection.add(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[
                        _node_metadata(name, document, text_hash)
                        for name, document, text_hash in zip(ids[part], documents[part], hashes[part], strict=True)
                    ],
                    documents=[""] * len(ids[part]),
                )

    def delete(self, ids: Sequence[str]) -> None:
        with _named_errors(self._url):
            for start in range(0, len(ids), _BATCH):
                self._collection.delete(ids=list(ids[start : start + _BATCH]))

    def search(
        self, vector: NDArray[np.float32], documents: Several[str] | None, limit: int
    ) -> list[tuple[str, float]]:
        """Passage ids and cosines, nearest first."""
        where = None if documents is None else {"document": {"$in": sorted(documents)}}
        with _named_errors(self._url):
            found = self._collection.query(
                query_embeddings=[vector], n_results=limit, where=where, include=["distances"]
            )
        distances = found["distances"] or [[]]
        return [(name, 1.0 - distance) for name, distance in zip(found["ids"][0], distances[0], strict=True)]


def open_folder(folder: Path, collection: str) -> VectorStore:
    """The collection of a folder, made where there is none. Raises IndexDamaged where Chroma cannot open it."""
    silence_libraries()
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    with _named_errors():
        client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
        found = client.get_or_create_collection(collection, embedding_function=None, configuration=_configuration())
    return VectorStore(client, found)


def open_server(url: str, collection: str, *, create: bool = False) -> VectorStore:
    """A collection of a Chroma server.

    Raises VectorStoreUnavailable where the server does not answer in time, IndexDamaged where it lost the collection.
    """
    client = connect_server(url, BUILD_READ_S) if create else connect_server(url)
    with _named_errors(url):
        if create:
            found = client.get_or_create_collection(collection, embedding_function=None, configuration=_configuration())
        else:
            found = client.get_collection(collection, embedding_function=None)
    return VectorStore(client, found, url)


def delete_collection(url: str, collection: str) -> None:
    """Delete a collection of a server. Raises VectorStoreUnavailable, IndexDamaged where it is already gone."""
    client = connect_server(url)
    try:
        with _named_errors(url):
            client.delete_collection(collection)
    finally:
        client.close()


def _node_metadata(name: str, document: str, text_hash: str) -> dict[str, str]:
    """What LlamaIndex's store writes beside a vector, so that its tools read the collection as their own."""
    node = {"id_": name, "metadata": {"document": document}, "class_name": "TextNode"}
    owner = dict.fromkeys(("document", "document_id", "doc_id", "ref_doc_id"), document)
    return {**owner, "text_hash": text_hash, "_node_type": "TextNode", "_node_content": json.dumps(node)}


def _configuration() -> Any:
    return {key: dict(value) for key, value in _CONFIGURATION.items()}


@contextmanager
def _named_errors(url: str | None = None) -> Iterator[None]:
    """Turn Chroma's errors into ours: a silent server is not a damaged index."""
    from chromadb.errors import ChromaError

    silent: AbstractContextManager[None] = server_answers(url) if url else nullcontext()
    ours = (ChromaError,) if url else (ChromaError, ValueError, KeyError, OSError)
    try:
        with silent:
            yield
    except ours as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise IndexDamaged(
            f"L'index des vecteurs ne répond pas ({reason}) : lancez `ctg ingest` pour le reconstruire."
        ) from error
