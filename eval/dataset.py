"""The question set: one JSON Lines file per author under questions/hands/, and which part each question is in.

The authors' files stay as they were written; split.json alone decides what is tuned on and what is frozen.
"""

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from corpus.errors import CorpusError
from corpus.jsonlines import read_lines
from corpus.validation import wrong_key
from eval.records import Question, Split
from eval.split import read_split, split_of

QUESTIONS_DIR = Path(__file__).resolve().parent / "questions"


def load_questions(split: Split | Literal["all"] = "all", folder: Path = QUESTIONS_DIR) -> tuple[Question, ...]:
    """The questions of one part, or of both, in the order of the files.

    Raises CorpusError with file, line and key where a question is wrong, an id is used twice, or a file is missing.
    """
    questions = tuple(question for group in load_hands(folder).values() for question in group)
    if split == "all":
        return questions
    stored = read_split(folder / "split.json")
    return tuple(question for question in questions if split_of(question.id, stored) == split)


def load_hands(folder: Path = QUESTIONS_DIR) -> dict[str, tuple[Question, ...]]:
    """Author (name of the file) to their questions; raises as load_questions."""
    files = sorted((folder / "hands").glob("*.jsonl"))
    if not files:
        raise CorpusError(f"Aucune question d'évaluation dans {folder / 'hands'} : ajoutez-y un fichier .jsonl.")
    hands = {file.stem: tuple(read_questions(file)) for file in files}
    _refuse_repeated_ids(hands)
    return hands


def read_questions(file: Path) -> Iterable[Question]:
    """The questions of one JSON Lines file; empty lines are skipped. Raises CorpusError."""
    for place, line in read_lines(file):
        yield _read_question(place, line)


def _read_question(place: str, line: str) -> Question:
    try:
        return Question.model_validate(json.loads(line, object_pairs_hook=partial(_refuse_repeated_keys, place)))
    except json.JSONDecodeError as error:
        raise CorpusError(f"{place} : ce n'est pas du JSON ({error.msg}, caractère {error.pos}).") from error
    except ValidationError as error:
        raise wrong_key(place, error, "question") from error


def _refuse_repeated_keys(place: str, pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise CorpusError(f"{place}, clé {key} : elle est donnée deux fois.")
    return dict(pairs)


def _refuse_repeated_ids(hands: dict[str, tuple[Question, ...]]) -> None:
    seen: dict[str, str] = {}
    for hand, questions in hands.items():
        for question in questions:
            if question.id in seen:
                raise CorpusError(
                    f"{hand}.jsonl, clé id : « {question.id} » existe déjà dans {seen[question.id]}.jsonl."
                )
            seen[question.id] = hand
