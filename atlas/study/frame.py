"""The axes in which a miss is told at a point: along its ruler and across it, in their cun."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from atlas.body.maps import XY, BodyMap
from atlas.body.placement import Locator, length, point_along
from atlas.catalog.point import Placement, Point

TURN = 0.5  # cosine of how far a ruler may turn and still be followed
# Where a map has two words for one direction, the standard speaks of an arm in these.
ARM = frozenset({"upper_arm", "elbow", "forearm", "wrist", "hand"})
OF_LIMBS = ("proximal", "distal")
# Below the elbow the standard speaks of radius and ulna, and a map of the whole body of itself.
# From the front and back the arm hangs with the thumb outwards; from the side it is stretched
# out forwards with the thumb up.
FOREARM = frozenset({"forearm", "wrist", "hand"})
HANGING = {"lateral": "radial", "medial": "ulnar"}
RAISED = {"superior": "radial", "inferior": "ulnar", "anterior": "distal", "posterior": "proximal"}
ON_FOREARM: Mapping[str, Mapping[str, str]] = {"front": HANGING, "back": HANGING, "side": RAISED}
SIDES = {"anterior": ("left", "right"), "posterior": ("right", "left")}  # towards +x, -x


class Frame(NamedTuple):
    """A place with its two axes and the length of one cun on each, in drawing units."""

    origin: XY
    axis: XY  # unit vector
    unit_along: float
    unit_across: float
    onward: tuple[XY, ...] = ()  # the ruler from the base of the measurement, both ways
    back: tuple[XY, ...] = ()

    def offset(self, position: XY) -> tuple[float, float]:
        """How far a position is away along and across, in cun; a bent ruler is followed."""
        (tx, ty), (x0, y0) = self.axis, self.origin
        dx, dy = position[0] - x0, position[1] - y0
        reach = dx * tx + dy * ty
        travelled, (cx, cy) = _follow(self.onward if reach >= 0 else self.back, self.axis, reach)
        across = -(dx - cx) * ty + (dy - cy) * tx
        return math.copysign(travelled, reach) / self.unit_along, across / self.unit_across


def frame_of(locator: Locator, placement: Placement) -> Frame:
    """The axes at the place that a placement leads to."""
    measured = locator.measure(placement)
    if placement.along is None:
        axis = _unit(next(iter(locator.map.directions.values())))
        return Frame(measured.position, axis, measured.cun, measured.cun)
    line = locator.ruler_line(placement.along, "along")
    if placement.cun is None:  # a share of a line states no distance along it
        _, axis = point_along(line, length(line) * (placement.part or 0))
        return Frame(measured.position, axis, measured.cun, measured.cun)
    unit = locator.unit_of(placement.along)
    at = placement.cun * unit
    base, axis = point_along(line, at)
    passed = [length(line[: i + 1]) for i in range(len(line))]
    onward = [mark for mark, s in zip(line, passed, strict=True) if s > at]
    back = [mark for mark, s in zip(line, passed, strict=True) if s < at]
    return Frame(measured.position, axis, unit, measured.cun,
                 (base, *onward), (base, *reversed(back)))  # fmt: skip


def _unit(vector: XY) -> XY:
    size = math.hypot(*vector)
    return vector[0] / size, vector[1] / size


def _follow(line: Sequence[XY], axis: XY, reach: float) -> tuple[float, XY]:
    """How far along a line one goes to get `reach` far on an axis, and how that moves one.

    The line is followed while it keeps roughly to the axis, and then goes on straight.
    """
    sign, left, gone = math.copysign(1, reach), abs(reach), 0.0
    here = there = line[0] if line else (0.0, 0.0)
    towards, slope = (axis[0] * sign, axis[1] * sign), 1.0
    for a, b in pairwise(line):
        stretch = math.dist(a, b)
        if not stretch:
            continue
        direction = ((b[0] - a[0]) / stretch, (b[1] - a[1]) / stretch)
        cosine = (direction[0] * axis[0] + direction[1] * axis[1]) * sign
        if cosine < TURN:
            break
        towards, slope = direction, cosine
        if stretch * slope >= left:
            break
        there, gone, left = b, gone + stretch, left - stretch * slope
    rest = left / slope
    moved = (there[0] + towards[0] * rest - here[0], there[1] + towards[1] * rest - here[1])
    return gone + rest, moved


def direction_names(body_map: BodyMap, point: Point, axis: XY) -> tuple[str, str, str, str]:
    """What the map calls the ways along, back along, across (to the right of it) and back."""
    arm = bool(ARM & set(point.regions))
    known = sorted(body_map.directions, key=lambda name: (name in OF_LIMBS) != arm)
    vectors = {name: _unit(body_map.directions[name]) for name in known}
    ways = (axis, (-axis[0], -axis[1]), (-axis[1], axis[0]), (axis[1], -axis[0]))
    along = [_nearest(body_map, vectors, way) for way in ways[:2]]
    taken = [vectors[name] for name in along if name in vectors]
    free = {n: v for n, v in vectors.items() if all(abs(_dot(v, t)) < TURN for t in taken)}
    across = [_nearest(body_map, free, way) for way in ways[2:]]
    words = ON_FOREARM.get(body_map.id, {}) if FOREARM & set(point.regions) else {}
    ahead, behind, right, left = (words.get(name, name) for name in along + across)
    return ahead, behind, right, left


def _nearest(body_map: BodyMap, vectors: dict[str, XY], way: XY) -> str:
    best = max(vectors, key=lambda name: _dot(vectors[name], way), default="")
    if best and _dot(vectors[best], way) > TURN:
        return best
    sides = SIDES.get(body_map.view)
    if body_map.symmetric or sides is None or abs(way[0]) < abs(way[1]):
        return "aside"
    return sides[0] if way[0] > 0 else sides[1]


def _dot(a: XY, b: XY) -> float:
    return a[0] * b[0] + a[1] * b[1]
