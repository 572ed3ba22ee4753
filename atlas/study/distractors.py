"""Wrong answers to choose from: near enough to be thought of, and surely wrong."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from random import Random

from atlas.body.body import MIDLINE, Body, Spot
from atlas.catalog.point import Point
from atlas.study.grading import ONE_PLACE, off

CHOICES = 4
WRONG = CHOICES - 1
POOL = 8  # candidates for the wrong choices, from which they are drawn
APART = 0.5  # cun; what lies nearer to a level is no fair wrong choice
_LENGTHWISE = ("superior", "inferior", "proximal", "distal")
_FROM_ABOVE = ("anterior", "posterior")  # what tells levels apart on a map of the crown


def beside(
    body: Body, map_id: str, spot: Spot, rng: Random, codes: Collection[str] | None = None
) -> list[str]:
    """Wrong answers to which point is at a spot: points around it, of a set where it has enough."""

    def fair(pool: Iterable[Point]) -> list[Point]:
        return list(islice((p for p in pool if _apart(body, p, map_id, spot)), POOL))

    near = around(body, map_id, spot)
    of_set = [point for point in near if codes is None or point.code in codes]
    wrong = fair(_alike(body, of_set, spot))
    if len(wrong) < WRONG:
        wrong += fair(_alike(body, near, spot))
    if len({point.code for point in wrong}) < WRONG:  # a sole has few points
        wrong += fair(_related(body, spot))
    return _drawn(rng, wrong)


def on_other_levels(body: Body, map_id: str, spot: Spot, level: Collection[str]) -> Iterator[Point]:
    """Points clearly higher or lower than a spot, the nearest first."""
    for point in around(body, map_id, spot):
        if point.code not in level and _is_off_level(body, point, map_id, spot):
            yield point


def preferred(points: Iterable[Point], rng: Random, codes: Collection[str] | None) -> list[str]:
    """Some of the first points: of those of a set where there are enough."""
    found = list(points)
    of_set = [point for point in found if codes is not None and point.code in codes]
    return _drawn(rng, (of_set if len(of_set) >= WRONG else found)[:POOL])


def around(body: Body, map_id: str, spot: Spot) -> list[Point]:
    """The other points that a map shows well, from a spot outwards."""
    spots = [s for s in body.spots(map_id) if s.code != spot.code and not s.note]
    spots.sort(key=lambda s: math.dist((s.x, s.y), (spot.x, spot.y)))
    return [body.catalogue.points[owner] for owner in dict.fromkeys(s.owner for s in spots)]


def _alike(body: Body, points: list[Point], spot: Spot) -> list[Point]:
    """Those on the midline for a spot there and the others elsewhere, where there are enough."""
    midline = on_midline(body)
    alike = [p for p in points if (p.code in midline) == (spot.code in midline)]
    return alike if len(alike) >= WRONG else points


def on_midline(body: Body) -> set[str]:
    """The codes of the points on the midline of the body."""
    return {
        spot.code
        for map_id, body_map in body.maps.items()
        if body_map.symmetric
        for spot in body.spots(map_id)
        if abs(spot.x) <= MIDLINE
    }


def _related(body: Body, spot: Spot) -> list[Point]:
    """All other points: those of the same regions first, and those next by number."""
    points = body.catalogue.points
    own = points[spot.owner]

    def distance(i: int) -> tuple[bool, int]:
        return set(own.regions).isdisjoint(points[i].regions), abs(i - spot.owner)

    return [points[i] for i in sorted(range(len(points)), key=distance) if i != spot.owner]


def _offsets(body: Body, point: Point, map_id: str, spot: Spot) -> Iterable[dict[str, float]]:
    """How far the spots of a point are off another spot, in cun by direction."""
    own = (s for s in body.spots(map_id) if s.code == point.code)
    return (off(body, map_id, spot, (s.x, s.y)) for s in own)


def _apart(body: Body, point: Point, map_id: str, spot: Spot) -> bool:
    """Whether a point surely is not the one at a spot."""
    offsets = _offsets(body, point, map_id, spot)
    return all(math.hypot(*parts.values()) >= ONE_PLACE for parts in offsets)


def _is_off_level(body: Body, point: Point, map_id: str, spot: Spot) -> bool:
    names = _FROM_ABOVE if body.maps[map_id].view == "superior" else _LENGTHWISE
    offsets = _offsets(body, point, map_id, spot)
    return all(max(parts.get(name, 0) for name in names) >= APART for parts in offsets)


def _drawn(rng: Random, pool: Iterable[Point]) -> list[str]:
    """The codes of as many as a question needs."""
    codes = list(dict.fromkeys(point.code for point in pool))
    return rng.sample(codes, min(WRONG, len(codes)))
