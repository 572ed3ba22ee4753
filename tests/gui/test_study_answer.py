"""What is shown once a question is answered, and how one goes on from there."""

from __future__ import annotations

import importlib
import math
import time
from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from atlas.study.schedule import Rating
from atlas.ui.study.page import StudyPage
from atlas.ui.theme import THEMES
from tests.gui.drawn import (
    click_off,
    marks_of,
    said,
    scene_of,
)
from tests.gui.links import click_link, links
from tests.gui.studying import (
    OpenStudy,
    click,
    click_spot,
    key,
    outcome_of,
    phase_of,
    pixel_of,
    place_by_keys,
    plan_for,
    question_of,
    sitting_of,
    spot_of,
    stored,
)


def reds(page: StudyPage) -> int:
    image = page.canvas.grab().toImage()
    red = QColor(THEMES["light"].danger).name()
    inks = Counter(
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    )
    return inks[red]


def test_a_miss_is_measured_drawn_and_told(open_study: OpenStudy, qtbot: QtBot) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    assert scene_of(page).measured is None
    spot = spot_of(page)
    click_off(page, spot, 0.8)
    assert phase_of(page) == "answer"
    scene, marks, outcome = scene_of(page), marks_of(page), outcome_of(page)
    assert scene.selected is not None
    assert scene.sheet.spots[scene.selected] == spot
    assert scene.measured is not None, "the measurement of the atlas"
    assert marks.meant == ((spot.x, spot.y),)
    assert marks.clicks == tuple(sitting_of(page).placed)
    assert outcome.misses[0].cun == pytest.approx(0.8, abs=0.1)
    text = said(page)
    assert text.startswith(f"{outcome.misses[0].cun:.1f} cun off")
    assert f"{outcome.misses[0].cun:.1f} cun too lateral" in text
    point = page.model.state.stage.catalogue.point("BL23")
    assert point is not None
    assert point.location in text
    assert point.finding.split(".")[0] in text
    assert point.cautions
    assert all(caution.text in text for caution in point.cautions)
    qtbot.waitUntil(page.canvas.is_settled)
    line = page.canvas.to_pixels().map(QPointF(*marks.clicks[0])) - pixel_of(page, spot)
    assert math.hypot(line.x(), line.y()) > 25, "close enough to be seen"
    assert reds(page) > 60, "cross and arrow"


def test_the_arrow_leads_from_the_click_to_the_place(open_study: OpenStudy, qtbot: QtBot) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    spot = spot_of(page)
    click_off(page, spot, 2.5)
    qtbot.waitUntil(page.canvas.is_settled)
    (mark,) = marks_of(page).clicks
    image = page.canvas.grab().toImage()
    begin, end = page.canvas.to_pixels().map(QPointF(*mark)), pixel_of(page, spot)
    inside = [begin + (end - begin) * share for share in (0.35, 0.5, 0.65)]
    for place in inside:
        around = [image.pixelColor(round(place.x()), round(place.y()) + dy) for dy in (-1, 0, 1)]
        assert any(ink.red() - ink.green() > 90 for ink in around)
    beyond = end + (end - begin) * 0.15
    ink = image.pixelColor(round(beyond.x()), round(beyond.y()))
    assert ink.red() - ink.green() < 60


def test_who_hits_another_point_is_told_which(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    click_spot(page, spot_of(page, "BL52"))
    assert outcome_of(page).misses[0].nearest == "BL52"
    assert outcome_of(page).review.rating == Rating.Again
    text = said(page)
    assert "that is BL52" in text
    assert "Your mark is on BL52 Zhìshì" in text
    shown = {scene_of(page).sheet.spots[i].code for i in scene_of(page).visible.nonzero()[0]}
    assert shown == {"BL23", "BL52"}


@pytest.mark.parametrize("share", [1, -1])
def test_a_click_on_either_side_counts(open_study: OpenStudy, share: int) -> None:
    plan_for("locate", codes=["EX-B2"])  # only on the back
    page = open_study()
    page.canvas.fit()
    spot = spot_of(page)
    place = page.canvas.to_pixels().map(QPointF(share * spot.x, spot.y))
    click(page.canvas.viewport(), place.toPoint())
    assert outcome_of(page).misses[0].within


def test_links_lead_to_the_atlas_and_back_to_the_same_answer(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23", "BL24"])
    page = open_study()
    state = page.model.state
    key(Qt.Key.Key_5)
    outcome, before = outcome_of(page), said(page)
    href = next(link for link in links(page.answer.text) if link.startswith("point:"))
    click_link(page.answer.text, href)
    assert state.view.page == "explore"
    assert state.view.selected == href.partition(":")[2]
    key(Qt.Key.Key_F3)
    assert page.isVisible()
    assert outcome_of(page) is outcome
    assert said(page) == before
    key(Qt.Key.Key_Return)
    question = question_of(page)
    key(Qt.Key.Key_F2)
    key(Qt.Key.Key_F3)
    assert question_of(page) is question
    assert phase_of(page) == "question"
    assert len(stored()) == 1


def test_a_source_is_shown_below(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23", "BL24"])
    page = open_study()
    key(Qt.Key.Key_5)
    assert not page.answer.source.isVisible()
    href = next(link for link in links(page.answer.text) if link.startswith("source:"))
    click_link(page.answer.text, href)
    assert page.answer.source.isVisible()
    assert len(page.answer.source.text()) > 20
    assert page.model.state.view.page == "study"
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_5)
    assert not page.answer.source.isVisible(), "the next answer has its own"


def test_after_the_answer_clicks_do_nothing(open_study: OpenStudy, qtbot: QtBot) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    place_by_keys(page)
    before, marks = stored(), marks_of(page)
    qtbot.waitUntil(page.canvas.is_settled)
    for where in (QPoint(200, 200), QPoint(300, 250)):
        click(page.canvas.viewport(), where)
    for which in (Qt.Key.Key_Left, Qt.Key.Key_5, Qt.Key.Key_Backspace, Qt.Key.Key_A):
        key(which)
    assert phase_of(page) == "answer"
    assert stored() == before
    assert marks_of(page) == marks
    assert marks.aim is None


def test_panning_places_nothing(open_study: OpenStudy) -> None:
    plan_for("walk", codes=["BL21"])
    page = open_study()
    view, before = page.canvas.viewport(), page.canvas.to_pixels()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, pos=QPoint(200, 200))
    for step in range(1, 9):
        QTest.mouseMove(view, QPoint(200 + 10 * step, 200 + 5 * step))
    QTest.mouseRelease(view, left, pos=QPoint(280, 240))
    assert sitting_of(page).placed == []
    after = page.canvas.to_pixels()
    assert (after.dx(), after.dy()) != (before.dx(), before.dy())
    click(view, QPoint(280, 240))
    assert len(sitting_of(page).placed) == 1


def test_who_aims_slowly_has_not_dragged(
    open_study: OpenStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hand that holds the button for a while before it lets go trembles by a pixel."""
    plan_for("walk", codes=["BL21"])
    page = open_study()
    view, left = page.canvas.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, pos=QPoint(200, 200))
    clicks = importlib.import_module("pyqtgraph.GraphicsScene.GraphicsScene")
    monkeypatch.setattr(clicks, "perf_counter", lambda: time.perf_counter() + 10)
    QTest.mouseMove(view, QPoint(201, 200))
    QTest.mouseRelease(view, left, pos=QPoint(201, 200))
    assert len(sitting_of(page).placed) == 1


def test_keys_zoom_around_the_cross(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    for _ in range(16):
        key(Qt.Key.Key_Left)
    assert page.canvas.aim is not None
    aim = QPointF(*page.canvas.aim)
    before = page.canvas.to_pixels().map(aim)
    for _ in range(4):
        key(Qt.Key.Key_Plus)
    after = page.canvas.to_pixels().map(aim)
    assert (after - before).manhattanLength() < 1, "a mark is not put where it is not seen"


def test_other_buttons_place_nothing(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(page.canvas.viewport(), button, pos=QPoint(200, 200))
    assert phase_of(page) == "question"


def test_keys_zoom_and_show_the_whole(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    begin = page.canvas.to_pixels().m11()
    key(Qt.Key.Key_Plus)
    assert page.canvas.to_pixels().m11() == pytest.approx(1.5 * begin)
    key(Qt.Key.Key_Minus)
    key(Qt.Key.Key_Minus)
    assert page.canvas.to_pixels().m11() == pytest.approx(begin / 1.5)
    key(Qt.Key.Key_0)
    map_id = question_of(page).map_id
    whole = QRectF(*page.model.state.stage.body.maps[map_id].frame)
    shown = page.canvas.to_pixels().mapRect(whole)
    assert 0.9 < shown.height() / page.canvas.height() < 1.1
    assert phase_of(page) == "question", "and nobody has given up"


def test_the_answers_so_far_are_told_from_the_second_on(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    click_off(page, spot_of(page), 4)
    assert not page.answer.so_far.isVisible()
    key(Qt.Key.Key_Return)
    place_by_keys(page)
    assert page.answer.so_far.isVisible()
    first, second = page.answer.so_far.accessibleDescription().split(", ")
    assert first in ("4.0 cun", "3.9 cun", "4.1 cun")
    assert second in ("0.0 cun", "0.1 cun")
