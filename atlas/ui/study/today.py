"""The panel on the left: what there is today, of which points, in which questions."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from atlas.study.aim import clicks_of, misses
from atlas.study.cards import KINDS, Kind
from atlas.study.plan import Choice, Source
from atlas.study.sayings import count, say_left_out_briefly
from atlas.study.sitting import Sitting
from atlas.ui.study.misses import MissesPlot
from atlas.ui.study.model import StudyModel
from atlas.ui.study.sets import SetButton
from atlas.ui.study.words import KIND_TIPS, KIND_TITLES

ROOMY = 560  # pixels of height from which there is room for the misses
MARGINS = QMargins(16, 14, 14, 12)
DRAWN = 200  # clicks in the small picture, the last ones
_FACET_TITLES: dict[Source, str] = {
    "back_pain": "Back pain · ",
    "condition": "Condition · ",
    "meridian": "Meridian · ",
    "region": "Region · ",
    "category": "Category · ",
}


class TodayPanel(QWidget):
    """Counts of today, the set of points, the kinds of question."""

    settings_wanted = Signal()

    def __init__(self, model: StudyModel) -> None:
        super().__init__()
        self._model = model
        self._clicks = 0
        self._theme = model.state.theme
        self._seen: object = None  # what the misses were drawn from
        self.counts = {name: QLabel() for name in ("Due", "New", "Done")}
        self.sets = SetButton(model, self)
        self.sets.chosen.connect(self._on_set)
        self.size_label = QLabel()
        self.size_label.setObjectName("muted")
        self.kinds = self._make_kinds()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGINS)
        layout.setSpacing(4)
        layout.addWidget(_head("TODAY"))
        layout.addLayout(self._make_counts())
        layout.addWidget(_head("SET OF POINTS"))
        layout.addWidget(self.sets)
        layout.addWidget(self.size_label)
        layout.addWidget(_head("QUESTIONS"))
        for box in self.kinds.values():
            layout.addWidget(box)
        self.settings = self._make_settings()
        layout.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self.misses_head = _head("YOUR MISSES")
        self.misses = MissesPlot(model.state.theme)
        self.aim = QLabel()
        self.aim.setObjectName("muted")
        self.aim.setWordWrap(True)
        layout.addWidget(self.misses_head)
        layout.addWidget(self.misses)
        layout.addWidget(self.aim)
        model.changed.connect(self.refresh)

    def _make_kinds(self) -> dict[Kind, QCheckBox]:
        boxes = {}
        for kind in KINDS:
            boxes[kind] = QCheckBox(KIND_TITLES[kind])
            boxes[kind].setToolTip(KIND_TIPS[kind])
            boxes[kind].clicked.connect(self._on_kind)
        return boxes

    def _make_settings(self) -> QPushButton:
        button = QPushButton("Settings…")
        button.setObjectName("link")
        button.setFlat(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self.settings_wanted)
        return button

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
            for label, cards in zip(self.counts.values(), sitting.today(), strict=True):
                label.setText(str(cards))
            self._show_misses(sitting)
            facet = _FACET_TITLES.get(plan.choice.source, "")
            self.size_label.setText(facet + count(len(sitting.codes), "point"))
        self.sets.follow()
        for kind, box in self.kinds.items():
            box.setChecked(kind in plan.kinds)
            box.setEnabled(plan.kinds != {kind})  # something must be asked

    def _show_misses(self, sitting: Sitting) -> None:
        """Where the clicks on this set's points fell; nothing before the first one."""
        theme = self._model.state.theme
        seen = (len(sitting.history.answers), sitting.codes, theme.name)
        if seen == self._seen:
            return
        self._seen = seen
        clicks = clicks_of(sitting.history.answers, frozenset(sitting.codes))[-DRAWN:]
        self._clicks = len(clicks)
        self._make_room()
        if clicks:
            body = self._model.state.stage.body
            if theme is not self._theme:
                self._theme = theme
                self.misses.set_theme(theme)
            found = misses(body, clicks)
            self.misses.show_misses(found, clicks[-1].day)
            told = (self.misses.sentence, say_left_out_briefly(found))
            self.aim.setText("\n".join(filter(None, told)))
            self.aim.setToolTip(self.misses.left_out)

    def _make_room(self) -> None:
        """The picture of the misses needs height, and something to show."""
        roomy = self.height() >= ROOMY * self._model.state.theme.scale
        wide = self.contentsRect().width() - MARGINS.left() - MARGINS.right()
        self.misses.setMaximumHeight(self.misses.heightForWidth(wide))
        for widget in (self.misses_head, self.misses, self.aim):
            widget.setVisible(roomy and self._clicks > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The counts and the plan come first."""
        super().resizeEvent(event)
        self._make_room()

    def _on_set(self, choice: Choice) -> None:
        self._model.change_plan(choice=choice)

    def _on_kind(self) -> None:
        chosen = frozenset(kind for kind, box in self.kinds.items() if box.isChecked())
        self._model.change_plan(kinds=chosen)


def _head(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("head")
    label.setContentsMargins(0, 12 if text != "TODAY" else 0, 0, 2)
    return label
