"""What the map of a question has drawn over the body, and what is said beside it."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF

from atlas.body.body import Spot
from atlas.scene import MapScene
from atlas.ui.canvas.overlay import OverlayItem
from atlas.ui.study.marks import MarkPainter, Marks
from atlas.ui.study.page import StudyPage
from tests.gui.studying import (
    click,
    question_of,
)


def overlays(page: StudyPage) -> list[OverlayItem]:
    return [item for item in page.canvas.scene().items() if isinstance(item, OverlayItem)]


def scene_of(page: StudyPage) -> MapScene:
    (scene,) = {id(item._scene): item._scene for item in overlays(page)}.values()
    assert scene is not None
    return scene


def marks_of(page: StudyPage) -> Marks:
    (painter,) = [o._paint_scene for o in overlays(page) if isinstance(o._paint_scene, MarkPainter)]
    return painter.marks


def said(page: StudyPage) -> str:
    return page.answer.text.toPlainText()


def click_off(page: StudyPage, spot: Spot, cun: float) -> None:
    """A real click so many cun outwards from a spot."""
    one = page.model.state.stage.body.measure(spot, question_of(page).map_id).cun
    place = page.canvas.to_pixels().map(QPointF(spot.x + math.copysign(cun * one, spot.x), spot.y))
    click(page.canvas.viewport(), place.toPoint())
