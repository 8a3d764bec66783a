"""The ledger: every run counted, whatever the disk does."""

import csv
import datetime
import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import ledger as ledger_module
from desktop import migrations
from desktop.ledger import Ledger, RunRecord, Totals, local_midnight
from models.errors import StorageError

NOW = datetime.datetime.now().astimezone()


def record(**changes: object) -> RunRecord:
    values: dict[str, object] = {
        "at": NOW, "skill": "classify", "task": "T01", "engine": "starter", "model": "minilm", "outcome": "done",
        "reason": "Classifications always stay on this device.", "prompt_tokens": 100, "cached_tokens": 20,
        "output_tokens": 10, "first_token_ms": 12.5, "total_ms": 20.0, "cost_usd": 0.0, "cost_avoided_usd": 0.5,
        "bytes_sent": 0, "findings": {"IBAN": 2, "EMAIL": 1},
    }  # fmt: skip
    return RunRecord(**(values | changes))


@pytest.fixture
def file(own_home: Path) -> Path:
    return own_home / "data" / "ledger.sqlite3"


@pytest.fixture
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "BUSY_TIMEOUT_MS", 20)


def test_opening_a_ledger_writes_nothing(file: Path) -> None:
    Ledger(file)
    assert not file.parent.exists()


def test_a_run_comes_back_as_it_went_in(file: Path) -> None:
    ledger = Ledger(file)
    stored, kept = ledger.add(record())
    assert kept
    assert ledger.recent(1) == (stored,)
    assert stored.id == 1


def test_dismissals_are_counted_by_entity_and_exported(file: Path, tmp_path: Path) -> None:
    ledger = Ledger(file)
    stored, _ = ledger.add(record(dismissed={"IBAN": 1}))
    assert ledger.recent(1) == (stored,)
    ledger.export_csv(tmp_path / "runs.csv")
    (row,) = csv.DictReader((tmp_path / "runs.csv").read_text(encoding="utf-8").splitlines())
    assert (row["findings"], row["dismissed"]) == ("IBAN:2 EMAIL:1", "IBAN:1")


def test_a_ledger_from_before_dismissals_were_counted_is_taken_on(file: Path) -> None:
    file.parent.mkdir(parents=True)
    connection = sqlite3.connect(file, isolation_level=None)
    migrations.MIGRATIONS[0](connection)
    connection.execute("PRAGMA user_version = 1")
    columns = [name for name in ledger_module.COLUMNS if name != "estimated"]  # of a later step
    values = ", ".join(["?"] * len(columns))
    old = [getattr(record(), name) for name in columns]
    old[0] = "2026-01-01T00:00:00.000000+00:00"
    connection.execute(f"INSERT INTO run ({', '.join(columns)}) VALUES ({values})", old)
    connection.execute("INSERT INTO finding (run, entity, count) VALUES (1, 'IBAN', 2)")
    connection.close()
    ledger = Ledger(file)
    (run,) = ledger.recent()
    assert (run.findings, run.dismissed) == ({"IBAN": 2}, {})
    ledger.add(record(dismissed={"EMAIL": 1}))
    assert ledger.recent(1)[0].dismissed == {"EMAIL": 1}
    assert ledger.notice == ""


def test_the_newest_run_comes_first_and_no_more_than_asked_for(file: Path) -> None:
    ledger = Ledger(file)
    for task in ("T01", "T02", "T03"):
        ledger.add(record(task=task))
    assert [run.task for run in ledger.recent(2)] == ["T03", "T02"]


def test_totals_add_up(file: Path) -> None:
    ledger = Ledger(file)
    ledger.add(record(cost_avoided_usd=0.25, total_ms=10.0))
    ledger.add(record(engine="cloud", cost_usd=0.5, cost_avoided_usd=0.0, bytes_sent=900, total_ms=30.0))
    assert ledger.totals() == Totals(2, 0.5, 0.25, 900, 20.0)


def test_failed_runs_count_but_do_not_distort_the_mean_time(file: Path) -> None:
    ledger = Ledger(file)
    ledger.add(record(total_ms=10.0))
    ledger.add(record(outcome="failed", total_ms=10_000.0))
    assert (ledger.totals().runs, ledger.totals().mean_ms) == (2, 10.0)


def test_an_empty_ledger_has_totals_of_nothing(file: Path) -> None:
    assert Ledger(file).totals() == Totals()


def test_today_leaves_out_yesterday(file: Path) -> None:
    ledger = Ledger(file)
    ledger.add(record(at=local_midnight() - datetime.timedelta(seconds=1)))
    ledger.add(record(at=local_midnight()))
    assert ledger.today().runs == 1
    assert ledger.totals().runs == 2


def test_runs_are_compared_by_time_and_not_by_how_it_was_written(file: Path) -> None:
    ledger = Ledger(file)
    tokyo = datetime.timezone(datetime.timedelta(hours=9))
    ledger.add(record(at=datetime.datetime(2026, 11, 21, 8, 0, tzinfo=tokyo)))
    assert ledger.totals(datetime.datetime(2026, 11, 20, 23, 30, tzinfo=datetime.UTC)).runs == 0
    assert ledger.totals(datetime.datetime(2026, 11, 20, 22, 30, tzinfo=datetime.UTC)).runs == 1


def test_sums_by_skill_come_with_the_busiest_skill_first(file: Path) -> None:
    ledger = Ledger(file)
    for skill in ("draft", "route", "route"):
        ledger.add(record(skill=skill))
    assert {skill: sums.runs for skill, sums in ledger.by_skill().items()} == {"route": 2, "draft": 1}
    assert next(iter(ledger.by_skill())) == "route"


def test_the_panel_holds_what_the_single_queries_give(file: Path) -> None:
    ledger = Ledger(file)
    ledger.add(record())
    panel = ledger.panel(5)
    assert (panel.today, panel.all_time) == (ledger.today(), ledger.totals())
    assert (panel.by_skill, panel.recent) == (ledger.by_skill(), ledger.recent(5))


def test_the_export_holds_every_run_oldest_first(file: Path, tmp_path: Path) -> None:
    ledger = Ledger(file)
    ledger.add(record(task="T01"))
    ledger.add(record(task="T02", first_token_ms=None, findings={}))
    assert ledger.export_csv(tmp_path / "runs.csv") == 2
    with (tmp_path / "runs.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["task"], row["first_token_ms"], row["findings"]) for row in rows] == [
        ("T01", "12.5", "IBAN:2 EMAIL:1"),
        ("T02", "", ""),
    ]


def test_an_export_that_cannot_be_written_is_said_in_words(file: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Choose another folder"):
        Ledger(file).export_csv(tmp_path / "missing" / "runs.csv")


def test_only_the_owner_can_read_the_ledger(file: Path) -> None:
    ledger = Ledger(file)
    ledger.add(record())
    keeper = sqlite3.connect(file)  # keeps the write-ahead log alive
    keeper.execute("SELECT count(*) FROM run").fetchone()
    ledger.add(record())
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    keeper.close()
    assert set(modes.values()) == {0o600}
    assert f"{file.name}-wal" in modes


def test_runs_of_many_threads_are_all_counted(file: Path) -> None:
    ledger = Ledger(file)
    threads = [threading.Thread(target=lambda: [ledger.add(record()) for _ in range(10)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ledger.totals().runs == 80


def test_two_programs_can_share_a_ledger(file: Path) -> None:
    one, other = Ledger(file), Ledger(file)
    one.add(record())
    other.add(record())
    assert one.totals().runs == other.totals().runs == 2


@pytest.mark.parametrize("damage", [b"no database, but long enough to be read", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_ledger_is_kept_aside_and_work_goes_on(file: Path, damage: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(damage)
    ledger = Ledger(file)
    assert ledger.add(record())[1]
    assert ledger.totals().runs == 1
    aside = [path for path in file.parent.iterdir() if path.name.startswith("ledger.broken-")]
    assert [path.read_bytes() for path in aside] == [damage]
    notice = ledger.take_notice()
    assert aside[0].name in notice
    assert ledger.take_notice() == ""


def test_a_ledger_damaged_in_the_middle_is_kept_aside(file: Path) -> None:
    ledger = Ledger(file)
    for _ in range(60):
        ledger.add(record(reason="A sentence that fills a page. " * 100))
    content = bytearray(file.read_bytes())
    content[8192 : 8192 + 4096 * 8] = os.urandom(4096 * 8)
    file.write_bytes(content)
    later = Ledger(file)
    assert later.add(record())[1]
    assert later.totals().runs == 1


def test_a_ledger_of_a_newer_version_is_kept_aside(file: Path) -> None:
    Ledger(file).add(record())
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    ledger = Ledger(file)
    assert ledger.totals().runs == 0
    assert "newer version" in ledger.take_notice()


def test_a_database_of_another_program_is_kept_aside(file: Path) -> None:
    file.parent.mkdir()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE run (other)")
    connection.close()
    assert Ledger(file).add(record())[1]


@pytest.fixture
def locked(file: Path, short_wait: None) -> Iterator[Ledger]:
    """A ledger that another program holds for writing."""
    ledger = Ledger(file)
    ledger.add(record())
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    yield ledger
    holder.execute("ROLLBACK")
    holder.close()


def test_a_locked_ledger_does_not_stop_a_run_and_is_said_once(locked: Ledger) -> None:
    for _ in range(2):
        assert locked.add(record()) == (record(), False)
    assert "Another program holds" in locked.take_notice()
    assert locked.take_notice() == ""


def test_a_locked_ledger_is_not_taken_for_a_damaged_one(locked: Ledger, file: Path) -> None:
    assert Ledger(file).add(record())[1] is False
    assert not [path for path in file.parent.iterdir() if "broken" in path.name]


def test_a_full_disk_does_not_stop_a_run(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(file)
    ledger.add(record())
    small = Ledger._open

    def full(self: Ledger) -> sqlite3.Connection:
        connection = small(self)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(Ledger, "_open", full)
    assert ledger.add(record(reason="x" * 200_000))[1] is False
    assert "disk is full" in ledger.take_notice()


@pytest.mark.parametrize("place", ["a folder", "a file in the way"])
def test_a_ledger_that_cannot_be_made_does_not_stop_a_run(file: Path, place: str) -> None:
    if place == "a folder":
        file.mkdir(parents=True)
    else:
        file.parent.write_text("")
    ledger = Ledger(file)
    assert ledger.add(record())[1] is False
    assert "not counted" in ledger.take_notice()
    with pytest.raises(StorageError):
        ledger.totals()


def test_a_read_only_ledger_does_not_stop_a_run(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(file)
    ledger.add(record())

    def read_only(self: Ledger) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{file}?mode=ro", uri=True)

    monkeypatch.setattr(Ledger, "_open", read_only)
    assert ledger.add(record())[1] is False
    assert "may not be written" in ledger.take_notice()


def test_a_ledger_that_comes_back_is_used_again(file: Path) -> None:
    file.parent.write_text("")
    ledger = Ledger(file)
    assert ledger.add(record())[1] is False
    file.parent.unlink()
    assert ledger.add(record())[1] is True


def test_a_file_deleted_while_the_program_runs_is_begun_anew(file: Path) -> None:
    ledger = Ledger(file)
    ledger.add(record())
    for path in list(file.parent.iterdir()):
        path.unlink()
    assert ledger.add(record())[1] is True
    assert ledger.totals().runs == 1


def test_every_migration_runs_once_and_in_order(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(file).add(record())

    def second(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE run ADD COLUMN later TEXT")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, second))
    Ledger(file).add(record())
    ledger = Ledger(file)
    assert ledger.totals().runs == 2


def test_a_migration_that_fails_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(file).add(record())

    def half(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE run ADD COLUMN later TEXT")
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, half))
    assert Ledger(file).add(record())[1] is False
    monkeypatch.undo()
    assert Ledger(file).totals().runs == 1
