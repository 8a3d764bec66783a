"""Examples out of tables: columns, repetitions, contradictions."""

import pytest

from models.documents.table_file import Row, Table
from models.errors import InputError
from models.taxonomy.labelled import Clash, check_teachable, labelled_texts, pick_columns


def table(*rows: tuple[str, str], columns: tuple[str, str] = ("text", "label")) -> Table:
    return Table("a.csv", columns, tuple(Row(i, dict(zip(columns, row, strict=True))) for i, row in enumerate(rows, 2)))


@pytest.mark.parametrize("columns", [("text", "label"), ("Utterance", "Intent"), ("review", "SENTIMENT")])
def test_columns_are_found_by_what_they_are_called(columns: tuple[str, str]) -> None:
    assert pick_columns(table(("a", "x"), columns=columns)) == columns


def test_a_column_can_be_named() -> None:
    assert pick_columns(table(("a", "x"), columns=("body text", "what")), "BODY TEXT", "what") == ("body text", "what")


def test_wrong_columns_are_told_with_those_that_there_are() -> None:
    with pytest.raises(InputError) as caught:
        pick_columns(table(("a", "x"), columns=("text", "colour")))
    assert caught.value.message.startswith(
        "a.csv, row 1: no column is called label; the columns are text, colour. Nothing was taken"
    )


def test_a_text_that_stands_there_again_counts_once() -> None:
    found = labelled_texts(table(("Late", "x"), (" late ", "x"), ("other", "y")), "text", "label")
    assert [text.row for text in found.texts] == [2, 4]
    assert found.repeated == (3,)


def test_the_same_text_under_two_labels_is_left_out_and_told() -> None:
    found = labelled_texts(table(("late", "x"), ("Late", "y"), ("other", "y")), "text", "label")
    assert [text.row for text in found.texts] == [4]
    assert found.clashes == (Clash((2, 3), ("x", "y")),)


def test_a_test_keeps_every_row() -> None:
    found = labelled_texts(table(("late", "x"), ("Late", "y"), ("late", "x")), "text", "label", distinct=False)
    assert [text.row for text in found.texts] == [2, 3, 4]


def test_rows_without_a_text_or_a_label_are_named() -> None:
    found = labelled_texts(table(("", "x"), ("a", " "), ("b", "y" * 61)), "text", "label")
    assert [(problem.row, problem.column) for problem in found.problems] == [(2, "text"), (3, "label"), (4, "label")]
    assert not found.texts


def test_texts_of_no_label_are_marked() -> None:
    found = labelled_texts(table(("a", "__none__"), ("b", "y")), "text", "label")
    assert found.texts[0].labels == ()
    assert found.counts == {"__none__": 1, "y": 1}
    assert found.labels == ("y",)


def test_several_labels_are_taken_apart_only_where_the_taxonomy_allows_them() -> None:
    rows = table(("a", "x | y"))
    assert labelled_texts(rows, "text", "label", multiple=True).texts[0].labels == ("x", "y")
    assert labelled_texts(rows, "text", "label").texts[0].labels == ("x | y",)


def test_one_label_only_is_nothing_to_learn_from() -> None:
    with pytest.raises(InputError, match=r"a\.csv: only one label has a usable text \(“x”\)"):
        check_teachable(labelled_texts(table(("a", "x"), ("b", "x")), "text", "label"))


def test_a_label_with_one_example_is_named_where_two_are_needed() -> None:
    found = labelled_texts(table(("a", "x"), ("b", "x"), ("c", "y")), "text", "label")
    check_teachable(found)
    with pytest.raises(InputError, match="the label “y” has 1, and 2 are needed"):
        check_teachable(found, at_least=2)
