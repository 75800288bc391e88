"""How a file is refused: one sentence with its name, the reason and what to do."""

from pathlib import Path

from corpus.errors import DocumentUnreadable

_SHOWN_NAME_CHARS = 80


def refused(path: Path, reason: str, advice: str) -> DocumentUnreadable:
    """The error to raise: « name » reason : advice."""
    return DocumentUnreadable(f"Le fichier « {shown_name(path)} » {reason} : {advice}")


def shown_name(path: Path) -> str:
    """A file's name made safe to show: no control or direction characters, never endless."""
    name = printable_name(path)
    return name if len(name) <= _SHOWN_NAME_CHARS else name[: _SHOWN_NAME_CHARS - 1] + "…"


def printable_name(path: Path) -> str:
    """A file's whole name without the characters that would break a line or turn its direction."""
    return "".join(char if char.isprintable() else "�" for char in path.name) or str(path)
