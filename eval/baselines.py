"""What a well-known library finds on the same questions: LlamaIndex with its own defaults and no knowledge of ours.

The raw text of each document goes through its sentence splitter; nothing tells it of articles, fiches, territories
or our vocabulary. A conversation is given as its questions put end to end: with no language model to condense it,
that serves these systems better than the last question alone.
"""

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from eval.records import Returned

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.schema import BaseNode

DEPTH = 10
CHUNKS = ((1024, 200), (512, 50))
"""Tokens of a chunk and of its overlap: the library's default, then half its size, which suits short questions."""


class Baseline:
    """A LlamaIndex retriever under test."""

    def __init__(self, name: str, retriever: "BaseRetriever", passages: int, index_seconds: float) -> None:
        self.name = name
        self.passages = passages
        """Chunks in its index."""
        self.index_seconds = index_seconds
        """Time to cut and index the corpus, models already loaded."""
        self._retriever = retriever

    def search(self, turns: Sequence[str], k: int = DEPTH) -> Sequence[Returned]:
        found = self._retriever.retrieve(" ".join(turns))
        return [Returned(document=item.node.metadata["document"], text=item.node.get_content()) for item in found[:k]]


def build_baselines(texts: Mapping[str, str], model_path: str) -> tuple[Baseline, ...]:
    """The baselines, indexed. texts: document id to raw text; model_path: folder of a sentence-transformers model."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    model = HuggingFaceEmbedding(model_name=model_path, device="cpu")
    return tuple(baseline for size, overlap in CHUNKS for baseline in _baselines_of_size(texts, size, overlap, model))


def _baselines_of_size(
    texts: Mapping[str, str], size: int, overlap: int, model: "BaseEmbedding"
) -> tuple[Baseline, ...]:
    start = time.perf_counter()
    nodes = _chunks(texts, size, overlap)
    cut = time.perf_counter()
    vectors = _vectors(nodes, model)
    embedded = time.perf_counter()
    lexical = _lexical(nodes)
    indexed = time.perf_counter()
    label = f"{size}/{overlap}"
    return (
        Baseline(f"LlamaIndex vecteurs {label}", vectors, len(nodes), embedded - start),
        Baseline(f"LlamaIndex BM25 français {label}", lexical, len(nodes), indexed - embedded + cut - start),
        Baseline(f"LlamaIndex fusion {label}", _fusion(vectors, lexical), len(nodes), indexed - start),
    )


def _chunks(texts: Mapping[str, str], size: int, overlap: int) -> "list[BaseNode]":
    from llama_index.core import Document
    from llama_index.core.node_parser import SentenceSplitter

    # The id serves to count hits only: it is neither shown to the splitter nor indexed.
    documents = [
        Document(
            text=text,
            metadata={"document": document},
            excluded_embed_metadata_keys=["document"],
            excluded_llm_metadata_keys=["document"],
        )
        for document, text in texts.items()
    ]
    splitter = SentenceSplitter(chunk_size=size, chunk_overlap=overlap, include_metadata=True)
    nodes: list[BaseNode] = splitter.get_nodes_from_documents(documents)
    return nodes


def _vectors(nodes: "list[BaseNode]", model: "BaseEmbedding") -> "BaseRetriever":
    from llama_index.core import VectorStoreIndex

    return VectorStoreIndex(nodes, embed_model=model).as_retriever(similarity_top_k=DEPTH)


def _lexical(nodes: "list[BaseNode]") -> "BaseRetriever":
    import Stemmer
    from llama_index.retrievers.bm25 import BM25Retriever

    return BM25Retriever.from_defaults(
        nodes=nodes, stemmer=Stemmer.Stemmer("french"), language="fr", similarity_top_k=DEPTH
    )


def _fusion(*retrievers: "BaseRetriever") -> "BaseRetriever":
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.retrievers.fusion_retriever import FUSION_MODES

    # One query and no generation: the mock is never called, but without it the class looks for an OpenAI key.
    return QueryFusionRetriever(
        list(retrievers),
        llm=MockLLM(),
        mode=FUSION_MODES.RECIPROCAL_RANK,
        similarity_top_k=DEPTH,
        num_queries=1,
        use_async=False,
    )
