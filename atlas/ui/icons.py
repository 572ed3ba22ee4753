"""The icons, drawn in one hand: 24 units, strokes of 1.7 with round ends."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_PATHS = {
    "search": "M10.5 4.5a6 6 0 1 0 0 12a6 6 0 1 0 0-12M15 15l4.8 4.8",
    "more": "M5 12h.01M12 12h.01M19 12h.01",
    "present": "M4 5h16v11H4zM12 16v4M8.5 20h7M10 8.2l4 2.4l-4 2.4z",
    "print": "M7 9V4h10v5M7 17H4.5V9.5h15V17H17M7 14h10v6H7z",
    "theme": "M12 3.5v1.6M12 18.9v1.6M3.5 12h1.6M18.9 12h1.6M6 6l1.1 1.1M16.9 16.9L18 18M18 6"
    "l-1.1 1.1M7.1 16.9L6 18M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8",
    "list": "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01",
    "plus": "M12 5.5v13M5.5 12h13",
    "minus": "M5.5 12h13",
    "fit": "M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15",
    "close": "M6.5 6.5l11 11M17.5 6.5l-11 11",
}
_TEMPLATE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{path}" fill="none" '
    'stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"/>'
    "</svg>"
)


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon as a pixmap of `size` logical pixels."""
    width = "2.6" if name == "more" else "1.7"
    svg = _TEMPLATE.format(path=_PATHS[name], colour=colour, width=width)
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, colour: str, ratio: float) -> QIcon:
    """An icon in a colour of the theme, for a screen of this device pixel ratio."""
    return QIcon(pixmap(name, colour, 20, ratio))
