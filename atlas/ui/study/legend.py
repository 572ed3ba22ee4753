"""The signs of pictures of progress, and the line of text that says what each means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from atlas.ui.theme import Theme

Fill = Literal["open", "half", "full"]
Shape = Literal["disc", "square", "cross", "none"]
SAMPLE, GAP = 1.7, 1.1  # of the type's height: a sample's width, and what parts two entries


class Sign(NamedTuple):
    """How one kind of thing looks in a picture."""

    text: str
    colour: str
    shape: Shape = "disc"
    fill: Fill = "full"
    line: Qt.PenStyle = Qt.PenStyle.NoPen
    size: float = 0.56  # of the type's height


def outline(shape: Shape, fill: Fill = "full") -> QPainterPath:
    """The outline of a sign, one unit across, around the origin."""
    path = QPainterPath()
    if shape == "disc":
        path.addEllipse(QPointF(), 0.5, 0.5)
    elif shape == "square":
        path.addRect(-0.44, -0.44, 0.88, 0.88)
    elif shape == "cross":
        path.moveTo(-0.5, 0)
        path.lineTo(0.5, 0)
        path.moveTo(0, -0.5)
        path.lineTo(0, 0.5)
    if fill == "half":  # inside twice is outside: of the disc only the right half is filled
        path.moveTo(0, -0.5)
        path.arcTo(QRectF(-0.5, -0.5, 1, 1), 90, 180)
        path.closeSubpath()
    return path


def ground(sign: Sign, theme: Theme) -> QBrush:
    """What fills a sign."""
    return QBrush(QColor(theme.panel if sign.fill == "open" else sign.colour))


class Legend(QWidget):
    """Samples of signs with their meaning, in as many lines as the width asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._signs: Sequence[Sign] = ()
        self._theme: Theme | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_signs(self, signs: Sequence[Sign], theme: Theme) -> None:
        """Explain other signs."""
        self._signs, self._theme = signs, theme
        self.setAccessibleName("; ".join(sign.text for sign in signs))
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As many lines as the entries need."""
        return round(max((place.bottom() for place in self.places(width)), default=0) + 1)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One line."""
        return QSize(round(self._em * 8), round(self._em * 1.5))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The longest entry, in its line."""
        widest = max((self._width(sign) for sign in self._signs), default=0.0)
        return QSize(round(widest), round(self._em * 1.5))

    @property
    def _em(self) -> float:
        return QFontMetricsF(self.font()).height()

    def _width(self, sign: Sign) -> float:
        return SAMPLE * self._em + QFontMetricsF(self.font()).horizontalAdvance(sign.text) + 2

    def places(self, width: int) -> list[QRectF]:
        """Where each entry stands."""
        x, y, high, places = 0.0, 0.0, self._em * 1.5, []
        for sign in self._signs:
            wide = self._width(sign)
            if x > 0 and x + wide > width:
                x, y = 0.0, y + high
            places.append(QRectF(x, y, wide, high))
            x += wide + GAP * self._em
        return places

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The samples and their texts."""
        _ = event
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for sign, place in zip(self._signs, self.places(self.width()), strict=True):
            paint_sign(painter, sign, place, self._em, self._theme)
            painter.setPen(QColor(self._theme.text))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place.adjusted(SAMPLE * self._em, 0, 0, 0), left, sign.text)
        painter.end()


def paint_sign(painter: QPainter, sign: Sign, place: QRectF, em: float, theme: Theme) -> None:
    """A sample of a sign at the left of its entry."""
    middle = QPointF(place.x() + 0.65 * em, place.center().y())
    painter.setPen(QPen(QColor(sign.colour), em / 9, sign.line))
    if sign.line != Qt.PenStyle.NoPen:
        reach = QPointF(0.65 * em, 0)
        painter.drawLine(middle - reach, middle + reach)
    painter.save()
    painter.translate(middle)
    painter.scale(sign.size * em, sign.size * em)
    pen = QPen(QColor(sign.colour), em / 9)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(ground(sign, theme))
    painter.drawPath(outline(sign.shape, sign.fill))
    painter.restore()
