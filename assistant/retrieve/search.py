"""Search over one index generation: understand, rank, return."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistant.retrieve.lexical import TermHits, find_term_hits
from assistant.retrieve.meaning import Meaning, measure_meaning
from assistant.retrieve.ranking import rank_passages, searched_documents
from assistant.retrieve.sentences import Sentences
from assistant.retrieve.unanswered import Unanswered
from assistant.retrieve.weights import RankingWeights, load_weights
from assistant.understand.question import Understanding, Understood, understand_question
from corpus.embedding import Embedder
from corpus.index.reader import Index
from corpus.records import Query, RankedPassage, Turn


@dataclass(frozen=True)
class SearchResult:
    """Passages for a question, best first, and how the question was understood."""

    query: Query
    passages: tuple[RankedPassage, ...]
    understood: Understood
    hits: tuple[TermHits, ...]
    """Where each term of the question stands."""
    meaning: Meaning = field(default_factory=Meaning)
    """How near the passages are to the question, whatever their words."""
    vector: NDArray[np.float32] | None = field(default=None, compare=False)
    """The question's own vector; None where vectors take no part."""
    unanswered: tuple[float, ...] = ()
    """Cosines of the nearest questions that the corpus is known not to answer; empty where none is known."""


@dataclass(frozen=True)
class Searcher:
    """Everything a search needs, for one generation of the index."""

    index: Index
    understanding: Understanding
    embedder: Embedder | None
    """None where vectors take no part in the ranking."""
    dense_weight: float
    weights: RankingWeights = field(default_factory=load_weights)
    sentences: Sentences = field(default_factory=Sentences)
    unanswered: Unanswered | None = None
    """Questions that the corpus is known not to answer."""

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        history: Sequence[Turn] = (),
        territories: Sequence[str] = (),
        own_territory: str | None = None,
    ) -> SearchResult:
        """The `k` best passages for a question (checked beforehand)."""
        understood = understand_question(
            question, self.understanding, history=history, territories=territories, own_territory=own_territory
        )
        return self.find(understood, k)

    def question_vector(self, question: str) -> NDArray[np.float32] | None:
        """The vector of a question that several searches will share; None where vectors take no part."""
        return self.embedder.embed_query(question) if self.embedder is not None and self.dense_weight > 0 else None

    def find(self, understood: Understood, k: int, vector: NDArray[np.float32] | None = None) -> SearchResult:
        """The `k` best passages for a question already understood; `vector`: its own, where it is known."""
        weights = self.weights
        documents = searched_documents(self.index, understood)
        hits = find_term_hits(self.index, understood.query.terms, documents, weights.columns)
        meaning = Meaning()
        unanswered: tuple[float, ...] = ()
        if self.embedder is not None and self.dense_weight > 0:
            if vector is None:
                vector = self.embedder.embed_query(understood.core or understood.query.resolved_question)
            meaning = measure_meaning(self.index, self.embedder, vector, documents)
            if self.unanswered is not None:
                among = self.embedder.among_questions(vector[None])[0]
                unanswered = self.unanswered.nearest(among, understood.query.territories or None)
        passages = rank_passages(
            self.index, understood, hits, weights, meaning=meaning, meaning_factor=self.dense_weight, limit=k
        )
        return SearchResult(understood.query, passages, understood, hits, meaning, vector, unanswered)
