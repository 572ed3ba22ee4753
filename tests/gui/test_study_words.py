"""What is said of an answer and of a session, word for word."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from atlas.scene import Stage
from atlas.study.summary import Summary
from atlas.ui.study.words import result
from tests.gui.drawn import click_off, said
from tests.gui.studying import (
    OpenStudy,
    answer_by_keys,
    key,
    plan_for,
    sitting_of,
    spot_of,
)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Summary(0, 0, 0, None, ()), ""),
        (Summary(1, 1, 1, None, ()), "1 question answered, 1 known at once."),
        (Summary(2, 1, 1, None, ("BL23",)),
         "1 question answered, 1 known at once. 1 repetition besides.\n\nTo look at again: BL23."),
        (Summary(5, 3, 2, None, ()),
         "3 questions answered, 2 known at once. 2 repetitions besides."),
        (Summary(3, 3, 2, 0.0, ()),
         "3 questions answered, 2 known at once. Half of your marks lay on the point."),
        (Summary(2, 2, 2, 0.31, ()),
         "2 questions answered, 2 known at once. Half of your marks lay within 0.3 cun."),
        (Summary(2, 2, 2, 0.04, ()),
         "2 questions answered, 2 known at once. Half of your marks lay on the point."),
    ],
)  # fmt: skip
def test_what_came_of_a_session(found: Summary, text: str) -> None:
    assert result(found) == text


def test_no_miss_is_told_as_nothing_off() -> None:
    for thousandths in range(0, 200, 5):
        text = result(Summary(1, 1, 1, thousandths / 1000, ()))
        assert "0.0 cun" not in text


def test_a_mark_on_the_point_is_told_as_that(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    spot = spot_of(page)
    page.model.place(spot.x, spot.y)
    assert said(page).startswith("On the point\n")
    assert "0.0 cun" not in said(page)
    key(Qt.Key.Key_Return)
    assert "Half of your marks lay on the point." in page.card.text.text()


def test_another_mark_is_told_with_how_far_it_is_off(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    click_off(page, spot_of(page), 0.4)
    assert said(page).startswith("0.4 cun off\n")


@pytest.mark.parametrize("kind", ["locate", "identify", "recall"])
def test_cautions_stand_first(open_study: OpenStudy, stage: Stage, kind: str) -> None:
    """Before all else that is to be read of the point."""
    point = stage.catalogue.point("BL23")
    assert point is not None
    assert point.cautions
    plan_for(kind, codes=["BL23"])  # type: ignore[arg-type]
    page = open_study()
    if kind == "recall":
        key(Qt.Key.Key_Return)
    else:
        answer_by_keys(page)
    text = said(page)
    places = [text.index(caution.text) for caution in point.cautions]
    assert max(places) < text.index(point.location)
    if kind == "locate":
        assert max(places) < text.index(point.finding.split(".")[0])
    if kind == "recall":
        key(Qt.Key.Key_3)
        again = said(page)
        assert again.index(point.cautions[0].text) < again.index(point.location)


def test_the_end_tells_what_comes_tomorrow(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24", "BL25"])
    page = open_study()
    for _ in range(3):
        answer_by_keys(page)
        key(Qt.Key.Key_2)
        key(Qt.Key.Key_Return)
    assert sitting_of(page).due_tomorrow() == 3
    assert page.card.title.text() == "Done for today"
    assert page.card.text.text().endswith(
        "Tomorrow 3 questions will be due of these points and kinds of question."
    )


def test_the_end_tells_when_nothing_comes_tomorrow(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23"])
    page = open_study()
    answer_by_keys(page)
    key(Qt.Key.Key_4)
    key(Qt.Key.Key_Return)
    assert page.card.text.text().endswith(
        "Of these points and kinds of question, nothing is due tomorrow."
    )


def test_a_mark_on_another_point_is_not_called_found_however_near(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["KI11"])
    page = open_study()
    stage, question = page.model.state.stage, sitting_of(page).question
    assert question is not None
    sheet = stage.sheet(question.map_id)
    other = sheet.spots[sheet.of_code["CV2"][0]]
    page.model.place(other.x, other.y)
    assert "Your mark is on CV2, so the point is not found." in said(page)
    assert "Found" not in said(page)
