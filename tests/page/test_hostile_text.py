"""Text from documents, names and questions stays text; the page asks nobody else for anything."""

from typing import Any

ATTACK = (
    "ludothèque Vilain <img src=http://evil.example/q onerror=alert(7)> [ici](http://evil.example) ${alert(8)} {{this}}"
)


def test_a_hostile_document_and_question_stay_text(visit: Any) -> None:
    visit.ask(ATTACK)
    answer = visit.ask("Qui pilote la ludothèque itinérante de Vilain ?")
    answer.locator("button.ctg-mark[data-document=vilain]").first.click()
    visit.page.locator("#ctg-source .ctg-context mark").first.wait_for()
    for name in ("Comparer", "Corpus", "Qualité"):
        visit.tab(name)
    visit.page.locator("#ctg-documents .ctg-card").nth(2).wait_for(state="attached")
    assert visit.dialogs == []
    assert visit.outside() == []
    assert visit.page.title() == "Assistant CTG"
    for selector in (
        "img[src*=evil]",
        "a[href^=http]",
        "a[href^=javascript]",
        "#ctg-main script",
        "#ctg-source script",
    ):
        assert visit.page.locator(selector).count() == 0, selector
    assert "evil.example" in visit.page.locator("#ctg-source .ctg-context").inner_text()
    assert visit.page.locator(".ctg-question").first.inner_text().replace("\xa0", " ") == ATTACK


def test_what_the_browser_kept_is_checked_again(visit: Any) -> None:
    visit.ask("Qui pilote la création de MAM au Creusot ?")
    visit.page.evaluate(
        """() => {
          for (const key of Object.keys(localStorage)) if (key !== 'ctg-theme') localStorage[key] = '[{"x":1}]';
        }"""
    )
    visit.page.reload()
    visit.page.wait_for_selector("#ctg-suggestions button")
    assert visit.page.locator(".ctg-exchange").count() == 0
    visit.ask("Qui pilote la création de MAM au Creusot ?")
    assert visit.dialogs == []


def test_the_policy_stops_what_an_injection_would_try(visit: Any) -> None:
    tried = visit.page.evaluate(
        """async () => {
          const element = document.createElement('div');
          element.innerHTML = '<img src="http://evil.example/a.png" onerror="window.ran = 1">';
          document.body.append(element);
          const script = document.createElement('script');
          const asked = await fetch('http://evil.example/b').then(() => 'passé', () => 'arrêté');
          await new Promise((done) => setTimeout(done, 300));
          return [asked, window.ran ?? 0];
        }"""
    )
    assert tried == ["arrêté", 0]
