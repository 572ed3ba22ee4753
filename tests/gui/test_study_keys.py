"""Keys rate, go on, take back and show the whole; a key that is held down answers nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from atlas.study.cards import Kind
from atlas.study.schedule import Rating
from atlas.ui.study.page import StudyPage
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
    sitting_of,
    spot_of,
    steer,
    stored,
    type_text,
)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def hold(
    which: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Hold a key down that is pressed already: what the keyboard sends until it is let go."""
    window = focused().window().windowHandle()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) * 3:
        event = QKeyEvent(kind, which, modifiers, text, True, 1)
        QApplication.sendEvent(window, event)
    QApplication.processEvents()


def press(
    which: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """The same way, pressed once."""
    window = focused().window().windowHandle()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(window, QKeyEvent(kind, which, modifiers, text))
    QApplication.processEvents()


# -- held down ------------------------------------------------------------------------------


def test_a_digit_that_is_held_chooses_and_rates_nothing(open_study: OpenStudy) -> None:
    plan_for("neighbours", codes=["BL23", "GV4"])
    page = open_study()
    hold(Qt.Key.Key_1, "1")
    assert phase_of(page) == "question"
    press(Qt.Key.Key_1, "1")
    assert phase_of(page) == "answer", "it is chosen once it is pressed"
    before = outcome_of(page)
    other = Qt.Key.Key_2 if before.review.rating != 2 else Qt.Key.Key_3
    hold(other, str(int(other) - int(Qt.Key.Key_0)))
    assert outcome_of(page) is before
    hold(Qt.Key.Key_1, "1")
    assert list(stored().values()) == [before.review], "who still holds the key has not rated"


def test_enter_that_is_held_shows_and_goes_on_to_nothing(open_study: OpenStudy) -> None:
    plan_for("recall", codes=["BL23", "GV4"])
    page = open_study(begin=False)
    for phase in ("start", "question"):
        hold(Qt.Key.Key_Return, "\r")
        assert phase_of(page) == phase
        assert not (phase == "question" and sitting_of(page).revealed)
        press(Qt.Key.Key_Return, "\r")
    assert sitting_of(page).revealed
    key(DIGITS[2])
    question = question_of(page)
    hold(Qt.Key.Key_Return, "\r")
    assert phase_of(page) == "answer"
    assert question_of(page) is question
    press(Qt.Key.Key_Return, "\r")
    assert question_of(page) is not question


def test_enter_that_is_held_places_one_mark(open_study: OpenStudy) -> None:
    plan_for("walk", codes=["BL21"])
    page = open_study()
    key(Qt.Key.Key_Left)
    press(Qt.Key.Key_Return, "\r")
    hold(Qt.Key.Key_Return, "\r")
    assert len(sitting_of(page).placed) == 1


def test_undo_that_is_held_takes_back_one_answer(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24", "BL25"])
    page = open_study()
    for _ in range(3):
        answer_by_keys(page)
        key(Qt.Key.Key_Return)
    press(Qt.Key.Key_Z, modifiers=CTRL)
    hold(Qt.Key.Key_Z, modifiers=CTRL)
    assert len(stored()) == 2


def test_five_that_is_held_gives_up_nothing(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    hold(Qt.Key.Key_5, "5")
    assert phase_of(page) == "question"
    press(Qt.Key.Key_5, "5")
    assert phase_of(page) == "answer"


def test_zoom_and_backspace_may_be_held(open_study: OpenStudy) -> None:
    plan_for("walk", codes=["BL21"])
    page = open_study()
    assert len(question_of(page).answer) > 3
    for code in question_of(page).answer[:3]:
        place_by_keys(page, code)
    before = page.canvas.to_pixels().m11()
    hold(Qt.Key.Key_Plus, "+")
    assert page.canvas.to_pixels().m11() > 3 * before
    hold(Qt.Key.Key_Backspace)
    assert sitting_of(page).placed == []


# -- rating and going on --------------------------------------------------------------------


def ratings(page: StudyPage) -> list[int]:
    return [int(r) for r, button in page.answer.ratings.buttons.items() if button.isChecked()]


@pytest.mark.parametrize("by", ["keys", "mouse"])
def test_what_is_recalled_is_rated_and_then_gone_on_from(open_study: OpenStudy, by: str) -> None:
    plan_for("recall", codes=["BL23", "GV4"])
    page = open_study()
    bar, question = page.answer.ratings, question_of(page)

    def rate(rating: Rating) -> None:
        if by == "keys":
            key(DIGITS[rating - 1])
        else:
            click(bar.buttons[rating])

    key(Qt.Key.Key_Return)
    assert bar.hint.text() == "1 to 4 say how well you knew it."
    assert (ratings(page), bar.next.isEnabled()) == ([], False)
    key(Qt.Key.Key_Return)
    assert (phase_of(page), stored()) == ("question", {}), "nothing is said yet"
    for rating in (Rating.Hard, Rating.Easy, Rating.Good):
        rate(rating)
        assert phase_of(page) == "answer"
        assert question_of(page) is question
        assert ratings(page) == [rating]
        assert [review.rating for review in stored().values()] == [rating]
        assert bar.next.isEnabled()
        assert "Suggested" not in bar.hint.text(), "it was the learner who said it"
    if by == "keys":
        key(Qt.Key.Key_Return)
    else:
        click(bar.next)
    assert phase_of(page) == "question"
    assert question_of(page).card != question.card
    assert len(stored()) == 1


def test_the_hint_tells_who_said_the_rating(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23"])
    page = open_study()
    answer_by_keys(page)
    hint = page.answer.ratings.hint
    assert hint.text().startswith("Suggested from your answer: Good.")
    key(DIGITS[Rating.Hard - 1])
    assert hint.text().startswith("You said: Hard.")
    key(DIGITS[Rating.Good - 1])
    assert hint.text().startswith("Suggested from your answer: Good.")


def test_the_rating_that_is_marked_may_be_said_again(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24"])
    page = open_study()
    answer_by_keys(page)
    before = outcome_of(page)
    key(DIGITS[Rating.Good - 1])
    click(page.answer.ratings.buttons[Rating.Good])
    assert outcome_of(page) is before
    assert ratings(page) == [Rating.Good], "a second press does not take the mark away"


def test_who_rates_again_is_asked_again(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23"])
    page = open_study()
    answer_by_keys(page)
    key(DIGITS[0])
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "question"
    assert page.prompt.count.text() == "2 of 2"


# -- taking back ----------------------------------------------------------------------------


def test_undo_takes_back_the_marks_of_a_walk_first(open_study: OpenStudy) -> None:
    plan_for("walk", codes=["BL21", "BL9"])
    page = open_study()
    key(Qt.Key.Key_5)
    key(Qt.Key.Key_Return)
    question = question_of(page)
    for code in question.answer[:2]:
        place_by_keys(page, code)
    for left in (1, 0):
        key(Qt.Key.Key_Z, CTRL)
        assert len(sitting_of(page).placed) == left
        assert question_of(page) is question
        assert len(stored()) == 1
    assert not page.answer.choices.back.isEnabled()
    key(Qt.Key.Key_Z, CTRL)
    assert question_of(page).card != question.card
    assert stored() == {}


def test_undo_turns_a_recall_question_back(open_study: OpenStudy) -> None:
    plan_for("recall", codes=["BL23", "GV4"])
    page = open_study()
    question = question_of(page)
    key(Qt.Key.Key_Return)
    assert page.answer.text.isVisible()
    key(Qt.Key.Key_Z, CTRL)
    assert question_of(page) is question
    assert not page.answer.text.isVisible()
    assert page.answer.choices.turn.isVisible()
    key(Qt.Key.Key_Return)
    key(DIGITS[2])
    assert len(stored()) == 1
    key(Qt.Key.Key_Z, CTRL)
    assert stored() == {}
    assert question_of(page).card == question.card
    assert not page.answer.text.isVisible()


def test_undo_after_the_end_of_the_session_leads_back(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24"])
    page = open_study()
    question = question_of(page)
    answer_by_keys(page)
    key(Qt.Key.Key_Return)
    click(page.prompt.end)
    assert phase_of(page) == "start"
    key(Qt.Key.Key_Z, CTRL)
    assert phase_of(page) == "question"
    assert question_of(page) == question
    assert stored() == {}


def test_undo_with_nothing_given_stays_at_the_start(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24"])
    page = open_study(begin=False)
    key(Qt.Key.Key_Z, CTRL)
    assert phase_of(page) == "start"
    assert page.card.isVisible()


# -- what else digits are -------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["locate", "identify", "recall", "walk"])
def test_zero_shows_the_whole_map_and_nothing_else(open_study: OpenStudy, kind: Kind) -> None:
    plan_for(kind, codes=["BL21"])
    page = open_study()
    page.canvas.fit()
    whole = page.canvas.to_pixels()
    for _ in range(3):
        key(Qt.Key.Key_Plus)
    assert page.canvas.to_pixels() != whole
    key(Qt.Key.Key_0)
    assert page.canvas.to_pixels().m11() == pytest.approx(whole.m11())
    assert phase_of(page) == "question"
    assert not sitting_of(page).revealed
    answer_by_keys(page)
    before = stored()
    key(Qt.Key.Key_0)
    assert stored() == before
    assert phase_of(page) == "answer"


def test_digits_in_the_field_are_typed(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23"])
    page = open_study()
    type_text("BL2305")
    assert page.answer.choices.field.text() == "BL2305"
    assert phase_of(page) == "question"
    key(Qt.Key.Key_Backspace)
    key(Qt.Key.Key_Backspace)
    key(Qt.Key.Key_Return)
    assert outcome_of(page).passed


def test_the_button_and_the_key_five_give_up(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    button: QWidget = page.answer.choices.give_up
    assert page.answer.choices.give_up.text().endswith("5")
    steer(page, spot_of(page))
    click(button)
    assert (outcome_of(page).review.rating, outcome_of(page).clicks) == (Rating.Again, ())


def test_five_in_a_recall_question_shows_the_answer(open_study: OpenStudy) -> None:
    plan_for("recall", codes=["BL23"])
    page = open_study()
    key(Qt.Key.Key_5)
    assert sitting_of(page).revealed
    key(Qt.Key.Key_5)
    assert stored() == {}, "and rates nothing"
