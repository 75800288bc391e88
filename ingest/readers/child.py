"""The child process that opens a file of a rich format: `python -m ingest.readers.child`.

The request comes as JSON on standard input, the answer goes as JSON to standard output. Whatever a hostile file
makes a library do (loop, swell, crash) ends with this process.
"""

import importlib
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from corpus.errors import DocumentUnreadable
from ingest.readers.limits import ReadLimits

TASKS = {
    "pdf": "ingest.readers.pdf:read_pdf",
    "docx": "ingest.readers.docx:read_docx",
    "odt": "ingest.readers.odt:read_odt",
    "html": "ingest.readers.html:read_html",
    "count": "ingest.readers.raster:count_pages",
    "render": "ingest.readers.raster:render_page",
    "ocr": "ingest.readers.ocr:recognise_page",
}
"""What the child can be asked: each is a function of (path, limits, **options) that returns plain JSON data."""

OUT_OF_MEMORY = 7
_WRITTEN_MB = 64


def main() -> int:
    """Runs one task; exit code 0 with {"result": …} or {"refused": sentence}, OUT_OF_MEMORY, or any crash."""
    answer_to = os.dup(1)
    os.dup2(2, 1)
    logging.disable(logging.WARNING)
    request = json.load(sys.stdin)
    limits = ReadLimits.model_validate(request["limits"])
    _bound_this_process(limits, limits.page_seconds if request["task"] == "ocr" else limits.seconds)
    try:
        answer = _run(request["task"], Path(request["path"]), limits, request["options"])
    except MemoryError:
        return OUT_OF_MEMORY
    with os.fdopen(answer_to, "w", encoding="ascii") as stream:
        json.dump(answer, stream)
    return 0


def _run(task: str, path: Path, limits: ReadLimits, options: dict[str, Any]) -> dict[str, Any]:
    module, function = TASKS[task].split(":")
    try:
        return {"result": getattr(importlib.import_module(module), function)(path, limits, **options)}
    except DocumentUnreadable as error:
        return {"refused": str(error)}


def _bound_this_process(limits: ReadLimits, seconds: float) -> None:
    """Memory, processor time and size of written files, where the system can bound them (Linux; macOS in part)."""
    try:
        import resource
    except ImportError:  # Windows: the parent watches the clock and the memory
        return
    bounds = {
        resource.RLIMIT_AS: limits.memory_mb * 1024 * 1024,
        resource.RLIMIT_CPU: int(seconds) + 1,
        resource.RLIMIT_FSIZE: _WRITTEN_MB * 1024 * 1024,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        hard = resource.getrlimit(kind)[1]
        bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    sys.exit(main())
