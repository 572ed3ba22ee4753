"""An open question never gives itself away: the map shows the body and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)
from pytestqt.qtbot import QtBot

from atlas.edition import Edition
from atlas.scene import Layer, View
from atlas.study.cards import KINDS, Kind
from atlas.ui.canvas.view import BodyView
from atlas.ui.study.canvas import StudyCanvas
from atlas.ui.study.marks import RING
from atlas.ui.study.page import StudyPage
from atlas.ui.theme import THEMES
from tests.gui.drawn import scene_of
from tests.gui.studying import (
    ASKED,
    CTRL,
    OpenStudy,
    key,
    phase_of,
    pixel_of,
    place_by_keys,
    plan_for,
    question_of,
    questions,
    sitting_of,
)

FAINT = 24  # of 255: edges may be smoothed otherwise, inks differ more
GAP = 4.4, 5.8  # pixels from the middle of a mark: between its disc and its ring
LOCATED = ["BL23", "GV4", "LI4"]


class Bare(BodyView):
    """The drawing alone: nothing can lie over it."""

    def show_like(self, canvas: StudyCanvas, edition: Edition, map_id: str) -> None:
        """Show the same part of a map."""
        self.resize(canvas.size())
        self._draw(edition, edition.body.maps[map_id], bones=canvas.bones)
        self.window().resize(canvas.size())
        self.window().show()
        self.move_to(canvas._visible())


def pixels(image: QImage) -> NDArray[np.uint8]:
    ready = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(ready.constBits(), np.uint8).copy()  # the image goes with this function
    return flat.reshape(ready.height(), ready.width(), 4)


@pytest.fixture
def bare(qtbot: QtBot) -> Iterator[Bare]:
    holder = QWidget()
    holder.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view = Bare(THEMES["light"])
    view.setParent(holder)
    qtbot.addWidget(holder)
    yield view
    view.close_drawing()


def drawn_over(page: StudyPage, bare: Bare, qtbot: QtBot) -> NDArray[np.intp]:
    """The pixels, as rows of y and x, in which the question's map differs from the drawing."""
    canvas, edition = page.canvas, page.model.state.stage.edition
    QApplication.processEvents()  # the panels take their widths
    qtbot.waitUntil(canvas.is_settled)
    bare.show_like(canvas, edition, scene_of(page).sheet.map.id)
    qtbot.waitUntil(bare.is_settled)
    ratio = canvas.to_pixels().m11() / bare.to_pixels().m11()
    assert abs(ratio - 1) < 1e-9
    shown, drawing = pixels(canvas.grab().toImage()), pixels(bare.grab().toImage())
    assert len(np.unique(drawing.reshape(-1, 4), axis=0)) > 10, "there is a body"
    apart = np.abs(shown.astype(int) - drawing.astype(int)).max(axis=2)
    return np.argwhere(apart > FAINT)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("identify", "neighbours")])
def test_the_map_of_a_question_is_the_bare_drawing(
    open_study: OpenStudy, bare: Bare, qtbot: QtBot, kind: Kind
) -> None:
    plan_for(kind, codes=ASKED[kind])
    page = open_study(View(selected=ASKED[kind][0], layers=frozenset({"channels", "labels"})))
    first = next(iter(page.model.state.stage.body.maps))
    for _ in questions(page, kind):
        shown = first if kind == "recall" else question_of(page).map_id
        assert scene_of(page).sheet.map.id == shown, "which map it is tells nothing"
        assert len(drawn_over(page, bare, qtbot)) == 0
    asked = {outcome.question.map_id for outcome in sitting_of(page).given}
    assert len(asked) > 1


def test_the_proof_sees_what_is_drawn(open_study: OpenStudy, bare: Bare, qtbot: QtBot) -> None:
    plan_for("locate", codes=LOCATED)
    page = open_study()
    assert len(drawn_over(page, bare, qtbot)) == 0
    key(Qt.Key.Key_Left)
    assert len(drawn_over(page, bare, qtbot)) > 50, "the cross"
    key(Qt.Key.Key_5)
    assert len(drawn_over(page, bare, qtbot)) > 500, "the point and its measurement"


def test_a_walk_shows_the_own_marks_alone(open_study: OpenStudy, bare: Bare, qtbot: QtBot) -> None:
    plan_for("walk", codes=["BL21"])
    page = open_study()
    place_by_keys(page, question_of(page).answer[0])
    page.canvas.aim = None
    page.model.changed.emit()
    differing = drawn_over(page, bare, qtbot)
    (mark,) = sitting_of(page).placed
    place = page.canvas.to_pixels().map(*mark)
    assert len(differing)
    assert (np.abs(differing[:, ::-1] - np.array(place)) < 30).all()


def test_every_marked_point_has_the_same_mark_and_nothing_else(
    open_study: OpenStudy, bare: Bare, qtbot: QtBot
) -> None:
    plan_for("identify", codes=ASKED["identify"])
    page = open_study()
    seen: list[tuple[str, int, int]] = []
    for _ in questions(page, "identify"):
        question = question_of(page)
        assert question.marked is not None
        spot = page.model.state.stage.sheet(question.map_id).spots[question.marked]
        at = pixel_of(page, spot)
        differing = drawn_over(page, bare, qtbot)
        away = differing[:, ::-1] + 0.5 - np.array([at.x(), at.y()])
        distance = np.hypot(*away.T)
        assert distance.max() < RING + 4, "nothing but the mark"
        assert not ((distance > GAP[0]) & (distance < GAP[1])).any(), "no marker below it"
        image = page.canvas.grab().toImage()
        inks = Counter(image.pixelColor(int(x), int(y)).name() for y, x in differing)
        ((ink, often),) = inks.most_common(1)
        seen.append((ink, often, len(differing)))
    assert {ink for ink, *_ in seen} == {QColor(THEMES["light"].accent).name()}
    for sizes in ([often for _, often, _ in seen], [size for *_, size in seen]):
        assert max(sizes) - min(sizes) < 0.25 * max(sizes), "one size, but for the grid of pixels"


def test_bones_help_and_name_nothing(open_study: OpenStudy, bare: Bare, qtbot: QtBot) -> None:
    plan_for("locate", codes=LOCATED)
    page = open_study()
    assert len(drawn_over(page, bare, qtbot)) == 0
    before = pixels(page.canvas.grab().toImage())
    key(Qt.Key.Key_B, CTRL)
    assert page.canvas.bones
    assert page.frame.bones.isChecked()
    assert len(drawn_over(page, bare, qtbot)) == 0, "the drawing with its bones, bare"
    assert (pixels(page.canvas.grab().toImage()) != before).any()
    assert phase_of(page) == "question"
    layers: frozenset[Layer] = page.model.state.view.layers
    assert "bones" not in layers, "Explore keeps its own"
