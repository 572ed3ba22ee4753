"""A damaged file is set aside and a backup is offered."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.problems import AtlasError
from atlas.study.backups import backups_of
from atlas.study.records import Review
from atlas.study.rescue import StudyDamaged, begin_anew, open_study, restore
from atlas.study.store import Store

PAGE = 4096
GARBAGE = random.Random(1).randbytes(1 << 20)


def garbled(content: bytes, start: int, length: int) -> bytes:
    return content[:start] + GARBAGE[:length] + content[start + length :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "all garbage": lambda old: GARBAGE[: len(old)],
    "garbage header": lambda old: garbled(old, 0, 100),
    "another program's header": lambda old: garbled(old, 68, 4),
    "garbage in the middle": lambda old: garbled(old, len(old) // 2, PAGE),
    "empty": lambda old: b"",
    "a few bytes": lambda old: old[:50],
    "one page": lambda old: old[:PAGE],
    "half": lambda old: old[: len(old) // 2],
    "the end is missing": lambda old: old[:-PAGE],
    "a moment that is none": lambda old: old.replace(b"T", b"\0", 40),
    "a card that is none": lambda old: old.replace(b"locate:BL7", b"locate:BL\xff"),
    "bytes that are no text": lambda old: old.replace(b"level with L2", b"level with \xff2"),
}


def damaged(path: Path) -> StudyDamaged:
    with pytest.raises(StudyDamaged) as caught:
        open_study(path)
    return caught.value


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_kept_and_the_backup_restored(
    path: Path, used: list[Review], damage: Callable[[bytes], bytes]
) -> None:
    path.write_bytes(damage(path.read_bytes()))
    content = path.read_bytes()
    (backup,) = backups_of(path)
    found = damaged(path)
    assert found.aside is not None
    assert found.aside.read_bytes() == content
    assert found.aside.name.startswith("study.db.damaged-")
    assert found.backup == backup
    assert str(found) == (
        f"{path} was damaged and is kept as {found.aside.name}: "
        f"acupoint-atlas study restore puts back the backup {backup.name}"
    )
    restore(path, backup)
    with Store(path) as store:
        assert store.reviews() == used[:150]
        store.add_review(Review("locate:BL23", 3))
    assert found.aside.read_bytes() == content
    assert backup.exists()


def test_whichever_page_is_overwritten_no_answer_is_lost_in_silence(
    path: Path, used: list[Review]
) -> None:
    sound = path.read_bytes()
    for start in range(0, len(sound), PAGE):
        path.write_bytes(garbled(sound, start, PAGE))
        assert damaged(path).backup is not None


def test_the_offer_stands_until_it_is_answered(path: Path, used: list[Review]) -> None:
    path.write_bytes(GARBAGE)
    first, second = damaged(path), damaged(path)
    assert (first.aside, first.backup) == (second.aside, second.backup)
    assert len(list(path.parent.glob("*.damaged-*"))) == 1


def test_without_a_backup_it_begins_anew(path: Path) -> None:
    Store(path).close()
    path.write_bytes(GARBAGE)
    found = damaged(path)
    assert found.backup is None
    assert str(found).endswith(": there is no backup (acupoint-atlas study restore --empty "
                               "begins anew)")  # fmt: skip
    begin_anew(path)
    with Store(path) as store:
        assert store.reviews() == []
    assert found.aside is not None
    assert found.aside.read_bytes() == GARBAGE


def test_a_file_that_is_gone_is_not_taken_for_a_new_one(path: Path, used: list[Review]) -> None:
    path.unlink()
    found = damaged(path)
    assert found.aside is None
    assert str(found).startswith(f"{path} is gone: acupoint-atlas study restore puts back ")
    begin_anew(path)
    with Store(path) as store:
        assert store.reviews() == []


def test_a_damaged_backup_is_not_offered(path: Path, used: list[Review]) -> None:
    (newer,) = backups_of(path)
    older = newer.rename(newer.with_name("study-20200101-000000.db"))
    newer.write_bytes(garbled(older.read_bytes(), PAGE, PAGE * 2))
    path.write_bytes(GARBAGE)
    assert damaged(path).backup == older
    with pytest.raises(AtlasError, match="is no whole backup: nothing was restored"):
        restore(path, newer)
    assert not path.exists()


@pytest.mark.parametrize("content", [GARBAGE, b""])
def test_the_log_of_a_damaged_file_goes_with_it(
    path: Path, used: list[Review], content: bytes
) -> None:
    with Store(path) as store:
        answer = store.add_review(Review("locate:BL23", 3))
        log = path.with_name("study.db-wal").read_bytes()
    path.write_bytes(content)
    path.with_name("study.db-wal").write_bytes(log)
    found = damaged(path)
    assert found.aside is not None
    kept = [each.read_bytes() for each in path.parent.glob(f"{found.aside.name}*")]
    assert answer.uid.encode() in b"".join(kept), "SQLite may have written it into the file"
    assert not path.with_name("study.db-wal").exists()


@pytest.mark.parametrize("there", [True, False])
def test_a_log_without_its_file_is_kept(path: Path, there: bool) -> None:
    with Store(path) as store:
        store.add_review(Review("locate:BL23", 3))
        log = path.with_name("study.db-wal").read_bytes()
    path.unlink()
    if there:
        path.write_bytes(b"")
    path.with_name("study.db-wal").write_bytes(log)
    assert damaged(path).backup is None
    begin_anew(path)
    with Store(path) as store:
        assert store.reviews() == []
    assert log in [each.read_bytes() for each in path.parent.glob("*.damaged-*-wal")]


def test_a_kill_between_the_file_and_its_log_does_no_harm(path: Path, used: list[Review]) -> None:
    with Store(path) as store:
        for _ in range(20):
            store.add_review(Review("locate:BL23", 3))
        log = path.with_name("study.db-wal").read_bytes()
    aside = path.rename(path.with_name("study.db.damaged-20260101-000000"))
    path.with_name("study.db-wal").write_bytes(log)
    found = damaged(path)
    assert found.aside == aside
    assert found.backup is not None
    restore(path, found.backup)
    assert aside.with_name(aside.name + "-wal").read_bytes() == log
    with Store(path) as store:
        assert store.reviews() == used[:150]


def test_nothing_that_was_set_aside_is_written_over(path: Path, used: list[Review]) -> None:
    contents = [bytes([65 + i]) * 999 for i in range(4)]
    for content in contents:
        path.write_bytes(content)
        damaged(path)
    kept = path.parent.glob("study.db.damaged-*")
    assert sorted(each.read_bytes() for each in kept) == contents


def test_what_another_window_restored_stays(path: Path, used: list[Review]) -> None:
    (backup,) = backups_of(path)
    restore(path, backup)
    begin_anew(path)
    with Store(path) as store:
        assert store.reviews() == used


def test_a_file_that_was_killed_in_use_is_sound(path: Path, used: list[Review]) -> None:
    copied = path.parent.parent / "copy" / "study.db"
    copied.parent.mkdir()
    with Store(path) as store:
        answer = store.add_review(Review("locate:BL23", 3))
        for end in ("", "-wal"):  # as a kill leaves it
            shutil.copyfile(f"{path}{end}", f"{copied}{end}")
    with Store(copied) as store:
        assert store.reviews() == [*used, answer]
