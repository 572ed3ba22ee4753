"""A card's answers so far, as a line: how far off each was, or whether it was known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from atlas.study.history import Answer
from atlas.study.schedule import Rating
from atlas.ui.theme import LIGHT, Theme

MOST = 12  # answers that are shown, the last ones
MARGIN = 18
GAP = 10  # pixels above
DOT = 3.4


class SoFar(QWidget):
    """Nothing at the first answer; from the second on, how they went."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: Sequence[Answer] = ()
        self._theme: Theme = LIGHT
        self._tolerance: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("This question so far")

    def show_answers(
        self, answers: Sequence[Answer], theme: Theme, tolerance: float | None
    ) -> None:
        """Draw the answers to a card; tolerance in cun where places are asked for."""
        self._answers, self._theme, self._tolerance = answers[-MOST:], theme, tolerance
        self.setAccessibleDescription(", ".join(_told(answer) for answer in self._answers))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as there is room, five lines high."""
        return QSize(200, round(self.fontMetrics().height() * 5.6) + GAP)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Heading, line, a dot for each answer: filled where it was known."""
        _ = event
        if not self._answers:
            return
        theme, metrics = self._theme, self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heading(painter)
        last = _told(self._answers[-1])
        beside = metrics.horizontalAdvance(last) + 10
        top = GAP + metrics.height() * 1.8
        width = self.width() - 2 * MARGIN - beside
        plot = QRectF(MARGIN + 4, top, width - 4, self.height() - top - metrics.height() * 0.8)
        most = self._most()
        if self._tolerance is not None:
            self._paint_tolerance(painter, plot, most)
        places = self._places(plot, most)
        painter.setPen(QPen(QColor(theme.accent), 1.6))
        painter.drawPolyline(QPolygonF(places))
        for place, answer in zip(places, self._answers, strict=True):
            known = answer.review.rating > Rating.Again
            painter.setBrush(QColor(theme.accent if known else theme.panel))
            painter.drawEllipse(place, DOT * theme.scale, DOT * theme.scale)
        painter.setPen(QColor(theme.text))
        painter.drawText(places[-1] + QPointF(10, metrics.ascent() / 2 - 1), last)
        painter.end()

    def _paint_heading(self, painter: QPainter) -> None:
        font = QFont(self.font())
        font.setPointSizeF(7.6 * self._theme.scale)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(QPointF(MARGIN, GAP + self.fontMetrics().ascent()), "THIS QUESTION SO FAR")
        painter.setFont(self.font())

    def _paint_tolerance(self, painter: QPainter, plot: QRectF, most: float) -> None:
        """What counts as found lies below the line."""
        assert self._tolerance is not None
        y = plot.bottom() - self._tolerance / most * plot.height()
        pen = QPen(QColor(self._theme.muted), 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))

    def _most(self) -> float:
        """The value at the upper border."""
        values = [_height(answer) for answer in self._answers]
        known = [value for value in values if value is not None]
        return max([*known, self._tolerance or 0, 0.1])

    def _places(self, plot: QRectF, most: float) -> list[QPointF]:
        """Where each answer stands; one without a mark stands at the top."""
        step = plot.width() / max(1, len(self._answers) - 1)
        found = []
        for i, answer in enumerate(self._answers):
            value = _height(answer)
            if value is None:
                value = most if self._tolerance is not None else 0.0
            found.append(
                QPointF(plot.left() + i * step, plot.bottom() - value / most * plot.height())
            )
        return found


def _height(answer: Answer) -> float | None:
    """How bad an answer was: cun off, or else the rating upside down; none without a mark."""
    if answer.review.miss is not None:
        return answer.review.miss
    if answer.card.kind in ("locate", "walk"):
        return None
    return float(Rating.Easy - answer.review.rating)


def _told(answer: Answer) -> str:
    if answer.review.miss is not None:
        return f"{answer.review.miss:.1f} cun"
    return "known" if answer.review.rating > Rating.Again else "not known"
