"""What is to be seen: a pure step from edition and view to a frozen picture.

Window, print and picture export draw the same `MapScene`; the canvas applies the difference
to what it shows already.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from atlas.body.body import Body, Spot
from atlas.body.channels import Course, courses
from atlas.body.maps import XY, BodyMap
from atlas.body.placement import Measured
from atlas.catalog.masks import Mask
from atlas.catalog.query import FacetIndex, Query
from atlas.catalog.search import SearchIndex
from atlas.edition import Edition

Layer = Literal["labels", "channels", "measure", "bones"]
SERIES = 8  # spots of one point on a map, from which they are a series
Page = Literal["explore", "study", "evidence", "safety"]
LAYERS: tuple[Layer, ...] = ("labels", "channels", "measure", "bones")
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class View(msgspec.Struct, frozen=True):
    """What the person has asked to see."""

    map_id: str = "back"
    query: Query = Query()
    selected: str | None = None
    spot: int | None = None  # which of the selected point's spots on this map
    layers: frozenset[Layer] = frozenset({"labels", "measure"})
    presenting: bool = False
    page: Page = "explore"


class Sheet:
    """All spots of one map as arrays, made once."""

    def __init__(self, body: Body, map_id: str) -> None:
        self._body = body
        self.map: BodyMap = body.maps[map_id]
        self.spots: list[Spot] = body.spots(map_id)
        self.x: Floats = np.array([s.x for s in self.spots], float)
        self.y: Floats = np.array([s.y for s in self.spots], float)
        self.owner = np.array([s.owner for s in self.spots], np.intp)
        self.authored: Bools = np.array([s.side > 0 for s in self.spots], bool)
        self.series: Bools = np.array([self._is_series(s) for s in self.spots], bool)
        # Each spot's other side: the mirrored one follows the authored one at once.
        self.twin = np.array([i - 1 if s.side < 0 else i for i, s in enumerate(self.spots)], int)
        self._courses_of: dict[frozenset[str], tuple[Course, ...]] = {}

    def _is_series(self, spot: Spot) -> bool:
        point = self._body.catalogue.points[spot.owner]
        return len(point.spots(self.map.id)) > SERIES

    @cached_property
    def _courses(self) -> list[Course]:
        return courses(self._body, self.map.id)

    def courses(self, meridians: frozenset[str]) -> tuple[Course, ...]:
        """The courses of some meridians; the same tuple for the same ones."""
        if meridians not in self._courses_of:
            found = tuple(c for c in self._courses if c.meridian in meridians)
            self._courses_of[meridians] = found
        return self._courses_of[meridians]

    def count_in(self, left: float, top: float, right: float, bottom: float, among: Bools) -> int:
        """How many spots lie in a rectangle."""
        inside = (self.x > left) & (self.x < right) & (self.y > top) & (self.y < bottom)
        return int(np.count_nonzero(inside & among))

    def toward(self, spot: int, dx: int, dy: int, among: Bools) -> int | None:
        """The nearest spot in a direction; what lies far off the direction counts as farther."""
        here = self.spots[spot]
        ahead = (self.x - here.x) * dx + (self.y - here.y) * dy
        aside = np.abs((self.x - here.x) * dy) + np.abs((self.y - here.y) * dx)
        reachable = among & (ahead > 0.5) & (aside <= 2 * ahead)
        cost = np.where(reachable, ahead + 2 * aside, np.inf)
        return int(np.argmin(cost)) if reachable.any() else None

    def name(self, spot: int, *, full: bool) -> str:
        """What is written beside a spot: its code, with the pinyin where there is room."""
        found = self.spots[spot]
        if not full:
            return found.code
        return f"{found.code} {self._body.catalogue.points[found.owner].names.pinyin}"

    @cached_property
    def of_code(self) -> dict[str, list[int]]:
        """The spots of each point by its code."""
        found: dict[str, list[int]] = {}
        for i, spot in enumerate(self.spots):
            found.setdefault(spot.code, []).append(i)
        return found

    def nearest(self, x: float, y: float, among: Bools, limit: int = 12) -> list[tuple[int, float]]:
        """Spots by distance from a place, as (spot, distance in drawing units)."""
        distance = np.hypot(self.x - x, self.y - y)
        distance[~among] = np.inf
        order = np.argsort(distance, kind="stable")[:limit]
        return [(int(i), float(distance[i])) for i in order if np.isfinite(distance[i])]


class MapScene(NamedTuple):
    """A frozen picture of one map."""

    view: View
    sheet: Sheet
    matching: Mask  # over the catalogue
    members: Bools  # the same as flags
    visible: Bools  # over the sheet's spots
    selected: int | None  # spot that carries the ruler
    twins: tuple[int, ...]  # all spots of the selected point on this map
    measured: Measured | None
    courses: tuple[Course, ...]
    kept_free: tuple[tuple[XY, XY], ...] = ()  # lines that names keep off


class Stage:
    """An edition with what is computed from it once: search, facets, sheets."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.catalogue = edition.catalogue
        self.body = edition.body
        self.search = SearchIndex(edition.catalogue)
        self.facets = FacetIndex(edition.catalogue, self.search)
        self._sheets: dict[str, Sheet] = {}

    def sheet(self, map_id: str) -> Sheet:
        """The spots of a map."""
        if map_id not in self._sheets:
            self._sheets[map_id] = Sheet(self.body, map_id)
        return self._sheets[map_id]

    def map_counts(self, matching: Mask) -> dict[str, int]:
        """How many of the matching points each map shows."""
        return {map_id: (matching & mask).bit_count() for map_id, mask in self.body.shown.items()}

    @cached_property
    def _confusions(self) -> dict[str, dict[str, str]]:
        """By code: the points whose records say how to tell them from it, and what they say."""
        found: dict[str, dict[str, str]] = {}
        for point in self.catalogue.points:
            for confusion in point.confused_with:
                found.setdefault(confusion.point, {})[point.code] = confusion.difference
        return found

    def confused_with(self, code: str) -> dict[str, str]:
        """The points that name this one as easily confused with them, and the difference."""
        return self._confusions.get(code, {})

    def best_map(self, code: str, current: str) -> str | None:
        """The map to show a point on: the current one if it shows the point well, else the best."""
        point = self.catalogue.point(code)
        if point is None:
            return None
        best = next(iter(point.places))
        well = any(placement.note is None for placement in point.spots(current))
        return current if well or best == current else best


def resolve(stage: Stage, view: View) -> MapScene:
    """The picture of what a view asks for."""
    sheet = stage.sheet(view.map_id)
    matching = stage.facets.matching(view.query)
    flags = _flags(matching, len(stage.catalogue.points))
    visible = flags[sheet.owner] if len(sheet.owner) else np.zeros(0, bool)
    twins = tuple(sheet.of_code.get(view.selected or "", ()))
    spot = view.spot if view.spot in twins else next(iter(twins), None)
    measured = None
    if spot is not None:
        measured = stage.body.measure(sheet.spots[spot], view.map_id)
    shown: tuple[Course, ...] = ()
    if "channels" in view.layers:
        shown = _courses_of(stage, sheet, matching)
    return MapScene(view, sheet, matching, flags, visible, spot, twins, measured, shown)


def _flags(mask: Mask, count: int) -> Bools:
    """A bit mask as an array of flags."""
    raw = np.frombuffer(mask.to_bytes((count + 7) // 8 or 1, "little"), np.uint8)
    return np.unpackbits(raw, bitorder="little", count=count).astype(bool)


def _courses_of(stage: Stage, sheet: Sheet, matching: Mask) -> tuple[Course, ...]:
    """The courses of those meridians that have a matching point."""
    wanted = frozenset(
        meridian.code
        for meridian in stage.catalogue.meridians
        if matching & stage.facets.mask("meridian", meridian.code)
    )
    return sheet.courses(wanted)
