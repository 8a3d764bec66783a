"""Reading and writing a set of marked texts."""

import os
import stat

import pytest

from desktop import regression_set
from desktop.gate_test import GateTest, thresholds_to_try
from desktop.regression_set import read_set, write_set
from models.errors import InputError, StorageError
from models.pii.measure import MarkedText, Span
from models.pii.personal import OwnRules

TEXTS = (MarkedText("Dear Ana 🌻", (Span(5, 8, "PERSON"),)), MarkedText("Nothing here."))


def test_a_set_is_read_as_it_was_written(tmp_path):
    write_set(tmp_path / "set.jsonl", TEXTS)
    assert read_set(tmp_path / "set.jsonl") == TEXTS


def test_a_saved_set_is_readable_by_its_owner_only(tmp_path):
    write_set(tmp_path / "set.jsonl", TEXTS)
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "set.jsonl").stat().st_mode) == 0o600


def test_a_set_that_cannot_be_saved_leaves_the_old_file(tmp_path):
    file = tmp_path / "none" / "set.jsonl"
    with pytest.raises(StorageError, match="not saved"):
        write_set(file, TEXTS)


@pytest.mark.parametrize(("content", "why"), [(b"", "no texts"), (b"\n\n", "no texts"), (b"{}\n", "Line 1")])
def test_a_bad_set_is_refused_in_words(tmp_path, content, why):
    (tmp_path / "set.jsonl").write_bytes(content)
    with pytest.raises(InputError, match=why):
        read_set(tmp_path / "set.jsonl")


def test_a_set_too_large_for_the_window_is_sent_to_the_command_line(tmp_path, monkeypatch):
    monkeypatch.setattr(regression_set, "MAX_OPEN_BYTES", 10)
    write_set(tmp_path / "set.jsonl", TEXTS)
    with pytest.raises(InputError, match="gate-test"):
        read_set(tmp_path / "set.jsonl")


def test_a_line_that_is_too_long_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(regression_set, "MAX_LINE_BYTES", 10)
    write_set(tmp_path / "set.jsonl", TEXTS)
    with pytest.raises(InputError, match="Line 1: the line is longer"):
        read_set(tmp_path / "set.jsonl")


def test_the_built_in_thresholds_come_first_and_the_present_one_is_among_them():
    assert thresholds_to_try(None)[:2] == (None, 0.1)
    assert thresholds_to_try(0.3) == (None, 0.1, 0.25, 0.3, 0.5, 0.75, 0.9)


def test_what_is_found_at_several_thresholds_is_what_one_scan_finds_at_each():
    texts = [
        MarkedText("Dear Ms Varga, mail a@example.org."),
        MarkedText("Dear Ms Varga, mail b@example.org. jan was ill."),
    ]
    together = GateTest(OwnRules(), (None, 0.1, 0.9))
    for text in texts:
        assert together.add(text)
    for threshold, measured in together.measurements.items():
        alone = GateTest(OwnRules(), (threshold,))
        for text in texts:
            alone.add(text)
        assert alone.measurements[threshold].false_alarms == measured.false_alarms
