"""Where a model's files are fetched from, and which hosts may be talked to on the way."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from models.errors import StorageError
from models.store.manifest import ManifestModel, ModelFile

_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Source:
    """A hub, or a mirror of it that has the same paths. ``hosts`` are those it may send us on to.

    ``proxy`` is the address of a proxy; "" takes the one that the system or the environment names.
    """

    base: str
    hosts: tuple[str, ...]
    proxy: str = ""

    @property
    def host(self) -> str:
        """The host that is asked first, with its port where that is not the usual one."""
        return host_of(self.base)

    def url(self, model: ManifestModel, file: ModelFile) -> str:
        """Where a file lies: ``BASE/REPOSITORY/resolve/REVISION/FOLDER/PATH``, as on the hub."""
        path = f"{model.folder}/{file.path}".lstrip("/")
        return f"{self.base}/{model.repository}/resolve/{model.revision}/{quote(path)}"

    def may_ask(self, url: str) -> bool:
        """Whether a redirect may lead to ``url``: encrypted, to a known host, with no name or password in it."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        host = (parts.hostname or "").rstrip(".").lower()
        if not host or "@" in parts.netloc:
            return False
        if host_of(url) == self.host and parts.scheme == urlsplit(self.base).scheme:
            return True
        return parts.scheme == "https" and port in (None, 443) and any(_fits(host, pattern) for pattern in self.hosts)


def source_of(model: ManifestModel, mirror: str = "", proxy: str = "") -> Source:
    """The manifest's source, or a mirror that stands in for it: only its own host then.

    Raises:
        StorageError: the address is not usable (no https, a password in it).
    """
    return Source(checked_mirror(mirror or model.source), () if mirror else model.hosts, checked_proxy(proxy))


def checked_mirror(address: str) -> str:
    """The address of a hub or mirror, without a slash at its end; "" stays "".

    Raises:
        StorageError: it is not usable.
    """
    base = address.strip().rstrip("/")
    try:
        parts = urlsplit(base)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), 0
    usable = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if base and (not usable or not parts.hostname or port == 0 or "@" in parts.netloc or parts.query or parts.fragment):
        raise StorageError(
            "The address for models is not usable",
            "It must begin with https:// (http:// only for this machine itself) and hold no name or password. Nothing "
            "was fetched, and the models on this machine are not affected. Correct the address.",
        )
    return base


def checked_proxy(address: str) -> str:
    """The proxy's address, with "http://" where no scheme was written; "" stays "".

    Raises:
        StorageError: it is not usable.
    """
    address = address.strip()
    if not address:
        return ""
    full = address if "://" in address else f"http://{address}"
    try:
        parts = urlsplit(full)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        raise StorageError(
            "The proxy's address is not usable",
            "It looks like http://proxy.example:8080. Nothing was fetched, and the models on this machine are not "
            "affected. Correct the address in the settings, or leave it empty to use the system's.",
        )
    return full


def split_login(address: str) -> tuple[str, str]:
    """A proxy's address without name and password, and those two as they stood in it ("" if there were none)."""
    scheme, _, rest = address.partition("://")
    login, at, host = rest.rpartition("@")
    return (f"{scheme}://{host}", login) if at else (address, "")


def with_login(proxy: str, login: str) -> str:
    """A proxy's address with name and password in it."""
    scheme, _, host = checked_proxy(proxy).partition("://")
    return f"{scheme}://{login}@{host}" if login else proxy


def host_of(url: str) -> str:
    """The host of an address for a sentence: without name, password and the usual port."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    try:
        port = parts.port
    except ValueError:
        port = None
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None or port == _PORTS.get(parts.scheme) else f"{shown}:{port}"


def follow(url: str, location: str) -> str:
    """The address that a redirect from ``url`` leads to; "" if it makes no sense."""
    try:
        return urljoin(url, location)
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _fits(host: str, pattern: str) -> bool:
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern
