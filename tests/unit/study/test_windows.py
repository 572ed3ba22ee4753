"""Two windows at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atlas.problems import AtlasError
from atlas.study import database, tables
from atlas.study.records import Progress, Review
from atlas.study.rescue import begin_anew
from atlas.study.store import Store, StudySetAside
from tests.unit.study.processes import lines_of, start

WRITES: dict[str, Callable[[Store, str], object]] = {
    "answer": lambda store, uid: store.add_review(Review("locate:BL25", 3)),
    "take back": lambda store, uid: store.withdraw(uid),
    "correct": lambda store, uid: store.correct(uid, 1),
    "note": lambda store, uid: store.set_note("BL23", "level with L2"),
    "list": lambda store, uid: store.set_collection("exam", ["BL23"]),
    "remove": lambda store, uid: store.remove_collection("exam"),
    "import": lambda store, uid: store.merge(Progress([Review("locate:BL25", 3)])),
}


def test_processes_that_write_at_once_lose_nothing(store: Store, path: Path) -> None:
    running = [start("answer", path, 150) for _ in range(3)]
    own = [store.add_review(Review("locate:GV4", 3)).uid for _ in range(150)]
    heard = [line.split() for process in running for line in lines_of(process)]
    assert [process.returncode for process in running] == [0, 0, 0]
    answered = {line[1] for line in heard if line[0] == "answered"}
    undone = {line[1] for line in heard if line[0] == "undone"}
    assert (len(answered), len(undone)) == (450, 90)
    assert {review.uid for review in store.reviews()} == answered - undone | set(own)


def test_processes_that_open_a_new_file_at_once(path: Path) -> None:
    running = [start("answer", path, 3) for _ in range(4)]
    said = [lines_of(process) for process in running]
    assert [process.returncode for process in running] == [0] * 4
    with Store(path) as store:
        assert len(store.reviews()) == sum(len(lines) - 1 for lines in said)


def test_processes_that_find_a_damaged_file_at_once(path: Path, used: list[Review]) -> None:
    path.write_bytes(b"x" * 5000)
    said = [lines_of(p) for p in [start("open", path) for _ in range(4)]]
    (aside,) = path.parent.glob("study.db.damaged-*")
    assert len(set(map(tuple, said))) == 1
    assert f"was damaged and is kept as {aside.name}: " in said[0][1]


CHANGES: dict[str, Callable[[Store, str], object]] = {
    name: WRITES[name] for name in ("answer", "take back", "correct", "import")
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_answer_in_another_window_is_noticed_until_it_was_read(
    store: Store, path: Path, change: Callable[[Store, str], object]
) -> None:
    given = store.add_review(Review("locate:BL23", 3))
    assert not store.changed_elsewhere(), "one's own answer"
    with Store(path) as other:
        assert not store.changed_elsewhere()
        change(other, given.uid)
        assert not other.changed_elsewhere()
        for _ in range(2):
            assert store.changed_elsewhere()
        store.add_review(Review("locate:BL40", 3))
        assert store.changed_elsewhere(), "one's own answer hides nothing"
        assert other.changed_elsewhere()
        assert store.reviews() == other.reviews()
        assert not store.changed_elsewhere()
        assert not other.changed_elsewhere()


def test_a_read_that_fails_does_not_count(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise AtlasError("the disk reports a fault")

    with Store(path) as other:
        other.add_review(Review("locate:BL23", 3))
    assert store.changed_elsewhere()
    with monkeypatch.context() as patch:
        patch.setattr(tables, "read_reviews", fail)
        with pytest.raises(AtlasError):
            store.reviews()
    assert store.changed_elsewhere()
    store.reviews()
    assert not store.changed_elsewhere()


def test_a_read_for_something_else_does_not_count(store: Store, path: Path) -> None:
    with Store(path) as other:
        other.add_review(Review("locate:BL23", 3))
    store.reviews()
    assert store.changed_elsewhere()
    store.reviews()
    assert not store.changed_elsewhere()


def test_a_write_that_fails_does_not_count(store: Store, path: Path) -> None:
    given = store.add_review(Review("locate:BL23", 3))
    with pytest.raises(ValueError, match="rating 5"):
        store.correct(given.uid, 5)
    assert not store.changed_elsewhere()
    with Store(path) as other:
        other.add_review(Review("locate:BL23", 3))
    with pytest.raises(ValueError, match="rating 5"):
        store.correct(given.uid, 5)
    assert store.changed_elsewhere()


def test_an_answer_that_comes_in_while_others_are_read_is_noticed(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = tables.read_reviews

    def read_late(*args: Any) -> list[Review]:
        found = read(*args)
        if args[0] is store._db:
            other.add_review(Review("locate:BL23", 3))
        return found

    with Store(path) as other:
        with monkeypatch.context() as patch:
            other.add_review(Review("locate:BL23", 3))
            assert store.changed_elsewhere()
            patch.setattr(tables, "read_reviews", read_late)
            assert len(store.reviews()) == 1
        assert store.changed_elsewhere()


def test_notes_and_lists_change_nothing_that_is_answered(store: Store, path: Path) -> None:
    given = store.add_review(Review("locate:BL23", 3))
    with Store(path) as other:
        for name in ("note", "list", "remove"):
            WRITES[name](other, given.uid)
    assert not store.changed_elsewhere()


def test_a_window_that_never_stops_writing_is_told_of(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.0)
    with Store(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(AtlasError, match=r"study\.db: another window is writing into it"):
            store.add_review(Review("locate:BL23", 3))
        other.execute("ROLLBACK")
        other.close()
        store.add_review(Review("locate:BL23", 3))
        assert len(store.reviews()) == 1


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_nothing_goes_into_a_file_that_was_set_aside(
    store: Store, path: Path, write: Callable[[Store, str], object]
) -> None:
    given = store.add_review(Review("locate:BL23", 3))
    path.rename(path.with_name("study.db.damaged-20260101-000000"))
    before = store.everything()
    with pytest.raises(StudySetAside, match="was set aside by another window: open it again") as e:
        write(store, given.uid)
    assert e.value.path == path
    assert store.everything() == before
    store.close()
    begin_anew(path)
    with Store(path) as again:
        write(again, given.uid)
