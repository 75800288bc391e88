"""The process that touches Chroma's files when a generation is prepared: `python -m corpus.index.worker`.

A damaged file can crash the process that opens it; this one may die, the one that answers questions must not. It
imports its libraries first, then waits for one job (a JSON line), does it and says what happened (a JSON line).
It ends at once when the process that started it is gone.
"""

import os
import shutil
import sys
import threading

from corpus.errors import AssistantError, VectorStoreUnavailable
from corpus.index.canary import check_catalogue, check_vectors
from corpus.index.catalogue import Catalogue, read_vectors
from corpus.index.job import Job, Outcome
from corpus.index.layout import CATALOGUE, CHROMA
from corpus.index.vectors import VectorStore, open_folder, open_server


def main() -> None:
    """Read a job, do it, print the outcome."""
    import chromadb

    line = sys.stdin.readline()
    if not line:
        return
    threading.Thread(target=_end_with_parent, daemon=True).start()
    job = Job.model_validate_json(line)
    try:
        churn = run_job(job)
        outcome = Outcome(ok=True, churn=churn, version=chromadb.__version__)
    except AssistantError as error:
        outcome = Outcome(ok=False, reason=str(error), server=isinstance(error, VectorStoreUnavailable))
    print(outcome.model_dump_json(), flush=True)


def run_job(job: Job) -> int:
    """Bring the vectors of a generation up to its catalogue, then check both; vectors deleted so far.

    Raises IndexDamaged where something does not answer, VectorStoreUnavailable where the server does not.
    """
    catalogue = Catalogue(job.folder / CATALOGUE)
    churn = _build(job, catalogue) if job.build else job.churn
    check_catalogue(catalogue)
    # Opened anew: what is checked is what stands on the disk.
    store = _open(job)
    check_vectors(catalogue, store)
    store.close()
    catalogue.close()
    return churn


def _build(job: Job, catalogue: Catalogue) -> int:
    expected = dict(catalogue.rows("SELECT p.id, v.text_hash FROM passages p JOIN vectors v USING (number)"))
    store = _open(job)
    present = store.hashes()
    stale = [name for name, text_hash in present.items() if expected.get(name) != text_hash]
    churn = job.churn + len(stale)
    if job.url is None and churn > 1000 + len(expected) // 2:
        # Chroma keeps the trace of every deleted vector: past this point a new collection is smaller and faster.
        store.close()
        shutil.rmtree(job.folder / CHROMA)
        store, present, stale, churn = _open(job), {}, [], 0
    store.delete(stale)
    kept = set(present) - set(stale)
    _add(store, catalogue, {name: text_hash for name, text_hash in expected.items() if name not in kept})
    store.close()
    return churn


def _add(store: VectorStore, catalogue: Catalogue, missing: dict[str, str]) -> None:
    rows = catalogue.rows("SELECT p.id, p.document, v.vector FROM passages p JOIN vectors v USING (number)")
    ids, documents, matrix = read_vectors(row for row in rows if row[0] in missing)
    if ids:
        store.add(ids, documents, [missing[name] for name in ids], matrix)


def _open(job: Job) -> VectorStore:
    if job.url is not None:
        return open_server(job.url, job.collection, create=job.build)
    return open_folder(job.folder / CHROMA, job.collection)


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(3)


if __name__ == "__main__":
    main()
