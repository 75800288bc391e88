"""The delivered texts with their repairs, and the lines that were corrected by hand (ocr/lines.jsonl).

Each line was read beside its raw form and corrected only where the right form is beyond doubt without the picture of
the page. Half of them served to write the repair, the other half only to measure it.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.manifest import load_manifest
from corpus.records import DocumentEntry
from corpus.repairs import RepairedText
from ingest.repair import FrenchWords, find_repairs, french_words, is_noisy

ROOT = Path(__file__).resolve().parents[2]
LINES = Path(__file__).with_name("ocr") / "lines.jsonl"
RECOGNISED = ("creusot-montceau-nord", "cordais-causse")
"""The delivered texts that come from a recognition."""


@lru_cache
def texts() -> dict[str, str]:
    """Raw text of each delivered document."""
    documents = load_manifest(ROOT / "corpus", ROOT / "no-added-documents").documents
    return {document.entry.id: document.path.read_text(encoding="utf-8") for document in documents}


def entry_of(name: str) -> DocumentEntry:
    """The manifest's entry of a delivered document."""
    found = load_manifest(ROOT / "corpus", ROOT / "no-added-documents").find(name)
    assert found is not None
    return found.entry


@lru_cache
def lexicon(without: str = "") -> FrenchWords:
    """The words that repairs may write; those of one document can be left out, to judge it by the others."""
    return french_words(text for name, text in texts().items() if name != without and not is_noisy(text))


@lru_cache
def repaired(name: str) -> RepairedText:
    """A delivered text with the repairs that ingestion would make, whether it shows noise or not."""
    territory = entry_of(name).territory
    names = (territory.name, *territory.communes, *territory.other_names, territory.department or "")
    return RepairedText(texts()[name], find_repairs(texts()[name], lexicon(name), names))


def corrected_lines(half: str) -> list[dict[str, Any]]:
    """The hand-corrected lines of one half ("developpement" or "controle")."""
    lines = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["half"] == half]


def repaired_line(name: str, number: int) -> str:
    """A line (from 1) of a document, repaired."""
    raw = texts()[name]
    start = 0
    for _ in range(number - 1):
        start = raw.index("\n", start) + 1
    end = raw.find("\n", start)
    return repaired(name).between(start, end if end >= 0 else len(raw))


def word_error_rate(half: str, which: str) -> float:
    """Word errors of the raw or of the repaired lines against the corrected ones, by jiwer; apostrophes are alike."""
    import jiwer

    lines = corrected_lines(half)
    right = [_words(line["right"]) for line in lines]
    if which == "raw":
        read = [_words(re.sub(r"^v['\"]?\s+", "", line["raw"])) for line in lines]
    else:
        read = [_words(repaired_line(line["document"], line["line"])) for line in lines]
    return float(jiwer.wer(right, read))


def _words(line: str) -> str:
    plain = line.translate(str.maketrans("’‘`", "'''"))
    return " ".join(word for word in plain.split() if re.search(r"\w", word))
