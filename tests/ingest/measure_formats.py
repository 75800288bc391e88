"""What each format gives back of each delivered document, and what reading it costs.

    python tests/ingest/measure_formats.py [--forms pdf,docx] [--documents gevrey-nuits]

One JSON line for each document and form, on standard output. Scans take some minutes for each document.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from rapidfuzz import fuzz  # noqa: E402
from rendering import scan  # noqa: E402
from test_readers_round_trip import entry_of, fiches, outline, render, understood  # noqa: E402

from corpus.manifest import load_manifest  # noqa: E402
from corpus.text import letters  # noqa: E402
from ingest.readers import read_document  # noqa: E402
from ingest.structure import understand_document  # noqa: E402

FORMS = ("txt", "pdf", "colonnes.pdf", "docx", "odt", "html", "scan.pdf")
SCAN_DEGREES = 0.6
_ALIKE = 90
"""Percent of letters in common from which a title or a field counts as found again."""


def main() -> int:
    """Each measure runs in a process of its own, so that its peak of memory is its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", default=",".join(FORMS))
    parser.add_argument("--documents", default="")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    names = [entry.id for entry in load_manifest(ROOT / "corpus", ROOT / "no-added-documents").entries]
    for name in asked.documents.split(",") if asked.documents else names:
        for form in asked.forms.split(","):
            if asked.here:
                print(json.dumps(measure(name, form), ensure_ascii=False), flush=True)
            else:
                command = [sys.executable, __file__, "--here", "--documents", name, "--forms", form]
                subprocess.run(command, check=True)
    return 0


def measure(name: str, form: str) -> dict[str, Any]:
    """Sections, fiches, actions, fields and equipment found again, with seconds and peak memory of the reader."""
    original = understood(name)
    with tempfile.TemporaryDirectory() as folder:
        file = _laid_out(name, form, Path(folder))
        begin, work = time.perf_counter(), _work_of_children()
        read = read_document(file, entry_of(name).pages, kept_pages=Path(folder) / "pages")
        seconds, work = time.perf_counter() - begin, _work_of_children() - work
    again = understand_document(entry_of(name), read)
    expected, found = fiches(original.fiches), fiches(again.fiches)
    return {
        "document": name,
        "form": form,
        "pages": len(read.pages),
        "sections": _in_order(outline(original.sections[1:]), outline(again.sections[1:])),
        "fiches": _titles(original.fiches, again.fiches),
        "actions": _titles(original.actions, again.actions),
        "fields": [sum(_alike(words, found.get(place, [])) for place, words in expected.items()), len(expected)],
        "equipment": _in_order([row.name for row in original.equipment], [row.name for row in again.equipment]),
        "letters": round(fuzz.ratio(letters(_text(name)), letters(read.text)), 1) if form != "txt" else 100.0,
        "unread": list(read.notes),
        "seconds": round(seconds, 2),
        "processor_seconds": round(work, 2),
        "peak_mb": None if form == "txt" else _peak_of_children_mb(),
    }


def _laid_out(name: str, form: str, folder: Path) -> Path:
    if form == "txt":
        return ROOT / "corpus/documents" / f"{name}.txt"
    file = folder / f"{name}.{form}"
    if form == "scan.pdf":
        render(name, "pdf", folder / "net.pdf")
        scan(folder / "net.pdf", file, SCAN_DEGREES)
    else:
        render(name, form, file)
    return file


def _text(name: str) -> str:
    return (ROOT / "corpus/documents" / f"{name}.txt").read_text(encoding="utf-8")


def _in_order(expected: list[Any], found: list[Any]) -> list[int]:
    """How many come back in the same order, how many were to, how many came."""
    same = sum(block.size for block in SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks())
    return [same, len(expected), len(found)]


def _titles(expected: Iterable[Any], found: Iterable[Any]) -> list[int]:
    titles, come_back = [letters(one.title) for one in expected], [letters(one.title) for one in found]
    again = sum(any(fuzz.ratio(title, other) >= _ALIKE for other in come_back) for title in titles)
    return [again, len(titles), len(come_back)]


def _alike(expected: list[str], found: list[str]) -> bool:
    return fuzz.ratio("".join(expected), "".join(found)) >= _ALIKE


def _work_of_children() -> float:
    """Processor time of the child processes that have ended: unlike the clock, other programs do not change it."""
    times = os.times()
    return times.children_user + times.children_system


def _peak_of_children_mb() -> int | None:
    """Peak memory of the largest child process so far; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024 or None


if __name__ == "__main__":
    sys.exit(main())
