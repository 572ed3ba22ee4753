"""A drawing as it is to be coloured, and its rendering; safe in any thread."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtSvg import QSvgRenderer

from atlas.body.drawing import Tones, themed
from atlas.problems import AtlasError, unreadable

_VIEW_BOX = re.compile(rb'viewBox="[^"]*"')


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
    """The drawing in its colours, for paper. Raises `AtlasError` where it can't be used."""
    renderer = QSvgRenderer(QByteArray(_coloured(plate)))
    if not renderer.isValid():
        raise AtlasError(f"{plate.path} is no drawing that can be read")
    return renderer


def _coloured(plate: Plate) -> bytes:
    try:
        svg = plate.path.read_bytes()
    except OSError as error:
        raise unreadable(plate.path, error) from None
    return themed(svg, plate.tones, bones=plate.bones)


def render(plate: Plate, area: QRectF, scale: float) -> Picture:
    """Render an area of a drawing. Raises `AtlasError`."""
    size = QSize(max(1, round(area.width() * scale)), max(1, round(area.height() * scale)))
    exactly = QRectF(area.topLeft(), QSizeF(size) / scale)  # to whole pixels
    image = _read(_showing(_coloured(plate), exactly), size)
    if image.isNull():
        raise AtlasError(f"{plate.path} is no drawing that can be read")
    return Picture(plate, area, image, scale)


def _showing(svg: bytes, area: QRectF) -> bytes:
    """The drawing with another area of it in view."""
    box = f'viewBox="{area.x():.6f} {area.y():.6f} {area.width():.6f} {area.height():.6f}"'
    return _VIEW_BOX.sub(box.encode(), svg, count=1)


def _read(svg: bytes, size: QSize) -> QImage:
    """The drawing as an image; a null one where it can't be read.

    Unlike `QSvgRenderer.render` the image reader lets go of Python's lock, so that the window
    does not wait. It reads a file, because a buffer made in Python asks for the lock again
    while Qt holds one of its own, which has been seen to end in a deadlock.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "drawing.svg"
            path.write_bytes(svg)
            reader = QImageReader(str(path), QByteArray(b"svg"))
            reader.setScaledSize(size)
            return reader.read()
    except OSError as error:
        raise AtlasError(f"no temporary file can be written ({error.strerror})") from None


@cache
def warm_up() -> None:
    """Touch in this thread all that `render` uses, before another thread may use it.

    PySide creates its classes when they are first used, and two threads that do so at the
    same time crash the process (seen with 6.11.3 in one start out of twenty).
    """
    tiny = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
    area = QRectF(QPointF(0, 0), QSizeF(QSize(1, 1)) / 1.0)
    _read(_showing(tiny, QRectF(area.topLeft(), area.size())), QSize(1, 1))
