"""Backups and changes of the format."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from atlas.problems import AtlasError
from atlas.study import backups, database
from atlas.study.backups import backups_of, is_whole, newest_backup
from atlas.study.migrations import MIGRATIONS, version_of
from atlas.study.records import Review
from atlas.study.rescue import open_study
from atlas.study.store import Store

NEXT = ("ALTER TABLE reviews ADD COLUMN hint INTEGER NOT NULL DEFAULT 0",)


@pytest.fixture
def newer() -> Iterator[None]:
    """An atlas with one format more."""
    MIGRATIONS.append(NEXT)
    yield
    MIGRATIONS.remove(NEXT)


def names(path: Path) -> list[str]:
    return [backup.name for backup in backups_of(path)]


def test_an_empty_file_needs_no_backup(path: Path) -> None:
    Store(path).close()
    Store(path).close()
    assert names(path) == []


def test_one_backup_a_day(path: Path, used: list[Review]) -> None:
    (first,) = backups_of(path)
    Store(path).close()
    assert backups_of(path) == [first]
    old = first.rename(first.with_name("study-20260101-120000.db"))
    Store(path).close()
    newest, oldest = backups_of(path)
    assert oldest == old
    assert is_whole(newest)
    assert not list(newest.parent.glob("*-wal"))


def test_seven_days_are_kept(path: Path, used: list[Review]) -> None:
    (first,) = backups_of(path)
    for day in range(1, 10):
        shutil.copyfile(first, first.with_name(f"study-2026010{day}-120000.db"))
    before = first.rename(first.with_name("study-20250101-120000-format-1.db"))
    Store(path).close()
    kept = names(path)
    assert kept[1:7] == [f"study-2026010{day}-120000.db" for day in range(9, 3, -1)]
    assert kept[7:] == [before.name], "what was made before a migration stays"


class Clock:
    """What the files are told the time is."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = datetime(2026, 5, 5, 12, tzinfo=UTC)
        patch.setattr(backups, "_now", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_a_window_that_stays_open_makes_a_backup_each_day_of_study(
    clock: Clock, path: Path, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.add_review(Review("locate:BL23", 3))
    assert names(path) == []
    made: list[str] = []
    for day in (6, 8):
        clock.now = datetime(2026, 5, day, 1, tzinfo=UTC)
        made.insert(0, f"study-2026050{day}-010000.db")
        for _ in range(2):
            store.add_review(Review("locate:BL23", 3))
            assert names(path) == made
            clock.now += timedelta(hours=22)
    assert all(map(is_whole, backups_of(path)))
    clock.now += timedelta(days=1)
    with Store(path) as other:
        assert len(names(path)) == 3
        store.add_review(Review("locate:BL23", 3))
        assert len(other.reviews()) == 6
    assert len(names(path)) == 3, "another window has made that of the day"
    assert caplog.text == ""


@pytest.mark.parametrize("why", ["no folder", "no turn"])
def test_an_answer_is_kept_although_no_backup_can_be_made(
    clock: Clock, path: Path, store: Store, why: str,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr(database, "LONG_PATIENCE", 0.0)
    clock.now += timedelta(days=1)
    if why == "no folder":
        (path.parent / "backups").write_bytes(b"a file")
        given = store.add_review(Review("locate:BL23", 3))
    else:
        with database.turn(path):
            given = store.add_review(Review("locate:BL23", 3))
    assert store.reviews() == [given]
    assert f"no backup of {path}" in caplog.text


def test_a_backup_of_a_clock_that_was_ahead_is_not_the_newest(
    clock: Clock, path: Path, used: list[Review]
) -> None:
    (first,) = backups_of(path)
    ahead = first.with_name("study-20310101-120000.db")
    made_up = first.with_name("study-of-mine.db")
    for other in (ahead, made_up):
        shutil.copyfile(first, other)
    assert names(path) == [first.name, made_up.name, ahead.name]
    assert newest_backup(path) == first
    first.unlink()
    assert newest_backup(path) == made_up, "better than none"


def test_backups_of_a_clock_that_was_ahead_push_out_no_other(
    clock: Clock, path: Path, used: list[Review]
) -> None:
    (first,) = backups_of(path)
    for day in range(1, 8):
        shutil.copyfile(first, first.with_name(f"study-2031010{day}-120000.db"))
    made: list[str] = []
    for _ in range(7):
        clock.now += timedelta(days=1)
        Store(path).close()
        made.insert(0, f"study-{clock.now:%Y%m%d}-120000.db")
    assert names(path) == made


def test_a_backup_is_made_although_there_is_one_of_a_clock_that_was_ahead(
    clock: Clock, path: Path, used: list[Review]
) -> None:
    (first,) = backups_of(path)
    ahead = first.rename(first.with_name("study-20260505-120001.db"))
    Store(path).close()
    assert names(path) == ["study-20260505-120000.db", ahead.name]
    Store(path).close()
    assert len(names(path)) == 2
    clock.now += timedelta(seconds=1)
    Store(path).close()
    assert names(path) == [ahead.name, "study-20260505-120000.db"], "its time has come"


def test_a_backup_that_cannot_be_made_stops_nobody_from_learning(
    path: Path, used: list[Review], caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(path.parent / "backups")
    (path.parent / "backups").write_bytes(b"a file")
    with caplog.at_level(logging.ERROR), Store(path) as store:
        assert store.reviews() == used
    assert f"no backup of {path}" in caplog.text


@pytest.mark.usefixtures("used", "newer")
def test_a_backup_is_made_before_the_format_changes(path: Path) -> None:
    with closing(open_study(path)) as db:
        assert version_of(db) == 2
        assert db.execute("SELECT sum(hint), count(*) FROM reviews").fetchone() == (0, 300)
    (backup,) = (backup for backup in backups_of(path) if backup.name.endswith("-format-1.db"))
    with closing(sqlite3.connect(backup)) as db:
        assert version_of(db) == 1
        assert db.execute("SELECT count(*) FROM reviews").fetchone() == (300,)


@pytest.mark.usefixtures("newer")
def test_a_new_file_has_the_newest_format_at_once(path: Path) -> None:
    with closing(open_study(path)) as db:
        assert version_of(db) == 2
    assert names(path) == []


@pytest.mark.usefixtures("newer")
def test_a_step_that_fails_changes_nothing(path: Path) -> None:
    MIGRATIONS.remove(NEXT)
    with Store(path) as store:
        answer = store.add_review(Review("locate:BL23", 3))
    MIGRATIONS.append(NEXT)
    MIGRATIONS.append(("CREATE TABLE more (id INTEGER)", "no SQL"))
    try:
        with pytest.raises(AtlasError, match=r"study\.db: the database reports: .*syntax error"):
            open_study(path)
    finally:
        MIGRATIONS.pop()
    with closing(sqlite3.connect(path)) as db:
        assert version_of(db) == 2, "the step before was whole"
        assert db.execute("SELECT name FROM sqlite_schema WHERE name = 'more'").fetchall() == []
    assert [name[-11:] for name in names(path)] == ["format-2.db", "format-1.db"]
    with Store(path) as store:
        assert store.reviews() == [answer]


@pytest.mark.usefixtures("used", "newer")
def test_without_a_backup_the_format_does_not_change(path: Path) -> None:
    shutil.rmtree(path.parent / "backups")
    (path.parent / "backups").write_bytes(b"a file")
    with pytest.raises(AtlasError, match=r"backups.*: (file exists|not a directory)$"):
        open_study(path)
    with closing(sqlite3.connect(path)) as db:
        assert version_of(db) == 1


def test_a_file_of_a_newer_version_is_refused_and_stays(path: Path, used: list[Review]) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 9")
    content = path.read_bytes()
    with pytest.raises(AtlasError) as caught:
        open_study(path)
    assert str(caught.value) == (
        f"{path} was written by a newer version of the atlas "
        "(format 9, this one knows up to 1): update the atlas"
    )
    assert path.read_bytes() == content
    assert not list(path.parent.glob("*.damaged-*"))
