"""Answers to choose from, a field to type one, and the ways out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from atlas.scene import Stage
from atlas.study.questions import CHOICES, Question, named


class Choices(QWidget):
    """What one presses or types while a question is open."""

    chosen = Signal(str)  # a code
    typed = Signal(str)
    turned = Signal()  # show what was to be recalled
    taken_back = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._codes: tuple[str, ...] = ()
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.buttons = [self._button("choice", self._on_choice) for _ in range(CHOICES)]
        self.field = QLineEdit()
        self.field.setPlaceholderText("or type name or code, then Enter")
        self.field.setAccessibleName("Name of the marked point")
        self.turn = self._button("primary", self.turned.emit, "Show the answer   Enter")
        self.back = self._button("choice", self.taken_back.emit, "Take back the last mark   ⌫")
        self.give_up = self._button("choice", self.given_up.emit, "I don’t know – show me   5")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 12)
        layout.setSpacing(8)
        for widget in (self.hint, *self.buttons, self.field, self.turn, self.back, self.give_up):
            layout.addWidget(widget)
        layout.addStretch(1)

    def _button(self, name: str, slot: object, text: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(slot)
        return button

    def show_question(self, stage: Stage, question: Question, hint: str, placed: int) -> None:
        """Offer what a question can be answered with."""
        kind = question.card.kind
        if question.choices != self._codes:
            self.field.clear()
        self._codes = question.choices
        self.hint.setText(hint)
        for number, button in enumerate(self.buttons, 1):
            button.setVisible(number <= len(question.choices))
            if number <= len(question.choices):
                point = stage.catalogue.point(question.choices[number - 1])
                assert point is not None
                button.setText(f"{number}    {named(point)}")
        self.field.setVisible(kind == "identify")
        self.turn.setVisible(kind == "recall")
        self.give_up.setVisible(kind != "recall")
        self.back.setVisible(kind == "walk")
        self.back.setEnabled(placed > 0)

    def press(self, number: int) -> bool:
        """Choose by its number; false where there is none."""
        if number > len(self._codes):
            return False
        self.chosen.emit(self._codes[number - 1])
        return True

    def submit(self) -> None:
        """Answer with what was typed."""
        if self.field.text().strip():
            self.typed.emit(self.field.text().strip())

    def _on_choice(self) -> None:
        for number, button in enumerate(self.buttons, 1):
            if button is self.sender():
                self.press(number)
