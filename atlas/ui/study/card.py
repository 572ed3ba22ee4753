"""What stands in the middle where no question is open: how to begin, or what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from atlas.study.sayings import count
from atlas.study.sitting import Sitting
from atlas.study.summary import summary
from atlas.ui.study.model import MORE, StudyModel
from atlas.ui.study.words import result

WIDTH = 470


class SessionCard(QWidget):
    """A title, a few sentences, one or two buttons."""

    def __init__(self, model: StudyModel) -> None:
        super().__init__()
        self._model = model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = QLabel()
        self.title.setObjectName("large")
        self.text = QLabel()
        for label in (self.title, self.text):
            label.setWordWrap(True)
        self.first = QPushButton()
        self.second = QPushButton()
        self.first.setObjectName("primary")
        self.second.setObjectName("choice")
        for button in (self.first, self.second):
            button.setAutoDefault(False)
        self.first.clicked.connect(self.press)
        self.second.clicked.connect(self._press_second)
        self._assemble()
        model.changed.connect(self.refresh)

    def _assemble(self) -> None:
        column = QWidget()
        column.setMaximumWidth(WIDTH)
        inner = QVBoxLayout(column)
        inner.setSpacing(12)
        for widget in (self.title, self.text, self.first, self.second):
            inner.addWidget(widget)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)

    def refresh(self) -> None:
        """Say what there is to do."""
        if self._model.sitting is None:
            self._tell_trouble()
        elif self._model.phase in ("start", "end"):
            self._tell(self._model.sitting)

    def _tell(self, sitting: Sitting) -> None:
        today = sitting.today()
        left = today.due + today.new
        if not sitting.codes:
            title, text = "No points", "This set has no points. Choose another one on the left."
        elif left:
            whole = "left for today" if today.done else "for today"
            title = f"{count(left, 'question')} {whole}"
            text = f"{today.due} to repeat, {today.new} new."
        elif today.done:
            title, text = "Done for today", self._outlook(sitting)
        else:
            title, text = "Nothing is due today", self._outlook(sitting)
        came = result(summary(sitting.given))
        more = 0 if left else sitting.learnable(MORE)
        if more and today.done:
            text = f"The day’s limit of new questions is reached.\n\n{text}"
        self._show(title, f"{came}\n\n{text}" if came else text)
        again = "Go on   Enter" if sitting.given else "Begin   Enter"
        self.first.setText(again if left else f"Learn {count(more, 'new one')}   Enter")
        self.first.setVisible(left + more > 0)
        self.second.hide()

    def _outlook(self, sitting: Sitting) -> str:
        tomorrow = sitting.due_tomorrow()
        if not tomorrow:
            return "Of these points and kinds of question, nothing is due tomorrow."
        due = f"Tomorrow {count(tomorrow, 'question')} will be due"
        return f"{due} of these points and kinds of question."

    def _tell_trouble(self) -> None:
        damage = self._model.damage
        if damage is None:
            self._show("Your progress can’t be opened", self._model.trouble)
            self.first.setText("Try again   Enter")
            self.first.show()
            self.second.hide()
            return
        what = f"It is kept as {damage.aside.name}." if damage.aside else "Its file is gone."
        self._show("Your progress is damaged", f"{what}\n\n{damage.path.parent}")
        self.first.setVisible(damage.backup is not None)
        if damage.backup is not None:
            self.first.setText(f"Put back the backup {damage.backup.name}   Enter")
        self.second.setText("Begin anew")
        self.second.show()

    def _show(self, title: str, text: str) -> None:
        self.title.setText(title)
        self.text.setText(text)

    def press(self) -> None:
        """Do what the first button says."""
        model = self._model
        if self.first.isHidden():
            return
        if model.damage is not None:
            model.put_back()
        elif model.sitting is None:
            model.open()
        elif model.sitting.waiting():
            model.begin()
        else:
            model.more()

    def _press_second(self) -> None:
        self._model.begin_anew()
