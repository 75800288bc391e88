"""Searching and composing within one theme: the reader chose it, so nothing else may be answered from."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from assistant.retrieve.search import Searcher, SearchResult
from assistant.understand.question import Understood

_WIDER = 8
"""How many times more passages are ranked than are wanted: those of other themes are then left out."""


@dataclass(frozen=True)
class ThemeSearcher(Searcher):
    """A search that finds only passages of a theme; its index lists only the fiches of that theme."""

    theme: str = ""

    def find(self, understood: Understood, k: int, vector: NDArray[np.float32] | None = None) -> SearchResult:
        """The `k` best passages of the theme for a question already understood."""
        others = tuple(theme for theme in understood.query.themes if theme != self.theme)
        query = understood.query.model_copy(update={"themes": (self.theme, *others)})
        found = super().find(replace(understood, query=query), k * _WIDER, vector)
        kept = [ranked for ranked in found.passages if self.theme in ranked.passage.themes][:k]
        ranked = tuple(one.model_copy(update={"rank": rank}) for rank, one in enumerate(kept, start=1))
        return replace(found, passages=ranked)


def within_theme(searcher: Searcher, theme: str) -> ThemeSearcher:
    """The search narrowed to a theme."""
    kept = {one.name: getattr(searcher, one.name) for one in fields(searcher)}
    return ThemeSearcher(**kept | {"index": searcher.index.about(theme), "theme": theme})
