"""What is painted over the body: courses, the measurement, the selection and the names.

Each is one item, painted in pixels, so that lines and type keep their size at every zoom.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from atlas.body.channels import Course
from atlas.body.maps import XY
from atlas.body.placement import Step
from atlas.scene import Bools, Floats, MapScene
from atlas.ui.canvas.labels import EXAMINED, Room, place_labels
from atlas.ui.theme import Theme

PaintScene = Callable[[QPainter, MapScene, Theme, QTransform, QRectF], None]
KeyOfScene = Callable[[MapScene], object]


class OverlayItem(QGraphicsItem):
    """Paints a scene with one of the functions below, in pixels.

    What was painted is kept as a pixmap until the view moves or what `key` takes from the
    scene changes, so that a hover card or another layer's change costs a copy, no painting.
    """

    def __init__(self, paint_scene: PaintScene, key: KeyOfScene, z: float) -> None:
        super().__init__()
        self._paint_scene = paint_scene
        self._key_of = key
        self._scene: MapScene | None = None
        self._theme: Theme | None = None
        self._area = QRectF()
        self._kept: tuple[object, QPixmap] | None = None
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def set_scene(self, scene: MapScene, theme: Theme) -> None:
        """Paint another scene from now on."""
        before = self._scene
        self._scene = scene
        if (
            before is None
            or theme is not self._theme
            or self._key_of(before) != self._key_of(scene)
        ):
            self._theme = theme
            self.forget()

    def forget(self) -> None:
        """Paint anew."""
        self._kept = None
        self.update()

    def look_at(self, area: QRectF) -> None:
        """Say what is in view, in drawing units; what is painted may reach anywhere there."""
        self.prepareGeometryChange()
        self._area = area

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """All that is in view."""
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint in pixels over what is in view."""
        _ = option, widget
        if self._scene is None or self._theme is None:
            return
        transform = painter.worldTransform()
        area = transform.mapRect(self._area)
        painter.save()
        painter.resetTransform()
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        painter.drawPixmap(area.topLeft(), self._picture(transform, area, ratio))
        painter.restore()

    def _picture(self, transform: QTransform, area: QRectF, ratio: float) -> QPixmap:
        key = (transform, area, ratio)
        if self._kept is not None and self._kept[0] == key:
            return self._kept[1]
        picture = QPixmap(round(area.width() * ratio), round(area.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-area.topLeft())
        assert self._scene is not None
        assert self._theme is not None
        self._paint_scene(painter, self._scene, self._theme, transform, area)
        painter.end()
        self._kept = (key, picture)
        return picture


def paint_courses(
    painter: QPainter, scene: MapScene, theme: Theme, to_pixels: QTransform, area: QRectF
) -> None:
    """The courses of the meridians; dashed where they leave the visible side."""
    _ = area
    painter.save()
    painter.setTransform(to_pixels, combine=True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for course in scene.courses:
        colour = QColor(theme.colour(course.meridian))
        colour.setAlphaF(0.75)
        pen = QPen(colour, 1.8 * theme.scale)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if course.dashed:
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawPolyline(_line_of(course))
    painter.restore()


@lru_cache(maxsize=512)
def _line_of(course: Course) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in course.line])


def paint_measure(
    painter: QPainter, scene: MapScene, theme: Theme, to_pixels: QTransform, area: QRectF
) -> None:
    """How the selected point is measured: landmark, ruler with its cun, shift."""
    _ = area
    if scene.measured is None or "measure" not in scene.view.layers:
        return
    for step in scene.measured.steps:
        _PAINT_STEP[step.kind](painter, step, theme, to_pixels)
    painter.setFont(measure_font(theme))
    metrics = QFontMetricsF(painter.font())
    for rect, text in measure_texts(scene, to_pixels, metrics, theme):
        baseline = QPointF(rect.left(), rect.top() + metrics.ascent())
        halo_text(painter, baseline, text, theme, theme.accent)


def _paint_landmark(painter: QPainter, step: Step, theme: Theme, to_pixels: QTransform) -> None:
    _dot(painter, to_pixels.map(QPointF(*step.line[0])), theme)


def _paint_ruler(painter: QPainter, step: Step, theme: Theme, to_pixels: QTransform) -> None:
    pen = _accent_pen(theme, 1.4)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawPolyline(_polygon(step.ruler, to_pixels))
    painter.setPen(_accent_pen(theme, 2.2))
    painter.drawPolyline(_polygon(step.line, to_pixels))
    _paint_ticks(painter, step, step.ruler, theme, to_pixels)
    for end in (step.ruler[0], step.ruler[-1]):
        _dot(painter, to_pixels.map(QPointF(*end)), theme)


def _paint_level(painter: QPainter, step: Step, theme: Theme, to_pixels: QTransform) -> None:
    pen = _accent_pen(theme, 1.4)
    pen.setDashPattern([2, 3])
    painter.setPen(pen)
    painter.drawPolyline(_polygon(step.line, to_pixels))
    _dot(painter, to_pixels.map(QPointF(*step.line[0])), theme)


def _paint_shift(painter: QPainter, step: Step, theme: Theme, to_pixels: QTransform) -> None:
    painter.setPen(_accent_pen(theme, 2.2))
    painter.drawPolyline(_polygon(step.line, to_pixels))
    _paint_ticks(painter, step, step.line, theme, to_pixels)


_PAINT_STEP: dict[str, Callable[[QPainter, Step, Theme, QTransform], None]] = {
    "landmark": _paint_landmark,
    "ruler": _paint_ruler,
    "between": _paint_ruler,
    "level": _paint_level,
    "shift": _paint_shift,
}


def _paint_ticks(
    painter: QPainter, step: Step, line: Sequence[XY], theme: Theme, to_pixels: QTransform
) -> None:
    """A short stroke across the line at each cun."""
    painter.setPen(_accent_pen(theme, 1.4))
    stretches = [QLineF(a, b) for a, b in pairwise(_pixels(line, to_pixels))]
    for tick in step.ticks:
        place = to_pixels.map(QPointF(*tick))
        across = _normal_at(stretches, place) * 4.0 * theme.scale
        painter.drawLine(QLineF(place - across, place + across))


def _normal_at(stretches: Sequence[QLineF], place: QPointF) -> QPointF:
    """The unit normal of the stretch of a polyline that lies nearest to a place."""
    nearest = min(stretches, key=lambda s: _off_stretch(s, place))
    if nearest.length() == 0:
        return QPointF(0, 1)
    return QPointF(-nearest.dy(), nearest.dx()) / nearest.length()


def _off_stretch(stretch: QLineF, place: QPointF) -> float:
    to_ends = QLineF(stretch.p1(), place).length() + QLineF(place, stretch.p2()).length()
    return to_ends - stretch.length()


def measure_texts(
    scene: MapScene, to_pixels: QTransform, metrics: QFontMetricsF, theme: Theme
) -> list[tuple[QRectF, str]]:
    """What is written at the measurement, and where: cun beside lines, names at landmarks."""
    if scene.measured is None or "measure" not in scene.view.layers:
        return []
    place = to_pixels.map(QPointF(*scene.measured.position))
    found: list[tuple[QRectF, str]] = []
    for step in scene.measured.steps:
        if step.cun is not None and len(step.line) > 1:
            found.append(_beside_line(step, to_pixels, metrics, theme))
        for mark, name in step.marks:
            if name:
                pixel = to_pixels.map(QPointF(*mark))
                below = step.kind == "landmark"
                found.append((_mark_rect(pixel, name, place, metrics, below=below), name))
    return found


def _beside_line(
    step: Step, to_pixels: QTransform, metrics: QFontMetricsF, theme: Theme
) -> tuple[QRectF, str]:
    start, end = _pixels(step.line[-2:], to_pixels)
    middle = (start + end) / 2
    text = f"{step.cun:g} cun"
    size = metrics.size(0, text)
    level = abs(end.x() - start.x()) > abs(end.y() - start.y())
    away = 7 * theme.scale
    corner = (
        QPointF(middle.x() - size.width() / 2, middle.y() - away - size.height())
        if level
        else QPointF(middle.x() - size.width() - away, middle.y() - size.height() / 2)
    )
    return QRectF(corner, size), text


def _mark_rect(
    mark: QPointF, name: str, place: QPointF, metrics: QFontMetricsF, *, below: bool
) -> QRectF:
    """Where the name of a landmark goes: below it, or on the side away from the point."""
    size = metrics.size(0, name)
    if below:
        return QRectF(QPointF(mark.x() - size.width() / 2, mark.y() + 7), size)
    left = mark.x() <= place.x() + 1
    x = mark.x() - 8 - size.width() if left else mark.x() + 8
    return QRectF(QPointF(x, mark.y() - size.height() / 2), size)


def measure_font(theme: Theme) -> QFont:
    """The type of what is written at a measurement."""
    return overlay_font(theme, bold=True, size=12)


def paint_selection(
    painter: QPainter, scene: MapScene, theme: Theme, to_pixels: QTransform, area: QRectF
) -> None:
    """A ring around the selected point, a thin one around its twin on the other side."""
    _ = area
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for i in scene.twins:
        spot = scene.sheet.spots[i]
        place = to_pixels.map(QPointF(spot.x, spot.y))
        chosen = i == scene.selected
        radius = (9.0 if chosen else 7.0) * theme.scale
        painter.setPen(QPen(QColor(theme.halo), 4.6 if chosen else 3.0))
        painter.drawEllipse(place, radius, radius)
        painter.setPen(_accent_pen(theme, 2.4 if chosen else 1.2))
        painter.drawEllipse(place, radius, radius)


class LabelPainter:
    """Writes the names of points; keeps text widths, and places until the view moves."""

    def __init__(self, names: Callable[[MapScene, int], str]) -> None:
        self._names = names
        self._widths: dict[tuple[str, str, bool], float] = {}
        self.reserved: list[QRectF] = []  # what floats over the canvas, in its pixels

    def __call__(
        self, painter: QPainter, scene: MapScene, theme: Theme, to_pixels: QTransform, area: QRectF
    ) -> None:
        """Paint the labels that there is room for, the selected point's always."""
        sheet = scene.sheet
        if not len(sheet.spots):
            return
        xs = sheet.x * to_pixels.m11() + to_pixels.dx() - area.left()
        ys = sheet.y * to_pixels.m22() + to_pixels.dy() - area.top()
        shown = scene.visible & (xs > 0) & (ys > 0) & (xs < area.width()) & (ys < area.height())
        room = Room(area.width(), area.height())
        room.take_marks(xs[shown], ys[shown])
        for reserved in self.reserved:
            room.take(reserved.x(), reserved.y(), reserved.width(), reserved.height())
        metrics = QFontMetricsF(measure_font(theme))
        for rect, _ in measure_texts(scene, to_pixels, metrics, theme):
            moved = rect.translated(-area.topLeft())
            room.take(moved.x(), moved.y(), moved.width(), moved.height())
        painter.translate(area.topLeft())
        if scene.selected is not None:
            self._selected(painter, scene, theme, float(xs[scene.selected]),
                           float(ys[scene.selected]), room)  # fmt: skip
        if "labels" in scene.view.layers or scene.view.presenting:
            self._others(painter, scene, theme, xs, ys, shown, room)

    def _selected(
        self, painter: QPainter, scene: MapScene, theme: Theme, x: float, y: float, room: Room
    ) -> None:
        assert scene.selected is not None
        size = 26 if scene.view.presenting else 17
        painter.setFont(overlay_font(theme, bold=True, size=size))
        text = self._names(scene, scene.selected)
        metrics = QFontMetricsF(painter.font())
        width, height = metrics.horizontalAdvance(text), metrics.height()
        left = x + 15 * theme.scale
        if left + width > room.columns * 4:
            left = x - 15 * theme.scale - width
        room.take(left - 3, y - height / 2, width + 6, height)
        room.take(x - 12, y - 12, 24, 24)
        baseline = QPointF(left, y + metrics.ascent() / 2 - 1)
        halo_text(painter, baseline, text, theme, theme.text)

    def _others(
        self,
        painter: QPainter,
        scene: MapScene,
        theme: Theme,
        xs: Floats,
        ys: Floats,
        shown: Bools,
        room: Room,
    ) -> None:
        font = overlay_font(theme, bold=False, size=19 if scene.view.presenting else 11)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        # One name is enough for both sides: that of the side which is authored.
        candidates = np.flatnonzero(shown & scene.sheet.authored)[:EXAMINED].tolist()
        order = [i for i in candidates if i not in scene.twins]
        widths = {i: self._width(self._names(scene, i), metrics, theme, scene) for i in order}
        for placed in place_labels(order, xs, ys, widths, metrics.height() * 0.86, room):
            corner = QPointF(placed.x, placed.y + metrics.ascent() * 0.93)
            halo_text(painter, corner, self._names(scene, placed.spot), theme, theme.text)

    def _width(self, text: str, metrics: QFontMetricsF, theme: Theme, scene: MapScene) -> float:
        key = (text, theme.name, scene.view.presenting)
        if key not in self._widths:
            self._widths[key] = metrics.horizontalAdvance(text)
        return self._widths[key]


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


def _accent_pen(theme: Theme, width: float) -> QPen:
    pen = QPen(QColor(theme.accent), width * theme.scale)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _dot(painter: QPainter, place: QPointF, theme: Theme) -> None:
    painter.save()
    painter.setPen(QPen(QColor(theme.halo), 1.2))
    painter.setBrush(QColor(theme.accent))
    path = QPainterPath()
    path.addEllipse(place, 3.6 * theme.scale, 3.6 * theme.scale)
    painter.drawPath(path)
    painter.restore()


def _pixels(line: Sequence[XY], to_pixels: QTransform) -> list[QPointF]:
    return [to_pixels.map(QPointF(x, y)) for x, y in line]


def _polygon(line: Sequence[XY], to_pixels: QTransform) -> QPolygonF:
    return QPolygonF(_pixels(line, to_pixels))
