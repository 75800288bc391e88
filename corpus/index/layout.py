"""Where the index stands on disk: one folder a generation, and CURRENT, the pointer to the one in service.

CURRENT               name of the generation in service
LOCK                  held by the one process that prepares a generation
gen-000012/           generation.json, catalogue.sqlite, chroma/
"""

import hashlib
import json
import re
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import IndexDamaged, IndexForeign, IndexMissing
from corpus.files import write_whole
from corpus.index.records import FORMAT, GenerationRecord

CURRENT = "CURRENT"
LOCK = "LOCK"
RECORD = "generation.json"
CATALOGUE = "catalogue.sqlite"
CHROMA = "chroma"

_NAME = re.compile(r"^gen-(\d{6,})$")


def read_pointer(index_dir: Path) -> str:
    """Name of the generation in service.

    Raises IndexMissing where there is none yet, IndexDamaged where the pointer is empty, unreadable or points nowhere.
    """
    try:
        name = (index_dir / CURRENT).read_bytes()[:64].decode("ascii", "replace").strip()
    except FileNotFoundError as error:
        if generation_names(index_dir):
            raise IndexDamaged(
                f"Le pointeur de l'index ({index_dir / CURRENT}) manque : lancez `ctg ingest` pour le rétablir."
            ) from error
        raise IndexMissing("Aucun index n'est en service : lancez `ctg ingest` pour indexer le corpus.") from error
    except OSError as error:
        raise IndexDamaged(
            f"Le pointeur de l'index ({index_dir / CURRENT}) est illisible : lancez `ctg ingest` pour le rétablir."
        ) from error
    if not _NAME.match(name) or not (index_dir / name).is_dir():
        raise IndexDamaged(
            f"Le pointeur de l'index ({index_dir / CURRENT}) ne désigne aucune génération : "
            "lancez `ctg ingest` pour le rétablir."
        )
    return name


def write_pointer(index_dir: Path, name: str) -> None:
    """Put a generation in service, in one step. Raises StoreNotWritable."""
    write_whole(index_dir / CURRENT, f"{name}\n".encode("ascii"))


def pointer_stamp(index_dir: Path) -> tuple[int, int, int] | None:
    """What changes at each switch; None where there is no pointer. Costs one system call."""
    try:
        status = (index_dir / CURRENT).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def generation_names(index_dir: Path) -> list[str]:
    """Generations on disk, oldest first, whole or not."""
    if not index_dir.is_dir():
        return []
    names = [path.name for path in index_dir.iterdir() if _NAME.match(path.name) and path.is_dir()]
    return sorted(names, key=lambda name: int(name.removeprefix("gen-")))


def next_name(index_dir: Path) -> str:
    """A name that no folder has, not even one left by an interrupted ingestion."""
    names = generation_names(index_dir)
    last = int(names[-1].removeprefix("gen-")) if names else 0
    return f"gen-{last + 1:06d}"


def read_record(folder: Path) -> GenerationRecord:
    """What a generation says of itself.

    Raises IndexForeign where another version of the format made it, IndexDamaged where it cannot be read.
    """
    damaged = f"L'index {folder.name} est endommagé : lancez `ctg ingest` pour le reconstruire."
    try:
        content = json.loads((folder / RECORD).read_bytes())
        made_by = content["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(damaged) from error
    if made_by != FORMAT:
        raise IndexForeign(
            f"L'index en service est au format {made_by}, cette version lit le format {FORMAT} : "
            "lancez `ctg ingest` pour le reconstruire."
        )
    try:
        return GenerationRecord.model_validate(content)
    except ValidationError as error:
        raise IndexDamaged(damaged) from error


def write_record(folder: Path, record: GenerationRecord) -> None:
    """Write what a generation says of itself. Raises StoreNotWritable."""
    write_whole(folder / RECORD, record.model_dump_json(indent=1).encode("utf-8"))


def hash_files(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a generation except its record, by relative path."""
    hashes = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / RECORD:
            with path.open("rb") as file:
                hashes[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashes
