"""A Chroma server shared by several machines. Its Python client waits for ever: every wait is bounded here."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from corpus.errors import SettingInvalid, VectorStoreUnavailable
from corpus.quiet import silence_libraries

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ClientAPI

_Result = TypeVar("_Result")
CONNECT_S = 2.0
READ_S = 4.0
BUILD_READ_S = 60.0
"""Adding thousands of vectors takes longer than a question may."""


def connect_server(url: str, read_s: float = READ_S) -> "ClientAPI":
    """A client of the server, whose every request ends within `read_s` seconds or so.

    Raises SettingInvalid for an address that is none, VectorStoreUnavailable where the server does not answer.
    """
    silence_libraries()
    import chromadb
    import httpx
    from chromadb.config import Settings as ChromaSettings

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingInvalid(f"CTG_CHROMA_URL ({url}) n'est pas une adresse : attendu par exemple http://hote:8000.")
    port = parts.port or (443 if parts.scheme == "https" else 8000)

    def connect() -> "ClientAPI":
        return chromadb.HttpClient(
            parts.hostname or "", port, ssl=parts.scheme == "https", settings=ChromaSettings(anonymized_telemetry=False)
        )

    with server_answers(url):
        # The client talks to the server while it is made, without any time-out of its own.
        client = _within(CONNECT_S + READ_S / 2, connect)
        session: Any = client._server._session
        session.timeout = httpx.Timeout(read_s, connect=CONNECT_S)
        session.event_hooks = {"response": [_refuse_strangers]}
    return client


@contextmanager
def server_answers(url: str) -> Iterator[None]:
    """Turn every way in which a server may fail to answer into VectorStoreUnavailable."""
    import httpx

    try:
        yield
    except (httpx.HTTPError, OSError, ValueError, KeyError) as error:
        raise VectorStoreUnavailable(
            f"Le serveur Chroma {url} ne répond pas ({type(error).__name__}) : vérifiez qu'il tourne, ou retirez "
            "CTG_CHROMA_URL."
        ) from error


def _refuse_strangers(response: "httpx.Response") -> None:
    """Chroma's client raises a bare Exception for an error it does not know: name it before it does."""
    import httpx
    from chromadb.errors import error_types

    if response.status_code < 400:
        return
    response.read()
    try:
        known = response.json().get("error") in error_types
    except (ValueError, AttributeError):
        known = False
    if not known:
        raise httpx.HTTPStatusError(f"HTTP {response.status_code}", request=response.request, response=response)


def _within(seconds: float, work: Callable[[], _Result]) -> _Result:
    """The result of `work`, or TimeoutError; a thread that hangs is left behind (it dies with the process)."""
    results: list[_Result] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # carried over to the caller's thread, whatever it is
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError
    return results[0]
