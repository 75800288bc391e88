"""Word templates of drafted fiches: the one delivered, and those put in the working folder."""

from pathlib import Path

from corpus.errors import ExportFailed
from corpus.settings import Settings

DELIVERED = ""
FOLDER = "modeles"
"""Folder of the working folder where a Caf's own templates go."""


def template_choices(settings: Settings) -> list[tuple[str, str]]:
    """Name to show, and value, of each template that can be chosen."""
    return [("Modèle livré", DELIVERED), *((path.stem, path.name) for path in _found(settings))]


def template_path(settings: Settings, name: str | None) -> Path | None:
    """The file of a choice; None for the one delivered. Raises ExportFailed where it is there no more."""
    if not name:
        return None
    path = next((path for path in _found(settings) if path.name == name), None)
    if path is None:
        raise ExportFailed("Ce modèle n'est plus dans le dossier « modeles » : choisissez-en un autre.")
    return path


def _found(settings: Settings) -> list[Path]:
    folder = settings.data_dir / FOLDER
    return sorted(path for path in folder.glob("*.docx") if path.is_file()) if folder.is_dir() else []
