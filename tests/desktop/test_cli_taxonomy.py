"""``strongroom taxonomy`` with the built-in model."""

import json
from pathlib import Path

import pytest

from desktop.__main__ import main

TRAIN = """text,label
my parcel has not arrived,delivery
where is the package I ordered,delivery
the courier never came,delivery
I want my money back,refund
how do I get a refund,refund
return what I paid,refund
"""
TEST = """text,label
the package is late,delivery
refund me please,refund
fry the onions in butter and add stock,__none__
"""


def files(tmp_path: Path, train: str = TRAIN, test: str = TEST) -> list[str]:
    (tmp_path / "a.csv").write_text(train)
    (tmp_path / "b.csv").write_text(test)
    return ["taxonomy", "eval", "--train", str(tmp_path / "a.csv"), "--test", str(tmp_path / "b.csv")]


def test_eval_prints_every_figure_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*files(tmp_path), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["accuracy"] == 1.0
    assert figures["macro_f1"] == 1.0
    assert figures["refused"] == 1.0
    assert figures["falsely_refused"] == 0.0
    assert figures["labels"] == 2
    assert {"train_seconds", "median_ms", "p95_ms", "refused_at_10"} <= figures.keys()


def test_eval_prints_lines_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(files(tmp_path)) == 0
    assert "accuracy                     100.0%" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("train", "test", "said"),
    [
        ("text,colour\na,x\n", TEST, "a.csv, row 1: no column is called label; the columns are text, colour"),
        ("text,label\na,x\nb,x\n", TEST, "a.csv: only one label has a usable text"),
        (TRAIN, "text,label\na,__none__\n", "b.csv: no row has both a text and a label"),
        ("", TEST, "a.csv: the file is empty"),
    ],
)
def test_a_bad_table_is_told_with_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], train: str, test: str, said: str
) -> None:
    assert main(files(tmp_path, train, test)) == 2
    assert said in capsys.readouterr().err


def test_what_is_left_out_is_told_by_row_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    train = TRAIN + '=1+1,refund\n,refund\n"my parcel has not arrived",refund\nreturn what I paid,refund\n'
    assert main(files(tmp_path, train)) == 0
    said = capsys.readouterr().err
    assert "a.csv, row 8, column text: the cell holds a formula" in said
    assert "a.csv, row 9, column text: there is no text" in said
    assert "a.csv, rows 2, 10: the same text under “delivery” and “refund”" in said
    assert "a.csv: 1 rows repeat" in said


def test_labels_that_were_not_taught_count_as_wrong_and_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*files(tmp_path, TRAIN, TEST + "I forgot my password,password\n"), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["unknown_labels"] == ["password"]
    assert figures["accuracy"] == pytest.approx(2 / 3)
