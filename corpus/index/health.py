"""Is the index in order? What `ctg doctor` says of it, and what an ingestion asks of a Chroma server."""

import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from corpus.errors import AssistantError, IndexDamaged
from corpus.index.child import VectorWorker
from corpus.index.job import Job
from corpus.index.layout import hash_files, read_pointer, read_record
from corpus.index.opened import refuse_other_model
from corpus.index.records import GenerationRecord
from corpus.settings import Settings


def find_faults(settings: Settings) -> tuple[str, ...]:
    """What is wrong with the index in service, one French sentence each with what to do; empty where all is well.

    Compares every file with what was checked when it was made, then asks the canary queries in another process.
    """
    try:
        folder, record = check_files(settings)
        check_generation(folder, record)
    except AssistantError as error:
        return (str(error),)
    return ()


def check_files(settings: Settings) -> tuple[Path, GenerationRecord]:
    """The generation in service, every file of which is as it was when it was checked.

    Takes some milliseconds and opens nothing. Raises IndexMissing, IndexForeign or IndexDamaged.
    """
    folder = settings.index_dir / read_pointer(settings.index_dir)
    record = read_record(folder)
    refuse_other_model(record, settings)
    try:
        files = hash_files(folder)
    except OSError as error:
        raise IndexDamaged(f"L'index {folder} est illisible ({error.strerror}) : lancez `ctg ingest`.") from error
    changed = sorted(name for name in {**record.files, **files} if record.files.get(name) != files.get(name))
    if changed:
        names = ", ".join(changed)
        raise IndexDamaged(f"Des fichiers de l'index ont changé depuis leur vérification ({names}) : `ctg ingest`.")
    made_by, installed = record.vectors.version, version("chromadb")
    if made_by != installed:
        raise IndexDamaged(
            f"L'index a été fait avec Chroma {made_by}, la version installée est {installed} : lancez `ctg ingest`."
        )
    return folder, record


def check_generation(folder: Path, record: GenerationRecord) -> None:
    """Ask the canary queries of a generation, in another process and of a copy of its files.

    Raises IndexDamaged, or VectorStoreUnavailable where the Chroma server is silent.
    """
    state = record.vectors
    with tempfile.TemporaryDirectory(prefix="ctg-verification-") as place:
        copy = Path(place) / folder.name
        try:
            shutil.copytree(folder, copy)
        except OSError as error:
            raise IndexDamaged(
                f"L'index {folder} ne peut pas être copié pour être vérifié ({error.strerror}) : libérez de la place."
            ) from error
        with VectorWorker() as worker:
            worker.run(Job(folder=copy, collection=state.collection, url=state.url, build=False))
