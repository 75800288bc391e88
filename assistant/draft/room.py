"""Everything a draft needs of one generation of the index, made once."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from assistant.draft.compose import compose_draft
from assistant.draft.editing import check_key
from assistant.draft.findings import Review
from assistant.draft.gazetteer import Gazetteer
from assistant.draft.lines import Candidate, gather_lines
from assistant.draft.neutral import Neutraliser
from assistant.draft.own_matters import OwnMatters
from assistant.draft.records import Draft, DraftRequest, SimilarFiches
from assistant.draft.request import read_request
from assistant.draft.review import check_fiche
from assistant.draft.section import redraft_section
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

    def similar(self, text: str) -> SimilarFiches:
        """What resembles a request, to be shown and ticked. Raises QuestionRejected."""
        request = self.read(text)
        found = find_similar(self._searcher, request)
        return SimilarFiches(
            subject=request.subject, territory=request.territory, entries=found.entries, closest=found.closest
        )

    def draft(
        self,
        text: str,
        similar_ids: Sequence[str] | None = None,
        struck: Mapping[str, Sequence[str]] | None = None,
        sections: Sequence[str] = (),
    ) -> Draft:
        """A fiche drafted from similar ones, or from those ticked (ids, or "document:ref").

        `struck`: field to lines that must not be taken over there. `sections`: fields wanted, empty for those that the
        request names, or all. Raises QuestionRejected for an empty request or an unknown field, UnknownDocument for an
        id that is not among the similar ones.
        """
        request = self.read(text)
        for key in (*sections, *(struck or {})):
            check_key(key)
        if sections:
            request = request.model_copy(update={"sections": tuple(sections)})
        similar, candidates = self._material(request, similar_ids)
        draft = compose_draft(self._searcher.index, request, similar, candidates, struck)
        chosen = None if similar_ids is None else tuple(entry.id for entry in similar.entries)
        return draft.model_copy(update={"chosen": chosen})

    def redraft_section(self, draft: Draft, key: str, kept: Sequence[str] = ()) -> Draft:
        """One field of a draft composed again: see `section.redraft_section`."""
        _, candidates = self._material(self.read(draft.request), draft.chosen)
        return redraft_section(self._searcher.index, draft, key, kept, candidates)

    def candidates(self, request: DraftRequest) -> list[Candidate]:
        """Every line that a draft may take over, the best first."""
        return self._material(request, None)[1]

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

    @cached_property
    def _own_matters(self) -> OwnMatters:
        return OwnMatters(self._searcher.index)

    def neutraliser(self, request: DraftRequest) -> Neutraliser:
        """What takes the local off, the requester's own words left."""
        return Neutraliser(self.gazetteer, territory_noun(request.territory), request.text)

    def _material(self, request: DraftRequest, chosen: Sequence[str] | None) -> tuple[Similar, list[Candidate]]:
        similar = find_similar(self._searcher, request)
        if chosen is not None:
            similar = select_similar(similar, chosen)
        return similar, gather_lines(
            self._searcher.index, similar, self.tidier, self.neutraliser(request), self._own_matters
        )
