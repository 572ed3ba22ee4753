"""A catalogue of many points: the real ones, and copies of them as a person's extra points.

A meridian has the points it has; thousands more can only be extra points.
"""

from __future__ import annotations

import msgspec

from atlas.body.body import Body
from atlas.catalog.point import Placement, Point
from atlas.edition import Edition


def enlarged(edition: Edition, count: int) -> Edition:
    """The edition with at least `count` points."""
    originals = edition.catalogue.points
    points = list(originals)
    turn = 1
    while len(points) < count:
        points += [
            _shifted(point, f"EX-X{len(points) + i}", turn, edition.body)
            for i, point in enumerate(originals)
        ]
        turn += 1
    catalogue = msgspec.structs.replace(edition.catalogue, points=points[:count])
    return Edition(edition.folder, catalogue, Body(list(edition.body.maps.values()), catalogue))


def _shifted(point: Point, code: str, turn: int, body: Body) -> Point:
    places: dict[str, Placement | list[Placement]] = {}
    for map_id in point.places:
        first = point.spots(map_id)[0]
        upward = "superior" if "superior" in body.maps[map_id].directions else "proximal"
        shift = getattr(first, upward) + 0.03 * turn
        places[map_id] = msgspec.structs.replace(first, **{upward: shift})
    names = msgspec.structs.replace(point.names, english=f"{point.names.english} {turn}")
    return msgspec.structs.replace(point, code=code, meridian="EX", places=places, names=names)
