"""The learner's progress as pictures."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from atlas.study import progress, sayings
from atlas.study.aim import Misses, over_time
from atlas.study.history import History
from atlas.study.schedule import day_of
from atlas.ui.state import AtlasState
from atlas.ui.study.bars import ForecastPlot, ScorePlot
from atlas.ui.study.plate import Plate
from atlas.ui.study.plates import MasteryPlate, MissesPlate
from atlas.ui.study.plots import AimPlot, RetentionPlot, aim_signs, retention_signs

DAYS = 14  # of the forecast
WIDE = 66  # of the type's height, from which on there are two columns
WIDEST = 112  # of the type's height: longer lines would be hard to read
LARGER = 1.35  # type while presenting
SCORE_NOTE = (
    "Known: rated Hard or better, of all first answers of a day, with the 95 % interval; beside it "
    "the median miss of the clicks."
)
DUE_NOTE = "Questions asks for those of your set and kinds, up to the limit of a day."


class ProgressView(QWidget):
    """All pictures, in one column or two; before the first answer, what there will be."""

    failed = Signal(str)  # a drawing that can't be shown, in a sentence

    def __init__(self, state: AtlasState) -> None:
        super().__init__()
        self._state = state
        self._history: History | None = None
        self._now: datetime | None = None
        self._stale = False
        self._columns = 0
        self._large = False
        self.setAccessibleName("Progress")
        self._make_plates()
        self._assemble()
        state.theme_changed.connect(self._renew)
        state.stage_changed.connect(self._renew)
        state.scene_changed.connect(self._on_scene)

    # -- building --------------------------------------------------------------------------

    def _make_plates(self) -> None:
        theme = self._state.theme
        self.forecast = ForecastPlot(theme, "Cards due")
        self.retention = RetentionPlot(theme, "Remembered")
        self.aim = AimPlot(theme, "Your aim over time")
        self.meridians = ScorePlot(theme, "By meridian")
        self.regions = ScorePlot(theme, "By region")
        self.mastery = MasteryPlate(self._state.stage, theme)
        self.misses = MissesPlate(theme)
        self.mastery.map.failed.connect(self.failed)
        self.misses.narrowed.connect(self._show_aim)
        self.plates: dict[str, Plate] = {
            "forecast": Plate("Cards due", self.forecast),
            "retention": Plate("Remembered, and predicted", self.retention),
            "mastery": self.mastery,
            "misses": self.misses,
            "aim": Plate("Your aim over time", self.aim),
            "meridians": Plate("By meridian", self.meridians),
            "regions": Plate("By region", self.regions),
        }
        for plate in self.plates.values():
            plate.hide()

    def _assemble(self) -> None:
        self.days = QLabel()
        self.days.setWordWrap(True)
        self._page = QWidget()
        self._middle = QVBoxLayout(self._page)
        self._middle.addWidget(self.days)
        self._row = QHBoxLayout()
        self._sides = [QVBoxLayout(), QVBoxLayout()]
        for side in self._sides:
            self._row.addLayout(side, 1)
        self._middle.addLayout(self._row)
        self._middle.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("Progress")
        self.area.setWidget(self._page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    # -- showing ---------------------------------------------------------------------------

    def show_history(self, history: History, now: datetime) -> None:
        """Show what these answers add up to, seen from a moment."""
        self._history, self._now = history, now
        self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        if self._history is None or self._now is None:
            return
        self._set_type()
        self._arrange()
        begun = bool(self._history.answers)
        for plate in self.plates.values():
            plate.setVisible(begun)
        if not begun:
            items = "".join(f"<li>{text}</li>" for text in sayings.TO_COME)
            self.days.setText(f"<p>{sayings.BEFORE}</p><ul>{items}</ul>")
            return
        self.days.setText(sayings.say_days(progress.days_of(self._history, self._now)))
        self._show_schedule(self._history, self._now)
        self._show_points(self._history, self._now)

    def _show_schedule(self, history: History, now: datetime) -> None:
        """What is due, and what was remembered."""
        theme, today = self._state.theme, day_of(now, history.schedule.zone)
        counts = progress.forecast(history, self._state.stage.catalogue, now, DAYS)
        self.forecast.set_theme(theme)
        self.forecast.show_forecast(counts, today)
        self.plates["forecast"].say(sayings.say_forecast(counts), shown=True, note=DUE_NOTE)
        periods, target = progress.retention(history), history.schedule.retention
        self.retention.set_theme(theme)
        self.retention.show_retention(periods, target)
        plate = self.plates["retention"]
        plate.explain(retention_signs(theme, target), theme)
        plate.say(sayings.say_retention(periods, target), shown=bool(periods))

    def _show_points(self, history: History, now: datetime) -> None:
        """How well points, meridians and regions are known, and where the clicks go."""
        stage, theme = self._state.stage, self._state.theme
        today = day_of(now, history.schedule.zone)
        mastered = progress.mastery(history, stage.catalogue, now)
        self.mastery.show_mastery(stage, mastered, theme)
        self.misses.show_answers(stage, history.answers, today, theme)
        for name, plot, scores in (
            ("meridians", self.meridians, progress.by_meridian(history, stage.catalogue)),
            ("regions", self.regions, progress.by_region(history, stage.catalogue)),
        ):
            plot.set_theme(theme)
            plot.show_scores(scores)
            told = sayings.say_scores(scores, name)
            self.plates[name].say(told, shown=bool(scores), note=SCORE_NOTE)

    def _show_aim(self, found: Misses) -> None:
        """The same misses as the scatter shows, over time."""
        stretches, theme = over_time(found), self._state.theme
        self.aim.set_theme(theme)
        self.aim.show_stretches(stretches)
        plate = self.plates["aim"]
        plate.explain(aim_signs(theme), theme)
        plate.say(sayings.say_over_time(stretches), shown=len(stretches) > 1)

    def close_drawing(self) -> None:
        """Wait for what still renders; to be called before the window goes."""
        self.mastery.map.close_drawing()

    # -- following the state ---------------------------------------------------------------

    def _on_scene(self) -> None:
        if self._state.view.presenting != self._large:
            self._renew()

    def _renew(self) -> None:
        """Draw everything anew, now or when it is shown."""
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What has changed meanwhile is drawn anew."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Two columns where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _set_type(self) -> None:
        """Larger type while presenting, from which all sizes follow."""
        self._large = self._state.view.presenting
        font = QFont()
        if self._large:
            font.setPointSizeF(QApplication.font().pointSizeF() * LARGER)
        # Where there is a style sheet, a widget has its font from the application, not its parent.
        for widget in (self, *self.findChildren(QWidget)):
            widget.setFont(font)

    def _arrange(self) -> None:
        """One column or two, in the middle of a page that is wider than can be read."""
        em = QFontMetricsF(self.font()).height()
        gap, room = round(1.6 * em), min(self.width(), round(WIDEST * em))
        beside = max(gap, (self.width() - room) // 2)
        self._middle.setContentsMargins(beside, gap, beside, gap)
        self._middle.setSpacing(gap)
        columns = 2 if room >= WIDE * em else 1
        self._row.setSpacing(2 * gap if columns == 2 else 0)
        for side in self._sides:
            side.setSpacing(round(2.2 * em))
        if columns == self._columns:
            return
        self._columns = columns
        right = {"mastery", "meridians", "regions"} if columns == 2 else set()
        for side in self._sides:
            while side.count():
                side.takeAt(0)
        for name, plate in self.plates.items():
            self._sides[name in right].addWidget(plate)
        for at, side in enumerate(self._sides):
            side.addStretch(1)
            self._row.setStretch(at, 1 if at < columns else 0)
