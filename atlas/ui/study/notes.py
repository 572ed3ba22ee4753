"""The dialog of a point's note and of the learner's own lists that it is on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from atlas.catalog.point import Point
from atlas.problems import AtlasError
from atlas.study.questions import named
from atlas.study.store import Store

LONGEST_NAME = 60


def edit_notes(point: Point, parent: QWidget, failed: Callable[[str], None]) -> NotesDialog | None:
    """Ask for a point's note and lists, in a store that is open for as long as the dialog."""
    try:
        store = Store()
    except AtlasError as error:
        failed(str(error))
        return None
    dialog = NotesDialog(store, point, parent, failed)
    dialog.open()
    return dialog


class NotesDialog(QDialog):
    """Shows note and lists, and keeps what was changed; closes the store at the end."""

    def __init__(
        self, store: Store, point: Point, parent: QWidget, failed: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._store = store
        self._failed = failed
        self._code = point.code
        self.setWindowTitle(f"{named(point)} – my note and lists")
        note = store.note(point.code)
        self._before = note.text if note is not None else ""
        self.note = QPlainTextEdit(self._before)
        self.note.setAccessibleName("My note")
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText("What helps you to find or remember this point")
        self.lists = QListWidget()
        self.lists.setAccessibleName("My lists")
        for each in store.collections():
            self._add_row(each.name, point.code in each.codes)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText("Name of a new list")
        self.name.setAccessibleName("Name of a new list")
        self.add = QPushButton("Add")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.add_list)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        for text, widget in (("MY NOTE", self.note), ("ON MY LISTS", self.lists)):
            head = QLabel(text)
            head.setObjectName("head")
            layout.addWidget(head)
            layout.addWidget(widget)
        hint = QLabel("Study can be about one of your lists: choose it there as the set of points.")
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        layout.addLayout(row)
        layout.addWidget(hint)
        layout.addWidget(self.buttons)
        self.resize(420, 460)

    def _add_row(self, name: str, checked: bool) -> None:
        item = QListWidgetItem(name, self.lists)
        item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
        item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)

    def add_list(self) -> None:
        """Offer a new list, with the point on it; a name that is there already is checked."""
        name = self.name.text().strip()
        if not name:
            return
        found = self.lists.findItems(name, Qt.MatchFlag.MatchExactly)
        if found:
            found[0].setCheckState(Qt.CheckState.Checked)
        else:
            self._add_row(name, checked=True)
        self.name.clear()

    def done(self, result: int) -> None:
        """Keep what was changed, unless it was cancelled; stay open where that fails."""
        try:
            if result == QDialog.DialogCode.Accepted:
                self._write()
        except AtlasError as error:
            self._failed(str(error))
            return
        self._store.close()
        super().done(result)

    def _write(self) -> None:
        """Keep note and lists; what another window has added to a list meanwhile stays."""
        self.add_list()  # a name that was typed and not added yet is meant
        text = self.note.toPlainText().strip()
        if text != self._before:
            self._store.set_note(self._code, text)
        held = {each.name: each.codes for each in self._store.collections()}
        for row in range(self.lists.count()):
            item = self.lists.item(row)
            self._put(item.text(), held.get(item.text(), ()), item.checkState())

    def _put(self, name: str, codes: tuple[str, ...], wanted: Qt.CheckState) -> None:
        on_it = self._code in codes
        if wanted == Qt.CheckState.Checked and not on_it:
            self._store.set_collection(name, (*codes, self._code))
        elif wanted == Qt.CheckState.Unchecked and on_it:
            left = tuple(code for code in codes if code != self._code)
            if left:
                self._store.set_collection(name, left)
            else:
                self._store.remove_collection(name)
