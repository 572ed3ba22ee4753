"""Answers, notes and collections."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from atlas import resources
from atlas.problems import AtlasError
from atlas.study import database, records, tables
from atlas.study.history import History
from atlas.study.records import Collection, Note, Progress, Review, Withdrawal, stamp
from atlas.study.schedule import Schedule
from atlas.study.store import Store
from atlas.study.transfer import export_text, import_file

NOBODY = 65534


def at(day: int) -> str:
    return stamp(datetime(2026, 5, day, tzinfo=UTC))


def test_an_answer_is_there_when_the_file_is_opened_again(path: Path) -> None:
    review = Review(
        "locate:BL23", 2, miss=0.75, parts={"lateral": 0.6, "inferior": -0.45},
        map_id="back", milliseconds=4200,
    )  # fmt: skip
    with Store(path) as store:
        assert store.add_review(review) == review
    with Store(path) as store:
        assert store.reviews() == [review]


def test_the_file_is_in_the_folder_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACUPOINT_ATLAS_HOME", str(tmp_path))
    with Store() as store:
        assert store.path == resources.progress_folder() / "study.db"
    assert (tmp_path / "data" / "study.db").is_file()


def test_the_disk_has_what_is_written(store: Store) -> None:
    def value(name: str) -> object:
        return store._db.execute(f"PRAGMA {name}").fetchone()[0]

    assert value("journal_mode") == "wal"
    assert value("synchronous") == 2  # FULL
    assert value("foreign_keys") == 1
    assert value("busy_timeout") == 10_000


def test_answers_come_by_time(store: Store) -> None:
    late, early = Review("locate:BL23", 3, at=at(9)), Review("locate:BL23", 1, at=at(2))
    other = Review("name:BL23", 4, at=at(5))
    store.merge(Progress([late, early]))
    store.merge(Progress([other]))
    assert store.reviews() == [early, other, late]


NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize("back", [timedelta(), timedelta(microseconds=1), timedelta(hours=23)])
def test_an_answer_is_the_last_although_the_clock_was_put_back(
    store: Store, back: timedelta
) -> None:
    """Whatever is worked out while studying comes out again when the answers are read."""
    schedule = Schedule(UTC)
    history = History(schedule)
    for i, card in enumerate(("locate:BL23", "locate:BL25", "locate:BL23", "locate:BL23")):
        moment = NOON - back if i > 1 else NOON + timedelta(minutes=i)
        history.add(store.add_review(Review(card, 4 - i, at=stamp(moment))))
    again = History(schedule, store.reviews())
    assert (again.answers, again.memories) == (history.answers, history.memories)
    assert [review.rating for review in store.reviews()] == [4, 3, 2, 1]


def test_an_answer_is_kept_as_it_is_by_a_clock_that_goes_on(store: Store) -> None:
    for minute in range(3):
        review = Review("locate:BL23", 3, at=stamp(NOON + timedelta(minutes=minute)))
        assert store.add_review(review) == review


def test_a_clock_that_was_ahead_for_long_is_not_followed(store: Store) -> None:
    """Nor that of another machine: for that long there would be no day of study."""
    ahead = Review("locate:BL25", 3, at=stamp(NOON + timedelta(days=1, seconds=1)))
    far = Review("locate:BL40", 3, at=stamp(NOON + timedelta(days=300_000)))
    store.merge(Progress([ahead, far]))
    review = Review("locate:BL23", 3, at=stamp(NOON))
    assert store.add_review(review) == review
    assert store.reviews() == [review, ahead, far]


def test_an_answer_that_was_taken_back_no_longer_counts_as_the_last(store: Store) -> None:
    gone = store.add_review(Review("locate:BL23", 3, at=stamp(NOON + timedelta(hours=1))))
    store.withdraw(gone.uid)
    review = Review("locate:BL23", 3, at=stamp(NOON))
    assert store.add_review(review) == review


@pytest.mark.parametrize("taken_back", [False, True])
def test_the_same_answer_twice_is_one(store: Store, taken_back: bool) -> None:
    store.add_review(Review("locate:BL25", 3, at=stamp(NOON)))
    review = Review("locate:BL23", 3, at=stamp(NOON))
    kept = store.add_review(review)
    if taken_back:
        store.withdraw(kept.uid)
    before = store.everything()
    assert store.add_review(review) == kept
    assert store.everything() == before


def test_what_was_taken_back_is_so_when_the_file_is_opened_again(path: Path) -> None:
    with Store(path) as store:
        given = store.add_review(Review("locate:BL23", 3))
        store.withdraw(given.uid)
        assert store.reviews() == []
    with Store(path) as store:
        assert store.reviews() == []
        assert store.everything().reviews == [given], "nothing is deleted"


def test_a_window_takes_back_its_own_answer(store: Store) -> None:
    own = store.add_review(Review("locate:BL23", 3))
    other = store.add_review(Review("locate:BL25", 3))
    assert store.withdraw(own.uid) == own
    assert store.withdraw(own.uid) is None
    assert store.withdraw("no such answer") is None
    assert store.reviews() == [other]


# -- corrections ---------------------------------------------------------------------------


def test_a_corrected_answer_counts_once_with_its_new_rating(path: Path) -> None:
    given = Review(
        "locate:BL23", 2, at=at(5), miss=0.75, parts={"lateral": 0.75}, map_id="back",
        milliseconds=4200,
    )  # fmt: skip
    with Store(path) as store:
        store.add_review(given)
        other = store.add_review(Review("locate:BL25", 3, at=at(6)))
        corrected = store.correct(given.uid, 4)
        assert corrected is not None
        assert corrected == msgspec.structs.replace(given, rating=4, uid=corrected.uid)
        assert corrected.uid != given.uid
    with Store(path) as store:
        assert store.reviews() == [corrected, other]
        known = store.everything()
        assert given in known.reviews, "nothing is deleted"
        assert [withdrawal.review for withdrawal in known.withdrawals] == [given.uid]


def test_an_answer_is_corrected_twice(store: Store) -> None:
    given = store.add_review(Review("locate:BL23", 3))
    first = store.correct(given.uid, 1)
    assert first is not None
    second = store.correct(first.uid, 3)
    assert second is not None
    assert store.reviews() == [second]
    assert len({given.uid, first.uid, second.uid}) == 3


def test_what_does_not_count_cannot_be_corrected(store: Store) -> None:
    given = store.add_review(Review("locate:BL23", 3))
    gone = store.add_review(Review("locate:BL25", 3))
    store.withdraw(gone.uid)
    corrected = store.correct(given.uid, 1)
    before = store.everything()
    for uid in ("no such answer", gone.uid, given.uid):
        assert store.correct(uid, 4) is None
    assert store.reviews() == [corrected]
    assert store.everything() == before


def test_a_rating_that_there_is_not_changes_nothing(store: Store) -> None:
    given = store.add_review(Review("locate:BL23", 3))
    with pytest.raises(ValueError, match="rating 5 is not one of 1 to 4"):
        store.correct(given.uid, 5)
    assert store.reviews() == [given]
    assert store.everything().withdrawals == []


def test_a_correction_that_fails_leaves_the_answer_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taking the old rating back and giving the new one is one step."""

    def fail(*args: object, here: bool) -> int:
        raise AtlasError("no space is left on the disk")

    given = store.add_review(Review("locate:BL23", 3))
    with monkeypatch.context() as patch:
        patch.setattr(tables, "insert_reviews", fail)
        with pytest.raises(AtlasError, match="no space is left"):
            store.correct(given.uid, 1)
    assert store.reviews() == [given]
    assert store.everything().withdrawals == []
    corrected = store.correct(given.uid, 1)
    assert store.reviews() == [corrected]


def test_a_corrected_answer_is_taken_back(store: Store) -> None:
    given = store.add_review(Review("locate:BL23", 3))
    corrected = store.correct(given.uid, 1)
    assert corrected is not None
    assert store.withdraw(given.uid) is None
    assert store.withdraw(corrected.uid) == corrected
    assert store.reviews() == []


@pytest.mark.parametrize("exported", ["before", "after", "both"])
def test_a_correction_moves_to_another_machine(store: Store, tmp_path: Path, exported: str) -> None:
    """Whether the other machine has the answer already or not, it counts once there."""
    given = store.add_review(Review("locate:BL23", 3))
    files = {"before": tmp_path / "before.json", "after": tmp_path / "after.json"}
    files["before"].write_text(export_text(store), encoding="utf-8")
    corrected = store.correct(given.uid, 1)
    files["after"].write_text(export_text(store), encoding="utf-8")
    with Store(tmp_path / "laptop.db") as laptop:
        for name in ("before", "after") if exported == "both" else (exported,):
            import_file(laptop, files[name])
        assert laptop.reviews() == [given if exported == "before" else corrected]
        import_file(laptop, files["after"])
        import_file(laptop, files["before"])
        assert laptop.reviews() == [corrected]
        assert laptop.everything() == store.everything()
        # Corrected once more there, it comes back.
        assert corrected is not None
        again = laptop.correct(corrected.uid, 4)
        store.merge(laptop.everything())
        assert store.reviews() == [again]


# -- notes and collections -----------------------------------------------------------------


@pytest.mark.parametrize("table", ["reviews", "withdrawals", "notes", "collections"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET rowid = 7"])
def test_what_is_written_stays(store: Store, path: Path, table: str, statement: str) -> None:
    store.withdraw(store.add_review(Review("locate:BL23", 3)).uid)
    store.set_note("BL23", "level with L2")
    store.set_collection("exam", ["BL23"])
    with (
        closing(sqlite3.connect(path)) as db,
        pytest.raises(sqlite3.IntegrityError, match=f"{table} are only added to"),
    ):
        db.execute(statement.format(table))


def test_a_note_is_written_changed_and_taken_away(path: Path) -> None:
    with Store(path) as store:
        assert store.note("BL23") is None
        store.set_note("BL23", "level with L2")
        changed = store.set_note("BL23", "level with L2, 肾俞")
        store.set_note("GV4", "between")
        store.set_note("GV4", "")
    with Store(path) as store:
        assert store.note("BL23") == changed
        assert store.note("GV4") is None


def test_a_note_that_stays_the_same_is_not_written_again(store: Store) -> None:
    first = store.set_note("BL23", "level with L2")
    assert store.set_note("BL23", "level with L2") == first
    assert store.everything().notes == [first]


def test_the_last_note_is_in_force_although_the_clock_was_put_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.set_note("BL23", "first")
    monkeypatch.setattr(records, "now", lambda: at(1))
    assert store.set_note("BL23", "second").changed_at > at(1)
    note = store.note("BL23")
    assert note is not None
    assert note.text == "second"


def test_collections_keep_the_order_of_their_points(path: Path) -> None:
    with Store(path) as store:
        store.set_collection("exam", ["BL23", "BL25"])
        store.set_collection("exam", ["BL25", "BL23", "GV4"])
        store.set_collection("empty", [])
        store.set_collection("gone", ["GV4"])
        store.remove_collection("gone")
    with Store(path) as store:
        found = {each.name: each.codes for each in store.collections()}
        assert found == {"empty": (), "exam": ("BL25", "BL23", "GV4")}
        store.set_collection("gone", ["GV3"])
        assert [each.name for each in store.collections()] == ["empty", "exam", "gone"]


def test_a_point_is_put_on_a_collection_and_taken_off(store: Store) -> None:
    def held() -> dict[str, tuple[str, ...]]:
        return {each.name: each.codes for each in store.collections()}

    store.put_on("exam", "BL23", wanted=True)
    store.put_on("exam", "GV4", wanted=True)
    assert held() == {"exam": ("BL23", "GV4")}
    before = store.everything()
    store.put_on("exam", "BL23", wanted=True)
    store.put_on("exam", "BL40", wanted=False)
    store.put_on("none", "BL40", wanted=False)
    assert store.everything() == before, "what is so already is not written again"
    store.put_on("exam", "BL23", wanted=False)
    assert held() == {"exam": ("GV4",)}
    store.put_on("exam", "GV4", wanted=False)
    assert held() == {}, "without its last point it is gone"
    store.put_on("exam", "BL40", wanted=True)
    assert held() == {"exam": ("BL40",)}, "and begins anew"


def test_no_window_changes_a_collection_between_reading_and_writing(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.0)
    read, refused = tables.read_collections, list[str]()
    with Store(path) as other:

        def interrupted(*args: Any) -> list[Collection]:
            found = read(*args)
            with pytest.raises(AtlasError) as caught:
                other.set_note("BL23", "meanwhile")
            refused.append(str(caught.value))
            return found

        with monkeypatch.context() as patch:
            patch.setattr(tables, "read_collections", interrupted)
            store.put_on("exam", "BL23", wanted=True)
        assert refused
        assert all("another window is writing" in each for each in refused)
        other.put_on("exam", "GV4", wanted=True)
    assert [each.codes for each in store.collections()] == [("BL23", "GV4")]


def test_a_full_disk_is_told_and_loses_nothing(path: Path) -> None:
    kept: list[Review] = []
    with Store(path) as store:
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count = {pages + 4}")
        answers = iter(lambda: store.add_review(Review("locate:BL23", 3)), None)
        with pytest.raises(AtlasError, match=r"study\.db: no space is left on the disk"):
            kept.extend(answers)
        assert kept
        assert {r.uid for r in store.reviews()} == {r.uid for r in kept}
    with Store(path) as store:
        store.add_review(Review("locate:BL23", 3))
        assert len(store.reviews()) == len(kept) + 1


def test_a_fault_that_nobody_thought_of_is_a_sentence_too_and_logged(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Store(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE notes RENAME TO remarks")
    said = f"{path}: the database reports: no such table: notes"
    uses: list[Callable[[], object]]
    with Store(path) as store:
        uses = [lambda: store.note("BL23"), lambda: store.set_note("BL23", "level with L2")]
        for use in uses:
            caplog.clear()
            with pytest.raises(AtlasError) as caught:
                use()
            assert str(caught.value) == said
            assert "sqlite3.OperationalError: no such table: notes" in caplog.text


def test_a_known_fault_is_not_logged(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.0)
    busy = pytest.raises(AtlasError, match="another window is writing into it; try again")
    with Store(path) as store, Store(path) as other, other._writing(), busy:
        store.set_note("BL23", "level with L2")
    assert caplog.text == ""


def test_a_closed_file_is_told(path: Path) -> None:
    store = Store(path)
    store.close()
    with pytest.raises(AtlasError, match=r"study\.db: the database reports: .* closed database$"):
        store.reviews()


@contextmanager
def only_readable(folder: Path) -> Iterator[None]:
    """Nothing can be written in a folder, not even by root."""
    root = os.geteuid() == 0
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IROTH | stat.S_IXOTH)
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("name", ["study.db", "new/study.db"])
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(name: str, there: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        Path(folder).chmod(0o755)
        if there:
            with Store(path) as store:
                store.add_review(Review("locate:BL23", 3))
        with only_readable(path.parent if there else Path(folder)):
            with pytest.raises(AtlasError) as caught:
                Store(path)
            assert str(caught.value).startswith(
                f"{path if name == 'study.db' or there else path.parent}: "
            )
            assert len(str(caught.value).splitlines()) == 1
        if there:
            with Store(path) as store:
                assert len(store.reviews()) == 1


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AtlasError, match="file: file exists"):
        Store(tmp_path / "file" / "study.db")


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: Review("BL23", 3), "no card 'BL23'"),
        (lambda: Review("locate:肾俞", 3), "no card"),
        (lambda: Review("locate:BL23", 5), "rating 5 is not one of 1 to 4"),
        (lambda: Review("locate:BL23", 3, miss=float("nan")), "no miss nan"),
        (lambda: Review("locate:BL23", 3, miss=-1.0), "no miss -1.0"),
        (lambda: Review("locate:BL23", 3, parts={"up": float("inf")}), "is no number"),
        (lambda: Review("locate:BL23", 3, map_id=""), "no map"),
        (lambda: Review("locate:BL23", 3, milliseconds=-1), "no time -1"),
        (lambda: Review("locate:BL23", 3, at="2026-05-01T00:00:00Z"), "no moment"),
        (lambda: Review("locate:BL23", 3, at="2026-13-01T00:00:00.000000Z"), "no moment"),
        (lambda: Review("locate:BL23", 3, at="9999-12-31T00:00:00.000000Z"), "no year from 1970"),
        (lambda: Review("locate:BL23", 3, at="3000-01-01T00:00:00.000000Z"), "no year from 1970"),
        (lambda: Review("locate:BL23", 3, at="1969-12-31T23:59:59.999999Z"), "no year from 1970"),
        (lambda: Withdrawal("0" * 32, "0001-01-01T00:00:00.000000Z"), "no year from 1970"),
        (lambda: Note("BL23", "text", "9999-12-31T00:00:00.000000Z"), "no year from 1970"),
        (lambda: Collection("exam", (), "9999-12-31T00:00:00.000000Z"), "no year from 1970"),
        (lambda: Review("locate:BL23", 3, uid="1"), "uid '1' is not 32"),
        (lambda: Note(" ", "text"), "a note without the code"),
        (lambda: Note("BL23", "\ud800"), "half a character"),
        (lambda: Collection("", ("BL23",)), "a collection without a name"),
        (lambda: stamp(datetime(2026, 5, 1)), "without its time zone"),  # noqa: DTZ001
    ],
)
def test_what_cannot_be_meant_cannot_be_made(make: object, fault: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=fault):
        make()


@pytest.mark.parametrize("module", ["atlas.ui.app", "atlas.cli"])
def test_the_start_does_without_the_database(module: str) -> None:
    script = f"import sys, {module}; print([m for m in sys.modules if 'sqlite3' in m])"
    script += "; print('atlas.study' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    expected = "[]\nFalse\n" if module == "atlas.ui.app" else "[]\nTrue\n"
    assert done.stdout == expected
