"""The question in one line, and how far one has come."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from atlas.ui.panels.markup import escape
from atlas.ui.study.model import StudyModel

SIZE, LARGE = 13.0, 22.0  # points


class PromptBar(QWidget):
    """The prompt, “12 of 30”, and the way out."""

    ended = Signal()

    def __init__(self, model: StudyModel) -> None:
        super().__init__()
        self._model = model
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setWordWrap(True)
        self.count = QLabel()
        self.count.setObjectName("muted")
        self.end = QPushButton("End")
        self.end.setObjectName("link")
        self.end.setFlat(True)
        self.end.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.end.setToolTip("End this session; what was answered is kept")
        self.end.clicked.connect(self.ended)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 14, 8)
        row.setSpacing(12)
        row.addWidget(self.label, 1)
        row.addWidget(self.count)
        row.addWidget(self.end)
        model.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the question, and where in the day it stands."""
        sitting = self._model.sitting
        if sitting is None or sitting.question is None:
            return
        font = QFont(self.font())
        size = LARGE if self._model.state.view.presenting else SIZE
        font.setPointSizeF(size * self._model.state.theme.scale)
        self.label.setFont(font)
        self.label.setText(self._prompt())
        given = len(sitting.given)
        at = given + (sitting.outcome is None)
        self.count.setText(f"{at} of {given + len(sitting.waiting())}")

    def _prompt(self) -> str:
        """The prompt with its point in bold; of a walk, the point that is next."""
        sitting = self._model.sitting
        assert sitting is not None
        assert sitting.question is not None
        question = sitting.question
        text = escape(question.prompt)
        if question.card.kind == "walk" and sitting.outcome is None:
            placed = len(sitting.placed)
            return f"{text} Next: <b>{question.answer[placed]}</b>"
        if question.card.kind == "identify":
            return text
        code = question.card.code
        return text.replace(code, f"<b>{code}</b>", 1)
