"""The courses of the meridians, painted."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform

from atlas.body.channels import Course
from atlas.scene import MapScene
from atlas.ui.theme import Theme


def courses_key(scene: MapScene) -> object:
    """What of a scene the courses depend on; equal courses are one tuple."""
    return id(scene.courses)


def paint_courses(
    painter: QPainter, scene: MapScene, theme: Theme, to_pixels: QTransform, area: QRectF
) -> None:
    """The courses of the meridians; dashed where they leave the visible side."""
    _ = area
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for course in scene.courses:
        colour = QColor(theme.colour(course.meridian))
        colour.setAlphaF(0.75)
        pen = QPen(colour, 1.8 * theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if course.dashed:
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawPolyline(to_pixels.map(_line_of(course)))


@lru_cache(maxsize=512)
def _line_of(course: Course) -> QPolygonF:
    places = np.array(course.line)
    polygon: QPolygonF = pg.functions.arrayToQPolygonF(places[:, 0], places[:, 1])
    return polygon
