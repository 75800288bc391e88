"""Adding the user's files to the corpus: each is read before it is kept, so that a bad file leaves no trace."""

from collections.abc import Sequence
from pathlib import Path

from corpus.files import copy_whole
from corpus.index.catalogue import Catalogue
from corpus.index.layout import CATALOGUE
from corpus.index.records import IndexedDocument
from corpus.manifest import DOCUMENTS_FOLDER, add_entry, load_manifest
from ingest.convergence import Tally
from ingest.hashing import hash_file
from ingest.likeness import KnownTexts, Likeness, is_new_version
from ingest.metadata import proposals, propose_metadata
from ingest.new_files import find_same_names, list_files, page_convention, propose_entry, stored_name
from ingest.readers.document import check_file
from ingest.readers.limits import ReadLimits
from ingest.readers.refusal import printable_name, shown_name
from ingest.repair.applying import RECOGNISED_FORMATS
from ingest.understanding import index_document, read_file, understand_read

_DIFFERENCES_TOLD = 3
_NEARLY_ALL = 0.99
"""A version that differs by one word shares nearly all, and not "100 %"."""


def add_files(tally: Tally, paths: Sequence[Path]) -> None:
    """Copy new files into the data folder with a manifest entry; what fails or is already there is written down.

    Raises CorpusError where a manifest is wrong, StoreNotWritable where the data folder cannot be written.
    """
    files = list_files(paths)
    if not files:
        return
    limits = ReadLimits(file_mb=tally.settings.file_max_mb)
    known = _known_contents(tally)
    texts = KnownTexts(_in_service(tally), lambda document: _text_in_service(tally, document))
    for number, file in enumerate(files):
        tally.progress(f"Lecture de « {shown_name(file)} »", number, len(files))
        with tally.one_document(file, None):
            check_file(file, limits)
            file_hash = hash_file(file)
            if file_hash in known:
                tally.duplicates.append((printable_name(file), known[file_hash]))
                continue
            tally.warm_worker()
            document = _understand(tally, file, file_hash, texts)
            if document is not None:
                _keep(tally, file, document)
                known[file_hash] = document.entry.id
                texts.learn(document.entry.id, document.read.text)


def _known_contents(tally: Tally) -> dict[str, str]:
    """SHA-256 of every file of the corpus, with its document id."""
    manifest = load_manifest(tally.settings.corpus_dir, tally.settings.added_dir)
    return {hash_file(document.path): document.entry.id for document in manifest.documents if document.path.is_file()}


def _in_service(tally: Tally) -> list[str]:
    return list(tally.base.record.documents) if tally.base else []


def _understand(tally: Tally, file: Path, file_hash: str, texts: KnownTexts) -> IndexedDocument | None:
    """The file as the document it is: a new one, or another version of the one that has its name; None for a text
    that the corpus already has in another file."""
    settings = tally.settings
    manifest = load_manifest(settings.corpus_dir, settings.added_dir)
    read = read_file(file, page_convention(file), settings, tally.progress)
    close = texts.closest(read.text, recognised=read.format in RECOGNISED_FORMATS)
    same = close is not None and close.same
    for namesake in find_same_names(file, manifest):
        if same and Path(namesake.file).suffix.lower() != file.suffix.lower():
            continue
        if is_new_version(_text_in_service(tally, namesake.id), read.text):
            entry = namesake.model_copy(update={"file": stored_name(namesake.id, file)})
            return index_document(file, entry, file_hash, settings, tally.progress)
    if close is not None and same:
        tally.duplicates.append((printable_name(file), close.document))
        if close.differences:
            tally.remark(close.document, _doubtful_note(file, close))
        return None
    taken = [*(document.entry.id for document in manifest.documents), *manifest.removed]
    proposed = propose_metadata(read.text)
    entry = propose_entry(file, taken, proposed)
    if close is not None:
        tally.remark(entry.id, _version_note(close))
    tally.proposals += proposals(entry, proposed, read.text)
    return understand_read(read, entry, file_hash, settings)


def _version_note(close: Likeness) -> str:
    told = f" ({_told(close)})" if close.differences else ""
    share = f"{100 * min(close.shared, _NEARLY_ALL):.0f} %"
    return (
        f"{share} de son texte est aussi dans « {close.document} »{told} : si c'en est une nouvelle version, retirez "
        f"l'ancienne (`ctg remove {close.document}`) ; sinon les deux comptent."
    )


def _doubtful_note(file: Path, close: Likeness) -> str:
    return (
        f"« {shown_name(file)} », reconnu comme le même document, s'y lit autrement : {_told(close)}. Si ce n'est pas "
        f"une faute de lecture, retirez l'ancien (`ctg remove {close.document}`), puis redonnez ce fichier."
    )


def _told(close: Likeness) -> str:
    changes = [one.told() for one in close.differences[:_DIFFERENCES_TOLD]]
    more = len(close.differences) - len(changes)
    if more > 0:
        changes.append("une autre différence" if more == 1 else f"{more} autres différences")
    return f"{', '.join(changes[:-1])} et {changes[-1]}" if len(changes) > 1 else "".join(changes)


def _text_in_service(tally: Tally, document: str) -> str:
    if tally.base is None:
        return ""
    catalogue = Catalogue(tally.base.folder / CATALOGUE)
    try:
        return catalogue.raw_text(document)
    finally:
        catalogue.close()


def _keep(tally: Tally, file: Path, document: IndexedDocument) -> None:
    added_dir = tally.settings.added_dir
    copy_whole(file, added_dir / DOCUMENTS_FOLDER / document.entry.file)
    add_entry(added_dir, document.entry)
    tally.ready[document.entry.id] = document
