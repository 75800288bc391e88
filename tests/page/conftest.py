"""One corpus, one served page and one browser for all the tests of the page."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.quiet import silence_libraries
from corpus.settings import Settings
from ingest.pipeline import ingest_corpus
from tests.page.page_support import served, vector_service, write_corpus

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of an indexed corpus."""
    silence_libraries()
    folder = tmp_path_factory.mktemp("page")
    write_corpus(folder / "corpus")
    with vector_service() as url:
        made = Settings(
            corpus_dir=folder / "corpus", data_dir=folder / "var", embedding_url=url, embedding_model="essai",
            host="127.0.0.1",
        )  # fmt: skip
        report = ingest_corpus(made)
        assert not report.failed
        yield made


@pytest.fixture(scope="session")
def page_url(settings: Settings) -> Iterator[str]:
    """Address of the page, without accounts."""
    with served(settings) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium est absent : « make test-system » l'installe.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield launched
        launched.close()


class Visit:
    """A page open in the browser, with everything it asked for and complained about."""

    def __init__(self, page: Any, url: str) -> None:
        self.page = page
        self.url = url
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.dialogs: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)
        page.on("dialog", self._dismiss)

    def open(self) -> "Visit":
        self.page.goto(self.url)
        self.page.wait_for_selector("#ctg-question textarea")
        self.page.wait_for_selector("#ctg-suggestions button")
        return self

    def ask(self, question: str) -> Any:
        """Type a question and wait for its answer: the element of the last exchange."""
        before = self.page.locator(".ctg-exchange").count()
        self.page.fill("#ctg-question textarea", question)
        self.page.press("#ctg-question textarea", "Enter")
        return self.answer(before)

    def answer(self, before: int) -> Any:
        exchanges = self.page.locator(".ctg-exchange:not(.ctg-pending)")
        exchanges.nth(before).wait_for()
        return exchanges.nth(before)

    def tab(self, name: str, within: str = "#ctg-tabs") -> None:
        self.page.locator(f"{within} > .tab-wrapper button[role=tab]", has_text=name).click()

    def outside(self) -> list[str]:
        """Addresses asked for that are not the page's own."""
        return [url for url in self.requests if not url.startswith((self.url, "data:", "blob:"))]

    def _listen(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def _dismiss(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(scope="session")
def desk(browser: Any) -> Iterator[Any]:
    """A browser on a desk, which keeps the page's files between the tests as a real one does."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(200_000)
    yield context
    context.close()


@pytest.fixture
def visit(desk: Any, page_url: str) -> Iterator[Visit]:
    """The page newly opened, with nothing kept from an earlier visit."""
    page = desk.new_page()
    yield Visit(page, page_url).open()
    page.evaluate("localStorage.clear()")
    page.close()


@pytest.fixture
def visit_on(browser: Any, page_url: str) -> Iterator[Any]:
    """A function that opens the page in a browser with options of its own."""
    contexts = []

    def opened(url: str = page_url, **options: Any) -> Visit:
        context = browser.new_context(**options)
        context.set_default_timeout(200_000)
        contexts.append(context)
        return Visit(context.new_page(), url)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def file_to_add(tmp_path: Path) -> Path:
    """A convention that the corpus does not hold, under a hostile name."""
    path = tmp_path / "CTG <img src=x onerror=alert(9)> Valbrune 2027-2031.txt"
    path.write_text(
        "Convention territoriale globale de Valbrune\n\nArticle 1 : Objet\n\n"
        "La communauté de communes de Valbrune ouvrira une ludothèque municipale à Orsay-le-Vieux en septembre 2028.\n",
        encoding="utf-8",
    )
    return path
