"""Questions that the delivered documents do not answer, though they look as if they did.

They stand in `questions/unanswered/*.jsonl` (keys doc, null where the question names no territory, and question), and
were written by several hands who searched the documents for an answer first. A question close to one of them is
probably unanswered too. They say nothing of documents added later: see `Unanswered` in `assistant.retrieve`.
"""

import json
from pathlib import Path

from corpus.attached_questions import QUESTIONS_FOLDER
from corpus.errors import CorpusError
from corpus.jsonlines import read_lines
from corpus.records.base import Record
from corpus.settings import Settings

UNANSWERED_FOLDER = "unanswered"


class UnansweredQuestion(Record):
    """A question that no document answers."""

    document: str | None
    """The document where the answer would be looked for; None where the question names no territory."""
    question: str
    hand: str = ""
    """The file it stands in: one for each hand."""


def load_unanswered(settings: Settings) -> tuple[UnansweredQuestion, ...]:
    """The questions shipped. Raises CorpusError, with file and line, where a line is not one."""
    folder = settings.corpus_dir / QUESTIONS_FOLDER / UNANSWERED_FOLDER
    return tuple(question for file in sorted(folder.glob("*.jsonl")) for question in _read(file))


def _read(file: Path) -> list[UnansweredQuestion]:
    found = []
    for place, line in read_lines(file):
        try:
            item = json.loads(line)
            found.append(UnansweredQuestion(document=item["doc"], question=item["question"], hand=file.stem))
        except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            raise CorpusError(f"{place} : une question sans réponse a « doc » (ou null) et « question ».") from error
    return found
