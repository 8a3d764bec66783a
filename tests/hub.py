"""A real HTTP server on 127.0.0.1 that serves a model as the hub does, and misbehaves on demand."""

import hashlib
import re
import ssl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from models.store.manifest import ManifestModel, ModelFile

TINY = Path(__file__).resolve().parent.parent / "resources" / "tiny-phi"
REVISION = "0123456789abcdef0123456789abcdef01234567"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one answer. Bytes, where not said otherwise.

    ``cut``: end the connection after so many bytes of the body. ``hang``: go silent after ``cut`` bytes until the
    client leaves. ``drip``: send one byte at a time until the client leaves. ``silent``: not so much as a status line.
    ``length``: declare this Content-Length. ``alter``: flip a bit in the middle. ``etag``: another ETag than usual.
    ``wrong_range``: answer a range with other bytes than asked for. ``bare``: declare no digest.
    """

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    hang: bool = False
    drip: bool = False
    silent: bool = False
    length: int | None = None
    ignore_range: bool = False
    wrong_range: bool = False
    alter: bool = False
    etag: str = ""
    redirect: str = ""
    bare: bool = False
    revision: str = ""
    path: str = ""
    """Only for requests whose path ends so."""


class Hub:
    """Serves ``files`` under REPOSITORY/resolve/REVISION/FOLDER/. ``faults`` are used up in order, then all is well."""

    def __init__(self, files: dict[str, bytes], certificate: Path | None = None) -> None:
        self.files = files
        self.faults: deque[Fault] = deque()
        self.always = Fault()
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.sent = 0
        self.arrived = threading.Event()
        self.client_left = threading.Event()
        self.released = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                owner.requests.append((self.path, dict(self.headers)))
                owner.arrived.set()
                self.close_connection = True
                try:
                    owner._answer(self)
                except OSError:
                    owner.client_left.set()

            def do_CONNECT(self) -> None:
                owner.requests.append((self.path, dict(self.headers)))
                fault = owner._fault(self.path)
                self.send_response(fault.status or 502)
                self.send_header("Content-Length", "0")
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True

            def log_message(self, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """A client that hangs up in mid-handshake is part of the game."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.scheme = "https" if certificate is not None else "http"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def ranges(self, name: str) -> list[str]:
        """The Range headers of the requests for a file, "" where there was none."""
        return [headers.get("Range", "") for path, headers in self.requests if path.endswith(f"/{name}")]

    def _fault(self, path: str) -> Fault:
        if self.faults and path.endswith(self.faults[0].path):
            return self.faults.popleft()
        return self.always

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        fault = self._fault(handler.path)
        if fault.silent:
            handler.connection.recv(1)
            self.client_left.set()
            return
        if fault.redirect:
            self._head(handler, 302, {"Location": fault.redirect, "Content-Length": "0"})
            return
        if fault.status:
            self._head(handler, fault.status, {"Content-Length": "0", **fault.headers})
            return
        name = handler.path.rsplit(f"/resolve/{REVISION}/", 1)[-1].split("/", 1)[-1]
        content = self.files.get(name)
        if content is None:
            self._head(handler, 404, {"Content-Length": "0"})
            return
        sha256 = hashlib.sha256(content).hexdigest()
        etag = fault.etag or f'"{sha256}"'
        headers = {"ETag": etag, "X-Repo-Commit": fault.revision or REVISION}
        if not fault.bare:
            headers["X-Linked-Etag"] = f'"{sha256}"'
        else:
            headers = {"ETag": '"plain"'}
        if fault.alter:
            middle = len(content) // 2
            content = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        start = self._start(handler, fault, etag)
        status, body = (206, content[start:]) if start else (200, content)
        if start and fault.wrong_range:
            body = content[start // 2 :]
            headers["Content-Range"] = f"bytes {start // 2}-{len(content) - 1}/{len(content)}"
        elif start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        headers["Content-Length"] = str(len(body) if fault.length is None else fault.length)
        self._head(handler, status, {**headers, **fault.headers})
        self._send(handler, fault, body)

    def _start(self, handler: BaseHTTPRequestHandler, fault: Fault, etag: str) -> int:
        match = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
        if match is None or fault.ignore_range:
            return 0
        condition = handler.headers.get("If-Range", etag)
        return int(match[1]) if condition == etag or fault.etag else 0

    def _head(self, handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str]) -> None:
        handler.send_response(status)
        for key, value in headers.items():
            handler.send_header(key, value)
        handler.send_header("Connection", "close")
        handler.end_headers()

    def _send(self, handler: BaseHTTPRequestHandler, fault: Fault, body: bytes) -> None:
        if fault.drip:
            for number in range(len(body)):
                handler.wfile.write(body[number : number + 1])
                self.sent += 1
                if self.released.wait(0.02):
                    return
            return
        body = body if fault.length is None else body[: fault.length]
        body = body if fault.cut is None else body[: fault.cut]
        handler.wfile.write(body)
        self.sent += len(body)
        if fault.hang:
            handler.connection.recv(1)
            self.client_left.set()

    def __enter__(self) -> "Hub":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


@contextmanager
def hub(files: dict[str, bytes] | None = None, certificate: Path | None = None) -> Iterator[Hub]:
    """A running hub with the tiny model, or with ``files``."""
    with Hub(tiny_files() if files is None else files, certificate) as server:
        yield server


def tiny_files() -> dict[str, bytes]:
    """The files of the tiny model."""
    return {file.name: file.read_bytes() for file in sorted(TINY.iterdir()) if file.suffix != ".md"}


def entry(url: str, files: dict[str, bytes], *, digests: bool = False, sizes: bool = False) -> ManifestModel:
    """A list entry for ``files`` at a hub."""
    listed = tuple(
        ModelFile(name, len(data) if sizes else None, hashlib.sha256(data).hexdigest() if digests else "")
        for name, data in files.items()
    )
    total = sum(map(len, files.values()))
    return ManifestModel(
        id="tiny-phi", name="Tiny Phi", purpose="For tests.", license="MIT", license_text="MIT License",
        card="https://example.org/tiny", languages=("English",), source=url, hosts=(), repository="strongroom/tiny-phi",
        revision=REVISION, folder="cpu", total_bytes=total, memory_2048_bytes=1000, memory_4096_bytes=2000,
        files=listed,
    )  # fmt: skip


def manifest_text(model: ManifestModel) -> str:
    """``model`` as a list of models, TOML."""
    lines = ["[[models]]"]
    texts = "id name purpose license license_text card source repository revision folder".split()
    lines += [f'{key} = "{getattr(model, key)}"' for key in texts]
    lines += ['languages = ["English"]', "hosts = []"]
    lines += [f"{key} = {getattr(model, key)}" for key in ("total_bytes", "memory_2048_bytes", "memory_4096_bytes")]
    for file in model.files:
        lines += ["[[models.files]]", f'path = "{file.path}"']
        lines += [f"bytes = {file.size_bytes}"] if file.size_bytes is not None else []
        lines += [f'sha256 = "{file.sha256}"'] if file.sha256 else []
    return "\n".join(lines) + "\n"
