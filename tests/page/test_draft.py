"""Drafting on the page: from a request to a file, each line saying where it is from."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from assistant.page.panels.draft import DraftPanel, request_with
from assistant.service import Assistant
from corpus.settings import Settings

REQUEST = "accompagner les assistants maternels pour la CC du Val Fleuri, 12 communes, RPE existant"


@pytest.fixture
def sheet(visit: Any) -> Any:
    """A visit with a draft on its sheet."""
    visit.tab("Rédiger")
    visit.page.fill("#ctg-request textarea", REQUEST)
    visit.page.get_by_role("button", name="Chercher les fiches proches").click()
    visit.page.locator("[data-form=similar]").wait_for()
    visit.page.get_by_role("button", name="Rédiger la fiche").click()
    visit.page.locator(".ctg-sheet").wait_for()
    return visit


@pytest.fixture
def template_of_a_caf(settings: Settings) -> None:
    """A Word template in the working folder."""
    folder = settings.data_dir / "modeles"
    folder.mkdir(exist_ok=True)
    template = Document()
    for words in ("Caf de Saône-et-Loire", "{{titre}}", "{{sources}}"):
        template.add_paragraph(words)
    template.save(str(folder / "caf 71.docx"))


def test_a_fiche_is_drafted_from_those_that_are_ticked(visit: Any) -> None:
    page = visit.page
    visit.tab("Rédiger")
    page.get_by_role("button", name="Chercher les fiches proches").click()
    page.locator("#ctg-similar .ctg-notice-error").wait_for()
    page.fill("#ctg-request textarea", REQUEST)
    page.get_by_role("button", name="Chercher les fiches proches").click()
    similar = page.locator("[data-form=similar]")
    similar.wait_for()
    assert "CC du Val Fleuri" in similar.inner_text()
    assert "12 communes" in similar.inner_text()
    boxes = similar.locator("input[type=checkbox]")
    assert boxes.count() > 1
    for place in range(boxes.count()):
        boxes.nth(place).uncheck()
    page.get_by_role("button", name="Rédiger la fiche").click()
    page.locator("#ctg-draft .ctg-notice-error").wait_for()
    one = similar.locator("li", has_text="Creusot").first
    one.get_by_role("button", name="Lire").click()
    page.locator("#ctg-source [data-opened]").wait_for()
    one.locator("input").check()
    page.get_by_role("button", name="Rédiger la fiche").click()
    page.locator(".ctg-sheet").wait_for()
    page.wait_for_function("document.activeElement.id === 'ctg-sheet-title'")
    origins = page.locator(".ctg-sheet .ctg-from").all_inner_texts()
    assert any("fourni par vous" in origin for origin in origins)
    assert any("à compléter" in origin for origin in origins)
    assert any("Creusot" in origin for origin in origins)
    assert not any("Gevrey" in origin for origin in origins)
    page.locator(".ctg-sheet button.ctg-mark").first.click()
    page.locator("#ctg-source .ctg-context mark").first.wait_for()
    assert visit.complaints == []
    assert visit.outside() == []


def test_a_field_is_edited_struck_and_composed_again_and_all_of_it_is_kept(
    sheet: Any, tmp_path: Path, template_of_a_caf: None
) -> None:
    page = sheet.page
    section = page.locator("section:has(#ctg-section-pilote)")
    section.get_by_role("button", name="Modifier").click()
    section.locator("textarea").fill("La directrice du RPE <b>Fleuri</b>")
    # What is being edited elsewhere must not be lost when another button is pressed.
    goals = page.locator("section:has(#ctg-section-objectifs)")
    first = goals.locator(".ctg-line p").first.inner_text()
    goals.locator("button[data-ctg=strike]").first.click()
    page.locator("section:has(#ctg-section-pilote) .ctg-line", has_text="La directrice du RPE <b>Fleuri</b>").wait_for()
    assert first not in page.locator("section:has(#ctg-section-objectifs) .ctg-lines").inner_text()
    page.locator("section:has(#ctg-section-objectifs)").get_by_role("button", name="Remplacer").click()
    page.wait_for_function("document.activeElement.id === 'ctg-section-objectifs'")
    page.reload()
    page.wait_for_selector("#ctg-suggestions button")
    sheet.tab("Rédiger")
    page.locator("#ctg-draft .ctg-sheet").wait_for()
    assert page.input_value("#ctg-request textarea") == REQUEST
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Exporter en DOCX").click()
    file = tmp_path / "fiche.docx"
    waiting.value.save_as(file)
    words = "\n".join(cell.text for table in Document(str(file)).tables for row in table.rows for cell in row.cells)
    assert "La directrice du RPE <b>Fleuri</b>" in words
    assert first not in words
    assert "repris de" in words
    page.get_by_role("button", name="Modèle Word de l'export").click()
    page.get_by_label("Modèle", exact=True).click()
    page.get_by_role("option", name="caf 71").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Exporter en DOCX").click()
    waiting.value.save_as(file)
    assert Document(str(file)).paragraphs[0].text == "Caf de Saône-et-Loire"
    assert sheet.dialogs == []


def test_the_draft_and_a_file_are_reviewed_and_axe_finds_nothing_serious(sheet: Any, tmp_path: Path) -> None:
    page = sheet.page
    page.locator("section:has(#ctg-section-pilote)").get_by_role("button", name="Modifier").click()
    page.get_by_role("button", name="Relire avant de déposer").click()
    page.locator("#ctg-draft-review .ctg-findings li").first.wait_for()
    page.locator("section:has(#ctg-section-pilote)").get_by_role("button", name="Modifier").click()
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python est absent")
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert not serious, [(one["id"], one["nodes"][0]["html"][:200]) for one in serious]
    point = page.locator("#ctg-draft-review .ctg-findings li").filter(
        has=page.locator("a[href='#ctg-section-calendrier']")
    )
    assert page.locator(".ctg-stale").is_hidden()
    point.get_by_role("button", name="Écrire cette rubrique").click()
    page.wait_for_function("document.activeElement.id === 'ctg-edit-calendrier'")
    page.keyboard.type("De 2027 à 2029")
    page.locator("section:has(#ctg-section-calendrier)").get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Relire à nouveau").click()
    point.wait_for(state="detached")
    assert page.locator(".ctg-stale").is_hidden()
    sheet.tab("Relire une fiche", "#ctg-draft-tabs")
    page.locator("#ctg-review-run").click()
    page.locator("#ctg-review .ctg-notice-warning").wait_for()
    document = Document()
    for words in ("Fiche action : Relais petite enfance", "Objectifs : soutenir les assistants maternels",
                  "Actions : ouvrir des ateliers", "Pilote : Ville de Valbrune"):  # fmt: skip
        document.add_paragraph(words)
    file = tmp_path / "fiche.docx"
    document.save(str(file))
    page.set_input_files("#ctg-draft-tabs input[type=file]", file)
    page.locator("#ctg-draft-tabs", has_text="fiche.docx").first.wait_for()
    page.locator("#ctg-review-run").click()
    page.locator("#ctg-review .ctg-findings li").first.wait_for()
    assert "échéance" in page.locator("#ctg-review").inner_text()


def test_a_request_typed_as_a_question_opens_the_drafting(visit: Any) -> None:
    answer = visit.ask("Rédige une fiche-action sur les assistants maternels")
    answer.get_by_role("button", name="Rédiger cette fiche-action").click()
    visit.page.wait_for_function("document.activeElement.closest('#ctg-request') !== null")
    visit.page.wait_for_function("document.querySelector('#ctg-request textarea').value.includes('assistants')")


def test_what_is_known_already_goes_into_the_request() -> None:
    whole = request_with("guichet unique", ["CC du Val Fleuri", "la directrice du RPE.", None, "", "25 000 €", None])
    assert whole == "guichet unique, pour CC du Val Fleuri ; pilote : la directrice du RPE ; budget : 25 000 €"
    assert request_with("guichet unique pour la CC du Val Fleuri", ["CC du Val Fleuri", *[None] * 5]).count("Val") == 1
    assert request_with(" ", ["CC du Val Fleuri", *[None] * 5]) == ""


def test_the_territory_of_the_request_goes_before_the_readers_own(settings: Settings) -> None:
    panel = DraftPanel(Assistant(settings))
    others: list[None] = [None] * 5
    *_, (_, named) = panel.find("guichet unique pour la CC du Val Fleuri", "Gevrey-Chambertin", *others)
    *_, (_, unnamed) = panel.find("guichet unique", "Gevrey-Chambertin", *others)
    assert named == "guichet unique pour la CC du Val Fleuri"
    assert unnamed == "guichet unique, pour Gevrey-Chambertin"
