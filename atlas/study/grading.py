"""How far an answer is off: a click in cun and in words, a typed name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from atlas.body.body import MIDLINE, Body, Spot
from atlas.body.maps import XY
from atlas.catalog.model import Catalogue
from atlas.catalog.point import Placement, Point
from atlas.catalog.search import squeeze
from atlas.study.frame import direction_names, frame_of

# How many cun an answer may be off, by region; a point of several regions has the smallest.
TOLERANCES: Mapping[str, float] = {"face": 0.2, "hand": 0.2, "foot": 0.2}
TOLERANCE = 0.5  # cun, on all other regions
TOLD = 0.05  # cun; less is not worth a word
ON_THE_POINT = "on the point"
ONE_PLACE = 0.3  # cun; spots that lie nearer are drawn over one another
FAR = 3.0  # cun; who is farther from a point did not mistake the one that was meant for it
TYPOS_FROM = 5  # letters; shorter names have too many near spellings
TWO_TYPOS_FROM = 9  # letters
_WORDS = {"superior": "too high", "inferior": "too low", "aside": "to the side",
          "left": "too far to the left", "right": "too far to the right"}  # fmt: skip


class Miss(NamedTuple):
    """How far a click lies from a point, in cun, and which way it is off."""

    cun: float
    parts: dict[str, float]  # cun by direction, such as {"lateral": 0.6, "superior": 0.3}
    words: str
    nearest: str | None  # another point that the click lies nearer to
    tolerance: float  # cun
    spot: Spot  # the place that was meant: the nearest of the point's own
    hit: bool = False  # whether the click is on that other point

    @property
    def told(self) -> float:
        """The distance as it is shown; who reads it must come to the same verdict."""
        return round(self.cun, 1)

    @property
    def within(self) -> bool:
        """Whether the click is near enough, and not on another point."""
        return not self.hit and self.told <= self.tolerance + 1e-9


def tolerance_of(
    point: Point, tolerances: Mapping[str, float] = TOLERANCES, other: float = TOLERANCE
) -> float:
    """How far a click may be off for a point, in cun."""
    return min(tolerances.get(region, other) for region in point.regions)


def grade(body: Body, map_id: str, code: str, x: float, y: float, tolerance: float) -> Miss:
    """Compare a click, in drawing units, with the nearest place of a point; tolerance in cun.

    Raises `ValueError` where the map does not show the point.
    """
    own = [spot for spot in body.spots(map_id) if spot.code == code]
    if not own:
        raise ValueError(f"the map {map_id} does not show {code}")
    found = [(off(body, map_id, spot, (x, y)), spot) for spot in own]
    parts, spot = min(found, key=lambda one: _size(one[0]))
    miss = Miss(_size(parts), parts, _told(parts), None, tolerance, spot)
    other = _nearer(body, map_id, spot, (x, y))
    if other is None:
        return miss
    hit = _hits(body, map_id, other, spot, (x, y))
    words = f"; that is {other.code}"
    if not hit:
        words = _named(body, map_id, other, spot, (x, y), tolerance)
    return miss._replace(words=miss.words + words, nearest=other.code, hit=hit)


def off(body: Body, map_id: str, spot: Spot, position: XY) -> dict[str, float]:
    """How far a position is off a spot: cun by direction, none where it is not off.

    Lateral is away from the midline on either side.
    """
    point, body_map = body.catalogue.points[spot.owner], body.maps[map_id]
    axis = frame_of(body.locator(map_id), _placement(body, map_id, spot)).axis
    names = direction_names(body_map, point, axis)
    parts = {}
    offset = _offset(body, map_id, spot, position)
    for cun, (ahead, behind) in zip(offset, (names[:2], names[2:]), strict=True):
        if abs(cun) > 1e-9:
            parts[ahead if cun > 0 else behind] = abs(cun)
    return parts


def _offset(body: Body, map_id: str, spot: Spot, position: XY) -> tuple[float, float]:
    """How far a position is off a spot along its ruler and across it, in cun."""
    frame = frame_of(body.locator(map_id), _placement(body, map_id, spot))
    x, y = position
    if body.maps[map_id].symmetric and abs(spot.x) <= MIDLINE:
        x = abs(x) if frame.origin[0] >= 0 else -abs(x)
    elif spot.side < 0:
        x = -x
    return frame.offset((x, y))


def _away(body: Body, map_id: str, spot: Spot, position: XY) -> float:
    return math.hypot(*_offset(body, map_id, spot, position))


def _placement(body: Body, map_id: str, spot: Spot) -> Placement:
    return body.catalogue.points[spot.owner].spots(map_id)[spot.ordinal]


def _size(parts: Mapping[str, float]) -> float:
    return math.hypot(*parts.values())


def _told(parts: Mapping[str, float]) -> str:
    """The parts in words, the larger first."""
    told = sorted((name for name in parts if parts[name] >= TOLD), key=lambda name: -parts[name])
    words = [f"{parts[name]:.1f} cun {_WORDS.get(name, f'too {name}')}" for name in told]
    return ", ".join(words) or ON_THE_POINT


def one_place(body: Body, map_id: str, spot: Spot, other: Spot) -> bool:
    """Whether a map can't tell two spots apart."""
    there = _away(body, map_id, spot, (other.x, other.y))
    back = _away(body, map_id, other, (spot.x, spot.y))
    return min(there, back) < ONE_PLACE


def _nearer(body: Body, map_id: str, spot: Spot, position: XY) -> Spot | None:
    """The nearest spot of another point, if the position is nearer to it and not far from it."""
    own = math.dist((spot.x, spot.y), position)
    others = [s for s in body.spots(map_id) if s.code != spot.code and s.note != "hidden"]
    near = [(math.dist((s.x, s.y), position), s) for s in others]
    for _, other in sorted(one for one in near if one[0] < own - 1e-9):
        if not one_place(body, map_id, spot, other):
            return other if _away(body, map_id, other, position) <= FAR else None
    return None


def _hits(body: Body, map_id: str, other: Spot, spot: Spot, position: XY) -> bool:
    """Whether a position is on another spot: near it, and less than half way to the one meant."""
    half = _away(body, map_id, other, (spot.x, spot.y)) / 2
    reach = min(half, tolerance_of(body.catalogue.points[other.owner]))
    return _away(body, map_id, other, position) <= reach + 1e-9


def _named(body: Body, map_id: str, other: Spot, spot: Spot, position: XY, tolerance: float) -> str:
    """What is said of another point that a position is not on, but nearer to."""
    if _are_parallel(*(_placement(body, map_id, one) for one in (other, spot))):
        across, own = (_offset(body, map_id, one, position)[1] for one in (other, spot))
        if round(abs(own), 1) > tolerance >= round(abs(across), 1):
            return f"; that is {other.code}'s line"
    return f"; {other.code} is nearer"


def _are_parallel(one: Placement, other: Placement) -> bool:
    """Whether two places lie on lines side by side: along one ruler, or out from the midline."""
    if one.along is not None:
        return one.along == other.along
    return other.along is None and one.lateral > 0 and other.lateral > 0


Naming = Literal["right", "nearly", "wrong"]


def grade_name(catalogue: Catalogue, code: str, typed: str) -> Naming:
    """Whether a typed name is that of a point; "nearly" is right with a slip of the keys.

    Tones, spacing and case do not matter. What is the name of another point is wrong,
    however near; a name that two points share is right for both.
    """
    key = _plain(typed)
    point = catalogue.points[catalogue.index[code]]
    if not key:
        return "wrong"
    if key in _names(point):
        return "right"
    own = min(_slips(key, name) for name in _names(point))
    others = {name for p in catalogue.points for name in _names(p)} - _names(point)
    other = min((_slips(key, name) for name in others), default=_FAR)
    return "nearly" if own < _FAR and own < other else "wrong"


_FAR = 99


def is_name(catalogue: Catalogue, typed: str) -> bool:
    """Whether some point is called so, slips of the keys allowed."""
    key = _plain(typed)
    names = {name for point in catalogue.points for name in _names(point)}
    return bool(key) and min((_slips(key, name) for name in names), default=_FAR) < _FAR


def _plain(text: str) -> str:
    return squeeze(text).replace("v", "u")  # ü is typed either way


def _names(point: Point) -> set[str]:
    names = point.names
    written = (point.code, names.pinyin, names.hanzi, names.hanzi_simplified, names.english)
    return {_plain(text) for text in written}


def _slips(typed: str, name: str) -> int:
    """How many keys were slipped, or `_FAR` where that makes it another word."""
    if typed == name:
        return 0
    if len(name) < TYPOS_FROM or any(c.isdigit() for c in name):
        return _FAR
    allowed = 2 if len(name) >= TWO_TYPOS_FROM else 1
    slips = OSA.distance(typed, name, score_cutoff=allowed)
    return slips if slips <= allowed else _FAR
