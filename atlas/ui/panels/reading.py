"""A page to read: tabs above, a text below, and beside it what was asked for more closely."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from atlas.ui.panels.markup import page, source_text
from atlas.ui.state import AtlasState

SIDE = 330  # pixels


class ReadingPage(QWidget):
    """Base of the pages of evidence and safety; `tabs` are (id, title)."""

    def __init__(self, state: AtlasState, tabs: list[tuple[str, str]]) -> None:
        super().__init__()
        self._state = state
        self.tab = tabs[0][0]
        self.text = self._browser("Text")
        self.side = self._browser("Details")
        self.area = QScrollArea()  # for what is no text
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.text)
        self.stack.addWidget(self.area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_strip(tabs))
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.addWidget(self.stack)
        splitter.addWidget(self.side)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([10_000, SIDE])
        self.stack.setMinimumWidth(380)
        self.side.setMinimumWidth(240)
        splitter.setChildrenCollapsible(False)
        layout.addWidget(splitter, 1)
        state.theme_changed.connect(self.refresh)
        state.stage_changed.connect(self.refresh)

    def _make_strip(self, tabs: list[tuple[str, str]]) -> QWidget:
        strip = QWidget()
        strip.setObjectName("strip")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(strip)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(2)
        self.buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for name, title in tabs:
            button = QToolButton()
            button.setObjectName("tab")
            button.setText(title)
            button.setCheckable(True)
            button.setChecked(name == self.tab)
            group.addButton(button)
            row.addWidget(button)
            self.buttons[name] = button
        group.buttonClicked.connect(self._on_tab)
        row.addStretch(1)
        return strip

    def _browser(self, name: str) -> QTextBrowser:
        browser = QTextBrowser()
        browser.setAccessibleName(name)
        browser.setFrameShape(QTextBrowser.Shape.NoFrame)
        browser.setOpenLinks(False)
        browser.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        browser.document().setDocumentMargin(18)
        browser.anchorClicked.connect(self.follow)
        return browser

    def _on_tab(self, button: QToolButton) -> None:
        self.show_tab(next(name for name, other in self.buttons.items() if other is button))

    def show_tab(self, name: str) -> None:
        """Show what a tab stands for."""
        self.tab = name
        self.buttons[name].setChecked(True)
        self.refresh()

    def refresh(self) -> None:
        """Say everything anew, in the theme's colours."""
        self.stack.setCurrentWidget(self.text)
        self.say(self.text, self.body())
        self.say(self.side, f"<p class='muted'>{self.hint()}</p>")

    def hint(self) -> str:
        """What stands beside the text of the current tab until something is asked for."""
        raise NotImplementedError

    def body(self) -> str:
        """The text of the current tab, as HTML."""
        raise NotImplementedError

    def say(self, browser: QTextBrowser, html: str) -> None:
        """Show HTML in the theme's style."""
        browser.setHtml(page(self._state.theme, html))

    def follow(self, url: QUrl) -> None:
        """Go where a link leads: a point, a filter on the map, or a source beside the text."""
        kind, target = url.scheme(), url.path()
        if kind == "point":
            self._state.select(target)
        elif kind == "source":
            source = self._state.stage.catalogue.source_by_id[target]
            self.say(self.side, source_text(source))
        elif kind in ("caution", "region"):
            self._state.show_only(kind, target)
