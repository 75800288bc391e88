"""A language model server that speaks the real protocol, and misbehaves on demand."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = dict[str, Any]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        self.server.requests.append(body)  # type: ignore[attr-defined]
        script: Script = self.server.script  # type: ignore[attr-defined]
        if script.get("hang"):
            time.sleep(script["hang"])
            return
        if "status" in script:
            self._plain(script["status"], b'{"error": {"message": "non"}}', "application/json")
        elif "html" in script:
            self._plain(200, script["html"].encode(), "text/html")
        else:
            pieces = script.get("pieces", ())
            self._stream({**script, "pieces": pieces(body) if callable(pieces) else pieces})

    def _plain(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, script: Script) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for piece in script.get("pieces", ()):
                self._event({"content": piece}, None)
                time.sleep(script.get("drip", 0))
            if not script.get("cut"):
                self._event({}, script.get("finish", "stop"))
                self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            return

    def _event(self, delta: dict[str, str], finish: str | None) -> None:
        chunk = {
            "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "essai",
            "choices": [{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}],
        }  # fmt: skip
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *args: object) -> None:
        return


@contextmanager
def model_server(**script: Any) -> Iterator[ThreadingHTTPServer]:
    """A server on loopback that answers by the script; `.requests` holds what it received, `.url` its address.

    `pieces`: what it streams, or what makes that of the request's body.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.script, server.requests = script, []  # type: ignore[attr-defined]
    server.url = f"http://127.0.0.1:{server.server_address[1]}/v1"  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
