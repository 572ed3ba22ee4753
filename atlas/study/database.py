"""The connection to the file of a learner's progress, and its faults in one sentence each."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from atlas.problems import AtlasError, unreadable

log = logging.getLogger("atlas")
PATIENCE = 10.0  # seconds to wait for another window; each writes for milliseconds
LONG_PATIENCE = 60.0  # and to wait until it has checked and migrated the file
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_REASONS = {
    sqlite3.SQLITE_BUSY: "another window is writing into it; try again",
    sqlite3.SQLITE_LOCKED: "another window is writing into it; try again",
    sqlite3.SQLITE_READONLY: "it can't be written; give yourself the right to write there",
    sqlite3.SQLITE_PERM: "it can't be written; give yourself the right to write there",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened; its folder must be one where you may write",
    sqlite3.SQLITE_FULL: "no space is left on the disk",
    sqlite3.SQLITE_IOERR: "the disk reports a fault",
    **dict.fromkeys(_DAMAGE, "it is damaged; start again, and the newest backup is offered"),
}


def connect(path: Path) -> sqlite3.Connection:
    """Open or create a file so that what is committed survives kill -9 and a power cut."""
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA fullfsync = ON")  # macOS, where fsync alone does not reach the disk
        db.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def writing(db: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside is there afterwards, or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Windows that open the same file check, migrate and restore it one after the other.

    The lock is SQLite's own on an empty file beside: it ends with the process that holds it.
    """
    lock = sqlite3.connect(path.with_suffix(".lock"), timeout=LONG_PATIENCE, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the content of the file is not what was written."""
    return _code(error) in _DAMAGE


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Faults of the file or the disk become one sentence that the learner can act on."""
    try:
        yield
    except sqlite3.Error as error:
        reason = _REASONS.get(_code(error))
        if reason is None:
            log.exception("%s", path)
            reason = f"the database reports: {' '.join(str(error).split()).rstrip('.')}"
        raise AtlasError(f"{path}: {reason}") from error
    except OSError as error:
        raise unreadable(path, error) from error


def _code(error: sqlite3.Error) -> int:
    if isinstance(error, sqlite3.OperationalError):  # from Python itself: bytes that are no text
        return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
