"""All body maps of one edition with the points of its catalogue placed on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from atlas.body.ends import counts_from_last
from atlas.body.maps import XY, BodyMap
from atlas.body.placement import Locator, Measured, Step
from atlas.catalog.model import Catalogue
from atlas.catalog.point import Placement

MIDLINE = 0.5  # drawing units; what lies nearer to x = 0 is on the midline, not mirrored


class Spot(NamedTuple):
    """One place on one map where a point is drawn; `side` is -1 where it is mirrored."""

    owner: int  # position of the point in the catalogue
    code: str
    ordinal: int  # which of the point's placements on this map
    side: int
    x: float
    y: float
    note: str


class Body:
    """The maps in their order, and where the points of a catalogue lie on each."""

    def __init__(self, maps: Sequence[BodyMap], catalogue: Catalogue) -> None:
        self.maps = {body_map.id: body_map for body_map in maps}
        self.catalogue = catalogue
        self._locators: dict[str, Locator] = {}
        self._spots: dict[str, list[Spot]] = {}
        self._turned: dict[str, dict[tuple[int, int], Step]] = {}

    @cached_property
    def groups(self) -> dict[str, list[BodyMap]]:
        """The maps by group (Head, Hand ...), in order."""
        groups: dict[str, list[BodyMap]] = {}
        for body_map in self.maps.values():
            groups.setdefault(body_map.group, []).append(body_map)
        return groups

    @cached_property
    def shown(self) -> dict[str, int]:
        """Which points each map shows, as a bit mask over the catalogue."""
        masks = dict.fromkeys(self.maps, 0)
        for i, point in enumerate(self.catalogue.points):
            for map_id in point.places:
                masks[map_id] |= 1 << i
        return masks

    def locator(self, map_id: str) -> Locator:
        """What measures points on a map."""
        if map_id not in self._locators:
            placed = {
                point.code: point.spots(map_id)
                for point in self.catalogue.points
                if map_id in point.places
            }
            titles = self.catalogue.landmark_by_id
            self._locators[map_id] = Locator(self.maps[map_id], placed, titles)
        return self._locators[map_id]

    def placements(self, map_id: str) -> Iterator[tuple[int, str, int, Placement]]:
        """All placements on a map as (catalogue position, code, ordinal, placement)."""
        for i, point in enumerate(self.catalogue.points):
            for ordinal, placement in enumerate(point.spots(map_id)):
                yield i, point.code, ordinal, placement

    def spots(self, map_id: str) -> list[Spot]:
        """Every spot on a map, both sides of a symmetric one, in catalogue order."""
        if map_id not in self._spots:
            self._spots[map_id] = list(self._find_spots(map_id))
        return self._spots[map_id]

    def _find_spots(self, map_id: str) -> Iterator[Spot]:
        locator, symmetric = self.locator(map_id), self.maps[map_id].symmetric
        for i, code, ordinal, placement in self.placements(map_id):
            x, y = locator.measure(placement).position
            note = placement.note or ""
            yield Spot(i, code, ordinal, 1, x, y, note)
            if symmetric and abs(x) > MIDLINE:
                yield Spot(i, code, ordinal, -1, -x, y, note)

    def measure(self, spot: Spot, map_id: str) -> Measured:
        """The measurement that leads to a spot, on its own side and as its location tells it."""
        placement = self.catalogue.points[spot.owner].spots(map_id)[spot.ordinal]
        measured = self.locator(map_id).measure(placement)
        turned = self._turned_steps(map_id).get((spot.owner, spot.ordinal))
        if turned is not None:
            measured = Measured(measured.position, (turned, *measured.steps[1:]), measured.cun)
        return mirror(measured) if spot.side < 0 else measured

    def _turned_steps(self, map_id: str) -> dict[tuple[int, int], Step]:
        """First steps that are told from a ruler's last landmark, by owner and ordinal.

        They are found once for a map, because reading a statement takes longer than measuring.
        """
        turned = self._turned.get(map_id)
        if turned is None:
            points, locator = self.catalogue.points, self.locator(map_id)
            turned = self._turned[map_id] = {
                (owner, ordinal): locator.from_last(placement)
                for owner, _, ordinal, placement in self.placements(map_id)
                if counts_from_last(points[owner].location, placement, locator)
            }
        return turned


def mirror(measured: Measured) -> Measured:
    """The same measurement on the other side of a symmetric map."""
    x, y = measured.position
    return Measured((-x, y), tuple(map(_mirror_step, measured.steps)), measured.cun)


def _mirror_step(step: Step) -> Step:
    return step._replace(
        line=_mirror_line(step.line),
        ticks=_mirror_line(step.ticks),
        ruler=_mirror_line(step.ruler),
        marks=tuple(((-x, y), name) for (x, y), name in step.marks),
    )


def _mirror_line(line: Sequence[XY]) -> tuple[XY, ...]:
    return tuple((-x, y) for x, y in line)
