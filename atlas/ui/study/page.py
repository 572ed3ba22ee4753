"""The study page: plan on the left, question on the map, answer on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from atlas.ui.state import AtlasState
from atlas.ui.study.answer import LARGER, AnswerPanel
from atlas.ui.study.card import SessionCard
from atlas.ui.study.frame import StudyFrame
from atlas.ui.study.keys import StudyKeys
from atlas.ui.study.model import StudyModel
from atlas.ui.study.notes import edit_notes
from atlas.ui.study.prompt import PromptBar
from atlas.ui.study.settings import SettingsDialog
from atlas.ui.study.today import TodayPanel

if TYPE_CHECKING:
    from atlas.ui.study.progress import ProgressView

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
        self._laid_out: object = None
        self._stands: object = None
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
        self.tabs = self._make_tabs()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.splitter)
        self.progress: ProgressView | None = None  # made when it is first wanted
        self._assemble()
        self.canvas.placed.connect(self.model.place)
        self.canvas.failed.connect(self.failed)
        self.answer.linked.connect(self._follow)
        self.today.settings_wanted.connect(self._ask_settings)
        self.prompt.ended.connect(self.model.end)
        self.model.changed.connect(self._arrange)
        state.theme_changed.connect(self._on_theme)
        state.scene_changed.connect(self._on_scene)
        self.keys = StudyKeys(self)
        self.model.open()

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.stack, 1)

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar()
        tabs.setObjectName("tabs")
        tabs.setAccessibleName("Parts of this page")
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for title in ("Questions", "Progress"):
            tabs.addTab(title)
        tabs.currentChanged.connect(self._on_tab)
        self.strip = QWidget()
        self.strip.setObjectName("strip")
        self.strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self.strip)
        row.setContentsMargins(10, 0, 10, 0)
        row.addWidget(tabs, 1)
        return tabs

    def _on_tab(self, tab: int) -> None:
        """Show the questions, or what the answers add up to."""
        if tab == 0:
            self.stack.setCurrentWidget(self.splitter)
            self._take_focus()
            return
        if self.progress is None:
            from atlas.ui.study.progress import ProgressView

            self.progress = ProgressView(self._state)
            self.progress.failed.connect(self.failed)
            self.stack.addWidget(self.progress)
        self._show_progress()
        self.stack.setCurrentWidget(self.progress)
        self.progress.area.setFocus()

    def _show_progress(self) -> None:
        sitting = self.model.sitting
        if self.progress is not None and sitting is not None:
            self.progress.show_history(sitting.history, self.model.clock())

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

    def _on_theme(self) -> None:
        """What is hidden is drawn in the new colours when it is shown."""
        if self.isVisible():
            self.model.changed.emit()

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
        self.strip.setHidden(self._state.view.presenting)
        roomy = self.width() >= LEFT_FROM * self._state.theme.scale
        self.today.setVisible(not self._state.view.presenting and (roomy or not asking))
        self._share_width()
        sitting = self.model.sitting
        stands = (self.model.phase, sitting.question if sitting is not None else None)
        if stands != self._stands:
            self._stands = stands
            self._take_focus()

    def _share_width(self) -> None:
        """The body gets what the panels leave; a border that was moved stays."""
        theme, presenting = self._state.theme, self._state.view.presenting
        asking = self.model.phase in ("question", "answer")
        laid_out = (self.width(), theme.name, presenting, asking)
        if laid_out == self._laid_out:
            return
        self._laid_out = laid_out
        scale = theme.scale**GROWTH
        left, right = round(LEFT * scale), round(RIGHT * scale * (LARGER if presenting else 1))
        self.splitter.setSizes([left, max(1, self.width() - left - right), right])

    def _take_focus(self) -> None:
        """Keys work at once: on the map, or on the button that begins."""
        if not self.isVisible() or self.stack.currentWidget() is not self.splitter:
            return
        if self.model.phase == "question" and self.answer.choices.field.hasFocus():
            return  # somebody is typing
        if self.model.phase in ("question", "answer"):
            self.canvas.setFocus()
        else:
            self.card.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The body takes what the panels leave."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Much may have changed meanwhile."""
        super().showEvent(event)
        self.model.come_back()
        if self.stack.currentWidget() is self.progress:
            self._show_progress()
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
        dialog = edit_notes(point, self, self.failed.emit, self.model.store)
        if dialog is not None:
            dialog.accepted.connect(self.model.come_back)

    def close_drawing(self) -> None:
        """Wait for what still renders, and close the store."""
        self.canvas.close_drawing()
        if self.progress is not None:
            self.progress.close_drawing()
        self.model.close()

    # -- settings --------------------------------------------------------------------------

    def _ask_settings(self) -> None:
        SettingsDialog(self.model, self).open()

    def step_back(self) -> bool:
        """Escape within the page; false where there is nothing to leave but the page."""
        if self.answer.choices.field.hasFocus():
            self.canvas.setFocus()
        elif self.answer.source.isVisible():
            self.answer.source.hide()
        elif self._presenting or self.stack.currentWidget() is not self.splitter:
            return False
        elif self.model.phase in ("question", "answer"):
            self.model.end()  # not at once to the body with all its names
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Letters go to the field in which a name is typed."""
        field = self.answer.choices.field
        asked = self.model.phase == "question" and field.isVisible()
        if asked and event.text().isalpha():
            field.setFocus()
            field.insert(event.text())
        else:
            super().keyPressEvent(event)
