"""The filters: facets with live counts, painted as one list."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from atlas.catalog.query import FACET_IDS
from atlas.ui.panels.rows import paint_mark, row_type
from atlas.ui.state import AtlasState

Index = QModelIndex | QPersistentModelIndex
CLOSED_AT_FIRST = frozenset({"condition", "category", "indication"})


class Row(NamedTuple):
    """A heading (`value` is empty) or a value of a facet."""

    facet: str
    value: str
    title: str


class FacetModel(QAbstractListModel):
    """Headings and values of all open facets, with counts and check marks."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__()
        self._state = state
        self.closed = set(CLOSED_AT_FIRST)
        self.rows: list[Row] = []
        self.counts: dict[str, dict[str, int]] = {}
        self.rebuild()
        state.query_changed.connect(self.recount)
        state.stage_changed.connect(self.rebuild)

    def rebuild(self) -> None:
        """Make the rows anew: facets were opened or closed, or the catalogue is another."""
        self.beginResetModel()
        self.rows = []
        for facet in self._state.stage.facets.facets:
            self.rows.append(Row(facet.id, "", facet.title))
            if facet.id not in self.closed:
                self.rows += [Row(facet.id, value.id, value.title) for value in facet.values]
        self.counts = self._state.stage.facets.counts(self._state.view.query)
        self.endResetModel()

    def recount(self) -> None:
        """Count again after a change of the query."""
        self.counts = self._state.stage.facets.counts(self._state.view.query)
        # The roles say that no row has another size, so that nothing is laid out again.
        roles = [Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.AccessibleTextRole]
        self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1), roles)

    def toggle(self, row: int) -> None:
        """Choose a value or give it up; open or close a facet at its heading."""
        facet, value, _ = self.rows[row]
        if value:
            self._state.toggle(facet, value)
        else:
            self.closed ^= {facet}
            self.rebuild()

    def is_chosen(self, row: Row) -> bool:
        """Whether a value is part of the query."""
        return row.value in self._state.view.query.chosen(row.facet)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's form
        """The number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Values can be checked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.rows[index.row()].value:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles, check marks, and a description for screen readers."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.CheckStateRole and row.value:
            return Qt.CheckState.Checked if self.is_chosen(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if not row.value:
                return f"{row.title}, {'closed' if row.facet in self.closed else 'open'}"
            return f"{row.title}, {self.counts[row.facet][row.value]} points"
        if role == Qt.ItemDataRole.ToolTipRole and row.value:
            return self._state.stage.facets.summary(row.facet, row.value) or None
        return None


class FacetDelegate(QStyledItemDelegate):
    """Paints a row: box or meridian mark, title, count at the right."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__()
        self._state = state

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Rows of one height; headings have air above them."""
        model = index.model()
        assert isinstance(model, FacetModel)
        line = option.fontMetrics.height()
        heading = not model.rows[index.row()].value
        return QSize(100, round(line * (2.05 if heading else 1.5)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a heading or a value."""
        model = index.model()
        assert isinstance(model, FacetModel)
        row, rect = model.rows[index.row()], QRect(option.rect)
        theme = self._state.theme
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if focused:
            painter.setPen(QPen(QColor(theme.accent), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(6, 1, -6, -1), 4, 4)
        if row.value:
            self._paint_value(painter, option, rect, row, model)
        else:
            self._paint_heading(painter, option, rect, row, row.facet in model.closed)

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: Row, closed: bool
    ) -> None:
        theme = self._state.theme
        painter.setFont(heading_font(option.font))
        painter.setPen(QColor(theme.muted))
        line = rect.adjusted(14, rect.height() // 4, -16, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(line, flags, row.title.upper())
        middle = QPoint(line.right() - 4, line.center().y() + 1)
        pen = QPen(QColor(theme.muted), 1.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if closed:
            painter.drawPolyline([middle + QPoint(-2, -4), middle + QPoint(2, 0),
                                  middle + QPoint(-2, 4)])  # fmt: skip
        else:
            painter.drawPolyline([middle + QPoint(-4, -2), middle + QPoint(0, 2),
                                  middle + QPoint(4, -2)])  # fmt: skip

    def _paint_value(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRect,
        row: Row,
        model: FacetModel,
    ) -> None:
        theme = self._state.theme
        chosen, count = model.is_chosen(row), model.counts[row.facet].get(row.value, 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect.left() + 13.5, rect.center().y() - 5.5, 13, 13)
        self._paint_box(painter, box, chosen)
        left = rect.left() + 34
        if row.facet == "meridian":
            meridian = self._state.stage.catalogue.meridian_by_code[row.value]
            paint_mark(painter, QPointF(left + 5, rect.center().y() + 1), meridian, theme, 10)
            left += 16
        kind = row_type(option.font)
        painter.setFont(kind.bold if chosen else kind.normal)
        number = str(count)
        width = kind.width(number, bold=chosen)
        painter.setPen(QColor(theme.text if count or chosen else theme.muted))
        room = QRect(left, rect.top(), rect.right() - 14 - width - 6 - left, rect.height())
        text = kind.fitted(row.title, room.width(), bold=chosen)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QColor(theme.muted))
        right = rect.adjusted(0, 0, -14, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(right, flags, number)

    def _paint_box(self, painter: QPainter, box: QRectF, chosen: bool) -> None:
        theme = self._state.theme
        painter.setPen(QPen(QColor(theme.accent if chosen else theme.muted), 1.2))
        painter.setBrush(QColor(theme.accent) if chosen else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        if chosen:
            painter.setPen(QPen(QColor(theme.on_accent), 1.7))
            corner = box.topLeft()
            painter.drawPolyline([corner + QPoint(3, 7), corner + QPoint(5, 9),
                                  corner + QPoint(10, 4)])  # fmt: skip


def heading_font(base: QFont) -> QFont:
    """The type of section headings: small, bold, spaced capitals."""
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * 0.8)
    font.setWeight(QFont.Weight.DemiBold)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
    return font


class FacetPanel(QListView):
    """The filter panel."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__()
        self._state = state
        self._model = FacetModel(state)
        self._delegate = FacetDelegate(state)
        self._pressed = QModelIndex()
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Filters")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        state.theme_changed.connect(self._on_theme)

    @property
    def facet_model(self) -> FacetModel:
        """The rows behind the list."""
        return self._model

    def _on_theme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember the row, for the release."""
        super().mousePressEvent(event)
        self._pressed = self.indexAt(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click anywhere in a row counts."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and index.isValid() and index == self._pressed:
            self._toggle(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space and Enter toggle the row of the cursor."""
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys and self.currentIndex().isValid():
            self._toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _toggle(self, row: int) -> None:
        heading = not self._model.rows[row].value
        self._model.toggle(row)
        if heading:
            self.setCurrentIndex(self._model.index(row))

    def row_of(self, facet: str, value: str = "") -> int:
        """The row of a value or heading; opens the facet where it is closed."""
        assert facet in FACET_IDS
        if value and facet in self._model.closed:
            self._model.closed.discard(facet)
            self._model.rebuild()
        return next(
            i for i, row in enumerate(self._model.rows) if (row.facet, row.value) == (facet, value)
        )
