"""One request to a cloud host and its streamed answer, on a thread of its own."""

import contextlib
import queue
import threading
from collections.abc import Callable
from typing import Any

from models.engines import cloud_errors
from models.engines.base import Chunk, FinishReason, Progress, Usage
from models.engines.cloud_answer import KeyWatch, capped
from models.engines.cloud_request import Endpoint, headers
from models.errors import EngineError, EngineUnavailable, StrongroomError

_SHUT_BOTH = 2  # socket.SHUT_RDWR
_RETRIED = frozenset({408, 409, 429, 500, 502, 503, 504})
_RETRY_WAIT_S = 0.5
_LONGEST_RETRY_WAIT_S = 10.0


class _Stopped(Exception):
    """The run was stopped; unwinds the SDK's call."""


class Exchange:
    """One request and its streamed answer, on a thread of its own, so that a silent host cannot hold up Stop.

    ``items`` gives progress, chunks, then a finish reason or an error, then None.
    """

    def __init__(
        self,
        import_sdk: Callable[[], Any],
        endpoint: Endpoint,
        api_key: Callable[[], str],
        payload: bytes,
        plain_payload: bytes | None,
        inspect: Callable[[bytes], None],
        connect_s: float,
        idle_s: float,
    ) -> None:
        """``plain_payload`` is sent instead when the host does not know a field of ``payload``; times in seconds.

        ``inspect`` is given the bytes of each body right before they leave, and raises a StrongroomError to stop them.
        """
        self.items: queue.SimpleQueue[Progress | Chunk | FinishReason | StrongroomError | None] = queue.SimpleQueue()
        self.bytes_sent = 0
        self.usage: Usage | None = None
        self._import_sdk = import_sdk
        self._endpoint = endpoint
        self._api_key = api_key
        self._payload = payload
        self._plain_payload = plain_payload
        self._inspect = inspect
        self._connect_s = connect_s
        self._idle_s = idle_s
        self._answering = False
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._socket: Any = None
        self._thread = threading.Thread(target=self._run, name="cloud-exchange", daemon=True)

    @property
    def stopped(self) -> bool:
        """Whether someone asked to stop."""
        return self._stopped.is_set()

    def start(self) -> None:
        """Begin; ``items`` tells how it goes."""
        self._thread.start()

    def stop(self) -> None:
        """Close the connection and send nothing more; returns within 0.1 s, whatever the host does."""
        self._stopped.set()
        with self._lock:
            self._shut()
        self._thread.join(timeout=0.1)

    def _run(self) -> None:
        try:
            key = self._checked_key()
            sdk = self._import_sdk()
            try:
                self._call(sdk, key)
            except (_Stopped, StrongroomError):
                raise
            except Exception as error:  # noqa: BLE001 - whatever the SDK raises at this boundary is told in words
                self.items.put(self._explain(sdk, error))
        except _Stopped:
            pass
        except StrongroomError as error:
            self.items.put(error)
        finally:
            with self._lock:
                if self._socket is not None:
                    self._socket.close()
                    self._socket = None
            # No text stays behind in an engine that waits for its next run.
            self._payload, self._plain_payload, self._inspect = b"", None, _nothing_left
            self.items.put(None)

    def _checked_key(self) -> str:
        key = self._api_key().strip()
        if key and not (key.isascii() and key.isprintable() and " " not in key):
            raise EngineUnavailable(
                "The key is not usable",
                f"The key kept for {self._endpoint.host} holds characters that no key has. Nothing was sent. Enter it "
                "again in the settings, or run the task on this device.",
            )
        if not key and not self._endpoint.loopback:
            raise EngineUnavailable(
                "No key for the cloud",
                f"There is no key for {self._endpoint.host}. Nothing was sent. Enter one in the settings, or run the "
                "task on this device.",
            )
        return key

    def _call(self, sdk: Any, key: str) -> None:
        timeout = sdk.Timeout(connect=self._connect_s, read=self._idle_s, write=self._idle_s, pool=self._connect_s)
        http_client = sdk.DefaultHttpxClient(
            timeout=timeout,
            follow_redirects=False,
            # A proxy sees only a tunnel to an https host, but all of what goes to a plain server on this machine.
            trust_env=not self._endpoint.loopback,
            event_hooks={"request": [lambda request: self._guard(request, key)], "response": [self._limit]},
        )
        with sdk.OpenAI(
            # Every value is given: one left out would be read from the environment.
            api_key=key or "none",
            admin_api_key="",
            organization="",
            project="",
            webhook_secret="",
            base_url=self._endpoint.base_url,
            timeout=timeout,
            max_retries=0,
            http_client=http_client,
        ) as client:
            watch = KeyWatch(key)
            try:
                self._answer(sdk, client, watch)
            except sdk.APIStatusError as error:
                if not self._can_try_again(error):
                    raise
                self._answer(sdk, client, watch)

    def _can_try_again(self, error: Any) -> bool:
        """Prepare the one retry: after a wait, or with the plain payload. False where it would be of no use."""
        if error.status_code in (400, 422) and self._plain_payload is not None:
            self._payload = self._plain_payload
            return True
        wait = _retry_wait(error)
        if wait is None:
            return False
        self.items.put(Progress("load", f"{self._endpoint.host} is busy; trying once more"))
        if self._stopped.wait(wait):
            raise _Stopped
        return True

    def _guard(self, request: Any, key: str) -> None:
        """The last look before the network: this address, these bytes, and no header but those needed."""
        if request.method != "POST" or str(request.url) != self._endpoint.url or request.content != self._payload:
            raise EngineError(
                "Kept on this device",
                "What was about to leave is not what was checked, so nothing was sent. Please report this; you can "
                "run the task on this device.",
            )
        self._inspect(request.content)
        host = request.url.netloc.decode("ascii")
        request.headers.clear()
        request.headers.update(headers(host, key, "text/event-stream, application/json", length=len(self._payload)))
        request.extensions = {**request.extensions, "trace": self._trace}

    def _limit(self, response: Any) -> None:
        """Break off a response that does not end, even one that is a single line."""
        response.stream = capped(response.stream, lambda: cloud_errors.endless(self._endpoint.host, self.bytes_sent))

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        """Follow the connection: keep a handle to shut it, count what leaves, send nothing after a stop."""
        if event.endswith(".started") and self._stopped.is_set():
            raise _Stopped
        if event.endswith("connect_tcp.complete"):
            with self._lock:
                if self._socket is not None:
                    self._socket.close()
                # A duplicate can be shut down from the other thread even while TLS wraps the first one.
                self._socket = info["return_value"].get_extra_info("socket").dup()
                if self._stopped.is_set():
                    self._shut()
        elif event.endswith("send_request_body.started") and getattr(info.get("request"), "method", b"") == b"POST":
            # Not the request to a proxy for a tunnel, which has no body.
            self.bytes_sent += len(self._payload)

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):  # the host was faster
                self._socket.shutdown(_SHUT_BOTH)

    def _answer(self, sdk: Any, client: Any, watch: KeyWatch) -> None:
        chunk_type = sdk.types.chat.ChatCompletionChunk
        # The lower-level call takes the bytes as they are, so that what was previewed is what is sent.
        stream = client.post(
            "/chat/completions",
            cast_to=chunk_type,
            content=self._payload,
            stream=True,
            stream_cls=sdk.Stream[chunk_type],
        )
        reason: str | None = None
        with stream:
            for untrusted_chunk in stream:
                if self._stopped.is_set():
                    raise _Stopped
                reason = self._read(untrusted_chunk, watch) or reason
        if reason is None:
            error = cloud_errors.broken_off if self._answering else cloud_errors.unreadable
            raise error(self._endpoint.host, self.bytes_sent)
        if rest := watch.rest():
            self.items.put(Chunk(rest))
        self.items.put(FinishReason.CUT if reason == "length" else FinishReason.STOP)

    def _read(self, untrusted_chunk: Any, watch: KeyWatch) -> str | None:
        """Pass on the text of one chunk; return why the answer ended, if it did."""
        usage = getattr(untrusted_chunk, "usage", None)
        if usage is not None:
            self.usage = _usage(usage)
        choices = getattr(untrusted_chunk, "choices", None)
        if not isinstance(choices, list) or not choices:
            return None
        delta = getattr(choices[0], "delta", None)
        reason = getattr(choices[0], "finish_reason", None)
        if reason == "content_filter":
            raise cloud_errors.filtered(self._endpoint.host, self.bytes_sent)
        if getattr(delta, "refusal", None):
            raise cloud_errors.declined(self._endpoint.host, self.bytes_sent)
        text = getattr(delta, "content", None)
        if text is not None and not isinstance(text, str):
            raise cloud_errors.unreadable(self._endpoint.host, self.bytes_sent)
        if text:
            self._answering = True
            given = watch.feed(text)
            if given is None:
                raise cloud_errors.echoed(self._endpoint.host, self.bytes_sent)
            if given:
                self.items.put(Chunk(given))
        return reason if isinstance(reason, str) else None

    def _explain(self, sdk: Any, error: Exception) -> StrongroomError:
        host, sent = self._endpoint.host, self.bytes_sent
        if isinstance(error, sdk.APIStatusError):
            return cloud_errors.from_status(host, error.status_code, str(error.code), sent)
        if isinstance(error, sdk.APITimeoutError):
            return cloud_errors.timed_out(host, self._idle_s if sent else self._connect_s, sent)
        if isinstance(error, sdk.APIConnectionError):
            return cloud_errors.from_connection(host, error, sent, self._answering)
        if isinstance(error, sdk.APIError):
            return cloud_errors.broken_off(host, sent)
        return cloud_errors.unreadable(host, sent)


def _nothing_left(_body: bytes) -> None:
    """Stands in for the look at a body when there is none any more."""


def _retry_wait(error: Any) -> float | None:
    """Seconds to wait before the one retry; None when trying again is of no use or would take too long."""
    if error.status_code not in _RETRIED or error.code == "insufficient_quota":
        return None
    try:
        asked = float(error.response.headers.get("retry-after", _RETRY_WAIT_S))
    except ValueError:  # an HTTP date
        return None
    return max(asked, 0.0) if asked <= _LONGEST_RETRY_WAIT_S else None


def _usage(untrusted_usage: Any) -> Usage | None:
    """Token counts as the host reports them; None if they make no sense."""
    prompt = getattr(untrusted_usage, "prompt_tokens", None)
    cached = getattr(getattr(untrusted_usage, "prompt_tokens_details", None), "cached_tokens", None) or 0
    output = getattr(untrusted_usage, "completion_tokens", None)
    if type(prompt) is not int or type(cached) is not int or type(output) is not int:
        return None
    if min(prompt, cached, output) < 0:
        return None
    return Usage(prompt, min(cached, prompt), output)
