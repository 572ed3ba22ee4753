"""Plots of progress: their common look, and those over weeks: retention and aim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from atlas.study.aim import Stretch
from atlas.study.progress import Period, in_months
from atlas.study.sayings import day_name, month_name, percent
from atlas.ui.study.legend import Sign, ground, outline
from atlas.ui.theme import Theme

SMALL = 0.88  # of the type of the page, at the axes
MARKS = 5  # parts of an axis, in each of which one day is named at most
LOWEST = 50  # percent, the foot of the retention plot unless more was forgotten
TALL = 13.0  # of the type's height, a plot over time


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """A still picture with axes: the page scrolls over it, and all sizes go with the type."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(background=None)
        self.theme = theme
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAntialiasing(True)
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self.getPlotItem().layout.setContentsMargins(0, 0, 0, 0)
        self.getViewBox().setDefaultPadding(0)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.theme = theme
        self.redraw()

    def redraw(self) -> None:
        """Draw everything anew, in the theme's colours and the size of the type."""
        self.clear()
        for side in ("left", "bottom", "right"):
            axis = self.getAxis(side)
            axis.setTickFont(self.small_font())
            axis.setTextPen(QColor(self.theme.muted))
            axis.setPen(pg.mkPen(self.theme.muted))
            axis.enableAutoSIPrefix(False)
            # As far as a mark at the end of an axis may reach over it.
            over = round(3 * self.em)
            axis.setStyle(tickLength=0, hideOverlappingLabels=over, autoExpandTextSpace=False)
        self.draw()

    def draw(self) -> None:
        """Put the items in place; nothing where nothing was shown yet."""

    @property
    def em(self) -> float:
        """The height of the type, in pixels."""
        return QFontMetricsF(self.font()).height()

    def small_font(self) -> QFont:
        """The type at the axes."""
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * SMALL)
        return font

    def pen(self, colour: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine, wide: float = 1) -> Any:
        """A pen that grows with the type."""
        return pg.mkPen(colour, width=wide * self.em / 14, style=style)

    def scatter(self, x: Any, y: Any, sign: Sign, pen: Any = None) -> None:
        """Marks that look as the legend says; a halo parts full ones that touch."""
        size = sign.size * self.em
        if pen is None and sign.fill == "full":
            pen = self.pen(self.theme.panel)
            size += pen.widthF()
        marks = pg.ScatterPlotItem(
            x=x, y=y, symbol=outline(sign.shape, sign.fill), size=size,
            pen=pen or self.pen(sign.colour, wide=1.3), brush=ground(sign, self.theme),
        )  # fmt: skip
        self.addItem(marks)

    def curve(self, x: Any, y: Any, sign: Sign) -> None:
        """A line with marks."""
        self.addItem(
            pg.PlotCurveItem(x, y, pen=self.pen(sign.colour, sign.line, 1.8), antialias=True)
        )
        self.scatter(x, y, sign)

    def axis_width(self, texts: Sequence[str]) -> int:
        """The room that texts beside an axis need."""
        metrics = QFontMetricsF(self.small_font())
        return round(max(map(metrics.horizontalAdvance, texts), default=0) + self.em * 0.9)

    def set_axis(self, side: str, marks: list[tuple[float, str]], *, line: bool = False) -> None:
        """Marks at an axis, and as much room as they need."""
        axis = self.getAxis(side)
        axis.setTicks([marks])
        self.showAxis(side)
        if side == "bottom":
            lines = max((text.count("\n") for _, text in marks), default=0) + 1
            axis.setHeight(round(self.em * (0.6 + 0.9 * lines)))
        else:
            axis.setWidth(self.axis_width([text for _, text in marks]))
        # A mark of no length still is a dot; it is seen neither on the line nor on the ground.
        axis.setTickPen(self.theme.muted if line else self.theme.panel)
        if not line:
            axis.setPen(pg.mkPen(None))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another size of type needs another picture."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.redraw()

    def wheelEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """The page scrolls, not the plot."""
        event.ignore()


class TimePlot(Plot):
    """A plot over weeks or months."""

    def _set_time(self, begins: Sequence[date]) -> None:
        """Name some days, never two that would touch."""
        first, last = begins[0].toordinal(), begins[-1].toordinal()
        name = month_name if in_months(begins) else day_name
        marks: list[tuple[float, str]] = []
        for day in begins:
            if not marks or day.toordinal() - marks[-1][0] >= (last - first) / MARKS:
                marks.append((day.toordinal(), name(day)))
        self.set_axis("bottom", marks, line=True)
        margin = max(4.0, 0.06 * (last - first))
        self.setXRange(first - margin, last + margin, padding=0)
        self.setFixedHeight(round(TALL * self.em))


def retention_signs(theme: Theme, target: float) -> list[Sign]:
    """The lines of the retention plot."""
    solid, dash, dots = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine
    return [
        Sign("remembered, with the 95 % interval", theme.accent, line=solid),
        Sign("predicted by FSRS", theme.text, "square", "open", dash),
        Sign(f"aimed at: {percent(target)}", theme.muted, "none", line=dots),
    ]


class RetentionPlot(TimePlot):
    """The share that was remembered with its interval, against the prediction and the target."""

    _periods: Sequence[Period] = ()
    _target = 0.0

    def show_retention(self, periods: Sequence[Period], target: float) -> None:
        """Show other periods."""
        self._periods, self._target = periods, target
        self.redraw()

    def draw(self) -> None:
        """Band, lines and marks."""
        if not self._periods:
            return
        days = np.array([p.begin.toordinal() for p in self._periods], float)
        low, high = (
            np.array([100 * p.remembered.interval[end] for p in self._periods]) for end in (0, 1)
        )
        share = np.array([100 * p.remembered.value for p in self._periods])
        predicted = np.array([100 * p.predicted for p in self._periods])
        remembered, fsrs, aimed = retention_signs(self.theme, self._target)
        foot = min(LOWEST, 10 * int(min(low.min(), predicted.min()) // 10))
        self._draw_band(days, low, high)
        self.addItem(
            pg.InfiniteLine(100 * self._target, angle=0, pen=self.pen(aimed.colour, aimed.line))
        )
        self.curve(days, predicted, fsrs)
        self.curve(days, share, remembered)
        self._set_time([p.begin for p in self._periods])
        step = 10 if foot >= LOWEST else 20
        self.set_axis("left", [(i, f"{i} %") for i in range(foot, 101, step)])
        self.setYRange(foot, 103, padding=0)

    def _draw_band(self, days: Any, low: Any, high: Any) -> None:
        """The interval: a band, or a bar where there is but one period."""
        edge = self.pen(self.theme.accent, wide=0.6)
        if len(days) == 1:
            middle = (low + high) / 2
            self.addItem(
                pg.ErrorBarItem(x=days, y=middle, height=high - low, beam=0.3, pen=edge)
            )  # fmt: skip
            return
        ends = [pg.PlotCurveItem(days, end, pen=edge, antialias=True) for end in (low, high)]
        self.addItem(pg.FillBetweenItem(*ends, brush=pg.mkBrush(self.theme.soft)))
        for end in ends:
            self.addItem(end)


def aim_signs(theme: Theme) -> list[Sign]:
    """The lines of the aim over time."""
    return [
        Sign("off the point on average", theme.accent, line=Qt.PenStyle.SolidLine),
        Sign(
            "scatter: median distance from their mean",
            theme.text,
            "square",
            "open",
            Qt.PenStyle.DashLine,
        ),
    ]


class AimPlot(TimePlot):
    """How far clicks were off on average, and how far apart, over weeks or months."""

    _stretches: Sequence[Stretch] = ()

    def show_stretches(self, stretches: Sequence[Stretch]) -> None:
        """Show other weeks."""
        self._stretches = stretches
        self.redraw()

    def draw(self) -> None:
        """Two lines on one axis in cun."""
        if not self._stretches:
            return
        days = [float(s.begin.toordinal()) for s in self._stretches]
        values = [s.bias for s in self._stretches], [s.scatter for s in self._stretches]
        for line, sign in reversed(list(zip(values, aim_signs(self.theme), strict=True))):
            self.curve(days, line, sign)
        self._set_time([s.begin for s in self._stretches])
        top = max(0.5, *values[0], *values[1])
        step = 0.25 if top <= 1 else 0.5
        marks = [(i * step, f"{i * step:g}") for i in range(int(top / step) + 2)]
        self.set_axis("left", [(at, f"{text} cun") for at, text in marks])
        self.setYRange(0, marks[-1][0] * 1.04, padding=0)
