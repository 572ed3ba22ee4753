"""Cut-outs of the maps for the cards of a deck: what is asked, and the same with the answer."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QTransform
from PySide6.QtSvg import QSvgRenderer

from atlas.body.maps import XY
from atlas.scene import MapScene, Stage, View, resolve
from atlas.study.deck_text import Face
from atlas.study.questions import Question, picture
from atlas.ui.canvas.ink import dot
from atlas.ui.canvas.measure import paint_selection
from atlas.ui.canvas.plate import load, plate_of
from atlas.ui.printing import paint_scene
from atlas.ui.theme import LIGHT

ACROSS = 20.0  # cun of the body: enough to see where on it one is
AROUND = 4.0  # cun around the place that are always seen
EDGE = 2.0  # cun between a measurement and the edge, for what is written at it
SIZE = 640  # pixels of the longer side
ENLARGED = 4 / 3  # of lines and type: a phone shows the picture smaller than it is
QUALITY = 88  # of the JPEG; below, lines fray


class Cutouts:
    """Draws the pictures of questions; each drawing is read once."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._drawings: dict[str, QSvgRenderer] = {}

    def pictures(self, question: Question) -> dict[Face, bytes]:
        """The pictures of a question by the face they are on. Raises `AtlasError`."""
        if question.card.kind == "recall":
            return {}
        area = area_of(self._stage, question)
        asked = self._body(question.map_id, area)
        answered = asked.copy()
        if question.marked is not None:
            self._mark(asked, picture(self._stage, question), area, question.marked)
        self._measure(answered, answer(self._stage, question), area)
        return {"question": _jpeg(asked), "answer": _jpeg(answered)}

    def _body(self, map_id: str, area: QRectF) -> QImage:
        """A part of a drawing, and nothing on it."""
        frame = self._stage.body.maps[map_id].frame
        if map_id not in self._drawings:
            plate = plate_of(self._stage.edition.drawing(map_id), frame, LIGHT.tones, bones=False)
            self._drawings[map_id] = load(plate)
        size = area.size() * (SIZE / max(area.width(), area.height()))
        image = QImage(size.toSize(), QImage.Format.Format_RGB32)
        image.fill(QColor(LIGHT.canvas))
        painter, scale = _painter(image, area)
        painter.scale(scale, scale)
        self._drawings[map_id].render(painter, QRectF(*frame))
        painter.end()
        return image

    def _mark(self, image: QImage, scene: MapScene, area: QRectF, marked: int) -> None:
        """Mark a spot in a way that says nothing of its meridian."""
        spot = scene.sheet.spots[marked]
        painter, scale = _painter(image, area)
        dot(painter, QPointF(spot.x, spot.y) * scale, LIGHT)
        ringed = scene._replace(selected=marked, twins=(marked,))
        paint_selection(painter, ringed, LIGHT, QTransform.fromScale(scale, scale), area)
        painter.end()

    def _measure(self, image: QImage, scene: MapScene, area: QRectF) -> None:
        """Show the answer with its measurement."""
        painter, scale = _painter(image, area)
        paint_scene(painter, self._stage.catalogue, scene, LIGHT, area, scale)
        painter.end()


def spot_of(stage: Stage, question: Question) -> int:
    """The spot that a question is about: the marked one, or the point's on the side asked for."""
    if question.marked is not None:
        return question.marked
    sheet = stage.sheet(question.map_id)
    own = (i for i in sheet.of_code[question.card.code] if not sheet.spots[i].note)
    return next(i for i in own if sheet.spots[i].side == question.side)


def answer(stage: Stage, question: Question) -> MapScene:
    """What the map shows as the answer: the point alone, and how it is measured."""
    view = View(
        map_id=question.map_id,
        selected=question.card.code,
        spot=spot_of(stage, question),
        layers=frozenset({"measure"}),
    )
    scene = resolve(stage, view)
    visible = np.zeros(len(scene.sheet.spots), bool)
    visible[list(scene.twins)] = True
    return scene._replace(visible=visible)


def area_of(stage: Stage, question: Question) -> QRectF:
    """The part of its map that a question shows, in drawing units.

    It has the place and its measurement in it. Else it lies at random, for the middle of the
    picture would give the place away; the same card has the same part each time.
    """
    sheet = stage.sheet(question.map_id)
    spot = sheet.spots[spot_of(stage, question)]
    measurement = stage.body.measure(spot, question.map_id)
    cun = measurement.cun
    frame = QRectF(*sheet.map.frame)
    needed = _around([(spot.x, spot.y)], AROUND * cun) & frame
    measured = [place for step in measurement.steps for place in (*step.line, *step.ruler)]
    needed |= _around(measured, EDGE * cun)
    frame |= needed  # a measurement may begin beside the drawing
    size = max(ACROSS * cun, needed.width(), needed.height())
    width, height = min(size, frame.width()), min(size, frame.height())
    rng = Random(question.card.key)
    left = rng.uniform(
        max(frame.left(), needed.right() - width), min(frame.right() - width, needed.left())
    )
    top = rng.uniform(
        max(frame.top(), needed.bottom() - height), min(frame.bottom() - height, needed.top())
    )
    return QRectF(left, top, width, height)


def _around(places: Sequence[XY], edge: float) -> QRectF:
    xs, ys = [x for x, _ in places], [y for _, y in places]
    box = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
    return box.adjusted(-edge, -edge, edge, edge)


def _painter(image: QImage, area: QRectF) -> tuple[QPainter, float]:
    """What paints on the image of an area, and its units per drawing unit."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ENLARGED, ENLARGED)
    scale = image.width() / area.width() / ENLARGED
    painter.translate(-area.topLeft() * scale)
    return painter, scale


def _jpeg(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"jpeg")
    writer.setQuality(QUALITY)
    writer.setOptimizedWrite(True)  # smaller, and no worse
    writer.write(image)
    return bytes(buffer.data().data())
