"""``strongroom scan``: exit status, JSON Lines in order, and nothing repeated of the text."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main
from models.pii import registry
from models.pii.analyzer import Analyzer
from models.pii.finding import Finding
from tests.models.documents.make_files import pdf

IBAN = "DE89 3704 0044 0532 0130 00"
CLEAR = "The dishwasher arrived broken."


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


@pytest.mark.parametrize(("text", "status"), [(CLEAR, 0), (f"My IBAN is {IBAN}.", 1)])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_exit_status_says_whether_something_was_found(
    monkeypatch: pytest.MonkeyPatch, text: str, status: int, form: list[str]
) -> None:
    feed(monkeypatch, text.encode())
    assert main(["scan", "-", *form]) == status


def test_a_file_is_scanned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text(f"Hello.\n\nIBAN: {IBAN}\n", encoding="utf-8")
    assert main(["scan", str(tmp_path / "letter.txt")]) == 1
    output = capsys.readouterr().out
    assert "1 IBAN" in output
    assert "3:7" in output
    assert IBAN not in output


def test_the_json_holds_offsets_and_no_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"\U0001f600 שלום IBAN {IBAN}"
    feed(monkeypatch, text.encode())
    main(["scan", "--json"])
    result = json.loads(capsys.readouterr().out)
    finding = result["findings"][-1]
    assert text[finding["start"] : finding["end"]] == IBAN
    assert (finding["entity"], result["complete"], result["verdict"]) == ("IBAN", True, "blocked")
    assert set(finding) == {"start", "end", "entity", "score", "recognizer"}


class FindsContext:
    """Takes the first word for a place."""

    name = "places"

    def find(self, text: str) -> Any:
        yield Finding(0, 4, "PLACE", 0.9, self.name, "The model reads it as a place.")


def test_context_alone_is_clear_and_shown_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from desktop.cli import scan

    monkeypatch.setattr(scan, "default_analyzer", lambda *_tagger: Analyzer([FindsContext()]))
    shown = {}
    for form in ([], ["--json"], ["--explain"]):
        feed(monkeypatch, b"Rome is far.")
        assert main(["scan", *form]) == 0
        shown[" ".join(form)] = capsys.readouterr().out
    assert shown[""] == "No personal details found.\n"
    assert json.loads(shown["--json"])["findings"] == []
    assert "Context only" in shown["--explain"]
    assert "It does not block on its own." in shown["--explain"]
    assert lines(monkeypatch, capsys, b'{"text": "Rome is far."}') == [
        {"findings": [], "complete": True, "verdict": "clear"}
    ]


def test_explain_gives_place_title_kind_recognizer_score_and_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch, f"Hello.\nIBAN: {IBAN}\n".encode())
    assert main(["scan", "--explain"]) == 1
    output = capsys.readouterr().out
    heading, row = output.splitlines()[1:]
    assert heading.split() == ["Line:col", "What", "Kind", "Found", "by", "Score", "Why"]
    assert [part.strip() for part in row.split("  ") if part.strip()][:4] == [
        "2:7", "Bank account (IBAN)", "Identifier", "iban",
    ]  # fmt: skip
    assert "check digits" in row
    assert IBAN not in output


@pytest.mark.parametrize("form", ["--json", "--jsonl"])
def test_explain_does_not_go_with_the_forms_for_programs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    feed(monkeypatch, CLEAR.encode())
    assert main(["scan", "--explain", form]) == 2
    assert "--explain" in capsys.readouterr().err


def lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: bytes) -> list[Any]:
    feed(monkeypatch, data)
    assert main(["scan", "--jsonl"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_json_lines_come_back_in_order(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    texts = [CLEAR, f"IBAN {IBAN}", CLEAR, ""]
    data = "\n".join(json.dumps({"text": text}) for text in texts).encode()
    results = lines(monkeypatch, capsys, data)
    assert [result["verdict"] for result in results] == ["clear", "blocked", "clear", "clear"]
    assert all(set(result) == {"findings", "complete", "verdict"} for result in results)


@pytest.mark.parametrize(
    "bad", [b"nope", b"", b"[]", b'"text"', b'{"text": 1}', b'{"other": ""}', b"\xff\xfe", b'{"text": "', b"[" * 50_000]
)
def test_a_bad_line_gives_an_error_in_its_place_and_counts_as_blocked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], bad: bytes
) -> None:
    good = json.dumps({"text": CLEAR}).encode()
    results = lines(monkeypatch, capsys, good + b"\n" + bad + b"\n" + good)
    assert [result["verdict"] for result in results] == ["clear", "blocked", "clear"]
    assert results[1]["error"].startswith("the line is not")
    assert (results[1]["findings"], results[1]["complete"]) == ([], False)


def test_a_line_separator_inside_a_text_does_not_part_the_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.dumps({"text": f"a\u2028b\r IBAN {IBAN}"}, ensure_ascii=False).encode()
    (result,) = lines(monkeypatch, capsys, data)
    assert result["verdict"] == "blocked"


def test_a_lone_surrogate_is_scanned_like_any_character(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (result,) = lines(monkeypatch, capsys, b'{"text": "\\ud800 ' + IBAN.encode() + b'"}')
    assert result["verdict"] == "blocked"


def test_a_scan_that_could_not_be_finished_is_blocked_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        name = "broken"

        def find(self, text: str) -> Any:
            raise ValueError(text)

    from desktop.cli import scan

    monkeypatch.setattr(scan, "default_analyzer", lambda *_tagger: Analyzer([Broken()]))
    feed(monkeypatch, CLEAR.encode())
    assert main(["scan", "-"]) == 1
    output = capsys.readouterr().out
    assert "could not be finished (broken)" in output
    assert CLEAR not in output


@pytest.mark.parametrize("data", [b"", b" \n ", b"\x00\x01\x02\x03" * 50])
def test_nothing_to_scan_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    feed(monkeypatch, data)
    assert main(["scan", "-"]) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.startswith("strongroom: ")


@pytest.mark.parametrize("form", [[], ["--jsonl"]])
def test_a_file_that_is_not_there_is_said_without_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    assert main(["scan", str(tmp_path / "patient-varga.txt"), *form]) == 2
    assert "varga" not in capsys.readouterr().err


def test_a_reader_that_went_away_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def gone(*_arguments: object, **_keywords: object) -> None:
        raise BrokenPipeError

    feed(monkeypatch, CLEAR.encode())
    monkeypatch.setattr("builtins.print", gone)
    monkeypatch.setattr("desktop.cli.console.swallow_output", lambda: None)
    assert main(["scan", "-"]) == 2
    assert capsys.readouterr().err == ""


def test_control_c_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_tagger: object) -> None:
        raise KeyboardInterrupt

    from desktop.cli import scan

    monkeypatch.setattr(scan, "default_analyzer", interrupted)
    assert main(["scan", "-"]) == 130
    assert capsys.readouterr().err == "strongroom: Stopped.\n"


def test_the_same_recognizers_scan_here_and_in_the_window() -> None:
    from desktop.cli import scan

    assert scan.default_analyzer is registry.default_analyzer


@pytest.mark.parametrize(
    ("password", "status", "words"),
    [("open sesame", 1, ""), ("wrong", 2, "not the password"), (None, 2, "--password-file")],
)
def test_a_protected_pdf_is_scanned_with_its_password(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], password: str | None, status: int, words: str
) -> None:
    (tmp_path / "letter.pdf").write_bytes(pdf([f"IBAN {IBAN}"], password="open sesame"))
    given = []
    if password is not None:
        (tmp_path / "password").write_text(f"{password}\n")
        given = ["--password-file", str(tmp_path / "password")]
    assert main(["scan", str(tmp_path / "letter.pdf"), *given]) == status
    told = capsys.readouterr().err
    assert words in told
    assert "letter" not in told


def test_a_folder_is_said_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(tmp_path)]) == 2
    assert "That is a folder" in capsys.readouterr().err
