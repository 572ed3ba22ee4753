"""Ratings, taking back, and how far one has come."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from atlas.study.schedule import Rating
from atlas.ui.study.marks import Marks
from atlas.ui.study.page import StudyPage
from tests.gui.drawn import (
    click_off,
    marks_of,
    said,
    scene_of,
)
from tests.gui.studying import (
    CTRL,
    DIGITS,
    OpenStudy,
    answer_by_keys,
    click,
    key,
    outcome_of,
    phase_of,
    place_by_keys,
    plan_for,
    question_of,
    spot_of,
    stored,
)


def checked(page: StudyPage) -> list[Rating]:
    return [rating for rating, button in page.answer.ratings.buttons.items() if button.isChecked()]


def test_a_rating_is_suggested_and_a_digit_corrects_it(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23", "BL24", "BL25"])
    page = open_study()
    place_by_keys(page)
    assert checked(page) == [Rating.Easy]
    assert "Suggested from your miss: Easy." in page.answer.ratings.hint.text()
    texts = {rating: button.text() for rating, button in page.answer.ratings.buttons.items()}
    assert texts[Rating.Again] == "Again\ntoday\n1"
    assert "day" in texts[Rating.Easy]
    assert [review.rating for review in stored().values()] == [Rating.Easy]
    key(DIGITS[Rating.Hard - 1])
    assert [review.rating for review in stored().values()] == [Rating.Hard]
    assert phase_of(page) == "question"
    assert question_of(page).card.code == "BL24", "and goes on"
    place_by_keys(page)
    key(Qt.Key.Key_Return)
    assert [r.rating for r in stored().values()] == [Rating.Hard, Rating.Easy], "Enter takes it"


def test_undo_asks_again(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23", "BL24"])
    page = open_study()
    key(Qt.Key.Key_Z, CTRL)
    assert phase_of(page) == "question", "nothing to take back"
    question = question_of(page)
    click_off(page, spot_of(page), 5)
    key(Qt.Key.Key_Return)
    assert question_of(page).card.code == "BL24"
    key(Qt.Key.Key_Z, CTRL)
    assert question_of(page) == question
    assert phase_of(page) == "question"
    assert stored() == {}
    assert scene_of(page).measured is None
    assert marks_of(page) == Marks()
    assert not page.answer.text.isVisible()
    place_by_keys(page)
    assert [review.rating for review in stored().values()] == [Rating.Easy]


def test_undo_leads_back_from_the_end(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    place_by_keys(page)
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "end"
    key(Qt.Key.Key_Z, CTRL)
    assert phase_of(page) == "question"
    assert page.frame.isVisible()
    assert stored() == {}


def test_the_count_says_how_far_one_has_come(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23", "BL24", "BL25"])
    page = open_study()
    seen = [page.prompt.count.text()]
    for right in (True, False, True, True):
        answer_by_keys(page, right=right)
        seen.append(page.prompt.count.text())
        key(Qt.Key.Key_Return)
        seen.append(page.prompt.count.text())
    assert seen[:3] == ["1 of 3", "1 of 3", "2 of 3"]
    assert seen[3:7] == ["2 of 4", "3 of 4", "3 of 4", "4 of 4"], "what failed is asked again"
    assert phase_of(page) == "end"
    done = [label.text() for label in page.today.counts.values()]
    assert done == ["0", "0", "4"]


def test_zero_gives_up(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    key(Qt.Key.Key_5)
    assert said(page).startswith("Here it is")
    (review,) = stored().values()
    assert (review.rating, review.miss) == (Rating.Again, None)
    assert scene_of(page).measured is not None
    assert marks_of(page).clicks == ()


def tab_to(button: QWidget) -> None:
    for _ in range(40):
        if button.hasFocus():
            return
        key(Qt.Key.Key_Tab)
    raise AssertionError(f"{button} can't be reached")


@pytest.mark.parametrize("press", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_button_reached_with_tab_is_the_one_that_is_pressed(
    open_study: OpenStudy, press: Qt.Key
) -> None:
    plan_for("locate", codes=["BL23", "BL24"])
    page = open_study()
    tab_to(page.answer.choices.give_up)
    key(press)
    assert phase_of(page) == "answer"
    tab_to(page.answer.ratings.buttons[Rating.Hard])
    key(press)
    assert [review.rating for review in stored().values()] == [Rating.Hard]
    assert phase_of(page) == "question"
    assert page.canvas.hasFocus()


def test_after_a_click_on_bones_keys_are_the_map_s(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    click(page.frame.bones)
    assert page.canvas.bones
    place_by_keys(page)
    assert outcome_of(page).passed
