"""The markers of all points of a map in one scatter item, and how they look."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from atlas.catalog.model import Catalogue, Meridian
from atlas.scene import Bools, MapScene, Sheet
from atlas.ui.theme import Theme, mixed

SIZES = {"o": 8.6, "s": 7.6, "d": 10.0, "t1": 9.4}  # pixels across: shapes of one weight
DIM_SIZE = 3.6
PRESENTING = 1.5  # larger, to be seen from the last row
_CORNERS = {
    "d": (QPointF(0, -1.15), QPointF(0.85, 0), QPointF(0, 1.15), QPointF(-0.85, 0)),
    "t1": (QPointF(0, -1), QPointF(1, 0.8), QPointF(-1, 0.8)),
}
_SYMBOLS = {"yin": "o", "yang": "s", "vessel": "d", "extra": "t1"}


@lru_cache(maxsize=256)
def shared_brush(colour: str) -> QBrush:
    """One brush a colour: the scatter's symbol atlas keys on the identity of brushes."""
    return QBrush(QColor(colour))


@lru_cache(maxsize=256)
def shared_pen(colour: str, width: float = 1.0) -> QPen:
    """One cosmetic pen a colour and width."""
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    return pen


def symbol_of(meridian: Meridian) -> str:
    """The marker's shape: circle for yin, square for yang, diamond for vessels."""
    return _SYMBOLS[meridian.polarity]


def _meridian(catalogue: Catalogue, owner: int) -> Meridian:
    return catalogue.meridian_by_code[catalogue.points[owner].meridian]


def filling(note: str, colour: str, theme: Theme) -> str:
    """What fills a marker: its colour; pale where approximate; nothing where hidden."""
    if note == "hidden":
        return theme.halo
    if note == "approximate":
        return mixed(colour, theme.halo, 0.6)
    return colour


class MarkerItem(pg.ScatterPlotItem):  # type: ignore[misc]
    """All spots of a map, twice: small and faint, and as a marker where they match.

    Filtering only changes which of the two is visible, so it costs no new symbols.
    """

    def __init__(self) -> None:
        super().__init__(pxMode=True, useCache=True, tip=None)
        self.setZValue(10)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._count = 0

    def set_sheet(self, sheet: Sheet, catalogue: Catalogue, theme: Theme, *, large: bool) -> None:
        """Show the spots of another map, or of the same in another theme or size."""
        scale = theme.scale * (PRESENTING if large else 1)
        self._count = len(sheet.spots)
        points = catalogue.points
        colours = [theme.colour(points[s.owner].meridian) for s in sheet.spots]
        symbols = [symbol_of(_meridian(catalogue, s.owner)) for s in sheet.spots]
        faint = shared_brush(_faded(theme.muted, 0.55))
        halo, none = shared_pen(theme.halo, 1.2), QPen(Qt.PenStyle.NoPen)
        # A coloured outline makes a marker look larger than the pale one of the others.
        sizes = [SIZES[k] - bool(s.note) for s, k in zip(sheet.spots, symbols, strict=True)]
        noted = list(zip(sheet.spots, colours, strict=True))
        brushes = [shared_brush(filling(s.note, c, theme)) for s, c in noted]
        pens = [shared_pen(c, 1.4) if s.note else halo for s, c in noted]
        n = self._count
        data: dict[str, Any] = {
            "x": np.concatenate([sheet.x, sheet.x]),
            "y": np.concatenate([sheet.y, sheet.y]),
            "size": scale * np.array([DIM_SIZE] * n + sizes),
            "symbol": ["o"] * n + symbols,
            "brush": [faint] * n + brushes,
            "pen": [none] * n + pens,
        }
        self.setData(**data)

    def show_matching(self, visible: Bools, *, faint: bool) -> None:
        """Show the matching spots as markers, the others faint or not at all."""
        if len(visible) == self._count:
            others = ~visible if faint else np.zeros_like(visible)
            # Not setPointsVisible: that looks every symbol up again, 40 ms for 10,000 points.
            self.data["visible"] = np.concatenate([others, visible])
            self.invalidate()


def _faded(colour: str, opacity: float) -> str:
    faded = QColor(colour)
    faded.setAlphaF(opacity)
    return faded.name(QColor.NameFormat.HexArgb)


def marker_path(symbol: str, size: float) -> QPainterPath:
    """The outline of a marker around the origin, for vector output."""
    half = size / 2
    path = QPainterPath()
    if symbol == "o":
        path.addEllipse(QPointF(0, 0), half, half)
    elif symbol == "s":
        path.addRect(-half * 0.9, -half * 0.9, size * 0.9, size * 0.9)
    else:
        first, *others = _CORNERS[symbol]
        path.moveTo(first * half)
        for corner in others:
            path.lineTo(corner * half)
        path.closeSubpath()
    return path


def draw_markers(
    painter: QPainter, scene: MapScene, catalogue: Catalogue, theme: Theme, scale: float
) -> None:
    """Paint the matching markers as vectors; `scale` is painter units per drawing unit."""
    for i in np.flatnonzero(scene.visible):
        spot = scene.sheet.spots[i]
        colour = theme.colour(catalogue.points[spot.owner].meridian)
        painter.setPen(shared_pen(colour, 1.2) if spot.note else shared_pen(theme.halo, 0.8))
        painter.setBrush(shared_brush(filling(spot.note, colour, theme)))
        painter.save()
        painter.translate(spot.x * scale, spot.y * scale)
        symbol = symbol_of(_meridian(catalogue, spot.owner))
        painter.drawPath(marker_path(symbol, SIZES[symbol] * 0.8))
        painter.restore()
