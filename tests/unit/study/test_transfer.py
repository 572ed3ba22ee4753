"""Progress moves between machines."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.problems import AtlasError
from atlas.study.history import History
from atlas.study.records import (
    YEARS,
    Collection,
    ConflictError,
    Merged,
    Note,
    Progress,
    Review,
    Withdrawal,
    stamp,
)
from atlas.study.schedule import Schedule
from atlas.study.store import Store
from atlas.study.transfer import export_text, import_file, read_progress

Run = Callable[..., tuple[int, str, str]]
START = datetime(2026, 5, 1, tzinfo=UTC)


def moment(minute: int) -> str:
    return stamp(START + timedelta(minutes=minute))


def review(number: int) -> Review:
    """The answer with a number; the same on every machine."""
    return Review(
        f"locate:BL{number % 5 + 1}", number % 4 + 1, at=moment(number // 3), miss=number / 7,
        parts={"lateral": number / 11}, map_id="back", milliseconds=number, uid=f"{number:032x}",
    )  # fmt: skip


def progress(
    numbers: set[int], undone: set[int], notes: list[Note], kept: list[Collection]
) -> Progress:
    withdrawals = [Withdrawal(f"{n:032x}", moment(n), f"{n + 500:032x}") for n in undone]
    return Progress([review(n) for n in sorted(numbers | undone)], withdrawals, notes, kept)


NUMBERS = st.sets(st.integers(0, 20), max_size=8)
MOMENTS = st.integers(0, 3).map(moment)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=3)
CODES = ["BL23", "GV4"]
NOTES = st.builds(Note, st.sampled_from(CODES), TEXTS, MOMENTS)
COLLECTIONS = st.builds(
    Collection, st.sampled_from(["exam", "考试"]),
    st.lists(st.sampled_from(["BL23", "GV4", "EX-B2"]), max_size=3).map(tuple),
    MOMENTS, st.booleans(),
)  # fmt: skip
PROGRESS = st.builds(
    progress, NUMBERS, NUMBERS, st.lists(NOTES, max_size=3), st.lists(COLLECTIONS, max_size=3)
)


def merged(*parts: Progress) -> tuple[str, Progress]:
    """What comes of merging in this order, also as it is seen in the window."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "study.db") as store:
        for part in parts:
            store.merge(part)
        notes = [note for code in CODES if (note := store.note(code)) is not None]
        seen = Progress(store.reviews(), [], notes, store.collections())
        return export_text(store), seen


@settings(max_examples=40)
@given(PROGRESS, PROGRESS)
def test_the_order_of_imports_does_not_matter(a: Progress, b: Progress) -> None:
    assert merged(a, b) == merged(b, a)


@settings(max_examples=25)
@given(PROGRESS, PROGRESS)
def test_an_import_twice_is_the_same_as_once(a: Progress, b: Progress) -> None:
    assert merged(a, b) == merged(a, b, a, b)


@settings(max_examples=25)
@given(PROGRESS, PROGRESS, PROGRESS)
def test_machines_may_exchange_through_one_another(a: Progress, b: Progress, c: Progress) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.json"
        file.write_bytes(merged(b, c)[0].encode())
        assert merged(a, read_progress(file)) == merged(merged_progress(a, b), c)


def merged_progress(*parts: Progress) -> Progress:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "study.db") as store:
        for part in parts:
            store.merge(part)
        return store.everything()


@settings(max_examples=25)
@given(PROGRESS)
def test_an_export_holds_everything(a: Progress) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.json"
        text = merged(a)[0]
        file.write_bytes(text.encode())
        again = read_progress(file)
        assert merged(again)[0] == text
        assert {r.uid for r in again.reviews} == {r.uid for r in a.reviews}


def test_an_answer_taken_back_elsewhere_no_longer_counts(store: Store, tmp_path: Path) -> None:
    answer = store.add_review(review(1))
    with Store(tmp_path / "laptop.db") as laptop:
        laptop.merge(store.everything())
        assert laptop.reviews() == [answer]
        store.withdraw(answer.uid)
        assert laptop.merge(store.everything()) == Merged(0, 1, 0, 0)
        assert laptop.reviews() == []
        laptop.merge(Progress([answer]))
        assert laptop.reviews() == []


def test_the_note_that_was_changed_last_is_in_force_and_the_other_kept(store: Store) -> None:
    mine = store.set_note("BL23", "mine")
    theirs = Note("BL23", "theirs", moment(0))
    store.merge(Progress(notes=[theirs]))
    assert store.note("BL23") == mine
    assert store.everything().notes == [theirs, mine]


def test_a_list_that_was_changed_often_is_counted_once(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path / "laptop.db") as laptop:
        for code in ("BL23", "BL25", "GV4"):
            laptop.put_on("exam", code, wanted=True)
            laptop.set_note("BL23", f"near {code}")
        laptop.set_collection("other", ["GV4"])
        assert store.merge(laptop.everything()) == Merged(0, 0, 1, 2)
        assert store.merge(laptop.everything()) == Merged(0, 0, 0, 0)
        laptop.put_on("exam", "GV3", wanted=True)
        assert store.merge(laptop.everything()) == Merged(0, 0, 0, 1)
        assert store.everything() == laptop.everything()


def test_a_contradiction_is_refused_with_all_that_came_with_it(store: Store) -> None:
    store.add_review(review(1))
    other = Review("locate:GV4", 1, at=moment(1), uid=review(1).uid)
    with pytest.raises(ConflictError, match=r"^reviews\[1\]: 0+1 is known as another answer$"):
        store.merge(Progress([review(2), other], notes=[Note("BL23", "new")]))
    assert store.everything() == Progress([review(1)])


def changed(**values: Any) -> str:
    """An export with one answer, some of whose fields have other values."""
    record = {"card": "locate:BL23", "rating": 3, "at": moment(0), "uid": "0" * 32} | values
    return json.dumps({"format": "acupoint-atlas study", "version": 1, "reviews": [record]})


@pytest.mark.parametrize("year", [YEARS[0], YEARS[-1]])
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_from_every_moment_that_is_taken_in_a_day_can_be_computed(
    store: Store, tmp_path: Path, year: int, zone: str
) -> None:
    end = "01-01T00:00:00.000000Z" if year == YEARS[0] else "12-31T23:59:59.999999Z"
    file = tmp_path / "export.json"
    file.write_text(changed(at=f"{year}-{end}", rating=4), encoding="utf-8")
    import_file(store, file)
    store.add_review(Review("locate:BL23", 4))
    history = History(Schedule(ZoneInfo(zone), 0.7), store.reviews())
    assert history.memories["locate:BL23"].due.year >= 1970


def header(**values: Any) -> str:
    return json.dumps({"format": "acupoint-atlas study", "version": 1} | values)


BAD = {
    "": ":1: it is no whole JSON",
    changed()[:-4]: ":1: it is no whole JSON",
    "{\n\n  what\n}": ":3: it is no whole JSON",
    "[" * 100_000: " is no export of progress (acupoint-atlas study export)",
    header()[:-1] + ', "more": ' + "[" * 100_000: ":1: it is no whole JSON",
    "[1, 2]": " is no export of progress (acupoint-atlas study export)",
    "{}": " is no export of progress (acupoint-atlas study export)",
    header(version=0): " is no export of progress (acupoint-atlas study export)",
    header(version=2, more=1): " was exported by a newer version of the atlas (version 2, "
    "this one knows up to 1): update the atlas",
    header(review=[]): ": object contains unknown field review",
    header(reviews={}): ": reviews: expected array, got object",
    changed(rating=0): ": reviews[0]: rating 0 is not one of 1 to 4",
    changed(rating="3"): ": reviews[0].rating: expected int, got str",
    changed(card="BL23"): ": reviews[0]: no card 'BL23' (such as locate:BL23)",
    changed(at="yesterday"): ": reviews[0]: no moment 'yesterday' "
    "(such as 2026-01-31T09:30:00.000000Z)",
    changed(at="9999-12-31T00:00:00.000000Z"): ": reviews[0]: no year from 1970 to 2999 in the "
    "moment '9999-12-31T00:00:00.000000Z'",
    changed(at="0001-01-01T00:00:00.000000Z"): ": reviews[0]: no year from 1970 to 2999 in the "
    "moment '0001-01-01T00:00:00.000000Z'",
    changed(milliseconds=10**30): ": reviews[0]",
    changed(colour="red"): ": reviews[0]: object contains unknown field colour",
    header(withdrawals=[{"review": "a" * 32, "at": moment(0), "uid": "b" * 32}]): ": withdrawals"
    f"[0]: there is no answer {'a' * 32}: nothing was imported",
    header(notes=[{"code": "BL23"}]): ": notes[0]: object missing required field text",
}


@pytest.mark.parametrize(("content", "fault"), BAD.items(), ids=range(len(BAD)))
def test_a_bad_file_is_told_in_a_sentence(
    store: Store, tmp_path: Path, content: str, fault: str
) -> None:
    file = tmp_path / "export.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(AtlasError) as caught:
        import_file(store, file)
    assert str(caught.value).startswith(f"{file}{fault}")
    assert len(str(caught.value).splitlines()) == 1
    assert store.everything() == Progress()


@pytest.mark.parametrize("content", [b"\xff\xfe{\0}\0", b'{"format": "\xff"}', b"\0" * 50])
def test_a_file_that_is_no_text_is_told(store: Store, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "export.json"
    file.write_bytes(content)
    with pytest.raises(AtlasError, match=r"export\.json:1: it is no whole JSON$"):
        import_file(store, file)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ACUPOINT_ATLAS_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "data" / "study.db"


def test_commands_move_progress(run: Run, home: Path, tmp_path: Path,
                                monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    file = tmp_path / "export.json"
    with Store() as store:
        store.merge(Progress([review(n) for n in range(3)], notes=[Note("BL23", "肾俞")]))
        text = export_text(store)
    assert run("study", "export", "-o", file) == (0, "", "")
    assert run("study", "export") == (0, text, "")
    assert file.read_text(encoding="utf-8") == text
    monkeypatch.setenv("ACUPOINT_ATLAS_HOME", str(tmp_path / "laptop"))
    new = "new: 3 reviews, 0 withdrawals, 1 note, 0 lists\n"
    assert run("study", "import", file) == (0, new, "")
    none = "new: 0 reviews, 0 withdrawals, 0 notes, 0 lists\n"
    assert run("study", "import", file) == (0, none, "")
    assert run("study", "export") == (0, text, "")


def test_commands_tell_what_is_wrong(run: Run, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    reason = f"acupoint-atlas: {file}: no such file or directory\n"
    assert run("study", "import", file) == (1, "", reason)
    code, _, err = run("study", "export", "-o", tmp_path / "none" / "x.json")
    assert (code, err) == (1, f"acupoint-atlas: {tmp_path / 'none'} is not a folder\n")
    code, _, err = run("study")
    assert code == 2
    assert "the following arguments are required: COMMAND" in err


def test_commands_tell_every_fault_of_the_file_in_a_sentence(run: Run, home: Path) -> None:
    Store().close()
    with closing(sqlite3.connect(home)) as db:
        db.execute("ALTER TABLE notes RENAME TO remarks")
    reason = f"acupoint-atlas: {home}: the database reports: no such table: notes\n"
    assert run("study", "export") == (1, "", reason)


def test_commands_restore(run: Run, home: Path) -> None:
    for number in range(2):
        with Store() as store:
            store.add_review(review(number))
    assert run("study", "restore") == (0, f"{home} is sound; nothing was restored\n", "")
    home.write_bytes(b"garbage")
    code, out, err = run("study", "export")
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert "was damaged and is kept as study.db.damaged-" in err
    assert "acupoint-atlas study restore puts back the backup study-" in err
    code, out, err = run("study", "restore")
    assert (code, err) == (0, "")
    assert out.startswith(f"{home} is the backup study-")
    with Store() as store:
        assert store.reviews() == [review(0)]
    home.write_bytes(b"garbage")
    assert run("study", "restore", "--empty") == (0, f"{home} begins anew\n", "")
    with Store() as store:
        assert store.reviews() == []
