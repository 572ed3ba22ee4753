"""Where a point is asked: on which map and in which of its places, and how near one comes."""

from __future__ import annotations

import math
from collections.abc import Collection
from random import Random

from atlas.body.body import Body
from atlas.catalog.point import Point
from atlas.study.cards import UnaskableError, sure_maps
from atlas.study.grading import one_place, tolerance_of

TIMES = 52  # tolerances from top to bottom; one is then about 10 pixels of 500
LEAST = 12.0  # cun from top to bottom: landmarks around, and room for chance
HALF = 0.5  # of the size on the best map; what is smaller is not asked
# What has maps of its own: there the whole map counts, for others but show it from afar.
DETAILS = frozenset({"face", "hand", "wrist", "foot", "ankle"})


def span_of(point: Point) -> float:
    """How many cun are shown around a point, so that its tolerance can be clicked."""
    return max(TIMES * tolerance_of(point), LEAST)


def place(body: Body, point: Point, rng: Random) -> tuple[str, int]:
    """A map that shows the point well, large and alone, and one of its spots there."""
    maps = sure_maps(point)
    if not maps:
        raise UnaskableError(f"no map shows {point.code} well")
    alone = {map_id: spots_of(body, point, map_id, alone=True) for map_id in maps}
    large = large_maps(body, point, maps)
    chosen = [m for m in large if alone[m]] or [m for m in maps if alone[m]] or large
    map_id = rng.choice(chosen)
    return map_id, rng.choice(alone[map_id] or spots_of(body, point, map_id))


def large_maps(body: Body, point: Point, maps: Collection[str]) -> list[str]:
    """Those of some maps that show a point at least half as large as the best of them."""
    sizes = {map_id: _size(body, point, map_id) for map_id in maps}
    return [map_id for map_id in maps if sizes[map_id] >= HALF * max(sizes.values())]


def spots_of(body: Body, point: Point, map_id: str, *, alone: bool = False) -> list[int]:
    """The spots of a point that are sure, or those of them that lie over no other point's."""
    spots = body.spots(map_id)
    own = [i for i, s in enumerate(spots) if s.code == point.code and not s.note]
    return [i for i in own if not (alone and _covered(body, map_id, i))]


def _covered(body: Body, map_id: str, i: int) -> bool:
    """Whether a map shows another point at the place of a spot."""
    spots = body.spots(map_id)
    spot = spots[i]
    cun = body.measure(spot, map_id).cun
    return any(
        one_place(body, map_id, spot, other)
        for other in spots
        if other.code != spot.code
        and other.note != "hidden"
        and math.dist((other.x, other.y), (spot.x, spot.y)) < cun
    )


def _size(body: Body, point: Point, map_id: str) -> float:
    """How long a cun at a point is: of the whole map, or of what is shown of it."""
    cun = min(body.locator(map_id).measure(one).cun for one in point.spots(map_id))
    extent = max(body.maps[map_id].frame[2:])
    if DETAILS.isdisjoint(point.regions):
        extent = min(extent, span_of(point) * cun)
    return cun / extent
