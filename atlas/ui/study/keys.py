"""The keys of the study page; each does what stands beside it on a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton

from atlas.study.questions import Question
from atlas.study.schedule import Rating
from atlas.ui.canvas.view import ZOOM

if TYPE_CHECKING:
    from atlas.ui.study.page import StudyPage

DIGITS = ("1", "2", "3", "4")
REPEATING = ("+", "=", "-", "Backspace")  # a held key must not answer or rate


class StudyKeys(QObject):
    """Shortcuts that work wherever the focus is among the questions."""

    def __init__(self, page: StudyPage) -> None:
        super().__init__(page)
        self._page = page
        slots = {
            "Return": self.enter,
            "Enter": self.enter,
            "Ctrl+Z": page.model.undo,
            "+": self._closer,
            "=": self._closer,
            "-": self._farther,
            "0": page.canvas.fit,
            "Ctrl+B": page.frame.bones.click,
            "Backspace": self._take_back,
            "5": self._give_up,
            **dict.fromkeys(DIGITS, self._press),
        }
        for text, slot in slots.items():
            shortcut = QShortcut(QKeySequence(text), page.splitter)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(text in REPEATING)
            shortcut.activated.connect(slot)

    def _open_question(self) -> Question | None:
        """The question that waits for an answer, not for a rating."""
        sitting = self._page.model.sitting
        if self._page.model.phase != "question" or sitting is None or sitting.revealed:
            return None
        return sitting.question

    def enter(self) -> None:
        """Press the button that was reached with Tab, or do what comes next."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton) and self._page.splitter.isAncestorOf(focused):
            focused.click()
            return
        model, question = self._page.model, self._open_question()
        if question is not None:
            self._answer(question)
        elif model.phase == "answer":
            model.next()
        elif model.phase != "question":
            self._page.card.press()

    def _answer(self, question: Question) -> None:
        if self._page.answer.choices.field.hasFocus():
            self._page.answer.choices.submit()
        elif question.card.kind == "recall":
            self._page.model.reveal()
        else:
            self._page.canvas.place_aim()

    def _press(self) -> None:
        """A digit: choose an answer, or say how well it was known."""
        sender = self.sender()
        assert isinstance(sender, QShortcut)
        digit, model = int(sender.key().toString()), self._page.model
        if self._open_question() is not None:
            self._page.answer.choices.press(digit)
        elif model.phase in ("question", "answer"):
            model.rate(Rating(digit))

    def _give_up(self) -> None:
        question = self._open_question()
        if question is None:
            return
        if question.card.kind == "recall":
            self._page.model.reveal()
        else:
            self._page.model.give_up()

    def _take_back(self) -> None:
        question = self._open_question()
        if question is not None and question.card.kind == "walk":
            self._page.model.take_back_place()

    def _closer(self) -> None:
        self._page.canvas.zoom(ZOOM)

    def _farther(self) -> None:
        self._page.canvas.zoom(1 / ZOOM)
