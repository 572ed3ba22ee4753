"""Which points lie on the same level: computed from where they are measured to be."""

from __future__ import annotations

from collections.abc import Iterator

from atlas.body.body import Body
from atlas.catalog.model import Placement, Point

TOLERANCE = 0.12  # cun
# Parts of the body that stand upright on the maps, so that a level is a height on the drawing.
UPRIGHT = (
    frozenset({"upper_back", "lower_back", "sacrum", "hip_buttock"}),
    frozenset({"chest", "abdomen"}),
    frozenset({"neck"}),
    frozenset({"head"}),
    frozenset({"thigh"}),
    frozenset({"knee", "back_of_knee"}),
    frozenset({"lower_leg"}),
)
VIEWS = ("anterior", "posterior", "lateral", "medial")


def same_level(body: Body, point: Point) -> list[str]:
    """Codes of the points on the level of a point, in catalogue order, without itself.

    Only places that are sure are compared: those on views that show both points well.
    """
    found: set[str] = set()
    for map_id in point.places:
        if any(placement.note for placement in point.spots(map_id)):
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
    spots = body.spots(map_id)
    own = [spot for spot in spots if spot.code == point.code]
    near = TOLERANCE * body.measure(own[0], map_id).cun
    for spot in spots:
        regions = body.catalogue.points[spot.owner].regions
        together = any(part.intersection(regions) for part in parts)
        if together and not spot.note and any(abs(spot.y - o.y) < near for o in own):
            yield spot.code


def _at_the_same_cun(body: Body, point: Point, map_id: str) -> Iterator[str]:
    """On an arm, which may hang or be raised: as many cun along the same ruler."""
    own = [place for spot in point.spots(map_id) if (place := _on_ruler(spot))]
    if not own:
        return
    for _, code, _, placement in body.placements(map_id):
        if not placement.note and _on_ruler(placement) in own:
            yield code


def _on_ruler(placement: Placement) -> tuple[str, float] | None:
    """Ruler and cun of a placement that goes along a ruler and then at most aside."""
    along_it = placement.proximal or placement.distal or placement.superior or placement.inferior
    if placement.along is None or placement.cun is None or along_it or placement.level:
        return None
    return placement.along, placement.cun
