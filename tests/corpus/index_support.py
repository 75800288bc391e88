"""Shared by the index tests: a tiny corpus of our own, published as an ingestion does."""

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from corpus.embedding import Embedder
from corpus.index.base import find_base
from corpus.index.generation import Changes, Published, publish
from corpus.index.job import Job, Outcome
from corpus.index.lock import writer_lock
from corpus.index.records import IndexedDocument
from corpus.index.worker import run_job
from corpus.records import (
    DocumentEntry,
    FicheAction,
    Passage,
    ReadDocument,
    Section,
    Span,
    Territory,
    Value,
)
from corpus.settings import Settings

CRECHE = "La microcrèche de Saulon accueille douze enfants de moins de trois ans."
MAM = "Une maison d'assistants maternels ouvrira en 2025 dans l'ancienne école."
JEUNES = "Le point jeunes propose des permanences numériques le mercredi après-midi."
BUS = "Un minibus intercommunal conduit les familles isolées jusqu'au centre social."


class HereWorker:
    """The worker's own work without the process around it: most tests have no use for its three seconds."""

    def run(self, job: Job) -> Outcome:
        return Outcome(ok=True, churn=run_job(job), version=version("chromadb"))


def put(
    settings: Settings, embedder: Embedder, documents: Sequence[IndexedDocument], removed: Sequence[str] = ()
) -> Published:
    """Put documents in service in the index of the settings."""
    with writer_lock(settings.index_dir):
        base = find_base(settings.index_dir, settings.chroma_url)
        held = list(base.record.documents) if base else []
        order = [name for name in held if name not in removed]
        order += [document.entry.id for document in documents if document.entry.id not in order]
        changes = Changes(replaced=tuple(documents), removed=tuple(removed), order=tuple(order))
        return publish(settings.index_dir, base, changes, embedder, settings.chroma_url, HereWorker(), lambda *_: None)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def build_document(name: str, paragraphs: Sequence[str], fiche: str | None = None) -> IndexedDocument:
    """A document of one section with one passage a paragraph; the first passage is that of the fiche, if any."""
    text = "\n\n".join(paragraphs)
    entry = DocumentEntry(
        id=name,
        file=f"{name}.txt",
        title=f"Convention {name}",
        kind="convention",
        territory=Territory(name=f"Pays de {name}", short_name=name),
        provenance="Inventé pour les tests.",
    )
    root = Section(
        id=f"{name}#s0", document=name, ordinal=0, parent=None, kind="document", label="", title=entry.title,
        path=(), start=0, end=len(text), page=None,
    )  # fmt: skip
    fiches = []
    if fiche:
        value = Value(text=fiche, start=0, end=len(fiche))
        fiches = [
            FicheAction(
                id=f"{name}#f1", document=name, ref="1", title=fiche, section=root.id, section_path=(), page=None,
                start=0, end=len(paragraphs[0]), title_value=value, fields={"pilote": (value,)},
            )
        ]  # fmt: skip
    passages, start = [], 0
    for ordinal, paragraph in enumerate(paragraphs):
        context = f"Pays de {name}"
        passages.append(
            Passage(
                id=f"{name}#p0-{ordinal}", document=name, section=root.id, section_path=("Partie",), kind="texte",
                fiche=fiches[0].id if fiches and ordinal == 0 else None, text=paragraph,
                spans=(Span(start=start, end=start + len(paragraph)),), context=context,
                content_hash=hashlib.sha256(f"{context}\n{paragraph}".encode()).hexdigest(),
            )
        )  # fmt: skip
        start += len(paragraph) + 2
    digest = hashlib.sha256(text.encode()).hexdigest()
    return IndexedDocument(
        entry=entry, content_hash=digest, file_hash=digest, read=ReadDocument(text=text, format="texte"),
        sections=(root,), fiches=tuple(fiches), passages=tuple(passages),
    )  # fmt: skip
