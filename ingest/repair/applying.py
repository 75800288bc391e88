"""A document that was read, with the repairs of its text where it is a recognised one."""

from functools import lru_cache
from pathlib import Path

from corpus.manifest import load_manifest
from corpus.records import DocumentEntry, ReadDocument, Territory
from corpus.settings import Settings
from ingest.repair.finding import find_repairs, is_noisy
from ingest.repair.lexicon import FrenchWords, french_words

RECOGNISED_FORMATS = ("pdf-scan", "image")
"""Formats of the texts that this project recognised itself."""


def with_repairs(read: ReadDocument, entry: DocumentEntry, settings: Settings) -> ReadDocument:
    """The document with its sure repairs; untouched where it is no scan and its text shows no sign of one.

    The field's words come from the delivered texts, and not from those that the user added: what a document becomes
    must not depend on the order in which others came.
    """
    if read.format not in RECOGNISED_FORMATS and not is_noisy(read.text):
        return read
    lexicon, names = _delivered(settings.corpus_dir)
    return read.model_copy(update={"repairs": find_repairs(read.text, lexicon, (*names, *_names(entry.territory)))})


@lru_cache(maxsize=2)
def _delivered(corpus_dir: Path) -> tuple[FrenchWords, tuple[str, ...]]:
    """The words of the delivered clean texts with those of the language, and the names of every territory."""
    documents = load_manifest(corpus_dir, corpus_dir / "none").documents
    texts = [
        document.path.read_text(encoding="utf-8", errors="replace")
        for document in documents
        if document.path.suffix == ".txt" and document.path.is_file()
    ]
    names = tuple(name for document in documents for name in _names(document.entry.territory))
    return french_words(text for text in texts if not is_noisy(text)), names


def _names(territory: Territory) -> tuple[str, ...]:
    known = (territory.name, *territory.communes, *territory.other_names, territory.department, territory.caf)
    return tuple(name for name in known if name)
