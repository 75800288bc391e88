"""What is learned from: every passage of the delivered corpus, and every question attached to some of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.attached_questions import load_known_questions
from corpus.embedding_packaged import PackagedEmbedder
from corpus.index.records import AttachedQuestion, IndexedDocument
from corpus.known_vectors import save_known_vectors, text_key
from corpus.manifest import load_manifest
from corpus.records import Equipment, FicheAction
from corpus.repairs import RepairedText
from corpus.settings import Settings
from corpus.unanswered import load_unanswered
from corpus.units import split_units
from ingest.hashing import hash_file
from ingest.understanding import index_document


class Examples(NamedTuple):
    """Vectors of the model alone, and which passages answer which question."""

    questions: NDArray[np.float32]
    """One row of length 1 for each question."""
    passages: NDArray[np.float32]
    """One row of length 1 for each passage."""
    answers: NDArray[np.bool_]
    """Questions × passages: whether the passage holds the quote that answers."""
    documents: NDArray[np.str_]
    """Document of each question."""


def collect_examples(settings: Settings, embedder: PackagedEmbedder) -> Examples:
    """The examples of the delivered documents; their vectors and their sentences' go to `corpus/known_vectors.npz`.

    Raises DocumentUnreadable or ModelUnavailable.
    """
    documents = _understood(settings)
    passages = [passage for document in documents for passage in document.passages]
    asked = [(document.entry.id, item) for document in documents for item in document.questions]
    texts = [passage.embedding_text() for passage in passages]
    wordings = [item.question for _, item in asked]
    passage_rows = embedder.base_vectors(texts, query=False)
    question_rows = embedder.base_vectors(wordings, query=True)
    sentences = _sentences(documents)
    unanswered = [one.question for one in load_unanswered(settings)]
    _keep(
        embedder.base_fingerprint,
        [*texts, *sentences],
        np.concatenate([passage_rows, embedder.base_vectors(sentences, query=False)]),
        [*wordings, *unanswered],
        np.concatenate([question_rows, embedder.base_vectors(unanswered, query=True)]),
    )
    answers = mark_answers([item for _, item in asked], [passage.id for passage in passages])
    return Examples(question_rows, passage_rows, answers, np.asarray([document for document, _ in asked]))


def mark_answers(questions: Sequence[AttachedQuestion], passages: Sequence[str]) -> NDArray[np.bool_]:
    """Questions × passages (their ids): True where the passage holds the quote that answers the question."""
    place = {passage: number for number, passage in enumerate(passages)}
    answers = np.zeros((len(questions), len(passages)), dtype=np.bool_)
    for row, question in enumerate(questions):
        answers[row, [place[passage] for passage in question.passages]] = True
    return answers


class _Understood:
    """Documents just understood, as units are made from (`corpus.units.UnitSource`)."""

    def __init__(self, documents: Sequence[IndexedDocument]) -> None:
        self._documents = {document.entry.id: document for document in documents}
        self._fiches = {fiche.id: fiche for one in documents for fiche in (*one.fiches, *one.actions)}
        self._repaired = {
            document.entry.id: RepairedText(document.read.text, document.read.repairs) for document in documents
        }

    def raw_text(self, document: str) -> str:
        return self._documents[document].read.text

    def repaired(self, document: str) -> RepairedText:
        return self._repaired[document]

    def fiche(self, fiche: str) -> FicheAction:
        return self._fiches[fiche]

    def equipment(self, document: str | None = None) -> tuple[Equipment, ...]:
        kept = [self._documents[document]] if document else self._documents.values()
        return tuple(row for one in kept for row in one.equipment)


def _sentences(documents: Sequence[IndexedDocument]) -> list[str]:
    """What answers quote, as people read it, each once."""
    source = _Understood(documents)
    units = (unit for document in documents for passage in document.passages for unit in split_units(source, passage))
    return list(dict.fromkeys(unit.reading for unit in units))


def _understood(settings: Settings) -> list[IndexedDocument]:
    known = load_known_questions(settings)
    return [
        index_document(
            item.path, item.entry, hash_file(item.path), settings, lambda *_: None, known.get(item.entry.id, ())
        )
        for item in load_manifest(settings.corpus_dir, settings.added_dir).documents
        if not item.added
    ]


def _keep(
    fingerprint: str,
    texts: Sequence[str],
    passage_rows: NDArray[np.float32],
    wordings: Sequence[str],
    question_rows: NDArray[np.float32],
) -> None:
    keyed = {text_key(text, False): row for text, row in zip(texts, passage_rows, strict=True)}
    keyed |= {text_key(text, True): row for text, row in zip(wordings, question_rows, strict=True)}
    save_known_vectors(fingerprint, list(keyed), np.stack(list(keyed.values())))
