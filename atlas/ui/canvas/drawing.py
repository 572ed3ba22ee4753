"""The drawing of the body: rendered off the GUI thread, shown as an image.

QtSvg takes tens of milliseconds for a whole body. So a worker renders what is in view (with
a margin for panning) at the current zoom; until its image arrives the last one is shown
scaled. What is wanted is compared with what is there, never queued.

PySide's `QSvgRenderer.render` holds Python's lock, so the window still waits for a picture
that is being drawn; panning within what is drawn already needs none.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from atlas.ui.canvas.plate import Picture, Plate, plate_of, render, warm_up

MARGIN = 0.45  # of the visible area, rendered on each side for panning
MAX_PIXELS = 9_000_000  # of one image, some 36 MB
PAUSE = 30  # milliseconds: a zoom by wheel comes in many steps
SAME_SCALE = 0.004


class _Job(QRunnable):
    """Renders in a pool thread and hands (plate, picture or error) to a callable there."""

    def __init__(
        self, plate: Plate, area: QRectF, scale: float, done: Callable[[object], None]
    ) -> None:
        super().__init__()
        self._plate, self._area, self._scale, self._done = plate, area, scale, done

    def run(self) -> None:
        try:
            self._done((self._plate, render(self._plate, self._area, self._scale)))
        except Exception as error:  # noqa: BLE001 - told to the GUI thread, which reports it
            self._done((self._plate, error))


class _Mailbox(QObject):
    """Brings a result from the pool into the GUI thread."""

    arrived = Signal(object)


class BodyItem(QGraphicsItem):
    """Shows a drawing, sharp as soon as its image for the current zoom is there."""

    def __init__(self, failed: Callable[[str], None]) -> None:
        super().__init__()
        warm_up()
        self._failed = failed
        self._plate: Plate | None = None
        self._broken: Plate | None = None  # tried once, and told
        self._view: tuple[QRectF, float] | None = None
        self._ratio = 1.0
        self._whole: Picture | None = None  # the whole drawing, as coarse as it may be
        self._sharp: Picture | None = None
        self._busy = False
        self._mailbox = _Mailbox()
        self._mailbox.arrived.connect(self._take)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._start)
        self.setZValue(-10)

    def set_plate(self, plate: Plate, first: Picture | None = None) -> None:
        """Show another drawing; `first` is a picture of it that exists already."""
        if plate == self._plate:
            return
        same_body = self._plate is not None and plate.path == self._plate.path
        self.prepareGeometryChange()
        self._plate = plate
        if first is not None and first.plate == plate:
            self._whole, self._sharp = first, first
        elif not same_body:
            self._whole = self._sharp = None
        self.update()
        self._refresh()

    def look_at(self, area: QRectF, scale: float, ratio: float) -> None:
        """Say what is in view: an area in drawing units, and pixels per unit."""
        self._ratio = ratio
        self._view = (area, scale * ratio)
        self._refresh()

    def close(self) -> None:
        """Draw nothing more, and wait until no picture is under way."""
        self._view = None
        self._timer.stop()
        self._pool.waitForDone()

    def is_sharp(self) -> bool:
        """Whether the picture on show is that of the current zoom."""
        return not self._busy and self._is_served()

    def _is_served(self) -> bool:
        """Whether nothing has to be rendered for what is in view."""
        if self._plate is None or self._view is None or self._plate == self._broken:
            return True
        (area, scale), sharp = self._view, self._sharp
        if sharp is None or sharp.plate != self._plate:
            return False
        inside = area.intersected(QRectF(*sharp.plate.frame))
        same = abs(sharp.scale / scale - 1) < SAME_SCALE
        return same and (inside.isEmpty() or _grown(sharp.area).contains(inside))

    def _refresh(self) -> None:
        if self._is_served():
            self._timer.stop()
        elif self._whole is None:
            self._start()
        elif not self._timer.isActive():
            self._timer.start()

    def _start(self) -> None:
        if self._busy or self._is_served():
            return
        assert self._plate is not None
        assert self._view is not None
        area, scale = self._view
        part = QRectF(*self._plate.frame)
        if part.width() * part.height() * scale * scale > MAX_PIXELS:
            dx, dy = area.width() * MARGIN, area.height() * MARGIN
            part = part.intersected(area.adjusted(-dx, -dy, dx, dy))
        self._busy = True
        self._pool.start(_Job(self._plate, part, scale, self._mailbox.arrived.emit))

    def _take(self, result: tuple[Plate, Picture | Exception]) -> None:
        self._busy = False
        plate, outcome = result
        if plate == self._plate and isinstance(outcome, Picture):
            outcome.image.setDevicePixelRatio(self._ratio)
            self._sharp = outcome
            if self._whole is None or outcome.area == QRectF(*plate.frame):
                self._whole = outcome
            self.update()
        elif plate == self._plate:
            self._broken = plate
            if plate == plate_of(plate.path, plate.frame, plate.tones, bones=plate.bones):
                self._failed(f"The drawing can't be shown: {outcome}")
            # Else it has changed on disk, and reading the folder again tells what is wrong.
        self._refresh()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """The frame of the drawing."""
        return QRectF(*self._plate.frame) if self._plate else QRectF()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint the coarse whole, and over it the sharp part."""
        _ = option, widget
        if self._sharp is not None and self._paint_exactly(painter, self._sharp):
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for picture in (self._whole, self._sharp):
            if picture is not None:
                painter.drawImage(picture.area, picture.image)

    def _paint_exactly(self, painter: QPainter, picture: Picture) -> bool:
        """Paint pixel by pixel, where the zoom is that of the picture and it covers the view."""
        transform, ratio = painter.worldTransform(), self._ratio
        if abs(transform.m11() * ratio / picture.scale - 1) > SAME_SCALE:
            return False
        visible = painter.clipBoundingRect().intersected(self.boundingRect())
        if not _grown(picture.area).contains(visible):
            return False
        corner = transform.map(picture.area.topLeft())
        painter.save()
        painter.resetTransform()
        whole_pixel = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
        painter.drawImage(whole_pixel, picture.image)
        painter.restore()
        return True


def _grown(area: QRectF) -> QRectF:
    """An area a hair larger: intersections are exact to rounding only."""
    return area.adjusted(-0.01, -0.01, 0.01, 0.01)
