"""The cloud engine: sends text that the gate cleared to one OpenAI-compatible host, and nothing else."""

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from models.engines import cloud_errors
from models.engines.base import Chunk, EngineEvent, EngineName, Finished, FinishReason, Progress, Usage
from models.engines.cloud_exchange import Exchange
from models.engines.cloud_models import OfferedModel, fetch_models
from models.engines.cloud_request import build_payload, estimate_usage, parse_endpoint
from models.errors import EngineError, EngineUnavailable, StrongroomError
from models.messages import Message
from models.pii.gate import ClearedText
from models.pii.outbound.last_inch import LastInch

_POLL_S = 0.05
_CHARS_PER_TOKEN = 64
"""No honest answer is longer than this per token asked for; a server that goes on without end is left."""


class CloudEngine:
    """Drafts with a model at an OpenAI-compatible host.

    It takes ``ClearedText`` only. The bytes of ``payload_preview`` are the bytes that leave: a hook on the HTTP
    client compares them, has them looked at once more (``LastInch``), and lets no header pass but those the call
    needs. Environment variables of the SDK have no effect, redirects are not followed, and the key is asked for at
    each run and not kept.

    ``last_bytes_sent`` (bytes of request bodies) and ``last_usage`` tell about the latest run, also a failed one.
    """

    name: EngineName = "cloud"

    def __init__(
        self,
        base_url: str,
        api_key: Callable[[], str],
        model: str,
        max_output_tokens: int = 800,
        connect_timeout_s: float = 10.0,
        idle_timeout_s: float = 60.0,
        last_inch: LastInch | None = None,
        permit: Callable[[], None] = lambda: None,
    ) -> None:
        """``last_inch`` looks at the bytes of each request right before they leave; there is always one.

        ``permit`` is asked then too, and raises a StrongroomError if nothing may leave (any more).

        Raises EngineUnavailable when ``base_url`` is not https (or http on this machine).
        """
        self._endpoint = parse_endpoint(base_url)
        self._api_key = api_key
        self._model = model
        self._max_output_tokens = max_output_tokens
        self._connect_timeout_s = connect_timeout_s
        self._idle_timeout_s = idle_timeout_s
        self._last_inch = last_inch or LastInch()
        self._permit = permit
        self._exchange: Exchange | None = None
        self._usage = Usage()

    def __repr__(self) -> str:
        """Never the key."""
        return f"CloudEngine(host={self.host!r}, model={self._model!r})"

    @property
    def host(self) -> str:
        """Where the text goes, and what the key is bound to."""
        return self._endpoint.host

    @property
    def last_bytes_sent(self) -> int:
        """Bytes of request bodies that left in the latest run, retries included."""
        return self._exchange.bytes_sent if self._exchange is not None else 0

    @property
    def last_usage(self) -> Usage:
        """Tokens of the latest run, estimated where the host did not report them."""
        return self._usage

    def payload_preview(self, cleared: ClearedText) -> str:
        """The exact JSON body that ``run`` sends.

        A host other than OpenAI's that refuses it for a field it does not know gets the same messages once more
        with fewer fields.
        """
        return self._payload(self._messages(cleared)).decode()

    def run(self, request: ClearedText, cancel: threading.Event) -> Iterator[EngineEvent]:
        """Send the cleared messages and stream the answer.

        Raises:
            Blocked: The last look at the bytes found something; nothing was sent.
            EngineError: At once, with nothing sent, for anything that the gate did not make; later, when the host
                cannot be reached, refuses, or breaks off. Chunks given until then stay valid.
        """
        messages = self._messages(request)
        payload = self._payload(messages)
        self._exchange, self._usage = None, Usage()
        return self._events(request, messages, payload, cancel)

    def close(self) -> None:
        """Break off a run that is under way; nothing else is kept between runs."""
        if self._exchange is not None:
            self._exchange.stop()

    def _messages(self, cleared: ClearedText) -> tuple[Message, ...]:
        if type(cleared) is not ClearedText:
            raise EngineError(
                "Kept on this device",
                "The text was not checked for personal data, so nothing was sent. You can run the task on this device.",
            )
        return cleared.messages

    def _payload(self, messages: tuple[Message, ...], plain: bool = False) -> bytes:
        return build_payload(self._endpoint, self._model, messages, self._max_output_tokens, plain=plain)

    def _events(
        self, cleared: ClearedText, messages: tuple[Message, ...], payload: bytes, cancel: threading.Event
    ) -> Iterator[EngineEvent]:
        if cancel.is_set():
            yield Finished(FinishReason.CANCELLED, Usage(), self._model)
            return
        exchange = Exchange(
            _import_openai,
            self._endpoint,
            self._api_key,
            payload,
            None if self._endpoint.is_openai else self._payload(messages, plain=True),
            lambda body: self._inspect(body, cleared),
            self._connect_timeout_s,
            self._idle_timeout_s,
        )
        self._exchange = exchange
        answer: list[str] = []
        exchange.start()
        try:
            yield Progress("load", f"Sending the checked text to {self.host}")
            reason: FinishReason | None = None
            for item in self._items(exchange, cancel):
                if isinstance(item, Chunk):
                    answer.append(item.text)
                    self._check_length(answer, exchange)
                    yield item
                elif isinstance(item, FinishReason):
                    reason = item
                elif isinstance(item, StrongroomError):
                    # Without its traceback, whose frames know the key.
                    raise item.with_traceback(None)
                else:
                    yield item
            if reason is None and not (cancel.is_set() or exchange.stopped):
                raise cloud_errors.broken_off(self.host, exchange.bytes_sent)
        finally:
            exchange.stop()
            self._usage = exchange.usage or (
                estimate_usage(messages, "".join(answer)) if exchange.bytes_sent else Usage()
            )
        yield Finished(reason or FinishReason.CANCELLED, self._usage, self._model, exchange.bytes_sent)

    def _inspect(self, body: bytes, cleared: ClearedText) -> None:
        self._permit()
        self._last_inch.check(body, cleared)

    def _items(
        self, exchange: Exchange, cancel: threading.Event
    ) -> Iterator[Progress | Chunk | FinishReason | StrongroomError]:
        """What the other thread reports, until its end or a cancel; a silence that lasts too long is an error."""
        deadline = time.monotonic() + self._connect_timeout_s + self._idle_timeout_s
        while not cancel.is_set():
            try:
                item = exchange.items.get(timeout=_POLL_S)
            except queue.Empty:
                if time.monotonic() > deadline:
                    raise cloud_errors.timed_out(self.host, self._idle_timeout_s, exchange.bytes_sent) from None
                continue
            if item is None:
                return
            deadline = time.monotonic() + self._idle_timeout_s
            yield item

    def _check_length(self, answer: list[str], exchange: Exchange) -> None:
        if sum(map(len, answer)) > self._max_output_tokens * _CHARS_PER_TOKEN:
            raise cloud_errors.endless(self.host, exchange.bytes_sent)


def offered_models(base_url: str, key: str) -> tuple[OfferedModel, ...]:
    """The models that a host offers to ``key``: a call without content, which also tells whether the key is accepted.

    Raises:
        EngineError: the address is not usable, the host cannot be reached, or does not accept the key.
    """
    return fetch_models(_import_openai, parse_endpoint(base_url), key)


def _import_openai() -> Any:
    """Import the SDK when it is first needed (about 1 s), out of reach of the switches it reads from the environment.

    ``OPENAI_LOG`` would make it write a log of its own; ``OPENAI_CUSTOM_HEADERS`` would add headers.
    """
    os.environ.pop("OPENAI_LOG", None)
    os.environ.pop("OPENAI_CUSTOM_HEADERS", None)
    try:
        import openai
        import openai.types.chat
    except ImportError:
        raise EngineUnavailable(
            "The cloud part is missing",
            "The package that talks to the cloud is not installed. Nothing was sent. You can run the task on this "
            "device.",
        ) from None

    return openai
