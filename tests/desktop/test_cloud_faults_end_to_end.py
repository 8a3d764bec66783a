"""Whatever a host does: a sentence, the part of the answer that came, and no key and no text in any file or message."""

import functools
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import keyring.backend
import pytest
from keyring.errors import KeyringLocked
from loopback import Ending, Loopback, Reply, answer, delta, error, event, loopback

import models.engines.cloud as cloud_module
from desktop import logs
from desktop.credentials import Credentials
from desktop.events import Answered, Recorded, RunRequest
from desktop.paths import default_paths
from desktop.services import Services, build_services
from models.engines.base import Chunk
from models.errors import StrongroomError
from models.skills.skill import Task

KEY = "sk-planted-0123456789abcdefgh"
TEXT = "planted-question about a parcel"
ANSWER = "planted-answer"
LEAKY = f"you sent {TEXT} with {KEY}"
REPLY = Task("F1", "draft", "Reply", "Writes a reply.", "Write a short reply to the text.", 100, (), ())
UNTRUSTED = Path(__file__).resolve().parents[1] / "untrusted.pem"


@dataclass
class Ran:
    """What a person got of one run."""

    chunks: str = ""
    answer: str = ""
    outcome: str = ""
    bytes_sent: int = 0
    told: str = ""
    title: str = ""
    events: list[object] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time-outs that a test can wait for."""
    quick = functools.partial(cloud_module.CloudEngine, connect_timeout_s=0.4, idle_timeout_s=0.4)
    monkeypatch.setattr(cloud_module, "CloudEngine", quick)


@pytest.fixture
def make(own_home: Path) -> Iterator[Callable[[str], Services]]:
    """Services whose cloud is at an address, with everything that writes files switched on."""
    made: list[Services] = []
    logs.set_up_logging(default_paths())

    def build(base_url: str, credentials: Credentials | None = None) -> Services:
        from models.engines.cloud_request import parse_endpoint

        if credentials is None:
            credentials = Credentials()
            credentials.remember_for_session(parse_endpoint(base_url).host, KEY)
        services = build_services(default_paths(), credentials)
        services.settings.update(cloud_enabled=True, cloud_consent=True, cloud_base_url=base_url)
        made.append(services)
        return services

    yield build
    for services in made:
        services.close()
    logs.tear_down_logging()


def draft(services: Services, own_home: Path, caplog: pytest.LogCaptureFixture) -> Ran:
    """Run one draft, then look through every file, the log and every word for what must not be there."""
    ran = Ran()
    with caplog.at_level(logging.DEBUG):
        try:
            for happening in services.assistant.run(RunRequest(REPLY, TEXT, engine="cloud"), threading.Event()):
                ran.events.append(happening)
                if isinstance(happening, Chunk):
                    ran.chunks += happening.text
                elif isinstance(happening, Answered):
                    ran.answer = happening.answer.text
                elif isinstance(happening, Recorded):
                    ran.outcome, ran.bytes_sent = happening.record.outcome, happening.record.bytes_sent
                    assert "planted" not in repr(happening)
        except StrongroomError as failure:
            ran.title, ran.told = failure.title, f"{failure.title}. {failure.message}"
            ran.events.append(failure.__cause__)
        else:
            ran.events.append(None)
    assert ran.events[-1] is None, "an error that carries its cause along, which may hold content"
    assert len(services.ledger.recent()) == 1
    logged = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    kept = b"\n".join(path.read_bytes() for path in own_home.rglob("*") if path.is_file())
    for secret in (KEY, TEXT, ANSWER, KEY[:18]):
        assert secret not in ran.told
        assert secret not in logged
        assert secret.encode() not in kept
    return ran


def streamed(*texts: str, ending: Ending = "cut") -> Reply:
    return Reply(tuple(map(delta, texts)), ending=ending)


HTML = Reply((b"<html>Sign in to the guest network</html>",), headers={"Content-Type": "text/html"})
AGAIN = {"retry_after": "0"}


@pytest.mark.parametrize(
    ("replies", "title"),
    [
        ([error(401, "invalid_api_key", LEAKY)], "The key was not accepted"),
        ([error(403, "unsupported_country_region_territory", LEAKY)], "The cloud refused"),
        ([error(404, "model_not_found", LEAKY)], "The cloud model was not found"),
        ([error(408, "", LEAKY, **AGAIN)] * 2, "The cloud did not wait"),
        ([error(409, "", LEAKY, **AGAIN)] * 2, "The cloud refused the request"),
        ([error(413, "", LEAKY)], "The text is too long for the cloud"),
        ([error(400, "context_length_exceeded", LEAKY)] * 2, "The text is too long for the cloud"),
        ([error(429, "rate_limit_exceeded", LEAKY, retry_after="3600")], "The cloud is busy"),
        ([error(429, "insufficient_quota", LEAKY)], "The account has no credit left"),
        ([error(500, "", LEAKY, **AGAIN)] * 2, "The cloud failed"),
        ([error(503, "", LEAKY, **AGAIN)] * 2, "The cloud failed"),
        ([Reply((b"data: {not json}\n\n",))], "The answer could not be read"),
        ([Reply((delta(ANSWER), b"data: {not json}\n\n"))], "The answer could not be read"),
        ([Reply((b"data: \xff\xfe\xff\n\n",))], "The answer could not be read"),
        ([Reply((delta(ANSWER), b'data: {"choices":"\xff\xfe"}\n\n'))], "The answer could not be read"),
        ([Reply((b'{"choices": []}',), headers={"Content-Type": "application/json"})], "The answer could not be read"),
        ([Reply((b"\x89PNG\r\n",), headers={"Content-Type": "image/png"})], "The answer could not be read"),
        ([HTML], "The answer could not be read"),
        ([error(307, "", LEAKY, location="http://127.0.0.1:9/v1")], "The cloud wanted to pass the text on"),
        ([error(302, "", LEAKY, location="https://portal.invalid/")], "The cloud wanted to pass the text on"),
        ([Reply((delta(ANSWER, finish="content_filter"),))], "The provider's filter stopped the answer"),
        ([Reply((delta(refusal=LEAKY),))], "The cloud declined"),
        ([Reply(silent=True, ending="cut")], "The cloud gave no answer"),
        ([Reply((event({"error": {"message": LEAKY}}),))], "The answer broke off"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_is_a_sentence(
    make: Any, server: Loopback, own_home: Path, caplog: pytest.LogCaptureFixture, replies: list[Reply], title: str
) -> None:
    server.replies.extend(replies)
    ran = draft(make(server.base_url), own_home, caplog)
    assert ran.title == title
    assert ran.outcome == "failed"
    assert f"127.0.0.1:{server.port}" in ran.told
    assert "You can run the task on this device" in ran.told
    assert len(server.received) == len(replies)
    assert ran.bytes_sent == sum(len(request.body) for request in server.received)


def test_a_stream_that_stops_in_mid_word_keeps_what_came(
    make: Any, server: Loopback, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.usual = streamed("Dear te", "am, the parc")
    ran = draft(make(server.base_url), own_home, caplog)
    assert (ran.title, ran.chunks) == ("The answer broke off", "Dear team, the parc")
    assert len(server.received) == 1


@pytest.mark.usefixtures("impatient")
def test_a_stream_that_never_starts_is_left(
    make: Any, server: Loopback, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.usual = Reply(silent=True, ending="hang")
    ran = draft(make(server.base_url), own_home, caplog)
    assert ran.title == "The cloud did not answer in time"
    assert server.client_left.wait(5)


@pytest.mark.usefixtures("impatient")
def test_a_slow_server_that_falls_silent_is_left_and_what_came_stays(
    make: Any, server: Loopback, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.usual = streamed("Dear ", "team", ending="hang")
    ran = draft(make(server.base_url), own_home, caplog)
    assert ran.chunks == "Dear team"
    assert ran.title in ("The cloud did not answer in time", "The answer broke off")


@pytest.mark.parametrize("form", ["one line", "events", "comments"])
def test_a_hundred_megabytes_are_not_taken(
    make: Any, server: Loopback, own_home: Path, caplog: pytest.LogCaptureFixture, form: str
) -> None:
    million = {"one line": b"data: " + b"x" * 999_994, "events": delta("x" * 999_900), "comments": b": x\n" * 250_000}
    server.usual = Reply((delta("Dear "), *[million[form]] * 100))
    ran = draft(make(server.base_url), own_home, caplog)
    assert ran.title == "The answer does not end"
    assert ran.chunks.startswith("Dear ")
    # Whether the server noticed is up to its kernel: a sender waiting for room hears of it up to a minute later.
    assert server.sent < 40_000_000


def test_a_host_that_sends_the_key_back_in_pieces_does_not_get_it_shown(
    make: Any, server: Loopback, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.usual = answer("Your key is ", KEY[:7], KEY[7:20], f"{KEY[20:]}, dear.")
    ran = draft(make(server.base_url), own_home, caplog)
    assert ran.title == "The cloud sent the key back"
    assert ran.chunks == "Your key is "


def test_an_answer_that_only_begins_like_the_key_is_given_in_full(
    make: Any, server: Loopback, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.usual = answer("Ask", " for the sk-pl", "anted tree. As", " for sk")
    assert draft(make(server.base_url), own_home, caplog).answer == "Ask for the sk-planted tree. As for sk"


def test_an_answer_cut_at_its_length_is_told_apart(
    make: Any, server: Loopback, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.usual = answer("Dear team, the", finish="length")
    ran = draft(make(server.base_url), own_home, caplog)
    assert (ran.outcome, ran.title) == ("cut", "")


def test_retry_after_is_honoured_once(
    make: Any, server: Loopback, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.replies.append(error(429, "rate_limit_exceeded", LEAKY, retry_after="0.3"))
    ran = draft(make(server.base_url), own_home, caplog)
    assert ran.answer == "Dear team, done."
    assert len(server.received) == 2


def test_a_redirect_sends_neither_text_nor_key_to_another_host(
    make: Any, server: Loopback, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with loopback() as other:
        server.usual = error(308, "", LEAKY, location=f"{other.base_url}/chat/completions")
        draft(make(server.base_url), own_home, caplog)
        assert other.connections == 0


def test_a_name_that_does_not_resolve_is_told(
    make: Any, own_home: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_such_name(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
    ran = draft(make("https://cloud.invalid/v1"), own_home, caplog)
    assert (ran.title, ran.bytes_sent) == ("The cloud was not found", 0)


@pytest.mark.parametrize("kind", ["a certificate of nobody known", "no encryption", "a handshake cut off"])
def test_a_connection_that_is_not_safe_gets_nothing(
    make: Any, own_home: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    seen = bytearray()

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        connection.settimeout(5)
        with connection:
            if kind == "a handshake cut off":
                connection.recv(1)
            elif kind == "no encryption":
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            else:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(UNTRUSTED)
                try:
                    with context.wrap_socket(connection, server_side=True) as safe:
                        seen.extend(safe.recv(65536))
                except OSError:
                    pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        ran = draft(make(f"https://127.0.0.1:{listener.getsockname()[1]}/v1"), own_home, caplog)
        thread.join(10)
    assert ran.title in ("The connection is not safe", "The cloud could not be reached")
    assert "Nothing was sent" in ran.told
    assert bytes(seen) == b""
    assert ran.bytes_sent == 0


def test_a_proxy_sees_a_tunnel_and_neither_text_nor_key(
    make: Any, own_home: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = bytearray()

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        connection.settimeout(5)
        with connection:
            seen.extend(connection.recv(65536))
            connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        ran = draft(make("https://cloud.invalid/v1"), own_home, caplog)
        thread.join(10)
    assert seen.startswith(b"CONNECT cloud.invalid:443")
    assert KEY.encode() not in seen
    assert b"planted" not in seen
    assert (ran.title, ran.bytes_sent) == ("The proxy refused", 0)


class LocksItself(keyring.backend.KeyringBackend):
    """A keyring that gives the key when the run is routed, and is locked when it is sent."""

    priority = 1
    asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        if self.asked > 1:
            raise KeyringLocked(f"locked, was {KEY}")
        return KEY

    def set_password(self, service: str, username: str, password: str) -> None: ...


def test_a_keyring_locked_in_mid_run_is_told_and_nothing_is_sent(
    make: Any, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    backend = LocksItself()
    kind = f"{LocksItself.__module__}.{LocksItself.__qualname__}"
    credentials = Credentials(lambda: backend, frozenset({kind}))
    ran = draft(make("https://cloud.invalid/v1", credentials), own_home, caplog)
    assert (ran.title, ran.bytes_sent, ran.outcome) == ("The keyring is locked", 0, "failed")


def test_no_child_process_and_no_command_line_gets_the_key(
    make: Any, server: Loopback, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import os

    draft(make(server.base_url), own_home, caplog)
    assert server.received[0].headers["Authorization"] == f"Bearer {KEY}"
    assert all(KEY not in value for value in os.environ.values())
