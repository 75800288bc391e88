"""What commands print: JSON on standard output and nothing else there, or text for people."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.errors import AssistantError, ExportFailed, QuestionRejected


def print_json(value: Any) -> None:
    """One JSON value on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_json_line(value: Any) -> None:
    """One line of JSON Lines, flushed so that a reader sees it at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def read_batch(path: Path) -> Iterator[dict[str, Any]]:
    """The questions of a JSON Lines file: `id` with `question`, or `id` with `turns`.

    Raises QuestionRejected, naming the line, where a line is not one of these.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionRejected(
            f"Le fichier de questions « {path.name} » est illisible : vérifiez qu'il existe et qu'il est en UTF-8."
        ) from error
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except json.JSONDecodeError as error:
            raise QuestionRejected(f"{path.name}, ligne {number} : ce n'est pas du JSON ({error.msg}).") from error
        if not isinstance(item, dict) or "id" not in item or not _asks(item):
            raise QuestionRejected(
                f"{path.name}, ligne {number} : il faut « id » et « question » (texte), ou « id » et « turns » (liste)."
            )
        yield item


def turns_of(item: dict[str, Any]) -> list[str]:
    """The questions of a batch line: one, or those of a conversation."""
    return list(item["turns"]) if "turns" in item else [item["question"]]


def run_batch(items: Iterable[dict[str, Any]], answer: Any) -> None:
    """One JSON line per item, in order; an item that cannot be answered has its sentence under `error`."""
    for item in items:
        try:
            result = answer(turns_of(item))
        except AssistantError as error:
            result = {"question": turns_of(item)[-1], "error": str(error)}
        print_json_line({"id": item["id"], **result})


def _asks(item: dict[str, Any]) -> bool:
    if isinstance(item.get("question"), str):
        return True
    turns = item.get("turns")
    return isinstance(turns, list) and bool(turns) and all(isinstance(turn, str) for turn in turns)


def write_text(path: Path, writers: Mapping[str, Callable[[], str]]) -> None:
    """Write a file with the writer of its ending. Raises ExportFailed where the ending or the folder does not do."""
    writer = writers.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(writers)
        raise ExportFailed(f"Le format « {path.suffix or path.name} » n'est pas connu : utilisez {known}.")
    try:
        path.write_text(writer(), encoding="utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8")
    except OSError as error:
        raise ExportFailed(f"Le fichier « {path} » ne peut pas être écrit : {error.strerror}.") from error
