"""Signing in: a plain form, sessions in memory, a cookie that scripts cannot read. Only where accounts are given."""

import asyncio
import html
import secrets
import time
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from assistant.page.accounts import Account, Accounts
from assistant.page.gate import refuse
from assistant.page.headers import ASSETS, App, Receive, Scope, Send

COOKIE = "ctg_session"
SESSION_S = 12 * 3600
MOST_SESSIONS = 1000
MOST_FAILURES = 5
"""Wrong passwords for one name, or from one address, before it must wait."""
WAIT_S = 300
_LONGEST_FORM = 4000
_OPEN_PATHS = ("/connexion", "/login", "/login/")


@dataclass(frozen=True)
class _Session:
    account: Account
    until: float


class Sessions:
    """Who is signed in."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._failures: defaultdict[str, list[float]] = defaultdict(list)

    def account_of(self, scope: Scope) -> Account | None:
        """The account of a request's cookie; None where it has none that is still good."""
        session = self._sessions.get(_token(scope))
        return session.account if session and session.until > time.time() else None

    def account_named(self, name: str | None) -> Account | None:
        """The account of a signed-in name, as Gradio hands it to a handler."""
        return next((account for account in self._accounts.accounts if account.name == name), None)

    def open(self, name: str, password: str, address: str) -> str | None:
        """A new session's token; None where name and password do not fit, or too many were wrong before."""
        if self._must_wait(name) or self._must_wait(address):
            return None
        account = self._accounts.sign_in(name, password)
        if account is None:
            for who in (name[:80], address):
                self._failures[who].append(time.time())
            return None
        self._failures.pop(name, None)
        token = secrets.token_urlsafe(32)
        self._sessions[token] = _Session(account, time.time() + SESSION_S)
        while len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return token

    def close(self, scope: Scope) -> None:
        """Forget the session of a request."""
        self._sessions.pop(_token(scope), None)

    def _must_wait(self, who: str) -> bool:
        recent = [moment for moment in self._failures.get(who[:80], ()) if moment > time.time() - WAIT_S]
        if recent:
            self._failures[who[:80]] = recent
        elif len(self._failures) > 10_000:
            self._failures.clear()
        return len(recent) >= MOST_FAILURES


class SignIn:
    """ASGI layer that lets nobody through who is not signed in."""

    def __init__(self, app: App, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or path.startswith(f"/{ASSETS}/"):
            await self._app(scope, receive, send)
        elif path in _OPEN_PATHS and scope["method"] == "POST":
            await self._sign_in(scope, receive, send)
        elif path == "/connexion":
            await _show_form(send, 200, "")
        elif path == "/deconnexion":
            self._sessions.close(scope)
            await _redirect(send, "./connexion", f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
        elif self._sessions.account_of(scope) is None:
            await (_redirect(send, "./connexion") if path == "/" else refuse(send, 401, "Connectez-vous d'abord."))
        else:
            await self._app(scope, receive, send)

    async def _sign_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        form = parse_qs((await _read_form(receive)).decode("utf-8", "replace"))
        name, password = (form.get(field, [""])[0] for field in ("username", "password"))
        address = (scope.get("client") or ("",))[0]
        # Hashing takes a while on purpose: not in the loop that serves everybody.
        token = await asyncio.to_thread(self._sessions.open, name, password, address)
        from_program = scope["path"] != "/connexion"
        if token is None:
            sentence = "Nom ou mot de passe incorrect. Après cinq erreurs, il faut attendre cinq minutes."
            await (refuse(send, 401, sentence) if from_program else _show_form(send, 401, sentence))
            return
        secure = "; Secure" if _is_https(scope) else ""
        cookie = f"{COOKIE}={token}; Path=/; Max-Age={SESSION_S}; HttpOnly; SameSite=Lax{secure}"
        if from_program:
            await _send(send, 200, b'{"success": true}', b"application/json", cookie)
        else:
            await _redirect(send, "./", cookie)


def _token(scope: Scope) -> str:
    cookies: SimpleCookie = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                cookies.load(value.decode("latin-1"))
            except CookieError:
                return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _is_https(scope: Scope) -> bool:
    forwarded = next((value for name, value in scope["headers"] if name == b"x-forwarded-proto"), b"")
    return scope.get("scheme") == "https" or forwarded.startswith(b"https")


async def _read_form(receive: Receive) -> bytes:
    body = bytearray()
    while len(body) <= _LONGEST_FORM:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    return bytes(body[:_LONGEST_FORM])


async def _show_form(send: Send, status: int, sentence: str) -> None:
    alert = f'<p class="ctg-alert" role="alert">{html.escape(sentence)}</p>' if sentence else ""
    page = f"""<!doctype html>
<html lang="fr"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>Connexion — Assistant CTG</title><link rel="icon" href="./{ASSETS}/icon.svg" type="image/svg+xml"/>
<link rel="stylesheet" href="./{ASSETS}/page.css"/></head>
<body class="ctg-page"><div class="ctg-signin"><main><h1>Assistant CTG</h1>
<p>Les conventions territoriales globales, citations à l'appui.</p>{alert}
<form method="post" action="./connexion">
<label for="username">Nom</label>
<input id="username" name="username" autocomplete="username" maxlength="80" required autofocus/>
<label for="password">Mot de passe</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required/>
<button type="submit">Se connecter</button></form></main></div></body></html>"""
    await _send(send, status, page.encode(), b"text/html; charset=utf-8")


async def _redirect(send: Send, target: str, cookie: str = "") -> None:
    await _send(send, 303, b"", b"text/plain", cookie, target)


async def _send(send: Send, status: int, body: bytes, kind: bytes, cookie: str = "", target: str = "") -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    headers += [(b"set-cookie", cookie.encode())] if cookie else []
    headers += [(b"location", target.encode())] if target else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
