"""What the worker process is asked, and what it answers."""

from pathlib import Path

from corpus.records.base import Record


class Job(Record):
    """What the worker is asked to do."""

    folder: Path
    """Folder of the generation; its catalogue is written and closed."""
    collection: str
    url: str | None = None
    """Address of the Chroma server; None for the folder's own."""
    churn: int = 0
    """Vectors already deleted from the collection."""
    build: bool = True
    """Bring the vectors up to the catalogue before checking; False only checks."""


class Outcome(Record):
    """What the worker did."""

    ok: bool
    reason: str = ""
    server: bool = False
    """True where it failed because the Chroma server did not answer."""
    churn: int = 0
    version: str = ""
    """Version of chromadb."""
