"""The parts that float over the map: layer buttons, zoom buttons, the overlap list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from atlas.scene import LAYERS
from atlas.ui.canvas.view import ZOOM, BodyView
from atlas.ui.icons import icon
from atlas.ui.state import AtlasState

_LAYER_TITLES = {
    "labels": ("Labels", "Codes beside the points (L)"),
    "channels": ("Channels", "The courses of the meridians (C)"),
    "measure": ("Measure", "How the selected point is measured (Space)"),
    "bones": ("Bones", "The skeleton (B)"),
}


class LayerBar(QWidget):
    """One button a layer."""

    def __init__(self, state: AtlasState, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.buttons: dict[str, QPushButton] = {}
        for layer in LAYERS:
            title, tip = _LAYER_TITLES[layer]
            button = QPushButton(title)
            button.setObjectName("layer")
            button.setCheckable(True)
            button.setToolTip(tip)
            button.clicked.connect(self._on_click)
            self.buttons[layer] = button
            layout.addWidget(button)

    def follow(self) -> None:
        """Show which layers are on."""
        for layer, button in self.buttons.items():
            button.setChecked(layer in self._state.view.layers)

    def _on_click(self) -> None:
        for layer in LAYERS:
            if self.buttons[layer] is self.sender():
                self._state.toggle_layer(layer)


class ZoomBar(QWidget):
    """Zoom in, out, and the whole map."""

    def __init__(self, canvas: BodyView, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._colour = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.buttons: dict[str, QToolButton] = {}
        for name, tip, slot in (
            ("plus", "Zoom in (+)", self._closer),
            ("minus", "Zoom out (−)", self._farther),
            ("fit", "The whole map (0)", canvas.fit),
        ):
            button = QToolButton()
            button.setObjectName("layer")
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setIconSize(QSize(16, 16))
            button.clicked.connect(slot)
            self.buttons[name] = button
            layout.addWidget(button)

    def follow(self, colour: str) -> None:
        """Draw the icons in the colour of the theme."""
        if colour != self._colour:
            self._colour = colour
            for name, button in self.buttons.items():
                button.setIcon(icon(name, colour, self.devicePixelRatioF()))

    def _closer(self) -> None:
        self._canvas.zoom(ZOOM)

    def _farther(self) -> None:
        self._canvas.zoom(1 / ZOOM)


class OverlapList(QFrame):
    """The points that lie under the cursor together; a click chooses one."""

    def __init__(self, state: AtlasState, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self.setObjectName("card")
        self.list = QListWidget()
        self.list.setAccessibleName("Points under the cursor")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list)
        self.hide()

    def show_spots(self, spots: list[int]) -> None:
        """Show these spots, at least one, with the selected one marked."""
        scene = self._state.scene
        self.show()
        self.list.clear()
        for spot in spots:
            found = scene.sheet.spots[spot]
            names = self._state.stage.catalogue.points[found.owner].names
            item = QListWidgetItem(f"{found.code}  {names.pinyin}")
            item.setData(Qt.ItemDataRole.UserRole, spot)
            self.list.addItem(item)
            if spot == scene.selected:
                self.list.setCurrentItem(item)
        row = self.list.sizeHintForRow(0)
        width = self.list.sizeHintForColumn(0) + 24
        self.resize(QSize(width, row * min(len(spots), 8) + 12))

    def _on_chosen(self, item: QListWidgetItem) -> None:
        spot = item.data(Qt.ItemDataRole.UserRole)
        self._state.select(self._state.scene.sheet.spots[spot].code, spot)

    def mark(self, spot: int | None) -> bool:
        """Mark a spot's row; says whether it is listed at all."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == spot:
                self.list.setCurrentRow(row)
                return True
        return False
