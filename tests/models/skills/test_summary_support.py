"""Names, figures and dates of a summary that its document does not have."""

import pytest

from models.skills.support import EXTRACTIVE, unsupported

DOCUMENT = """Minutes of 2026-03-03. Present: Maria López, Jens Okafor-Lind.
The rent of 1,240.50 EUR rises by eight per cent. The migration ends on 14 June.
Invoice 2026-0417 was paid; Northwind Bank confirmed it. Five departments moved."""


def named(answer: str) -> list[str]:
    return [answer[start:end] for start, end in unsupported(answer, DOCUMENT)]


@pytest.mark.parametrize(
    "answer",
    [
        "## Decisions Taken\n- Maria López reports on 3 March 2026.",
        "The rent is 1240.5 EUR, or 1.240,50 EUR.",
        "1. Jens finishes the migration by 14 June.\n2. Lind helps.",
        "It rises by 8 per cent; 5 departments moved on 2026-06-14.",
        "Invoice 2026-0417 was paid. Northwind Bank's answer came.",
        f"Jens helps.\n\n*{EXTRACTIVE} Read all 77 sentences.*",
        "- **Owner:** maria lópez\n- Nothing else was said.",
        "",
    ],
)
def test_what_stands_in_the_document_is_not_marked(answer: str) -> None:
    assert named(answer) == []


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ("The rent is 1,250.50 EUR.", ["1,250.50"]),
        ("The meeting was held by Maria Lopes.", ["Lopes"]),
        ("Maria Santos reports.", ["Santos"]),
        ("Anna Bergman was present.", ["Bergman"]),
        ("The migration ends on 14 July.", ["July"]),
        ("Paid on 2026-03-04 to Southwind Bank.", ["2026-03-04", "Southwind"]),
        ("1. It rises by 9 per cent.\n2. In Ohio.", ["9", "Ohio"]),
        ("Invoice 2026-0418 was paid.", ["2026-0418"]),
    ],
)
def test_what_does_not_is_marked_in_its_place(answer: str, wrong: list[str]) -> None:
    assert named(answer) == wrong


def test_an_answer_from_an_empty_document_is_marked_all_through() -> None:
    assert list(unsupported("Ask Maria on 3 May.", "")) == [(4, 9), (13, 14), (15, 18)]
