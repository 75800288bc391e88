"""Conventions laid out in ways the code was not written for (headings, two-column tables, a landscape table of
actions), as files of every format: their fiches are those of the text."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import pytest
from layouts import FIELDS, PLATEAU, write_headings, write_tables, write_text
from rapidfuzz import fuzz
from rendering import needs_tesseract, scan, write_pdf
from synthetic import RIVIERE, VALLEE, synthetic

from corpus.records import FicheAction
from corpus.text import letters
from ingest.readers import read_document
from ingest.structure import StructuredDocument, understand_document

TEXTS = {"Val Fleuri": VALLEE, "Rivière": RIVIERE}
FORMS = ("pdf", "colonnes.pdf", "docx", "odt", "html")
HEAD = ("N°", "Action", "Objectifs", "Pilote", "Partenaires", "Échéance", "Indicateurs")
ROWS = (
    ("12", "Ouvrir une halte-garderie itinérante", "Répondre aux familles isolées", "Communauté de communes",
     "Caf, PMI", "2026", "Demi-journées ouvertes"),
    ("13", "Former les bénévoles de l'aide aux devoirs", "Soutenir la scolarité", "Centre social", "Collège", "2027",
     "Bénévoles formés"),
    ("14", "Créer un guide des services aux familles", "Informer les parents", "CCAS", "Communes", "2028",
     "Guides remis"),
)  # fmt: skip
WIDTHS = (30, 150, 130, 110, 80, 60, 130)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", TEXTS)
def test_fiches_of_unseen_layouts_survive_every_format(name: str, form: str, tmp_path: Path) -> None:
    file = tmp_path / f"convention.{form}"
    write_text(TEXTS[name], form, file)
    again = understand_document(synthetic(name, "")[0], read_document(file, kept_pages=tmp_path / "pages"))
    assert fiches(again.fiches) == fiches(original(name).fiches)


@needs_tesseract
def test_a_scan_of_an_unseen_convention_keeps_its_fiches(tmp_path: Path) -> None:
    write_pdf(VALLEE, tmp_path / "net.pdf")
    scan(tmp_path / "net.pdf", tmp_path / "scan.pdf", degrees=-0.8)
    read = read_document(tmp_path / "scan.pdf", kept_pages=tmp_path / "pages")
    again = fiches(understand_document(synthetic("Val Fleuri", "")[0], read).fiches)
    expected = fiches(original("Val Fleuri").fiches)
    assert {ref for ref, _ in again} == {"1", "2", "3"}
    alike = [fuzz.ratio(words, again.get(place, "")) >= 90 for place, words in expected.items()]
    assert sum(alike) >= 0.9 * len(alike)


def test_a_landscape_table_gives_its_actions(tmp_path: Path) -> None:
    write_landscape(tmp_path / "plan.pdf")
    found = understand_document(synthetic("Vallée", "")[0], read_document(tmp_path / "plan.pdf")).actions
    assert [action.title for action in found] == [row[1] for row in ROWS]
    keys = ("objectif_operationnel", "pilote", "partenaires", "calendrier", "indicateurs_suivi")
    assert [tuple(action.text_of(key) for key in keys) for action in found] == [row[2:] for row in ROWS]


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("write", [write_headings, write_tables])
def test_a_convention_of_another_hand_gives_its_fiches(
    write: Callable[[str, Path], None], form: str, tmp_path: Path
) -> None:
    file = tmp_path / f"plateau.{form}"
    write(form, file)
    read = read_document(file, kept_pages=tmp_path / "pages")
    found = {fiche.ref: fiche for fiche in understand_document(synthetic("Plateau", "")[0], read).fiches}
    assert {ref: letters(fiche.title) for ref, fiche in found.items()} == {
        fiche.reference: letters(fiche.title) for fiche in PLATEAU
    }
    for fiche in PLATEAU:
        fields = found[fiche.reference].fields
        given = {FIELDS[label]: [letters(value) for value in values] for label, values in fiche.fields.items()}
        assert {key: [letters(value.text) for value in fields.get(key, ())] for key in given} == given
        assert set(fields) - set(given) <= {"axe"}


def fiches(found: Iterable[FicheAction]) -> dict[tuple[str, str], str]:
    """The words of each field of each fiche, letters and digits only."""
    return {
        (fiche.ref, key): "".join(letters(value.text) for value in values)
        for fiche in found
        for key, values in {**fiche.fields, "titre": (fiche.title_value,)}.items()
    }


@lru_cache
def original(name: str) -> StructuredDocument:
    return understand_document(*synthetic(name, TEXTS[name]))


def write_landscape(file: Path) -> None:
    """A ruled table of actions across a page turned on its side."""
    import pymupdf

    document = pymupdf.open()
    page = document.new_page(width=842, height=595)
    page.insert_text((50, 50), "Annexe 3 : Plan d'actions de la vallée", fontsize=14)
    for number, row in enumerate((HEAD, *ROWS)):
        left, top = 50, 80 + 44 * number
        for width, words in zip(WIDTHS, row, strict=True):
            page.draw_rect(pymupdf.Rect(left, top, left + width, top + 44), width=0.6)
            page.insert_textbox(pymupdf.Rect(left + 3, top + 3, left + width - 3, top + 44), words, fontsize=9)
            left += width
    document.save(file)
