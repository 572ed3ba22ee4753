"""A page to read: tabs above, a text below, and beside it what was asked for more closely."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from atlas.ui.panels.markup import page, source_text
from atlas.ui.state import AtlasState

SIDE = 330  # pixels at most
LEAST = 200


class ReadingPage(QWidget):
    """Base of the pages of evidence and safety; `tabs` are (id, title)."""

    def __init__(self, state: AtlasState, tabs: list[tuple[str, str]]) -> None:
        super().__init__()
        self._state = state
        self.tab = tabs[0][0]
        self._stale = False
        self._beside = ""
        self.text = self._browser("Text")
        self.side = self._browser("Details")
        self.area = QScrollArea()  # for what is no text
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        splitter.setStretchFactor(1, 0)
        self.stack.setMinimumWidth(380)
        self.side.setMinimumWidth(LEAST)
        splitter.setSizes([10_000, SIDE])
        splitter.setChildrenCollapsible(False)
        layout.addWidget(splitter, 1)
        state.theme_changed.connect(self._renew)
        state.stage_changed.connect(self._start_over)

    def _make_strip(self, tabs: list[tuple[str, str]]) -> QWidget:
        strip = QWidget()
        strip.setObjectName("strip")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(strip)
        row.setContentsMargins(10, 0, 10, 0)
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setAccessibleName("Parts of this page")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setUsesScrollButtons(True)
        for name, title in tabs:
            self.tabs.setTabData(self.tabs.addTab(title), name)
        self.tabs.currentChanged.connect(self._on_tab)
        row.addWidget(self.tabs, 1)
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

    def _on_tab(self, at: int) -> None:
        self.tab = self.tabs.tabData(at)
        self._beside = ""
        self.refresh()

    def show_tab(self, name: str) -> None:
        """Show what a tab stands for."""
        names = [self.tabs.tabData(at) for at in range(self.tabs.count())]
        self.tabs.setCurrentIndex(names.index(name))

    def _start_over(self) -> None:
        """The data have changed: what stands beside the text may be gone."""
        self._beside = ""
        self._renew()

    def _renew(self) -> None:
        """Say everything anew, now or when the page is shown."""
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What has changed meanwhile is said anew."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """What stands beside the text takes a third at most."""
        super().resizeEvent(event)
        self.side.setMaximumWidth(max(LEAST, min(SIDE, self.width() // 3)))

    def refresh(self) -> None:
        """Say everything anew, in the theme's colours."""
        self._stale = False
        self.stack.setCurrentWidget(self.text)
        self.say(self.text, self.body())
        self.say(self.side, self._beside or f"<p class='muted'>{self.hint()}</p>")

    def hint(self) -> str:
        """What stands beside the text of the current tab until something is asked for."""
        raise NotImplementedError

    def body(self) -> str:
        """The text of the current tab, as HTML."""
        raise NotImplementedError

    def say(self, browser: QTextBrowser, html: str) -> None:
        """Show HTML in the theme's style; what stands beside the text outlasts a new theme."""
        if browser is self.side:
            self._beside = html
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
