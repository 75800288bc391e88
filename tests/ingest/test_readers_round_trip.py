"""The delivered texts, laid out as PDF, DOCX, ODT and HTML, come back with the same outline and the same fiches."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pytest
from rapidfuzz import fuzz
from rendering import needs_tesseract, scan, write_docx, write_html, write_odt, write_pdf
from repair_support import entry_of

from corpus.records import FicheAction, ReadDocument, Section
from corpus.text import letters
from ingest.readers import read_document
from ingest.structure import StructuredDocument, understand_document

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ("pdf", "colonnes.pdf", "docx", "odt", "html")
WITH_FICHES = ("gevrey-nuits", "monts-du-pilat", "creusot-montceau-nord")
SLOW_LIMITS = {"gevrey-nuits": 1.0, "monts-du-pilat": 0.99, "creusot-montceau-nord": 0.95}
"""Share of fields that must come back to the letter. The Creusot text has its lines cut by an older recognition:
laid out anew, some of them are joined differently."""
TITLE_LIKENESS, FIELD_LIKENESS = 90, 90
"""Percent of letters in common, recognition being what it is."""
SCANNED_FIELDS = 0.9
"""Share of fields that a scan must give back."""
SCANNED_ACTIONS = {"creusot-montceau-nord": 0.6, "cordais-causse": 0.65, "firminy-chambon-ricamarie": 0.85}
"""Share of the actions of tables and slides that a scan must give back. Slides of the Cordais and the jumbled table of
the Creusot already lose some as clean PDF: laid out anew, their boxes no longer stand where they stood."""


@pytest.mark.parametrize("form", FORMATS)
def test_fiches_and_outline_survive_every_format(form: str, tmp_path: Path) -> None:
    original, again = understood("gevrey-nuits"), laid_out("gevrey-nuits", form, tmp_path)
    assert outline(again.sections) == outline(original.sections)
    assert fiches(again.fiches) == fiches(original.fiches)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", WITH_FICHES)
def test_all_fiches_survive_every_format(name: str, form: str, tmp_path: Path) -> None:
    original, again = understood(name), laid_out(name, form, tmp_path)
    assert [fiche.ref for fiche in again.fiches] == [fiche.ref for fiche in original.fiches]
    assert [letters(fiche.title) for fiche in again.fiches] == [letters(fiche.title) for fiche in original.fiches]
    expected, found = fiches(original.fiches), fiches(again.fiches)
    lost = [place for place, words in expected.items() if found.get(place) != words]
    assert len(lost) <= (1 - SLOW_LIMITS[name]) * len(expected), lost


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_plan_actions_and_equipment_survive_every_format(form: str, tmp_path: Path) -> None:
    name = "firminy-chambon-ricamarie"
    original, again = understood(name), laid_out(name, form, tmp_path)
    assert [letters(action.title) for action in again.actions] == [letters(action.title) for action in original.actions]
    assert [row.name for row in again.equipment] == [row.name for row in original.equipment]


SCANS = [*WITH_FICHES, "cordais-causse", "firminy-chambon-ricamarie"]
QUICK_SCAN = "firminy-chambon-ricamarie"
"""Fourteen dense pages: 67 actions, 35 sections and 31 rows of equipment in about a minute on two cores. The others
take two to six."""


@needs_tesseract
@pytest.mark.parametrize(
    "name", [name if name == QUICK_SCAN else pytest.param(name, marks=pytest.mark.slow) for name in SCANS]
)
def test_scans_of_whole_documents_keep_what_they_hold(name: str, tmp_path: Path) -> None:
    """On demand for all five: `pytest -m "slow or not slow" -k scans_of_whole tests/ingest`."""
    original = understood(name)
    render(name, "pdf", tmp_path / "net.pdf")
    scan(tmp_path / "net.pdf", tmp_path / "scan.pdf", degrees=0.6)
    read = read_document(tmp_path / "scan.pdf", kept_pages=tmp_path / "pages")
    again = understand_document(entry_of(name), read)
    titles = [letters(fiche.title) for fiche in original.fiches]
    assert not read.notes
    assert len(again.fiches) == len(titles)
    assert _found_again(titles, [letters(fiche.title) for fiche in again.fiches]) == len(titles)
    expected, come_back = fiches(original.fiches), fiches(again.fiches)
    alike = [_alike(words, come_back.get(place, [])) for place, words in expected.items()]
    assert sum(alike) >= SCANNED_FIELDS * len(alike)
    actions = [letters(action.title) for action in original.actions]
    come_back_actions = [letters(action.title) for action in again.actions]
    assert _found_again(actions, come_back_actions) >= SCANNED_ACTIONS.get(name, 1.0) * len(actions)
    headings = [letters(section.title) for section in original.sections[1:]]
    assert _found_again(headings, [letters(section.title) for section in again.sections]) >= 0.9 * len(headings)
    equipment = [letters(row.name) for row in original.equipment]
    assert _found_again(equipment, [letters(row.name) for row in again.equipment]) >= 0.9 * len(equipment)


def _found_again(expected: list[str], found: list[str]) -> int:
    return sum(any(fuzz.ratio(title, other) >= TITLE_LIKENESS for other in found) for title in expected)


def _alike(expected: list[str], found: list[str]) -> bool:
    return fuzz.ratio("".join(expected), "".join(found)) >= FIELD_LIKENESS


def outline(sections: Iterable[Section]) -> list[tuple[str, str]]:
    """Kind and title of each section."""
    return [(section.kind, letters(section.title)) for section in sections]


def fiches(found: Iterable[FicheAction]) -> dict[tuple[str, str], list[str]]:
    """Values of each field of each fiche, letters and digits only."""
    return {
        (fiche.ref, key): [letters(value.text) for value in values]
        for fiche in found
        for key, values in {**fiche.fields, "titre": (fiche.title_value,)}.items()
    }


@lru_cache
def original_text(name: str) -> ReadDocument:
    """A delivered document as its text reader gives it."""
    return read_document(ROOT / "corpus/documents" / f"{name}.txt", entry_of(name).pages)


@lru_cache
def understood(name: str) -> StructuredDocument:
    """Structure of a delivered document."""
    return understand_document(entry_of(name), original_text(name))


def laid_out(name: str, form: str, folder: Path) -> StructuredDocument:
    """Structure of a delivered document after it was laid out in another format and read again."""
    file = folder / f"{name}.{form}"
    render(name, form, file)
    return understand_document(entry_of(name), read_document(file, kept_pages=folder / "pages"))


def render(name: str, form: str, file: Path) -> None:
    """Lays a delivered document out; documents that show pages keep them, in type small enough for a page to hold."""
    read = original_text(name)
    starts = [page.start for page in read.pages]
    if form == "docx":
        write_docx(read.text, file, starts)
    elif form == "odt":
        write_odt(read.text, file)
    elif form == "html":
        write_html(read.text, file)
    else:
        write_pdf(read.text, file, 2 if form == "colonnes.pdf" else 1, starts, 6 if starts else 10)
