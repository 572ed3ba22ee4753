"""Progress that is damaged, can't be opened or can't be written, and two windows on one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from atlas.study import database
from atlas.study.backups import backups_of
from atlas.study.records import Review
from atlas.study.schedule import Rating
from atlas.study.store import Store
from atlas.ui.study.page import StudyPage
from atlas.ui.window import MainWindow
from tests.gui.studying import (
    CTRL,
    OpenStudy,
    answer_by_keys,
    click,
    key,
    outcome_of,
    phase_of,
    plan_for,
    question_of,
    sitting_of,
    stored,
    study_file,
)

BACKED_UP = ["identify:BL23", "identify:BL24"]


@pytest.fixture
def damaged() -> Path:
    """A file of no use, with a backup of two answers; a third one is lost."""
    plan_for("identify", codes=["BL23", "BL24", "BL25", "BL26"])
    with Store() as store:
        for card in BACKED_UP:
            store.add_review(Review(card, 3))
    for backup in backups_of(study_file()):
        backup.unlink()
    with Store() as store:  # backs up what is there
        store.add_review(Review("identify:BL25", 3))
    assert backups_of(study_file())
    study_file().write_bytes(b"x" * 5000)
    return study_file()


def banner_of(page: StudyPage) -> str:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window.banner.message.text() if window.banner.isVisible() else ""


def test_a_damaged_file_is_named_and_enter_puts_back_the_backup(
    open_study: OpenStudy, damaged: Path
) -> None:
    page = open_study(begin=False)
    (aside,) = damaged.parent.glob("study.db.damaged-*")
    (backup,) = backups_of(damaged)
    assert page.card.title.text() == "Your progress is damaged"
    assert aside.name in page.card.text.text()
    assert str(damaged.parent) in page.card.text.text()
    assert backup.name in page.card.first.text()
    assert page.card.second.isVisible()
    assert not page.frame.isVisible()
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "start"
    assert [review.card for review in stored().values()] == BACKED_UP
    assert aside.exists()
    assert "2 questions left for today" in page.card.title.text()
    key(Qt.Key.Key_Return)
    assert question_of(page).card.code in ("BL25", "BL26")


def test_the_second_button_begins_anew(open_study: OpenStudy, damaged: Path) -> None:
    page = open_study(begin=False)
    click(page.card.second)
    assert phase_of(page) == "start"
    assert stored() == {}
    assert not page.card.second.isVisible()
    assert list(damaged.parent.glob("study.db.damaged-*")), "nothing is thrown away"
    assert backups_of(damaged)


def test_without_a_backup_one_can_only_begin_anew(open_study: OpenStudy, damaged: Path) -> None:
    for backup in backups_of(damaged):
        backup.unlink()
    page = open_study(begin=False)
    assert not page.card.first.isVisible()
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "closed", "Enter alone throws nothing away"
    click(page.card.second)
    assert phase_of(page) == "start"


def test_a_file_of_a_later_version_is_left_alone(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23"])
    with closing(sqlite3.connect(study_file())) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        db.execute("PRAGMA user_version = 99")
        db.commit()
    page = open_study(begin=False)
    assert phase_of(page) == "closed"
    assert page.card.title.text() == "Your progress can’t be opened"
    assert str(study_file()) in page.card.text.text()
    assert page.card.first.text().startswith("Try again")
    assert not page.card.second.isVisible()
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "closed"
    with closing(sqlite3.connect(study_file())) as db:
        db.execute(f"PRAGMA user_version = {version}")
        db.commit()
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "start"
    key(Qt.Key.Key_Return)
    assert question_of(page).card.code == "BL23"


def test_a_folder_that_is_none_is_told_and_tried_again(
    open_study: OpenStudy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_for("identify")
    page_folder = study_file().parent
    if page_folder.exists():
        page_folder.rename(tmp_path / "elsewhere")
    page_folder.write_text("no folder")
    page = open_study(begin=False)
    assert page.card.title.text() == "Your progress can’t be opened"
    assert str(page_folder) in page.card.text.text()
    page_folder.unlink()
    click(page.card.first)
    assert phase_of(page) == "start"


@contextmanager
def locked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another program writes and does not end."""
    other = sqlite3.connect(study_file(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.0)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["identify", "locate", "walk"])
def test_an_answer_that_can_not_be_written_is_not_taken(
    open_study: OpenStudy, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    plan_for(kind, codes=["BL21"])  # type: ignore[arg-type]
    page = open_study()
    question = question_of(page)
    with locked(monkeypatch):
        answer_by_keys(page)
        assert "another window is writing into it" in banner_of(page)
        assert str(study_file()) in banner_of(page)
        assert phase_of(page) == "question"
        assert question_of(page) is question
        assert page.answer.choices.isVisible()
        assert sitting_of(page).given == []
    assert stored() == {}
    if kind == "identify":
        answer_by_keys(page)
    else:
        key(Qt.Key.Key_Return)  # the cross is still there
    assert outcome_of(page).passed
    assert len(stored()) == 1


@pytest.mark.usefixtures("impatient")
def test_a_rating_that_can_not_be_written_does_not_go_on(
    open_study: OpenStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_for("identify", codes=["BL23", "BL24"])
    page = open_study()
    answer_by_keys(page)
    before = stored()
    with locked(monkeypatch):
        key(Qt.Key.Key_2)
        assert phase_of(page) == "answer"
        assert banner_of(page)
        assert page.answer.ratings.buttons[Rating.Good].isChecked(), "as it is kept"
        assert not page.answer.ratings.buttons[Rating.Hard].isChecked()
        key(Qt.Key.Key_Z, CTRL)
        assert phase_of(page) == "answer", "nor is the answer taken back"
    assert stored() == before
    key(Qt.Key.Key_2)
    assert [review.rating for review in stored().values()] == [2]
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "question"


@pytest.mark.usefixtures("impatient")
def test_what_is_recalled_and_can_not_be_written_may_be_rated_again(
    open_study: OpenStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_for("recall", codes=["BL23", "BL24"])
    page = open_study()
    key(Qt.Key.Key_Return)
    with locked(monkeypatch):
        key(Qt.Key.Key_3)
        assert banner_of(page)
        assert phase_of(page) == "question"
        assert not any(button.isChecked() for button in page.answer.ratings.buttons.values())
        assert not page.answer.ratings.next.isEnabled()
    assert stored() == {}
    key(Qt.Key.Key_3)
    assert phase_of(page) == "answer"
    assert len(stored()) == 1


def test_what_one_window_answered_the_other_does_not_ask(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24", "BL25", "BL26"])
    first, second = open_study(), open_study()
    assert question_of(first).card == question_of(second).card
    order = [card.code for card in sitting_of(first).waiting()]
    for _ in range(2):
        answer_by_keys(second)
        key(Qt.Key.Key_Return)
    assert question_of(second).card.code == order[2]
    first.window().activateWindow()
    first.canvas.setFocus()
    QApplication.processEvents()
    answer_by_keys(first)
    key(Qt.Key.Key_Return)
    assert question_of(first).card.code == order[2]
    assert len(stored()) == 3


def test_a_file_that_another_window_set_aside_is_told_and_left(open_study: OpenStudy) -> None:
    plan_for("identify")
    page = open_study()
    study_file().rename(study_file().with_name("study.db.damaged-20260101-000000"))
    answer_by_keys(page)
    assert "set aside by another window" in banner_of(page)
    assert phase_of(page) == "closed"
    click(page.card.second)
    assert phase_of(page) == "question", "nobody has to close the window"
    answer_by_keys(page)
    assert len(stored()) == 1
