"""The outermost layer: security headers on every response, and the index page dressed for our policy.

Gradio's own page needs three things of the policy: its inline scripts (they carry a nonce), `eval` (its HTML component
builds its template with it; the templates are ours and constant), and inline styles. Nothing else is allowed, and no
address outside the page's own origin can be reached, whatever a document or a model writes.
"""

import gzip
import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

ASSETS = "habillage"
"""Path under which our own style sheet, script and icon are served."""

_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; frame-src 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_SOCIAL_META = re.compile(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')


class SecurityHeaders:
    """ASGI layer that puts the headers on every response and dresses the index page.

    `prefix`: path under which a proxy serves the page, whether or not the proxy takes it off.
    """

    def __init__(self, app: App, prefix: str = "") -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        headers = [(name.lower().encode(), value.encode()) for name, value in _HEADERS]
        headers.append((b"content-security-policy", _POLICY.format(nonce=nonce).encode()))
        scope = self._without_prefix(scope)
        if scope["path"] == "":
            # The page's own addresses are relative: they need the slash at the end of the prefix.
            headers.append((b"location", f"./{self._prefix.rsplit('/', 1)[-1]}/".encode()))
            await send({"type": "http.response.start", "status": 308, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        if scope["path"] == "/":
            await _IndexPage(self._app, headers, nonce).respond(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*_others(message), *headers]
            await send(message)

        await self._app(scope, receive, with_headers)

    def _without_prefix(self, scope: Scope) -> Scope:
        path = scope["path"]
        if not self._prefix or not (path == self._prefix or path.startswith(self._prefix + "/")):
            return scope if path else {**scope, "path": "/"}
        path = path[len(self._prefix) :]
        return {**scope, "path": path, "raw_path": path.encode()}


class _IndexPage:
    """One response of the index page: gathered whole, dressed, compressed."""

    def __init__(self, app: App, headers: list[tuple[bytes, bytes]], nonce: str) -> None:
        self._app = app
        self._headers = headers
        self._nonce = nonce
        self._start: Message = {}
        self._body = bytearray()

    async def respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        compress = any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]

        async def gather(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._start = message
                return
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_whole(send, compress)

        await self._app({**scope, "headers": plain}, receive, gather)

    async def _send_whole(self, send: Send, compress: bool) -> None:
        kept = [(name, value) for name, value in _others(self._start) if name != b"content-length"]
        body = bytes(self._body)
        if any(name == b"content-type" and value.startswith(b"text/html") for name, value in kept):
            body = dress_page(body.decode(), self._nonce).encode()
            kept.append((b"cache-control", b"no-store"))
            if compress and body:
                body = gzip.compress(body, 5)
                kept.append((b"content-encoding", b"gzip"))
        kept.append((b"content-length", str(len(body)).encode()))
        await send({**self._start, "headers": [*kept, *self._headers]})
        await send({"type": "http.response.body", "body": body})


def dress_page(html: str, nonce: str) -> str:
    """The page in French, its scripts carrying the nonce, our style sheet and script before Gradio's own.

    Gradio escapes `<` in all that it writes into its scripts, so that no text of ours can open a script.
    """
    html = _SOCIAL_META.sub("", html.replace('lang="en"', 'lang="fr"', 1))
    ours = (
        f'<link rel="icon" href="./{ASSETS}/icon.svg" type="image/svg+xml"/>'
        f'<link rel="stylesheet" href="./{ASSETS}/page.css"/>'
        f'<link rel="stylesheet" href="./{ASSETS}/draft.css"/><script src="./{ASSETS}/source.js"></script>'
        f'<script src="./{ASSETS}/page.js"></script>'
    )
    html = html.replace("<script>", f"{ours}<script>", 1)
    html = html.replace("<body", '<body class="ctg-page ctg-loading"', 1)
    return html.replace("<script", f'<script nonce="{nonce}"')


def _others(message: Message) -> list[tuple[bytes, bytes]]:
    """The headers of a response without those that are ours to set."""
    ours = {name.lower().encode() for name, _ in _HEADERS} | {b"content-security-policy", b"server"}
    return [(name, value) for name, value in message.get("headers", []) if name.lower() not in ours]
