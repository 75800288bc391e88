"""The page for everybody: keyboard, phone, light and dark, checked with axe."""

from typing import Any

import pytest

PANELS = ("Interroger", "Comparer", "Obligations", "Rédiger", "Corpus", "Qualité", "Aide")
SERIOUS = ("serious", "critical")


def test_a_whole_journey_with_the_keyboard(visit: Any) -> None:
    page = visit.page
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement.closest('#ctg-question') !== null")
    page.keyboard.type("Qui pilote la création de MAM au Creusot ?")
    page.keyboard.press("Enter")
    visit.answer(0)
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('button.ctg-mark')"):
            break
    mark = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert mark
    assert mark.startswith("Source ")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'ctg-source-title'")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == mark
    assert not page.locator("#ctg-source").is_visible()


def test_the_page_fits_a_phone(visit_on: Any) -> None:
    visit = visit_on(viewport={"width": 360, "height": 740}, has_touch=True).open()
    answer = visit.ask("Qui pilote la création de MAM au Creusot ?")
    answer.locator("button.ctg-mark").first.click()
    sheet = visit.page.locator("#ctg-source .ctg-context mark").first
    sheet.wait_for()
    assert sheet.is_visible()
    visit.page.get_by_role("button", name="Fermer").click()
    for name in PANELS:
        visit.tab(name)
        visit.page.wait_for_timeout(150)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360, name


def test_the_page_is_read_at_twice_its_size(visit_on: Any) -> None:
    """At 200 %, a screen of 1280 points is one of 640: nothing is cut, nothing is scrolled sideways."""
    visit = visit_on(viewport={"width": 640, "height": 450}).open()
    answer = visit.ask("Qui pilote la création de MAM au Creusot ?")
    answer.locator("button.ctg-mark").first.click()
    quote = "document.querySelector('#ctg-source .ctg-context mark')?.getBoundingClientRect()"
    visit.page.wait_for_function(f"{quote}?.top >= 0 && {quote}.bottom <= innerHeight")
    visit.page.keyboard.press("Escape")
    for name in PANELS:
        visit.tab(name)
        visit.page.wait_for_timeout(150)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 640, name


def test_the_dark_look_is_chosen_and_kept(visit_on: Any) -> None:
    visit = visit_on(viewport={"width": 1280, "height": 900}, color_scheme="light").open()
    paper = "getComputedStyle(document.body).backgroundColor"
    light = visit.page.evaluate(paper)
    visit.page.get_by_role("button", name="Affichage sombre").click()
    assert visit.page.evaluate(paper) != light
    visit.page.reload()
    visit.page.get_by_role("button", name="Affichage clair").wait_for()
    assert visit.page.evaluate(paper) != light


def test_the_page_speaks_french_and_has_landmarks(visit: Any) -> None:
    page = visit.page
    assert page.evaluate("document.documentElement.lang") == "fr"
    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1, role
    assert page.locator("h1").count() == 1
    visit.ask("Qui pilote la création de MAM au Creusot ?")
    page.wait_for_function("document.getElementById('ctg-live').textContent.startsWith('Réponse : ')")
    said = page.locator("#ctg-live").inner_text()
    assert "MAM" in said
    assert "renvoi" in said
    assert "[1]" not in said


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit_on: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python est absent")
    visit = visit_on(viewport={"width": 1280, "height": 900}, color_scheme=scheme).open()
    # The dark page differs from the light one by its colours alone, and these are the same in every panel.
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if scheme == "dark":
        options["runOnly"] = ["color-contrast"]
    panels = PANELS[:1] if scheme == "dark" else PANELS
    answer = visit.ask("Qui pilote la création de MAM au Creusot ?")
    answer.locator("button.ctg-mark").first.click()
    visit.page.locator("#ctg-source .ctg-context mark").first.wait_for()
    faults: list[str] = []
    for name in panels:
        visit.tab(name)
        visit.page.wait_for_timeout(250)
        found = axe.Axe().run(visit.page, options=options).response["violations"]
        for violation in found:
            if violation["impact"] in SERIOUS:
                places = [node["html"][:160] for node in violation["nodes"][:3]]
                faults.append(f"{name}, {violation['id']} : {places}")
    assert not faults, "\n".join(faults)
