"""Has a file opened by a child process with limits of time and memory, so that a hostile one harms nothing."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from corpus.errors import DocumentUnreadable
from ingest.readers.child import OUT_OF_MEMORY
from ingest.readers.limits import ReadLimits
from ingest.readers.refusal import refused

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_WATCH_S = 0.1
_KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "TESSDATA_PREFIX")


def run_in_child(task: str, path: Path, limits: ReadLimits, **options: Any) -> Any:
    """The result of one task of ingest.readers.child on a file.

    Raises DocumentUnreadable where the task refuses the file, takes too long or too much memory, or crashes.
    """
    request = {"task": task, "path": str(path.resolve()), "limits": limits.model_dump(), "options": options}
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "ingest.readers.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    )
    watch = _MemoryWatch(child.pid, limits.memory_mb)
    watch.start()
    try:
        answer, complaints = child.communicate(json.dumps(request).encode(), timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        advice = "il est anormal ou trop grand ; découpez-le ou enregistrez-le de nouveau."
        raise refused(path, f"n'a pas pu être lu en {limits.seconds:.0f} secondes", advice) from error
    finally:
        _end(child)
        watch.stop()
    if watch.exceeded or child.returncode == OUT_OF_MEMORY or b"MemoryError" in complaints[-2000:]:
        advice = "il est anormal ou trop grand ; découpez-le ou enregistrez-le de nouveau."
        raise refused(path, f"demande plus de mémoire que permis ({limits.memory_mb} Mio)", advice)
    return _result(path, child.returncode, answer, complaints)


def _result(path: Path, code: int, answer: bytes, complaints: bytes) -> Any:
    if code < 0:
        reason = "arrête le programme qui le lit, faute de mémoire ou parce qu'il est anormal"
        raise refused(path, reason, "enregistrez-le de nouveau ou découpez-le.")
    if code != 0 or not answer:
        _log.debug("lecture de %s : code %s, %s", path.name, code, complaints.decode(errors="replace")[-2000:])
        raise refused(path, "est endommagé ou tronqué", "redonnez le fichier complet ou enregistrez-le de nouveau.")
    value = json.loads(answer)
    if "refused" in value:
        raise DocumentUnreadable(value["refused"])
    return value["result"]


def _environment() -> dict[str, str]:
    """What the child needs and no more: no keys, no proxies, one thread in every numeric library."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "MALLOC_ARENA_MAX": "2"}
    return kept | threads | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends the child and what it started (Tesseract); harmless where it has ended already."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout, child.stderr):
        if stream:
            stream.close()


class _MemoryWatch(threading.Thread):
    """Kills the child when its resident memory passes the limit: for systems that cannot bound it themselves."""

    def __init__(self, pid: int, memory_mb: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._limit = memory_mb * 1024 * 1024
        self._over = threading.Event()
        self.exceeded = False

    def run(self) -> None:
        """Looks ten times a second until the child has ended."""
        import psutil

        try:
            process = psutil.Process(self._pid)
            while not self._over.wait(_WATCH_S):
                if process.memory_info().rss > self._limit:
                    self.exceeded = True
                    process.kill()
        except psutil.NoSuchProcess:
            return

    def stop(self) -> None:
        """Ends the watch."""
        self._over.set()
        self.join(timeout=1)
