"""The details of the selected point."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QTextBrowser, QToolTip

from atlas.ui.panels.text import details_html, source_html
from atlas.ui.state import AtlasState

SOURCE_SHOWN = 12_000  # milliseconds, unless the mouse leaves the panel


class DetailsPanel(QTextBrowser):
    """Shows what is known of the selected point; its links select points, maps, sources."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__()
        self._state = state
        self._html = ""
        self.setAccessibleName("Details")
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(18)
        self.anchorClicked.connect(self._on_link)
        state.selection_changed.connect(self.refresh)
        state.map_changed.connect(self.refresh)
        state.theme_changed.connect(self.refresh)
        state.stage_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Say what the state selects."""
        html = details_html(self._state.stage, self._state.scene, self._state.theme)
        if html != self._html:
            self._html = html
            self.setHtml(html)

    def _on_link(self, url: QUrl) -> None:
        kind, target = url.scheme(), url.path()
        if kind == "point":
            self._state.select(target)
        elif kind == "map":
            self._state.set_map(target)
        elif kind == "source":
            html = source_html(self._state.stage, target, self._state.theme)
            pointed = self.mapFromGlobal(QCursor.pos())
            place = pointed if self.rect().contains(pointed) else self.cursorRect().bottomLeft()
            below = self.mapToGlobal(place + QPoint(0, 12))
            QToolTip.showText(below, html, self, self.rect(), SOURCE_SHOWN)
