"""The documents of the corpus: those delivered with the project, and those that the user added or removed.

The delivered manifest is never written. What the user changes stands in a second manifest of the same form, in the
data folder: entries added there win over a delivered entry of the same id, and its `removed` ids are left out.
"""

from pathlib import Path
from typing import Any

import yaml
from pydantic import field_validator

from corpus.errors import UnknownDocument
from corpus.files import write_whole
from corpus.records import DocumentEntry
from corpus.records.base import HandWritten, Record
from corpus.yamlfile import load_yaml

MANIFEST_NAME = "manifest.yaml"
DOCUMENTS_FOLDER = "documents"


class ManifestFile(HandWritten):
    """What a manifest file holds."""

    documents: tuple[DocumentEntry, ...] = ()
    removed: tuple[str, ...] = ()
    """Delivered documents that the user took out; only in the data folder's manifest."""

    @field_validator("documents")
    @classmethod
    def _ids_once(cls, documents: tuple[DocumentEntry, ...]) -> tuple[DocumentEntry, ...]:
        seen: set[str] = set()
        for entry in documents:
            if entry.id in seen:
                raise ValueError(f"deux documents portent l'identifiant « {entry.id} » ; renommez-en un")
            seen.add(entry.id)
        return documents


class ManifestDocument(Record):
    """A document of the corpus and the file that holds it."""

    entry: DocumentEntry
    path: Path
    """The file, whether it exists or not."""
    added: bool
    """True for a document of the data folder, False for a delivered one."""


class Manifest(Record):
    """The documents that the corpus should hold, delivered ones first, each id once."""

    documents: tuple[ManifestDocument, ...]
    removed: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[DocumentEntry, ...]:
        return tuple(document.entry for document in self.documents)

    def find(self, document_id: str) -> ManifestDocument | None:
        """The document of this id; None where the corpus has none."""
        return next((document for document in self.documents if document.entry.id == document_id), None)


def load_manifest(corpus_dir: Path, added_dir: Path) -> Manifest:
    """The delivered documents and the user's own, minus those that were removed.

    Raises CorpusError (file, line, key) where a manifest is missing or wrong. The user's may be missing.
    """
    delivered = load_yaml(corpus_dir / MANIFEST_NAME, ManifestFile)
    own = _load_added(added_dir)
    own_ids = {entry.id for entry in own.documents}
    documents = [
        ManifestDocument(entry=entry, path=corpus_dir / DOCUMENTS_FOLDER / entry.file, added=False)
        for entry in delivered.documents
        if entry.id not in own_ids and entry.id not in own.removed
    ]
    documents += [
        ManifestDocument(entry=entry, path=added_dir / DOCUMENTS_FOLDER / entry.file, added=True)
        for entry in own.documents
    ]
    return Manifest(documents=tuple(documents), removed=own.removed)


def add_entry(added_dir: Path, entry: DocumentEntry) -> None:
    """Add or replace an entry of the user's manifest. The file must already stand in the documents folder.

    Raises CorpusError where that manifest is wrong, StoreNotWritable where it cannot be written.
    """
    own = _load_added(added_dir)
    documents = [other for other in own.documents if other.id != entry.id] + [entry]
    _write_added(added_dir, documents, [removed for removed in own.removed if removed != entry.id])


def remove_entry(corpus_dir: Path, added_dir: Path, document_id: str) -> None:
    """Take a document out of the corpus: an added one with its file, a delivered one by listing its id as removed.

    Raises UnknownDocument where no manifest has it, StoreNotWritable where the user's cannot be written.
    """
    found = load_manifest(corpus_dir, added_dir).find(document_id)
    if found is None:
        raise UnknownDocument(
            f"Aucun document du corpus ne s'appelle « {document_id} » ; `ctg docs` donne les identifiants."
        )
    own = _load_added(added_dir)
    removed = list(own.removed)
    delivered = load_yaml(corpus_dir / MANIFEST_NAME, ManifestFile)
    if any(entry.id == document_id for entry in delivered.documents):
        removed.append(document_id)
    _write_added(added_dir, [entry for entry in own.documents if entry.id != document_id], removed)
    if found.added:
        found.path.unlink(missing_ok=True)


def _load_added(added_dir: Path) -> ManifestFile:
    path = added_dir / MANIFEST_NAME
    return load_yaml(path, ManifestFile) if path.exists() else ManifestFile()


def _write_added(added_dir: Path, documents: list[DocumentEntry], removed: list[str]) -> None:
    content: dict[str, Any] = {"documents": [_plain(entry.model_dump(mode="json")) for entry in documents]}
    if removed:
        content["removed"] = sorted(set(removed))
    text = "# Documents ajoutés ou retirés par `ctg ingest` et `ctg remove`. Ce fichier peut être modifié à la main.\n"
    text += yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
    write_whole(added_dir / MANIFEST_NAME, text.encode("utf-8"))


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    """Without the keys that only repeat "unknown": the file stays readable."""
    kept = {key: _plain(value) if isinstance(value, dict) else value for key, value in entry.items()}
    return {key: value for key, value in kept.items() if value is not None and value != []}
