"""One document, from its file to what the index holds of it."""

from collections.abc import Sequence
from pathlib import Path

from corpus.attached_questions import KnownQuestion
from corpus.index.generation import Progress
from corpus.index.records import IndexedDocument
from corpus.records import DocumentEntry, PageConvention, ReadDocument
from corpus.settings import Settings
from ingest.attaching import attach_questions
from ingest.hashing import hash_content
from ingest.readers import read_document
from ingest.readers.limits import ReadLimits
from ingest.readers.refusal import shown_name
from ingest.repair import with_repairs


def index_document(
    path: Path,
    entry: DocumentEntry,
    file_hash: str,
    settings: Settings,
    progress: Progress,
    questions: Sequence[KnownQuestion] = (),
) -> IndexedDocument:
    """A file, read and understood; `questions`: those known for it. Raises DocumentUnreadable, with the reason."""
    return understand_read(read_file(path, entry.pages, settings, progress), entry, file_hash, settings, questions)


def read_file(path: Path, convention: PageConvention, settings: Settings, progress: Progress) -> ReadDocument:
    """A file as raw text. Raises DocumentUnreadable, with the reason."""
    return read_document(
        path,
        convention,
        limits=ReadLimits(file_mb=settings.file_max_mb),
        progress=lambda done, total: progress(f"Reconnaissance des pages de « {shown_name(path)} »", done, total),
        kept_pages=kept_pages(settings),
    )


def understand_read(
    read: ReadDocument,
    entry: DocumentEntry,
    file_hash: str,
    settings: Settings,
    questions: Sequence[KnownQuestion] = (),
) -> IndexedDocument:
    """A text that was read, repaired where it was recognised, cut into all that the index holds of it."""
    from ingest.structure import understand_document

    read = with_repairs(read, entry, settings)
    structure = understand_document(entry, read)
    return IndexedDocument(
        entry=entry,
        content_hash=hash_content(file_hash, entry, questions),
        file_hash=file_hash,
        read=read,
        sections=structure.sections,
        fiches=structure.fiches,
        actions=structure.actions,
        equipment=structure.equipment,
        passages=structure.passages,
        questions=attach_questions(questions, structure.passages),
    )


def kept_pages(settings: Settings) -> Path:
    """Where the pictures and texts of scanned pages are kept."""
    return settings.data_dir / "pages"
