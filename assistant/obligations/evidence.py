"""What the corpus says of a rule: the quotes of the rules file, found again in the source and placed in it."""

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.obligations.report import RuleMention
from corpus.manifest import ManifestDocument, load_manifest
from corpus.obligations import Mention, Rule
from corpus.records import Citation, Passage
from corpus.settings import Settings, load_settings
from corpus.text import squeeze, without_marks

if TYPE_CHECKING:
    from corpus.index.reader import Index


class CorpusTexts(Protocol):
    """Where quotes are looked for."""

    def raw_text(self, document: str) -> str | None:
        """Raw text of a document; None where the corpus no longer has it."""

    def territory(self, document: str) -> str | None:
        """Short name of a document's territory."""

    def passage(self, document: str, start: int, end: int) -> Passage | None:
        """The passage that holds a range of the raw text; None where none does or there is no index."""


class IndexTexts:
    """The documents of the index in service."""

    def __init__(self, index: "Index") -> None:
        self._index = index
        self._documents = {record.entry.id for record in index.documents()}

    def raw_text(self, document: str) -> str | None:
        return self._index.raw_text(document) if document in self._documents else None

    def territory(self, document: str) -> str | None:
        return self._index.document(document).entry.territory.short_name

    def passage(self, document: str, start: int, end: int) -> Passage | None:
        holding = [
            passage
            for passage in self._index.passages(document)
            if any(span.start < end and start < span.end for span in passage.spans)
        ]
        return min(holding, key=lambda passage: _distance(passage, start, end), default=None)


class FileTexts:
    """The text files that the manifest names: no index is needed, and no page is known."""

    def __init__(self, settings: Settings | None = None) -> None:
        settings = settings or load_settings()
        self._manifest = load_manifest(settings.corpus_dir, settings.added_dir)

    def raw_text(self, document: str) -> str | None:
        found = self._manifest.find(document)
        return _read_text(found.path) if found is not None and _is_text(found) else None

    def territory(self, document: str) -> str | None:
        found = self._manifest.find(document)
        return found.entry.territory.short_name if found is not None else None

    def passage(self, document: str, start: int, end: int) -> Passage | None:
        return None


def mentions_of(rule: Rule, texts: CorpusTexts) -> tuple[RuleMention, ...]:
    """The mentions of a rule whose quote stands in the corpus as it is now, numbered from 1."""
    found: list[RuleMention] = []
    for mention in rule.corpus:
        citation = cite_mention(mention, texts, len(found) + 1)
        if citation is not None:
            found.append(RuleMention(citation=citation, says=mention.says, note=mention.note))
    return tuple(found)


def cite_mention(mention: Mention, texts: CorpusTexts, number: int) -> Citation | None:
    """The citation of a mention; None where its document or its quote is no longer in the corpus."""
    raw = texts.raw_text(mention.document)
    place = find_quote(raw, mention.quote) if raw is not None else None
    if raw is None or place is None:
        return None
    start, end = place
    passage = texts.passage(mention.document, start, end)
    return Citation(
        n=number,
        document=mention.document,
        territory=texts.territory(mention.document),
        section=passage.address() if passage is not None else mention.section,
        page=passage.page if passage is not None else None,
        quote=squeeze(without_marks(raw[start:end])),
        start=start,
        end=end,
        verified=True,
        passage=passage.id if passage is not None else None,
    )


def find_quote(raw: str, quote: str) -> tuple[int, int] | None:
    """Where the words of a quote first stand in a text, white space apart; None where they do not."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    found = re.search(pattern, raw)
    return found.span() if found else None


def _distance(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Missing characters first, then the passage's own length: the smallest passage that holds all comes first."""
    covered = sum(max(0, min(span.end, end) - max(span.start, start)) for span in passage.spans)
    return (end - start - covered, sum(span.end - span.start for span in passage.spans))


def _is_text(document: ManifestDocument) -> bool:
    return document.path.suffix.lower() == ".txt" and document.path.exists()


@lru_cache(maxsize=32)
def _read_text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
