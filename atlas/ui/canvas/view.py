"""The body to look at and to move: drawing, zoom, pan and focus, without any point."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsItem, QStyle

from atlas.body.maps import BodyMap
from atlas.edition import Edition
from atlas.ui.canvas.drawing import BodyItem
from atlas.ui.canvas.overlay import OverlayItem
from atlas.ui.canvas.plate import Picture, plate_of
from atlas.ui.theme import Theme

TIGHTEN = 0.012  # of the frame, cut from its own margin when the map is shown whole
FLOAT_GAP = 14.0  # pixels between the map and what floats below it
PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
GLIDE = 180  # milliseconds
ZOOM = 1.5  # factor of one press of a key or button
WHEEL = 1.0016  # zoom factor of one unit of a mouse wheel; a notch has 120


class BodyView(pg.GraphicsView):  # type: ignore[misc]
    """Shows the drawing of a map; what lies over it is added by those who inherit."""

    failed = Signal(str)

    # Before __init__ has run: pyqtgraph's constructor sends the first resize event.
    _map: BodyMap | None = None
    _ringed = False
    _whole = False  # whether the map is shown whole, and stays so when resized

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._reserved: list[QRectF] = []
        self._overlays: tuple[OverlayItem, ...] = ()
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(GLIDE)
        self._glide.valueChanged.connect(self.move_to)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box = pg.ViewBox(lockAspect=True, invertY=True, enableMenu=False, defaultPadding=0)
        self.setCentralItem(self._box)
        self._body = BodyItem(self.failed.emit)
        self._box.addItem(self._body, ignoreBounds=True)
        self._box.sigRangeChanged.connect(self._look)
        self._box.sigResized.connect(self._look)
        self.setBackground(QColor(theme.canvas))

    def _lay_over(self, *items: QGraphicsItem) -> None:
        """Put items over the drawing; overlays are told what is in view."""
        for item in items:
            self._box.addItem(item, ignoreBounds=True)
        self._overlays = tuple(item for item in items if isinstance(item, OverlayItem))

    def _draw(
        self, edition: Edition, body_map: BodyMap, *, bones: bool, first: Picture | None = None
    ) -> None:
        """Show the drawing of a map."""
        self._map = body_map
        drawing = edition.drawing(body_map.id)
        plate = plate_of(drawing, body_map.frame, self._theme.tones, bones=bones)
        self._body.set_plate(plate, first)

    def _look(self) -> None:
        """Tell the drawing what is in view."""
        if self._map is not None and self.width() > 0:
            visible = self._visible()
            self._body.look_at(visible, self._scale(), self.devicePixelRatioF())
            for overlay in self._overlays:
                overlay.look_at(visible)

    def _visible(self) -> QRectF:
        rect: QRectF = self._box.viewRect()
        return rect

    def _scale(self) -> float:
        """Pixels per drawing unit."""
        rect = self._visible()
        return float(self._box.width() / rect.width()) if rect.width() else 1.0

    def is_settled(self) -> bool:
        """Whether the picture is sharp and nothing moves."""
        return self._body.is_sharp() and self._glide.state() != QVariantAnimation.State.Running

    def close_drawing(self) -> None:
        """Wait for what still renders; to be called before the window goes."""
        self._glide.stop()
        self._body.close()

    # -- moving ----------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole map."""
        self._glide.stop()
        if self._map is None:
            return
        frame = QRectF(*self._map.frame)
        reach = max(frame.width(), frame.height())
        self._box.setLimits(
            xMin=frame.left() - reach, xMax=frame.right() + reach,
            yMin=frame.top() - reach, yMax=frame.bottom() + reach,
            minXRange=20, maxXRange=reach * 3,
        )  # fmt: skip
        self._box.setRange(self._framed(frame), padding=0, disableAutoRange=True)
        self._whole = True

    def _framed(self, frame: QRectF) -> QRectF:
        """The frame without its margin, and with room below for what floats there."""
        tight = frame.adjusted(
            frame.width() * TIGHTEN, frame.height() * TIGHTEN,
            -frame.width() * TIGHTEN, -frame.height() * TIGHTEN,
        )  # fmt: skip
        tops = [self.height() - rect.top() for rect in self._reserved]
        floating = max(tops, default=0.0)
        share = min(0.3, (floating + FLOAT_GAP) / self.height()) if floating else 0.0
        tight.setHeight(tight.height() / (1 - share))
        return tight

    def reserve(self, rects: list[QRectF]) -> None:
        """Keep the map and its names clear of what floats over the canvas."""
        if rects != self._reserved:
            self._reserved = rects
            if self._whole:
                self.fit()

    def zoom(self, factor: float, centre: QPointF | None = None) -> None:
        """Zoom around a place, or the middle of the view."""
        self._stop_following()
        self._box.scaleBy((1 / factor, 1 / factor), center=centre or self._visible().center())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep a map that is shown whole, whole."""
        super().resizeEvent(event)
        if self._whole:
            self.fit()
        self._look()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom around the cursor."""
        back, invertible = self.to_pixels().inverted()
        if invertible and event.angleDelta().y():
            self._stop_following()
            factor = WHEEL ** event.angleDelta().y()
            self._box.scaleBy((1 / factor, 1 / factor), center=back.map(event.position()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pan while a button is held."""
        before = self._visible()
        super().mouseMoveEvent(event)
        if event.buttons() and self._visible() != before:
            self._stop_following()

    def _stop_following(self) -> None:
        """The person moves the map: nothing else may, and it is no longer shown whole."""
        self._glide.stop()
        self._whole = False

    def _glide_to(self, target: QRectF) -> None:
        """Show another part of the map, gliding where the desktop wants movement."""
        if not self._moves() or not self.isVisible():
            self.move_to(target)
            return
        self._glide.setStartValue(self._visible())
        self._glide.setEndValue(target)
        self._glide.start()

    def _moves(self) -> bool:
        """Whether the desktop wants movement at all."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return int(self.style().styleHint(hint, None, self)) > 0

    def move_to(self, rect: QRectF) -> None:
        """Show a part of the map, in drawing units."""
        self._box.setRange(rect, padding=0, disableAutoRange=True)

    def to_pixels(self) -> QTransform:
        """From drawing units to pixels of this widget.

        Computed from the range: the view box brings its own transform up to date only when
        it paints.
        """
        scale, corner = self._scale(), self._visible().topLeft()
        return QTransform(scale, 0, 0, scale, -corner.x() * scale, -corner.y() * scale)

    # -- focus -----------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Who comes by keyboard sees a ring around the map; others need none."""
        super().focusInEvent(event)
        tabbed = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() not in PASSING:
            self._ringed = event.reason() in tabbed
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The ring goes with the focus, and comes back with the window."""
        super().focusOutEvent(event)
        if event.reason() not in PASSING:
            self._ringed = False
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The map, and the ring of the focus over it."""
        super().paintEvent(event)
        if self._ringed and self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.end()
