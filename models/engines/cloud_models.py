"""Which models a host offers, and until when: one call that sends the key and nothing of the person's.

It also tells whether the host accepts the key.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.engines import cloud_errors
from models.engines.cloud_answer import capped
from models.engines.cloud_request import Endpoint, headers
from models.errors import EngineError, StrongroomError

_MOST_MODELS = 2_000
_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model's name, and the day on which the host shuts it down, where it says so."""

    name: str
    shutdown: datetime.date | None = None


def fetch_models(import_sdk: Callable[[], Any], endpoint: Endpoint, key: str) -> tuple[OfferedModel, ...]:
    """Ask ``endpoint`` for its models. Blocks for some seconds at most.

    Raises:
        EngineError: the host cannot be reached, or does not accept the key; the words are those of a draft's faults.
    """
    sdk = import_sdk()
    timeout = sdk.Timeout(_TIMEOUT_S)

    def guard(request: Any) -> None:
        if request.method != "GET" or str(request.url) != endpoint.models_url or request.content:
            raise EngineError(
                "Kept on this device", "What was about to leave is not what it should be; nothing was sent."
            )
        host = request.url.netloc.decode("ascii")
        request.headers.clear()
        request.headers.update(headers(host, key, "application/json"))

    def limit(response: Any) -> None:
        response.stream = capped(response.stream, lambda: cloud_errors.endless(endpoint.host, 0))

    http_client = sdk.DefaultHttpxClient(
        timeout=timeout,
        follow_redirects=False,
        trust_env=not endpoint.loopback,
        event_hooks={"request": [guard], "response": [limit]},
    )
    with sdk.OpenAI(
        # As in an exchange: one left out would be read from the environment.
        api_key=key or "none",
        admin_api_key="",
        organization="",
        project="",
        webhook_secret="",
        base_url=endpoint.base_url,
        timeout=timeout,
        max_retries=0,
        http_client=http_client,
    ) as client:
        try:
            untrusted_models = client.models.list().data
        except StrongroomError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever the SDK raises at this boundary is told in words
            problem = _explain(sdk, error, endpoint.host)
        else:
            return _offered(untrusted_models)
    raise problem  # outside the handlers, so that it does not carry the cause along


def _offered(untrusted_models: Any) -> tuple[OfferedModel, ...]:
    if not isinstance(untrusted_models, list):
        return ()
    offered = []
    for each in untrusted_models[:_MOST_MODELS]:
        name = getattr(each, "id", None)
        if isinstance(name, str) and 0 < len(name) <= 200 and name.isprintable():
            offered.append(OfferedModel(name, _day(getattr(each, "shutdown_date", None))))
    return tuple(offered)


def _day(untrusted_day: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(untrusted_day[:10])
    except (TypeError, ValueError):
        return None


def _explain(sdk: Any, error: Exception, host: str) -> StrongroomError:
    if isinstance(error, sdk.APIStatusError):
        return cloud_errors.from_status(host, error.status_code, str(error.code), 0)
    if isinstance(error, sdk.APITimeoutError):
        return cloud_errors.timed_out(host, _TIMEOUT_S, 0)
    if isinstance(error, sdk.APIConnectionError):
        return cloud_errors.from_connection(host, error, 0, answering=False)
    return cloud_errors.unreadable(host, 0)
