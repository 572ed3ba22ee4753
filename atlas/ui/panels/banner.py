"""The one place where problems are told: a bar over the body that waits to be closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout


class Banner(QFrame):
    """A sentence, and below it the single problems where there are some."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problems = QPlainTextEdit()
        self.problems.setReadOnly(True)
        self.problems.setAccessibleName("Problems")
        self.problems.setFrameShape(QFrame.Shape.NoFrame)
        self.problems.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.button = QPushButton("Close")
        self.button.setObjectName("layer")
        self.button.clicked.connect(self.hide)
        line = QHBoxLayout()
        line.addWidget(self.message, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.addLayout(line)
        layout.addWidget(self.problems)
        self.hide()

    def tell(self, message: str, problems: Sequence[str] = ()) -> None:
        """Show a message with its problems, all of them, to be scrolled and copied."""
        self.message.setText(message)
        self.problems.setPlainText("\n".join(problems))
        self.problems.setVisible(bool(problems))
        line = self.problems.fontMetrics().height() + 2
        self.problems.setFixedHeight(line * min(2 * len(problems), 8) + 8)
        self.show()
