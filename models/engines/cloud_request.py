"""What the cloud engine sends, and where to: worked out without touching the network."""

import ipaddress
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.engines.base import Usage
from models.errors import EngineError, EngineUnavailable
from models.messages import Message

_BASE_URL = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<name>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>(?:/[a-z0-9_~-][a-z0-9._~-]*)*)/?",
    re.IGNORECASE | re.ASCII,
)
_DEFAULT_PORTS = {"https": 443, "http": 80}
_TEMPERATURE = 0.3
_BYTES_PER_TOKEN = 4  # o200k on running text: about 4.4 characters of English, fewer elsewhere


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a payload goes. ``host`` (with an unusual port) is what a key is bound to."""

    base_url: str
    host: str
    loopback: bool

    @property
    def url(self) -> str:
        """Address of the chat completions call."""
        return f"{self.base_url}/chat/completions"

    @property
    def models_url(self) -> str:
        """Address of the list of models."""
        return f"{self.base_url}/models"

    @property
    def is_openai(self) -> bool:
        """Whether OpenAI or Azure answers, whose newer parameters other servers may not know."""
        name = self.host.partition(":")[0]
        return name.endswith((".openai.com", ".openai.azure.com"))


def parse_endpoint(base_url: str) -> Endpoint:
    """Check a base address ("https://api.openai.com/v1") and take it apart.

    The grammar is narrow on purpose: no user name, query or fragment, so that no two parsers can read two hosts.

    Raises:
        EngineUnavailable: It is not such an address, or it is plain http to another machine.
    """
    match = _BASE_URL.fullmatch(base_url.strip())
    if match is None:
        raise EngineUnavailable(
            "The cloud address is not usable",
            "It has to look like https://api.openai.com/v1, without a user name or a query. Nothing was sent. "
            "Correct it in the settings, or run the task on this device.",
        )
    scheme, name = match["scheme"].lower(), match["name"].lower()
    port = int(match["port"]) if match["port"] else _DEFAULT_PORTS[scheme]
    loopback = _is_loopback(name)
    if port > 65535 or not _is_host(name):
        raise EngineUnavailable(
            "The cloud address is not usable",
            "Its host or port is not valid. Nothing was sent. Correct it in the settings, or run the task on this "
            "device.",
        )
    if scheme == "http" and not loopback:
        raise EngineUnavailable(
            "The cloud address is not encrypted",
            f"http to {name} would let others on the network read the text. Nothing was sent. Use https; plain http "
            "is accepted for a server on this machine only.",
        )
    host = name if port == _DEFAULT_PORTS[scheme] else f"{name}:{port}"
    return Endpoint(f"{scheme}://{host}{match['path']}", host, loopback)


def headers(host: str, key: str, accept: str, length: int | None = None) -> dict[str, str]:
    """The only headers that a call has; ``length`` is that of its body, in bytes."""
    body = {} if length is None else {"Content-Length": str(length), "Content-Type": "application/json"}
    return {
        "Host": host,
        **body,
        "Accept": accept,
        "Accept-Encoding": "identity",
        # A host may close a kept connection just when the retry goes out on it.
        "Connection": "close",
        "User-Agent": "Strongroom",
        **({"Authorization": f"Bearer {key}"} if key else {}),
    }


def build_payload(
    endpoint: Endpoint, model: str, messages: Sequence[Message], max_output_tokens: int, *, plain: bool = False
) -> bytes:
    """Serialize the request body: the messages, the model and how to answer, and nothing else.

    ``plain`` leaves out what a server other than OpenAI's may not know.

    Raises:
        EngineError: The text holds characters that UTF-8 cannot carry (lone surrogates).
    """
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": message.role, "content": message.content} for message in messages],
        "stream": True,
    }
    if not plain:
        body["stream_options"] = {"include_usage": True}
        body["store"] = False
    if endpoint.is_openai or model.startswith(("gpt-4", "gpt-5", "gpt-6")):
        body["max_completion_tokens"] = max_output_tokens
        if not model.startswith("gpt-4"):
            # Newer models reason unless told not to, bill it as output, and take a temperature only without it.
            body["reasoning_effort"] = "none"
    else:
        body["max_tokens"] = max_output_tokens
    body["temperature"] = _TEMPERATURE
    try:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        raise EngineError(
            "The text cannot be sent",
            "It holds broken characters (half of a surrogate pair). Nothing was sent. Remove them, or run the task on "
            "this device.",
        ) from None


def estimate_usage(messages: Sequence[Message], answer: str) -> Usage:
    """Tokens by the size of the text in bytes, for a run whose server did not report them."""
    prompt = sum(len(message.content.encode("utf-8", "replace")) for message in messages)
    output = len(answer.encode("utf-8", "replace"))
    return Usage(
        prompt_tokens=-(-prompt // _BYTES_PER_TOKEN), output_tokens=-(-output // _BYTES_PER_TOKEN), estimated=True
    )


def _is_loopback(name: str) -> bool:
    """Whether a host name or address can only be this machine."""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_host(name: str) -> bool:
    """Whether a name is a DNS name or a whole IP address (not "127.1", not an empty label)."""
    if name.startswith("["):
        try:
            return ipaddress.ip_address(name.strip("[]")).version == 6
        except ValueError:
            return False
    labels = name.split(".")
    if labels[-1].isdigit():
        try:
            return ipaddress.ip_address(name).version == 4
        except ValueError:
            return False
    return all(labels) and all(len(label) <= 63 for label in labels)
