"""Which questions may be looked at while tuning (dev, two thirds) and which are frozen (test, one third).

The first division is stratified by author and type and written once. A question that is added later
gets its part from a hash of its id, so that no file needs rewriting and nothing moves.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import CorpusError
from corpus.validation import wrong_key
from eval.records import Question, Split

SEED = "assistant-ctg-1"
_STORED = TypeAdapter(dict[str, Split])


def split_of(question_id: str, stored: Mapping[str, Split]) -> Split:
    """The part of a question: the stored one, else one decided by its id alone."""
    return stored.get(question_id) or ("test" if _draw(question_id) % 3 == 0 else "dev")


def read_split(file: Path) -> dict[str, Split]:
    """Question id to part. Raises CorpusError where the file is missing or wrong."""
    try:
        return _STORED.validate_json(file.read_bytes())
    except FileNotFoundError as error:
        raise CorpusError(f"{file.name} manque : rétablissez-le depuis le dépôt, il ne se recalcule pas.") from error
    except ValidationError as error:
        raise wrong_key(file.name, error, "fichier") from error


def write_split(hands: Mapping[str, tuple[Question, ...]], file: Path) -> dict[str, Split]:
    """Divide the questions and store the result; a file that exists is only completed, never changed."""
    stored = read_split(file) if file.exists() else stratified_split(hands)
    for questions in hands.values():
        for question in questions:
            stored[question.id] = split_of(question.id, stored)
    file.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return stored


def stratified_split(hands: Mapping[str, tuple[Question, ...]]) -> dict[str, Split]:
    """One third of each (type, author) stratum in test, drawn by hash.

    A stratum of a few questions cannot be cut in three exactly: what rounding leaves is carried to the next
    stratum of the same type, so that each type and the whole come out at a third.
    """
    strata: dict[tuple[str, str], list[str]] = {}
    for hand, questions in hands.items():
        for question in questions:
            strata.setdefault((question.type, hand), []).append(question.id)
    result: dict[str, Split] = {}
    seen = taken = 0
    for stratum in sorted(strata):
        ids = sorted(strata[stratum], key=_draw)
        seen += len(ids)
        share = round(seen / 3) - taken
        taken += share
        result.update({question_id: "test" if place < share else "dev" for place, question_id in enumerate(ids)})
    return result


def _draw(question_id: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{SEED}:{question_id}".encode()).digest()[:8], "big")
