"""The body with all points of a map, each marked by how well it is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPen, QWheelEvent

from atlas.scene import Sheet, Stage
from atlas.study.progress import Level, Mastery
from atlas.study.sayings import count, percent
from atlas.ui.canvas.view import ZOOM, BodyView
from atlas.ui.study.legend import Sign, outline
from atlas.ui.theme import Theme

TALL = 37.0  # of the type's height
# Of a sign's size, the width of its outline: a half-filled one must stay open inside.
EDGES = {"open": 0.28, "half": 0.16, "full": 0.16}
TOUCHING = 12.0  # pixels around the cursor within which a point is named
KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
ZOOMS = {Qt.Key.Key_Plus: ZOOM, Qt.Key.Key_Equal: ZOOM, Qt.Key.Key_Minus: 1 / ZOOM}


def mastery_signs(theme: Theme) -> dict[Level, Sign]:
    """How each level looks: colour and filling say the same."""
    return {
        Level.UNSEEN: Sign(Level.UNSEEN.word, theme.muted, fill="open", size=0.34),
        Level.LEARNING: Sign(Level.LEARNING.word, theme.colour("ST"), fill="open", size=0.54),
        Level.KNOWN: Sign(Level.KNOWN.word, theme.accent, fill="half", size=0.58),
        Level.WELL_KNOWN: Sign(Level.WELL_KNOWN.word, theme.accent, size=0.54),
    }


def best_map(stage: Stage, mastered: Mapping[str, Mastery]) -> str:
    """The map that is best for most of the points that were asked."""
    asked = {code for code, one in mastered.items() if one.level > Level.UNSEEN}
    places = [point.places for point in stage.catalogue.points if point.code in asked]
    shown = Counter(next(iter(maps)) for maps in places if maps)
    return max(stage.body.maps, key=lambda map_id: shown[map_id])


class MasteryMap(BodyView):
    """Points by mastery; the cursor or the arrow keys name one."""

    told = Signal(str)  # of the point under the cursor, or nothing

    _sheet: Sheet | None = None
    _mastered: Mapping[str, Mastery] = {}

    def __init__(self, stage: Stage, theme: Theme) -> None:
        super().__init__(theme)
        self._stage = stage
        self.current: int | None = None  # the spot that is told
        self._under = pg.ScatterPlotItem(pxMode=True)
        self._marks = pg.ScatterPlotItem(pxMode=True)
        self._ring = pg.ScatterPlotItem(pxMode=True)
        for item in (self._under, self._marks, self._ring):
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._lay_over(self._under, self._marks, self._ring)
        self.setAccessibleName("How well you know each point")

    def show_mastery(
        self, stage: Stage, map_id: str, mastered: Mapping[str, Mastery], theme: Theme
    ) -> None:
        """Show the points of a map."""
        before = self._map
        self._stage, self._theme, self._mastered = stage, theme, mastered
        self._sheet = stage.sheet(map_id)
        self.setBackground(QColor(theme.canvas))
        self.setFixedHeight(round(TALL * self._em))
        self._draw(stage.edition, self._sheet.map, bones=False)
        self._mark()
        self._tell(None)
        if before is None or (before.id, before.frame) != (map_id, self._sheet.map.frame):
            self.fit()
        self._look()

    @property
    def _em(self) -> float:
        return QFontMetricsF(self.font()).height()

    def _mark(self) -> None:
        assert self._sheet is not None
        signs, em, theme = mastery_signs(self._theme), self._em, self._theme
        spots = self._sheet.spots
        each = [signs[self._mastered[spot.code].level] for spot in spots]
        size = em * np.array([sign.size for sign in each])
        pens = {s: pg.mkPen(s.colour, width=em * EDGES[s.fill] * s.size) for s in each}
        brushes = {
            s: QBrush(Qt.BrushStyle.NoBrush) if s.fill == "open" else QBrush(QColor(s.colour))
            for s in each
        }
        symbols = {s: outline(s.shape, s.fill) for s in each}
        place = {"x": self._sheet.x, "y": self._sheet.y}
        # The paper under the sign parts it from the body, and is what an open one is filled with.
        self._under.setData(
            **place, size=size + em * 0.3, pen=QPen(Qt.PenStyle.NoPen), brush=QColor(theme.halo)
        )
        self._marks.setData(
            **place, size=size, symbol=[symbols[s] for s in each],
            pen=[pens[s] for s in each], brush=[brushes[s] for s in each],
        )  # fmt: skip

    # -- telling ---------------------------------------------------------------------------

    def _tell(self, spot: int | None) -> None:
        """Ring a spot, and say what it is and how well it is known."""
        self.current = spot
        if spot is None or self._sheet is None:
            self._ring.clear()
            self.told.emit("")
            return
        found = self._sheet.spots[spot]
        self._ring.setData(
            x=[found.x], y=[found.y], size=self._em * 1.3, brush=None,
            pen=pg.mkPen(self._theme.text, width=self._em / 8),
        )  # fmt: skip
        self.told.emit(self.saying(found.code))

    def saying(self, code: str) -> str:
        """How well a point is known, in words."""
        one, point = self._mastered[code], self._stage.catalogue.point(code)
        name = f"{code} {point.names.pinyin}" if point is not None else code
        if one.level == Level.UNSEEN:
            return f"{name}: {one.level.word}"
        likely, days = percent(one.retrievability), count(max(1, round(one.stability)), "day")
        return f"{name}: {one.level.word}; {likely} likely remembered today, stability {days}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pan while a button is held, else name the point under the cursor."""
        super().mouseMoveEvent(event)
        back, invertible = self.to_pixels().inverted()
        if event.buttons() or self._sheet is None or not invertible:
            return
        place = back.map(event.position())
        near = self._sheet.nearest(place.x(), place.y(), self._every(), 1)
        inside = near and near[0][1] * self._scale() <= TOUCHING
        spot = near[0][0] if inside else None
        if spot != self.current:
            self._tell(spot)

    def _every(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        assert self._sheet is not None
        return np.ones(len(self._sheet.spots), bool)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is told outside."""
        super().leaveEvent(event)
        self._tell(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The arrow keys go to the nearest point in that direction; plus and minus zoom."""
        key = Qt.Key(event.key())
        if key in KEYS:
            self._go(*KEYS[key])
        elif key in ZOOMS:
            self.zoom(ZOOMS[key])
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def _go(self, dx: int, dy: int) -> None:
        if self._sheet is None:
            return
        if self.current is None:
            centre = self._visible().center()
            near = self._sheet.nearest(centre.x(), centre.y(), self._every(), 1)
            spot = near[0][0] if near else None
        else:
            spot = self._sheet.toward(self.current, dx, dy, self._every())
        if spot is not None:
            self._tell(spot)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """The page scrolls; with Ctrl the body comes closer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()

    def spot_pixel(self, spot: int) -> QPointF:
        """Where a spot is on this widget, in pixels."""
        assert self._sheet is not None
        found = self._sheet.spots[spot]
        return self.to_pixels().map(QPointF(found.x, found.y))
