"""What went wrong between this machine and a cloud host, in words: never the key, the text or the server's words."""

from collections.abc import Iterator

from models.errors import EngineError

_INSTEAD = "You can run the task on this device instead."


class KeyNotAccepted(EngineError):
    """The host does not take the key, or does not allow it this."""


class ModelNotFound(EngineError):
    """The host does not offer the model, or no longer does: another one can be chosen."""


def fate(bytes_sent: int) -> str:
    """Say what became of the person's data."""
    if not bytes_sent:
        return "Nothing was sent."
    return f"The checked text had been sent ({bytes_sent:,} bytes)."


def cloud_error(title: str, what: str, bytes_sent: int, next_step: str = "") -> EngineError:
    """Compose the error: what happened, what it means for the data, what to do next."""
    return EngineError(title, " ".join(part for part in (what, fate(bytes_sent), next_step, _INSTEAD) if part))


def from_status(host: str, status: int, code: str, bytes_sent: int) -> EngineError:
    """Explain an HTTP status (``code`` is the server's error code, used for comparison only)."""
    if 300 <= status < 400:
        return cloud_error(
            "The cloud wanted to pass the text on",
            f"{host} answered with a redirect to another address, which was not followed.",
            bytes_sent,
            "Check the address in the settings.",
        )
    if status == 401:
        return KeyNotAccepted(
            "The key was not accepted",
            f"{host} does not accept the key given for it. {fate(bytes_sent)} Enter a new key in the settings. "
            f"{_INSTEAD}",
        )
    if status == 403:
        return KeyNotAccepted(
            "The cloud refused",
            f"{host} does not allow this: the key may lack the right, or the service is not offered in this region. "
            f"{fate(bytes_sent)} {_INSTEAD}",
        )
    if status == 404:
        return ModelNotFound(
            "The cloud model was not found",
            f"{host} does not offer this model at this address, or no longer does. {fate(bytes_sent)} Choose another "
            f"model in the settings. {_INSTEAD}",
        )
    if status == 408:
        return cloud_error("The cloud did not wait", f"{host} says that the request took too long.", bytes_sent)
    if status == 413 or code == "context_length_exceeded":
        return cloud_error("The text is too long for the cloud", f"{host} takes no text of this length.", bytes_sent)
    if status == 429 and code == "insufficient_quota":
        return cloud_error(
            "The account has no credit left", f"{host} says that the quota of this key is used up.", bytes_sent
        )
    if status == 429:
        return cloud_error(
            "The cloud is busy",
            f"{host} takes no more requests from this key at the moment.",
            bytes_sent,
            "Try again in a minute.",
        )
    if status >= 500:
        return cloud_error(
            "The cloud failed", f"{host} had an error of its own ({status}).", bytes_sent, "Try again later."
        )
    return cloud_error("The cloud refused the request", f"{host} answered {status}.", bytes_sent)


def from_connection(host: str, error: BaseException, bytes_sent: int, answering: bool) -> EngineError:
    """Explain a connection that could not be made, or broke (``answering``: after the answer had begun)."""
    names = {type(cause).__name__ for cause in _causes(error)}
    if answering:
        return broken_off(host, bytes_sent)
    if names & {"gaierror"}:
        return cloud_error(
            "The cloud was not found",
            f"The name {host} could not be resolved: this machine may be offline, or a filter blocks it.",
            bytes_sent,
        )
    if names & {"SSLError", "SSLCertVerificationError", "SSLEOFError", "SSLZeroReturnError"}:
        return cloud_error(
            "The connection is not safe",
            f"The encrypted connection to {host} could not be verified; a proxy or filter may stand in between.",
            bytes_sent,
        )
    if "ProxyError" in names:
        return cloud_error(
            "The proxy refused", f"The proxy of this machine did not let through a connection to {host}.", bytes_sent
        )
    if bytes_sent:
        return cloud_error("The cloud gave no answer", f"The connection to {host} ended before one came.", bytes_sent)
    return cloud_error(
        "The cloud could not be reached",
        f"No connection to {host}: it may be down, or a firewall blocks it.",
        bytes_sent,
    )


def timed_out(host: str, seconds: float, bytes_sent: int) -> EngineError:
    """Explain a silence that lasted too long."""
    return cloud_error("The cloud did not answer in time", f"{host} was silent for {seconds:g} seconds.", bytes_sent)


def broken_off(host: str, bytes_sent: int) -> EngineError:
    """Explain an answer that ended before its end."""
    return cloud_error(
        "The answer broke off", f"The connection to {host} ended before the answer did; it is not whole.", bytes_sent
    )


def unreadable(host: str, bytes_sent: int) -> EngineError:
    """Explain an answer that is not in the form that was asked for."""
    return cloud_error(
        "The answer could not be read",
        f"What {host} sent is not a chat answer; the address may belong to another service.",
        bytes_sent,
    )


def filtered(host: str, bytes_sent: int) -> EngineError:
    """Explain an answer that the provider's filter broke off."""
    return cloud_error(
        "The provider's filter stopped the answer",
        f"A content filter at {host} broke the answer off; it is not whole.",
        bytes_sent,
    )


def endless(host: str, bytes_sent: int) -> EngineError:
    """Explain an answer that was left because of its size."""
    return cloud_error(
        "The answer does not end", f"{host} sends far more than it was asked for and was cut off.", bytes_sent
    )


def echoed(host: str, bytes_sent: int) -> EngineError:
    """Explain an answer in which the key came back."""
    return cloud_error(
        "The cloud sent the key back",
        f"{host} put your key into its answer, which was broken off and is not shown: something is wrong there.",
        bytes_sent,
        "Replace the key, and check the address in the settings.",
    )


def declined(host: str, bytes_sent: int) -> EngineError:
    """Explain a refusal of the model itself."""
    return cloud_error("The cloud declined", f"The model at {host} refused to write this text.", bytes_sent)


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__
