"""``strongroom gate-test``: figures, misses, thresholds, and what it does with bad files."""

import json
import sys

import pytest

from desktop import cli
from desktop.cli import console
from desktop.own_threshold import as_setting, chosen_threshold
from desktop.paths import default_paths
from desktop.settings import Settings, SettingsStore

MAIL = {"text": "Write to jane.doe@example.com today.", "spans": [[9, 29, "EMAIL_ADDRESS"]]}
MISSED = {"text": "The word Zzyzx is secret to us.", "spans": [{"start": 9, "end": 14, "entity": "PROJECT"}]}
PLAIN = {"text": "The meeting is at ten."}
LOUD = {"text": "Write to bob@example.com today."}


@pytest.fixture
def measure(tmp_path, capsys):
    def run(*lines, options=()):
        file = tmp_path / "set.jsonl"
        file.write_bytes(
            b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
        )
        status = cli.main(["gate-test", str(file), *options])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_the_table_names_each_entity_with_its_interval_and_the_blocked_texts(measure):
    status, out, _ = measure(MAIL, MISSED, PLAIN, LOUD)
    assert status == console.OK
    assert "4 texts, 2 with marked personal details and 2 without" in out
    (mail,) = [line for line in out.splitlines() if line.startswith("E-mail address")]
    assert mail.split("  ")[-1].strip() == "1"
    assert "100.0 % [21–100]" in mail
    assert "blocked     1 of 2: 50.0 % [9–91]" in out
    assert "counted under their own: PROJECT" in out


def test_json_holds_figures_and_offsets_and_no_text(measure):
    status, out, err = measure(MAIL, MISSED, PLAIN, LOUD, options=["--json", "--misses", "5"])
    assert status == console.OK
    answer = json.loads(out)
    (measured,) = answer["measured"]
    assert measured["entities"]["EMAIL"]["found"]["hits"] == 1
    assert measured["plain_texts_blocked"]["hits"] == 1
    assert answer["misses"] == [{"line": 2, "start": 9, "end": 14, "entity": "PROJECT"}]
    assert not [word for word in ("Zzyzx", "jane", "bob", "set.jsonl") if word in out + err]


def test_misses_are_listed_only_when_asked_and_their_words_only_on_a_terminal(measure, monkeypatch):
    assert "Missed" not in measure(MISSED)[1]
    out = measure(MISSED, options=["--misses", "3"])[1]
    assert "line 1, characters 9–14" in out
    assert "Zzyzx" not in out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "»Zzyzx«" in measure(MISSED, options=["--misses", "3"])[1]


def test_control_characters_of_a_text_do_not_reach_the_terminal(measure, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    text = {"text": "The word \x1b[31mZzyzx stays.", "spans": [[9, 19, "PROJECT"]]}
    assert "\x1b" not in measure(text, options=["--misses", "1"])[1]


def test_a_second_threshold_stands_beside_the_present_one(measure):
    text = {"text": "i spoke to jaroslawa about it, she was tired", "spans": [[11, 20, "PERSON"]]}
    status, out, _ = measure(text, PLAIN, options=["--threshold", "0.05"])
    assert status == console.OK
    assert "Found at 0.05" in out
    assert "At built-in:" in out
    assert "At 0.05:" in out


def test_a_lower_threshold_finds_no_less(measure):
    text = {"text": "i spoke to jaroslawa about it, and vote for the greens since school"}
    _, out, _ = measure(text, options=["--json", "--threshold", "0.05"])
    present, other = json.loads(out)["measured"]
    assert (present["threshold"], other["threshold"]) == (None, 0.05)
    assert other["false_alarms"] >= present["false_alarms"]


@pytest.mark.parametrize("threshold", ["0", "1", "-3", "nan"])
def test_a_threshold_out_of_range_is_refused(measure, threshold):
    status, out, err = measure(PLAIN, options=["--threshold", threshold])
    assert (status, out) == (console.ERROR, "")
    assert "between 0.05 and 0.95" in err


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"not json\n", "Line 3: the line is not JSON"),
        (b"\xff\n", "Line 3: the line is not UTF-8"),
        (b'{"text": "secret words", "spans": [[0, 99, "AGE"]]}\n', "Line 3: span 1 is empty or does not lie inside"),
    ],
)
def test_a_bad_line_is_named_and_not_quoted(measure, bad, why):
    status, out, err = measure(PLAIN, b"\n", bad)
    assert (status, out) == (console.ERROR, "")
    assert why in err
    assert "secret words" not in err


def test_an_empty_file_and_a_missing_one_are_told(measure, capsys, tmp_path):
    status, _, err = measure(b"\n")
    assert status == console.ERROR
    assert "holds no texts" in err
    assert cli.main(["gate-test", str(tmp_path / "none.jsonl")]) == console.ERROR
    assert "cannot be opened" in capsys.readouterr().err


def test_ctrl_c_ends_with_a_word_and_its_own_status(measure, monkeypatch):
    def stop(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.gate_test.GateTest.add", stop)
    status, out, err = measure(PLAIN)
    assert (status, out) == (console.STOPPED, "")
    assert "Stopped" in err


def test_nothing_is_written_but_what_was_asked(measure, own_home):
    measure(MAIL, MISSED, options=["--misses", "2"])
    assert not [path for path in own_home.rglob("*") if path.is_file()]


def test_the_present_threshold_is_the_one_of_the_settings(measure):
    SettingsStore(default_paths().settings_file).update(model_threshold=50)
    _, out, _ = measure(PLAIN)
    assert "Threshold of the small model: 0.5." in out


@pytest.mark.parametrize(
    ("setting", "threshold"), [(0, None), (50, 0.5), (5, 0.05), (95, 0.95), (3, None), (99, None), (-1, None)]
)
def test_a_setting_that_cannot_be_a_threshold_means_the_built_in_ones(setting, threshold):
    assert chosen_threshold(Settings(model_threshold=setting)) == threshold


@pytest.mark.parametrize("threshold", [None, 0.05, 0.1, 0.29, 0.95])
def test_a_threshold_survives_the_settings(threshold):
    assert chosen_threshold(Settings(model_threshold=as_setting(threshold))) == threshold
