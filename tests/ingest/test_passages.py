"""Passages of the delivered documents: nothing lost, nothing cut in the middle of a sentence."""

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from synthetic import VALLEE, synthetic

from corpus.manifest import load_manifest
from corpus.records import Passage
from corpus.text import fold, letters
from ingest.lines import clean, is_finished, starts_low
from ingest.packing import HARD, LARGEST, SMALL
from ingest.readers import read_document
from ingest.structure import StructuredDocument, understand_document

ROOT = Path(__file__).resolve().parents[2]
NAMES = [path.stem for path in sorted((ROOT / "corpus/documents").glob("*.txt"))]
BULLETS = {"v", "e", "o"}
"""Letters that OCR reads for bullets: not words."""


@lru_cache
def understood(name: str) -> StructuredDocument:
    found = load_manifest(ROOT / "corpus", ROOT / "no-added-documents").find(name)
    assert found is not None
    return understand_document(found.entry, read_document(found.path, found.entry.pages))


def ours(structure: StructuredDocument) -> list[Passage]:
    """Passages of fiches and running text: rows of tables are put together otherwise."""
    return [passage for passage in structure.passages if passage.kind in ("texte", "fiche")]


def word_counts(text: str) -> Counter[str]:
    return Counter(word for word in re.findall(r"[a-z0-9]+", fold(clean(text))) if word not in BULLETS)


@pytest.mark.parametrize("name", NAMES)
def test_every_word_stands_in_a_passage(name: str) -> None:
    structure = understood(name)
    written = word_counts(structure.read.text)
    held: Counter[str] = Counter()
    for passage in structure.passages:
        held += word_counts(passage.text)
    lost = written - held
    assert sum(lost.values()) <= 0.005 * sum(written.values()), lost.most_common(20)


@pytest.mark.parametrize("name", NAMES)
def test_passages_have_the_size_of_a_thought(name: str) -> None:
    sizes = [len(passage.text) for passage in ours(understood(name))]
    assert max(sizes) <= HARD
    assert sum(size for size in sizes if SMALL <= size <= LARGEST) >= 0.85 * sum(sizes)
    assert sum(size for size in sizes if size < SMALL) <= 0.05 * sum(sizes)


@pytest.mark.parametrize("name", NAMES)
def test_no_passage_begins_in_the_middle_of_a_sentence(name: str) -> None:
    structure = understood(name)
    text = structure.read.text
    faults = []
    for passage in ours(structure):
        before = text[: passage.start].rstrip()
        first = re.match(r"\w*", passage.text)
        if starts_low(passage.text) and first and len(first.group()) > 2 and before and not is_finished(before):
            faults.append(f"{passage.id}: {before[-60:]!r} | {passage.text[:60]!r}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", NAMES)
def test_a_passage_says_what_stands_at_its_place(name: str) -> None:
    structure = understood(name)
    faults = []
    for passage in ours(structure):
        raw = letters(clean(" ".join(structure.read.text[span.start : span.end] for span in passage.spans)))
        faults += [f"{passage.id}: {line}" for line in passage.text.split("\n") if letters(line) not in raw]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", NAMES)
def test_passages_name_their_territory_and_their_place(name: str) -> None:
    structure = understood(name)
    sections = {section.id: section for section in structure.sections}
    fiches = {fiche.id: fiche for fiche in (*structure.fiches, *structure.actions)}
    assert len({passage.id for passage in structure.passages}) == len(structure.passages)
    for passage in structure.passages:
        section = sections[passage.section]
        assert passage.section_path == section.path
        assert passage.id.startswith(f"{name}#p{section.ordinal}-")
        assert structure.entry.territory.short_name in passage.context
        if passage.fiche and passage.kind == "fiche":
            fiche = fiches[passage.fiche]
            assert fiche.title in passage.context
            assert set(passage.fields) <= set(fiche.fields)


def test_the_fields_of_a_fiche_are_whole() -> None:
    structure = understood("gevrey-nuits")
    fiche = next(fiche for fiche in structure.fiches if fiche.ref == "2")
    passages = [passage for passage in structure.passages if passage.fiche == fiche.id]
    for key, values in fiche.fields.items():
        holding = [passage for passage in passages if key in passage.fields]
        assert any(all(letters(value.text) in letters(passage.text) for value in values) for passage in holding), key
    head = passages[0]
    assert head.text.startswith("AXE 1 :\nPetite enfance\nObjectif 2 : Diversifier")
    assert "Fiche action 2 : Développer l'offre d'accueil du jeune enfant sur le territoire" in head.text


def test_a_ticked_box_keeps_its_state() -> None:
    structure = understood("monts-du-pilat")
    text = "\n".join(passage.text for passage in structure.passages)
    assert text.count("☒ Transférée par l'ensemble des communes") == 4
    assert text.count("☐ Transférée par certaines communes") == 4


def test_the_same_document_gives_the_same_passages() -> None:
    entry, read = synthetic("Val Fleuri", VALLEE)
    first, second = understand_document(entry, read), understand_document(entry, read)
    assert first.passages == second.passages
    assert any("Fiche 1 : Ouvrir un lieu passerelle" in passage.context for passage in first.passages)
