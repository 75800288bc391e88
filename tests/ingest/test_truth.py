"""The extraction held against tests/truth/*.yaml: what a reader found in each document, without its code."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from truth_comparison import field_fault, heading, headings_apart, match_actions, same_items, same_row, surroundings

from corpus.manifest import load_manifest
from corpus.records import FIELD_KEYS, Value
from corpus.text import letters
from ingest.readers import read_document
from ingest.structure import StructuredDocument, understand_document

ROOT = Path(__file__).resolve().parents[2]
TRUTHS: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "tests/truth").glob("*.yaml"))
}


def holding(key: str) -> list[str]:
    """Documents whose truth has this part."""
    return [name for name, truth in TRUTHS.items() if truth.get(key)]


@lru_cache
def understood(name: str) -> tuple[str, StructuredDocument]:
    """Raw text and structure of a document of the delivered corpus."""
    found = load_manifest(ROOT / "corpus", ROOT / "no-added-documents").find(name)
    assert found is not None, f"{name} is not in the manifest"
    read = read_document(found.path, found.entry.pages)
    return read.text, understand_document(found.entry, read)


def test_every_document_of_the_manifest_has_its_truth() -> None:
    entries = load_manifest(ROOT / "corpus", ROOT / "no-added-documents").entries
    assert {entry.id for entry in entries} == set(TRUTHS)


@pytest.mark.parametrize("name", TRUTHS)
def test_truth_speaks_in_the_words_of_its_document(name: str) -> None:
    truth, said = TRUTHS[name], letters(understood(name)[0])
    for part, count in truth["counts"].items():
        assert not isinstance(truth.get(part), list) or len(truth[part]) == count, part
    assert {fact["key"] for fact in (*truth.get("fields", ()), *truth.get("absent", ()))} <= set(FIELD_KEYS)
    invented = [item for field in truth.get("fields", ()) for item in field["items"] if letters(item) not in said]
    assert not invented, "\n".join(invented)


@pytest.mark.parametrize("name", TRUTHS)
def test_outline(name: str) -> None:
    truth, (_, structure) = TRUTHS[name], understood(name)
    articles = [section for section in structure.sections if section.kind == "article"]
    annexes = [section for section in structure.sections if section.kind == "annexe"]
    slides = sum(section.kind == "diapositive" for section in structure.sections)
    low, high = truth["counts"].get("slides", (0, 10**6))
    # "Article préliminaire : Préambule" may be either.
    preamble = [s for s in structure.sections if "preambule" in letters(s.label + s.title)]
    numbered = [section for section in articles if section not in preamble]
    faults = headings_apart("article", truth["articles"], numbered)
    faults += headings_apart("annexe", truth["annexes"], annexes)
    if truth.get("preamble") and not preamble:
        faults.append("no preamble")
    if not low <= slides <= high:
        faults.append(f"{slides} slides, {low} to {high} expected")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", TRUTHS)
def test_fiches(name: str) -> None:
    truth, (_, structure) = TRUTHS[name], understood(name)
    expected = [(heading(fiche["ref"]), heading(fiche["title"])) for fiche in truth["fiches"]]
    actual = [(heading(fiche.ref), heading(fiche.title)) for fiche in structure.fiches]
    faults = [f"missing {pair}" for pair in expected if pair not in actual]
    faults += [f"unexpected {pair}" for pair in actual if pair not in expected]
    assert not faults, "\n".join(faults)
    assert actual == expected, "the fiches are not in the order of the document"


@pytest.mark.parametrize("name", holding("blocks"))
def test_fiches_stand_in_their_block(name: str) -> None:
    truth, (_, structure) = TRUTHS[name], understood(name)
    by_ref = {heading(fiche.ref): fiche for fiche in structure.fiches}
    faults = []
    for block in truth["blocks"]:
        for ref in block["refs"]:
            fiche = by_ref.get(heading(ref))
            if fiche is None or letters(block["title"]).rstrip("s") not in surroundings(fiche):
                faults.append(f"{ref} is not under « {block['title']} »: {fiche and fiche.section_path}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", holding("fields"))
def test_fields(name: str) -> None:
    truth, (_, structure) = TRUTHS[name], understood(name)
    by_ref = {heading(fiche.ref): fiche for fiche in structure.fiches}
    faults: list[tuple[str, str]] = []
    for field in truth["fields"]:
        fiche = by_ref.get(heading(field["ref"]))
        actual = [value.text for value in fiche.fields.get(field["key"], ())] if fiche else []
        if not same_items(field, actual):
            faults.append((field["ref"], field_fault(field, actual)))
    for field in truth["absent"]:
        fiche = by_ref.get(heading(field["ref"]))
        if fiche is not None and fiche.fields.get(field["key"]):
            found = fiche.text_of(field["key"])
            faults.append((field["ref"], f"{field['ref']} {field['key']} should be absent: {found}"))
    total = len(truth["fields"]) + len(truth["absent"])
    share = 1 - len(faults) / total
    print(f"{name}: {total - len(faults)} of {total} fields exact ({share:.1%})")
    report = "\n".join(fault for _, fault in faults)
    assert share >= 0.97, f"{share:.1%} of the fields are exact\n{report}"
    worst = Counter(ref for ref, _ in faults)
    assert all(count <= 1 for count in worst.values()), f"a fiche is wrong in several fields\n{report}"


@pytest.mark.parametrize("name", holding("equipment"))
def test_equipment(name: str) -> None:
    truth, (_, structure) = TRUTHS[name], understood(name)
    left = list(structure.equipment)
    missing = []
    for row in truth["equipment"]:
        found = next((item for item in left if same_row(row, item)), None)
        if found is None:
            missing.append(f"missing {row}")
        else:
            left.remove(found)
    share = 1 - len(missing) / len(truth["equipment"])
    print(f"{name}: {share:.1%} of {len(truth['equipment'])} equipment rows, {len(left)} not in the truth")
    others = [f"unexpected {(item.owner, item.type, item.name, item.address)}" for item in left]
    report = "\n".join(missing + others)
    assert share >= 0.95, report
    assert len(left) <= len(truth["equipment"]) / 20, report


@pytest.mark.parametrize("name", holding("actions"))
def test_actions(name: str) -> None:
    truth, (_, structure) = TRUTHS[name], understood(name)
    found = match_actions(truth["actions"], structure.actions)
    total, pairs = len(truth["actions"]), len(found.pairs)
    recall = pairs / total
    print(
        f"{name}: recall {recall:.1%} of {total}, "
        f"precision {1 - len(found.unexpected) / max(1, len(structure.actions)):.1%} of {len(structure.actions)}, "
        f"{len(found.wrong)} of {pairs} with a wrong context, {len(found.unsaid)} with an unsaid one"
    )
    report = "\n".join(
        [f"missing « {wanted['text']} »" for wanted in found.missing]
        + [f"wrong {fault}" for fault in found.wrong]
        + [f"unsaid {fault}" for fault in found.unsaid]
        + [f"not in the truth « {action.title} » ({' › '.join(action.section_path)})" for action in found.unexpected]
    )
    assert recall >= 0.9, f"recall {recall:.1%}\n{report}"
    assert len(found.wrong) <= pairs / 20, f"{len(found.wrong)} actions in a wrong context\n{report}"
    assert len(found.unsaid) <= pairs * 0.3, f"{len(found.unsaid)} actions without their context\n{report}"


@pytest.mark.parametrize("name", TRUTHS)
def test_pages_are_never_wrong(name: str) -> None:
    """A page is given where the file establishes it, and nowhere else; `or_null` allows to give none."""
    truth, (raw, structure) = TRUTHS[name], understood(name)
    faults = []
    for fact in truth["pages"]:
        places = list(re.finditer(r"\s+".join(map(re.escape, fact["quote"].split())), raw))
        assert len(places) == 1, f"« {fact['quote']} » stands {len(places)} times in {name}"
        start = places[0].start()
        given = {passage.page for passage in structure.passages if any(s.start <= start < s.end for s in passage.spans)}
        allowed = {fact["page"]} | ({None} if fact.get("or_null") else set())
        if not given:
            faults.append(f"« {fact['quote']} » stands in no passage")
        if given - allowed:
            faults.append(f"« {fact['quote']} »: page {given - allowed}, {allowed} expected")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", TRUTHS)
def test_values_are_the_words_at_their_place(name: str) -> None:
    raw, structure = understood(name)
    values: Iterable[tuple[str, Value]] = (
        (f"{fiche.ref} {key}", value)
        for fiche in (*structure.fiches, *structure.actions)
        for key, items in {**fiche.fields, "title": (fiche.title_value,)}.items()
        for value in items
    )
    faults = [
        f"{place}: « {value.text} » is not what stands at {value.start}-{value.end}"
        for place, value in values
        if letters(value.text) != letters("".join(raw[piece.start : piece.end] for piece in value.pieces()))
    ]
    assert not faults, "\n".join(faults)
