"""One document, from its file to what the index holds of it."""

from pathlib import Path

from corpus.index.generation import Progress
from corpus.index.records import IndexedDocument
from corpus.records import DocumentEntry
from corpus.settings import Settings
from ingest.hashing import hash_content
from ingest.readers import read_document
from ingest.readers.limits import ReadLimits


def index_document(
    path: Path, entry: DocumentEntry, file_hash: str, settings: Settings, progress: Progress
) -> IndexedDocument:
    """A file, read and understood. Raises DocumentUnreadable, with the reason."""
    from ingest.structure import understand_document

    read = read_document(
        path,
        entry.pages,
        limits=ReadLimits(file_mb=settings.file_max_mb),
        progress=lambda done, total: progress(f"Reconnaissance des pages de « {path.name} »", done, total),
        kept_pages=settings.data_dir / "pages",
    )
    structure = understand_document(entry, read)
    return IndexedDocument(
        entry=entry,
        content_hash=hash_content(file_hash, entry),
        file_hash=file_hash,
        read=read,
        sections=structure.sections,
        fiches=structure.fiches,
        actions=structure.actions,
        equipment=structure.equipment,
        passages=structure.passages,
    )
