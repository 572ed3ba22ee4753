"""The canvas with what floats on it: layer buttons, hover card, overlap list, messages."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QVBoxLayout,
    QWidget,
)

from atlas.export import DISCLAIMER, caution_heading
from atlas.ui.canvas.canvas import MapCanvas
from atlas.ui.panels.floating import LayerBar, OverlapList, ZoomBar
from atlas.ui.panels.markup import escape
from atlas.ui.state import AtlasState

SPEAKER = 13.0  # points of the text for an audience
GAP = 12


class CanvasFrame(QWidget):
    """Lays the floating parts over the canvas and keeps them at its edges."""

    def __init__(self, state: AtlasState, canvas: MapCanvas) -> None:
        super().__init__()
        self._state = state
        self.canvas = canvas
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(canvas)
        self.layers = LayerBar(state, self)
        self.zoom = ZoomBar(canvas, self)
        self.card = QLabel(self)
        self.card.setObjectName("card")
        self.card.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.card.hide()
        self.speaker = QLabel(self)  # while presenting: the point, its cautions, the way out
        self.speaker.setObjectName("card")
        self.speaker.setWordWrap(True)
        self.speaker.hide()
        self.empty = QLabel(self)
        self.empty.setObjectName("card")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.empty.linkActivated.connect(self._on_loosen)
        self.empty.hide()
        canvas.hovered.connect(self._on_hover)
        canvas.several.connect(self._on_several)
        state.scene_changed.connect(self._follow)
        state.theme_changed.connect(self._follow)
        state.selection_changed.connect(self._on_selection)
        self._follow()

    @cached_property
    def overlap(self) -> OverlapList:
        """The list of points under the cursor, made when first wanted."""
        return OverlapList(self._state, self)

    def close_overlap(self) -> bool:
        """Close the list of points under the cursor; says whether it was open."""
        if "overlap" not in self.__dict__ or not self.overlap.isVisible():
            return False
        self.overlap.hide()
        return True

    def _on_selection(self) -> None:
        """The list of points under the cursor goes when another point is selected elsewhere."""
        if "overlap" in self.__dict__ and not self.overlap.mark(self._state.scene.selected):
            self.overlap.hide()

    def _follow(self) -> None:
        self.layers.follow()
        self.zoom.follow(self._state.theme.muted)
        presenting = self._state.view.presenting
        self.layers.setVisible(not presenting)
        self.zoom.setVisible(not presenting)
        self.speaker.setVisible(presenting)
        if presenting:
            font = QFont(self.font())
            font.setPointSizeF(SPEAKER * self._state.theme.scale)
            self.speaker.setFont(font)
            self.speaker.setText(self._speech())
        self._explain_nothing()
        self._place()

    def _speech(self) -> str:
        """What an audience reads beside the map."""
        stage, theme = self._state.stage, self._state.theme
        point = stage.catalogue.point(self._state.view.selected or "")
        end = f"<span style='color:{theme.muted}'>Esc ends presenting. {DISCLAIMER}.</span>"
        if point is None:
            return end
        names = point.names
        head = f"{point.code} {names.pinyin} {names.hanzi_simplified} · {names.english}"
        cautions = "".join(
            f"<br><span style='color:{theme.danger}'>"
            f"<b>{escape(caution_heading(stage.edition, c))}.</b> {escape(c.text)}</span>"
            for c in point.cautions
        )
        return f"<b>{escape(head)}</b>{cautions}<br>{end}"

    def _explain_nothing(self) -> None:
        """Where the filter leaves nothing, or nothing here: say what would help."""
        state, scene, accent = self._state, self._state.scene, self._state.theme.accent
        text = ""
        if not scene.matching:
            ways = [
                f"<a href='loosen:{name}' style='color:{accent}'>without "
                f"{escape(self._part(name))}: {count}</a>"
                for name, count in state.stage.facets.loosening(scene.view.query)
            ]
            clear = f"<a href='clear:' style='color:{accent}'>Clear all filters</a>"
            text = "<b>No point has all of these.</b><br>" + ("<br>".join(ways) or clear)
        elif not scene.visible.any():
            best = [(n, m) for m, n in state.stage.map_counts(scene.matching).items() if n]
            count, map_id = max(best)
            title = escape(state.stage.body.maps[map_id].title)
            text = (
                f"<b>None of the {scene.matching.bit_count()} points is on this view.</b><br>"
                f"<a href='map:{map_id}' style='color:{accent}'>{title}: {count}</a>"
            )
        self.empty.setText(text)
        self.empty.setVisible(bool(text))

    def _part(self, name: str) -> str:
        facets = self._state.stage.facets
        words = facets.describe(self._state.view.query, name)
        return words if name == "text" else f"{facets.facet(name).title.lower()} {words}"

    def _on_loosen(self, link: str) -> None:
        kind, _, target = link.partition(":")
        if kind == "loosen":
            self._state.set_query(self._state.view.query.without(target))
        elif kind == "map":
            self._state.set_map(target)
        else:
            self._state.clear()

    def _on_hover(self, spot: int | None) -> None:
        if spot is None:
            self.card.hide()
            return
        found = self._state.scene.sheet.spots[spot]
        names = self._state.stage.catalogue.points[found.owner].names
        self.card.setText(
            f"<b>{found.code}</b> {escape(names.pinyin)} {escape(names.hanzi_simplified)}"
            f"<br>{escape(names.english)}"
        )
        self.card.adjustSize()
        self._beside(self.card, self.canvas.spot_pixel(spot))
        self.card.show()
        self.card.raise_()

    def _beside(self, widget: QWidget, pixel: QPointF) -> None:
        """Put a floating part beside a place, inside the canvas."""
        x, y = round(pixel.x()) + 14, round(pixel.y()) - widget.height() - 12
        if x + widget.width() > self.width() - 4:
            x = round(pixel.x()) - 14 - widget.width()
        y = y if y > 4 else round(pixel.y()) + 16
        y = min(y, self.height() - widget.height() - 4)
        widget.move(max(4, x), max(4, y))

    def _on_several(self, spots: list[int], pixel: QPointF) -> None:
        if not spots:
            self.close_overlap()
        else:
            self.overlap.show_spots(spots)
            self.card.hide()
            self._beside(self.overlap, pixel + QPointF(14, 0))
            self.overlap.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the floating parts at the edges."""
        super().resizeEvent(event)
        self.close_overlap()
        self._place()

    def _place(self) -> None:
        for bar in (self.layers, self.zoom):
            bar.adjustSize()
            bar.raise_()
        bottom = self.height() - GAP
        self.layers.move(self.width() - self.layers.width() - GAP, bottom - self.layers.height())
        stacked = self.zoom.width() + self.layers.width() + 3 * GAP > self.width()
        above = self.layers.height() + GAP // 2 if stacked else 0
        self.zoom.move(GAP, bottom - self.zoom.height() - above)
        if not self._state.view.presenting:
            self.canvas.reserve([QRectF(bar.geometry()) for bar in (self.layers, self.zoom)])
        if self.speaker.isVisibleTo(self):
            self.speaker.setFixedWidth(min(620, self.width() - 2 * GAP))
            self.speaker.adjustSize()
            self.speaker.move(GAP, bottom - self.speaker.height())
            self.canvas.reserve([QRectF(self.speaker.geometry())])
        if self.empty.isVisibleTo(self):
            self.empty.setFixedWidth(min(380, self.width() - 2 * GAP))
            self.empty.adjustSize()
            self.empty.move((self.width() - self.empty.width()) // 2, self.height() // 4)
            self.empty.raise_()
