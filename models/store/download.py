"""The only network access of the store: one GET of one file, on a thread of its own. It can be stopped at any time."""

import contextlib
import email.utils
import functools
import os
import queue
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from models.errors import StrongroomError
from models.store import faults
from models.store.faults import Failure
from models.store.source import Source, follow, host_of, is_loopback

if TYPE_CHECKING:
    import ssl

    import httpx2

_SHUT_BOTH = 2  # socket.SHUT_RDWR
_HOPS = 5
_QUEUED = 64
"""Pieces (64 KiB each, as they come from the socket) that may wait to be hashed: 4 MiB."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_GIT = re.compile(r"[0-9a-f]{40}")
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the host says of a file before it comes. ``start`` is the offset (bytes) from which on it comes.

    ``digest`` is "sha256:…" or, for small files of a hub, "git:…" (a git blob's SHA-1); "" if it declares none.
    ``etag`` is that of the host that delivers; "" if it gives none that holds byte for byte.
    """

    start: int
    total: int | None
    etag: str
    digest: str
    revision: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to ask for: an address, from an offset (bytes) on, if it still is what had ``etag`` and ``total`` bytes."""

    url: str
    offset: int = 0
    etag: str = ""
    total: int | None = None


class _Stopped(Exception):
    """Unwinds the HTTP client's call."""


class Transfer:
    """Writes one file's bytes into ``sink``, which it closes, and hands them on for hashing.

    ``items`` gives a ``Head``, waits for it to be accepted, then gives pieces, then None at the end of a whole body; or
    a ``Failure`` and None. Pieces are written before they are handed on.
    """

    def __init__(self, source: Source, wanted: Wanted, sink: BinaryIO, connect_s: float, read_s: float) -> None:
        """``connect_s`` and ``read_s``: how long (seconds) to wait for the connection, and between two pieces."""
        self.items: queue.Queue[Head | bytes | Failure | None] = queue.Queue(_QUEUED)
        self._source = source
        self._wanted = wanted
        self._sink = sink
        self._connect_s = connect_s
        self._read_s = read_s
        self._stopped = threading.Event()
        self._accepted = threading.Event()
        self._lock = threading.Lock()
        self._socket: Any = None
        self._thread = threading.Thread(target=self._run, name="model-download", daemon=True)

    def start(self) -> None:
        """Begin; ``items`` tells how it goes."""
        self._thread.start()

    def accept(self) -> None:
        """The ``Head`` is what was wanted, and is noted: from now on bytes may be written."""
        self._accepted.set()

    def stop(self) -> bool:
        """Close the connection and write nothing more; returns within 0.1 s, False if the thread is stuck in a call."""
        self._stopped.set()
        with self._lock:
            self._shut()
        self._thread.join(timeout=0.1)
        return not self._thread.is_alive()

    def _run(self) -> None:
        failure: Failure | None = None
        try:
            with self._sink:
                self._fetch()
                self._sink.flush()
                os.fsync(self._sink.fileno())
        except _Stopped:
            pass
        except StrongroomError as error:
            failure = Failure("fatal", error)
        except OSError as error:
            failure = Failure("fatal", faults.from_os(error))
        except Exception as error:  # noqa: BLE001 - whatever the HTTP client raises is told in words
            failure = _explain(error, host_of(self._wanted.url), self._read_s)
        finally:
            with self._lock:
                if self._socket is not None:
                    self._socket.close()
                    self._socket = None
            with contextlib.suppress(_Stopped):
                if failure is not None:
                    self._put(failure)
                self._put(None)

    def _put(self, item: Head | bytes | Failure | None) -> None:
        while True:
            if self._stopped.is_set():
                raise _Stopped
            with contextlib.suppress(queue.Full):
                self.items.put(item, timeout=0.1)
                return

    def _fetch(self) -> None:
        import httpx2

        timeout = httpx2.Timeout(self._connect_s, read=self._read_s)
        # A server on this machine itself is never asked through a proxy.
        near = is_loopback(httpx2.URL(self._wanted.url).host)
        with httpx2.Client(
            timeout=timeout,
            follow_redirects=False,
            verify=_trust(),
            trust_env=not near,
            proxy=None if near else self._source.proxy or None,
        ) as client:
            facts: dict[str, str] = {}
            url = self._wanted.url
            for _ in range(_HOPS):
                with self._ask(client, url) as response:
                    _gather(response.headers, facts)
                    if not response.has_redirect_location:
                        self._take(response, facts)
                        return
                    target = follow(url, response.headers["location"])
                if not self._source.may_ask(target):
                    self._fail(faults.foreign_redirect(host_of(url), host_of(target)))
                url = target
            self._fail(faults.foreign_redirect(host_of(url), "one place after another"))

    @contextlib.contextmanager
    def _ask(self, client: "httpx2.Client", url: str) -> Iterator["httpx2.Response"]:
        """One request: no cookie, no login, nothing but what the file needs."""
        headers = {"Accept-Encoding": "identity", "User-Agent": "Strongroom", "Accept": "*/*"}
        if self._wanted.offset:
            headers["Range"] = f"bytes={self._wanted.offset}-"
            if self._wanted.etag:
                headers["If-Range"] = self._wanted.etag
        client.cookies.clear()
        with client.stream("GET", url, headers=headers, extensions={"trace": self._trace}) as response:
            yield response

    def _take(self, response: "httpx2.Response", facts: dict[str, str]) -> None:
        wanted, host = self._wanted, host_of(str(response.url))
        if response.status_code == 416:
            self._fail(Failure("changed", faults.changed(host)))
        if response.status_code not in (200, 206):
            self._fail(faults.from_status(host, response.status_code, _retry_after(response.headers)))
        start, total = _extent(response, wanted.offset)
        etag = response.headers.get("etag", "")
        etag = "" if etag.startswith("W/") else etag
        differs = (etag and wanted.etag and etag != wanted.etag) or (
            total is not None and wanted.total is not None and total != wanted.total
        )
        if start not in (0, wanted.offset) or (start and differs):
            self._fail(Failure("changed", faults.changed(host)))
        self._put(Head(start, total, etag, facts.get("digest", ""), facts.get("revision", "")))
        while not self._accepted.wait(0.1):
            if self._stopped.is_set():
                raise _Stopped
        self._sink.seek(start)
        self._sink.truncate()
        for piece in response.iter_raw():
            if self._stopped.is_set():
                raise _Stopped
            self._sink.write(piece)
            self._put(piece)

    def _fail(self, failure: Failure) -> None:
        self._put(failure)
        raise _Stopped

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        """Keep a handle to shut the connection from outside; do nothing more after a stop."""
        begins = event.endswith(".started") and ("connect" in event.rsplit(".", 2)[1] or "send" in event)
        if begins and self._stopped.is_set():
            raise _Stopped
        if event.endswith("connect_tcp.complete"):
            with self._lock:
                if self._socket is not None:
                    self._socket.close()
                # A duplicate can be shut down from the other thread even while TLS wraps the first one.
                self._socket = info["return_value"].get_extra_info("socket").dup()
                if self._stopped.is_set():
                    self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):  # the host was faster
                self._socket.shutdown(_SHUT_BOTH)


@functools.cache
def _trust() -> "ssl.SSLContext":
    """The operating system's certificates, loaded once (0.1 s)."""
    import httpx2

    return httpx2.create_ssl_context()


def _gather(headers: "httpx2.Headers", facts: dict[str, str]) -> None:
    """What a hub declares of a file, on whichever hop says it first."""
    commit = headers.get("x-repo-commit", "")
    linked = headers.get("x-linked-etag", "").strip('"')
    if _SHA256.fullmatch(linked):
        facts.setdefault("digest", f"sha256:{linked}")
    if not _GIT.fullmatch(commit):
        return  # a storage host behind the hub: what looks like a digest in its ETag may be of another kind
    facts.setdefault("revision", commit)
    plain = headers.get("etag", "").removeprefix("W/").strip('"')
    if _SHA256.fullmatch(plain):
        facts.setdefault("digest", f"sha256:{plain}")
    elif _GIT.fullmatch(plain):
        facts.setdefault("digest", f"git:{plain}")


def _extent(response: "httpx2.Response", offset: int) -> tuple[int, int | None]:
    """Offset of the first byte that comes, and the size of the whole file; -1 where the answer makes no sense."""
    length = response.headers.get("content-length", "")
    if response.status_code == 200:
        return 0, int(length) if length.isdecimal() else None
    match = _RANGE.fullmatch(response.headers.get("content-range", ""))
    if not offset or match is None:
        return -1, None
    return int(match[1]), None if match[3] == "*" else int(match[3])


def _retry_after(headers: "httpx2.Headers") -> float | None:
    """Seconds that the host asks us to wait; None if it does not say."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    with contextlib.suppress(ValueError, TypeError):
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    return None


def _explain(error: Exception, host: str, read_s: float) -> Failure:
    chain = list(_causes(error))
    names = {type(each).__name__ for each in chain}
    if "gaierror" in names:
        return faults.dropped("The host was not found", f"This machine does not know the address of {host} now.")
    if names & {"SSLError", "SSLCertVerificationError", "SSLEOFError", "SSLZeroReturnError"}:
        return faults.fatal(
            "The connection is not safe",
            f"The encrypted connection to {host} could not be verified; a proxy or filter may stand in between.",
            "Ask your network's administrator for its certificate, or import the model from a folder.",
        )
    if "ProxyError" in names:
        if any("407" in str(each) for each in chain):
            return faults.proxy_password(host)
        return faults.fatal(
            "The proxy refused",
            f"The proxy of this machine did not let through a connection to {host}.",
            "Check the proxy in the settings, ask for the host to be allowed, or import the model from a folder.",
        )
    if any("Timeout" in name for name in names):
        return faults.dropped("The download stalls", f"{host} was silent for {read_s:g} seconds.")
    return faults.dropped("The connection was lost", f"The connection to {host} could not be made, or broke off.")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__
