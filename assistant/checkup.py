"""Is the installation and the index in order, and if not, what to do."""

import importlib.metadata
import os
import shutil
from typing import Literal

from pydantic import BaseModel

from corpus.errors import AssistantError
from corpus.index.reader import open_index
from corpus.manifest import load_manifest
from corpus.settings import Settings
from ingest.readers import system_checks

_PACKAGES = ("llama-index-core", "sentence-transformers", "chromadb", "gradio", "pydantic", "torch")
_LEAST_FREE = 500_000_000


class Finding(BaseModel):
    """One thing that was looked at."""

    name: str
    level: Literal["ok", "conseil", "a-faire"]
    text: str


def check_installation(settings: Settings) -> list[Finding]:
    """Packages, corpus, data folder, index, language model, system programs: what is in order and what to do."""
    return [
        *_check_packages(),
        _check_manifest(settings),
        _check_data_folder(settings),
        _check_index(settings),
        _check_language_model(settings),
        *_check_programs(),
    ]


def _check_packages() -> list[Finding]:
    findings = []
    for package in _PACKAGES:
        try:
            version = importlib.metadata.version(package)
            findings.append(Finding(name=package, level="ok", text=f"version {version}"))
        except importlib.metadata.PackageNotFoundError:
            findings.append(Finding(name=package, level="a-faire", text="absent : lancez « make install »."))
    return findings


def _check_manifest(settings: Settings) -> Finding:
    try:
        manifest = load_manifest(settings.corpus_dir, settings.added_dir)
    except AssistantError as error:
        return Finding(name="Manifeste", level="a-faire", text=str(error))
    return Finding(name="Manifeste", level="ok", text=f"{len(manifest.entries)} documents décrits")


def _check_data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    existing = next(parent for parent in (folder, *folder.resolve().parents) if parent.exists())
    if not os.access(existing, os.W_OK):
        return Finding(
            name="Dossier de travail", level="a-faire",
            text=f"« {folder} » ne peut pas être écrit : changez ses droits, ou CTG_DATA_DIR.",
        )  # fmt: skip
    free = shutil.disk_usage(existing).free
    if free < _LEAST_FREE:
        return Finding(
            name="Dossier de travail", level="a-faire",
            text=f"il reste {free // 1_000_000} Mo sur le disque : libérez de la place avant d'indexer.",
        )  # fmt: skip
    return Finding(name="Dossier de travail", level="ok", text=f"{folder} ({free // 1_000_000_000} Go libres)")


def _check_index(settings: Settings) -> Finding:
    try:
        index = open_index(settings)
    except AssistantError as error:
        return Finding(name="Index", level="a-faire", text=str(error))
    passages = len(index.passages())
    return Finding(
        name="Index", level="ok",
        text=f"génération {index.generation.name}, {passages} passages, modèle {index.generation.embedding.name}",
    )  # fmt: skip


def _check_language_model(settings: Settings) -> Finding:
    if not settings.llm_url:
        return Finding(name="Modèle de langue", level="ok", text="aucun : les réponses sont composées sans modèle")
    if not settings.llm_model:
        return Finding(name="Modèle de langue", level="a-faire", text="renseignez CTG_LLM_MODEL.")
    return Finding(name="Modèle de langue", level="ok", text=f"{settings.llm_model} à l'adresse {settings.llm_url}")


def _check_programs() -> list[Finding]:
    return [
        Finding(
            name=check.name,
            level="ok" if check.present else "conseil",
            text="présent" if check.present else f"absent, utile pour {check.purpose} : {check.install}",
        )
        for check in system_checks()
    ]
