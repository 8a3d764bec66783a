"""Links to people's pages, and links to anything else."""

import time

import pytest

from models.pii.recognizers.profile_link import ProfileLinkRecognizer


def found(text: str) -> list[str]:
    return [text[f.start : f.end] for f in ProfileLinkRecognizer().find(text)]


@pytest.mark.parametrize(
    "link",
    [
        "https://de.linkedin.com/in/hannelore-vogt-84b1",
        "https://www.xing.com/profile/Hannelore_Vogt",
        "https://github.com/lorcan-devaney",
        "https://meet.larkfield.example/annabel-xu",
        "www.instagram.com/annabel.marquardt",
    ],
)
def test_the_name_at_the_end_of_a_link_is_found(link: str) -> None:
    name = link.rsplit("/", 1)[1]
    assert found(f"See {link}, please.") == [name]
    assert found(f"({link})") == [name]


@pytest.mark.parametrize(
    "link",
    [
        "https://docs.python.org/3/library/json.html",
        "https://www.linkedin.com/company/larkfield",
        "https://www.linkedin.com/in/",
        "https://github.com/pallets/flask",
        "https://example.org/blog/rose-garden",
        "https://example.org/blog/mark-down",
        "https://docs.example.org/anna-test",
        "https://example.org/people/angela-merkel",
        "https://crates.io/crates/serde-json",
        "https://www.reddit.com/r/python",
    ],
)
def test_a_link_to_anything_else_is_not(link: str) -> None:
    assert found(f"See {link}, please.") == []


def test_a_megabyte_of_links_takes_seconds() -> None:
    for text in ("https://a.b/" * 90_000, "https://" + "a" * 1_000_000, "https://a.b" + "/x" * 500_000):
        start = time.process_time()
        found(text)
        assert time.process_time() - start < 10
