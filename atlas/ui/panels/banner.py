"""The one place where problems are told: a bar over the body that waits to be closed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit


class Banner(QFrame):
    """A sentence, and below it the single problems where there are some."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton("Close")
        self.button.setObjectName("layer")
        self.button.clicked.connect(self.hide)
        line = QHBoxLayout()
        line.addWidget(self.message, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 8, 12, 8)
        self._layout.addLayout(line)
        self.hide()

    @cached_property
    def problems(self) -> QPlainTextEdit:
        """The list of problems, made when first wanted."""
        from PySide6.QtWidgets import QPlainTextEdit

        problems = QPlainTextEdit()
        problems.setReadOnly(True)
        problems.setAccessibleName("Problems")
        problems.setFrameShape(QFrame.Shape.NoFrame)
        self._layout.addWidget(problems)
        return problems

    def inform(self, message: str) -> None:
        """Say that something went well, in the quiet colours."""
        self._show("quiet", message, ())

    def tell(self, message: str, problems: Sequence[str] = ()) -> None:
        """Show a message with its problems, all of them, to be scrolled and copied."""
        self._show("banner", message, problems)

    def _show(self, style: str, message: str, problems: Sequence[str]) -> None:
        if self.objectName() != style:
            self.setObjectName(style)
            self.style().polish(self)
        self.message.setText(message)
        if problems or "problems" in self.__dict__:
            self.problems.setPlainText("\n".join(problems))
            self.problems.setVisible(bool(problems))
            line = self.problems.fontMetrics().height() + 2
            self.problems.setFixedHeight(line * min(len(problems) + 1, 8) + 8)
        self.show()
