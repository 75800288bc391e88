"""Questions in users' words, each with the sentence of a document that answers it.

They stand in `questions/*.jsonl` (keys doc, quote, question) beside the delivered documents, and in the folder of the
documents that the user added. At indexing, each is attached to the passages that hold its quote: a new question close
to a known one finds them. They were written by several hands that had not read the code, and are never shown as facts.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import CorpusError
from corpus.jsonlines import read_lines
from corpus.records.base import Record
from corpus.settings import Settings

QUESTIONS_FOLDER = "questions"
_KEYS = ("doc", "quote", "question")


class KnownQuestion(Record):
    """A question and the words of a document that answer it."""

    document: str
    quote: str
    question: str


def load_known_questions(settings: Settings) -> dict[str, tuple[KnownQuestion, ...]]:
    """The questions known for each document. Raises CorpusError where a file is not what it should be."""
    grouped: dict[str, list[KnownQuestion]] = {}
    for folder in (settings.corpus_dir / QUESTIONS_FOLDER, settings.added_dir / QUESTIONS_FOLDER):
        for question in read_known_questions(folder):
            grouped.setdefault(question.document, []).append(question)
    return {document: tuple(questions) for document, questions in grouped.items()}


def read_known_questions(folder: Path, names: str = "*.jsonl") -> list[KnownQuestion]:
    """The questions of the JSON Lines files of `folder` called `names`, in order; none where there is no folder.

    Raises CorpusError, with file and line, where a line is not a question with its quote.
    """
    return [_question(place, line) for file in sorted(folder.glob(names)) for place, line in read_lines(file)]


def questions_digest(questions: Iterable[KnownQuestion]) -> str:
    """What changes when the questions known for a document change."""
    return "\n".join(f"{question.quote}\t{question.question}" for question in questions)


def _question(place: str, line: str) -> KnownQuestion:
    try:
        item = json.loads(line)
        document, quote, question = (str(item[key]).strip() for key in _KEYS)
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise CorpusError(f"{place} : une question connue a « doc », « quote » et « question ».") from error
    if not (document and quote and question):
        raise CorpusError(f"{place} : « doc », « quote » et « question » doivent être remplis.")
    return KnownQuestion(document=document, quote=quote, question=question)
