"""Whom a download asks: redirects, mirrors, proxies, certificates, and hosts that refuse."""

from pathlib import Path

import pytest
from fetch_support import QUICK, fetcher, run
from hub import REVISION, Fault, Hub, entry, hub

from models.errors import StorageError
from models.store.fetch import Fetcher
from models.store.source import Source, source_of


def test_a_redirect_to_a_host_that_the_list_does_not_name_is_not_followed(server: Hub, tmp_path: Path) -> None:
    with hub(server.files) as other:
        server.always = Fault(redirect=f"{other.url}/strongroom/tiny-phi/resolve/{REVISION}/cpu/genai_config.json")
        with pytest.raises(StorageError, match=f"127.0.0.1:{other.port}"):
            run(fetcher(server, tmp_path))
        assert other.requests == []


def test_a_redirect_to_the_same_host_is_followed_without_cookie_or_login(server: Hub, tmp_path: Path) -> None:
    path = f"/strongroom/tiny-phi/resolve/{REVISION}/elsewhere/genai_config.json"
    server.faults.append(Fault(redirect=path))
    run(fetcher(server, tmp_path))
    assert server.requests[1][0] == path
    for _, headers in server.requests:
        assert not {"cookie", "authorization", "referer"} & {name.lower() for name in headers}


def test_redirects_without_end_are_given_up(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(redirect="/round/and/round")
    with pytest.raises(StorageError, match="leads elsewhere"):
        run(fetcher(server, tmp_path))


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://cdn-lfs.hf.co/a", True),
        ("https://hub.example/b", True),
        ("https://hub.example:8443/b", False),
        ("http://cdn-lfs.hf.co/a", False),
        ("http://hub.example/b", False),
        ("https://name:word@cdn-lfs.hf.co/a", False),
        ("https://hf.co/a", False),
        ("https://evil-hf.co/a", False),
        ("https://cdn.hf.co.evil.example/a", False),
        ("https://cdn.hf.co:99999/a", False),
        ("file:///etc/passwd", False),
        ("https:///a", False),
    ],
)
def test_redirects_go_to_the_lists_hosts_only_and_always_encrypted(url: str, allowed: bool) -> None:
    assert Source("https://hub.example", ("*.hf.co",)).may_ask(url) is allowed


@pytest.mark.parametrize(
    "mirror", ["http://mirror.example", "ftp://mirror.example", "https://a:b@mirror.example", "mirror", "https://x:y"]
)
def test_a_mirror_must_be_encrypted_and_hold_no_password(mirror: str) -> None:
    with pytest.raises(StorageError, match="https"):
        source_of(entry("https://hub.example", {}), mirror)


def test_a_mirror_may_not_send_us_on_to_the_hubs_hosts() -> None:
    assert source_of(entry("https://hub.example", {}), "https://mirror.example").hosts == ()


@pytest.mark.parametrize(
    ("status", "words"), [(401, "login"), (403, "blocked"), (404, "does not have"), (418, "not un")]
)
def test_a_refusal_is_told_at_once_with_the_host(server: Hub, tmp_path: Path, status: int, words: str) -> None:
    server.always = Fault(status=status)
    with pytest.raises(StorageError) as failed:
        run(fetcher(server, tmp_path))
    assert words in failed.value.message
    assert f"127.0.0.1:{server.port}" in failed.value.message
    assert len(server.requests) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    with hub(files, Path(__file__).parent / "self-signed.pem") as server:
        with pytest.raises(StorageError, match="could not be verified"):
            run(fetcher(server, tmp_path))
        assert server.requests == []


def test_a_proxy_that_asks_for_a_password_is_told(tmp_path: Path) -> None:
    with hub({}) as proxy:
        proxy.always = Fault(status=407)
        model = entry("https://hub.example", {"a": b""})
        source = source_of(model, proxy=f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(StorageError) as failed:
            run(Fetcher(model, tmp_path, source, QUICK))
        assert "hub.example" in failed.value.message
        assert "keyring" in failed.value.message
        assert [path for path, _ in proxy.requests] == ["hub.example:443"]


def test_a_proxys_own_password_goes_to_the_proxy(tmp_path: Path) -> None:
    with hub({}) as proxy:
        model = entry("https://hub.example", {"a": b""})
        source = source_of(model, proxy=f"http://me:secret@127.0.0.1:{proxy.port}")
        with pytest.raises(StorageError, match="proxy of this machine"):
            run(Fetcher(model, tmp_path, source, QUICK))
        assert proxy.requests[0][1]["Proxy-Authorization"].startswith("Basic ")


def test_a_host_that_cannot_be_found_is_named(tmp_path: Path) -> None:
    model = entry("https://no-such-host.invalid", {"a": b""})
    with pytest.raises(StorageError, match="no-such-host"):
        run(Fetcher(model, tmp_path, source_of(model), QUICK))
