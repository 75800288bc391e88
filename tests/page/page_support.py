"""A corpus with a hostile document, a server of vectors on loopback, and the page served as `ctg serve` serves it."""

import hashlib
import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import yaml

from assistant.page.accounts import Accounts
from assistant.page.app import make_app
from assistant.service import Assistant
from corpus.settings import CORPUS_PACKAGE, Settings

DELIVERED = ("creusot-montceau-nord", "gevrey-nuits")
HOSTILE = """Convention territoriale globale de Vilain-sur-Ruse

Article 1 : Objet <script>document.title = 'pris'</script>

La ludothèque itinérante de Vilain est pilotée par <img src="http://evil.example/pixel.png" onerror="alert(1)"> la
[commune](http://evil.example/lien) et par https://evil.example/adresse, ${alert(2)}
{{constructor.constructor('alert(3)')()}}.

Article 2 : Durée

La convention <a href="javascript:alert(4)">court</a> jusqu'en 2031 ; <style>body { display: none }</style>
rien de plus.
"""


class _Vectors(BaseHTTPRequestHandler):
    """Answers as an OpenAI-compatible embeddings service does, with vectors made of the words' hashes."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))["input"]
        rows = [{"index": place, "embedding": _vector(text)} for place, text in enumerate(asked)]
        body = json.dumps({"data": rows}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _vector(text: str) -> list[float]:
    total = np.zeros(32)
    for word in text.lower().split()[:200]:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4])
        total += np.random.default_rng(seed).normal(size=32)
    return [round(float(value), 4) for value in total + 1e-3]


@contextmanager
def vector_service() -> Iterator[str]:
    """Address of the service while it runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Vectors)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()


def write_corpus(folder: Path) -> None:
    """Two delivered conventions and a hostile one."""
    documents = folder / "documents"
    documents.mkdir(parents=True)
    delivered = yaml.safe_load((CORPUS_PACKAGE / "manifest.yaml").read_text(encoding="utf-8"))["documents"]
    entries = [entry for entry in delivered if entry["id"] in DELIVERED]
    for entry in entries:
        shutil.copy(CORPUS_PACKAGE / "documents" / entry["file"], documents)
    (documents / "vilain.txt").write_text(HOSTILE, encoding="utf-8")
    entries.append(
        {
            "id": "vilain", "file": "vilain.txt", "kind": "convention", "status": "projet",
            "title": "Convention de Vilain <img src=x onerror=alert(5)>",
            "territory": {"name": "Vilain-sur-Ruse <b>gras</b>", "short_name": "Vilain", "other_names": ["Vilain"]},
            "provenance": "Inventé pour les tests <script>alert(6)</script>.",
        }
    )  # fmt: skip
    (folder / "manifest.yaml").write_text(yaml.safe_dump({"documents": entries}, allow_unicode=True), encoding="utf-8")


@contextmanager
def served(settings: Settings, accounts: Accounts | None = None, root_path: str = "") -> Iterator[str]:
    """Address of the page, served on a free port while it runs."""
    import uvicorn

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    app = make_app(settings, Assistant(settings), accounts, root_path)
    config = uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
