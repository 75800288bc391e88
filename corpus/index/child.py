"""Starting the worker process and talking to it."""

import os
import subprocess
import sys
import threading
from types import TracebackType

from pydantic import ValidationError

from corpus.errors import IndexDamaged, VectorStoreUnavailable
from corpus.index.job import Job, Outcome
from corpus.settings import PROJECT_ROOT

_BUILD_S = 900.0
_CHECK_S = 120.0


class VectorWorker:
    """A process that warms up while the caller does something else; use it in a `with` block.

    A process does one job. A further job starts a new one.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = self._start()

    def __enter__(self) -> "VectorWorker":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def run(self, job: Job) -> Outcome:
        """Have the job done.

        Raises IndexDamaged where the files do not answer or killed the process, VectorStoreUnavailable where the Chroma
        server does not answer.
        """
        process = self._process = self._process or self._start()
        try:
            assert process.stdin
            # stdin stays open until the answer is there: its end tells the process that we are gone.
            process.stdin.write(job.model_dump_json() + "\n")
            process.stdin.flush()
            outcome = Outcome.model_validate_json(_read_line(process, _BUILD_S if job.build else _CHECK_S))
        except (OSError, ValidationError) as error:
            raise IndexDamaged(
                "La vérification de l'index s'est arrêtée sans répondre : lancez `ctg ingest` pour le reconstruire."
            ) from error
        finally:
            self._end()
        if outcome.ok:
            return outcome
        raise (VectorStoreUnavailable if outcome.server else IndexDamaged)(outcome.reason)

    def _start(self) -> "subprocess.Popen[str]":
        paths = [str(PROJECT_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        return subprocess.Popen(
            [sys.executable, "-m", "corpus.index.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            text=True,
        )

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _read_line(process: "subprocess.Popen[str]", seconds: float) -> str:
    assert process.stdout
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        return process.stdout.readline()
    finally:
        timer.cancel()
