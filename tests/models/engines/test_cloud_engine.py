"""What the cloud engine sends, and what it never sends."""

import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from engine_contract import joined, run_to_end
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loopback import Loopback, Reply, answer, cleared, delta, loopback

from models.engines.base import Chunk, Finished, FinishReason, Usage
from models.engines.cloud import CloudEngine
from models.errors import CredentialError, EngineError, EngineUnavailable
from models.pii.gate import ClearedText

KEY = "sk-test-0123456789abcdef"
TESTS = Path(__file__).resolve().parents[2]
TRIES = 3
"""A busy machine can be late once; a program that does not listen is late every time."""


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture
def engine(server: Loopback) -> CloudEngine:
    return CloudEngine(server.base_url, lambda: KEY, "gpt-4o")


def finished(engine: CloudEngine, request: Any = None) -> Finished:
    last = run_to_end(engine, request or cleared())[-1]
    assert isinstance(last, Finished)
    return last


def test_the_server_receives_exactly_the_previewed_bytes_and_the_headers_that_the_call_needs(
    server: Loopback, engine: CloudEngine
) -> None:
    request = cleared(("system", "Kurz."), ("user", "Grüße – 漢字 🙂"))
    run_to_end(engine, request)
    body = engine.payload_preview(request).encode()
    assert (
        server.raw
        == (
            f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/json\r\nAccept: text/event-stream, application/json\r\n"
            f"Accept-Encoding: identity\r\nConnection: close\r\nUser-Agent: Strongroom\r\n"
            f"Authorization: Bearer {KEY}\r\n\r\n"
        ).encode()
        + body
    )


def test_the_payload_holds_the_messages_and_how_to_answer_and_nothing_else(
    server: Loopback, engine: CloudEngine
) -> None:
    run_to_end(engine, cleared(("system", "A"), ("user", "B")))
    assert server.received[0].json == {
        "model": "gpt-4o",
        "messages": [{"role": "system", "content": "A"}, {"role": "user", "content": "B"}],
        "stream": True,
        "stream_options": {"include_usage": True},
        "store": False,
        "max_completion_tokens": 800,
        "temperature": 0.3,
    }


def test_luna_is_told_not_to_reason(server: Loopback) -> None:
    run_to_end(CloudEngine(server.base_url, lambda: KEY, "gpt-6-luna", 120), cleared())
    body = server.received[0].json
    assert (body["reasoning_effort"], body["max_completion_tokens"], body["store"]) == ("none", 120, False)


def test_another_servers_model_gets_the_field_that_such_servers_know(server: Loopback) -> None:
    run_to_end(CloudEngine(server.base_url, lambda: KEY, "llama3.2"), cleared())
    assert server.received[0].json["max_tokens"] == 800


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=3))
def test_any_text_arrives_as_it_was_previewed(server: Loopback, texts: list[str]) -> None:
    engine = CloudEngine(server.base_url, lambda: KEY, "gpt-4o")
    request = cleared(*(("user", text) for text in texts))
    assert finished(engine, request).bytes_sent == len(server.received[-1].body)
    assert server.received[-1].body == engine.payload_preview(request).encode()
    assert [message["content"] for message in server.received[-1].json["messages"]] == texts


@pytest.mark.parametrize(
    "forgery",
    [
        "a text",
        None,
        SimpleNamespace(messages=cleared().messages),
        (("user", "text"),),
    ],
    ids=["text", "none", "look-alike", "tuple"],
)
def test_what_the_gate_did_not_make_is_refused_at_once(server: Loopback, engine: CloudEngine, forgery: Any) -> None:
    with pytest.raises(EngineError):
        engine.run(forgery, threading.Event())
    with pytest.raises(EngineError):
        engine.payload_preview(forgery)
    assert server.connections == 0


def test_a_cleared_text_made_by_force_is_refused(server: Loopback, engine: CloudEngine) -> None:
    with pytest.raises(TypeError):
        engine.run(object.__new__(ClearedText), threading.Event())
    assert server.connections == 0


def test_a_payload_changed_on_its_way_is_stopped(
    server: Loopback, engine: CloudEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openai

    post = openai.OpenAI.post

    def tampering_post(self: Any, path: str, *, content: bytes, **kwargs: Any) -> Any:
        return post(self, path, content=content.replace(b"quick", b"slow!"), **kwargs)

    monkeypatch.setattr(openai.OpenAI, "post", tampering_post)
    with pytest.raises(EngineError, match="not what was checked"):
        run_to_end(engine, cleared())
    assert server.connections == 0
    assert engine.last_bytes_sent == 0


def test_a_cancel_before_the_start_connects_to_nothing(server: Loopback, engine: CloudEngine) -> None:
    cancel = threading.Event()
    cancel.set()
    assert run_to_end(engine, cleared(), cancel) == [Finished(FinishReason.CANCELLED, Usage(), "gpt-4o")]
    assert server.connections == 0


ENVIRONMENT = {
    "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
    "OPENAI_API_KEY": "sk-from-the-environment",
    "OPENAI_ADMIN_KEY": "sk-admin-from-the-environment",
    "OPENAI_ORG_ID": "org-environment",
    "OPENAI_PROJECT_ID": "proj-environment",
    "OPENAI_CUSTOM_HEADERS": "Host: environment\nX-Environment: yes\nAuthorization: Bearer environment",
    "OPENAI_LOG": "debug",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
}


def test_the_environment_changes_no_byte_of_a_call(
    server: Loopback, engine: CloudEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = cleared()
    run_to_end(engine, request)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    run_to_end(engine, request)
    assert server.received[1].raw == server.received[0].raw


def test_custom_headers_that_appear_after_the_import_do_not_pass_the_hook(
    server: Loopback, engine: CloudEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openai

    monkeypatch.setattr("models.engines.cloud._import_openai", lambda: openai)
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", ENVIRONMENT["OPENAI_CUSTOM_HEADERS"])
    run_to_end(engine, cleared())
    assert b"nvironment" not in server.raw


def test_a_fresh_process_with_the_sdks_log_switched_on_writes_nothing(server: Loopback) -> None:
    code = (
        "import sys, threading; from loopback import cleared; from models.engines.cloud import CloudEngine\n"
        f"run = CloudEngine({server.base_url!r}, lambda: {KEY!r}, 'gpt-4o').run(cleared(), threading.Event())\n"
        "assert list(run)[-1].bytes_sent"
    )
    environment = {**os.environ, **ENVIRONMENT, "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert b"environment" not in server.raw


def test_the_most_talkative_log_holds_neither_text_nor_key(
    server: Loopback, engine: CloudEngine, caplog: pytest.LogCaptureFixture
) -> None:
    server.usual = answer("planted-answer")
    with caplog.at_level(logging.DEBUG):
        for name in ("openai", "httpx2", "httpcore2"):
            caplog.set_level(logging.DEBUG, logger=name)
        run_to_end(engine, cleared(("user", "planted-question")))
    assert caplog.records
    logged = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    for secret in ("planted-question", "planted-answer", KEY):
        assert secret not in logged


def test_the_key_is_asked_for_at_each_run_and_shows_nowhere(server: Loopback) -> None:
    keys = iter(["sk-first-key", " sk-second-key\n"])
    engine = CloudEngine(server.base_url, lambda: next(keys), "gpt-4o")
    run_to_end(engine, cleared())
    run_to_end(engine, cleared())
    sent = [request.headers["Authorization"] for request in server.received]
    assert sent == ["Bearer sk-first-key", "Bearer sk-second-key"]
    assert "sk-" not in repr(engine)
    assert "sk-" not in repr(vars(engine))


def test_a_server_on_this_machine_needs_no_key(server: Loopback) -> None:
    run_to_end(CloudEngine(server.base_url, lambda: "", "llama3.2"), cleared())
    assert "Authorization" not in server.received[0].headers


def test_without_a_key_a_cloud_host_is_not_called() -> None:
    engine = CloudEngine("https://cloud.invalid/v1", lambda: "", "gpt-4o")
    with pytest.raises(EngineUnavailable, match=r"no key for cloud\.invalid"):
        run_to_end(engine, cleared())


def test_a_key_that_could_smuggle_a_header_is_refused(server: Loopback) -> None:
    engine = CloudEngine(server.base_url, lambda: "sk-a\r\nX-Evil: 1", "gpt-4o")
    with pytest.raises(EngineUnavailable, match="characters that no key has"):
        run_to_end(engine, cleared())
    assert server.connections == 0


def test_a_locked_keyring_is_told_as_it_is(server: Loopback) -> None:
    def locked() -> str:
        raise CredentialError("The keyring is locked", "Unlock it.")

    with pytest.raises(CredentialError):
        run_to_end(CloudEngine(server.base_url, locked, "gpt-4o"), cleared())
    assert server.connections == 0


def test_usage_is_what_the_host_reports_with_cached_tokens(server: Loopback, engine: CloudEngine) -> None:
    server.usual = answer("Yes.", prompt=1500, cached=1024, output=90)
    assert finished(engine).usage == Usage(1500, 1024, 90)
    assert engine.last_usage == Usage(1500, 1024, 90)


def test_a_host_that_reports_no_usage_leaves_an_estimate_marked_as_such(server: Loopback, engine: CloudEngine) -> None:
    server.usual = Reply((delta("x" * 40, finish="stop"),))
    request = cleared(("user", "y" * 400))
    assert finished(engine, request).usage == Usage(100, 0, 10, estimated=True)


@pytest.mark.parametrize(("reported", "expected"), [("stop", FinishReason.STOP), ("length", FinishReason.CUT)])
def test_the_finish_reason_tells_whether_the_answer_is_whole(
    server: Loopback, engine: CloudEngine, reported: str, expected: FinishReason
) -> None:
    server.usual = answer("Half a", finish=reported)
    assert finished(engine).reason is expected


def test_chunks_come_as_they_were_streamed(engine: CloudEngine) -> None:
    events = run_to_end(engine, cleared())
    assert [event.text for event in events if isinstance(event, Chunk)] == ["Dear ", "team, ", "done."]


def test_stop_while_the_host_is_silent_ends_within_200_ms_and_closes_the_connection(
    server: Loopback, engine: CloudEngine
) -> None:
    seconds = []
    for _ in range(TRIES):
        server.replies.append(Reply(silent=True, ending="hang"))
        server.arrived.clear()
        server.client_left.clear()
        cancel = threading.Event()
        run = engine.run(cleared(), cancel)
        next(run)
        assert server.arrived.wait(10)
        started = time.perf_counter()
        cancel.set()
        last = list(run)[-1]
        seconds.append(time.perf_counter() - started)
        assert isinstance(last, Finished)
        assert last.reason is FinishReason.CANCELLED
        assert last.bytes_sent == len(server.received[-1].body)
        assert server.client_left.wait(5)
    assert min(seconds) < 0.2


def test_stop_in_the_middle_keeps_what_came_and_closes_the_connection(server: Loopback, engine: CloudEngine) -> None:
    server.replies.append(Reply((delta("First "), delta("part")), ending="hang"))
    cancel = threading.Event()
    events = []
    for event in engine.run(cleared(), cancel):
        events.append(event)
        if isinstance(event, Chunk) and event.text == "part":
            cancel.set()
    assert joined(events) == "First part"
    assert isinstance(events[-1], Finished)
    assert events[-1].reason is FinishReason.CANCELLED
    assert events[-1].usage.estimated
    assert server.client_left.wait(5)


def test_leaving_the_generator_closes_the_connection(server: Loopback, engine: CloudEngine) -> None:
    server.replies.append(Reply((delta("First "),), ending="hang"))
    run = engine.run(cleared(), threading.Event())
    while not isinstance(next(run), Chunk):
        pass
    run.close()  # type: ignore[attr-defined]
    assert server.client_left.wait(5)


def test_close_from_another_thread_ends_a_run(server: Loopback, engine: CloudEngine) -> None:
    server.replies.append(Reply(silent=True, ending="hang"))
    run = engine.run(cleared(), threading.Event())
    next(run)
    assert server.arrived.wait(10)
    engine.close()
    last = list(run)[-1]
    assert isinstance(last, Finished)
    assert last.reason is FinishReason.CANCELLED


def test_stop_during_a_handshake_that_hangs_sends_nothing_and_leaves_no_thread() -> None:
    seconds = []
    with socket.create_server(("127.0.0.1", 0)) as mute:
        engine = CloudEngine(f"https://127.0.0.1:{mute.getsockname()[1]}/v1", lambda: KEY, "gpt-4o")
        for _ in range(TRIES):
            cancel = threading.Event()
            run = engine.run(cleared(), cancel)
            next(run)
            connection, _ = mute.accept()
            with connection:
                assert connection.recv(1)  # the first byte of the handshake
                started = time.perf_counter()
                cancel.set()
                last = list(run)[-1]
                seconds.append(time.perf_counter() - started)
            assert last == Finished(FinishReason.CANCELLED, Usage(), "gpt-4o")
    assert min(seconds) < 0.2
    for thread in threading.enumerate():
        if thread.name == "cloud-exchange":
            thread.join(5)
            assert not thread.is_alive()
