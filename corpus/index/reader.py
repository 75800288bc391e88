"""The index as the rest of the project reads it: one immutable generation, wholly consistent with itself.

Call `open_index` at each question: it costs one system call while nothing changed, and gives the new generation from
the first call after a switch. An `Index` in hand goes on with the generation that it was opened on.
"""

import copy
import threading
from collections.abc import Collection
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnknownDocument
from corpus.index.layout import pointer_stamp
from corpus.index.lexical import DEFAULT_WEIGHTS, ColumnWeights, find_phrase
from corpus.index.opened import OpenGeneration, open_generation
from corpus.index.questions import QuestionMemory
from corpus.index.records import DocumentRecord, GenerationRecord
from corpus.records import Equipment, FicheAction, PageSpan, Passage, Section
from corpus.repairs import RepairedText
from corpus.settings import Settings

__all__ = ["DocumentRecord", "GenerationRecord", "Index", "open_index"]

_Record = TypeVar("_Record", Section, FicheAction, Passage)
_opened: dict[str, tuple[tuple[int, int, int] | None, "Index"]] = {}
_opening = threading.Lock()


def open_index(settings: Settings) -> "Index":
    """The index in service.

    Raises IndexMissing where there is none, IndexForeign where another format or model made it, IndexDamaged where it
    cannot be read; each sentence names the command that puts it right.
    """
    stamp = pointer_stamp(settings.index_dir)
    place = settings.index_dir.absolute()
    key = f"{place}\n{settings.embedding_model}\n{settings.embedding_url}\n{settings.chroma_url}"
    with _opening:
        known = _opened.get(key)
        if known is None or known[0] != stamp or stamp is None:
            _opened.pop(key, None)
            known = (stamp, Index(open_generation(settings)))
            _opened[key] = known
        return known[1]


class Index:
    """One generation of the index. Records are read when first asked for and then kept; safe for several threads."""

    def __init__(self, opened: OpenGeneration) -> None:
        self._opened = opened
        self._catalogue = opened.catalogue
        self._lock = threading.RLock()
        self._contents: dict[str, _Contents] = {}
        self._theme: str | None = None
        self._views: dict[str, Index] = {}

    @property
    def generation(self) -> GenerationRecord:
        """Name, format, date, embedding model and counts."""
        return self._opened.record

    @property
    def vectors_in_chroma(self) -> bool:
        """False where Chroma's files cannot be used and the catalogue's own vectors serve instead."""
        return self._opened.vectors_in_chroma

    def documents(self) -> tuple[DocumentRecord, ...]:
        """The documents in the order of the manifest."""
        return tuple(self._documents.values())

    def document(self, document: str) -> DocumentRecord:
        """Raises UnknownDocument."""
        if document not in self._documents:
            raise UnknownDocument(f"Aucun document indexé ne s'appelle « {document} » ; `ctg docs` donne la liste.")
        return self._documents[document]

    def raw_text(self, document: str) -> str:
        """The text that every span of the document points into. Raises UnknownDocument."""
        return self._of(document).text

    def repaired(self, document: str) -> RepairedText:
        """The raw text with its sure repairs, as people read it. Raises UnknownDocument."""
        return self._of(document).repaired

    def pages(self, document: str) -> tuple[PageSpan, ...]:
        """Pages of the document; empty where the file shows none. Raises UnknownDocument."""
        return self._of(document).pages

    def sections(self, document: str) -> tuple[Section, ...]:
        """The outline in order, the root first. Raises UnknownDocument."""
        return tuple(self._of(document).sections.values())

    def section(self, identifier: str) -> Section:
        """Raises UnknownDocument."""
        return _find(self._of(_document_of(identifier)).sections, identifier)

    def fiches(self, document: str | None = None) -> tuple[FicheAction, ...]:
        """Fiches-actions of a document, or of all. Raises UnknownDocument."""
        return tuple(fiche for fiche in self._fiches(document) if fiche.kind == "fiche")

    def actions(self, document: str | None = None) -> tuple[FicheAction, ...]:
        """Actions recovered from tables and slides, of a document or of all. Raises UnknownDocument."""
        return tuple(fiche for fiche in self._fiches(document) if fiche.kind == "action")

    def about(self, theme: str) -> "Index":
        """A view of the same generation that lists only the fiches and actions of a theme; all else stays as it is."""
        with self._lock:
            if theme not in self._views:
                self._views[theme] = copy.copy(self)
                self._views[theme]._theme = theme
            return self._views[theme]

    def fiche(self, identifier: str) -> FicheAction:
        """A fiche or a recovered action. Raises UnknownDocument."""
        return _find(self._of(_document_of(identifier)).fiches, identifier)

    def equipment(self, document: str | None = None) -> tuple[Equipment, ...]:
        """Rows of the equipment lists, of a document or of all. Raises UnknownDocument."""
        return tuple(row for name in self._names(document) for row in self._of(name).equipment)

    def passages(self, document: str | None = None) -> tuple[Passage, ...]:
        """Passages of a document, or of all, in document order. Raises UnknownDocument."""
        if document is None:
            return self._all_passages
        return tuple(self._of(document).passages.values())

    def passage(self, identifier: str) -> Passage:
        """Raises UnknownDocument, for instance for a passage of an earlier generation."""
        return _find(self._of(_document_of(identifier)).passages, identifier)

    def passages_of_section(self, section: str) -> tuple[Passage, ...]:
        """Passages that stand directly in a section, in order."""
        return self._of(_document_of(section)).by_section.get(section, ())

    def passages_of_fiche(self, fiche: str) -> tuple[Passage, ...]:
        """Passages of a fiche or of a recovered action, in order."""
        return self._of(_document_of(fiche)).by_fiche.get(fiche, ())

    def lexical(
        self,
        phrase: str,
        documents: Collection[str] | None = None,
        limit: int = 50,
        weights: ColumnWeights = DEFAULT_WEIGHTS,
    ) -> list[tuple[str, float]]:
        """Passage ids and BM25 scores, best first; the words of a phrase must stand near each other.

        `documents` restricts the search (None: all). `weights` are those of title, section, context and body.
        """
        return find_phrase(self._catalogue, phrase, documents, limit, weights)

    def vocabulary(self) -> dict[str, int]:
        """Folded words of the corpus (not stems, no stop words) and the number of passages that hold each."""
        return self._vocabulary

    def dense(
        self, vector: NDArray[np.float32], documents: Collection[str] | None = None, limit: int = 50
    ) -> list[tuple[str, float]]:
        """Passage ids and cosines, nearest first. Raises VectorStoreUnavailable where the Chroma server is silent."""
        if limit <= 0 or (documents is not None and not documents):
            return []
        return self._opened.search(np.asarray(vector, dtype=np.float32), documents, limit)

    def remembering(self, questions: QuestionMemory) -> "Index":
        """A view of the same generation that knows other questions; all else stays as it is."""
        view = copy.copy(self)
        view.__dict__["questions"] = questions
        return view

    @cached_property
    def questions(self) -> QuestionMemory:
        """The questions in users' words attached to passages."""
        return QuestionMemory(*self._catalogue.questions())

    @cached_property
    def _documents(self) -> dict[str, DocumentRecord]:
        return {record.entry.id: record for record in self._catalogue.documents()}

    @cached_property
    def _all_passages(self) -> tuple[Passage, ...]:
        return tuple(passage for name in self._documents for passage in self._of(name).passages.values())

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        return self._catalogue.vocabulary()

    def _fiches(self, document: str | None) -> list[FicheAction]:
        found = (fiche for name in self._names(document) for fiche in self._of(name).fiches.values())
        return [fiche for fiche in found if self._theme is None or self._theme in fiche.themes]

    def _names(self, document: str | None) -> tuple[str, ...]:
        return tuple(self._documents) if document is None else (self.document(document).entry.id,)

    def _of(self, document: str) -> "_Contents":
        known = self._contents.get(document)
        if known is None:
            self.document(document)
            with self._lock:
                known = self._contents.get(document) or _Contents(self._opened, document)
                self._contents[document] = known
        return known


class _Contents:
    """What one document holds, each part read when first asked for."""

    def __init__(self, opened: OpenGeneration, document: str) -> None:
        self._catalogue = opened.catalogue
        self._document = document

    @cached_property
    def text(self) -> str:
        return self._catalogue.raw_text(self._document)

    @cached_property
    def repaired(self) -> RepairedText:
        return RepairedText(self.text, self._catalogue.repairs(self._document))

    @cached_property
    def pages(self) -> tuple[PageSpan, ...]:
        return self._catalogue.pages(self._document)

    @cached_property
    def sections(self) -> dict[str, Section]:
        return {section.id: section for section in self._catalogue.sections(self._document)}

    @cached_property
    def fiches(self) -> dict[str, FicheAction]:
        return {fiche.id: fiche for fiche in self._catalogue.fiches(self._document)}

    @cached_property
    def equipment(self) -> tuple[Equipment, ...]:
        return self._catalogue.equipment(self._document)

    @cached_property
    def passages(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in self._catalogue.passages(self._document)}

    @cached_property
    def by_section(self) -> dict[str, tuple[Passage, ...]]:
        groups: dict[str, list[Passage]] = {}
        for passage in self.passages.values():
            groups.setdefault(passage.section, []).append(passage)
        return {section: tuple(group) for section, group in groups.items()}

    @cached_property
    def by_fiche(self) -> dict[str, tuple[Passage, ...]]:
        groups: dict[str, list[Passage]] = {}
        for passage in self.passages.values():
            if passage.fiche:
                groups.setdefault(passage.fiche, []).append(passage)
        return {fiche: tuple(group) for fiche, group in groups.items()}


def _document_of(identifier: str) -> str:
    """A section, fiche or passage id begins with its document's id."""
    return identifier.partition("#")[0]


def _find(records: dict[str, _Record], identifier: str) -> _Record:
    if identifier not in records:
        raise UnknownDocument(
            f"« {identifier} » n'est plus dans l'index (il a été mis à jour) : posez la question à nouveau."
        )
    return records[identifier]
