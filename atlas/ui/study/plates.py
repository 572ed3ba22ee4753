"""The two plates with choices: mastery on the body, and the misses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from atlas.catalog.query import capitalised
from atlas.scene import Stage
from atlas.study.aim import PLANES, Misses, clicks_of, codes_of, misses
from atlas.study.history import Answer
from atlas.study.progress import Mastery
from atlas.study.sayings import say_mastery
from atlas.ui.study.mastery import MasteryMap, best_map, mastery_signs
from atlas.ui.study.misses import RECENT, MissesPlot, miss_signs, since_of
from atlas.ui.study.plate import Choice, Plate
from atlas.ui.theme import Theme

HOVER = (
    "Point at a marker, or use the arrow keys on the map, to read its name. Ctrl and wheel zoom."
)


class MasteryPlate(Plate):
    """The body with a choice of maps; below it, what is known of the point at the cursor."""

    def __init__(self, stage: Stage, theme: Theme) -> None:
        self.map = MasteryMap(stage, theme)
        super().__init__("How well you know each point", self.map)
        self.maps = Choice("Map")
        self.set_before_picture(self.maps)
        self.about = QLabel(HOVER)
        self.about.setObjectName("muted")
        self.about.setWordWrap(True)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.insertWidget(self.column.indexOf(self.map) + 1, self.about)
        self.map.told.connect(self._tell)
        self.maps.activated.connect(self._draw)
        self._chosen = False  # by hand; until then the map follows what was learnt

    def show_mastery(self, stage: Stage, mastered: Mapping[str, Mastery], theme: Theme) -> None:
        """Show how well the points are known."""
        self._shown = stage, mastered, theme
        wanted = self.maps.currentData() if self._chosen else best_map(stage, mastered)
        self.maps.offer([(m.id, m.title) for m in stage.body.maps.values()], wanted)
        counts = Counter(one.level for one in mastered.values())
        signs = mastery_signs(theme).items()
        told = [s._replace(text=f"{s.text} {counts[level]:,}") for level, s in signs]
        self.explain(told, theme)
        self.say(say_mastery(mastered.values()), shown=True)
        # Two lines whatever it says: what stands below must not move with the cursor.
        self.about.setFixedHeight(2 * self.about.fontMetrics().lineSpacing())
        self._show_map()

    def _draw(self) -> None:
        self._chosen = True
        self._show_map()

    def _show_map(self) -> None:
        stage, mastered, theme = self._shown
        self.map.show_mastery(stage, self.maps.currentData(), mastered, theme)

    def _tell(self, text: str) -> None:
        self.about.setText(text or HOVER)
        self.map.setAccessibleDescription(text or self.sentence)


class MissesPlate(Plate):
    """The misses with a choice of points, axes and time."""

    narrowed = Signal(object)  # the misses that are shown now

    def __init__(self, theme: Theme) -> None:
        self.plot = MissesPlot(theme)
        super().__init__("Your misses", self.plot)
        names = ("Meridian or region", "Point", "Axes", "Time")
        self.group, self.point, self.plane, self.time = self.choices = [Choice(n) for n in names]
        chooser = QWidget()
        grid = QGridLayout(chooser)
        grid.setContentsMargins(0, 0, 0, 0)
        for i, choice in enumerate(self.choices):
            grid.addWidget(choice, i // 2, i % 2)
            choice.activated.connect(self._draw)
        self.set_before_picture(chooser)

    def show_answers(self, stage: Stage, answers: list[Answer], today: date, theme: Theme) -> None:
        """Show the clicks among these answers."""
        self._stage, self._today = stage, today
        self._clicks = clicks_of(answers)
        self.plot.set_theme(theme)
        self.explain(miss_signs(theme), theme)
        self._draw()

    def _draw(self) -> None:
        """Offer what can be chosen now, and show what is."""
        self._offer()
        found = self.found()
        self.plot.show_misses(found, self._today)
        self.say(self.plot.sentence, shown=True, note=self.plot.left_out)
        self.plot.setAccessibleDescription(f"{self.plot.sentence} {self.plot.left_out}".strip())
        self.narrowed.emit(found)

    def found(self) -> Misses:
        """The misses of what is chosen."""
        point = self.point.currentData()
        codes = self._codes() if point is None else frozenset({point})
        plane = next((plane for plane in PLANES if plane.id == self.plane.currentData()), None)
        since = since_of(self._today) if self.time.currentData() else None
        return misses(self._stage.body, clicks_of(self._clicks, codes), plane, since)

    def _codes(self) -> frozenset[str]:
        kind, _, name = (self.group.currentData() or "").partition(":")
        return codes_of(
            self._stage.catalogue,
            meridian=name if kind == "meridian" else None,
            region=name if kind == "region" else None,
        )

    def _offer(self) -> None:
        """Only what has clicks is offered."""
        catalogue = self._stage.catalogue
        clicked = Counter(click.card.code for click in self._clicks)
        points = [point for point in catalogue.points if point.code in clicked]
        lines = {point.meridian for point in points}
        regions = {region for point in points for region in point.regions}
        self.group.offer(
            [
                ("", "All points"),
                *((f"meridian:{m.code}", f"{m.name} {m.code}")
                  for m in catalogue.meridians if m.code in lines),
                *((f"region:{r.id}", capitalised(r.title))
                  for r in catalogue.regions if r.id in regions),
            ],
            self.group.currentData(),
        )  # fmt: skip
        codes = self._codes()
        named = [
            (point.code, f"{point.code} {point.names.pinyin}, {clicked[point.code]}")
            for point in points
            if point.code in codes
        ]
        self.point.offer([(None, "Every point"), *named], self.point.currentData())
        planes = [("", "Axes with most clicks"), *((plane.id, plane.title) for plane in PLANES)]
        self.plane.offer(planes, self.plane.currentData())
        self.time.offer([(False, "All time"), (True, f"Last {RECENT} days")],
                        self.time.currentData())  # fmt: skip
