"""Layers over the body, painted in pixels: lines and type keep their size at every zoom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from atlas.scene import MapScene
from atlas.ui.theme import Theme

PaintScene = Callable[[QPainter, MapScene, Theme, QTransform, QRectF], None]
KeyOfScene = Callable[[MapScene], object]


class OverlayItem(QGraphicsItem):
    """Paints a scene with one of the functions below, in pixels.

    What was painted is kept as a pixmap until the view moves or what `key` takes from the
    scene changes, so that a hover card or another layer's change costs a copy, no painting.
    """

    def __init__(self, paint_scene: PaintScene, key: KeyOfScene, z: float) -> None:
        super().__init__()
        self._paint_scene = paint_scene
        self._key_of = key
        self._scene: MapScene | None = None
        self._theme: Theme | None = None
        self._area = QRectF()
        self._kept: object = None  # what the picture was painted for
        self._picture = QPixmap()
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def set_scene(self, scene: MapScene, theme: Theme) -> None:
        """Paint another scene from now on."""
        before = self._scene
        self._scene = scene
        if (
            before is None
            or theme is not self._theme
            or self._key_of(before) != self._key_of(scene)
        ):
            self._theme = theme
            self.forget()

    def forget(self) -> None:
        """Paint anew."""
        self._kept = None
        self.update()

    def look_at(self, area: QRectF) -> None:
        """Say what is in view, in drawing units; what is painted may reach anywhere there."""
        self.prepareGeometryChange()
        self._area = area

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """All that is in view."""
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint in pixels over what is in view."""
        _ = option, widget
        if self._scene is None or self._theme is None:
            return
        transform = painter.worldTransform()
        area = transform.mapRect(self._area)
        painter.save()
        painter.resetTransform()
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        painter.drawPixmap(area.topLeft(), self._painted(transform, area, ratio))
        painter.restore()

    def _painted(self, transform: QTransform, area: QRectF, ratio: float) -> QPixmap:
        kept = (transform, area, ratio)
        if self._kept == kept:
            return self._picture
        size = QSize(round(area.width() * ratio), round(area.height() * ratio))
        if self._picture.size() != size:  # else it is painted over: a new one costs a millisecond
            self._picture = QPixmap(size)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-area.topLeft())
        assert self._scene is not None
        assert self._theme is not None
        self._paint_scene(painter, self._scene, self._theme, transform, area)
        painter.end()
        self._kept = kept
        return self._picture
