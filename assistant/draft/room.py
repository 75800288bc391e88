"""Everything a draft needs of one generation of the index, made once."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from assistant.draft.compose import compose_draft
from assistant.draft.findings import Review
from assistant.draft.gazetteer import Gazetteer
from assistant.draft.neutral import Neutraliser
from assistant.draft.records import Draft, DraftRequest
from assistant.draft.request import read_request
from assistant.draft.review import check_fiche
from assistant.draft.similar import Similar, find_similar, select_similar
from assistant.draft.territory import territory_noun
from assistant.draft.tidy import Tidier
from assistant.retrieve.search import Searcher


class DraftingRoom:
    """Reads requests, shows what resembles them, composes drafts."""

    def __init__(self, searcher: Searcher, max_chars: int = 4000) -> None:
        self._searcher = searcher
        self._max_chars = max_chars

    def read(self, text: str) -> DraftRequest:
        """The request understood. Raises QuestionRejected."""
        return read_request(text, self._searcher.understanding.finder, self._max_chars)

    def similar(self, request: DraftRequest) -> Similar:
        """What resembles the request, to be shown and ticked."""
        return find_similar(self._searcher, request)

    def draft(self, text: str, similar_ids: Sequence[str] | None = None) -> Draft:
        """A fiche drafted from similar ones, or from those ticked (ids, or "document:ref").

        Raises QuestionRejected for an empty request, UnknownDocument for an id that is not among the similar ones.
        """
        request = self.read(text)
        similar = self.similar(request)
        if similar_ids is not None:
            similar = select_similar(similar, similar_ids)
        neutraliser = Neutraliser(self.gazetteer, territory_noun(request.territory), request.text)
        return compose_draft(self._searcher.index, request, similar, self.tidier, neutraliser)

    def review(self, source: str | Path) -> Review:
        """A fiche reviewed before it is submitted, given as text or as a file. Raises DocumentUnreadable."""
        return check_fiche(self._searcher, source)

    @cached_property
    def tidier(self) -> Tidier:
        """The spelling of the corpus."""
        return Tidier(self._searcher.index)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The local names of the corpus."""
        return Gazetteer(self._searcher.index)
