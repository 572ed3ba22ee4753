"""The canvas: the body with its points, to look at, click and move."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QVariantAnimation, Signal
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
from PySide6.QtWidgets import QStyle

from atlas.scene import MapScene
from atlas.ui.canvas.courses import courses_key, paint_courses
from atlas.ui.canvas.drawing import BodyItem
from atlas.ui.canvas.markers import MarkerItem
from atlas.ui.canvas.measure import (
    measure_key,
    paint_measure,
    paint_selection,
    selection_key,
)
from atlas.ui.canvas.names import NamePainter, names_key
from atlas.ui.canvas.overlay import OverlayItem
from atlas.ui.canvas.picking import PICK, TOUCHING, Clicks, pickable, touched
from atlas.ui.canvas.plate import Picture, Plate, plate_of
from atlas.ui.state import AtlasState

TIGHTEN = 0.012  # of the frame, cut from its own margin when the map is shown whole
FLOAT_GAP = 14.0  # pixels between the map and what floats below it
PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
GLIDE = 180  # milliseconds
LEGIBLE_CUN = 30.0  # pixels of one cun from which a measurement can be read
ZOOM = 1.5  # factor of one press of a key or button
WHEEL = 1.0016  # zoom factor of one unit of a mouse wheel; a notch has 120


class MapCanvas(pg.GraphicsView):  # type: ignore[misc]
    """Shows the scene of the state and turns mouse and keys into wishes."""

    hovered = Signal(object)  # a spot, or None
    several = Signal(object, object)  # spots under the cursor, position
    failed = Signal(str)

    # Before __init__ has run: pyqtgraph's constructor sends the first resize event.
    _shown: MapScene | None = None
    _ringed = False
    _whole = False  # whether the map is shown whole, and stays so when resized

    def __init__(self, state: AtlasState, first: Picture | None = None) -> None:
        super().__init__()
        self.state = state
        self._first = first
        self._hover: int | None = None
        self._clicks = Clicks()
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(GLIDE)
        self._glide.valueChanged.connect(self.move_to)
        self.setAccessibleName("Body map")
        self.setAccessibleDescription(
            "Acupoints on the body. Arrow keys move to the nearest point in that direction."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box = pg.ViewBox(lockAspect=True, invertY=True, enableMenu=False, defaultPadding=0)
        self.setCentralItem(self._box)
        self._body = BodyItem(self.failed.emit)
        self._courses = OverlayItem(paint_courses, courses_key, 5)
        self._markers = MarkerItem()
        self._measure = OverlayItem(paint_measure, measure_key, 15)
        self._ring = OverlayItem(paint_selection, selection_key, 20)
        self._names = NamePainter()
        self._labels = OverlayItem(self._names, names_key, 25)
        self._overlays = (self._courses, self._measure, self._ring, self._labels)
        for item in (self._body, self._markers, *self._overlays):
            self._box.addItem(item, ignoreBounds=True)
        self._box.sigRangeChanged.connect(self._look)
        self._box.sigResized.connect(self._look)
        self.scene().sigMouseClicked.connect(self._on_click)
        self._apply_theme()
        self._apply()
        state.scene_changed.connect(self._apply)
        state.theme_changed.connect(self._apply_theme)

    # -- showing ---------------------------------------------------------------------------

    def _plate(self, scene: MapScene) -> Plate:
        body_map = scene.sheet.map
        drawing = self.state.stage.edition.drawing(body_map.id)
        bones = "bones" in scene.view.layers
        return plate_of(drawing, body_map.frame, self.state.theme.tones, bones=bones)

    def _apply(self) -> None:
        """Show the state's scene; only what differs is touched."""
        scene, before = self.state.scene, self._shown
        self._shown = scene
        if before is None or before.sheet is not scene.sheet:
            self._show_map(scene, before)
        else:
            if before.view.layers != scene.view.layers:
                self._body.set_plate(self._plate(scene))
            if before.view.presenting != scene.view.presenting:
                self._show_markers(scene)
            if before.matching != scene.matching:
                self._markers.show_matching(scene.visible, faint=not scene.view.presenting)
                self._let_go()
        for overlay in self._overlays:
            overlay.set_scene(scene, self.state.theme)
        if before is None or selection_key(before) != selection_key(scene):
            self._bring_into_view()
        self._look()

    def _show_map(self, scene: MapScene, before: MapScene | None) -> None:
        self._body.set_plate(self._plate(scene), self._first)
        self._first = None
        self._show_markers(scene)
        self._let_go()
        for overlay in self._overlays:
            overlay.forget()
        shown = None if before is None else before.sheet.map
        if shown is None or (shown.id, shown.frame) != (scene.sheet.map.id, scene.sheet.map.frame):
            self.fit()

    def _let_go(self) -> None:
        """What was hovered or clicked may not be there any more."""
        self._set_hover(None)
        self._clicks.forget()
        self.several.emit([], QPointF())

    def _show_markers(self, scene: MapScene) -> None:
        large = scene.view.presenting
        catalogue, theme = self.state.stage.catalogue, self.state.theme
        self._markers.set_sheet(scene.sheet, catalogue, theme, large=large)
        self._markers.show_matching(scene.visible, faint=not large)

    def _apply_theme(self) -> None:
        self.setBackground(QColor(self.state.theme.canvas))
        if self._shown is None:
            return
        self._body.set_plate(self._plate(self._shown))
        self._show_markers(self._shown)
        for overlay in self._overlays:
            overlay.set_scene(self._shown, self.state.theme)
        self._look()

    def _look(self) -> None:
        """Tell the drawing what is in view."""
        if self._shown is not None and self.width() > 0:
            self._set_hover(None)
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
        frame = QRectF(*self.state.scene.sheet.map.frame)
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
        tops = [self.height() - rect.top() for rect in self._names.reserved]
        floating = max(tops, default=0.0)
        share = min(0.3, (floating + FLOAT_GAP) / self.height()) if floating else 0.0
        tight.setHeight(tight.height() / (1 - share))
        return tight

    def reserve(self, rects: list[QRectF]) -> None:
        """Keep the map and its names clear of what floats over the canvas."""
        if rects != self._names.reserved:
            self._names.reserved = rects
            self._labels.forget()
            if self._whole:
                self.fit()

    def zoom(self, factor: float) -> None:
        """Zoom around the selected point, or the middle of the view."""
        self._stop_following()
        scene = self.state.scene
        centre = self._visible().center()
        if scene.selected is not None:
            spot = scene.sheet.spots[scene.selected]
            if self._visible().contains(QPointF(spot.x, spot.y)):
                centre = QPointF(spot.x, spot.y)
        self._box.scaleBy((1 / factor, 1 / factor), center=centre)

    def approach(self) -> None:
        """Come so close to the selected point that its cun can be told apart."""
        measured = self.state.scene.measured
        if measured is None or measured.cun * self._scale() >= LEGIBLE_CUN:
            return
        self._stop_following()
        self._bring_into_view()
        self._glide.stop()
        factor = LEGIBLE_CUN / (measured.cun * self._scale())
        place = QPointF(*measured.position)
        rect = QRectF(self._visible())
        rect.setSize(rect.size() / factor)
        rect.moveCenter(place)
        self._glide_to(rect)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep a map that is shown whole, whole."""
        super().resizeEvent(event)
        if self._shown is not None and self._whole:
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
        """Pan while a button is held, else say what is under the cursor."""
        before = self._visible()
        super().mouseMoveEvent(event)
        if event.buttons() and self._visible() != before:
            self._stop_following()
        if not event.buttons():
            # Not the scene's own signal: that drops moves that follow within 10 ms.
            found = self.pick(event.position(), TOUCHING + 3)
            self._set_hover(found[0][0] if found else None)

    def _stop_following(self) -> None:
        """The person moves the map: nothing else may, and it is no longer shown whole."""
        self._glide.stop()
        self._whole = False

    def _bring_into_view(self) -> None:
        self._glide.stop()
        scene = self.state.scene
        if scene.selected is None:
            return
        spot, rect = scene.sheet.spots[scene.selected], self._visible()
        inner = rect.adjusted(
            rect.width() * 0.06, rect.height() * 0.06, -rect.width() * 0.06, -rect.height() * 0.06
        )
        if inner.contains(QPointF(spot.x, spot.y)) or rect.width() == 0:
            return
        self._whole = False
        target = QRectF(rect)
        target.moveCenter(QPointF(spot.x, spot.y))
        self._glide_to(target)

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
            painter.setPen(QPen(QColor(self.state.theme.accent), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.end()

    # -- picking ---------------------------------------------------------------------------

    def to_pixels(self) -> QTransform:
        """From drawing units to pixels of this widget.

        Computed from the range: the view box brings its own transform up to date only when
        it paints.
        """
        scale, corner = self._scale(), self._visible().topLeft()
        return QTransform(scale, 0, 0, scale, -corner.x() * scale, -corner.y() * scale)

    def pick(self, pixel: QPointF, radius: float) -> list[tuple[int, float]]:
        """The spots around a pixel that can be picked, by distance, as (spot, pixels)."""
        back, invertible = self.to_pixels().inverted()
        if not invertible:
            return []
        return pickable(self.state.scene, back.map(pixel), self._scale(), radius)

    def _on_click(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        pixel = QPointF(event.scenePos())
        under = touched(self.pick(pixel, PICK))
        if under:
            spot = self._clicks.chosen(pixel, under, self.state.scene.selected)
            self.state.select(self.state.scene.sheet.spots[spot].code, spot)
        else:
            self._clicks.forget()
        self.several.emit(under if len(under) > 1 else [], pixel)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is hovered outside."""
        super().leaveEvent(event)
        self._set_hover(None)

    def _set_hover(self, spot: int | None) -> None:
        if spot != self._hover:
            self._hover = spot
            self.setCursor(
                Qt.CursorShape.ArrowCursor if spot is None else Qt.CursorShape.PointingHandCursor
            )
            self.hovered.emit(spot)

    def spot_pixel(self, spot: int) -> QPointF:
        """Where a spot is on this widget, in pixels."""
        found = self.state.scene.sheet.spots[spot]
        return self.to_pixels().map(QPointF(found.x, found.y))

    def neighbour(self, dx: int, dy: int) -> int | None:
        """The nearest matching spot in a direction from the selected one, or from the middle."""
        scene = self.state.scene
        if scene.selected is not None:
            return scene.sheet.toward(scene.selected, dx, dy, scene.visible)
        centre = self._visible().center()
        near = scene.sheet.nearest(centre.x(), centre.y(), scene.visible, 1)
        return near[0][0] if near else None
