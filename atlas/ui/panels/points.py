"""The list of points beside the map: follows filter and selection, and leads both."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from atlas.catalog.model import Catalogue
from atlas.catalog.point import ROLES, Point, best_role
from atlas.ui.panels.rows import paint_mark, row_type
from atlas.ui.state import AtlasState

Index = QModelIndex | QPersistentModelIndex

LEGIBLE = 0.5  # of a name is left at least where a note takes its room
SHORT = {"principal": "principal", "supporting": "support", "distant": "distant"}  # of roles


class PointModel(QAbstractListModel):
    """Points by their place in the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self.indices: list[int] = []

    def show(self, catalogue: Catalogue, indices: list[int]) -> None:
        """Show other points."""
        self.beginResetModel()
        self._catalogue, self.indices = catalogue, indices
        self.endResetModel()

    def point(self, row: int) -> Point:
        """The point in a row."""
        return self._catalogue.points[self.indices[row]]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's form
        """The number of points."""
        return 0 if parent.isValid() else len(self.indices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Code and pinyin; the whole name for screen readers and as a tool tip."""
        point = self.point(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{point.code} {point.names.pinyin}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{point.code} {point.names.pinyin}, {point.names.english}"
        return None


class PointDelegate(QStyledItemDelegate):
    """Paints a point in one line: mark, code, pinyin, characters."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__()
        self._state = state

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Rows of one height."""
        _ = index
        return QSize(100, round(option.fontMetrics.height() * 1.6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one point."""
        model = index.model()
        assert isinstance(model, PointModel)
        theme, point, rect = self._state.theme, model.point(index.row()), QRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.soft))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        note = SHORT.get(best_role(point, pains_of(self._state)), "")
        paint_point(painter, rect.adjusted(14, 0, -10, 0), option.font, point, self._state, note)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.accent), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(0.6, 0.6, -0.6, -0.6))


def paint_point(
    painter: QPainter, rect: QRect, base: QFont, point: Point, state: AtlasState, note: str = ""
) -> None:
    """Paint mark, code and names of a point in a line; a note instead of the characters."""
    theme, kind = state.theme, row_type(base)
    meridian = state.stage.catalogue.meridian_by_code[point.meridian]
    paint_mark(painter, QPointF(rect.left() + 5, rect.center().y() + 1), meridian, theme, 9)
    painter.setFont(kind.bold)
    painter.setPen(QColor(theme.text))
    middle = Qt.AlignmentFlag.AlignVCenter
    code = rect.adjusted(18, 0, 0, 0)
    painter.drawText(code, middle, point.code)
    painter.setFont(kind.normal)
    code_width = max(kind.width("GB44", bold=True), kind.width(point.code, bold=True))
    left = code.left() + code_width + 8
    room = QRect(left, rect.top(), rect.right() - left, rect.height())
    pinyin, right = point.names.pinyin, note or point.names.hanzi_simplified
    left_over = room.width() - kind.width(right, bold=False) - 10
    enough = kind.width(pinyin, bold=False) * (LEGIBLE if note else 1)
    shown = left_over if left_over >= enough else room.width()
    painter.drawText(room, middle, kind.fitted(pinyin, shown, bold=False))
    if left_over >= enough:
        painter.setPen(QColor(theme.muted))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, right)


def pains_of(state: AtlasState) -> frozenset[str]:
    """The types of back pain and conditions that are filtered by."""
    return state.view.query.back_pain | state.view.query.condition


class PointList(QListView):
    """The points that the filter leaves."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__()
        self._state = state
        self._model = PointModel(state.stage.catalogue)
        self._delegate = PointDelegate(state)
        self._shown: object = None
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setAccessibleName("Points")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._refill()
        self.selectionModel().currentChanged.connect(self._on_current)
        self._soon = QTimer(self)  # the map answers first
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._refill)
        state.query_changed.connect(self._soon.start)
        state.stage_changed.connect(self._refill)
        state.selection_changed.connect(self._follow)
        state.theme_changed.connect(self._on_theme)

    @property
    def point_model(self) -> PointModel:
        """The rows behind the list."""
        return self._model

    def _refill(self) -> None:
        found: list[int] = np.flatnonzero(self._state.scene.members).tolist()
        if pains := pains_of(self._state):  # the principal points first
            points = self._state.stage.catalogue.points
            found.sort(key=lambda i: ROLES.index(best_role(points[i], pains)))
        self._model.show(self._state.stage.catalogue, found)
        self._follow()

    def _follow(self) -> None:
        """Make the selected point the current row."""
        code = self._state.view.selected
        at = self._state.stage.catalogue.index.get(code or "", -1)
        if at not in self._model.indices:
            self.selectionModel().clear()
            return
        index = self._model.index(self._model.indices.index(at))
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Bring the selected point into view, now that the rows have their places."""
        super().showEvent(event)
        self._follow()

    def _on_current(self, current: QModelIndex) -> None:
        if not current.isValid():
            return
        code = self._model.point(current.row()).code
        if code != self._state.view.selected:
            self._state.select(code)

    def _on_theme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
