"""Which addresses the cloud engine accepts."""

import pytest

from models.engines.cloud_request import parse_endpoint
from models.errors import EngineUnavailable


@pytest.mark.parametrize(
    ("base_url", "url", "host", "loopback"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions", "api.openai.com", False),
        ("https://api.openai.com:443/v1/", "https://api.openai.com/v1/chat/completions", "api.openai.com", False),
        ("HTTPS://API.OpenAI.com/v1", "https://api.openai.com/v1/chat/completions", "api.openai.com", False),
        (
            "https://n.openai.azure.com/openai/v1/",
            "https://n.openai.azure.com/openai/v1/chat/completions",
            "n.openai.azure.com",
            False,
        ),
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions", "localhost:11434", True),
        ("http://127.0.0.1:1234/v1", "http://127.0.0.1:1234/v1/chat/completions", "127.0.0.1:1234", True),
        ("http://[::1]:1234/v1", "http://[::1]:1234/v1/chat/completions", "[::1]:1234", True),
        ("https://10.0.0.7:8443/v1", "https://10.0.0.7:8443/v1/chat/completions", "10.0.0.7:8443", False),
    ],
)
def test_an_address_gives_its_call_and_the_host_a_key_is_bound_to(
    base_url: str, url: str, host: str, loopback: bool
) -> None:
    endpoint = parse_endpoint(base_url)
    assert (endpoint.url, endpoint.host, endpoint.loopback) == (url, host, loopback)


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        "api.openai.com/v1",
        "ftp://api.openai.com/v1",
        "https://",
        "https:///v1",
        "https://user:pass@api.openai.com/v1",
        "https://api.openai.com@evil.example/v1",
        "https://api.openai.com\\@evil.example/v1",
        "https://api.openai.com#@evil.example/v1",
        "https://api.openai.com/v1?to=evil",
        "https://api.openai.com/v1#x",
        "https://api.openai.com/../v1 x",
        "https://api.openai.com:99999/v1",
        "https://api..openai.com/v1",
        "https://api.openai.com\n.evil.example/v1",
        "https://exаmple.com/v1",  # a Cyrillic letter
        "https://api.openai.com/../v1",
        "https://127.1/v1",
        "https://[::1/v1",
        "http://api.openai.com/v1",
        "http://192.168.0.5:11434/v1",
        "http://localhost.evil.example/v1",
        "http://127.0.0.1.evil.example/v1",
        "http://0.0.0.0:11434/v1",
        "http://2130706433/v1",
    ],
)
def test_an_address_that_is_odd_or_unencrypted_is_refused_in_words(base_url: str) -> None:
    with pytest.raises(EngineUnavailable, match="Nothing was sent"):
        parse_endpoint(base_url)


@pytest.mark.parametrize("base_url", ["https://api.openai.com.evil.example/v1", "https://notopenai.com/v1"])
def test_a_look_alike_of_openai_is_not_openai(base_url: str) -> None:
    assert not parse_endpoint(base_url).is_openai
