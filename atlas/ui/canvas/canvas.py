"""The canvas: the body with its points, to look at, click and move."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent

from atlas.scene import MapScene
from atlas.ui.canvas.courses import courses_key, paint_courses
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
from atlas.ui.canvas.plate import Picture
from atlas.ui.canvas.view import BodyView
from atlas.ui.state import AtlasState

LEGIBLE_CUN = 30.0  # pixels of one cun from which a measurement can be read


class MapCanvas(BodyView):
    """Shows the scene of the state and turns mouse and keys into wishes."""

    hovered = Signal(object)  # a spot, or None
    several = Signal(object, object)  # spots under the cursor, position

    _shown: MapScene | None = None

    def __init__(self, state: AtlasState, first: Picture | None = None) -> None:
        super().__init__(state.theme)
        self.state = state
        self._first = first
        self._hover: int | None = None
        self._clicks = Clicks()
        self.setAccessibleName("Body map")
        self.setAccessibleDescription(
            "Acupoints on the body. Arrow keys move to the nearest point in that direction."
        )
        self._markers = MarkerItem()
        self._names = NamePainter()
        self._labels = OverlayItem(self._names, names_key, 25)
        self._lay_over(
            OverlayItem(paint_courses, courses_key, 5),
            self._markers,
            OverlayItem(paint_measure, measure_key, 15),
            OverlayItem(paint_selection, selection_key, 20),
            self._labels,
        )
        self.scene().sigMouseClicked.connect(self._on_click)
        self._apply()
        state.scene_changed.connect(self._apply)
        state.theme_changed.connect(self._apply_theme)

    # -- showing ---------------------------------------------------------------------------

    def _draw_map(self, scene: MapScene, first: Picture | None = None) -> None:
        bones = "bones" in scene.view.layers
        self._draw(self.state.stage.edition, scene.sheet.map, bones=bones, first=first)

    def _apply(self) -> None:
        """Show the state's scene; only what differs is touched."""
        scene, before = self.state.scene, self._shown
        self._shown = scene
        if before is None or before.sheet is not scene.sheet:
            self._show_map(scene, before)
        else:
            if before.view.layers != scene.view.layers:
                self._draw_map(scene)
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
        self._draw_map(scene, self._first)
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
        self._theme = self.state.theme
        self.setBackground(QColor(self._theme.canvas))
        if self._shown is None:
            return
        self._draw_map(self._shown)
        self._show_markers(self._shown)
        for overlay in self._overlays:
            overlay.set_scene(self._shown, self._theme)
        self._look()

    def _look(self) -> None:
        """Tell the drawing what is in view."""
        if self._shown is not None:
            self._set_hover(None)
        super()._look()

    # -- moving ----------------------------------------------------------------------------

    def reserve(self, rects: list[QRectF]) -> None:
        """Keep the map and its names clear of what floats over the canvas."""
        if rects != self._names.reserved:
            self._names.reserved = rects
            self._labels.forget()
        super().reserve(rects)

    def zoom(self, factor: float, centre: QPointF | None = None) -> None:
        """Zoom around the selected point, or the middle of the view."""
        scene = self.state.scene
        if centre is None and scene.selected is not None:
            spot = scene.sheet.spots[scene.selected]
            if self._visible().contains(QPointF(spot.x, spot.y)):
                centre = QPointF(spot.x, spot.y)
        super().zoom(factor, centre)

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

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pan while a button is held, else say what is under the cursor."""
        super().mouseMoveEvent(event)
        if not event.buttons():
            # Not the scene's own signal: that drops moves that follow within 10 ms.
            found = self.pick(event.position(), TOUCHING + 3)
            self._set_hover(found[0][0] if found else None)

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

    # -- picking ---------------------------------------------------------------------------

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
