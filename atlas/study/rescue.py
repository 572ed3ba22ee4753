"""Opening a learner's progress: what is damaged is set aside, and a backup is offered."""

from __future__ import annotations

import contextlib
import logging
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from atlas.problems import AtlasError, unreadable
from atlas.study.backups import (
    back_up,
    back_up_daily,
    backups_of,
    copy,
    fault_of,
    is_whole,
    moment_text,
    newest_backup,
)
from atlas.study.database import connect, is_damage, told, turn
from atlas.study.migrations import migrate, refuse_newer

log = logging.getLogger("atlas")
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file belongs to it


class StudyDamaged(AtlasError):  # noqa: N818 - it names a state of the file
    """The progress can't be read: `restore` a backup or `begin_anew`; until then this is raised.

    `aside` is the damaged file under its new name, None where the file was gone; `backup` the
    newest whole backup, None where there is none.
    """

    def __init__(self, path: Path, aside: Path | None, backup: Path | None) -> None:
        self.path, self.aside, self.backup = path, aside, backup
        what = f"was damaged and is kept as {aside.name}" if aside else "is gone"
        way = "there is no backup (acupoint-atlas study restore --empty begins anew)"
        if backup is not None:
            way = f"acupoint-atlas study restore puts back the backup {backup.name}"
        super().__init__(f"{path} {what}: {way}")


def open_study(path: Path) -> sqlite3.Connection:
    """Open or create a file of progress, checked, of today's format and backed up.

    Raises `StudyDamaged`, or `AtlasError` where it is too new or the folder can't be written.
    """
    _make_folder(path.parent)
    with told(path), turn(path):
        _refuse_lost(path)
        try:
            return _checked(path)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
        raise StudyDamaged(path, _set_aside(path), newest_backup(path))


def back_up_today(db: sqlite3.Connection, path: Path) -> None:
    """Make the backup of a day that began while the file was open; raises nothing."""
    try:
        with turn(path):
            _back_up_daily(db, path)
    except sqlite3.Error:  # other windows take long
        log.exception("no backup of %s", path)


def restore(path: Path, backup: Path) -> None:
    """Put back a backup; nothing happens where another window did so already."""
    with told(path), turn(path):
        if path.exists():
            return
        if not is_whole(backup):
            raise AtlasError(f"{backup} is no whole backup: nothing was restored")
        _set_aside(path)  # a log without its file must not be taken for one of the backup
        with closing(sqlite3.connect(backup, isolation_level=None)) as db:
            copy(db, path)


def begin_anew(path: Path) -> None:
    """Create an empty file where there is none; backups and what was set aside stay."""
    _make_folder(path.parent)
    with told(path), turn(path):
        if not path.exists():
            _set_aside(path)
            _checked(path).close()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unreadable(folder, error) from None


def _refuse_lost(path: Path) -> None:
    """A file that is gone or empty is not taken for a new one where there was one before."""
    there = path.exists()
    if there and path.stat().st_size:
        return
    log_left = path.with_name(f"{path.name}-wal").exists()
    aside = None if there else _last_aside(path)
    if there and (log_left or backups_of(path)):
        aside = _set_aside(path)
    backup = newest_backup(path)
    if aside or backup or log_left:
        raise StudyDamaged(path, aside, backup)


def _checked(path: Path) -> sqlite3.Connection:
    """An open file without faults. Raises `sqlite3.DatabaseError` for a damaged one."""
    db = connect(path)
    try:
        refuse_newer(db, path)
        if fault := fault_of(db):
            log.warning("%s: %s", path, fault)
            raise _fault(fault)
        migrate(db, lambda version: back_up(db, path, version))
        _back_up_daily(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _back_up_daily(db: sqlite3.Connection, path: Path) -> None:
    try:
        back_up_daily(db, path)
    except (AtlasError, OSError, sqlite3.Error):  # no reason not to learn today
        log.exception("no backup of %s", path)


def _fault(text: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(text)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _set_aside(path: Path) -> Path | None:
    """Rename a file and what belongs to it; returns its new name, None where it was gone."""
    there = path.exists()
    aside = _free_name(path) if there else _last_aside(path) or _free_name(path)
    try:
        if there:
            path.rename(aside)
        for end in _BESIDE:
            left = aside.with_name(aside.name + end)
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + end).rename(left if not left.exists() else _free(left))
    except OSError as error:
        raise unreadable(path, error) from None
    return aside if there else None


def _free_name(path: Path) -> Path:
    return _free(path.with_name(f"{path.name}.damaged-{moment_text()}"))


def _free(wanted: Path) -> Path:
    """The name, with a number where it is taken: nothing that was set aside is written over."""
    names = (wanted.with_name(f"{wanted.name}.{i}") for i in range(2, 10_000))
    return next(name for name in (wanted, *names) if not name.exists())


def _last_aside(path: Path) -> Path | None:
    own = re.compile(re.escape(path.name) + r"\.damaged-[0-9]{8}-[0-9]{6}(\.[0-9]+)?")
    return max((p for p in path.parent.iterdir() if own.fullmatch(p.name)), default=None)
