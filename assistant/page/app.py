"""The web application: Gradio inside, our layers around it."""

from pathlib import Path

from assistant.page.accounts import Accounts
from assistant.page.context import PageContext
from assistant.page.gate import Gate, is_loopback
from assistant.page.headers import ASSETS, App, SecurityHeaders
from assistant.page.signin import Sessions, SignIn
from assistant.service import Assistant
from corpus.settings import Settings

ASSETS_DIR = Path(__file__).resolve().parent / "assets"
MOST_SESSIONS = 200
QUEUE_SIZE = 20
CONCURRENCY = 4


def make_app(settings: Settings, service: Assistant, accounts: Accounts | None = None, root_path: str = "") -> App:
    """The ASGI application, ready to be served.

    `root_path`: path under which a proxy serves it ("/ctg"); "/" says that a proxy stands before it, at the root.
    """
    import gradio as gr
    from fastapi import FastAPI, Request
    from starlette.staticfiles import StaticFiles

    from assistant.page.api import speak_json
    from assistant.page.layout import build_page
    from assistant.page.theme import make_theme

    sessions = Sessions(accounts) if accounts else None
    page = build_page(PageContext(service=service, settings=settings, sessions=sessions))
    page.state_session_capacity = MOST_SESSIONS
    page.queue(api_open=False, max_size=QUEUE_SIZE, default_concurrency_limit=CONCURRENCY)

    def signed_in(request: Request) -> str | None:
        account = sessions.account_of(request.scope) if sessions else None
        return account.name if account else None

    web = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    web.mount(f"/{ASSETS}", StaticFiles(directory=ASSETS_DIR), name="assets")
    prefix = root_path.rstrip("/")
    gr.mount_gradio_app(
        web, page, path="/", auth_dependency=signed_in if sessions else None, root_path=prefix or None,
        allowed_paths=[], show_error=False, max_file_size=f"{settings.file_max_mb}mb", ssr_mode=False,
        enable_monitoring=False, run_history=False, mcp_server=True, footer_links=[], pwa=False, theme=make_theme(),
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )  # fmt: skip
    speak_json(page)
    inner: App = web
    if sessions:
        inner = SignIn(inner, sessions)
    upload_limit = settings.file_max_mb * 1_000_000 + 100_000
    local_only = accounts is None and not root_path and is_loopback(settings.host)
    return SecurityHeaders(Gate(inner, upload_limit, local_only), prefix)
