"""What users said of answers, turned into candidate questions that a person completes.

A candidate is deliberately not a valid question (its type and difficulty say "à compléter"): copied unfinished into
the question set, it is refused with the key to fill in.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from pydantic import Field, ValidationError

from corpus.errors import StoreNotWritable
from corpus.jsonlines import read_lines
from corpus.records.base import Record
from corpus.settings import Settings
from corpus.text import letters
from corpus.validation import wrong_key
from eval.records import Question

TO_COMPLETE = "à compléter"


class Feedback(Record):
    """One thumb, up or down, with what it was about."""

    question: str = Field(min_length=2)
    answer: str | None = None
    """What had been answered; None where it was not kept."""
    reason: str | None = None
    """Why the answer was not good; None for a thumb up."""
    generation: str | None = None
    """Index generation that had answered."""


def feedback_file(settings: Settings) -> Path:
    """Where the page keeps what users say."""
    return settings.data_dir / "feedback" / "feedback.jsonl"


def read_feedback(file: Path) -> tuple[Feedback, ...]:
    """All that users said, oldest first; empty where nobody said anything. Raises CorpusError on a wrong line."""
    if not file.exists():
        return ()
    return tuple(_read_line(place, line) for place, line in read_lines(file, "les avis"))


def write_candidates(feedback: Iterable[Feedback], known: Iterable[Question], file: Path) -> int:
    """Write one candidate per question that the set does not hold yet; how many were written.

    Raises StoreNotWritable where the file cannot be written.
    """
    seen = {letters(question.conversation()[-1]) for question in known}
    lines: list[str] = []
    for record in feedback:
        key = letters(record.question)
        if key not in seen:
            seen.add(key)
            lines.append(json.dumps(_candidate(record, len(lines) + 1), ensure_ascii=False))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise StoreNotWritable(
            f"{file} ne peut pas être écrit ({error.strerror or error}) : vérifiez les droits et la place libre."
        ) from error
    return len(lines)


def _candidate(record: Feedback, number: int) -> dict[str, object]:
    return {
        "id": f"retour-{number:03d}",
        "question": record.question,
        "type": TO_COMPLETE,
        "difficulty": TO_COMPLETE,
        "gold": [],
        "answer": "",
        "must_include": [],
        "note": f"Retour : {record.reason or 'réponse jugée bonne'}. Index {record.generation or 'inconnu'}. "
        f"Réponse donnée : {record.answer or 'non conservée'}",
    }


def _read_line(place: str, line: str) -> Feedback:
    try:
        return Feedback.model_validate_json(line)
    except ValidationError as error:
        raise wrong_key(place, error, "ligne") from error
