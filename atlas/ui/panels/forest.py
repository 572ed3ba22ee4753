"""The forest plot: each result as a square with its interval, grouped by what it was against."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent

from atlas.catalog.forest import Panel, Row
from atlas.ui.theme import Theme

ROW = 25  # pixels
AXIS = 50
NAMES, RESULTS = 250, 178  # widths, the same for all plots of a page
SMALLEST, LARGEST = 7.0, 17.0  # sides of squares, in pixels
RATIOS = (0.5, 0.67, 0.8, 1, 1.25, 1.5, 2)
STEPS = (0.1, 0.2, 0.5, 1, 5, 10, 20)
MOST_TICKS = 8


class ForestPlot(pg.PlotWidget):  # type: ignore[misc]
    """One panel of results on one axis; a click or the arrow keys choose a result."""

    chosen = Signal(object)

    def __init__(self, panel: Panel, theme: Theme) -> None:
        super().__init__(background=None)
        self._theme = theme
        self._panel = panel
        self.rows: dict[int, Row] = {}  # by their line, the first on top
        self._headings: dict[int, str] = {}
        for group in panel.groups:
            self._headings[self._used] = group.title
            for row in group.rows:
                self.rows[self._used] = row
        self.current: int | None = None
        self._mark = pg.LinearRegionItem(orientation="horizontal", movable=False)
        self._prepare()
        self._draw()

    @property
    def _used(self) -> int:
        return len(self.rows) + len(self._headings)

    def _prepare(self) -> None:
        self.setFixedHeight(self._used * ROW + AXIS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"Results in {self._panel.axis}")
        self.setAccessibleDescription("Up and Down choose a result")
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        box = self.getViewBox()
        box.invertY(True)
        box.setDefaultPadding(0)
        low = min(0.0, *(row.low for row in self.rows.values()))
        high = max(0.0, *(row.high for row in self.rows.values()))
        self.setXRange(low, high, padding=0.05)
        self.setYRange(0, self._used, padding=0)

    def _draw(self) -> None:
        theme, lines = self._theme, sorted(self.rows)
        rows = [self.rows[line] for line in lines]
        x, y = np.array([row.effect for row in rows]), np.array(lines, float) + 0.5
        self._mark.setZValue(-20)
        self._mark.setBrush(QColor(theme.soft))
        for border in self._mark.lines:
            border.setPen(pg.mkPen(None))
        self._mark.hide()
        self.addItem(self._mark, ignoreBounds=True)
        self.addItem(pg.InfiniteLine(0, pen=pg.mkPen(theme.muted, width=1)), ignoreBounds=True)
        self.addItem(
            pg.ErrorBarItem(
                x=x, y=y, left=x - np.array([row.low for row in rows]),
                right=np.array([row.high for row in rows]) - x, beam=0.22,
                pen=pg.mkPen(theme.text, width=1.4),
            )
        )  # fmt: skip
        squares = pg.ScatterPlotItem(
            x=x, y=y, size=[_side(row) for row in rows], symbol="s",
            pen=pg.mkPen(theme.panel), brush=pg.mkBrush(theme.accent),
        )  # fmt: skip
        self.addItem(squares)
        for line, title in self._headings.items():
            heading = pg.TextItem(title.upper(), color=theme.muted, anchor=(0, 0.5))
            heading.setFont(_small(self.font()))
            heading.setPos(self.getViewBox().viewRange()[0][0], line + 0.55)
            self.addItem(heading, ignoreBounds=True)
        self._draw_axes()

    def _draw_axes(self) -> None:
        names = [(line + 0.5, row.name) for line, row in self.rows.items()]
        results = [(line + 0.5, row.printed) for line, row in self.rows.items()]
        for side, texts, width in (("left", names, NAMES), ("right", results, RESULTS)):
            self.showAxis(side)
            self.getAxis(side).setWidth(width * self._theme.scale)
            axis = self.getAxis(side)
            axis.setTicks([texts])
            axis.setStyle(tickLength=0, hideOverlappingLabels=False, tickTextOffset=8)
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(QColor(self._theme.text))
            axis.setTickFont(self.font())
        bottom = self.getAxis("bottom")
        bottom.enableAutoSIPrefix(False)
        bottom.setTicks([list(self._ticks())])
        bottom.setPen(pg.mkPen(self._theme.line))
        bottom.setTextPen(QColor(self._theme.muted))
        bottom.setTickFont(_small(self.font()))
        bottom.setLabel(f"← acupuncture better   ·   {self._panel.axis}   ·   worse →",
                        color=self._theme.muted, **{"font-size": "8pt"})  # fmt: skip

    def _ticks(self) -> Iterator[tuple[float, str]]:
        (low, high), _ = self.getViewBox().viewRange()
        if self._panel.measure == "RR":
            for ratio in RATIOS:
                if low <= -math.log(ratio) <= high:
                    yield -math.log(ratio), f"{ratio:g}"
            return
        step = next((s for s in STEPS if (high - low) / s <= MOST_TICKS), STEPS[-1])
        for i in range(math.ceil(low / step), math.floor(high / step) + 1):
            yield i * step, f"{abs(i * step):g}"

    def choose(self, line: int | None) -> None:
        """Mark a result and tell which one it is."""
        self.current = line
        self._mark.setVisible(line is not None)
        if line is not None:
            self._mark.setRegion((line, line + 1))
            self.chosen.emit(self.rows[line])

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click anywhere in a line chooses its result."""
        self.setFocus()
        place = self.getViewBox().mapSceneToView(self.mapToScene(event.position().toPoint()))
        line = math.floor(place.y())
        if line in self.rows:
            self.choose(line)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is dragged here."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and Down go from result to result."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        lines = sorted(self.rows)
        at = lines.index(self.current) + step if self.current in self.rows else 0
        if step and 0 <= at < len(lines):
            self.choose(lines[at])
        else:
            event.ignore()

    def wheelEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """The page scrolls, not the plot."""
        event.ignore()


def _side(row: Row) -> float:
    """Side of a square: its area goes with the number of people, where that is known."""
    people = row.comparison.participants or row.study.participants or 100
    return min(LARGEST, max(SMALLEST, math.sqrt(people) / 4))


def _small(base: QFont) -> QFont:
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * 0.84)
    font.setWeight(QFont.Weight.DemiBold)
    return font
