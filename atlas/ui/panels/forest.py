"""The forest plot: each result as a square with its interval, grouped by what it was against."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen

from atlas.catalog import ticks
from atlas.catalog.forest import Panel, Row
from atlas.ui.panels.forest_rows import (
    CERTAINTY,
    LEFT,
    Columns,
    paint_head,
    paint_row,
    small_font,
)
from atlas.ui.theme import Theme

MARKS, SIDES = 22, 20  # pixels high: the marks of the axis, and what its sides mean
SMALLEST, LARGEST, UNKNOWN = 6.0, 17.0, 9.0  # sides of squares, in pixels
BAR = 5  # pixels, left of the chosen result; the ring takes two of them
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ForestPlot(pg.PlotWidget):  # type: ignore[misc]
    """One panel of results on one axis; a click or the arrow keys choose a result."""

    chosen = Signal(object, object)  # the plot, and the row that was chosen in it

    def __init__(self, panel: Panel, theme: Theme, widths: Columns) -> None:
        super().__init__(background=None)
        self.theme = theme
        self._panel = panel
        self._widths = widths
        self.rows: dict[int, Row] = {}  # by their line, the first on top
        self._headings: dict[int, str] = {}
        for group in panel.groups:
            self._headings[self._used] = group.title
            for row in group.rows:
                self.rows[self._used] = row
        self.current: int | None = None
        self._prepare()
        self._draw()
        self._draw_axes()

    @property
    def _used(self) -> int:
        return len(self.rows) + len(self._headings)

    def _prepare(self) -> None:
        scale = self.theme.scale
        self.setFixedHeight(round(self._used * self._widths.row + (MARKS + SIDES) * scale))
        self.setMinimumWidth(self._widths.least)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"Results in {self._panel.axis}")
        self.setAccessibleDescription("Up and Down choose a result")
        self.setCacheMode(self.CacheModeFlag.CacheNone)  # the ground shows what is chosen
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.getPlotItem().layout.setContentsMargins(0, 0, 0, 0)
        box = self.getViewBox()
        box.invertY(True)
        box.setDefaultPadding(0)
        low = min(0.0, *(row.low for row in self.rows.values()))
        high = max(0.0, *(row.high for row in self.rows.values()))
        self.setXRange(low, high, padding=0.06)
        self.setYRange(0, self._used, padding=0)

    def _draw(self) -> None:
        theme, rows = self.theme, list(self.rows.values())
        x, y = np.array([row.effect for row in rows]), np.array(list(self.rows), float) + 0.5
        zero = pg.InfiniteLine(0, pen=pg.mkPen(theme.muted, width=1))
        self.addItem(zero, ignoreBounds=True)
        self.addItem(
            pg.ErrorBarItem(
                x=x, y=y, left=x - np.array([row.low for row in rows]),
                right=np.array([row.high for row in rows]) - x, beam=0.2,
                pen=pg.mkPen(theme.text, width=1.3 * theme.scale),
            )
        )  # fmt: skip
        accent = pg.mkPen(theme.accent, width=1.3 * theme.scale)
        full, hollow = pg.mkBrush(theme.accent), pg.mkBrush(theme.panel)
        self.addItem(
            pg.ScatterPlotItem(
                x=x, y=y, size=[_side(row) * theme.scale for row in rows], symbol="s", pen=accent,
                brush=[hollow if row.share is None else full for row in rows],
            )
        )  # fmt: skip

    def _draw_axes(self) -> None:
        theme = self.theme
        for side, width in (("left", self._widths.left), ("right", self._widths.right)):
            self.showAxis(side)
            axis = self.getAxis(side)
            axis.setWidth(width)  # the room in which the texts are painted
            axis.setTicks([[]])
            axis.setPen(pg.mkPen(None))
        bottom = self.getAxis("bottom")
        bottom.enableAutoSIPrefix(False)
        (low, high), _ = self.getViewBox().viewRange()
        ratio = self._panel.measure == "RR"
        marks = (
            ticks.of_ratios(low, high, self._panel.sign)
            if ratio
            else ticks.of_differences(low, high)
        )
        bottom.setTicks([marks])
        bottom.setPen(pg.mkPen(theme.muted))
        bottom.setTextPen(QColor(theme.muted))
        bottom.setTickFont(small_font(self.font()))
        bottom.setStyle(tickLength=4, hideOverlappingLabels=False)
        bottom.setHeight((MARKS + SIDES) * theme.scale)

    def _line(self, line: int) -> QRectF:
        """Where a line stands, over the whole width."""
        box = self.getViewBox()
        top, bottom = (box.mapViewToScene(QPointF(0, y)).y() for y in (line, line + 1))
        return QRectF(0, top, self.viewport().width(), bottom - top)

    def row_middle(self, line: int) -> int:
        """How far below the top of the plot a line stands, in pixels."""
        return round(self._line(line).center().y())

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:  # noqa: N802 - Qt's name
        """The chosen result on its ground with a bar, and a line above each group."""
        super().drawBackground(painter, rect)
        painter.setPen(QColor(self.theme.line))
        for line in self._headings:
            place = self._line(line)
            painter.drawLine(place.bottomLeft(), place.bottomRight())
        if self.current is not None:
            place = self._line(self.current)
            painter.fillRect(place, QColor(self.theme.soft))
            place.setWidth(BAR * self.theme.scale)
            painter.fillRect(place, QColor(self.theme.accent))

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:  # noqa: N802 - Qt's name
        """The texts beside the squares, and a ring while the keys work here."""
        super().drawForeground(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, font = self.theme, self.font()
        for line, row in self.rows.items():
            paint_row(painter, row, self._line(line), self._widths, font, theme)
        for line, title in self._headings.items():
            paint_head(painter, title, self._line(line), self._widths, font, theme)
        self._paint_sides(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_sides(self, painter: QPainter) -> None:
        """Beside the axis its unit, and below it what its two sides mean."""
        scale, below = self.theme.scale, self._line(self._used)
        zero = self.getViewBox().mapViewToScene(QPointF(0, 0)).x()
        gap = 10 * scale
        painter.setPen(QColor(self.theme.muted))
        unit = QRectF(0, below.top(), self._widths.left - 2 * gap, MARKS * scale)
        painter.drawText(unit, RIGHT, self._panel.axis)
        worse = QRectF(zero + gap, unit.bottom(), below.width() - zero, (SIDES - 4) * scale)
        better = QRectF(0, unit.bottom(), zero - gap, worse.height())
        painter.drawText(better, RIGHT, "← acupuncture better")
        painter.drawText(worse, LEFT, "worse →")

    def choose(self, line: int | None) -> None:
        """Mark a result and tell which one it is."""
        self.current = line
        self.viewport().update()
        if line is None:
            return
        row = self.rows[line]
        group = self._headings[max(above for above in self._headings if above < line)]
        certainty = CERTAINTY[row.comparison.certainty]
        self.setAccessibleDescription(f"{group}: {row.name}, {row.printed}, {certainty}")
        self.chosen.emit(self, row)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click anywhere in a line chooses its result."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
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

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The ring appears."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """The page scrolls, not the plot."""
        event.ignore()


def _side(row: Row) -> float:
    """Side of a square, whose area goes with the number of people."""
    if row.share is None:
        return UNKNOWN
    return max(SMALLEST, LARGEST * math.sqrt(row.share))
