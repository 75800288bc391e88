"""The documents that questions are asked about: their raw text and the territory they speak for."""

from corpus.manifest import load_manifest
from corpus.records.base import Record
from corpus.settings import Settings
from ingest.readers import read_document


class Source(Record):
    """A document, as the evaluation knows it."""

    id: str
    territory: str
    """Short name of the territory."""
    text: str
    """Raw text, which the offsets of citations point into."""


def load_sources(settings: Settings) -> dict[str, Source]:
    """Document id to document. Raises CorpusError or DocumentUnreadable."""
    manifest = load_manifest(settings.corpus_dir, settings.added_dir)
    return {
        document.entry.id: Source(
            id=document.entry.id,
            territory=document.entry.territory.short_name,
            text=read_document(document.path, document.entry.pages).text,
        )
        for document in manifest.documents
    }


def texts_of(sources: dict[str, Source]) -> dict[str, str]:
    """Document id to raw text."""
    return {source.id: source.text for source in sources.values()}
