"""From a placement to a position, and the steps that lead to it.

The WHO standard divides the body into proportional cun: a distance is a share of a distance
between two landmarks. `Locator.measure` follows a placement step by step and keeps each step,
so that the same measurement gives the position and is shown to a learner.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from atlas.body.maps import XY, BodyMap, plain_title
from atlas.catalog.model import Landmark
from atlas.catalog.point import Placement


class PlacementError(Exception):
    """A placement that can't be measured on its map; `field` is the part at fault."""

    def __init__(self, message: str, expected: str = "", field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.field = field


class Step(NamedTuple):
    """One step of a measurement, with what is to be drawn for it.

    `line` runs from where the step begins to where it ends, `ticks` are the places of whole
    cun on it, `ruler` is the whole ruler that it is a part of. All in drawing units.
    """

    kind: Literal["landmark", "ruler", "between", "level", "shift"]
    text: str
    line: tuple[XY, ...]
    cun: float | None = None
    ticks: tuple[XY, ...] = ()
    ruler: tuple[XY, ...] = ()
    marks: tuple[tuple[XY, str], ...] = ()  # landmarks with their short names, if any


class Measured(NamedTuple):
    """A position with the steps that lead to it and the length of one cun there."""

    position: XY
    steps: tuple[Step, ...]
    cun: float


def length(line: Sequence[XY]) -> float:
    """Length of a polyline."""
    return sum(math.dist(a, b) for a, b in pairwise(line))


def point_along(line: Sequence[XY], distance: float) -> tuple[XY, XY]:
    """The point at a distance from the start of a polyline, and the unit tangent there.

    Beyond either end the first or last stretch is continued straight.
    """
    last = len(line) - 2
    for i, (a, b) in enumerate(pairwise(line)):
        stretch = math.dist(a, b)
        if stretch and (distance <= stretch or i == last):
            tangent = ((b[0] - a[0]) / stretch, (b[1] - a[1]) / stretch)
            return (a[0] + tangent[0] * distance, a[1] + tangent[1] * distance), tangent
        distance -= stretch
    raise PlacementError("the ruler has no length", "landmarks that lie apart")


class Locator:
    """Measures points on one map; each result is computed once.

    `placed` gives the placements of all points on this map, because a point may serve as a
    landmark for another.
    """

    def __init__(
        self,
        body_map: BodyMap,
        placed: Mapping[str, Sequence[Placement]],
        landmarks: Mapping[str, Landmark] | None = None,
    ) -> None:
        self.map = body_map
        self._placed = placed
        self._landmarks = landmarks or {}
        self._known: dict[str, XY] = {}
        self._open: list[str] = []

    def measure(self, placement: Placement) -> Measured:
        """Position, steps and local cun of a placement. Raises `PlacementError`."""
        position, tangent, steps = self._base(placement)
        if placement.level is not None:
            position = self._level(placement.level, position, steps)
        unit = self.unit(placement)
        for direction, cun in placement.shifts:
            position = self._shift(position, direction, cun, unit, tangent, steps)
        return Measured(position, tuple(steps), unit)

    def title(self, name: str) -> str:
        """A landmark in words."""
        known = self._landmarks.get(name)
        return known.title if known is not None else plain_title(name)

    def _the(self, name: str) -> str:
        return name if name in self._placed else f"the {self.title(name)}"

    def _mark(self, name: str) -> tuple[XY, str]:
        known = self._landmarks.get(name)
        short = known.short if known is not None else ""
        return self.landmark(name), name if name in self._placed else short

    def landmark(self, name: str, field: str = "") -> XY:
        """Position of a landmark, or of a point that serves as one."""
        if name in self.map.landmarks:
            return self.map.landmarks[name]
        if name not in self._known:
            if name not in self._placed:
                raise PlacementError(
                    f"no landmark {name} on the map {self.map.id}",
                    "a landmark of the map or a point placed on it",
                    field,
                )
            if name in self._open:
                circle = " -> ".join([*self._open[self._open.index(name) :], name])
                raise PlacementError(f"a circle: {circle}", "a landmark to begin from", field)
            self._open.append(name)
            try:
                self._known[name] = self.measure(self._placed[name][0]).position
            finally:
                self._open.pop()
        return self._known[name]

    def ruler_line(self, name: str, field: str) -> tuple[XY, ...]:
        """The polyline of a ruler."""
        ruler = self.map.rulers.get(name)
        if ruler is None:
            known = ", ".join(sorted(self.map.rulers))
            raise PlacementError(
                f"no ruler {name} on the map {self.map.id}", f"one of {known}", field
            )
        return tuple(self.landmark(mark, field) for mark in ruler.through)

    def unit(self, placement: Placement) -> float:
        """Length of one cun, in drawing units, for the shifts of a placement."""
        if placement.scale is not None:
            return self.unit_of(placement.scale, "scale")
        along = self.map.rulers.get(placement.along or "")
        if placement.along is not None and along is not None and along.cun is not None:
            return self.unit_of(placement.along, "along")
        return self.unit_of(self.map.scale, "")

    def unit_of(self, name: str, field: str = "") -> float:
        """Length of one cun of a ruler, in drawing units."""
        line = self.ruler_line(name, field)
        cun = self.map.rulers[name].cun
        if cun is None:
            raise PlacementError(f"the ruler {name} has no cun", "a ruler with a length", field)
        return length(line) / cun

    def _base(self, placement: Placement) -> tuple[XY, XY | None, list[Step]]:
        bases = [name for name in ("at", "along", "between") if getattr(placement, name)]
        if len(bases) != 1:
            found = " and ".join(bases) or "none"
            raise PlacementError(f"the base is {found}", "exactly one of at, along, between")
        if placement.at is not None:
            start = self.landmark(placement.at, "at")
            step = Step("landmark", self._the(placement.at), (start,),
                        marks=(self._mark(placement.at),))  # fmt: skip
            return start, None, [step]
        if placement.between is not None:
            return self._between(placement.between, placement.part)
        assert placement.along is not None
        return self._along(placement.along, placement)

    def _between(
        self, ends: tuple[str, str], part: float | None
    ) -> tuple[XY, XY | None, list[Step]]:
        if part is None:
            raise PlacementError("between has no part", "part: 0 to 1", "between")
        a, b = (self.landmark(end, "between") for end in ends)
        position = (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
        names = f"from {self._the(ends[0])} to {self._the(ends[1])}"
        marks = (self._mark(ends[0]), self._mark(ends[1]))
        step = Step("between", f"{share(part)} {names}", (a, position), ruler=(a, b), marks=marks)
        return position, None, [step]

    def _along(self, name: str, placement: Placement) -> tuple[XY, XY | None, list[Step]]:
        line = self.ruler_line(name, "along")
        through = self.map.rulers[name].through
        if (placement.cun is None) == (placement.part is None):
            raise PlacementError("along needs cun or part, and not both", "cun: or part:", "along")
        if placement.part is not None:
            distance = length(line) * placement.part
            first, last = (self._the(through[i]) for i in (0, -1))
            text = f"{share(placement.part)} from {first} to {last}"
            marks = (self._mark(through[0]), self._mark(through[-1]))
            step = Step("ruler", text, cut(line, distance), ruler=line, marks=marks)
        else:
            assert placement.cun is not None
            distance = placement.cun * self.unit_of(name, "along")
            step = self._counted(name, line, through, placement.cun)
        position, tangent = point_along(line, distance)
        return position, tangent, [step]

    def from_last(self, placement: Placement) -> Step:
        """The step of some cun along a ruler, counted from the ruler's last landmark."""
        assert placement.along is not None
        assert placement.cun is not None
        ruler = self.map.rulers[placement.along]
        assert ruler.cun is not None
        line = self.ruler_line(placement.along, "along")
        left = round(ruler.cun - placement.cun, 6)
        return self._counted(placement.along, line[::-1], ruler.through[::-1], left)

    def _counted(self, name: str, line: tuple[XY, ...], through: Sequence[str], cun: float) -> Step:
        """Some cun from the first of the landmarks that a ruler's line goes through."""
        ruler, unit = self.map.rulers[name], self.unit_of(name)
        first, last = self._the(through[0]), self._the(through[-1])
        if "," in first:
            first += ","
        text = f"{cun:g} cun from {first} towards {last}"
        if not ruler.construction:
            text += f", which are {ruler.cun:g} cun apart"
        marks = (self._mark(through[0]), self._mark(through[-1]))
        ticks = _ticks(line, unit, int(ruler.cun or 0))
        return Step("ruler", text, cut(line, cun * unit), cun, ticks, line, marks)

    def _level(self, name: str, position: XY, steps: list[Step]) -> XY:
        mark = self.landmark(name, "level")
        moved = (position[0], mark[1])
        text = f"level with {self._the(name)}"
        steps.append(Step("level", text, (mark, moved), marks=(self._mark(name),)))
        return moved

    def _shift(
        self,
        start: XY,
        direction: str,
        cun: float,
        unit: float,
        tangent: XY | None,
        steps: list[Step],
    ) -> XY:
        vector = self.map.directions.get(direction)
        if vector is None:
            known = ", ".join(self.map.directions)
            raise PlacementError(
                f"no direction {direction} on the map {self.map.id}", f"one of {known}", direction
            )
        if tangent is not None:
            vector = nearest_axis(vector, tangent)
        end = (start[0] + vector[0] * cun * unit, start[1] + vector[1] * cun * unit)
        ticks = _ticks((start, end), unit, int(cun))
        steps.append(Step("shift", f"{cun:g} cun {direction}", (start, end), cun, ticks))
        return end


def nearest_axis(vector: XY, tangent: XY) -> XY:
    """The direction along or across a ruler that lies nearest to a vector."""
    normal = (-tangent[1], tangent[0])
    axes = (tangent, (-tangent[0], -tangent[1]), normal, (-normal[0], -normal[1]))
    return max(axes, key=lambda axis: axis[0] * vector[0] + axis[1] * vector[1])


def cut(line: Sequence[XY], distance: float) -> tuple[XY, ...]:
    """The beginning of a polyline, as far as a distance."""
    kept, left = [line[0]], distance
    for a, b in pairwise(line):
        stretch = math.dist(a, b)
        if left <= stretch:
            break
        kept.append(b)
        left -= stretch
    kept.append(point_along(line, distance)[0])
    return tuple(kept)


def _ticks(line: Sequence[XY], unit: float, count: int) -> tuple[XY, ...]:
    return tuple(point_along(line, unit * i)[0] for i in range(count + 1))


_SHARES = {0.5: "half way", 0.333: "one third", 0.667: "two thirds", 0.25: "one quarter",
           0.75: "three quarters", 0: "at the start", 1: "at the end"}  # fmt: skip


def share(part: float) -> str:
    """A fraction in words where the standard has a word for it."""
    for value, words in _SHARES.items():
        if abs(part - value) < 0.0015:
            return words
    return f"{part:.0%} of the way"
