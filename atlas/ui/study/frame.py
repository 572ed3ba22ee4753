"""The map of a question with the buttons that float on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from atlas.ui.panels.floating import ZoomBar
from atlas.ui.study.canvas import StudyCanvas
from atlas.ui.study.model import StudyModel

GAP = 12


class StudyFrame(QWidget):
    """Canvas, zoom buttons, bones."""

    def __init__(self, model: StudyModel) -> None:
        super().__init__()
        self._model = model
        self.canvas = StudyCanvas(model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.zoom = ZoomBar(self.canvas, self)
        self.bones = QPushButton("Bones", self)
        self.bones.setObjectName("layer")
        self.bones.setCheckable(True)
        self.bones.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click keys are the map's
        self.bones.setToolTip("The skeleton (Ctrl+B)")
        self.bones.clicked.connect(self.canvas.toggle_bones)
        model.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.zoom.follow(self._model.state.theme.muted)
        self.bones.setChecked(self.canvas.bones)
        for bar in (self.zoom, self.bones):
            bar.setVisible(not self._model.state.view.presenting)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the floating parts at the edges."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        for bar in (self.zoom, self.bones):
            bar.adjustSize()
            bar.raise_()
        bottom = self.height() - GAP
        self.zoom.move(GAP, bottom - self.zoom.height())
        self.bones.move(self.width() - self.bones.width() - GAP, bottom - self.bones.height())
