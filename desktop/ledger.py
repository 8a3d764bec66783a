"""SQLite: what each run did, took and cost; never text."""

import contextlib
import csv
import datetime
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from desktop.migrations import migrate
from desktop.paths import create_private, private_folder
from models.errors import StorageError

Outcome = Literal["done", "cut", "repeating", "cancelled", "failed", "blocked"]

BUSY_TIMEOUT_MS = 2000
"""How long to wait for another process that holds the ledger."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One row of the ledger. Times in milliseconds, money in USD, sizes in bytes; never content.

    ``findings`` counts findings that block, by entity, and ``dismissed`` those of them that the person declared not
    personal. ``estimated``: tokens and cost by the size of the text, because the host did not report them.
    ``cost_avoided_usd`` is what the same tokens would have cost in the cloud. ``peak_bytes`` (see ``Finished``) is for
    the run at hand and is not stored.
    """

    at: datetime.datetime
    skill: str
    task: str
    engine: str
    model: str
    outcome: Outcome
    reason: str
    prompt_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    first_token_ms: float | None = None
    total_ms: float = 0.0
    cost_usd: float = 0.0
    cost_avoided_usd: float = 0.0
    bytes_sent: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    dismissed: Mapping[str, int] = field(default_factory=dict)
    id: int | None = None
    estimated: bool = False
    peak_bytes: int = 0


COLUMNS = (
    "at", "skill", "task", "engine", "model", "outcome", "reason", "prompt_tokens", "cached_tokens", "output_tokens",
    "first_token_ms", "total_ms", "cost_usd", "cost_avoided_usd", "bytes_sent", "estimated",
)  # fmt: skip
"""Columns of table ``run``, and of the export, which adds ``findings`` and ``dismissed``."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over runs. ``mean_ms`` is the mean total time of the runs that answered (done or cut), None without any."""

    runs: int = 0
    cost_usd: float = 0.0
    cost_avoided_usd: float = 0.0
    bytes_sent: int = 0
    mean_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """What the latency and cost panel shows, read in one go: by skill in the order of most runs, newest runs first."""

    today: Totals
    all_time: Totals
    by_skill: Mapping[str, Totals]
    recent: tuple[RunRecord, ...]


class Ledger:
    """The file of runs. Safe to use from any thread; a connection lives for one call.

    ``notice`` is a sentence for the person when a damaged file was kept aside or a row could not be stored, else "";
    ``take_notice`` gives it once.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._ready = False
        self._notice = ""
        self._notified: set[str] = set()

    @property
    def notice(self) -> str:
        """The sentence not yet taken, or ""."""
        return self._notice

    def take_notice(self) -> str:
        """The sentence for the person, once; "" if there is none. Each kind of trouble is told once a session."""
        notice, self._notice = self._notice, ""
        return notice

    def add(self, record: RunRecord) -> tuple[RunRecord, bool]:
        """Store one run and return it with its ``id``, and whether it was stored. Never raises for a faulty disk."""
        try:
            with self._lock, self._connection() as connection, connection:
                cursor = connection.execute(
                    f"INSERT INTO run ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})",  # noqa: S608 - constants
                    tuple(_cell(record, name) for name in COLUMNS),
                )
                connection.executemany(
                    "INSERT INTO finding (run, entity, count, dismissed) VALUES (?, ?, ?, ?)",
                    [
                        (cursor.lastrowid, entity, count, record.dismissed.get(entity, 0))
                        for entity, count in record.findings.items()
                    ],
                )
            return replace(record, id=cursor.lastrowid), True
        except StorageError as error:
            self._tell("not stored", f"{error.message} This run works, but is not counted in the ledger.")
            return record, False

    def totals(self, since: datetime.datetime | None = None) -> Totals:
        """Sums over the runs since a moment, or over all. Raises StorageError."""
        with self._lock, self._connection() as connection:
            return _totals(connection, since)

    def today(self) -> Totals:
        """Sums over the runs since local midnight. Raises StorageError."""
        return self.totals(local_midnight())

    def by_skill(self, since: datetime.datetime | None = None) -> dict[str, Totals]:
        """Sums by skill, the skill with most runs first. Raises StorageError."""
        with self._lock, self._connection() as connection:
            return _by_skill(connection, since)

    def recent(self, number: int = 50) -> tuple[RunRecord, ...]:
        """The newest runs, newest first, with their findings. Raises StorageError."""
        with self._lock, self._connection() as connection:
            return _recent(connection, number)

    def panel(self, number: int = 50) -> Panel:
        """Everything that the latency and cost panel shows. Raises StorageError."""
        with self._lock, self._connection() as connection:
            return Panel(
                today=_totals(connection, local_midnight()),
                all_time=_totals(connection, None),
                by_skill=_by_skill(connection, None),
                recent=_recent(connection, number),
            )

    def export_csv(self, file: Path) -> int:
        """Write every run to ``file``, oldest first, as UTF-8 CSV; returns the number of runs. Raises StorageError."""
        with self._lock, self._connection() as connection:
            records = _recent(connection, -1)[::-1]
        try:
            with file.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(["id", *COLUMNS, "findings", "dismissed"])
                for record in records:
                    row = [_utc(record.at) if name == "at" else getattr(record, name) for name in COLUMNS]
                    writer.writerow([record.id, *row, _pairs(record.findings), _pairs(record.dismissed)])
        except OSError as error:
            raise StorageError(
                "The ledger was not exported",
                "The file could not be written. The ledger itself is unchanged. Choose another folder and try again.",
            ) from error
        return len(records)

    @contextlib.contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection for the tables that other modules read and write. Raises StorageError."""
        with self._lock, self._connection() as connection:
            yield connection

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection to a file that is there, sound and up to date; closed at the end."""
        try:
            if not (self._ready and self._file.exists()):
                self._prepare()
            connection = self._open()
            try:
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            self._ready = False
            raise _storage_error(error) from error
        except OSError as error:
            self._ready = False
            raise _storage_error(None) from error

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level="DEFERRED")
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error:  # not a database, say
            connection.close()
            raise
        return connection

    def _prepare(self) -> None:
        """Make or check the file once; a damaged one is kept aside and a new one begun."""
        private_folder(self._file.parent)
        create_private(self._file)
        try:
            self._check()
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise  # locked, read-only, full: the file itself may be sound
            self._keep_aside()
            create_private(self._file)
            self._check()
        self._ready = True

    def _check(self) -> None:
        connection = self._open()
        try:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if verdict != "ok":
                raise sqlite3.DatabaseError("damaged")
            connection.isolation_level = None
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection)
            connection.execute(f"SELECT {', '.join(COLUMNS)} FROM run LIMIT 1")  # noqa: S608 - constants
        finally:
            connection.close()

    def _keep_aside(self) -> None:
        stamp = datetime.datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S-%f")
        aside = self._file.with_name(f"{self._file.stem}.broken-{stamp}{self._file.suffix}")
        self._file.replace(aside)
        for suffix in ("-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        self._tell(
            "damaged",
            f"The ledger of runs was damaged or from a newer version. It was kept as {aside.name} and a new one begun. "
            "Your documents are not affected: the ledger never holds text.",
        )

    def _tell(self, kind: str, sentence: str) -> None:
        if kind not in self._notified:
            self._notified.add(kind)
            self._notice = f"{self._notice} {sentence}".strip()


def local_midnight() -> datetime.datetime:
    """When today began, by the clock on the wall."""
    return datetime.datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)


def month_start() -> datetime.datetime:
    """When this month began, by the clock on the wall."""
    return local_midnight().replace(day=1)


def _cell(record: RunRecord, name: str) -> object:
    if name == "at":
        return _utc(record.at)
    if name == "outcome" and record.outcome == "repeating":
        return "cut"  # in the books both are answers that are not whole
    return getattr(record, name)


def _utc(moment: datetime.datetime) -> str:
    """ISO 8601 in UTC with microseconds, so that text order is time order."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")


_SUMS = """
    count(*), coalesce(sum(cost_usd), 0.0), coalesce(sum(cost_avoided_usd), 0.0), coalesce(sum(bytes_sent), 0),
    avg(CASE WHEN outcome IN ('done', 'cut') THEN total_ms END)
"""


def _totals(connection: sqlite3.Connection, since: datetime.datetime | None) -> Totals:
    row = connection.execute(f"SELECT {_SUMS} FROM run WHERE at >= ?", (_utc(since) if since else "",)).fetchone()  # noqa: S608 - constants
    return Totals(*row)


def _by_skill(connection: sqlite3.Connection, since: datetime.datetime | None) -> dict[str, Totals]:
    rows = connection.execute(
        f"SELECT skill, {_SUMS} FROM run WHERE at >= ? GROUP BY skill ORDER BY count(*) DESC, skill",  # noqa: S608 - constants
        (_utc(since) if since else "",),
    )
    return {skill: Totals(*sums) for skill, *sums in rows}


def _recent(connection: sqlite3.Connection, number: int) -> tuple[RunRecord, ...]:
    """The newest ``number`` runs, or all if negative."""
    rows = connection.execute(
        f"SELECT id, {', '.join(COLUMNS)} FROM run ORDER BY id DESC LIMIT ?",  # noqa: S608 - constants
        (number,),
    ).fetchall()
    findings: dict[int, dict[str, int]] = {}
    dismissed: dict[int, dict[str, int]] = {}
    oldest = rows[-1][0] if rows else 0
    for run, entity, count, gone in connection.execute(
        "SELECT run, entity, count, dismissed FROM finding WHERE run >= ? ORDER BY run, count DESC, entity", (oldest,)
    ):
        findings.setdefault(run, {})[entity] = count
        if gone:
            dismissed.setdefault(run, {})[entity] = gone
    return tuple(_record(row, findings.get(row[0], {}), dismissed.get(row[0], {})) for row in rows)


def _pairs(counts: Mapping[str, int]) -> str:
    """Counts by entity in one cell of the export."""
    return " ".join(f"{entity}:{count}" for entity, count in counts.items())


def _record(row: tuple[Any, ...], findings: Mapping[str, int], dismissed: Mapping[str, int]) -> RunRecord:
    """A row of ``id`` and COLUMNS as a record."""
    values = dict(zip(("id", *COLUMNS), row, strict=True))
    values["at"] = datetime.datetime.fromisoformat(values["at"])
    values["estimated"] = bool(values["estimated"])
    return RunRecord(**values, findings=findings, dismissed=dismissed)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is at fault: damaged, no database, or one whose tables are not ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # raised by our own checks
        return not isinstance(error, sqlite3.OperationalError)
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


def _storage_error(error: sqlite3.Error | None) -> StorageError:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        what = "Another program holds the ledger of runs."
    elif primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        what = "The ledger of runs may not be written to on this disk."
    elif primary == sqlite3.SQLITE_FULL:
        what = "The disk is full, so the ledger of runs cannot grow."
    else:
        what = "The ledger of runs could not be read or written."
    return StorageError("The ledger is out of reach", f"{what} Your documents are not affected.")
