"""The texts of a forest plot: study, time and people left of it, result and certainty right."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from atlas.catalog.forest import Panel, Row
from atlas.catalog.guidance import Certainty
from atlas.ui.theme import Theme

CERTAINTY: dict[Certainty, str] = {
    "high": "high certainty",
    "moderate": "moderate certainty",
    "low": "low certainty",
    "low_or_very_low": "low or very low certainty, the source does not say which",
    "very_low": "very low certainty",
    "not_rated": "certainty not rated by the source",
    "not_read": "certainty not read",
}
DOTS: dict[Certainty, float] = {
    "high": 4, "moderate": 3, "low": 2, "low_or_very_low": 1.5, "very_low": 1,
}  # fmt: skip
UNRATED: dict[Certainty, str] = {"not_rated": "not rated", "not_read": "not read"}
HIGHER = "↑"  # before a result of which more is better
HEADS = ("RESULT, 95 % INTERVAL", "CERTAINTY")
TALL_HEAD = "RESULT AND CERTAINTY"
ROW, TALL = 25, 41  # pixels high: a result in one line, or in two
EDGE, GAP, TAG = 12, 20, 6  # pixels: at the border, between columns, within a tag
LEAST = 200  # pixels wide, the plot between the texts
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Columns(NamedTuple):
    """Widths of the texts, the same for all plots of a page; in two lines where room is scarce."""

    study: float
    detail: float
    result: float
    certainty: float
    scale: float
    tall: bool = False

    @property
    def left(self) -> int:
        """What stands left of the plot."""
        wide = self.study + GAP + self.detail
        return round(EDGE + (max(self.study, self.detail) if self.tall else wide) + GAP)

    @property
    def right(self) -> int:
        """What stands right of the plot."""
        wide = self.result + GAP + self.certainty
        return round(GAP + (max(self.result, self.certainty) if self.tall else wide) + EDGE)

    @property
    def least(self) -> int:
        """The width below which a plot could not be read."""
        return round(self.left + LEAST * self.scale + self.right)

    @property
    def row(self) -> float:
        """The height of a result."""
        return (TALL if self.tall else ROW) * self.scale


def columns(panels: list[Panel], font: QFont, scale: float, room: int) -> Columns:
    """As much room as the longest texts of a page need."""
    wide, small = QFontMetricsF(font), QFontMetricsF(small_font(font))
    rows = [row for panel in panels for group in panel.groups for row in group.rows]
    made = Columns(
        study=max((wide.horizontalAdvance(row.short) for row in rows), default=0),
        detail=max((_detail_width(row, wide, small) for row in rows), default=0),
        result=max([small.horizontalAdvance(HEADS[0]),
                    *(wide.horizontalAdvance(row.printed) for row in rows)]),
        certainty=max(small.horizontalAdvance(word) for word in (HEADS[1], *UNRATED.values())),
        scale=scale,
    )  # fmt: skip
    return made if made.least <= room else made._replace(tall=True)


def small_font(base: QFont, weight: QFont.Weight = QFont.Weight.DemiBold) -> QFont:
    """The type of headings, marks and tags."""
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * 0.84)
    font.setWeight(weight)
    return font


def _detail_width(row: Row, wide: QFontMetricsF, small: QFontMetricsF) -> float:
    tag = TAG + small.horizontalAdvance(row.whom) + 2 * TAG if row.whom else 0
    return wide.horizontalAdvance(row.detail) + tag


def paint_row(
    painter: QPainter, row: Row, line: QRectF, widths: Columns, font: QFont, theme: Theme
) -> None:
    """The texts of one result in its line."""
    study, detail, result, certainty = _places(line, widths)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    painter.drawText(study, LEFT, row.short)
    painter.drawText(result, LEFT, row.printed)
    painter.setPen(QColor(theme.muted))
    painter.drawText(detail, LEFT, row.detail)
    metrics = QFontMetricsF(font)
    if row.comparison.better == "higher":
        hanging = result.adjusted(-metrics.horizontalAdvance(HIGHER) - 4, 0, 0, 0)
        painter.drawText(hanging, LEFT, HIGHER)
    painter.setFont(small_font(font, QFont.Weight.Medium))
    if row.whom:
        past = metrics.horizontalAdvance(row.detail) + TAG
        _paint_tag(painter, row.whom, detail.adjusted(past, 0, 0, 0), theme)
    _paint_certainty(painter, row.comparison.certainty, certainty, theme)


def _places(line: QRectF, widths: Columns) -> tuple[QRectF, QRectF, QRectF, QRectF]:
    """Where study, detail, result and certainty stand: side by side, or in two lines."""
    left = line.adjusted(EDGE, 0, 0, 0)
    right = line.adjusted(line.width() - widths.right + GAP, 0, 0, 0)
    if not widths.tall:
        beside = left.adjusted(widths.study + GAP, 0, 0, 0)
        return left, beside, right, right.adjusted(widths.result + GAP, 0, 0, 0)
    above, below = (0, 3, 0, -line.height() / 2), (0, line.height() / 2, 0, -3)
    return (
        left.adjusted(*above),
        left.adjusted(*below),
        right.adjusted(*above),
        right.adjusted(*below),
    )


def paint_head(
    painter: QPainter, title: str, line: QRectF, widths: Columns, font: QFont, theme: Theme
) -> None:
    """What the results of a group were against; over the first, what the columns are."""
    painter.setFont(small_font(font))
    painter.setPen(QColor(theme.text))
    foot = QRectF(line.x(), line.bottom() - ROW * widths.scale, line.width(), ROW * widths.scale)
    study, _, result, certainty = _places(foot, widths._replace(tall=False))
    painter.drawText(study, LEFT, title)
    if line.top() > 1:
        return
    painter.setPen(QColor(theme.muted))
    result.moveLeft(line.width() - widths.right + GAP)
    painter.drawText(result, LEFT, TALL_HEAD if widths.tall else HEADS[0])
    if not widths.tall:
        painter.drawText(certainty, LEFT, HEADS[1])


def _paint_tag(painter: QPainter, text: str, place: QRectF, theme: Theme) -> None:
    """Whom the result is about, on a ground of its own."""
    metrics = QFontMetricsF(painter.font())
    height = metrics.height() + 2
    tag = QRectF(
        place.x(),
        place.center().y() - height / 2,
        metrics.horizontalAdvance(text) + 2 * TAG,
        height,
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.chip))
    painter.drawRoundedRect(tag, 4, 4)
    painter.setPen(QColor(theme.text))
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)


def _paint_certainty(painter: QPainter, certainty: Certainty, place: QRectF, theme: Theme) -> None:
    """Four dots as GRADE prints them, full, half or open; a word where nothing is rated."""
    if certainty not in DOTS:
        painter.setPen(QColor(theme.muted))
        painter.drawText(place, LEFT, UNRATED[certainty])
        return
    radius = 3.6 * theme.scale
    painter.setPen(QPen(QColor(theme.text), 1.1 * theme.scale))
    for i in range(4):
        centre = QPointF(place.x() + radius + 1 + i * radius * 3, place.center().y())
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        full = DOTS[certainty] - i
        painter.setBrush(QColor(theme.text) if full >= 1 else QBrush(Qt.BrushStyle.NoBrush))
        painter.drawEllipse(box)
        if full == 0.5:
            painter.setBrush(QColor(theme.text))
            painter.drawPie(box, 90 * 16, 180 * 16)
