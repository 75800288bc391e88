"""What people do on the page, in a real browser."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from corpus.index.reader import open_index
from corpus.settings import Settings
from corpus.text import letters, without_marks

QUESTIONS = {
    "chargée de coopération": "Qui pilote la création de MAM au Creusot ?",
    "élue": "Quelles sont les obligations d'une commune de 4 000 habitants pour la petite enfance ?",
    "rédactrice": "Quels sont les indicateurs de la fiche action 2 de Gevrey-Nuits ?",
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_is_answered_and_its_marks_open_the_source(visit: Any, settings: Settings, question: str) -> None:
    answer = visit.ask(question)
    assert answer.locator(".ctg-notice-error").count() == 0
    marks = answer.locator("button.ctg-mark[data-spans]")
    assert marks.count() > 0
    mark = marks.first
    mark.click()
    panel = visit.page.locator("#ctg-source [data-opened]")
    panel.wait_for()
    highlighted = "".join(panel.locator(".ctg-context mark").all_inner_texts())
    raw = open_index(settings).raw_text(mark.get_attribute("data-document"))
    spans = [tuple(map(int, span.split("-"))) for span in mark.get_attribute("data-spans").split(",")]
    quoted = "".join(without_marks(raw[start:end]) for start, end in spans)
    assert letters(highlighted) == letters(quoted)
    assert visit.page.evaluate("document.activeElement.id") == "ctg-source-title"
    assert visit.outside() == []
    assert visit.complaints == []


def test_a_follow_up_is_understood_kept_and_exported(visit: Any, tmp_path: Path) -> None:
    visit.ask("Qui pilote la création de MAM au Creusot ?")
    second = visit.ask("et son calendrier ?")
    assert "MAM" in second.locator(".ctg-resolved").inner_text()
    visit.page.reload()
    visit.page.locator(".ctg-exchange").nth(1).wait_for()
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="Exporter en Markdown").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert text.startswith("# Conversation")
    assert text.count("## ") == 2
    assert "Sources :" in text
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="Exporter en DOCX").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")
    visit.page.get_by_role("button", name="Effacer la conversation").click()
    visit.page.locator(".ctg-welcome").wait_for()
    assert visit.page.locator(".ctg-exchange").count() == 0


def test_a_suggestion_is_asked_and_an_answer_is_taken_up_again(visit: Any, settings: Settings) -> None:
    visit.page.get_by_role("radio", name="Rédaction d'une fiche").check()
    suggestion = visit.page.locator("#ctg-suggestions button", has_text="indicateurs").first
    words = suggestion.inner_text()
    suggestion.click()
    answer = visit.answer(0)
    assert answer.locator("h3").inner_text() == words
    answer.get_by_role("button", name="Relancer").click()
    visit.page.locator(".ctg-pending").wait_for(state="detached")
    assert visit.page.locator(".ctg-exchange").count() == 1
    visit.page.get_by_role("button", name="Pas utile").click()
    visit.page.get_by_label("Incomplet").check()
    visit.page.get_by_label("En quelques mots").fill("il manque <b>le budget</b>")
    visit.page.get_by_role("button", name="Envoyer cet avis").click()
    visit.page.wait_for_function("document.getElementById('ctg-live').textContent.includes('avis')")
    visit.page.get_by_role("button", name="Reprendre la question").click()
    visit.page.wait_for_function("document.querySelector('#ctg-question textarea').value !== ''")
    kept = (settings.data_dir / "feedback" / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(kept[-1])["reason"] == "Incomplet : il manque <b>le budget</b>"


def test_an_empty_and_a_too_long_question_get_a_sentence(visit: Any) -> None:
    refused = visit.ask("   ")
    assert refused.locator(".ctg-notice-error").inner_text()
    visit.page.evaluate("document.querySelector('#ctg-question textarea').removeAttribute('maxlength')")
    long = visit.ask("crèche " * 700)
    assert "4" in long.locator(".ctg-notice-error").inner_text()


def test_territories_are_compared_and_the_table_is_exported(visit: Any) -> None:
    visit.tab("Comparer")
    visit.page.fill("#ctg-subject textarea", "assistants maternels")
    visit.page.press("#ctg-subject textarea", "Enter")
    visit.page.locator("#ctg-comparison table").wait_for()
    territories = set(visit.page.locator("#ctg-comparison tbody th").all_inner_texts())
    assert len(territories) >= 2
    visit.page.locator("#ctg-comparison td button.ctg-mark").first.click()
    visit.page.locator("#ctg-source .ctg-context mark").first.wait_for()
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="Exporter en CSV").click()
    assert "Territoire" in Path(waiting.value.path()).read_text(encoding="utf-8-sig")


def test_obligations_follow_the_situation(visit: Any) -> None:
    visit.tab("Obligations")
    form = visit.page.get_by_role("tabpanel").filter(has=visit.page.locator("#ctg-obligations"))
    form.get_by_label("Habitants").fill("12000")
    form.get_by_role("button", name="Voir les obligations").click()
    visit.page.locator("#ctg-obligations", has_text="12 000 habitants").wait_for()
    large = visit.page.locator("#ctg-obligations h3").first.inner_text()
    form.get_by_label("Habitants").fill("900")
    form.get_by_role("button", name="Voir les obligations").click()
    visit.page.locator("#ctg-obligations", has_text="900 habitants").wait_for()
    small = visit.page.locator("#ctg-obligations h3").first.inner_text()
    assert _number(small) < _number(large)
    form.get_by_label("Habitants").fill("beaucoup")
    form.get_by_role("button", name="Voir les obligations").click()
    visit.page.locator("#ctg-obligations .ctg-notice-error").wait_for()
    form.get_by_role("button", name="Vérifier").click()
    visit.page.locator("#ctg-schema table").wait_for()
    assert visit.page.locator("#ctg-schema button.ctg-mark").count() > 0


def test_my_territory_tunes_the_page_and_is_kept(visit: Any) -> None:
    page = visit.page
    page.get_by_role("button", name="Mon territoire").click()
    page.get_by_label("Commune, EPCI ou territoire").fill("Gevrey-Chambertin")
    page.locator("#ctg-profile").get_by_label("Habitants").fill("3200")
    page.get_by_role("button", name="Enregistrer dans ce navigateur").click()
    page.locator("#ctg-profile-message", has_text="Votre territoire est au corpus").wait_for()
    page.get_by_role("button", name="Mon territoire : Gevrey-Chambertin, 3 200 habitants").wait_for()
    page.locator("#ctg-suggestions", has_text="Gevrey-Nuits").wait_for()
    visit.tab("Obligations")
    form = page.get_by_role("tabpanel").filter(has=page.locator("#ctg-obligations"))
    page.wait_for_function("[...document.querySelectorAll('input, textarea')].some((one) => one.value === '3200')")
    assert form.get_by_label("Habitants").input_value() == "3200"
    visit.tab("Interroger")
    answer = visit.ask("Que font les autres pour le handicap ?")
    assert "Sans : Gevrey-Nuits" in answer.locator(".ctg-understood-as").inner_text().replace("\xa0", " ")
    page.reload()
    page.get_by_role("button", name="Mon territoire : Gevrey-Chambertin").wait_for()


def test_fiches_are_all_listed_then_narrowed(visit: Any, settings: Settings) -> None:
    visit.tab("Corpus")
    visit.tab("Fiches-actions", "#ctg-corpus-tabs")
    every = len(open_index(settings).fiches())
    visit.page.locator("#ctg-fiches", has_text=f"{every} fiches sur {every}").wait_for()
    visit.page.get_by_label("Mots de la fiche").fill("numérique")
    visit.page.wait_for_function(f"!document.querySelector('#ctg-fiches').innerText.includes('{every} fiches sur')")
    titles = visit.page.locator("#ctg-fiches tbody th button")
    assert 0 < titles.count() < every
    titles.first.click()
    visit.page.locator("#ctg-source .ctg-fiche-fields button.ctg-mark").first.click()
    visit.page.locator("#ctg-source .ctg-context mark").first.wait_for()


def test_a_document_is_added_corrected_asked_about_and_removed(visit: Any, file_to_add: Path) -> None:
    visit.tab("Corpus")
    visit.tab("Ajouter ou retirer", "#ctg-corpus-tabs")
    visit.page.set_input_files("#ctg-corpus-tabs input[type=file]", file_to_add)
    visit.page.locator("#ctg-corpus-tabs", has_text="Valbrune").first.wait_for()
    visit.page.get_by_role("button", name="Ajouter au corpus").click()
    visit.page.locator("#ctg-report", has_text="Ajouté").wait_for()
    visit.page.wait_for_function(
        "document.querySelector('[aria-label^=\"Document à corriger\"]').value.includes('Valbrune')"
    )
    visit.page.get_by_label("Nom court").fill("Valbrune")
    visit.page.get_by_label("Titre").fill("Convention de Valbrune")
    visit.page.get_by_role("button", name="Enregistrer ces informations").click()
    visit.page.locator("#ctg-report", has_text="Remplacé").wait_for()
    visit.tab("Interroger")
    answer = visit.ask("Quand ouvrira la ludothèque de Valbrune ?")
    assert "septembre 2028" in answer.inner_text()
    visit.tab("Corpus")
    visit.page.get_by_label("Je veux retirer ce document du corpus").check()
    visit.page.get_by_role("button", name="Retirer", exact=True).click()
    visit.page.locator("#ctg-report", has_text="Retiré").wait_for()
    assert visit.dialogs == []
    assert visit.outside() == []


def test_the_glossary_finds_an_everyday_word(visit: Any) -> None:
    visit.tab("Aide")
    visit.page.get_by_label("Sigle ou mot").fill("nounou")
    visit.page.locator("#ctg-glossary details[open]").first.wait_for()
    visit.page.wait_for_function("document.querySelector('#ctg-glossary').innerText.includes('maternel')")
    assert "maternel" in visit.page.locator("#ctg-glossary").inner_text()


def _number(text: str) -> int:
    found = re.search(r"\d+", text)
    assert found is not None
    return int(found.group())
