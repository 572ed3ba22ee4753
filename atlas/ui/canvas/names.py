"""The names of points, written where there is room."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QTransform

from atlas.scene import Bools, Floats, MapScene, Sheet
from atlas.ui.canvas.ink import halo_text, overlay_font
from atlas.ui.canvas.labels import EXAMINED, Room, place_labels
from atlas.ui.canvas.measure import lettering, measure_key, name_font
from atlas.ui.theme import Theme


def names_key(scene: MapScene) -> object:
    """What of a scene the names depend on."""
    return measure_key(scene), scene.matching


class NamePainter:
    """Writes the selected point's name always, the others as there is room."""

    def __init__(self) -> None:
        self._widths: dict[tuple[str, str, bool], float] = {}
        self.reserved: list[QRectF] = []  # what floats over the canvas, in its pixels

    def __call__(
        self, painter: QPainter, scene: MapScene, theme: Theme, to_pixels: QTransform, area: QRectF
    ) -> None:
        """Paint the names of what is in view."""
        sheet = scene.sheet
        if not sheet.spots:
            return
        xs = sheet.x * to_pixels.m11() + to_pixels.dx() - area.left()
        ys = sheet.y * to_pixels.m22() + to_pixels.dy() - area.top()
        shown = scene.visible & (xs > 0) & (ys > 0) & (xs < area.width()) & (ys < area.height())
        room = Room(area.width(), area.height())
        room.take_marks(xs[shown], ys[shown])
        taken = list(self.reserved)
        letters = lettering(scene, theme, to_pixels, area)
        for rect, _ in letters.texts:
            taken.append(rect.translated(-area.topLeft()))
        if letters.name is not None:
            rect, text = letters.name
            taken.append(rect.translated(-area.topLeft()).adjusted(-26, -2, 4, 2))
            painter.setFont(name_font(scene, theme))
            ascent = QFontMetricsF(painter.font()).ascent()
            halo_text(painter, rect.topLeft() + QPointF(0, ascent), text, theme, theme.text)
        for rect in taken:
            room.take(rect.x(), rect.y(), rect.width(), rect.height())
        if "labels" in scene.view.layers or scene.view.presenting:
            painter.translate(area.topLeft())
            self._others(painter, scene, theme, (xs, ys), shown, room)

    def _others(
        self,
        painter: QPainter,
        scene: MapScene,
        theme: Theme,
        at: tuple[Floats, Floats],
        shown: Bools,
        room: Room,
    ) -> None:
        full = scene.view.presenting
        font = overlay_font(theme, bold=False, size=19 if full else 11)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        # One name is enough for both sides: that of the authored side, where it is in view.
        sheet = scene.sheet
        wanted = shown & (sheet.authored | ~shown[sheet.twin])
        candidates = np.flatnonzero(wanted)[:EXAMINED].tolist()
        order = [i for i in self._once(candidates, sheet) if i not in scene.twins]
        names = {i: scene.sheet.name(i, full=full) for i in order}
        widths = {i: self._width(name, metrics, theme, full=full) for i, name in names.items()}
        for placed in place_labels(order, *at, widths, metrics.height() * 0.86, room):
            corner = QPointF(placed.x, placed.y + metrics.ascent() * 0.93)
            halo_text(painter, corner, names[placed.spot], theme, theme.text)

    @staticmethod
    def _once(candidates: list[int], sheet: Sheet) -> Iterator[int]:
        """The spots to name: of a series along the body, such as EX-B2, the first in view."""
        named: set[int] = set()
        for spot in candidates:
            owner = sheet.spots[spot].owner
            if not (sheet.series[spot] and owner in named):
                named.add(owner)
                yield spot

    def _width(self, text: str, metrics: QFontMetricsF, theme: Theme, *, full: bool) -> float:
        key = (text, theme.name, full)
        if key not in self._widths:
            self._widths[key] = metrics.horizontalAdvance(text)
        return self._widths[key]
