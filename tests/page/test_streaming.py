"""With a language model: its words appear as they come, it can be stopped, and its faults leave an answer."""

from typing import Any

from corpus.settings import Settings
from tests.assistant.model_server import model_server
from tests.page.page_support import served

QUESTION = "Quels sont les objectifs de la création de MAM au Creusot ?"
WORDS = ["Les ", "maisons ", "d'assistants ", "maternels ", "arrivent ", "[1]. "] * 6


def _with_model(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"llm_url": url, "llm_model": "essai", "llm_deadline_s": 60.0})


def test_words_appear_as_they_come_and_can_be_stopped(settings: Settings, visit_on: Any) -> None:
    with model_server(pieces=WORDS, drip=0.3) as model, served(_with_model(settings, model.url)) as url:  # type: ignore[attr-defined]
        visit = visit_on(url).open()
        assert "essai" in visit.page.get_by_role("banner").inner_text()
        visit.page.fill("#ctg-question textarea", QUESTION)
        visit.page.press("#ctg-question textarea", "Enter")
        visit.page.locator(".ctg-pending", has_text="maisons d'assistants").wait_for()
        visit.page.get_by_role("button", name="Arrêter").click()
        visit.page.locator(".ctg-pending").wait_for(state="detached")
        assert visit.page.locator(".ctg-exchange").count() == 0
        assert visit.page.input_value("#ctg-question textarea") == QUESTION


def test_a_model_that_breaks_leaves_the_composed_answer(settings: Settings, visit_on: Any) -> None:
    with model_server(pieces=WORDS[:3], cut=True) as model, served(_with_model(settings, model.url)) as url:  # type: ignore[attr-defined]
        answer = visit_on(url).open().ask(QUESTION)
        assert answer.locator("button.ctg-mark").count() > 0
        assert "Modèle de langue" in answer.inner_text()
