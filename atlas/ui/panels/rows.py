"""What the painted lists share: type with remembered widths, and the mark of a meridian."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from atlas.catalog.model import Meridian
from atlas.ui.canvas.markers import marker_path, shared_brush, symbol_of
from atlas.ui.theme import Theme


class RowType:
    """The normal and the bold type of a list, with the widths of its texts.

    A list of thirty rows measures the same hundred texts at every repaint.
    """

    def __init__(self, font: QFont) -> None:
        self.normal, self.bold = QFont(font), QFont(font)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self._metrics = {False: QFontMetrics(self.normal), True: QFontMetrics(self.bold)}
        self._widths: dict[tuple[str, bool], int] = {}

    def width(self, text: str, *, bold: bool) -> int:
        """Width of a text in pixels."""
        key = (text, bold)
        if key not in self._widths:
            self._widths[key] = self._metrics[bold].horizontalAdvance(text)
        return self._widths[key]

    def fitted(self, text: str, room: int, *, bold: bool) -> str:
        """The text, shortened where it does not fit."""
        if self.width(text, bold=bold) <= room:
            return text
        return self._metrics[bold].elidedText(text, Qt.TextElideMode.ElideRight, room)


_types: dict[str, RowType] = {}


def row_type(font: QFont) -> RowType:
    """The type of rows in a list with this font."""
    key = font.key()
    if key not in _types:
        _types[key] = RowType(font)
    return _types[key]


_path = lru_cache(maxsize=32)(marker_path)


def paint_mark(
    painter: QPainter, middle: QPointF, meridian: Meridian, theme: Theme, size: float
) -> None:
    """Paint the marker of a meridian's points."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shared_brush(theme.colour(meridian.code)))
    painter.translate(middle)
    painter.drawPath(_path(symbol_of(meridian), size))
    painter.translate(-middle)
