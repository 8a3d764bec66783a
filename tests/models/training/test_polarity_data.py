"""The rated sentences that the polarity learns from, as they are read."""

from pathlib import Path

from models.training.polarity_data import FILES, MADE, MADE_COUNT, MOST, Rated, load


def _folder(tmp_path: Path, rows: int) -> Path:
    for source, name in FILES.items():
        lines = [f"{index}\t{index % 9 - 4}\tA {source} of number {index}." for index in range(rows)]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_a_set_gives_no_more_sentences_than_it_may(tmp_path: Path) -> None:
    rows = load(_folder(tmp_path, 3000))
    counts = {source: sum(row.source == source for row in rows) for source in (*FILES, MADE)}
    assert counts["film"] == counts["shop"] == 3000
    assert {source: counts[source] for source in MOST} == MOST
    assert counts[MADE] > MADE_COUNT


def test_the_order_is_always_the_same(tmp_path: Path) -> None:
    folder = _folder(tmp_path, 50)
    assert load(folder) == load(folder)


def test_a_fifth_of_a_set_is_held_out_and_nothing_that_was_made(tmp_path: Path) -> None:
    rows = load(_folder(tmp_path, 1000))
    public = [row for row in rows if row.source != MADE]
    assert 0.15 < sum(row.held_out for row in public) / len(public) < 0.25
    assert not any(row.held_out for row in rows if row.source == MADE)


def test_marks_of_the_source_are_cleaned_away(tmp_path: Path) -> None:
    folder = _folder(tmp_path, 1)
    (folder / FILES["film"]).write_text(
        "1\t2.5\t''Fine &amp; dandy'' http://url_removed\n2\t-1\t@anonymous\nno columns\n", encoding="utf-8"
    )
    assert [row for row in load(folder) if row.source == "film"] == [Rated('"Fine & dandy"', 2.5, "film")]
