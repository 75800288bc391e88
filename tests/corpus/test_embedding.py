"""Vectors: from the packaged model without any hub, and from a service of the OpenAI protocol, good or bad."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from corpus.embedding import Embedder, load_embedder
from corpus.embedding_packaged import PackagedEmbedder
from corpus.errors import ModelUnavailable
from corpus.settings import Settings


def test_the_packaged_model_tells_meanings_apart(embedder: Embedder) -> None:
    vectors = embedder.embed(["une crèche pour les bébés", "l'accueil des tout-petits", "le budget de la mairie"])
    assert vectors.shape == (3, embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.02
    assert embedder.embed([]).shape == (0, embedder.dimension)


def test_the_fingerprint_is_read_without_the_model_and_kept(settings: Settings) -> None:
    code = (
        "import sys; from corpus.embedding import load_embedder; from corpus.settings import Settings;"
        f"print(load_embedder(Settings(data_dir={str(settings.data_dir)!r})).base_fingerprint);"
        "assert 'torch' not in sys.modules"
    )
    root = Path(__file__).resolve().parents[2]
    first = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout
    kept = json.loads((settings.data_dir / "empreintes.json").read_text())
    assert first.strip() in {value["fingerprint"] for value in kept.values()}
    embedder = load_embedder(settings)
    assert isinstance(embedder, PackagedEmbedder)
    assert embedder.base_fingerprint == first.strip() != embedder.fingerprint


def test_a_model_that_is_not_here_is_said(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="CTG_EMBEDDING_MODEL"):
        load_embedder(settings.model_copy(update={"embedding_model": "intfloat/nulle-part"}))
    (tmp_path / "vide").mkdir()
    empty = load_embedder(settings.model_copy(update={"embedding_model": str(tmp_path / "vide")}))
    with pytest.raises(ModelUnavailable, match="poids"):
        _ = empty.fingerprint


class Service(BaseHTTPRequestHandler):
    """An embeddings service; `manner` says how it misbehaves."""

    manner: ClassVar[str] = ""
    requests: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.requests.append({**body, "key": self.headers.get("Authorization"), "path": self.path})
        rows = [{"index": n, "embedding": [len(text), 1.0, 0.0]} for n, text in enumerate(body["input"])]
        busy = self.manner == "busy" and len(self.requests) == 1
        status = {"busy": 429 if busy else 200, "refused": 401, "broken": 500}.get(self.manner, 200)
        if self.manner == "short":
            rows = rows[1:]
        content = json.dumps({"data": rows[::-1]})
        if self.manner == "page":
            content = "<html>Bienvenue</html>"
        self.send_response(status)
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def service(settings: Settings) -> Iterator[Embedder]:
    Service.requests, Service.manner = [], ""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/v1/"
    values = {"embedding_url": url, "embedding_model": "bge", "embedding_key": "s3cret"}
    yield load_embedder(Settings(data_dir=settings.data_dir, **values))
    server.shutdown()
    server.server_close()


def test_a_service_gives_vectors_in_order_and_of_length_one(service: Embedder) -> None:
    vectors = service.embed(["x" * length for length in range(1, 71)])
    assert vectors.shape == (70, 3)
    assert vectors[:, 0] / vectors[:, 1] == pytest.approx(range(1, 71), rel=1e-5)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert service.dimension == 3
    assert {(asked["model"], asked["key"], asked["path"]) for asked in Service.requests} == {
        ("bge", "Bearer s3cret", "/v1/embeddings")
    }


def test_a_busy_service_is_asked_again(service: Embedder) -> None:
    Service.manner = "busy"
    assert service.embed(["a"]).shape == (1, 3)


@pytest.mark.parametrize(
    ("manner", "told"), [("refused", "clé"), ("broken", "500"), ("page", "JSON"), ("short", "incomplets")]
)
def test_a_misbehaving_service_is_named(service: Embedder, manner: str, told: str) -> None:
    Service.manner = manner
    with pytest.raises(ModelUnavailable, match=told) as failure:
        service.embed(["a", "b"])
    assert "CTG_EMBEDDING" in str(failure.value)
    assert "s3cret" not in str(failure.value)


def test_a_service_that_is_down_is_named(settings: Settings) -> None:
    down = load_embedder(settings.model_copy(update={"embedding_url": "http://127.0.0.1:9/v1"}))
    with pytest.raises(ModelUnavailable, match=r"127\.0\.0\.1:9"):
        down.embed(["a"])
