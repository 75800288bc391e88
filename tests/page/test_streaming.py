"""With a language model: its words appear as they come, it can be stopped, and its faults leave an answer."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.page.runs import Runs, until_stopped
from corpus.errors import AssistantError
from corpus.settings import Settings
from tests.assistant.model_server import model_server
from tests.page.page_support import served

QUESTION = "Quels sont les objectifs de la création de MAM au Creusot ?"
WORDS = ["Les ", "maisons ", "d'assistants ", "maternels ", "arrivent ", "[1]. "]
ENDLESS = WORDS * 300
"""More than any test waits for, so that nothing depends on how fast the machine is."""


def _with_model(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"llm_url": url, "llm_model": "essai", "llm_deadline_s": 600.0})


def _drafted(visit: Any) -> Any:
    """A visit with a draft on its sheet."""
    visit.open().tab("Rédiger")
    visit.page.fill("#ctg-request textarea", "accompagner les assistants maternels pour la CC du Val Fleuri")
    visit.page.get_by_role("button", name="Chercher les fiches proches").click()
    visit.page.get_by_role("button", name="Rédiger la fiche").click()
    visit.page.locator(".ctg-sheet").wait_for()
    return visit


def test_words_appear_as_they_come_and_can_be_stopped(settings: Settings, visit_on: Any) -> None:
    with model_server(pieces=ENDLESS, drip=0.3) as model, served(_with_model(settings, model.url)) as url:  # type: ignore[attr-defined]
        visit = visit_on(url).open()
        assert "essai" in visit.page.get_by_role("banner").inner_text()
        visit.page.fill("#ctg-question textarea", QUESTION)
        visit.page.press("#ctg-question textarea", "Enter")
        visit.page.locator(".ctg-pending", has_text="maisons d'assistants").wait_for()
        visit.page.get_by_role("button", name="Arrêter").click()
        visit.page.locator(".ctg-pending").wait_for(state="detached")
        assert visit.page.locator(".ctg-exchange").count() == 0
        visit.page.wait_for_function(
            f"document.querySelector('#ctg-question textarea').value === {json.dumps(QUESTION)}"
        )
        # A stop counts for the run that it stopped alone: the next one begins as usual.
        visit.page.press("#ctg-question textarea", "Enter")
        visit.page.locator(".ctg-pending", has_text="maisons d'assistants").wait_for()


def test_a_model_that_breaks_leaves_the_composed_answer(settings: Settings, visit_on: Any) -> None:
    with model_server(pieces=WORDS[:3], cut=True) as model, served(_with_model(settings, model.url)) as url:  # type: ignore[attr-defined]
        answer = visit_on(url).open().ask(QUESTION)
        assert answer.locator("button.ctg-mark").count() > 0
        assert "Modèle de langue" in answer.inner_text()


def test_a_run_that_says_nothing_stops_at_once() -> None:
    runs, never = Runs(), threading.Event()
    stopped = runs.begin("une")
    other = runs.begin("autre")

    def pieces() -> Iterator[str]:
        yield "Les"
        runs.stop("une")
        never.wait()
        yield "maisons"

    assert list(until_stopped(pieces, stopped)) in ([], ["Les"])
    assert stopped.is_set()
    assert not other.is_set()
    runs.end("une", stopped)
    assert not runs.begin("une").is_set()
    never.set()


def test_the_end_of_a_part_does_not_stop_the_run() -> None:
    runs = Runs()
    stopped = runs.begin("une")
    assert [list(until_stopped(lambda: iter(("Les", "maisons")), stopped)) for _ in range(2)] == [
        ["Les", "maisons"]
    ] * 2
    assert not stopped.is_set()


def test_a_run_that_breaks_says_so() -> None:
    def pieces() -> Iterator[str]:
        yield "Les"
        raise AssistantError("L'index a disparu.")

    with pytest.raises(AssistantError, match="disparu"):
        list(until_stopped(pieces, threading.Event()))


def test_a_model_that_breaks_leaves_the_draft_as_it_was(settings: Settings, visit_on: Any) -> None:
    with model_server(pieces=WORDS[:3], cut=True) as model, served(_with_model(settings, model.url)) as url:  # type: ignore[attr-defined]
        visit = _drafted(visit_on(url))
        section = visit.page.locator("section:has(#ctg-section-objectifs)")
        before = section.locator(".ctg-line p").all_inner_texts()
        assert before
        section.get_by_role("button", name="Réécrire").click()
        visit.page.locator(".ctg-sheet .ctg-notice", has_text="Modèle de langue").wait_for()
        assert section.locator(".ctg-line p").all_inner_texts() == before


def test_rewriting_a_whole_draft_can_be_stopped(settings: Settings, visit_on: Any) -> None:
    """The model never ends its first field: only a stop gives the sheet back, as it was."""
    with model_server(pieces=ENDLESS, drip=0.3) as model, served(_with_model(settings, model.url)) as url:  # type: ignore[attr-defined]
        visit = _drafted(visit_on(url))
        sheet = visit.page.locator(".ctg-sheet")
        before = sheet.locator(".ctg-line p").all_inner_texts()
        sheet.get_by_role("button", name="Tout réécrire avec le modèle de langue").click()
        visit.page.wait_for_function("document.activeElement.id === 'ctg-halt'")
        assert "1 sur" in sheet.locator(".ctg-busy").inner_text()
        visit.page.keyboard.press("Enter")
        sheet.locator(".ctg-busy").wait_for(state="detached")
        assert sheet.locator(".ctg-line p").all_inner_texts() == before
        sheet.get_by_role("button", name="Relire avant de déposer").click()
        visit.page.locator("#ctg-draft-review .ctg-findings li").first.wait_for()
