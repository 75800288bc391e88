"""The filters under the question narrow the answer, and say so."""

from typing import Any

import pytest

from assistant.page.filters import Filters, document_choices, documents_of
from assistant.service import Assistant
from corpus.settings import Settings


@pytest.fixture(scope="module")
def service(settings: Settings) -> Assistant:
    """An assistant over the corpus of the page's tests."""
    return Assistant(settings)


@pytest.mark.parametrize(
    "question", ["Quels sont les indicateurs de suivi ?", "Que font les territoires pour les familles ?"]
)
def test_a_chosen_theme_keeps_everything_else_out(service: Assistant, question: str) -> None:
    index = service.index

    def themes(theme: str | None) -> list[tuple[str, ...]]:
        cited = service.ask(question, theme=theme).citations
        return [index.passage(one.passage).themes for one in cited if one.passage is not None]

    assert any("jeunesse" not in found for found in themes(None))
    assert themes("jeunesse")
    assert all("jeunesse" in found for found in themes("jeunesse"))


def test_what_is_counted_is_of_the_chosen_theme(service: Assistant) -> None:
    of_theme = [fiche for fiche in service.index.fiches() if "parentalite" in fiche.themes]
    assert 0 < len(of_theme) < len(service.index.fiches())
    assert service.ask("Combien de fiches-actions ?", theme="parentalite").answer.startswith(f"{len(of_theme)} fiche")


def test_a_territory_stands_for_its_documents_and_a_document_for_itself(service: Assistant) -> None:
    records = service.documents()
    twice = (*records, records[0].model_copy(update={"entry": records[0].entry.model_copy(update={"id": "annexe"})}))
    name = records[0].entry.territory.short_name
    assert documents_of(twice, Filters(territory=name)) == (records[0].entry.id, "annexe")
    assert documents_of(twice, Filters(territory=name, document="annexe")) == ("annexe",)
    assert documents_of(twice, Filters(document="inconnu")) == ()
    assert [value for _, value in document_choices(twice, name)] == ["", records[0].entry.id, "annexe"]


def test_the_filters_of_an_answer_are_shown_and_kept_when_it_is_made_again(visit: Any) -> None:
    page = visit.page
    page.get_by_label("Thème").first.click()
    page.get_by_role("option", name="Parentalité").click()
    answer = visit.ask("Combien de fiches-actions à Gevrey-Nuits ?")
    said = answer.locator(".ctg-understood-as").inner_text().replace("\xa0", " ")
    assert "Thème choisi : Parentalité" in said
    assert "Territoire : Gevrey-Nuits" in said
    first = answer.locator(".ctg-answer-text p").first.inner_text()
    page.get_by_role("button", name="Réponses limitées à : Parentalité").click()
    page.get_by_label("Thème").first.click()
    page.get_by_role("option", name="Tous", exact=True).click()
    page.get_by_role("button", name="Limiter à un territoire, un thème ou un document").wait_for()
    stamp = page.locator(".ctg-thread").get_attribute("data-stamp")
    answer.get_by_role("button", name="Relancer").click()
    page.locator(f".ctg-thread[data-stamp]:not([data-stamp='{stamp}'])").wait_for()
    assert answer.locator(".ctg-answer-text p").first.inner_text() == first
    assert "Parentalité" in answer.locator(".ctg-understood-as").inner_text()
