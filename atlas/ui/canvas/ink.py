"""Pens, type and small shapes that the layers share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from atlas.body.maps import XY
from atlas.ui.theme import Theme


def halo_text(painter: QPainter, baseline: QPointF, text: str, theme: Theme, colour: str) -> None:
    """Text that stays readable on any ground: its outline in the halo colour behind it."""
    halo = QColor(theme.halo)
    halo.setAlphaF(0.62)
    painter.setPen(halo)
    for dx, dy in ((-1.1, 0), (1.1, 0)):
        painter.drawText(QPointF(baseline.x() + dx, baseline.y() + dy), text)
    painter.setPen(QColor(colour))
    painter.drawText(baseline, text)


_fonts: dict[tuple[str, bool, int], QFont] = {}


def overlay_font(theme: Theme, *, bold: bool, size: int) -> QFont:
    """The type of the canvas at a size in pixels, larger for the projector.

    Pixels, because on paper a size in points would follow the printer's resolution.
    """
    key = (theme.name, bold, size)
    if key not in _fonts:
        font = QFont()
        font.setPixelSize(round(size * theme.scale))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        _fonts[key] = font
    return _fonts[key]


def accent_pen(theme: Theme, width: float) -> QPen:
    """The pen for what is selected and measured."""
    pen = QPen(QColor(theme.accent), width * theme.scale)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def dot(painter: QPainter, place: QPointF, theme: Theme) -> None:
    """A landmark."""
    painter.save()
    painter.setPen(QPen(QColor(theme.halo), 1.2))
    painter.setBrush(QColor(theme.accent))
    path = QPainterPath()
    path.addEllipse(place, 3.6 * theme.scale, 3.6 * theme.scale)
    painter.drawPath(path)
    painter.restore()


def pixels(line: Sequence[XY], to_pixels: QTransform) -> list[QPointF]:
    """A line of drawing units in pixels."""
    return [to_pixels.map(QPointF(x, y)) for x, y in line]


def polygon(line: Sequence[XY], to_pixels: QTransform) -> QPolygonF:
    """The same as a polygon, for painting."""
    return QPolygonF(pixels(line, to_pixels))
