"""Serving the page: checks first, then the address, then the service warmed in the background."""

import contextlib
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.page.accounts import Accounts, load_accounts
from assistant.page.gate import is_loopback
from assistant.service import Assistant
from corpus.errors import AssistantError, IngestionInProgress, SettingInvalid
from corpus.quiet import silence_libraries
from corpus.settings import Settings

if TYPE_CHECKING:
    from uvicorn import Server

_SWITCHES = {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_ANALYTICS_MAX_EVENTS": "100", "HF_HUB_OFFLINE": "1"}

_say = partial(print, flush=True)


def serve_page(
    settings: Settings,
    auth_file: Path | None = None,
    open_without_auth: bool = False,
    root_path: str = "",
    say: Callable[[str], None] = _say,
) -> None:
    """Serve until interrupted; prints the address once the page answers.

    `auth_file`: accounts (see `accounts.py`). `root_path`: path under which a proxy serves the page.
    Raises SettingInvalid where the address cannot be used, the accounts are wrong, or the page would be open to
    others without accounts; what `ensure_index` raises where there is no index and none can be made.
    """
    begin = time.monotonic()
    accounts = check_exposure(settings.host, auth_file, open_without_auth)
    listener = bind(settings.host, settings.port)
    for name, value in _SWITCHES.items():
        os.environ.setdefault(name, value)
    silence_libraries()
    prepare_index(settings, say)
    say("Assistant CTG : ouverture de la page…")
    service = Assistant(settings)

    import uvicorn

    from assistant.page.app import make_app

    app = make_app(settings, service, accounts, root_path)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=30,
        timeout_graceful_shutdown=3, proxy_headers=bool(root_path),
    )  # fmt: skip
    server = uvicorn.Server(config)
    # Pages left open hold a connection each; that these are cut at the end is no fault to report.
    logging.getLogger("uvicorn.error").addFilter(lambda record: not server.should_exit)
    opened = f"http://{_address(listener)}{root_path.rstrip('/')}"
    threading.Thread(target=_announce, args=(server, service, opened, begin, say), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


def check_exposure(host: str, auth_file: Path | None, open_without_auth: bool) -> Accounts | None:
    """The accounts in force. Raises SettingInvalid where others could reach the page without signing in."""
    if auth_file is not None:
        return load_accounts(auth_file)
    if is_loopback(host) or open_without_auth:
        return None
    raise SettingInvalid(
        f"L'adresse « {host} » ouvre la page à d'autres machines : donnez un fichier de comptes avec « --auth "
        "FICHIER », ou acceptez-le avec « --open-without-auth »."
    )


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises SettingInvalid where the address or the port cannot be had."""
    name = host.strip("[]")
    listener = socket.socket(socket.AF_INET6 if ":" in name else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((name, port))
    except OSError as error:
        listener.close()
        raise SettingInvalid(
            f"L'adresse {host}:{port} ne peut pas être utilisée ({error.strerror or error}) : choisissez un autre port "
            "avec « --port », ou 0 pour un port libre."
        ) from error
    return listener


def prepare_index(settings: Settings, say: Callable[[str], None]) -> None:
    """Index the corpus where no usable index is in service, telling each step once.

    Raises what `ensure_index` raises; where another process is indexing, the page opens and waits for it.
    """
    from ingest.pipeline import ensure_index

    told: set[str] = set()

    def progress(step: str, done: int, total: int) -> None:
        if not told:
            say("Aucun index utilisable : indexation du corpus, une à deux minutes…")
        if step not in told:
            told.add(step)
            say(f"  {step}")

    try:
        report = ensure_index(settings, progress)
    except IngestionInProgress as error:
        say(str(error))
        return
    if report is not None:
        say(f"Corpus indexé : {report.passages} passages, {report.seconds:.0f} s.")


def warm(service: Assistant) -> None:
    """Open the index and the models and answer once, before a reader asks; what is missing is told to the first one.

    The question is a fiche of the corpus, so that all that an answer and a draft need is loaded.
    """
    with contextlib.suppress(AssistantError):
        fiches = service.index.fiches()
        words = fiches[0].title if fiches else "petite enfance"
        service.ask(f"Qui pilote {words} ?")
        service.similar_fiches(words)
        service.draft(words)


def _announce(server: "Server", service: Assistant, opened: str, begin: float, say: Callable[[str], None]) -> None:
    """Once the page answers: say where. Only then warm the service, whose imports would slow the opening down."""
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.05)
    say(f"Page ouverte en {time.monotonic() - begin:.1f} s : {opened}")
    say("Pour arrêter : Ctrl+C.")
    warm(service)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
