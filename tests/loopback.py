"""A real OpenAI-compatible HTTP server on 127.0.0.1, with faults on demand. It keeps exactly the bytes it received."""

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Ending = Literal["whole", "cut", "hang"]


@dataclass(frozen=True)
class Reply:
    """What the server answers to one request.

    ``ending``: "whole" ends the body properly, "cut" closes the connection in the middle of it, "hang" goes silent
    after ``pieces`` until the client closes. A ``silent`` reply is not so much as a status line.
    """

    pieces: tuple[bytes, ...] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/event-stream"})
    ending: Ending = "whole"
    silent: bool = False


@dataclass(frozen=True)
class Received:
    """One request, as it arrived. ``raw`` is every byte of it, request line and headers too."""

    path: str
    headers: dict[str, str]
    body: bytes
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def event(data: object) -> bytes:
    """One server-sent event."""
    text = data if isinstance(data, str) else json.dumps(data)
    return f"data: {text}\n\n".encode()


def delta(text: str | None = None, finish: str | None = None, **more: object) -> bytes:
    """One chunk of a chat completion."""
    content = {} if text is None else {"content": text}
    choice = {"index": 0, "delta": {**content, **more}, "finish_reason": finish}
    return event({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})


def usage(prompt: int = 42, cached: int = 0, output: int = 7) -> bytes:
    """The last chunk, with the tokens."""
    return event(
        {
            "id": "c",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": [],
            "usage": {
                "prompt_tokens": prompt,
                "completion_tokens": output,
                "total_tokens": prompt + output,
                "prompt_tokens_details": {"cached_tokens": cached},
            },
        }
    )


def answer(*texts: str, finish: str = "stop", **tokens: int) -> Reply:
    """A whole, ordinary answer."""
    return Reply(
        (delta("", role="assistant"), *map(delta, texts), delta(finish=finish), usage(**tokens), event("[DONE]"))
    )


def error(status: int, code: str = "", message: str = "no", **headers: str) -> Reply:
    """An error as OpenAI words it."""
    body = json.dumps({"error": {"message": message, "type": "t", "param": None, "code": code or None}}).encode()
    return Reply(
        (body,), status, {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
    )


class _Tee:
    """A file that remembers what was read from it."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.seen = bytearray()

    def readline(self, limit: int = -1) -> bytes:
        data: bytes = self.file.readline(limit)
        self.seen += data
        return data

    def read(self, size: int = -1) -> bytes:
        data: bytes = self.file.read(size)
        self.seen += data
        return data

    def close(self) -> None:
        self.file.close()

    @property
    def closed(self) -> bool:
        return bool(self.file.closed)


class Loopback:
    """The server. ``replies`` are used up in order, then ``usual`` again and again. ``sent`` counts bytes of bodies."""

    def __init__(self) -> None:
        self.replies: deque[Reply] = deque()
        self.usual = answer("Dear ", "team, ", "done.")
        self.received: list[Received] = []
        self.connections = 0
        self.sent = 0
        self.arrived = threading.Event()
        self.client_left = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                owner.connections += 1
                self.rfile = _Tee(self.rfile)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                owner.received.append(Received(self.path, dict(self.headers), body, bytes(self.rfile.seen)))
                self.rfile.seen.clear()
                owner.arrived.set()
                owner._answer(self)

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def raw(self) -> bytes:
        """Every byte that ever arrived."""
        return b"".join(request.raw for request in self.received)

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        reply = self.replies.popleft() if self.replies else self.usual
        handler.close_connection = True
        try:
            if not reply.silent:
                handler.send_response(reply.status)
                for name, value in reply.headers.items():
                    handler.send_header(name, value)
                handler.send_header("Transfer-Encoding", "chunked")
                handler.end_headers()
                for piece in reply.pieces:
                    handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                    handler.wfile.flush()
                    self.sent += len(piece)
            if reply.ending == "hang":
                handler.connection.recv(1)  # returns when the client closes
                self.client_left.set()
            elif reply.ending == "whole":
                handler.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.client_left.set()

    def __enter__(self) -> "Loopback":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


@contextmanager
def loopback() -> Iterator[Loopback]:
    """A running server."""
    with Loopback() as server:
        yield server


def cleared(*messages: tuple[str, str]) -> Any:
    """A payload that the real gate cleared, with recognizers that find nothing."""
    from models.messages import Message
    from models.pii.analyzer import Analyzer
    from models.pii.gate import PrivacyGate

    turns = messages or (("system", "Write a short reply."), ("user", "Thank them for the quick delivery."))
    return PrivacyGate(Analyzer([])).clear([Message(role, text) for role, text in turns])
