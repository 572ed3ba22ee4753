"""The drawing of the body: rendered off the GUI thread, shown as an image.

QtSvg takes tens of milliseconds for a whole body. So a worker renders what is in view (with
a margin for panning) at the current zoom; until its image arrives the last one is shown
scaled. Stale results are dropped by their number.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QObject, QRectF, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from atlas.body.drawing import Tones, themed

MARGIN = 0.45  # of the visible area, rendered on each side for panning
MAX_PIXELS = 9_000_000  # of one image, some 36 MB


class Sheet(NamedTuple):
    """What to draw: a file, its frame, and how it is coloured."""

    path: Path
    frame: tuple[float, float, float, float]
    tones: Tones
    bones: bool


class Picture(NamedTuple):
    """A rendered part of a drawing: the area it covers, in drawing units."""

    sheet: Sheet
    area: QRectF
    image: QImage
    scale: float  # pixels per drawing unit


def render(sheet: Sheet, area: QRectF, scale: float) -> Picture:
    """Render an area of a drawing. Safe in any thread."""
    svg = themed(sheet.path.read_bytes(), sheet.tones, bones=sheet.bones)
    return Picture(sheet, area, _draw(svg, QRectF(*sheet.frame), area, scale), scale)


def _draw(svg: bytes, frame: QRectF, area: QRectF, scale: float) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg))
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


def warm_up() -> None:
    """Touch in this thread all that `render` uses, before another thread may use it.

    PySide creates its classes when they are first used, and two threads that do so at the
    same time crash the process (seen with 6.11.3 in one start out of twenty).
    """
    if _warm:
        return
    tiny = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
    _draw(tiny, QRectF(0, 0, 1, 1), QRectF(0, 0, 1, 1), 1.0)
    _warm.append(True)


_warm: list[bool] = []


class _Job(QRunnable):
    """Renders in a pool thread and hands the result to a callable there."""

    def __init__(
        self, sheet: Sheet, area: QRectF, scale: float, done: Callable[[object], None]
    ) -> None:
        super().__init__()
        self._sheet, self._area, self._scale, self._done = sheet, area, scale, done

    def run(self) -> None:
        try:
            self._done(render(self._sheet, self._area, self._scale))
        except Exception as error:  # noqa: BLE001 - told to the GUI thread, which reports it
            self._done(error)


def _grown(area: QRectF) -> QRectF:
    """An area a hair larger: intersections are exact to rounding only."""
    return area.adjusted(-0.01, -0.01, 0.01, 0.01)


class _Mailbox(QObject):
    """Brings a result from the pool into the GUI thread."""

    arrived = Signal(object)


class BodyItem(QGraphicsItem):
    """Shows a drawing, sharp as soon as its image for the current zoom is there."""

    def __init__(self, failed: Callable[[str], None]) -> None:
        super().__init__()
        warm_up()
        self._failed = failed
        self._sheet: Sheet | None = None
        self._whole: Picture | None = None  # the whole drawing, as coarse as it may be
        self._sharp: Picture | None = None
        self._wanted: tuple[QRectF, float] | None = None
        self._busy = False
        self._ratio = 1.0
        self._mailbox = _Mailbox()
        self._mailbox.arrived.connect(self._take)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(30)
        self._timer.timeout.connect(self._start)
        self.setZValue(-10)

    def set_sheet(self, sheet: Sheet, first: Picture | None = None) -> None:
        """Show another drawing; `first` is a picture of it that exists already."""
        if sheet == self._sheet:
            return
        keeps_shape = self._sheet is not None and sheet.path == self._sheet.path
        self.prepareGeometryChange()
        self._sheet = sheet
        if first is not None and first.sheet == sheet:
            self._whole, self._sharp = first, first
        elif not keeps_shape:
            self._whole = self._sharp = None
        self._wanted = None
        self.update()

    def look_at(self, area: QRectF, scale: float, ratio: float) -> None:
        """Say what is in view: an area in drawing units, and pixels per unit."""
        self._ratio = ratio
        if self._sheet is None or self._covers(area, scale * ratio):
            return
        self._wanted = (area, scale * ratio)
        if self._whole is None and not self._busy:
            self._start()
        elif not self._timer.isActive():
            self._timer.start()

    def wait(self) -> None:
        """Wait until no picture is under way; for tests, pictures and shutting down."""
        self._timer.stop()
        self._pool.waitForDone()

    def is_sharp(self) -> bool:
        """Whether the picture on show is that of the current zoom."""
        return self._wanted is None and not self._busy

    def _covers(self, area: QRectF, scale: float) -> bool:
        sharp = self._sharp
        if sharp is None or sharp.sheet != self._sheet:
            return False
        inside = area.intersected(QRectF(*sharp.sheet.frame))
        same = abs(sharp.scale / scale - 1) < 0.004
        return same and (inside.isEmpty() or _grown(sharp.area).contains(inside))

    def _start(self) -> None:
        if self._busy or self._wanted is None or self._sheet is None:
            return
        area, scale = self._wanted
        self._busy = True
        frame = QRectF(*self._sheet.frame)
        if frame.width() * frame.height() * scale * scale > MAX_PIXELS:
            dx, dy = area.width() * MARGIN, area.height() * MARGIN
            frame = frame.intersected(area.adjusted(-dx, -dy, dx, dy))
        if frame.isEmpty():
            self._busy, self._wanted = False, None
            return
        self._pool.start(_Job(self._sheet, frame, scale, self._mailbox.arrived.emit))

    def _take(self, result: object) -> None:
        self._busy = False
        if isinstance(result, Picture) and result.sheet == self._sheet:
            self._sharp = result
            if self._whole is None or result.area == QRectF(*result.sheet.frame):
                self._whole = result
            if self._wanted is not None and self._covers(*self._wanted):
                self._wanted = None
            self.update()
        elif isinstance(result, Exception):
            self._wanted = None
            self._failed(f"The drawing can't be shown: {result}")
        if self._wanted is not None:
            self._start()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """The frame of the drawing."""
        return QRectF(*self._sheet.frame) if self._sheet else QRectF()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint the coarse whole, and over it the sharp part."""
        _ = option, widget
        if self._sharp is not None and self._shown_exactly(painter, self._sharp):
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for picture in (self._whole, self._sharp):
            if picture is not None:
                painter.drawImage(picture.area, picture.image)

    def _shown_exactly(self, painter: QPainter, picture: Picture) -> bool:
        """Paint without scaling where the zoom is that of the picture."""
        transform = painter.worldTransform()
        if abs(transform.m11() * self._ratio / picture.scale - 1) > 0.004:
            return False
        if picture.area != QRectF(*picture.sheet.frame) and self._whole is not picture:
            visible = painter.clipBoundingRect()
            if not _grown(picture.area).contains(visible.intersected(self.boundingRect())):
                return False
        corner = transform.map(picture.area.topLeft())
        painter.save()
        painter.resetTransform()
        image = picture.image
        image.setDevicePixelRatio(self._ratio)
        painter.drawImage(round(corner.x()), round(corner.y()), image)
        painter.restore()
        return True
