"""What the learner puts on the map, and where it should have been."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF, QTransform

from atlas.body.maps import XY
from atlas.scene import MapScene
from atlas.ui.canvas.ink import halo_text, overlay_font
from atlas.ui.theme import Theme

CROSS = 7.0  # pixels from the middle of a mark to its ends
AIM = 16.0  # pixels from the middle of the keyboard's cross to its ends
HEAD = 7.0  # pixels of an arrow's head
SHORTEST = 10.0  # pixels from which a miss has an arrow
RING = 8.5  # pixels, radius around a marked point


class Marks(NamedTuple):
    """Places in drawing units."""

    clicks: tuple[XY, ...] = ()
    meant: tuple[XY, ...] = ()  # where each click should have been, once that is known
    found: tuple[bool, ...] = ()  # whether each was near enough
    numbered: bool = False
    aim: XY | None = None  # the keyboard's cross
    asked: XY | None = None  # the marked point of a question

    def rects(self, to_pixels: QTransform) -> list[QRectF]:
        """What they cover, in pixels, their numbers included."""
        found = []
        for i, click in enumerate(self.clicks):
            place = to_pixels.map(QPointF(*click))
            rect = QRectF(place.x() - CROSS, place.y() - CROSS, 2 * CROSS, 2 * CROSS)
            if self.numbered:
                rect = rect.adjusted(0, -CROSS, 2 * CROSS, 0)
            if i < len(self.meant):
                end = to_pixels.map(QPointF(*self.meant[i]))
                rect = rect.united(QRectF(place, end).normalized())
            found.append(rect)
        return found


class MarkPainter:
    """Paints the marks over a scene."""

    def __init__(self) -> None:
        self.marks = Marks()

    def __call__(
        self, painter: QPainter, scene: MapScene, theme: Theme, to_pixels: QTransform, area: QRectF
    ) -> None:
        """Paint them, in pixels."""
        _ = area
        marks, large = self.marks, scene.view.presenting
        scale = theme.scale * (1.5 if large else 1)
        if marks.asked is not None:
            _paint_asked(painter, to_pixels.map(QPointF(*marks.asked)), theme, scale)
        places = [to_pixels.map(QPointF(*click)) for click in marks.clicks]
        found = marks.found or (True,) * len(places)
        inks = [theme.accent if good else theme.danger for good in found]
        for place, meant, ink in zip(places, marks.meant, inks, strict=False):
            line = QLineF(place, to_pixels.map(QPointF(*meant)))
            _paint_arrow(painter, line, theme, scale, ink)
        for number, (place, ink) in enumerate(zip(places, inks, strict=False), 1):
            _paint_cross(painter, place, theme, scale, ink)
            if marks.numbered:
                _paint_number(painter, place, str(number), theme, ink, large=large)
        if marks.aim is not None:
            _paint_aim(painter, to_pixels.map(QPointF(*marks.aim)), theme, scale)


def marks_key(scene: MapScene) -> object:
    """What of a scene the marks depend on; the marks themselves ask to be painted anew."""
    return scene.sheet.map.id, scene.view.presenting


def _stroke(
    painter: QPainter, lines: list[QLineF], colour: str, theme: Theme, width: float
) -> None:
    """Lines in a colour, over a wider stroke in the halo's."""
    for ink, thick in ((theme.halo, width + 2.4), (colour, width)):
        pen = QPen(QColor(ink), thick)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLines(lines)


def _paint_cross(painter: QPainter, place: QPointF, theme: Theme, scale: float, ink: str) -> None:
    reach = CROSS * scale
    rising, falling = QPointF(reach, -reach), QPointF(reach, reach)
    lines = [QLineF(place - rising, place + rising), QLineF(place - falling, place + falling)]
    _stroke(painter, lines, ink, theme, 2.4 * scale)


def _paint_aim(painter: QPainter, place: QPointF, theme: Theme, scale: float) -> None:
    """A cross with an open middle: what lies under it stays in sight."""
    lines = []
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        way = QPointF(dx, dy)
        lines.append(QLineF(place + way * 4 * scale, place + way * AIM * scale))
    _stroke(painter, lines, theme.accent, theme, 2.0 * scale)


def _paint_asked(painter: QPainter, place: QPointF, theme: Theme, scale: float) -> None:
    """A mark that is the same for all points: a meridian's own would tell too much."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, thick in ((theme.halo, 4.0), (theme.accent, 2.2)):
        painter.setPen(QPen(QColor(ink), thick * scale))
        painter.drawEllipse(place, RING * scale, RING * scale)
    painter.setPen(QPen(QColor(theme.halo), 1.2 * scale))
    painter.setBrush(QColor(theme.accent))
    painter.drawEllipse(place, 3 * scale, 3 * scale)


def _paint_arrow(painter: QPainter, line: QLineF, theme: Theme, scale: float, ink: str) -> None:
    """From a click to where it should have been."""
    if line.length() < SHORTEST * scale:
        return
    reach = HEAD * scale
    end, angle = line.p2(), math.radians(line.angle())
    wings = [
        QPointF(end.x() - math.cos(angle + turn) * reach, end.y() + math.sin(angle + turn) * reach)
        for turn in (0.45, -0.45)
    ]
    _stroke(painter, [line], ink, theme, 1.8 * scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawPolygon(QPolygonF([end, *wings]))


def _paint_number(
    painter: QPainter, place: QPointF, text: str, theme: Theme, ink: str, *, large: bool
) -> None:
    painter.setFont(overlay_font(theme, bold=True, size=20 if large else 13))
    ascent = QFontMetricsF(painter.font()).ascent()
    away = CROSS * theme.scale * (1.5 if large else 1)
    corner = place + QPointF(away + 3, ascent / 2 - away - 4)
    halo_text(painter, corner, text, theme, ink)
