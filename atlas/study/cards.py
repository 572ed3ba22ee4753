"""What can be asked: one card for each point and kind of question."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise, takewhile
from typing import Literal, NamedTuple, get_args

import msgspec

from atlas.body.body import Body
from atlas.body.relations import same_level
from atlas.catalog.model import Catalogue
from atlas.catalog.point import Point
from atlas.study.distractors import on_other_levels

Kind = Literal["locate", "identify", "recall", "neighbours", "walk"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Order = Literal["meridian", "region", "back_pain"]
ROLES = ("principal", "supporting", "distant")
LONGEST, SHORTEST = 6, 3  # points of a stretch


class Card(msgspec.Struct, frozen=True):
    """One thing to be remembered; a walk has the code of the first point of its stretch."""

    code: str
    kind: Kind

    @property
    def key(self) -> str:
        """What the card is called for good, such as locate:BL23."""
        return f"{self.kind}:{self.code}"

    @staticmethod
    def from_key(key: str) -> Card | None:
        """The card of a key, if it is one."""
        head, _, code = key.partition(":")
        kind = next((kind for kind in KINDS if kind == head), None)
        return Card(code, kind) if kind is not None and code else None


class Stretch(NamedTuple):
    """Points of a meridian that follow one another on one map, at places that are sure."""

    meridian: str
    map_id: str
    codes: tuple[str, ...]


class UnaskableError(Exception):
    """A card that this edition has no question for."""


def cards_of(
    body: Body, kinds: Collection[Kind] = KINDS, codes: Collection[str] | None = None
) -> list[Card]:
    """The cards of all points, or of some: the points in their order, of each the kinds."""
    walks = stretches(body)
    wanted = [kind for kind in KINDS if kind in kinds]
    return [
        Card(point.code, kind)
        for point in body.catalogue.points
        if codes is None or point.code in codes
        for kind in wanted
        if _can_be_asked(body, point, kind, walks)
    ]


def _can_be_asked(body: Body, point: Point, kind: Kind, walks: dict[str, Stretch]) -> bool:
    if kind == "walk":
        return point.code in walks
    if kind == "recall":
        return bool(point.places)
    if kind == "neighbours":
        return _has_neighbours(body, point)
    return bool(sure_maps(point))


def _has_neighbours(body: Body, point: Point) -> bool:
    """Whether there are points on the level of a point, and others to choose from."""
    level, maps = same_level(body, point), sure_maps(point)
    if not level or not maps:
        return False
    spots = body.spots(maps[0])
    own = next(spot for spot in spots if spot.code == point.code and not spot.note)
    return next(on_other_levels(body, maps[0], own, level), None) is not None


def sure_maps(point: Point) -> list[str]:
    """The maps that show a point well, the best first."""
    return [
        map_id
        for map_id in point.places
        if any(placement.note is None for placement in point.spots(map_id))
    ]


def stretches(body: Body) -> dict[str, Stretch]:
    """The stretches of all meridians by the code of their first point; no two share a point."""
    found: dict[str, Stretch] = {}
    for meridian in body.catalogue.meridians:
        if meridian.polarity == "extra":  # extra points follow no course
            continue
        points = [p for p in body.catalogue.points if p.meridian == meridian.code]
        found.update((s.codes[0], s) for s in _divided(body, meridian.code, points))
    return found


def _divided(body: Body, meridian: str, points: list[Point]) -> Iterator[Stretch]:
    at = 0
    while at < len(points):
        runs = [(map_id, _run(body, points[at:], map_id)) for map_id in sure_maps(points[at])]
        map_id, run = max(runs, key=lambda found: found[1], default=("", 1))
        if run >= SHORTEST:
            pieces = -(-run // LONGEST)
            run = -(-run // pieces)  # 7 points are 4 and 3, not 6 and 1
            yield Stretch(meridian, map_id, tuple(p.code for p in points[at : at + run]))
        else:
            run = 1
        at += run


def _run(body: Body, points: list[Point], map_id: str) -> int:
    """How many points, from the first on, follow one another on a map."""
    led = takewhile(lambda pair: _follows(body, map_id, *pair), pairwise(points))
    return 1 + sum(1 for _ in led)


def _follows(body: Body, map_id: str, point: Point, after: Point) -> bool:
    """Whether the course leads from one point to the next; the map may name its runs."""
    paths = body.maps[map_id].meridian_paths
    named = [codes for name, codes in paths.items() if name.partition("_")[0] == point.meridian]
    if named and not any((point.code, after.code) in pairwise(codes) for codes in named):
        return False
    return after.number == point.number + 1 and map_id in sure_maps(after)


def ordered(catalogue: Catalogue, order: Order) -> list[str]:
    """The codes of all points in the order in which new ones are to be learnt.

    By meridian, by region, or those for back pain first, the principal ones before the others.
    """
    points = catalogue.points
    if order == "region":
        place = {region.id: i for i, region in enumerate(catalogue.regions)}
        points = sorted(points, key=lambda p: min(place.get(r, len(place)) for r in p.regions))
    if order == "back_pain":
        points = sorted(points, key=_weight)
    return [point.code for point in points]


def _weight(point: Point) -> int:
    return min((ROLES.index(role.role) for role in point.back_pain), default=len(ROLES))
