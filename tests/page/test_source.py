"""The source panel: where the reader looks, and from one source of an answer to the next."""

from typing import Any

QUESTION = "Quels sont les indicateurs de la fiche action 2 de Gevrey-Nuits ?"


def test_the_source_opens_where_one_is_reading(visit: Any) -> None:
    """However long the conversation above: the panel stands in the window, its quote in sight."""
    visit.ask("Que font les territoires pour les assistants maternels ?")
    answer = visit.ask(QUESTION)
    answer.locator("button.ctg-mark").last.click()
    visit.page.locator("#ctg-source .ctg-context mark").first.wait_for()
    assert visit.page.evaluate("window.scrollY") > 300
    inside = """() => {
      const box = document.querySelector('#ctg-source .ctg-context mark').getBoundingClientRect();
      return box.top >= 0 && box.bottom <= window.innerHeight;
    }"""
    visit.page.wait_for_function(inside)


def test_one_goes_from_source_to_source_and_back_to_the_mark(visit: Any) -> None:
    page = visit.page
    answer = visit.ask(QUESTION)
    marks = answer.locator("button.ctg-mark[data-n='1']").first
    last = max(int(one) for one in answer.locator("button.ctg-mark").evaluate_all("all => all.map(a => a.dataset.n)"))
    assert last > 2
    marks.click()
    turn = page.locator("#ctg-source .ctg-turn")
    turn.get_by_text(f"1 sur {last}").wait_for()
    assert turn.get_by_role("button", name="Source précédente").is_disabled()
    turn.get_by_role("button", name="Source suivante").click()
    turn.get_by_text(f"2 sur {last}").wait_for()
    page.wait_for_function("document.activeElement.dataset.by === '1'")
    assert page.locator("#ctg-source .ctg-number").inner_text() == "2"
    current = answer.locator("button.ctg-mark[aria-current]")
    assert current.get_attribute("data-n") == "2"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.n") == "2"
    assert answer.locator("[aria-current]").count() == 0
