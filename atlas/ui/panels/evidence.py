"""The evidence page: forest plots by outcome, all studies, guidelines, how it may work."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QUrl
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from atlas.catalog.forest import OUTCOMES, Row, panels
from atlas.ui.panels.evidence_text import (
    READING_HINT,
    SOURCE_HINT,
    beside_plots_html,
    statements_html,
    studies_html,
    study_html,
)
from atlas.ui.panels.forest import ForestPlot
from atlas.ui.panels.forest_rows import Columns, columns
from atlas.ui.panels.guidelines import guidelines_html
from atlas.ui.panels.markup import page
from atlas.ui.panels.reading import ReadingPage
from atlas.ui.state import AtlasState

TABS = [
    *OUTCOMES.items(),
    ("studies", "All studies"),
    ("guidelines", "Guidelines"),
    ("mechanisms", "How it may work"),
    ("expectations", "What to expect"),
]
MARGIN = 10  # pixels beside the plots
CARD = 250  # pixels of a guideline's width


class EvidencePage(ReadingPage):
    """What was found, against what, and what guidelines make of it."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__(state, TABS)
        self.plots: list[ForestPlot] = []
        self._row: Row | None = None  # that is told beside the plots
        self._shown = ""  # the tab that is told now
        self._cards = 0  # guidelines side by side
        self._widths: Columns
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.text.installEventFilter(self)
        self.area.installEventFilter(self)
        self.refresh()

    def refresh(self) -> None:
        """Show the current tab; who reads it already keeps the place and the chosen result."""
        again = self.tab == self._shown
        bar = (self.area if self.tab in OUTCOMES else self.text).verticalScrollBar()
        place, row = (bar.value(), self._row) if again else (0, None)
        self._shown, self._row = self.tab, None
        super().refresh()
        if self.tab in OUTCOMES:
            self._draw()
            self._choose_again(row)
        bar.setValue(place)

    def _draw(self) -> None:
        """The plots of an outcome, and below them what has no place in a plot."""
        stage, theme = self._state.stage, self._state.theme
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(MARGIN, 10, MARGIN, 18)
        layout.setSpacing(14)
        found = panels(stage.catalogue, self.tab)
        self._widths = columns(found, self.font(), theme.scale, self._room())
        self.plots = [ForestPlot(panel, theme, self._widths) for panel in found]
        for plot in self.plots:
            plot.chosen.connect(self._on_chosen)
            layout.addWidget(plot)
        rest = beside_plots_html(stage, self.tab)
        if rest:
            note = QLabel(page(theme, rest))
            note.setWordWrap(True)
            note.setContentsMargins(12, 0, 12, 0)
            note.setTextInteractionFlags(
                Qt.TextInteractionFlag.LinksAccessibleByMouse
                | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            )
            note.linkActivated.connect(self.follow)
            layout.addWidget(note)
        layout.addStretch(1)
        self.area.setWidget(column)
        self.stack.setCurrentWidget(self.area)

    def _choose_again(self, row: Row | None) -> None:
        for plot in self.plots:
            for line, other in plot.rows.items():
                if row is not None and _key(other) == _key(row):
                    plot.choose(line)

    def hint(self) -> str:
        """How to read a plot, or where sources are."""
        return READING_HINT if self.tab in OUTCOMES else SOURCE_HINT

    def body(self) -> str:
        """The text of a tab that has one."""
        stage, pain = self._state.stage, self._state.stage.catalogue.back_pain
        if self.tab == "studies":
            return studies_html(stage)
        if self.tab == "guidelines":
            self._cards = self._room_for_cards()
            return guidelines_html(stage, self._state.theme, self._cards)
        if self.tab == "mechanisms":
            return statements_html(stage, "How it is thought to work", pain.mechanisms)
        if self.tab == "expectations":
            return statements_html(stage, "What a patient may expect", pain.expectations)
        return ""

    def follow(self, url: QUrl | str) -> None:
        """Show a study or one of its results beside the text; else as on every page."""
        url = QUrl(url)
        if url.scheme() not in ("study", "result"):
            super().follow(url)
            return
        name, _, place = url.path().partition("/")
        studies = self._state.stage.catalogue.evidence.studies
        study = next(study for study in studies if study.id == name)
        self._leave_plots()
        result = study.comparisons[int(place)] if place else None
        self.say(self.side, study_html(self._state.stage, study, result))

    def _leave_plots(self, but: ForestPlot | None = None) -> None:
        """Only one result is marked."""
        self._row = None
        for plot in self.plots:
            if plot is not but:
                plot.choose(None)

    def _on_chosen(self, plot: ForestPlot, row: Row) -> None:
        self._leave_plots(but=plot)
        self._row = row
        self.say(self.side, study_html(self._state.stage, row.study, row.comparison))
        if plot.current is not None:
            place = plot.mapTo(self.area.widget(), QPoint(0, plot.row_middle(plot.current)))
            across = self.area.horizontalScrollBar().value()  # stays as it is
            self.area.ensureVisible(across, place.y(), 0, round(1.6 * self._widths.row))

    def _room(self) -> int:
        """How wide plots or cards may be, whether or not there is a scroll bar beside them."""
        return self.stack.width() - 2 * MARGIN - self.area.verticalScrollBar().sizeHint().width()

    def _room_for_cards(self) -> int:
        return max(1, min(4, int(self._room() // (CARD * self._state.theme.scale))))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Guidelines stand side by side, and texts of plots in one line, where there is room."""
        if event.type() == QEvent.Type.Resize:
            if watched is self.text and self.tab == "guidelines":
                self._fit_cards()
            elif watched is self.area and self.tab in OUTCOMES and self._would_turn():
                self.refresh()
        return super().eventFilter(watched, event)

    def _fit_cards(self) -> None:
        """As many cards side by side as there is room for; the reader keeps the place."""
        if self._room_for_cards() != self._cards:
            bar = self.text.verticalScrollBar()
            part = bar.value() / max(1, bar.maximum())
            self.say(self.text, self.body())
            bar.setValue(round(part * bar.maximum()))

    def _would_turn(self) -> bool:
        """Whether the plots would now have their texts in one line instead of two, or so."""
        in_a_line = self._widths._replace(tall=False).least <= self._room()
        return in_a_line == self._widths.tall


def _key(row: Row) -> tuple[str, ...]:
    """What tells a result from all others, also after the data were read again."""
    return row.study.id, row.comparison.against, row.comparison.measure, row.name
