"""What to say of a record that does not fit its model."""

from pydantic import ValidationError

from corpus.errors import CorpusError


def wrong_key(place: str, error: ValidationError, whole: str) -> CorpusError:
    """The error for a record that does not fit: its place, its first wrong key (`whole` where it is none) and why."""
    key, reason = first_fault(error)
    return CorpusError(f"{place}, clé {key or whole} : {reason}.")


def first_fault(error: ValidationError) -> tuple[str, str]:
    """The first wrong key, dotted (empty where the record as a whole is wrong), and what pydantic says of it."""
    first = error.errors()[0]
    return ".".join(str(part) for part in first["loc"]), first["msg"]
