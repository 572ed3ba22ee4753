"""The line below: how many points, what they are filtered by, and what the atlas is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from atlas.catalog.query import FACET_IDS
from atlas.export import DISCLAIMER
from atlas.ui.state import AtlasState

CHIPS = 6  # more values than this are counted instead of named


class Footer(QWidget):
    """Count, chips that can be removed one by one, and the disclaimer."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__()
        self._state = state
        self.setObjectName("footer")
        self.count = QLabel()
        self.count.setObjectName("muted")
        self.chips: list[QPushButton] = []
        self._targets: list[tuple[str, str]] = []
        self._filter_shown = True
        self.clear = QPushButton("Clear all")
        self.clear.setObjectName("link")
        self.clear.setFlat(True)
        self.clear.clicked.connect(state.clear)
        disclaimer = QLabel(DISCLAIMER)
        disclaimer.setObjectName("muted")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(16, 0, 16, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.count)
        self._layout.addWidget(self.clear)
        self._layout.addStretch(1)
        self._layout.addWidget(disclaimer)
        self.setFixedHeight(round(self.fontMetrics().height() * 2.1))
        self._follow()
        state.query_changed.connect(self._follow)
        state.stage_changed.connect(self._follow)

    def show_filter(self, shown: bool) -> None:
        """Show or hide what is filtered: while one studies it is beside the matter."""
        if shown != self._filter_shown:
            self._filter_shown = shown
            self._follow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """One height, with chips and without: the body must not move for them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(round(self.fontMetrics().height() * 2.1))

    def _follow(self) -> None:
        state = self._state
        total = len(state.stage.catalogue.points)
        shown = state.scene.matching.bit_count()
        self.count.setText(f"{shown} of {total} points" if shown != total else f"{total} points")
        self.count.setVisible(self._filter_shown)
        self._targets = self._wanted() if self._filter_shown else []
        for i, (facet, value) in enumerate(self._targets):
            self._show_chip(i, facet, value)
        for chip in self.chips[len(self._targets) :]:
            chip.hide()
        self.clear.setVisible(bool(self._targets))

    def _wanted(self) -> list[tuple[str, str]]:
        """(facet, value) of each chip; a facet with many values is one chip without value."""
        query = self._state.view.query
        wanted: list[tuple[str, str]] = []
        for facet in FACET_IDS:
            order = [v.id for v in self._state.stage.facets.facet(facet).values]
            chosen = sorted(query.chosen(facet), key=order.index)
            wanted += [(facet, value) for value in chosen]
        if len(wanted) > CHIPS:
            wanted = [(facet, "") for facet in FACET_IDS if query.chosen(facet)]
        if query.text:
            wanted.append(("text", query.text))
        return wanted

    def _show_chip(self, i: int, facet: str, value: str) -> None:
        if i == len(self.chips):
            chip = QPushButton()
            chip.setObjectName("chip")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(self._on_chip)
            self.chips.append(chip)
            self._layout.insertWidget(1 + i, chip)
        chip, title = self.chips[i], self._title(facet, value)
        if chip.text() != f"{title}  ×":
            chip.setText(f"{title}  ×")
            chip.setAccessibleName(f"Remove the filter {title}")
        chip.show()

    def _title(self, facet: str, value: str) -> str:
        facets, query = self._state.stage.facets, self._state.view.query
        if facet == "text":
            return facets.describe(query, "text")
        if value:
            return facets.value_title(facet, value)
        return f"{facets.facet(facet).title}: {len(query.chosen(facet))}"

    def _on_chip(self) -> None:
        facet, value = self._targets[self.chips.index(self.sender())]  # type: ignore[arg-type]
        if facet == "text" or not value:
            self._state.set_query(self._state.view.query.without(facet))
        else:
            self._state.toggle(facet, value)
