"""The dialog of how one studies: how many a day, in which order, how exactly."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from atlas.study.cards import Order
from atlas.study.schedule import Limits
from atlas.ui.study.model import StudyModel

_ORDERS: dict[Order, str] = {
    "meridian": "Along the meridians",
    "region": "By region, from head to foot",
    "back_pain": "Points for back pain first",
}


class SettingsDialog(QDialog):
    """Asks, and changes the plan when it is accepted."""

    def __init__(self, model: StudyModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        plan = model.plan
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("How to study")
        self.new = _whole(plan.limits.new, 0, 200)
        self.due = _whole(plan.limits.due, 1, 2000)
        self.order = QComboBox()
        for order, title in _ORDERS.items():
            self.order.addItem(title, order)
        self.order.setCurrentIndex(self.order.findData(plan.order))
        self.retention = _whole(round(plan.retention * 100), 70, 97)
        self.retention.setSuffix(" %")
        self.tolerance = _cun(plan.tolerance)
        self.fine = _cun(plan.fine)
        self._assemble()

    def _assemble(self) -> None:
        form = QFormLayout()
        form.addRow("New questions a day", self.new)
        form.addRow("Repeated questions a day, at most", self.due)
        form.addRow("New points in the order", self.order)
        form.addRow("Answers to be remembered", self.retention)
        form.addRow("A place counts as found within", self.tolerance)
        form.addRow("On face, hand and foot within", self.fine)
        note = QLabel(
            "The more you want to remember, the sooner a question comes back: 90 % is a good "
            "balance. Within half of the tolerance is Easy, within it Good, within twice of it "
            "Hard, beyond that Again."
        )
        note.setObjectName("muted")
        note.setWordWrap(True)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addWidget(buttons)

    def accept(self) -> None:
        """Study so from now on."""
        super().accept()
        self._model.change_plan(**self._changes())

    def _changes(self) -> dict[str, Any]:
        """What is to be changed of the plan."""
        return {
            "limits": Limits(due=self.due.value(), new=self.new.value()),
            "order": cast("Order", self.order.currentData()),
            "retention": self.retention.value() / 100,
            "tolerance": round(self.tolerance.value(), 2),
            "fine": round(self.fine.value(), 2),
        }


def _whole(value: int, least: int, most: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    return box


def _cun(value: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0.1, 2)
    box.setSingleStep(0.1)
    box.setDecimals(1)
    box.setSuffix(" cun")
    box.setValue(value)
    return box
