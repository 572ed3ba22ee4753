"""A whole session in the window: by keyboard alone, by mouse alone."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from atlas.catalog.search import squeeze
from atlas.study.cards import KINDS, Card, Kind
from atlas.study.plan import Choice
from atlas.study.schedule import Rating
from atlas.ui.study.page import StudyPage
from atlas.ui.window import MainWindow
from tests.gui.studying import (
    CTRL,
    DIGITS,
    OpenStudy,
    answer_by_keys,
    answer_by_mouse,
    click,
    click_spot,
    key,
    outcome_of,
    page_of,
    phase_of,
    place_by_keys,
    plan_for,
    question_of,
    sitting_of,
    spot_of,
    stored,
)

QUESTIONS = 30


def check_all_kept(page: StudyPage) -> None:
    given = {outcome.review.uid: outcome.review for outcome in sitting_of(page).given}
    assert stored() == given
    assert {review.card.partition(":")[0] for review in given.values()} == set(KINDS)


def check_summary(page: StudyPage) -> None:
    given = sitting_of(page).given
    failed = sum(not outcome.passed for outcome in given)
    assert failed > 5
    assert len(given) == QUESTIONS + failed
    assert phase_of(page) == "end"
    assert page.card.isVisible()
    assert not page.frame.isVisible()
    assert page.card.title.text() == "Done for today"
    text = page.card.text.text()
    assert f"{QUESTIONS} questions answered, {QUESTIONS - failed} known at once." in text
    assert f"{failed} repetitions besides." in text
    assert "To look at again: " in text
    assert re.search(r"Half of your marks lay (on the point|within 0\.1 cun)\.", text)


def walk_with_a_mark_taken_back(page: StudyPage) -> None:
    first, second, *rest = question_of(page).answer
    place_by_keys(page, second)
    assert len(sitting_of(page).placed) == 1
    key(Qt.Key.Key_Backspace)
    assert sitting_of(page).placed == []
    for code in (first, second, *rest):
        place_by_keys(page, code)


def answer_once(page: StudyPage, number: int, answered: set[Card]) -> None:
    """Answer by keys in all the ways that there are."""
    question = question_of(page)
    first = question.card not in answered
    answered.add(question.card)
    right = not (first and number % 4 == 1)
    if question.card.kind == "walk" and right:
        walk_with_a_mark_taken_back(page)
    elif question.card.kind == "identify" and right and number % 2:
        point = page.model.state.stage.catalogue.point(question.card.code)
        assert point is not None
        name = point.code if number % 3 else squeeze(point.names.pinyin)  # no tones on a keyboard
        answer_by_keys(page, typed=name)
        assert outcome_of(page).naming == "right", "no letter is lost"
    else:
        answer_by_keys(page, right=right)


def test_a_session_by_keyboard_alone(open_study: OpenStudy) -> None:
    plan_for(*KINDS, new=QUESTIONS, choice=Choice("meridian", "ST"))
    page = open_study(begin=False)
    key(Qt.Key.Key_Return)
    answered: set[Card] = set()
    kinds: set[Kind] = set()
    number = undone = 0
    while phase_of(page) != "end":
        assert phase_of(page) == "question"
        question, kind = question_of(page), question_of(page).card.kind
        answer_once(page, number, answered)
        kinds.add(kind)
        assert len(stored()) == len(sitting_of(page).given) == number + 1
        assert phase_of(page) == "answer"
        if number % 7 == 2:
            undone += 1
            key(Qt.Key.Key_Z, CTRL)
            assert phase_of(page) == "question"
            assert question_of(page) == question
            assert len(stored()) == number
            answer_by_keys(page)
        if number % 3 == 1 and outcome_of(page).passed:
            key(DIGITS[Rating.Hard - 1])
            assert sitting_of(page).given[-1].review.rating == Rating.Hard
        assert phase_of(page) == "answer"
        key(Qt.Key.Key_Return)
        number += 1
        assert number < 3 * QUESTIONS
    assert undone > 2
    assert kinds == set(KINDS)
    check_all_kept(page)
    check_summary(page)
    key(Qt.Key.Key_Escape)
    assert page.model.state.view.page == "explore"


def test_a_session_by_mouse_alone(window: MainWindow) -> None:
    plan_for(*KINDS, new=QUESTIONS, choice=Choice("meridian", "BL"))
    click(window.modes["study"])
    page = page_of(window)
    click(page.card.first)
    answered: set[Card] = set()
    number = 0
    while phase_of(page) != "end":
        question = question_of(page)
        right = question.card in answered or number % 4 != 1
        answered.add(question.card)
        if question.card.kind == "walk" and right:
            click_spot(page, spot_of(page, question.answer[1]))
            click(page.answer.choices.back)
            assert sitting_of(page).placed == []
        answer_by_mouse(page, right=right)
        assert len(stored()) == number + 1
        if number % 3 == 1 and outcome_of(page).passed:
            click(page.answer.ratings.buttons[Rating.Hard])
            assert outcome_of(page).review.rating == Rating.Hard
        click(page.answer.ratings.next)
        number += 1
        assert number < 3 * QUESTIONS
    check_all_kept(page)
    check_summary(page)
    click(window.modes["explore"])
    assert page.model.state.view.page == "explore"


def test_a_field_can_be_reached_by_mouse_and_by_tab(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23"])
    page = open_study()
    field = page.answer.choices.field
    click(field)
    assert field.hasFocus()
    QTest.keyClicks(field, "shen shu")
    assert phase_of(page) == "question", "letters and digits are the field's"
    key(Qt.Key.Key_Return)
    assert outcome_of(page).said == "shen shu"
    assert outcome_of(page).passed
    key(Qt.Key.Key_Z, CTRL)
    for _ in range(12):
        if field.hasFocus():
            break
        key(Qt.Key.Key_Tab)
    assert field.hasFocus()
