"""The ledger's schema as numbered steps; ``PRAGMA user_version`` says how many of them a file has had."""

import sqlite3
from collections.abc import Callable


def _first_tables(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            skill TEXT NOT NULL,
            task TEXT NOT NULL,
            engine TEXT NOT NULL,
            model TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('done', 'cut', 'cancelled', 'failed', 'blocked')),
            reason TEXT NOT NULL,
            prompt_tokens INTEGER NOT NULL,
            cached_tokens INTEGER NOT NULL,
            output_tokens INTEGER NOT NULL,
            first_token_ms REAL,
            total_ms REAL NOT NULL,
            cost_usd REAL NOT NULL,
            cost_avoided_usd REAL NOT NULL,
            bytes_sent INTEGER NOT NULL
        ) STRICT
        """
    )
    connection.execute(
        """
        CREATE TABLE finding (
            run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            entity TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (run, entity)
        ) STRICT, WITHOUT ROWID
        """
    )
    connection.execute("CREATE INDEX run_at ON run (at)")


def _count_dismissals(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE finding ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0")


def _mark_estimates(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE run ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0")


def _compare_drafts(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE comparison (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            task TEXT NOT NULL,
            model TEXT NOT NULL,
            local_ms REAL NOT NULL,
            cloud_ms REAL NOT NULL,
            cloud_usd REAL NOT NULL,
            better TEXT NOT NULL CHECK (better IN ('local', 'cloud', 'same'))
        ) STRICT
        """
    )


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _first_tables,
    _count_dismissals,
    _mark_estimates,
    _compare_drafts,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema up to date, each step in a transaction of its own with its number.

    Raises:
        sqlite3.DatabaseError: the file is no ledger, or was written by a newer version of the program.
    """
    have = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if have > len(MIGRATIONS):
        raise sqlite3.DatabaseError("newer version")
    for number, step in enumerate(MIGRATIONS[have:], start=have + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have taken this step while this one waited for the lock.
            if int(connection.execute("PRAGMA user_version").fetchone()[0]) < number:
                step(connection)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
