"""The learner's own misses in cun: where clicks went around the point that was meant."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QSizePolicy

from atlas.study.aim import Aim, Misses, aim_of, word_of
from atlas.study.sayings import say_aim, say_left_out
from atlas.ui.study.legend import Sign
from atlas.ui.study.plots import Plot
from atlas.ui.theme import Theme

RECENT = 30  # days
NEAR, FAR = 1.2, 2.1  # cun from the point to the border of the picture
RIM = 0.96  # of that, where clicks stand that lie farther off
RINGS = (0.5, 1.0, 2.0)  # cun
INSIDE = 0.95  # of the clicks that the nearer border must leave inside
MANY = 150  # clicks from which on smaller dots can be told apart better
TALLEST = 25.0  # of the type's height
LINE = 1.0  # of that, a line of words
SPAN = 14.0  # of that, the least between the ends of the words at the sides, if there is room


def miss_signs(theme: Theme) -> list[Sign]:
    """The signs of the misses."""
    return [
        Sign(f"click of the last {RECENT} days", theme.accent, size=0.46),
        Sign("earlier", theme.accent, fill="open", size=0.42),
        Sign("farther off, that way", theme.accent, "square", "open", size=0.42),
        Sign("mean, with its 95 % region", theme.text, "cross", size=0.9),
    ]


class MissesPlot(Plot):
    """Clicks around the point, with rings at 0.5 and 1 cun, their mean and its 95 % region.

    As high as it is wide; 170 pixels are enough.
    """

    _shown: tuple[Misses, date] | None = None
    _aim: Aim | None = None
    _rings: tuple[float, ...] = ()  # cun

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Your misses")
        self.sentence = ""  # what the picture says
        self.left_out = ""  # what is not in it, if anything
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.getViewBox().setAspectLocked(True)
        self.hideAxis("left")
        self.hideAxis("bottom")

    def show_misses(self, found: Misses, today: date) -> None:
        """Show other misses, those of the last days filled."""
        self._shown, self._aim = (found, today), aim_of(found)
        self.sentence = say_aim(found, self._aim)
        self.left_out = say_left_out(found)
        self.setAccessibleDescription(f"{self.sentence} {self.left_out}".strip())
        self.redraw()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """A square with a line of words above and two below."""
        return round(min(width, TALLEST * self.em) + 3 * LINE * self.em)

    def draw(self) -> None:
        """Rings, clicks, and over them the mean."""
        if self._shown is None:
            return
        found, today = self._shown
        self.updateGeometry()
        self.getPlotItem().layout.setContentsMargins(0, LINE * self.em, 0, 2 * LINE * self.em)
        away = np.hypot(found.x, found.y)
        inside = np.count_nonzero(away <= NEAR) >= INSIDE * len(away)
        reach = NEAR if inside else FAR
        self._draw_rings(reach)
        recent = np.array([(today - day).days < RECENT for day in found.days], bool)
        now, earlier, farther, _ = self._signs(len(away))
        rim = RIM * reach
        near = away <= rim
        self.scatter(found.x[~recent & near], found.y[~recent & near], earlier)
        self.scatter(found.x[recent & near], found.y[recent & near], now)
        at_rim = rim / away[~near]
        self.scatter(found.x[~near] * at_rim, found.y[~near] * at_rim, farther)
        self._draw_aim()

    def _signs(self, clicks: int) -> list[Sign]:
        shrunk = 0.7 if clicks > MANY else 1.0
        *dots, mean = miss_signs(self.theme)
        return [*(dot._replace(size=dot.size * shrunk) for dot in dots), mean]

    def _draw_aim(self) -> None:
        """The mean and its region, on a halo that parts them from the clicks."""
        if self._aim is None:
            return
        x, y = self._aim.region.T
        mean = miss_signs(self.theme)[-1]
        for colour, wide in ((self.theme.panel, 5.0), (mean.colour, 2.0)):
            pen = self.pen(colour, wide=wide)
            self.addItem(pg.PlotCurveItem(x, y, pen=pen, antialias=True))
            self.scatter([self._aim.x], [self._aim.y], mean, pen)

    def _draw_rings(self, reach: float) -> None:
        for angle in (0, 90):
            self.addItem(pg.InfiniteLine(0, angle=angle, pen=self.pen(self.theme.line)))
        self._rings = tuple(cun for cun in RINGS if cun <= reach)
        for cun in self._rings:
            ring = QGraphicsEllipseItem(-cun, -cun, 2 * cun, 2 * cun)
            ring.setPen(self.pen(self.theme.muted))
            self.addItem(ring, ignoreBounds=True)
        self.setRange(xRange=(-reach, reach), yRange=(-reach, reach), padding=0)

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:  # noqa: N802 - Qt's name
        """The words at the axes, outside of the picture, and the lengths of the rings."""
        super().drawForeground(painter, rect)
        if self._shown is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small_font())
        painter.setPen(QColor(self.theme.muted))
        for text, place in self.words(self._shown[0]):
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        self._name_rings(painter)

    def words(self, found: Misses) -> list[tuple[str, QRectF]]:
        """The words at the ends of the axes, each with its place.

        The lower end has a line of its own: three words side by side need a wider picture.
        """
        (right, left), (up, down) = found.across, found.up
        metrics = QFontMetricsF(self.small_font())
        wide, high = self.viewport().width(), self.viewport().height()
        line = LINE * self.em
        edge = (wide - min(wide, max(high - 3 * line, SPAN * self.em))) / 2
        words = []
        for direction, text, share, top in (
            (up, "↑ {}", 0.5, 0.0),
            (down, "↓ {}", 0.5, high - 2 * line),
            (left, "← {}", 0.0, high - line),
            (right, "{} →", 1.0, high - line),
        ):
            said = text.format(word_of(direction))
            long = metrics.horizontalAdvance(said)
            start = edge + share * (wide - 2 * edge - long)
            words.append((said, QRectF(start, top, long, line)))
        return words

    def _name_rings(self, painter: QPainter) -> None:
        """Name the rings on the diagonal that leads away from the clicks."""
        aim, box = self._aim, self.getViewBox()
        x, y = (-1 if aim and aim.x > 0 else 1), (-1 if aim and aim.y > 0 else 1)
        metrics = QFontMetricsF(painter.font())
        for cun in self._rings:
            text = f"{cun:g} cun" if cun == self._rings[-1] else f"{cun:g}"
            place = box.mapViewToScene(QPointF(x, y) * cun * 0.7071)
            path = QPainterPath()
            start = QPointF(-metrics.horizontalAdvance(text) / 2, metrics.capHeight() / 2)
            path.addText(place + start, painter.font(), text)
            halo = QPen(QColor(self.theme.panel), self.em / 3.5)
            halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, halo)
            painter.fillPath(path, QColor(self.theme.text))


def since_of(today: date) -> date:
    """The first of the last days."""
    return today - timedelta(days=RECENT - 1)
