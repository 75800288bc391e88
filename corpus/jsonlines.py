"""JSON Lines files, read so that an error can name the line."""

from pathlib import Path

from corpus.errors import CorpusError


def read_lines(file: Path, holding: str = "les questions") -> list[tuple[str, str]]:
    """The filled lines of a file, in order, each with its place ("q.jsonl, ligne 3").

    Raises CorpusError, which says in French what the file is `holding`, where it is not text in UTF-8.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{file.name} est illisible : {holding} sont en JSON Lines, en UTF-8.") from error
    # Not `splitlines`: it also cuts at separators (U+2028, U+0085) that a JSON string may hold as they are.
    lines = enumerate(text.split("\n"), start=1)
    return [(f"{file.name}, ligne {number}", line) for number, line in lines if line.strip()]
