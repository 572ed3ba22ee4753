"""The evidence page: forest plots by outcome, all studies, guidelines, how it may work."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from atlas.catalog.forest import OUTCOMES, Row, not_drawn, panels, printed
from atlas.ui.panels.evidence_text import (
    READING_HINT,
    SOURCE_HINT,
    guidelines_html,
    statements_html,
    studies_html,
    study_html,
)
from atlas.ui.panels.forest import ForestPlot
from atlas.ui.panels.markup import escape, page
from atlas.ui.panels.reading import ReadingPage
from atlas.ui.state import AtlasState

TABS = [
    *OUTCOMES.items(),
    ("studies", "All studies"),
    ("guidelines", "Guidelines"),
    ("mechanisms", "How it may work"),
    ("expectations", "What to expect"),
]
CARD = 250  # pixels of a guideline's width


class EvidencePage(ReadingPage):
    """What was found, against what, and what guidelines make of it."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__(state, [(str(name), title) for name, title in TABS])
        self.plots: list[ForestPlot] = []
        self.refresh()

    def refresh(self) -> None:
        """Draw the plots of an outcome, or show a text."""
        super().refresh()
        outcome = next((o for o in OUTCOMES if o == self.tab), None)
        if outcome is None:
            return
        stage, theme = self._state.stage, self._state.theme
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(18, 14, 18, 18)
        self.plots = [ForestPlot(panel, theme) for panel in panels(stage.catalogue, outcome)]
        for plot in self.plots:
            plot.chosen.connect(self._on_chosen)
            layout.addWidget(plot)
        rest = not_drawn(stage.catalogue.evidence, outcome)
        if rest:
            lines = "".join(
                f"<p>{escape(stage.catalogue.source_by_id[study.source].short)}: "
                f"{comparison.measure} {printed(comparison)}, {escape(comparison.scale)}</p>"
                for study, comparison in rest
            )
            note = QLabel(page(theme, f"<p class='muted'>Not drawn, as the scale is not known:</p>"
                                      f"{lines}"))  # fmt: skip
            note.setWordWrap(True)
            layout.addWidget(note)
        layout.addStretch(1)
        self.area.setWidget(column)
        self.stack.setCurrentWidget(self.area)

    def hint(self) -> str:
        """How to read a plot, or where sources are."""
        return READING_HINT if self.tab in OUTCOMES else SOURCE_HINT

    def body(self) -> str:
        """The text of a tab that has one."""
        stage, pain = self._state.stage, self._state.stage.catalogue.back_pain
        if self.tab == "studies":
            return studies_html(stage)
        if self.tab == "guidelines":
            columns = max(1, min(4, self.text.viewport().width() // CARD))
            return guidelines_html(stage, self._state.theme, columns)
        if self.tab == "mechanisms":
            return statements_html(stage, "How it is thought to work", pain.mechanisms)
        if self.tab == "expectations":
            return statements_html(stage, "What a patient may expect", pain.expectations)
        return ""

    def follow(self, url: QUrl) -> None:
        """Show a study beside the text; else as on every page."""
        if url.scheme() != "study":
            super().follow(url)
            return
        studies = self._state.stage.catalogue.evidence.studies
        study = next(study for study in studies if study.id == url.path())
        self.say(self.side, study_html(self._state.stage, study, None))

    def _on_chosen(self, row: Row) -> None:
        for plot in self.plots:
            if plot is not self.sender():
                plot.choose(None)
        self.say(self.side, study_html(self._state.stage, row.study, row.comparison))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Guidelines stand side by side, as many as there is room for."""
        super().resizeEvent(event)
        if self.tab == "guidelines":
            self.say(self.text, self.body())
