"""A drawing as it is to be coloured, and its rendering; safe in any thread."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from atlas.body.drawing import Tones, themed
from atlas.problems import AtlasError, unreadable


class Plate(NamedTuple):
    """What to draw: a file as it is now, its frame, and how it is coloured."""

    path: Path
    stamp: int  # of the file's last change
    frame: tuple[float, float, float, float]
    tones: Tones
    bones: bool


class Picture(NamedTuple):
    """A rendered part of a plate: the area it covers, in drawing units."""

    plate: Plate
    area: QRectF
    image: QImage
    scale: float  # pixels per drawing unit


def plate_of(
    path: Path, frame: tuple[float, float, float, float], tones: Tones, *, bones: bool
) -> Plate:
    """The plate of a drawing's file as it is on disk now."""
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        stamp = 0  # `render` tells that it can't be read
    return Plate(path, stamp, frame, tones, bones)


def load(plate: Plate) -> QSvgRenderer:
    """The drawing in its colours. Raises `AtlasError` where it can't be used."""
    try:
        svg = plate.path.read_bytes()
    except OSError as error:
        raise unreadable(plate.path, error) from None
    return _renderer(themed(svg, plate.tones, bones=plate.bones), str(plate.path))


def _renderer(svg: bytes, name: str) -> QSvgRenderer:
    renderer = QSvgRenderer(QByteArray(svg))
    if not renderer.isValid():
        raise AtlasError(f"{name} is no drawing that can be read")
    return renderer


def render(plate: Plate, area: QRectF, scale: float) -> Picture:
    """Render an area of a drawing. Raises `AtlasError`."""
    image = _draw(load(plate), QRectF(*plate.frame), area, scale)
    return Picture(plate, area, image, scale)


def _draw(renderer: QSvgRenderer, frame: QRectF, area: QRectF, scale: float) -> QImage:
    width, height = max(1, round(area.width() * scale)), max(1, round(area.height() * scale))
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(-area.topLeft())
    renderer.render(painter, frame)
    painter.end()
    return image


@cache
def warm_up() -> None:
    """Touch in this thread all that `render` uses, before another thread may use it.

    PySide creates its classes when they are first used, and two threads that do so at the
    same time crash the process (seen with 6.11.3 in one start out of twenty).
    """
    tiny = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
    unit = QRectF(0, 0, 1, 1)
    _draw(_renderer(tiny, "warm-up"), unit, unit, 1.0)
