"""The second layer: which requests reach Gradio at all. Only what the page and the typed API use is let through.

Gradio serves more than we need (direct calls beside the queue, fetching of remote files, monitoring, developer tools);
a list of what is allowed stays right when a release adds more.
"""

import json
import re

from assistant.page.headers import ASSETS, App, Message, Receive, Scope, Send

BODY_LIMIT = 3_000_000
"""Bytes of a request that is no upload: a question of the greatest length, and the conversation that goes with it."""
_ALLOWED = {
    "GET": re.compile(
        rf"/(?:$|config/?$|theme\.css$|(?:assets|static|svelte)/|favicon\.ico$|manifest\.json$|robots\.txt$|{ASSETS}/|"
        r"connexion$|gradio_api/(?:info/?$|theme\.css$|startup-events$|app_id/?$|login_check/?$|heartbeat/|queue/data$|"
        r"upload_progress$|mcp/?$|call/[a-z_0-9/]+/[a-z0-9]+$|file=(?!\w+:|//|\\|%)))"
    ),
    "POST": re.compile(
        r"/(?:login/?$|connexion$|deconnexion$|"
        r"gradio_api/(?:queue/join$|mcp/?$|upload$|cancel$|reset/?$|call/(?:v2/)?[a-z_0-9]+$))"
    ),
}
_ALLOWED["HEAD"] = _ALLOWED["GET"]
_ALLOWED["DELETE"] = re.compile(r"/gradio_api/mcp/?$")
_QUEUE_FULL = "La file d'attente est pleine : réessayez dans quelques secondes."
_LOCAL_NAMES = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?")


class Gate:
    """ASGI layer that refuses the rest: wrong path, wrong host, body too long.

    `local_only`: refuse any other host name than this machine's, so that no outside page can borrow ours through a name
    that leads here.
    """

    def __init__(self, app: App, upload_limit: int, local_only: bool = False) -> None:
        self._app = app
        self._upload_limit = upload_limit
        self._local_only = local_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        path = scope["path"]
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if self._local_only and not _LOCAL_NAMES.fullmatch(headers.get(b"host", "")):
            await refuse(send, 421, "Cette page ne répond qu'à l'adresse de cette machine.")
            return
        allowed = _ALLOWED.get(scope["method"])
        if allowed is None or not allowed.match(path):
            await refuse(send, 404, "Cette adresse n'existe pas.")
            return
        limit = self._upload_limit if path == "/gradio_api/upload" else BODY_LIMIT
        length = headers.get(b"content-length", "0")
        if not length.isdigit() or int(length) > limit:
            await refuse(send, 413, f"L'envoi dépasse la limite de {limit // 1_000_000} Mo.")
            return
        await self._app(scope, _counted(receive, limit), _translated(send) if path.endswith("/join") else send)


def is_loopback(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine only."""
    return host in ("localhost", "::1", "[::1]") or host.startswith("127.")


async def refuse(send: Send, status: int, sentence: str) -> None:
    """A short answer in the form that Gradio's own errors have."""
    body = json.dumps({"detail": sentence, "error": sentence}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _counted(receive: Receive, limit: int) -> Receive:
    """The request, cut off where a body without an announced length grows over the limit."""
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        if message["type"] == "http.request":
            received += len(message.get("body", b""))
            if received > limit:
                return {"type": "http.disconnect"}
        return message

    return counted


def _translated(send: Send) -> Send:
    """The refusal of a full queue in French; everything else as it is."""
    full = False

    async def translated(message: Message) -> None:
        nonlocal full
        if message["type"] == "http.response.start" and message["status"] == 503:
            full = True
            await refuse(send, 503, _QUEUE_FULL)
        if not full:
            await send(message)

    return translated
