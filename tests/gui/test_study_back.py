"""What moved on while nobody looked: lists, other windows, the day; and steps back with Escape."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from atlas.study.plan import Choice
from atlas.study.records import Review, stamp
from atlas.study.store import Store
from atlas.ui.study import model as study_model
from atlas.ui.study.page import StudyPage
from tests.gui.links import click_link, links
from tests.gui.studying import (
    LIST,
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
    type_text,
)
from tests.unit.study.sittings import MORNING, Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of the pages that are opened: 7 in the morning, in the zone of the dates."""
    clock = Clock()
    made = study_model.StudyModel.__init__
    monkeypatch.setattr(made, "__defaults__", (clock,))
    monkeypatch.setattr(study_model, "local_zone", lambda: MORNING.tzinfo)
    return clock


def leave_and_return() -> None:
    """To Explore and back."""
    key(Qt.Key.Key_F2)
    key(Qt.Key.Key_F3)


def counts(page: StudyPage) -> list[str]:
    return [label.text() for label in page.today.counts.values()]


# -- coming back ----------------------------------------------------------------------------


def test_a_list_that_has_changed_is_followed(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24"])
    page = open_study()
    sitting = sitting_of(page)
    leave_and_return()
    assert sitting_of(page) is sitting, "nothing has changed"
    key(Qt.Key.Key_F2)
    with Store() as store:
        store.set_collection(LIST, ("GV4", "GV14", "ST36"))
    key(Qt.Key.Key_F3)
    assert sitting_of(page).codes == ["GV4", "GV14", "ST36"]
    assert question_of(page).card.code in ("GV4", "GV14", "ST36")
    assert page.today.size_label.text() == "3 points"
    assert page.prompt.count.text() == "1 of 3"


def test_another_list_changes_nothing(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24"])
    page = open_study()
    answer_by_keys(page)
    outcome = outcome_of(page)
    key(Qt.Key.Key_F2)
    with Store() as store:
        store.set_collection("Another one", ("GV4",))
    key(Qt.Key.Key_F3)
    assert outcome_of(page) is outcome


def test_a_list_that_has_changed_leaves_what_was_given(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24"])
    page = open_study()
    answer_by_keys(page)
    key(Qt.Key.Key_F2)
    with Store() as store:
        store.set_collection(LIST, ("BL23", "BL24", "GV4"))
    key(Qt.Key.Key_F3)
    assert len(sitting_of(page).given) == 1
    assert page.prompt.count.text() == "2 of 3"
    assert counts(page) == ["0", "2", "1"]


def test_what_another_window_has_answered_is_counted(open_study: OpenStudy, clock: Clock) -> None:
    plan_for("identify", codes=["BL23", "BL24", "BL25"])
    page = open_study(begin=False)
    assert page.card.title.text() == "3 questions for today"
    key(Qt.Key.Key_F2)
    with Store() as store:
        store.add_review(Review("identify:BL24", 3, stamp(clock())))
    assert counts(page) == ["0", "3", "0"]
    key(Qt.Key.Key_F3)
    assert counts(page) == ["0", "2", "1"]
    assert page.card.title.text() == "2 questions left for today"


def test_a_question_that_is_open_stays_whatever_another_window_does(
    open_study: OpenStudy, clock: Clock
) -> None:
    plan_for("walk", codes=["BL21", "BL9"])
    page = open_study()
    key(Qt.Key.Key_Left)
    key(Qt.Key.Key_Return)
    question, placed = question_of(page), list(sitting_of(page).placed)
    key(Qt.Key.Key_F2)
    with Store() as store:
        store.add_review(Review("walk:BL9", 3, stamp(clock())))
        store.add_review(Review("walk:BL21", 3, stamp(clock())))
    key(Qt.Key.Key_F3)
    assert question_of(page) is question
    assert sitting_of(page).placed == placed
    assert counts(page)[2] == "2"


def test_a_new_day_has_begun(open_study: OpenStudy, clock: Clock) -> None:
    plan_for("identify", codes=["BL23", "BL24", "BL25"], new=1)
    page = open_study()
    answer_by_keys(page)
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "end"
    assert page.card.title.text() == "Done for today"
    assert "1 question answered, 1 known at once." in page.card.text.text()
    clock.go_on(hours=12)
    leave_and_return()
    assert page.card.title.text() == "Done for today"
    clock.go_on(hours=12)
    leave_and_return()
    assert page.card.title.text() == "1 question for today"
    assert "answered" not in page.card.text.text(), "that was yesterday"
    assert page.card.first.text() == "Begin   Enter"
    assert counts(page) == ["0", "1", "0"]
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "question"
    assert page.prompt.count.text() == "1 of 1"
    key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(stored()) == 1, "what was given yesterday is not taken back by a slip"


def test_what_is_due_on_the_next_days_is_told(open_study: OpenStudy, clock: Clock) -> None:
    plan_for("identify", codes=["BL23", "BL24", "BL25"])
    page = open_study()
    for _ in range(3):
        key(Qt.Key.Key_5)
        key(Qt.Key.Key_Return)
    while phase_of(page) != "end":
        answer_by_keys(page)
        key(Qt.Key.Key_Return)
    due = sitting_of(page).due_tomorrow()
    assert due
    which = "question" if due == 1 else "questions"
    assert page.card.text.text().endswith(
        f"Tomorrow {due} {which} will be due of these points and kinds of question."
    )
    clock.go_on(days=1)
    leave_and_return()
    assert counts(page) == [str(due), "0", "0"]


def test_a_list_that_is_gone_leaves_no_points(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23"])
    page = open_study(begin=False)
    key(Qt.Key.Key_F2)
    with Store() as store:
        store.remove_collection(LIST)
    key(Qt.Key.Key_F3)
    assert page.card.title.text() == "No points"
    assert page.model.plan.choice == Choice("collection", LIST)


# -- Escape ---------------------------------------------------------------------------------


def test_escape_leaves_the_field_then_the_page(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23"])
    page = open_study()
    type_text("shen")
    field = page.answer.choices.field
    assert field.hasFocus()
    key(Qt.Key.Key_Escape)
    assert page.isVisible()
    assert page.canvas.hasFocus()
    assert field.text() == "shen", "it can be gone on with"
    key(Qt.Key.Key_Escape)
    assert page.isVisible(), "not at once to the body with all its names"
    assert page.card.isVisible()
    key(Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert page.model.state.view.page == "explore"
    assert stored() == {}


def test_a_name_that_no_point_has_is_no_answer(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23"])
    page = open_study()
    type_text("zzqqxx")
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "question"
    assert "No point is called “zzqqxx”" in page.answer.choices.hint.text()
    assert stored() == {}
    type_text("shenshu")
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "answer"
    assert [review.rating for review in stored().values()] == [3]


def test_escape_closes_the_source_then_presenting_then_the_questions(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    key(Qt.Key.Key_F11)
    key(Qt.Key.Key_5)
    href = next(link for link in links(page.answer.text) if link.startswith("source:"))
    click_link(page.answer.text, href)
    page.canvas.setFocus()
    assert page.answer.source.isVisible()
    key(Qt.Key.Key_Escape)
    assert not page.answer.source.isVisible()
    assert page.window().isFullScreen()
    key(Qt.Key.Key_Escape)
    assert not page.window().isFullScreen()
    assert page.isVisible()
    assert phase_of(page) == "answer"
    key(Qt.Key.Key_Escape)
    assert page.card.isVisible()
    assert len(stored()) == 1, "what was answered stays"
    key(Qt.Key.Key_Escape)
    assert not page.isVisible()


# -- where the focus stays ------------------------------------------------------------------


def test_a_new_theme_leaves_the_focus_in_the_field(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23"])
    page = open_study()
    field = page.answer.choices.field
    type_text("shen")
    for _ in range(3):
        key(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        assert field.hasFocus()
    type_text("shu")
    assert field.text() == "shenshu"
    key(Qt.Key.Key_Return)
    assert outcome_of(page).passed


def test_space_on_a_kind_keeps_the_focus_there(open_study: OpenStudy) -> None:
    plan_for("locate", "identify", codes=["BL23", "BL24"])
    page = open_study(begin=False)
    box = page.today.kinds["recall"]
    box.setFocus()
    for checked in (True, False, True):
        key(Qt.Key.Key_Space)
        QApplication.processEvents()
        assert box.isChecked() == checked
        assert box.hasFocus()
    key(Qt.Key.Key_Tab)
    assert page.today.kinds["neighbours"].hasFocus()


def test_a_click_beside_the_field_leaves_the_keys_to_the_map(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23"])
    page = open_study()
    click(page.answer.choices.field)
    assert page.answer.choices.field.hasFocus()
    click(page.canvas.viewport())
    assert page.canvas.hasFocus()
    assert phase_of(page) == "question"
