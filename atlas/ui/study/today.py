"""The panel on the left: what there is today, of which points, in which questions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from atlas.study.cards import KINDS, Kind
from atlas.study.plan import Choice, Source
from atlas.ui.study.model import StudyModel
from atlas.ui.study.words import KIND_TIPS, KIND_TITLES

_FACETS: tuple[Source, ...] = ("back_pain", "condition", "meridian", "region", "category")


class TodayPanel(QWidget):
    """Counts of today, the set of points, the kinds of question."""

    settings_wanted = Signal()

    def __init__(self, model: StudyModel) -> None:
        super().__init__()
        self._model = model
        self.counts = {name: QLabel() for name in ("Due", "New", "Done")}
        self.set_button = QToolButton()
        self.set_button.setObjectName("set")
        self.set_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.set_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.set_button.setMenu(self.menu)
        self.set_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.size_label = QLabel()
        self.size_label.setObjectName("muted")
        self.kinds: dict[Kind, QCheckBox] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 14, 12)
        layout.setSpacing(4)
        layout.addWidget(_head("TODAY"))
        layout.addLayout(self._make_counts())
        layout.addWidget(_head("SET OF POINTS"))
        layout.addWidget(self.set_button)
        layout.addWidget(self.size_label)
        layout.addWidget(_head("QUESTIONS"))
        for kind in KINDS:
            box = QCheckBox(KIND_TITLES[kind])
            box.setToolTip(KIND_TIPS[kind])
            box.clicked.connect(self._on_kind)
            self.kinds[kind] = box
            layout.addWidget(box)
        self.settings = QPushButton("Settings…")
        self.settings.setObjectName("link")
        self.settings.setFlat(True)
        self.settings.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.settings.clicked.connect(self.settings_wanted)
        layout.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        model.changed.connect(self.refresh)

    def _make_counts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        for row, (name, label) in enumerate(self.counts.items()):
            label.setObjectName("muted")
            grid.addWidget(QLabel(name), row, 0)
            grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignRight)
        return grid

    def refresh(self) -> None:
        """Show the plan and the day."""
        sitting, plan = self._model.sitting, self._model.plan
        if sitting is not None:
            for label, count in zip(self.counts.values(), sitting.today(), strict=True):
                label.setText(str(count))
            self.size_label.setText(f"{len(sitting.codes)} points")
        self.set_button.setText(self._title(plan.choice) + "  ▾")
        for kind, box in self.kinds.items():
            box.setChecked(kind in plan.kinds)
            box.setEnabled(plan.kinds != {kind})  # something must be asked

    def _title(self, choice: Choice) -> str:
        facets = self._model.state.stage.facets
        if choice.source == "all":
            return "All points"
        if choice.source == "filter":
            return "Filter of Explore"
        if choice.source == "collection":
            return f"My list “{choice.value}”"
        return facets.value_title(choice.source, choice.value)

    def _fill_menu(self) -> None:
        """The sets that there are now, each with its number of points."""
        self.menu.clear()
        stage, query = self._model.state.stage, self._model.state.view.query
        self._offer(self.menu, Choice(), "All points", len(stage.catalogue.points))
        shown = stage.facets.matching(query).bit_count()
        self._offer(self.menu, Choice("filter"), "Filter of Explore, as it stands", shown)
        self.menu.addSeparator()
        for source in _FACETS:
            facet = stage.facets.facet(source)
            submenu = self.menu.addMenu(facet.title)
            for value in facet.values:
                count = stage.facets.mask(source, value.id).bit_count()
                if count:
                    self._offer(submenu, Choice(source, value.id), value.title, count)
        own = self.menu.addMenu("My lists")
        for each in self._model.collections():
            self._offer(own, Choice("collection", each.name), each.name, len(each.codes))
        if own.isEmpty():
            own.addAction("None yet: Ctrl+N in Explore makes one").setEnabled(False)

    def _offer(self, menu: QMenu, choice: Choice, title: str, count: int) -> None:
        action = menu.addAction(f"{title.replace('&', '&&')}\t{count}")
        action.setCheckable(True)
        action.setChecked(choice == self._model.plan.choice)
        action.triggered.connect(partial(self._model.change_plan, choice=choice))

    def _on_kind(self) -> None:
        chosen = frozenset(kind for kind, box in self.kinds.items() if box.isChecked())
        self._model.change_plan(kinds=chosen)


def _head(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("head")
    label.setContentsMargins(0, 12 if text != "TODAY" else 0, 0, 2)
    return label
