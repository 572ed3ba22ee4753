"""Bars of progress: the cards due on the next days, and what is known where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from atlas.study.progress import Score
from atlas.study.sayings import days_ahead
from atlas.ui.study.plots import TALL, Plot

ROW = 1.65  # of the type's height, a line of scores


class ForecastPlot(Plot):
    """A bar for each of the next days with the number of cards that are due."""

    _shown: tuple[list[int], date] | None = None

    def show_forecast(self, counts: list[int], today: date) -> None:
        """Show what is due from a day on."""
        self._shown = counts, today
        self.redraw()

    def draw(self) -> None:
        """Bars with their numbers; today's is full."""
        if self._shown is None:
            return
        counts, today = self._shown
        days, accent, soft = range(len(counts)), self.theme.accent, self.theme.soft
        self.addItem(
            pg.BarGraphItem(
                x=list(days), height=counts, width=0.72,
                pens=[self.pen(accent) if number else pg.mkPen(None) for number in counts],
                brushes=[accent if day == 0 else soft for day in days],
            )
        )  # fmt: skip
        for day, number in enumerate(counts):
            text = pg.TextItem(f"{number:,}", color=self.theme.text, anchor=(0.5, 1))
            text.setFont(self.small_font())
            text.setPos(day, number)
            self.addItem(text, ignoreBounds=True)
        self.hideAxis("left")
        self.set_axis("bottom", list(enumerate(days_ahead(today, len(counts)))), line=True)
        self.setXRange(-0.6, len(counts) - 0.4, padding=0)
        self.setYRange(0, max(4, *counts) * 1.2, padding=0)
        self.setFixedHeight(round(TALL * self.em))


class ScorePlot(Plot):
    """A line for each meridian or region: the share that was known, its interval, the counts."""

    _scores: Sequence[Score] = ()

    def show_scores(self, scores: Sequence[Score]) -> None:
        """Show other scores, the first on top."""
        self._scores = scores
        self.redraw()

    def draw(self) -> None:
        """Bars with intervals between the names and the counts."""
        if not self._scores:
            return
        shares = [score.share for score in self._scores]
        lines = np.arange(len(shares)) + 0.5
        value = np.array([100 * share.value for share in shares])
        low, high = (np.array([100 * share.interval[end] for share in shares]) for end in (0, 1))
        self.addItem(
            pg.BarGraphItem(
                x0=0, width=value, y=lines, height=0.6, pen=self.pen(self.theme.accent),
                brush=self.theme.soft,
            )
        )  # fmt: skip
        self.addItem(
            pg.ErrorBarItem(
                x=value, y=lines, left=value - low, right=high - value, beam=0.22,
                pen=self.pen(self.theme.text, wide=1.2),
            )
        )  # fmt: skip
        self._draw_texts(lines)

    def _draw_texts(self, lines: Any) -> None:
        marks = zip(lines, self._scores, strict=True)
        texts = [(line, score.title, counted(score)) for line, score in marks]
        self.set_axis("left", [(line, title) for line, title, _ in texts])
        self.set_axis("right", [(line, said) for line, _, said in texts])
        for side in ("left", "right"):
            self.getAxis(side).setTextPen(QColor(self.theme.text))
        self.set_axis("bottom", [(i, f"{i} %") for i in (0, 25, 50, 75, 100)], line=True)
        self.getViewBox().invertY(True)
        self.setXRange(0, 104, padding=0)
        self.setYRange(0, len(lines), padding=0)
        self.setFixedHeight(round((len(lines) * ROW + 1.5) * self.em))


def counted(score: Score) -> str:
    """How many answers were known, and the median miss where there were clicks."""
    known = f"{score.share.known:,} of {score.share.answers:,}"
    return known if score.miss is None else f"{known} · {score.miss:.1f} cun"
