"""Copies of a learner's progress: one each day of study, one before each change of the format."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from atlas.problems import unreadable
from atlas.study.migrations import APPLICATION_ID, MIGRATIONS, version_of

KEPT = 7
_NAME = re.compile(r".+?-(?P<moment>[0-9]{8}-[0-9]{6})(?P<reason>-format-[0-9]+)?\.db")
_MOMENT = "%Y%m%d-%H%M%S"


def moment_text() -> str:
    """This moment as it stands in the names of files, in UTC."""
    return _now().strftime(_MOMENT)


def today() -> str:
    """The day as it stands in the names of backups, in UTC."""
    return moment_text()[:8]


def backups_of(path: Path) -> list[Path]:
    """All backups of a file, the newest first; a half-written one has another name.

    Those whose moment is still to come are last: the clock was ahead, nobody knows how far.
    """
    now = moment_text()

    def age(backup: Path) -> tuple[str, str]:
        moment = _moment(backup)
        return moment if moment <= now else "", backup.name

    return sorted((path.parent / "backups").glob(f"{path.stem}-*.db"), key=age, reverse=True)


def newest_backup(path: Path) -> Path | None:
    """The newest backup that is whole."""
    return next(filter(is_whole, backups_of(path)), None)


def is_whole(backup: Path) -> bool:
    """Whether a backup can be restored."""
    try:
        with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as db:
            own = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            known = 0 < version_of(db) <= len(MIGRATIONS)
            return own and known and fault_of(db) == ""
    except sqlite3.Error:
        return False


def fault_of(db: sqlite3.Connection) -> str:
    """What is wrong with the content of a file, or nothing. May raise `sqlite3.Error` too."""
    found: str = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        return found
    tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for _ in db.execute(f'SELECT * FROM "{table}"'):
            pass  # bytes that are no text raise
    if tables and db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return "it is not a file of the atlas"
    return ""


def back_up(db: sqlite3.Connection, path: Path, before_format: int | None = None) -> Path:
    """Copy a file as it is now, whole or not at all, and return the copy."""
    reason = "" if before_format is None else f"-format-{before_format}"
    backup = path.parent / "backups" / f"{path.stem}-{moment_text()}{reason}.db"
    copy(db, backup)
    return backup


def back_up_daily(db: sqlite3.Connection, path: Path) -> None:
    """Make a backup where there is none of today; the oldest ones go."""
    daily = [backup for backup in backups_of(path) if _is_daily(backup)]
    if not _is_used(db) or any(_is_of_today(backup) for backup in daily):
        return
    back_up(db, path)
    for backup in daily[KEPT - 1 :]:
        backup.unlink(missing_ok=True)


def copy(db: sqlite3.Connection, target: Path) -> None:
    """Copy an open file so that the target is whole or not there. Raises `AtlasError`."""
    draft = target.with_name("draft.new")  # one at a time: windows take turns
    try:
        target.parent.mkdir(exist_ok=True)
        draft.unlink(missing_ok=True)  # of a process that was killed
        with closing(sqlite3.connect(draft, isolation_level=None)) as copied:
            db.backup(copied)
            copied.execute("PRAGMA journal_mode = DELETE")  # nothing beside it is part of it
        draft.replace(target)
        _flush(target.parent)
    except BaseException as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise unreadable(target, error) from None
        raise


def _flush(folder: Path) -> None:
    """Let a new name in a folder survive a power cut, where systems need to be told."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _is_used(db: sqlite3.Connection) -> bool:
    """Whether there is anything to lose."""
    tables = ("reviews", "notes", "collections")
    found = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables)
    return bool(db.execute(f"SELECT {found}").fetchone()[0])


def _is_daily(backup: Path) -> bool:
    match = _NAME.fullmatch(backup.name)
    return match is not None and match["reason"] is None


def _moment(backup: Path) -> str:
    """When a backup was made, as text; a name that somebody else made up is of no time."""
    match = _NAME.fullmatch(backup.name)
    return match["moment"] if match else ""


def _is_of_today(backup: Path) -> bool:
    return today() <= _moment(backup) <= moment_text()  # not of a clock that was ahead


def _now() -> datetime:
    return datetime.now(UTC)
