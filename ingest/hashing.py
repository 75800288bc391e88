"""Hashes that tell whether a document has to be read again."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from corpus.attached_questions import KnownQuestion, questions_digest
from corpus.errors import DocumentUnreadable
from corpus.records import DocumentEntry

_INGEST = Path(__file__).resolve().parent
_CORPUS = _INGEST.parent / "corpus"
_CODE = (".py", ".yaml", ".sql")


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes. Raises DocumentUnreadable where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DocumentUnreadable(
            f"Le fichier « {path.name} » ne peut pas être lu ({error.strerror}) : vérifiez qu'il existe et ses droits."
        ) from error


def hash_content(file_hash: str, entry: DocumentEntry, questions: Iterable[KnownQuestion] = ()) -> str:
    """SHA-256 of all that decides what a document becomes: file, manifest entry, known questions, code that reads."""
    whole = "\n".join((file_hash, entry.model_dump_json(), questions_digest(questions), code_version()))
    return hashlib.sha256(whole.encode("utf-8")).hexdigest()


@lru_cache(maxsize=1)
def code_version() -> str:
    """SHA-256 of the code and vocabularies that turn a file into passages: a change of them reads everything again."""
    files = [path for path in _INGEST.rglob("*") if path.suffix in _CODE]
    files += [_CORPUS / "text.py", _CORPUS / "dates.py", *(_CORPUS / "records").glob("*.py"), *_CORPUS.glob("theme*.*")]
    files += [_CORPUS / "index" / "schema.sql", _CORPUS / "index" / "lexical.py"]
    total = hashlib.sha256()
    for path in sorted(path for path in files if path.suffix in _CODE):
        total.update(path.name.encode("utf-8") + b"\0" + path.read_bytes())
    return total.hexdigest()
