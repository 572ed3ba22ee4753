"""The map of a question: unmarked until it is answered, then with the measurement."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent

from atlas.body.maps import XY
from atlas.scene import MapScene
from atlas.study.area import Area
from atlas.study.questions import picture
from atlas.study.shown import answer_scene, recalled_scene
from atlas.ui.canvas.markers import MarkerItem
from atlas.ui.canvas.measure import measure_key, paint_measure, paint_selection, selection_key
from atlas.ui.canvas.names import NamePainter, names_key
from atlas.ui.canvas.overlay import OverlayItem
from atlas.ui.canvas.view import BodyView
from atlas.ui.study.marks import MarkPainter, Marks, marks_key
from atlas.ui.study.model import StudyModel

STEP, FINE_STEP = 12.0, 2.0  # pixels that an arrow key moves the cross
AROUND = 0.16  # of the view, kept free around what is brought into it
LEGIBLE_CUN = 38.0  # pixels of one cun from which a miss can be read
CLOSE_ENOUGH = 0.8  # of the present view; less is worth a movement
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class StudyCanvas(BodyView):
    """Shows the question of the model, takes clicks and the cross, shows how it is measured."""

    placed = Signal(float, float)

    _scene: MapScene | None = None  # the base's constructor asks for it

    def __init__(self, model: StudyModel) -> None:
        super().__init__(model.state.theme)
        self._model = model
        self._area: Area | None = None
        self._look_of_markers: object = None
        self.bones = False
        self.aim: XY | None = None
        self.setAccessibleName("Body map of the question")
        self.setAccessibleDescription(
            "Click on a place, or move the cross with the arrow keys and press Enter."
        )
        self._markers = MarkerItem()
        self._names = NamePainter()
        self._labels = OverlayItem(self._names, names_key, 25)
        self._mark_painter = MarkPainter()
        self._marks = OverlayItem(self._mark_painter, marks_key, 30)
        self._lay_over(
            self._markers,
            OverlayItem(paint_measure, measure_key, 15),
            OverlayItem(paint_selection, selection_key, 20),
            self._labels,
            self._marks,
        )
        self.scene().minDragTime = math.inf  # who aims slowly has not dragged
        self.scene().sigMouseClicked.connect(self._on_click)
        model.changed.connect(self.refresh)

    # -- showing ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the question, or its answer."""
        sitting = self._model.sitting
        if sitting is None or sitting.question is None:
            return
        before, self._scene = self._scene, self._current_scene()
        scene, area, theme = self._scene, sitting.area, self._model.state.theme
        if area is not self._area:
            self.aim = None
        if theme is not self._theme:
            self._theme, before = theme, None
            self.setBackground(QColor(theme.canvas))
        self._show_scene(scene, before)
        turned = before is not None and before.sheet is not scene.sheet
        if area is not None and area is not self._area:
            self._area = area
            self._frame_area(scene, area)
        elif turned:
            self.fit()
            self._bring_into_view(scene)
        elif sitting.outcome is not None or sitting.revealed:
            self._bring_into_view(scene)
        self._set_cursor()
        self._look()

    def _show_scene(self, scene: MapScene, before: MapScene | None) -> None:
        """Draw the body, what lies over it, and the marks."""
        other = before is None or before.sheet is not scene.sheet
        if other or before is None or self._bones_of(before) != self.bones:
            self._draw(self._model.state.stage.edition, scene.sheet.map, bones=self.bones)
        self._show_markers(scene)
        for overlay in self._overlays:
            overlay.set_scene(scene, self._theme)
        self._set_marks()

    def _frame_area(self, scene: MapScene, area: Area) -> None:
        """Show the part of the map in which the question is asked."""
        self.fit()
        frame = Area(*scene.sheet.map.frame)
        if area != frame and scene.view.map_id == self._asked_on():
            self._whole = False
            self.move_to(QRectF(*area))

    def _asked_on(self) -> str:
        sitting = self._model.sitting
        assert sitting is not None
        assert sitting.question is not None
        return sitting.question.map_id

    def _bones_of(self, scene: MapScene) -> bool:
        return "bones" in scene.view.layers

    def _current_scene(self) -> MapScene:
        model = self._model
        sitting, stage = model.sitting, model.state.stage
        assert sitting is not None
        assert sitting.question is not None
        layers: tuple[Any, ...] = ("bones",) if self.bones else ()
        large = model.state.view.presenting
        if sitting.outcome is not None:
            return answer_scene(stage, sitting.outcome, layers, large=large)
        if sitting.revealed:
            return recalled_scene(stage, sitting.question, layers, large=large)
        return picture(stage, sitting.question, layers)

    def _show_markers(self, scene: MapScene) -> None:
        """Points are shown as in the atlas, but only once the question is answered."""
        model = self._model
        sitting = model.sitting
        assert sitting is not None
        closed = sitting.outcome is not None or sitting.revealed
        visible = scene.visible if closed else np.zeros_like(scene.visible)
        look = (scene.sheet, self._theme.name, scene.view.presenting)
        if look != self._look_of_markers:
            self._look_of_markers = look
            catalogue, large = model.state.stage.catalogue, scene.view.presenting
            self._markers.set_sheet(scene.sheet, catalogue, self._theme, large=large)
        self._markers.show_matching(visible, faint=False)

    def _set_marks(self) -> None:
        sitting = self._model.sitting
        assert sitting is not None
        question, outcome = sitting.question, sitting.outcome
        assert question is not None
        spots = self._model.state.stage.sheet(question.map_id).spots
        asked = None
        if question.marked is not None and outcome is None:
            asked = (spots[question.marked].x, spots[question.marked].y)
        meant = tuple((m.spot.x, m.spot.y) for m in outcome.misses) if outcome is not None else ()
        aim = self.aim if self._places() else None
        numbered = question.card.kind == "walk"
        found = tuple(m.within for m in outcome.misses) if outcome is not None else ()
        clicks = tuple(sitting.placed)
        self._mark_painter.marks = Marks(clicks, meant, found, numbered, aim, asked)
        self._marks.forget()

    def _places(self) -> bool:
        """Whether the open question wants a place on the map."""
        sitting = self._model.sitting
        if sitting is None or sitting.question is None or sitting.outcome is not None:
            return False
        return sitting.question.card.kind in ("locate", "walk")

    def _set_cursor(self) -> None:
        shape = Qt.CursorShape.CrossCursor if self._places() else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def toggle_bones(self) -> None:
        """Show or hide the skeleton; it helps to find landmarks and names nothing."""
        self.bones = not self.bones
        self.refresh()

    def _bring_into_view(self, scene: MapScene) -> None:
        """Come so close to point, measurement and clicks that cun can be told apart."""
        wanted, cun = self._places_shown(scene), self._cun_of(scene)
        if not wanted or self._visible().width() == 0:
            return
        view = self._visible()
        rect = QRectF(wanted[0], wanted[0])
        for place in wanted[1:]:
            rect = rect.united(QRectF(place, place).adjusted(-0.1, -0.1, 0.1, 0.1))
        room = 1 - 2 * AROUND
        least = max(rect.width() / room / view.width(), rect.height() / room / view.height())
        factor = max(least, min(1.0, cun * self._scale() / LEGIBLE_CUN))
        inner = view.adjusted(
            view.width() * AROUND, view.height() * AROUND,
            -view.width() * AROUND, -view.height() * AROUND,
        )  # fmt: skip
        if factor >= CLOSE_ENOUGH and inner.contains(rect):
            return
        target = QRectF(0, 0, view.width() * factor, view.height() * factor)
        target.moveCenter(rect.center())
        self._whole = False
        self._glide_to(target)

    def _places_shown(self, scene: MapScene) -> list[QPointF]:
        marks = self._mark_painter.marks
        places = [QPointF(*place) for place in (*marks.clicks, *marks.meant)]
        if scene.selected is not None:
            spot = scene.sheet.spots[scene.selected]
            places.append(QPointF(spot.x, spot.y))
            side = [
                i for i in np.flatnonzero(scene.visible) if scene.sheet.spots[i].side == spot.side
            ]
            places += [QPointF(scene.sheet.x[i], scene.sheet.y[i]) for i in side]
        if scene.measured is not None:
            places += [QPointF(*p) for step in scene.measured.steps for p in step.line]
        return places

    def _cun_of(self, scene: MapScene) -> float:
        """The cun at what is shown, in drawing units."""
        if scene.measured is not None:
            return scene.measured.cun
        body, map_id = self._model.state.stage.body, scene.sheet.map.id
        shown = [scene.sheet.spots[i] for i in np.flatnonzero(scene.visible)]
        return min((body.measure(spot, map_id).cun for spot in shown), default=1.0)

    def _look(self) -> None:
        """Names make way for the marks."""
        super()._look()
        if self._scene is not None:
            taken = self._mark_painter.marks.rects(self.to_pixels())
            if taken != self._names.reserved:
                self._names.reserved = taken
                self._labels.forget()

    # -- answering -------------------------------------------------------------------------

    def _on_click(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._places():
            self._place(QPointF(event.scenePos()))

    def zoom(self, factor: float, centre: QPointF | None = None) -> None:
        """Zoom around a place, the cross or the middle: what one aims at stays in view."""
        aim = QPointF(*self.aim) if self.aim is not None and self._places() else None
        super().zoom(factor, centre or aim)

    def _place(self, pixel: QPointF) -> None:
        back, invertible = self.to_pixels().inverted()
        if invertible:
            place = back.map(pixel)
            self.placed.emit(place.x(), place.y())

    def place_aim(self) -> bool:
        """Click where the cross is; false where there is none yet."""
        if self.aim is None or not self._places():
            return False
        self.placed.emit(*self.aim)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrow keys move the cross, with Shift finely."""
        way = ARROWS.get(Qt.Key(event.key()))
        if way is None or not self._places():
            event.ignore()
            return
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = (FINE_STEP if fine else STEP) / self._scale()
        view = self._visible()
        x, y = self.aim or (view.center().x(), view.center().y())
        if self.aim is not None:
            x, y = x + way[0] * step, y + way[1] * step
        self.aim = (
            min(max(x, view.left()), view.right()),
            min(max(y, view.top()), view.bottom()),
        )
        self._set_marks()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Who takes the mouse needs no cross."""
        super().mouseMoveEvent(event)
        if self.aim is not None:
            self.aim = None
            self._set_marks()
