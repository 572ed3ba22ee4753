"""The dialog of a point's note and of the learner's own lists that it is on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import NamedTuple

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


class Known(NamedTuple):
    """What the store holds on a point when the dialog opens."""

    note: str
    lists: dict[str, bool]  # all by their name: whether the point is on them


def edit_notes(
    point: Point, parent: QWidget, failed: Callable[[str], None], store: Store | None = None
) -> NotesDialog | None:
    """Ask for a point's note and lists.

    Without a store that is open anyway, one is opened for as long as the dialog.
    """
    with ExitStack() as own:
        try:
            used = store if store is not None else own.enter_context(Store())
            known = _known(used, point.code)
        except AtlasError as error:
            failed(str(error))
        else:
            dialog = NotesDialog(used, point, known, parent, failed)
            dialog.closes = own.pop_all()
            dialog.open()
            return dialog
    return None


def _known(store: Store, code: str) -> Known:
    note = store.note(code)
    lists = {each.name: code in each.codes for each in store.collections()}
    return Known(note.text.strip() if note is not None else "", lists)


class NotesDialog(QDialog):
    """Shows note and lists, and keeps what was changed."""

    def __init__(
        self,
        store: Store,
        point: Point,
        known: Known,
        parent: QWidget,
        failed: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.closes = ExitStack()  # at the end
        self._store = store
        self._failed = failed
        self._code = point.code
        self._known = known
        self.setWindowTitle(f"{named(point)} – my note and lists")
        self.note = QPlainTextEdit(known.note)
        self.note.setAccessibleName("My note")
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText("What helps you to find or remember this point")
        self._make_lists()
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._arrange()

    def _make_lists(self) -> None:
        self.lists = QListWidget()
        self.lists.setAccessibleName("My lists")
        for name, on_it in self._known.lists.items():
            self._add_row(name, on_it)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText("Name of a new list")
        self.name.setAccessibleName("Name of a new list")
        self.add = QPushButton("Add")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.add_list)

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
        self.closes.close()
        super().done(result)

    def _write(self) -> None:
        """Keep what was changed here; what another window has changed meanwhile stays."""
        self.add_list()  # a name that was typed and not added yet is meant
        text = self.note.toPlainText().strip()
        if text != self._known.note:
            self._store.set_note(self._code, text)
        for row in range(self.lists.count()):
            item = self.lists.item(row)
            wanted = item.checkState() == Qt.CheckState.Checked
            if wanted != self._known.lists.get(item.text(), False):
                self._store.put_on(item.text(), self._code, wanted)
