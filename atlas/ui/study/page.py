"""The study page: plan on the left, question on the map, answer on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from atlas.study.schedule import Rating
from atlas.ui.canvas.view import ZOOM
from atlas.ui.state import AtlasState
from atlas.ui.study.answer import AnswerPanel
from atlas.ui.study.card import SessionCard
from atlas.ui.study.frame import StudyFrame
from atlas.ui.study.model import StudyModel
from atlas.ui.study.notes import edit_notes
from atlas.ui.study.prompt import PromptBar
from atlas.ui.study.settings import SettingsDialog
from atlas.ui.study.today import TodayPanel

LEFT, RIGHT = 204, 312  # pixels, as beside the atlas itself
GROWTH = 0.75  # panels grow less than the type
LEFT_FROM = 900  # pixels of width from which there is room for the plan


class StudyPage(QWidget):
    """Asks, grades and schedules; everything by mouse alone or by keyboard alone."""

    failed = Signal(str)

    def __init__(self, state: AtlasState, model: StudyModel | None = None) -> None:
        super().__init__()
        self._state = state
        self._presenting = state.view.presenting
        self.model = model or StudyModel(state)
        self.model.failed.connect(self.failed)
        self.today = TodayPanel(self.model)
        self.prompt = PromptBar(self.model)
        self.frame = StudyFrame(self.model)
        self.canvas = self.frame.canvas
        self.card = SessionCard(self.model)
        self.answer = AnswerPanel(self.model)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.card)
        self.middle.addWidget(self.frame)
        self.splitter = self._make_splitter()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.canvas.placed.connect(self.model.place)
        self.answer.linked.connect(self._follow)
        self.today.settings_wanted.connect(self._ask_settings)
        self.prompt.ended.connect(self.model.end)
        self.model.changed.connect(self._arrange)
        state.theme_changed.connect(self.model.changed)
        state.scene_changed.connect(self._on_scene)
        self._install_keys()
        self.model.open()

    def _make_splitter(self) -> QSplitter:
        column = QWidget()
        middle = QVBoxLayout(column)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.prompt)
        middle.addWidget(self.middle, 1)
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for widget in (self.today, column, self.answer):
            splitter.addWidget(widget)
        splitter.setStretchFactor(1, 1)
        return splitter

    def _on_scene(self) -> None:
        """Of the atlas, only presenting concerns this page."""
        if self._presenting != self._state.view.presenting:
            self._presenting = self._state.view.presenting
            self.model.changed.emit()

    # -- following -------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Show what the phase needs, and nothing else."""
        asking = self.model.phase in ("question", "answer")
        self.middle.setCurrentWidget(self.frame if asking else self.card)
        self.answer.setVisible(asking)
        self.prompt.setVisible(asking)
        roomy = self.width() >= LEFT_FROM * self._state.theme.scale
        self.today.setVisible(not self._state.view.presenting and (roomy or not asking))
        scale = self._state.theme.scale**GROWTH
        left, right = round(LEFT * scale), round(RIGHT * scale)
        self.splitter.setSizes([left, max(1, self.width() - left - right), right])
        self._take_focus()

    def _take_focus(self) -> None:
        """Keys work at once: on the map, or on the button that begins."""
        if not self.isVisible():
            return
        if self.model.phase in ("question", "answer"):
            self.canvas.setFocus()
        else:
            self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The body takes what the panels leave."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The filter of the atlas may have changed meanwhile."""
        super().showEvent(event)
        self.model.follow_filter()
        self._take_focus()

    def _follow(self, url: QUrl) -> None:
        """A code in an answer leads to the point in the atlas, a note to its dialog."""
        if url.scheme() == "point":
            self._state.select(url.path())
        elif url.scheme() == "note":
            self._edit_note()

    def _edit_note(self) -> None:
        sitting = self.model.sitting
        if sitting is None or sitting.question is None:
            return
        point = self._state.stage.catalogue.point(sitting.question.card.code)
        assert point is not None
        dialog = edit_notes(point, self, self.failed.emit)
        if dialog is not None:
            dialog.accepted.connect(self.answer.refresh)

    def close_drawing(self) -> None:
        """Wait for what still renders, and close the store."""
        self.canvas.close_drawing()
        self.model.close()

    # -- settings --------------------------------------------------------------------------

    def _ask_settings(self) -> None:
        dialog = SettingsDialog(self.model.plan, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.model.change_plan(**dialog.changes()))
        dialog.open()

    # -- keys ------------------------------------------------------------------------------

    def _install_keys(self) -> None:
        slots = {
            "Return": self.enter,
            "Enter": self.enter,
            "Ctrl+Z": self.model.undo,
            "+": self._closer,
            "=": self._closer,
            "-": self._farther,
            "Home": self.canvas.fit,
            "Ctrl+B": self.frame.bones.click,
            "Backspace": self._take_back,
            "0": self._give_up,
            "1": self._press,
            "2": self._press,
            "3": self._press,
            "4": self._press,
        }
        for text, slot in slots.items():
            shortcut = QShortcut(QKeySequence(text), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def enter(self) -> None:
        """Press the button that was reached with Tab, or do what comes next."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton) and self.isAncestorOf(focused):
            focused.click()
            return
        model, phase = self.model, self.model.phase
        sitting = model.sitting
        if phase == "question" and sitting is not None and sitting.question is not None:
            if self.answer.choices.field.hasFocus():
                self.answer.choices.submit()
            elif sitting.question.card.kind == "recall" and not sitting.revealed:
                model.reveal()
            else:
                self.canvas.place_aim()
        elif phase == "answer":
            model.next()
        else:
            self.card.press()

    def _press(self) -> None:
        """A digit: choose an answer, or say how well it was known."""
        sender = self.sender()
        assert isinstance(sender, QShortcut)
        digit, sitting = int(sender.key().toString()), self.model.sitting
        if sitting is None:
            return
        if self.model.phase == "answer" or sitting.revealed:
            self.model.rate(Rating(digit))
        elif self.model.phase == "question":
            self.answer.choices.press(digit)

    def _give_up(self) -> None:
        sitting = self.model.sitting
        if self.model.phase == "question" and sitting is not None and sitting.question is not None:
            if sitting.question.card.kind == "recall":
                self.model.reveal()
            else:
                self.model.give_up()

    def _take_back(self) -> None:
        if self.model.phase == "question" and self.answer.choices.back.isVisible():
            self.model.take_back_place()

    def _closer(self) -> None:
        self.canvas.zoom(ZOOM)

    def _farther(self) -> None:
        self.canvas.zoom(1 / ZOOM)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Letters go to the field in which a name is typed."""
        field = self.answer.choices.field
        if self.model.phase == "question" and field.isVisible() and event.text().isalpha():
            field.setFocus()
            field.insert(event.text())
        else:
            super().keyPressEvent(event)
