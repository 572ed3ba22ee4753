"""The pages of the window: the body at once, the others when they are first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from atlas.scene import Page
from atlas.ui.state import AtlasState

if TYPE_CHECKING:
    from atlas.ui.study.page import StudyPage


class Pages(QStackedWidget):
    """One page in view; the start imports none of those that are made later."""

    failed = Signal(str)

    def __init__(self, state: AtlasState, body: QWidget) -> None:
        super().__init__()
        self._state = state
        self._made: dict[Page, QWidget] = {"explore": body}
        self._study: StudyPage | None = None
        self.addWidget(body)

    def page(self, name: Page) -> QWidget:
        """A page."""
        if name not in self._made:
            made = self._make(name)
            self._made[name] = made
            self.addWidget(made)
        return self._made[name]

    def show_page(self, name: Page) -> None:
        """Bring a page into view."""
        self.setCurrentWidget(self.page(name))

    def _make(self, name: Page) -> QWidget:
        if name == "study":
            return self._make_study()
        if name == "safety":
            from atlas.ui.panels.safety import SafetyPage

            return SafetyPage(self._state)
        from atlas.ui.panels.evidence import EvidencePage

        return EvidencePage(self._state)

    def _make_study(self) -> QWidget:
        from atlas.ui.study.page import StudyPage

        self._study = StudyPage(self._state)
        self._study.failed.connect(self.failed)
        if self._study.model.warning:
            self.failed.emit(self._study.model.warning)
        return self._study

    def step_back(self) -> bool:
        """Escape within the page that is shown; false where it has nothing to leave."""
        return self._study is not None and self._study.isVisible() and self._study.step_back()

    def close_pages(self) -> None:
        """Let go of files and drawings; to be called before the window goes."""
        if self._study is not None:
            self._study.close_drawing()
