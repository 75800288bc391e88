"""The service that every door opens on: search, ask, compare, list. One object, safe for several threads."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.by_theme import within_theme
from assistant.compose.answer import Composer
from assistant.conflicts import Conflict, find_conflicts
from assistant.draft.editing import edit_section, strike_line
from assistant.draft.findings import Review
from assistant.draft.records import Draft, DraftRequest, SimilarFiches
from assistant.draft.room import DraftingRoom
from assistant.llm.answering import WRITTEN_INTENTS, Piece, write_answer
from assistant.llm.client import model_is_configured
from assistant.llm.drafting import rewrite_draft
from assistant.retrieve.search import Searcher, SearchResult
from assistant.retrieve.unanswered import Unanswered
from assistant.understand.cues import load_cues
from assistant.understand.question import Understanding, check_question, understand_question
from assistant.understand.spelling import Speller, known_words
from assistant.understand.territories import TerritoryFinder
from corpus.associations import load_associations
from corpus.embedding import Embedder, load_embedder
from corpus.errors import UnknownTerritory
from corpus.index.reader import DocumentRecord, Index, open_index
from corpus.lexicon import load_lexicon
from corpus.manifest import load_manifest
from corpus.records import Answer, FicheAction, Query, Turn
from corpus.settings import Settings
from corpus.themes import find_themes
from corpus.unanswered import load_unanswered


@dataclass(frozen=True)
class _Room:
    """What was made for one generation of the index."""

    generation: str
    searcher: Searcher
    composer: Composer
    drafting: DraftingRoom

    def within(self, theme: str | None) -> "_Room":
        """The room with its search and its answers narrowed to a theme; itself for None."""
        if theme is None:
            return self
        searcher = within_theme(self.searcher, theme)
        return replace(self, searcher=searcher, composer=replace(self.composer, searcher=searcher))


class Assistant:
    """Answers over the corpus in service. Light to make: index and models are opened at first use."""

    def __init__(self, settings: Settings, change: Callable[[Searcher], Searcher] | None = None) -> None:
        """`change`: what is made of the search before it serves (for measures of its parts)."""
        self.settings = settings
        self._change = change
        self._lock = threading.Lock()
        self._room: _Room | None = None
        self._embedder: Embedder | None = None

    @property
    def index(self) -> Index:
        """The index in service. Raises IndexMissing, IndexForeign or IndexDamaged."""
        return open_index(self.settings)

    @property
    def searcher(self) -> Searcher:
        """The search of the generation in service."""
        return self._current().searcher

    def search(
        self,
        question: str,
        k: int = 10,
        territories: Sequence[str] = (),
        history: Sequence[Turn] = (),
        own_territory: str | None = None,
    ) -> SearchResult:
        """The `k` best passages. Raises QuestionRejected where the question cannot be one."""
        checked = check_question(question, self.settings.question_max_chars)
        return self.searcher.search(checked, k, history=history, territories=territories, own_territory=own_territory)

    def search_turns(self, turns: Sequence[str], k: int = 10, territories: Sequence[str] = ()) -> SearchResult:
        """The passages for the last question of a conversation, of which only the questions are known."""
        return self.search(turns[-1], k, history=self._history(turns), territories=territories)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        territories: Sequence[str] = (),
        own_territory: str | None = None,
        theme: str | None = None,
    ) -> Answer:
        """An answer with its citations. Raises QuestionRejected where the question cannot be one."""
        answer = None
        for piece in self.ask_stream(question, history, territories, own_territory, theme):
            answer = piece.answer or answer
        assert answer is not None, "a stream ends with its answer"
        return answer

    def ask_stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        territories: Sequence[str] = (),
        own_territory: str | None = None,
        theme: str | None = None,
    ) -> Iterator[Piece]:
        """Pieces of text where a language model writes, then the answer, checked; at once where there is none.

        `theme`: id of the only theme to answer from. Raises QuestionRejected where the question cannot be one.
        """
        checked = check_question(question, self.settings.question_max_chars)
        room = self._current().within(theme)
        begin = time.perf_counter()
        result = room.searcher.search(
            checked, room.composer.evidence_size, history=history, territories=territories,
            own_territory=own_territory,
        )  # fmt: skip
        found = time.perf_counter()
        composed = room.composer.compose(result)
        written = (
            model_is_configured(self.settings) and composed.answered and composed.intent in WRITTEN_INTENTS
            and composed.table is None
        )  # fmt: skip
        pieces = write_answer(self.settings, room.searcher.index, result, composed) if written else None
        for piece in pieces or (Piece(answer=composed),):
            if piece.answer is None:
                yield piece
                continue
            timings = {
                "retrieve_ms": round(1000 * (found - begin), 1),
                "compose_ms": round(1000 * (time.perf_counter() - found), 1),
            }
            yield Piece(answer=piece.answer.model_copy(update={"timings": timings}))

    def read_question(
        self,
        question: str,
        history: Sequence[Turn] = (),
        territories: Sequence[str] = (),
        own_territory: str | None = None,
    ) -> Query:
        """A question as `ask` understands it. Raises QuestionRejected where it cannot be one."""
        checked = check_question(question, self.settings.question_max_chars)
        understanding = self._current().searcher.understanding
        return understand_question(
            checked, understanding, history=history, territories=territories, own_territory=own_territory
        ).query

    def compare(self, question: str, own_territory: str | None = None) -> Answer:
        """What each territory does about a theme or a question, as a table. Raises QuestionRejected."""
        checked = check_question(question, self.settings.question_max_chars)
        room = self._current()
        understood = understand_question(checked, room.searcher.understanding, own_territory=own_territory)
        query = understood.query.model_copy(update={"intent": "comparaison", "across": True})
        result = room.searcher.find(replace(understood, query=query), room.composer.evidence_size)
        return room.composer.compose(result)

    def read_draft_request(self, request: str) -> DraftRequest:
        """A request as it is understood: subject, themes, territory, facts. Raises QuestionRejected."""
        return self._current().drafting.read(request)

    def similar_fiches(self, request: str) -> SimilarFiches:
        """What resembles a request, to be ticked before drafting: `draft(request, ids)` then uses only those.

        Raises QuestionRejected for an empty request.
        """
        return self._current().drafting.similar(request)

    def draft(
        self,
        request: str,
        similar_ids: Sequence[str] | None = None,
        struck: Mapping[str, Sequence[str]] | None = None,
        sections: Sequence[str] = (),
    ) -> Draft:
        """A fiche-action drafted from similar ones, or only from those ticked (ids, or "document:ref").

        `struck`: field to lines that must not come back there. `sections`: fields wanted, empty for all.
        Raises QuestionRejected for an empty request, UnknownDocument for an id that is not among the similar ones.
        """
        return self._current().drafting.draft(request, similar_ids, struck, sections)

    def redraft_section(self, draft: Draft, key: str, kept: Sequence[str] = ()) -> Draft:
        """One field of a draft composed again. `kept`: texts of the lines that stay; the others are struck for good.

        What the requester gave always stays. Raises QuestionRejected for a field that does not exist.
        """
        return self._current().drafting.redraft_section(draft, key, kept)

    def edit_section(self, draft: Draft, key: str, lines: Sequence[str]) -> Draft:
        """The draft with the lines of one field as its reader left them; each line's origin follows what became of it.

        `assistant.export.fiche.write_fiche` exports an edited draft as any other. Raises QuestionRejected.
        """
        return edit_section(draft, key, lines)

    def strike_line(self, draft: Draft, key: str, line: str) -> Draft:
        """The draft without one line, which does not come back. Raises QuestionRejected for an unknown field."""
        return strike_line(draft, key, line)

    def rewrite_draft(
        self, draft: Draft, keys: Sequence[str] = (), progress: Callable[[str], None] | None = None
    ) -> Draft:
        """The draft in the words of the language model, field by field, under the rules of the draft.

        Each line keeps its sources; what fails the check is "genere"; where the model fails, the lines stay as they
        were and a notice says so. `keys`: fields, empty for all. `progress` hears the label of each field before it.
        Raises ModelUnavailable where none is configured, QuestionRejected for a field that does not exist.
        """
        drafting = self._current().drafting
        neutraliser = drafting.neutraliser(drafting.read(draft.request))
        return rewrite_draft(self.settings, draft, neutraliser, keys, progress)

    def review(self, source: str | Path) -> Review:
        """A fiche-action (a file, or its text) reviewed before it is submitted. Raises DocumentUnreadable."""
        return self._current().drafting.review(source)

    def ask_turns(self, turns: Sequence[str], territories: Sequence[str] = (), theme: str | None = None) -> Answer:
        """The answer to the last question of a conversation, of which only the questions are known."""
        return self.ask(turns[-1], history=self._history(turns), territories=territories, theme=theme)

    def documents(self) -> tuple[DocumentRecord, ...]:
        """The documents of the index in service."""
        return self.index.documents()

    def conflicts(self) -> tuple[Conflict, ...]:
        """The divergences of the corpus, worked out once per generation of the index."""
        return find_conflicts(self.index)

    def resolve_territory(self, name: str) -> tuple[str, ...]:
        """Document ids for a territory as a person names it (id, name, nickname, commune).

        Raises UnknownTerritory with the names that exist.
        """
        ids = tuple(record.entry.id for record in self.documents())
        if name in ids:
            return (name,)
        mentions = self.searcher.understanding.finder.find(name)
        if not mentions:
            known = ", ".join(record.entry.territory.short_name for record in self.documents())
            raise UnknownTerritory(f"Aucun territoire du corpus ne s'appelle « {name} ». Territoires connus : {known}.")
        return tuple(dict.fromkeys(document for mention in mentions for document in mention.documents))

    def fiches(
        self, territory: str | None = None, theme: str | None = None, actions: bool = False
    ) -> tuple[FicheAction, ...]:
        """Fiches-actions (or recovered actions), all of them, narrowed to a territory or a theme id."""
        documents = self.resolve_territory(territory) if territory else None
        index = self.index
        found = index.actions() if actions else index.fiches()
        return tuple(
            fiche
            for fiche in found
            if (documents is None or fiche.document in documents) and (theme is None or theme in fiche.themes)
        )

    def _history(self, turns: Sequence[str]) -> list[Turn]:
        history: list[Turn] = []
        for question in turns[:-1]:
            history.append(self._turn(question, history))
        return history

    def _turn(self, question: str, history: Sequence[Turn]) -> Turn:
        result = self.search(question, 3, history=history)
        documents = result.query.territories or tuple(
            dict.fromkeys(ranked.passage.document for ranked in result.passages[:1])
        )
        best = result.passages[0].passage if result.passages else None
        return Turn(
            question=question,
            resolved_question=result.query.resolved_question,
            documents=documents,
            fiche=best.fiche if best else None,
        )

    def _current(self) -> _Room:
        with self._lock:
            index = open_index(self.settings)
            if self._room is None or self._room.generation != index.generation.name:
                self._room = self._open(index)
            return self._room

    def _unanswered(self, understanding: Understanding) -> Unanswered | None:
        """None where the embedder is too slow to read them all again for each generation."""
        if self._embedder is None or not self._embedder.quick:
            return None
        documents = load_manifest(self.settings.corpus_dir, self.settings.added_dir).documents
        delivered = [item.entry.id for item in documents if not item.added]
        return Unanswered(load_unanswered(self.settings), self._embedder, understanding.documents, delivered)

    def _open(self, index: Index) -> _Room:
        lexicon = load_lexicon()
        entries = [record.entry for record in index.documents()]
        known = known_words(lexicon)
        understanding = Understanding(
            finder=TerritoryFinder(entries, common_words=known),
            speller=Speller(index.vocabulary(), also_known=known),
            lexicon=lexicon,
            cues=load_cues(),
            fiches=index.fiches(),
            find_themes=lambda text: find_themes(title=text, body=""),
            documents=tuple(entry.id for entry in entries),
            associations=load_associations(),
        )
        if self._embedder is None and self.settings.dense_weight > 0:
            self._embedder = load_embedder(self.settings)
        searcher = Searcher(
            index, understanding, self._embedder, self.settings.dense_weight, unanswered=self._unanswered(understanding)
        )
        searcher = self._change(searcher) if self._change else searcher
        drafting = DraftingRoom(searcher, self.settings.question_max_chars)
        return _Room(index.generation.name, searcher, Composer(index, searcher), drafting)
