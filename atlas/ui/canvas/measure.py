"""The measurement of the selected point, painted: landmark, ruler, shift, and their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTransform

from atlas.body.maps import XY
from atlas.body.placement import Step, length, point_along
from atlas.scene import MapScene
from atlas.ui.canvas.ink import accent_pen, dot, halo_text, overlay_font, pixels, polygon
from atlas.ui.theme import Theme

CLEAR = 6.0  # pixels between a text and a line that it keeps off
SHORTEST = 12.0  # pixels of a line from which its cun are written beside it


def selection_key(scene: MapScene) -> object:
    """What of a scene the rings depend on."""
    return scene.sheet.map.id, scene.twins, scene.selected, scene.view.presenting


def measure_key(scene: MapScene) -> object:
    """What of a scene the measurement depends on: its texts make way for markers and names."""
    around = scene.matching if scene.measured is not None else 0
    layers = scene.view.layers & {"measure", "labels"}
    return selection_key(scene), layers, scene.measured, around, scene.kept_free


def paint_measure(
    painter: QPainter, scene: MapScene, theme: Theme, to_pixels: QTransform, area: QRectF
) -> None:
    """How the selected point is measured: landmark, ruler with its cun, shift."""
    if scene.measured is None or "measure" not in scene.view.layers:
        return
    for step in scene.measured.steps:
        _PAINT_STEP[step.kind](painter, step, theme, to_pixels)
    painter.setFont(measure_font(scene, theme))
    ascent = QFontMetricsF(painter.font()).ascent()
    for rect, text in lettering(scene, theme, to_pixels, area).texts:
        baseline = QPointF(rect.left(), rect.top() + ascent)
        halo_text(painter, baseline, text, theme, theme.accent)


def _paint_landmark(painter: QPainter, step: Step, theme: Theme, to_pixels: QTransform) -> None:
    dot(painter, to_pixels.map(QPointF(*step.line[0])), theme)


def _paint_ruler(painter: QPainter, step: Step, theme: Theme, to_pixels: QTransform) -> None:
    pen = accent_pen(theme, 1.4)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawPolyline(polygon(step.ruler, to_pixels))
    painter.setPen(accent_pen(theme, 2.2))
    painter.drawPolyline(polygon(step.line, to_pixels))
    _paint_ticks(painter, step, step.ruler, theme, to_pixels)
    for end in (step.ruler[0], step.ruler[-1]):
        dot(painter, to_pixels.map(QPointF(*end)), theme)


def _paint_level(painter: QPainter, step: Step, theme: Theme, to_pixels: QTransform) -> None:
    pen = accent_pen(theme, 1.4)
    pen.setDashPattern([2, 3])
    painter.setPen(pen)
    painter.drawPolyline(polygon(step.line, to_pixels))
    dot(painter, to_pixels.map(QPointF(*step.line[0])), theme)


def _paint_shift(painter: QPainter, step: Step, theme: Theme, to_pixels: QTransform) -> None:
    painter.setPen(accent_pen(theme, 2.2))
    painter.drawPolyline(polygon(step.line, to_pixels))
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
    painter.setPen(accent_pen(theme, 1.4))
    stretches = [QLineF(a, b) for a, b in pairwise(pixels(line, to_pixels))]
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


def measure_font(scene: MapScene, theme: Theme) -> QFont:
    """The type of what is written at a measurement."""
    return overlay_font(theme, bold=True, size=19 if scene.view.presenting else 12)


def name_font(scene: MapScene, theme: Theme) -> QFont:
    """The type of the selected point's name."""
    return overlay_font(theme, bold=True, size=26 if scene.view.presenting else 17)


def selected_name(
    scene: MapScene, theme: Theme, to_pixels: QTransform, area: QRectF
) -> tuple[QRectF, str] | None:
    """The selected point's name, and the place beside it that covers least."""
    if scene.selected is None:
        return None
    spot = scene.sheet.spots[scene.selected]
    place = to_pixels.map(QPointF(spot.x, spot.y))
    text = scene.sheet.name(scene.selected, full=scene.view.presenting)
    size = QFontMetricsF(name_font(scene, theme)).size(0, text)
    options = [QRectF(corner, size) for corner in _name_corners(place, size, theme)]
    inside = [option for option in options if area.contains(option)] or options[:1]
    return min(inside, key=lambda rect: _covered(rect, scene, to_pixels)), text


def _name_corners(place: QPointF, size: QSizeF, theme: Theme) -> list[QPointF]:
    """Where the selected point's name may begin: right of it first, then left, above, below."""
    away, (width, height) = 15 * theme.scale, (size.width(), size.height())
    return [
        QPointF(place.x() + away, place.y() - height / 2),
        QPointF(place.x() - away - width, place.y() - height / 2),
        QPointF(place.x() - width / 2, place.y() - away - height),
        QPointF(place.x() - width / 2, place.y() + away),
    ]


def _covered(rect: QRectF, scene: MapScene, to_pixels: QTransform) -> int:
    """How many matching markers and lines of the measurement a text would cover."""
    scale, left, top = to_pixels.m11(), to_pixels.dx(), to_pixels.dy()
    markers = scene.sheet.count_in(
        (rect.left() - left) / scale, (rect.top() - top) / scale,
        (rect.right() - left) / scale, (rect.bottom() - top) / scale, scene.visible,
    )  # fmt: skip
    around = rect.adjusted(-CLEAR, -CLEAR, CLEAR, CLEAR)
    markers += sum(_crosses(pixels(line, to_pixels), around) for line in scene.kept_free)
    if scene.measured is None or "measure" not in scene.view.layers:
        return markers
    lines = (line for step in scene.measured.steps for line in (step.line, step.ruler))
    return markers + sum(_crosses(pixels(line, to_pixels), rect) for line in lines)


def _crosses(line: Sequence[QPointF], rect: QRectF) -> bool:
    """Whether a polyline touches a rectangle: ends in it, or crosses one of its diagonals."""
    diagonals = (
        QLineF(rect.topLeft(), rect.bottomRight()),
        QLineF(rect.topRight(), rect.bottomLeft()),
    )
    bounded = QLineF.IntersectionType.BoundedIntersection
    return any(rect.contains(place) for place in line) or any(
        QLineF(a, b).intersects(diagonal)[0] == bounded
        for a, b in pairwise(line)
        for diagonal in diagonals
    )


class Lettering(NamedTuple):
    """What is written at the selected point and its measurement, each with its place."""

    name: tuple[QRectF, str] | None
    texts: list[tuple[QRectF, str]]


_last: list[tuple[MapScene, Theme, QTransform, QRectF, Lettering]] = []


def lettering(scene: MapScene, theme: Theme, to_pixels: QTransform, area: QRectF) -> Lettering:
    """Where names and cun go; kept, because the measurement and the names' layer both ask."""
    if _last:
        earlier, look, transform, room, found = _last[0]
        if earlier is scene and look is theme and transform == to_pixels and room == area:
            return found
    name = selected_name(scene, theme, to_pixels, area)
    found = Lettering(name, _measure_texts(scene, theme, to_pixels, area, name))
    _last[:] = [(scene, theme, to_pixels, area, found)]
    return found


def _measure_texts(
    scene: MapScene,
    theme: Theme,
    to_pixels: QTransform,
    area: QRectF,
    name: tuple[QRectF, str] | None,
) -> list[tuple[QRectF, str]]:
    """Cun beside lines, names at landmarks.

    Each text takes the place beside its line or mark that is in view, free, and covers least.
    """
    if scene.measured is None or "measure" not in scene.view.layers:
        return []
    metrics = QFontMetricsF(measure_font(scene, theme))
    place = to_pixels.map(QPointF(*scene.measured.position))
    reach = 9 * theme.scale
    twins = [scene.sheet.spots[i] for i in scene.twins]
    places = [place, *(to_pixels.map(QPointF(spot.x, spot.y)) for spot in twins)]
    taken = [QRectF(p.x() - reach, p.y() - reach, 2 * reach, 2 * reach) for p in places]
    if name is not None:
        taken.append(name[0])
    found: list[tuple[QRectF, str]] = []
    for text, options in _wanted_texts(scene, metrics, theme, to_pixels):
        inside = [option for option in options if area.contains(option)]
        free = [o for o in inside if not any(o.intersects(t) for t in taken)]
        if free:
            rect = min(free, key=lambda option: _covered(option, scene, to_pixels))
            taken.append(rect)
            found.append((rect, text))
    return found


def _wanted_texts(
    scene: MapScene, metrics: QFontMetricsF, theme: Theme, to_pixels: QTransform
) -> Iterator[tuple[str, list[QRectF]]]:
    """Texts with the places that they may take, the best first."""
    assert scene.measured is not None
    for step in scene.measured.steps:
        if step.cun is not None and len(step.line) > 1:
            text = f"{step.cun:g} cun"
            options = _beside_line(step, metrics.size(0, text), theme, to_pixels)
            if options:
                yield text, options
    for step in scene.measured.steps:
        for mark, name in step.marks:
            if name and not _is_labelled(scene, name):
                size = metrics.size(0, name)
                yield name, _around(to_pixels.map(QPointF(*mark)), size, step.kind)


def _is_labelled(scene: MapScene, name: str) -> bool:
    """Whether a point that serves as a landmark has its own label anyway."""
    spots = scene.sheet.of_code.get(name, ())
    return "labels" in scene.view.layers and any(scene.visible[i] for i in spots)


def _beside_line(step: Step, size: QSizeF, theme: Theme, to_pixels: QTransform) -> list[QRectF]:
    """Places on both sides of the middle of a line; none where the line is too short."""
    line = [(p.x(), p.y()) for p in pixels(step.line, to_pixels)]
    whole = length(line)
    if whole < SHORTEST:
        return []
    (x, y), (dx, dy) = point_along(line, whole / 2)
    centres = []
    for away in (6 * theme.scale, 14 * theme.scale, 24 * theme.scale):
        if abs(dx) > abs(dy):
            down = away + size.height() / 2
            centres += [(x, y - down), (x, y + down)]
        else:
            aside = away + size.width() / 2
            centres += [(x - aside, y), (x + aside, y)]
    corner = QPointF(size.width() / 2, size.height() / 2)
    return [QRectF(QPointF(*centre) - corner, size) for centre in centres]


def _around(mark: QPointF, size: QSizeF, kind: str) -> list[QRectF]:
    """Places around a landmark: below a single one, beside the end of a ruler."""
    width, height = size.width(), size.height()
    below = QPointF(mark.x() - width / 2, mark.y() + 6)
    above = QPointF(mark.x() - width / 2, mark.y() - 6 - height)
    left = QPointF(mark.x() - 8 - width, mark.y() - height / 2)
    right = QPointF(mark.x() + 8, mark.y() - height / 2)
    order = (below, above, left, right) if kind == "landmark" else (left, right, above, below)
    farther = (below + QPointF(0, 12), above - QPointF(0, 12))
    return [QRectF(corner, size) for corner in (*order, *farther)]


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
        painter.setPen(accent_pen(theme, 2.4 if chosen else 1.2))
        painter.drawEllipse(place, radius, radius)
