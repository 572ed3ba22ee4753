"""A card's answers so far, as a line: how far off each was, or whether it was known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from atlas.study.history import Answer
from atlas.study.schedule import Rating
from atlas.ui.theme import LIGHT, Theme

MOST = 12  # answers that are shown, the last ones
MARGIN = 18
DOT = 3.4


class SoFar(QWidget):
    """Nothing at the first answer; from the second on, how they went."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: Sequence[Answer] = ()
        self._theme: Theme = LIGHT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("This question so far")

    def show_answers(self, answers: Sequence[Answer], theme: Theme) -> None:
        """Draw the answers to a card."""
        self._answers, self._theme = answers[-MOST:], theme
        self.setVisible(len(answers) > 1)
        self.setAccessibleDescription(", ".join(_told(answer) for answer in self._answers))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as there is room, four lines high."""
        return QSize(200, round(self.fontMetrics().height() * 5.2))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Heading, line, a dot for each answer: filled where it was known."""
        _ = event
        theme, metrics = self._theme, self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.muted))
        font = self.font()
        font.setPointSizeF(7.6 * theme.scale)
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QPointF(MARGIN, metrics.ascent() + 2), "THIS QUESTION SO FAR")
        top = metrics.height() * 1.7
        plot = QRectF(MARGIN + 4, top, self.width() - 2 * MARGIN - 70, self.height() - top - 12)
        places = self._places(plot)
        painter.setPen(QPen(QColor(theme.accent), 1.6))
        painter.drawPolyline(QPolygonF(places))
        for place, answer in zip(places, self._answers, strict=True):
            known = answer.review.rating > Rating.Again
            painter.setBrush(QColor(theme.accent if known else theme.panel))
            painter.drawEllipse(place, DOT * theme.scale, DOT * theme.scale)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.text))
        last = QRectF(plot.right() + 10, 0, 60 + MARGIN - 10, metrics.height())
        last.moveTop(places[-1].y() - metrics.height() / 2 if places else 0)
        painter.drawText(last, Qt.AlignmentFlag.AlignLeft, _told(self._answers[-1]))
        painter.end()

    def _places(self, plot: QRectF) -> list[QPointF]:
        heights = [_height(answer) for answer in self._answers]
        most = max(heights, default=0) or 1
        step = plot.width() / max(1, len(heights) - 1)
        return [
            QPointF(plot.left() + i * step, plot.bottom() - height / most * plot.height())
            for i, height in enumerate(heights)
        ]


def _height(answer: Answer) -> float:
    """How bad an answer was: cun off, or else the rating upside down."""
    if answer.review.miss is not None:
        return answer.review.miss
    return float(Rating.Easy - answer.review.rating)


def _told(answer: Answer) -> str:
    if answer.review.miss is not None:
        return f"{answer.review.miss:.1f} cun"
    return "known" if answer.review.rating > Rating.Again else "not known"
