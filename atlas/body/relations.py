"""Which points lie on the same level: computed from where they are measured to be."""

from __future__ import annotations

from collections.abc import Iterator

from atlas.body.body import Body, Spot
from atlas.catalog.point import Placement, Point

TOLERANCE = 0.15  # cun
# Parts of the body that stand upright on the maps, so that a level is a height on the drawing.
# The head is round: two points at one height on a view may lie far apart on the scalp.
UPRIGHT = (
    frozenset({"upper_back", "lower_back", "sacrum", "hip_buttock"}),
    frozenset({"chest", "abdomen"}),
    frozenset({"thigh"}),
    frozenset({"knee", "back_of_knee"}),
    frozenset({"lower_leg"}),
)
VIEWS = ("anterior", "posterior", "lateral", "medial")


def same_level(body: Body, point: Point) -> list[str]:
    """Codes of the points on the level of a point, in catalogue order, without itself.

    Only places that are sure are compared: those on views that show both points well. A
    point of several spots has no level of its own.
    """
    found: set[str] = set()
    for map_id in point.places:
        spots = point.spots(map_id)
        if len(spots) > 1 or any(placement.note for placement in spots):
            continue
        if body.maps[map_id].view in VIEWS:
            found |= set(_at_the_same_height(body, point, map_id))
        found |= set(_at_the_same_cun(body, point, map_id))
    index = body.catalogue.index
    return sorted(found - {point.code}, key=index.__getitem__)


def _at_the_same_height(body: Body, point: Point, map_id: str) -> Iterator[str]:
    parts = [part for part in UPRIGHT if part & set(point.regions)]
    if not parts:
        return
    spots = [spot for spot in body.spots(map_id) if spot.side > 0 and not spot.note]
    own = next(spot for spot in spots if spot.code == point.code)
    for spot in spots:
        other = body.catalogue.points[spot.owner]
        if len(other.spots(map_id)) > 1 or not any(p.intersection(other.regions) for p in parts):
            continue
        if abs(spot.y - own.y) < TOLERANCE * min(_cun(body, own, map_id), _cun(body, spot, map_id)):
            yield spot.code


def _cun(body: Body, spot: Spot, map_id: str) -> float:
    """How long a cun is at a spot, in drawing units."""
    placement = body.catalogue.points[spot.owner].spots(map_id)[spot.ordinal]
    return body.locator(map_id).unit(placement)


def _at_the_same_cun(body: Body, point: Point, map_id: str) -> Iterator[str]:
    """On an arm, which may hang or be raised: as many cun along the same ruler."""
    own = _on_ruler(point.spots(map_id)[0])
    if own is None:
        return
    for i, code, _, placement in body.placements(map_id):
        spots = body.catalogue.points[i].spots(map_id)
        if not placement.note and len(spots) == 1 and _on_ruler(placement) == own:
            yield code


def _on_ruler(placement: Placement) -> tuple[str, float] | None:
    """Ruler and cun of a placement that goes along a ruler and then at most aside."""
    along_it = placement.proximal or placement.distal or placement.superior or placement.inferior
    if placement.along is None or placement.cun is None or along_it or placement.level:
        return None
    return placement.along, placement.cun
