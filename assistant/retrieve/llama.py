"""The same search behind LlamaIndex's retriever interface, so that its query engines and evaluators can use it."""

from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.retrieve.search import Searcher


class CorpusRetriever(BaseRetriever):  # type: ignore[misc]  # the library is not typed
    """Ranked passages as LlamaIndex nodes; metadata carry document, territory, section, page, fiche and spans."""

    def __init__(self, searcher: Searcher, similarity_top_k: int = 10, **options: Any) -> None:
        self._searcher = searcher
        self._top_k = similarity_top_k
        super().__init__(**options)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        result = self._searcher.search(query_bundle.query_str, self._top_k)
        return [
            NodeWithScore(
                node=TextNode(
                    id_=ranked.passage.id,
                    text=ranked.passage.text,
                    metadata={
                        "document": ranked.passage.document,
                        "territory": ranked.territory,
                        "section": ranked.passage.address(),
                        "page": ranked.passage.page,
                        "fiche": ranked.fiche_title,
                        "start": ranked.passage.start,
                        "end": ranked.passage.end,
                    },
                ),
                score=ranked.score,
            )
            for ranked in result.passages
        ]
