"""What reaches the page and what does not: headers, addresses, sizes, accounts, programs."""

import asyncio
import http.client
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.page.accounts import Accounts, add_account, load_accounts
from assistant.page.server import check_exposure, prepare_index
from assistant.service import Assistant
from corpus.errors import SettingInvalid
from corpus.settings import Settings
from tests.conftest import ROOT
from tests.page.page_support import served

PASSWORD = "des mots qui se suivent"


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Accounts:
    path = tmp_path_factory.mktemp("comptes") / "comptes.json"
    add_account(path, "lise", PASSWORD)
    add_account(path, "rémi", PASSWORD, "editor")
    assert PASSWORD not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0
    return load_accounts(path)


@pytest.fixture(scope="module")
def guarded_url(settings: Settings, accounts: Accounts) -> Iterator[str]:
    with served(settings, accounts, root_path="/ctg") as url:
        yield url


@pytest.mark.parametrize("path", ["/", "/config", "/habillage/page.css", "/inconnu", "/gradio_api/file=/etc/passwd"])
def test_every_response_carries_the_policy(page_url: str, path: str) -> None:
    response = httpx.get(page_url + path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "form-action 'self'" in policy
    assert "'unsafe-inline'" not in re.search(r"script-src [^;]*", policy).group()  # type: ignore[union-attr]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_the_nonce_changes_and_stands_on_every_script(page_url: str) -> None:
    first, second = httpx.get(page_url), httpx.get(page_url)
    nonces = [re.search(r"'nonce-([^']+)'", one.headers["content-security-policy"]).group(1) for one in (first, second)]  # type: ignore[union-attr]
    assert nonces[0] != nonces[1]
    scripts = re.findall(r"<script[^>]*>", first.text)
    assert scripts
    assert all(f'nonce="{nonces[0]}"' in script for script in scripts)
    assert "og:" not in first.text
    assert "twitter:" not in first.text


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=http://127.0.0.1:1/secret", "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=//evil.example/x", "/gradio_api/proxy=http://evil.example/",
        "/monitoring", "/monitoring/summary", "/gradio_api/runs",
        "/gradio_api/dev/reload", "/gradio_api/openapi.json", "/docs", "/gradio_api/vibe-code/",
    ],
)  # fmt: skip
def test_what_gradio_serves_beyond_our_needs_is_closed(page_url: str, path: str) -> None:
    assert httpx.get(page_url + path).status_code in (403, 404)


@pytest.mark.parametrize("path", ["/gradio_api/run/ask", "/gradio_api/api/ask", "/run/ask"])
def test_the_queue_cannot_be_passed_by(page_url: str, path: str) -> None:
    assert httpx.post(page_url + path, json={"data": ["crèche", []]}).status_code in (403, 404)


def test_what_is_too_large_is_refused_at_once(page_url: str) -> None:
    begin = time.monotonic()
    body = {"data": ["a" * 10_000_000, []], "session_hash": "x", "fn_index": 0}
    assert httpx.post(f"{page_url}/gradio_api/queue/join", json=body).status_code == 413
    announced = http.client.HTTPConnection(page_url.removeprefix("http://"))
    announced.putrequest("POST", "/gradio_api/upload")
    announced.putheader("Content-Type", "multipart/form-data; boundary=x")
    announced.putheader("Content-Length", "200000000")
    announced.endheaders()
    assert announced.getresponse().status == 413
    announced.close()
    assert time.monotonic() - begin < 3


def test_another_host_name_is_refused(page_url: str) -> None:
    assert httpx.get(page_url, headers={"host": "evil.example"}).status_code == 421


def test_nobody_enters_without_signing_in(guarded_url: str) -> None:
    assert httpx.get(guarded_url + "/ctg/").headers["location"] == "./connexion"
    for path in ("/config", "/gradio_api/info", "/gradio_api/queue/data?session_hash=x"):
        assert httpx.get(guarded_url + path).status_code == 401, path
    assert httpx.get(guarded_url + "/ctg").headers["location"] == "./ctg/"
    assert "Mot de passe" in httpx.get(guarded_url + "/connexion").text
    wrong = httpx.post(guarded_url + "/connexion", data={"username": "lise", "password": "non"})
    assert wrong.status_code == 401
    assert "incorrect" in wrong.text


def test_a_signed_in_person_may_send_a_file_and_nobody_else(guarded_url: str) -> None:
    files = {"files": ("a.txt", b"bonjour", "text/plain")}
    assert httpx.post(guarded_url + "/gradio_api/upload", files=files).status_code == 401
    for name in ("lise", "rémi"):
        with httpx.Client(base_url=guarded_url) as client:
            signed = client.post("/connexion", data={"username": name, "password": PASSWORD})
            assert signed.status_code == 303
            cookie = signed.headers["set-cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert client.get("/ctg/").status_code == 200
            assert client.post("/gradio_api/upload", files=files).status_code == 200, name
            client.post("/deconnexion")
            assert client.get("/config").status_code == 401


def test_a_reader_behind_a_prefix_asks_but_does_not_change_the_corpus(
    visit_on: Any, guarded_url: str, settings: Settings, file_to_add: Path
) -> None:
    visit = visit_on(guarded_url + "/ctg/")
    visit.page.goto(visit.url)
    visit.page.get_by_label("Nom").fill("lise")
    visit.page.get_by_label("Mot de passe").fill(PASSWORD)
    visit.page.get_by_role("button", name="Se connecter").click()
    visit.page.wait_for_selector("#ctg-suggestions button")
    assert visit.ask("Qui pilote la création de MAM au Creusot ?").locator("button.ctg-mark").count()
    visit.tab("Corpus")
    visit.tab("Ajouter ou retirer", "#ctg-corpus-tabs")
    visit.page.locator("#ctg-report", has_text="Votre compte permet de lire").wait_for()
    visit.page.set_input_files("#ctg-corpus-tabs input[type=file]", file_to_add)
    visit.page.locator("#ctg-corpus-tabs", has_text="Valbrune").first.wait_for()
    visit.page.get_by_role("button", name="Ajouter au corpus").click()
    visit.page.locator("#ctg-report [role=alert]").wait_for()
    assert not (settings.added_dir / "documents" / file_to_add.name).exists()
    assert all(url.startswith((guarded_url, "data:", "blob:")) for url in visit.requests)


def test_after_five_errors_even_the_right_password_waits(settings: Settings, accounts: Accounts) -> None:
    with served(settings, accounts) as url:
        for _ in range(5):
            httpx.post(url + "/connexion", data={"username": "lise", "password": "non"})
        assert httpx.post(url + "/connexion", data={"username": "lise", "password": PASSWORD}).status_code == 401


def test_the_page_is_not_opened_to_others_by_accident(tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid, match="--auth"):
        check_exposure("0.0.0.0", None, open_without_auth=False)
    assert check_exposure("0.0.0.0", None, open_without_auth=True) is None
    assert check_exposure("127.0.0.1", None, open_without_auth=False) is None
    wrong = tmp_path / "comptes.json"
    wrong.write_text('{"accounts": [{"name": "a", "role": "chef", "password": "x"}]}', encoding="utf-8")
    with pytest.raises(SettingInvalid, match="role"):
        check_exposure("0.0.0.0", wrong, open_without_auth=False)


def test_a_program_uses_the_same_functions(page_url: str) -> None:
    from gradio_client import Client

    client = Client(page_url, verbose=False)
    found = client.predict("création de MAM", ["creusot-montceau-nord"], 3, api_name="/search")
    assert len(found["passages"]) == 3
    assert found["passages"][0]["document"] == "creusot-montceau-nord"
    answer = client.predict("Qui pilote la création de MAM au Creusot ?", [], api_name="/ask")
    assert answer["answered"]
    assert all(citation["verified"] for citation in answer["citations"])
    themed = client.predict("Combien de fiches-actions ?", [], "parentalite", api_name="/ask")
    assert themed["answer"] != client.predict("Combien de fiches-actions ?", [], api_name="/ask")["answer"]
    assert "parentalite" in client.predict("Combien ?", [], "poterie", api_name="/ask")["error"]
    assert client.predict("assistants maternels", api_name="/compare")["table"]["rows"]
    duties = client.predict("12000", "commune", "", "2026-01-01", "", api_name="/obligations")
    assert duties["applies"]
    assert duties["situation"]["population"] == 12000
    assert "error" in client.predict(" ", [], api_name="/ask")
    drafted = client.predict("relais petite enfance pour la CC du Val Fleuri", [], api_name="/draft")
    assert drafted["territory"] == "CC du Val Fleuri"
    one = drafted["similar"][0]
    ticked = client.predict("relais petite enfance", [f"{one['document']}:{one['fiche']}"], api_name="/draft")
    assert {fiche["document"] for fiche in ticked["similar"]} == {one["document"]}


def test_an_mcp_client_finds_and_calls_the_tools(page_url: str) -> None:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def talk() -> tuple[dict[str, str], Any]:
        async with (
            streamable_http_client(f"{page_url}/gradio_api/mcp/") as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = {tool.name: tool.description or "" for tool in (await session.list_tools()).tools}
            question = {"question": "Qui pilote la création de MAM au Creusot ?", "territories": []}
            return tools, await session.call_tool("ask", question)

    # In a thread of its own: the browser of the other tests keeps a loop running in this one.
    with ThreadPoolExecutor(1) as other:
        tools, result = other.submit(lambda: asyncio.run(talk())).result()
    assert {"search", "ask", "compare", "obligations", "draft"} == set(tools)
    assert "conventions" in tools["search"]
    answer = json.loads(result.content[0].text)
    assert answer["answered"]
    assert answer["citations"][0]["document"] == "creusot-montceau-nord"


def test_the_examples_of_the_guide_run(page_url: str) -> None:
    guide = (ROOT / "docs" / "integration.md").read_text(encoding="utf-8").replace("http://127.0.0.1:7860", page_url)
    examples = [code for code in re.findall(r"```python\n(.*?)```", guide, re.DOTALL) if "import" in code]
    assert len(examples) == 2
    for code in examples:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-800:]
        assert done.stdout.strip()


def test_an_empty_working_folder_is_indexed_before_the_page_opens(settings: Settings, tmp_path: Path) -> None:
    empty, said = settings.model_copy(update={"data_dir": tmp_path / "neuf"}), []
    prepare_index(empty, said.append)
    assert len(Assistant(empty).documents()) == 3
    assert "Corpus indexé" in said[-1]
    said.clear()
    prepare_index(empty, said.append)
    assert said == []


def test_the_command_opens_the_page_and_refuses_a_wrong_address(settings: Settings) -> None:
    environment = {
        "CTG_CORPUS_DIR": str(settings.corpus_dir), "CTG_DATA_DIR": str(settings.data_dir), "PATH": "/usr/bin:/bin",
        "CTG_EMBEDDING_URL": str(settings.embedding_url), "CTG_EMBEDDING_MODEL": settings.embedding_model,
    }  # fmt: skip
    command = [str(Path(sys.executable).with_name("ctg")), "serve"]
    refused = subprocess.run([*command, "--host", "0.0.0.0"], env=environment, capture_output=True, text=True)
    assert refused.returncode == 2
    assert "--auth" in refused.stderr
    assert "Traceback" not in refused.stderr
    with subprocess.Popen([*command, "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            lines = iter(process.stdout.readline, "")  # type: ignore[union-attr]
            address = next(match.group() for line in lines if (match := re.search(r"http://127\S+", line)))
            assert httpx.get(address).status_code == 200
        finally:
            process.terminate()
