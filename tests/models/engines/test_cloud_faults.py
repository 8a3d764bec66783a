"""What a person reads when the cloud fails: a sentence with host, fate of the text and next step; never key or text."""

import socket
import threading
from collections.abc import Iterator

import pytest
from engine_contract import run_to_end
from loopback import Loopback, Reply, answer, cleared, delta, error, event, loopback

from models.engines.base import Chunk, FinishReason
from models.engines.cloud import CloudEngine
from models.errors import EngineError

KEY = "sk-test-0123456789abcdef"
TEXT = "planted-text"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture
def engine(server: Loopback) -> CloudEngine:
    return CloudEngine(server.base_url, lambda: KEY, "gpt-4o")


def failure(engine: CloudEngine) -> tuple[EngineError, list[str]]:
    """The error of a run, and the chunks that came before it."""
    chunks: list[str] = []
    run = engine.run(cleared(("user", TEXT)), threading.Event())
    with pytest.raises(EngineError) as raised:
        chunks.extend(happening.text for happening in run if isinstance(happening, Chunk))
    told = f"{raised.value.title} {raised.value.message}"
    assert KEY not in told
    assert TEXT not in told
    assert engine.host in told
    assert "on this device" in told
    assert raised.value.__cause__ is None
    return raised.value, chunks


LEAKY = f"you sent {TEXT} with {KEY}"


@pytest.mark.parametrize(
    ("reply", "title"),
    [
        (error(401, "invalid_api_key", LEAKY), "The key was not accepted"),
        (error(403, "unsupported_country", LEAKY), "The cloud refused"),
        (error(404, "model_not_found", LEAKY), "The cloud model was not found"),
        (error(413, "", LEAKY), "The text is too long for the cloud"),
        (error(429, "insufficient_quota", LEAKY), "The account has no credit left"),
        (error(429, "rate_limit_exceeded", LEAKY, retry_after="60"), "The cloud is busy"),
        (error(418, "", LEAKY), "The cloud refused the request"),
        (error(307, "", LEAKY, location="http://127.0.0.1:9/v1"), "The cloud wanted to pass the text on"),
        (Reply((delta("No", finish="content_filter"),)), "The provider's filter stopped the answer"),
        (Reply((delta(refusal=LEAKY),)), "The cloud declined"),
        (
            Reply((b"<html>Sign in to the guest network</html>",), headers={"Content-Type": "text/html"}),
            "The answer could not be read",
        ),
        (Reply((b"data: {not json}\n\n",)), "The answer could not be read"),
        (Reply((event([1, 2, 3]),)), "The answer could not be read"),
        (Reply((event({"choices": [{"delta": {"content": ["a"]}}]}),)), "The answer could not be read"),
        (Reply(()), "The answer could not be read"),
        (Reply((event({"error": {"message": LEAKY}}),)), "The answer broke off"),
    ],
)
def test_a_fault_of_the_host_is_told_in_words(server: Loopback, engine: CloudEngine, reply: Reply, title: str) -> None:
    server.replies.append(reply)
    told, _ = failure(engine)
    assert told.title == title
    assert f"had been sent ({len(server.received[0].body)} bytes)" in told.message
    assert engine.last_bytes_sent == len(server.received[0].body)
    assert len(server.received) == 1


def test_a_host_that_hangs_up_without_a_word_is_told(server: Loopback, engine: CloudEngine) -> None:
    server.replies.append(Reply(silent=True, ending="cut"))
    assert failure(engine)[0].title == "The cloud gave no answer"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_host_is_asked_once_more(server: Loopback, engine: CloudEngine, status: int) -> None:
    server.replies.append(error(status, retry_after="0"))
    last = run_to_end(engine, cleared())[-1]
    assert last.bytes_sent == sum(len(request.body) for request in server.received)
    assert len(server.received) == 2


def test_a_host_that_fails_twice_is_not_asked_a_third_time(server: Loopback, engine: CloudEngine) -> None:
    server.replies.extend([error(500, retry_after="0")] * 3)
    told, _ = failure(engine)
    assert told.title == "The cloud failed"
    assert len(server.received) == 2


def test_stop_during_the_wait_for_a_retry_sends_nothing_more(server: Loopback, engine: CloudEngine) -> None:
    server.replies.append(error(503, retry_after="9"))
    cancel = threading.Event()
    for happening in engine.run(cleared(), cancel):
        if getattr(happening, "message", "").endswith("once more"):
            cancel.set()
    assert happening.reason is FinishReason.CANCELLED
    assert len(server.received) == 1


def test_a_server_that_does_not_know_a_field_gets_the_same_messages_with_fewer_fields(server: Loopback) -> None:
    server.replies.append(error(400, "unknown_parameter"))
    run_to_end(CloudEngine(server.base_url, lambda: "", "llama3.2"), cleared(("user", TEXT)))
    first, second = (request.json for request in server.received)
    assert second == {key: value for key, value in first.items() if key not in ("store", "stream_options")}


def test_a_redirect_sends_nothing_to_the_other_host(server: Loopback, engine: CloudEngine) -> None:
    with loopback() as other:
        server.replies.append(error(307, location=f"{other.base_url}/chat/completions"))
        failure(engine)
        assert other.connections == 0


@pytest.mark.parametrize("ending", ["cut", "whole"])
def test_an_answer_that_breaks_off_keeps_the_text_that_came(server: Loopback, engine: CloudEngine, ending: str) -> None:
    server.replies.append(Reply((delta("Dear "), delta("te")), ending=ending))
    told, chunks = failure(engine)
    assert told.title == "The answer broke off"
    assert chunks == ["Dear ", "te"]


def test_a_silent_host_is_left_after_the_time_limit(server: Loopback) -> None:
    server.replies.append(Reply(silent=True, ending="hang"))
    engine = CloudEngine(server.base_url, lambda: KEY, "gpt-4o", idle_timeout_s=0.2)
    told, _ = failure(engine)
    assert told.title == "The cloud did not answer in time"
    assert "had been sent" in told.message
    assert server.client_left.wait(5)


def test_a_host_that_only_sends_comments_is_left_too(server: Loopback) -> None:
    server.replies.append(Reply((b": keep-alive\n\n",) * 20_000, ending="hang"))
    engine = CloudEngine(server.base_url, lambda: KEY, "gpt-4o", connect_timeout_s=0.2, idle_timeout_s=0.2)
    assert failure(engine)[0].title == "The cloud did not answer in time"


def test_an_answer_without_end_is_cut_off(server: Loopback) -> None:
    server.replies.append(answer(*["x" * 1000] * 20))
    engine = CloudEngine(server.base_url, lambda: KEY, "gpt-4o", max_output_tokens=10)
    assert failure(engine)[0].title == "The answer does not end"


def test_a_closed_port_is_told_and_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    told, _ = failure(CloudEngine(f"http://127.0.0.1:{port}/v1", lambda: KEY, "gpt-4o"))
    assert told.title == "The cloud could not be reached"
    assert "Nothing was sent" in told.message


def test_a_name_that_does_not_resolve_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_name(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
    told, _ = failure(CloudEngine("https://cloud.invalid/v1", lambda: KEY, "gpt-4o"))
    assert told.title == "The cloud was not found"


def test_a_host_without_valid_encryption_gets_nothing(server: Loopback) -> None:
    told, _ = failure(CloudEngine(f"https://127.0.0.1:{server.port}/v1", lambda: KEY, "gpt-4o"))
    assert told.title == "The connection is not safe"
    assert "Nothing was sent" in told.message
    assert server.received == []


def test_broken_characters_are_refused_before_anything_is_sent(server: Loopback, engine: CloudEngine) -> None:
    with pytest.raises(EngineError, match="broken characters"):
        engine.run(cleared(("user", "half \ud83d")), threading.Event())
    assert server.connections == 0


def test_a_missing_sdk_is_told(engine: CloudEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openai", None)
    with pytest.raises(EngineError, match="not installed"):
        run_to_end(engine, cleared())
