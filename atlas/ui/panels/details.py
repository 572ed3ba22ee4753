"""The details of the selected point, and below them the source that was asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtWidgets import QLabel, QTextBrowser, QVBoxLayout, QWidget

from atlas.catalog.query import Query
from atlas.ui.panels.text import details_html, source_html
from atlas.ui.state import AtlasState

LATER = 80  # milliseconds


class DetailsPanel(QWidget):
    """Shows what is known of the selected point; its links select points, maps, sources."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__()
        self._state = state
        self._html = ""
        self.text = QTextBrowser()
        self.text.setAccessibleName("Details")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setUndoRedoEnabled(False)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.document().setDocumentMargin(18)
        self.text.anchorClicked.connect(self.follow)
        self.source = QLabel()
        self.source.setObjectName("source")
        self.source.setAccessibleName("Source")
        self.source.setWordWrap(True)
        self.source.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.source.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.source)
        for signal in (state.theme_changed, state.stage_changed):
            signal.connect(self.refresh)
        # The map answers first: a long text takes as long to lay out as the map to paint.
        self._soon = self._timer(0)
        for signal in (state.selection_changed, state.map_changed):
            signal.connect(self._soon.start)
        # What a chosen pain is may be said a moment after that.
        self._later = self._timer(LATER)
        state.query_changed.connect(self._later.start)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.refresh)
        return timer

    def refresh(self) -> None:
        """Say what the state selects."""
        html = details_html(self._state.stage, self._state.scene, self._state.theme)
        if html != self._html:
            self._html = html
            self.text.setHtml(html)
            self.close_source()

    def close_source(self) -> bool:
        """Close the source; says whether one was open."""
        was_open = self.source.isVisible()
        self.source.hide()
        return was_open

    def follow(self, url: QUrl) -> None:
        """Go where a link leads: point:BL23, map:back, source:who2008, indication:cough ..."""
        kind, target = url.scheme(), url.path()
        if kind == "point":
            self._state.select(target)
        elif kind == "map":
            self._state.set_map(target)
        elif kind == "regions":
            self._state.set_query(Query(region=frozenset(target.split(","))))
        elif kind == "indication":
            self._state.show_only(kind, target)
        elif kind == "source":
            self.source.setText(source_html(self._state.stage, target, self._state.theme))
            self.source.show()
