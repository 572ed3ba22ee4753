"""The search field with its results as you type."""

from __future__ import annotations

from functools import cached_property

import msgspec
from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from atlas.catalog.search import Hit, squeeze
from atlas.ui.panels.points import PointModel, paint_point
from atlas.ui.state import AtlasState

Index = QModelIndex | QPersistentModelIndex
ROWS = 9


def row_height(metrics: QFontMetrics) -> int:
    """Height of a row of results."""
    return round(metrics.height() * 1.8)


class _HitDelegate(QStyledItemDelegate):
    """Paints a hit: the point, and the name by which it was found where that tells more."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__()
        self._state = state
        self.hits: list[Hit] = []

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Rows of one height."""
        _ = index
        return QSize(100, row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one hit."""
        model = index.model()
        assert isinstance(model, PointModel)
        rect = QRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self._state.theme.soft))
        point, hit = model.point(index.row()), self.hits[index.row()]
        names = point.names
        said = {point.code, names.pinyin, names.english, ""}
        lay = hit.matched if hit.matched not in said else names.english
        note = f"{lay}  {names.hanzi_simplified}" if lay != names.hanzi_simplified else lay
        paint_point(painter, rect.adjusted(14, 0, -14, 0), option.font, point, self._state, note)


class SearchResults(QFrame):
    """The list under the field; a part of the window, so that the field keeps the focus."""

    chosen = Signal(str)

    def __init__(self, state: AtlasState, window: QWidget) -> None:
        super().__init__(window)
        self._state = state
        self._window = window
        self.setObjectName("results")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._model = PointModel(state.stage.catalogue)
        self._delegate = _HitDelegate(state)
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(self._delegate)
        self.view.setAccessibleName("Search results")
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._on_clicked)
        self.note = QLabel()
        self.note.setContentsMargins(14, 8, 14, 8)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 4, 1, 4)
        layout.setSpacing(0)
        layout.addWidget(self.view)
        layout.addWidget(self.note)
        self.hide()

    def show_for(self, text: str, field: QWidget) -> None:
        """Show what a text finds, under the field."""
        hits = self._state.stage.search.search(text)
        self._delegate.hits = hits
        self._model.show(self._state.stage.catalogue, [hit.at for hit in hits])
        self.view.setVisible(bool(hits))
        self.note.setText(self._explanation(text, hits))
        self.note.setVisible(bool(self.note.text()))
        if hits:
            self.view.setCurrentIndex(self._model.index(0))
        row = row_height(self.view.fontMetrics())
        self.view.setFixedHeight(row * min(len(hits), ROWS))
        corner = field.mapTo(self._window, QPoint(0, field.height() + 4))
        width = max(field.width(), self.fontMetrics().averageCharWidth() * 50)
        note = self.note.heightForWidth(width - 2) if self.note.text() else 0
        height = row * min(len(hits), ROWS) + note + 10
        left = min(corner.x() + field.width() - width, self._window.width() - width - 8)
        self.setGeometry(max(8, left), corner.y(), width, height)
        self.show()
        self.raise_()

    def _explanation(self, text: str, hits: list[Hit]) -> str:
        """A lay name explains itself; an empty result says what can be searched."""
        if not hits:
            return (
                f"Nothing is called “{text.strip()}”. Codes, pinyin, characters, English and "
                "everyday names can be searched."
            )
        key = squeeze(text)
        for lay in self._state.stage.catalogue.back_pain.lay_names:
            if len(key) >= 5 and squeeze(lay.name).startswith(key):
                return f"“{lay.name}”: {lay.certainty}"
        return "Enter shows the point. Ctrl+Enter filters the map by these words."

    def step(self, rows: int) -> None:
        """Move the current row."""
        row = self.view.currentIndex().row() + rows
        if 0 <= row < self._model.rowCount():
            self.view.setCurrentIndex(self._model.index(row))

    def take(self) -> None:
        """Choose the current row."""
        if self.view.currentIndex().isValid():
            self._on_clicked(self.view.currentIndex())

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.point(index.row()).code)


class SearchField(QLineEdit):
    """Finds points as you type; Enter shows the first, Ctrl+Enter filters by the words."""

    chosen = Signal()  # a point was selected
    left = Signal()  # nothing more is to be typed

    def __init__(self, state: AtlasState, window: QWidget) -> None:
        super().__init__()
        self._state = state
        self.allow(True)
        self.setAccessibleName("Search")
        self.setClearButtonEnabled(True)
        self._window = window
        self.textEdited.connect(self._on_text)
        state.stage_changed.connect(self._hide_results)

    @cached_property
    def results(self) -> SearchResults:
        """The list under the field, made when first wanted."""
        results = SearchResults(self._state, self._window)
        results.chosen.connect(self._on_chosen)
        return results

    def allow(self, allowed: bool) -> None:
        """Open or close the field: a search would tell what a question asks for."""
        self.setEnabled(allowed)
        words = "Name, code, symptom …" if allowed else "Closed while you study"
        self.setPlaceholderText(words)

    def is_listing(self) -> bool:
        """Whether results are shown."""
        return "results" in self.__dict__ and self.results.isVisible()

    def _on_text(self, text: str) -> None:
        if text.strip():
            self.results.show_for(text, self)
        else:
            self._hide_results()

    def _hide_results(self) -> None:
        if self.is_listing():
            self.results.hide()

    def _on_chosen(self, code: str) -> None:
        self._state.select(code)
        self._close()
        self.chosen.emit()

    def _close(self) -> None:
        self._hide_results()
        self.clear()

    def event(self, event: QEvent) -> bool:
        """Escape belongs to the field while it has the focus, not to the window's shortcut."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move in the results, Enter chooses, Escape closes."""
        key, listed = event.key(), self.is_listing()
        if listed and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.results.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter(filtering=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Escape:
            self._close()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_enter(self, *, filtering: bool) -> None:
        text = self.text().strip()
        if filtering and text:
            query = msgspec.structs.replace(self._state.view.query, text=text)
            self._state.set_query(query)
            self._close()
            self.left.emit()
        elif self.is_listing():
            self.results.take()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The results go where the focus goes elsewhere."""
        super().focusOutEvent(event)
        self._hide_results()
