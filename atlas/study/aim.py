"""Where a learner's clicks go: the misses on one pair of axes, their tendency and their scatter."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

import numpy as np

from atlas.body.body import MIDLINE, Body
from atlas.catalog.model import Catalogue
from atlas.scene import Floats
from atlas.study.history import Answer
from atlas.study.progress import in_months, period_of

ASTRAY = 2.0  # cun; who is farther off did not know the place, which says nothing of the aim
FEWEST = 8  # clicks from which a tendency may be told
WORTH = 0.1  # cun; a smaller tendency is not worth a word
GRAIN = 0.05  # cun; no click is placed more finely
DOUBT = 0.05

Pair = tuple[str, str]  # directions towards the right or up, and towards the left or down


class Plane(NamedTuple):
    """A pair of axes, and the directions of misses that lie on each."""

    id: str
    title: str
    across: tuple[Pair, ...]  # an axis is named by its first pair, or by the only one that occurs
    up: tuple[Pair, ...]


_UP = (("superior", "inferior"), ("proximal", "distal"))
# The anatomical position turns the thumb away from the body: there radial is lateral. What is
# "aside", "left" or "right" of a point on the midline of one map is on none of these axes.
PLANES = (
    Plane("front", "From the front or back", (("lateral", "medial"), ("radial", "ulnar")), _UP),
    Plane("side", "From the side", (("anterior", "posterior"),), _UP),
    Plane("above", "From above", (("lateral", "medial"),), (("anterior", "posterior"),)),
)
# What is said for a direction, as the answers say it; the others are said as they are called.
WORDS = {"superior": "high", "inferior": "low"}


class Misses(NamedTuple):
    """Clicks relative to the point that was meant, in cun, on the axes of a plane, by time."""

    plane: Plane
    x: Floats
    y: Floats
    days: tuple[date, ...]
    across: Pair  # what the axes are named by
    up: Pair
    astray: int  # too far off to be drawn
    elsewhere: int  # clicks whose directions this plane does not have


class Aim(NamedTuple):
    """The tendency of clicks: their mean, and the region in which the true one lies to 95 %."""

    x: float
    y: float
    region: Floats  # its outline, points by row
    scatter: float  # cun from the mean within which half of the clicks lie
    clear: tuple[tuple[str, float], ...]  # directions that are more than chance, with cun


class Stretch(NamedTuple):
    """How clicks were in a week or month."""

    begin: date
    bias: float  # cun between their mean and the point
    scatter: float
    clicks: int


def word_of(direction: str) -> str:
    """How a direction is written on an axis; after "too" it tells a tendency."""
    return WORDS.get(direction, direction)


def clicks_of(answers: Iterable[Answer], codes: AbstractSet[str] | None = None) -> list[Answer]:
    """The answers that were clicks on the body, all or those for some points."""
    return [
        answer
        for answer in answers
        if answer.card.kind == "locate"
        and answer.review.miss is not None
        and (codes is None or answer.card.code in codes)
    ]


def codes_of(
    catalogue: Catalogue, *, meridian: str | None = None, region: str | None = None
) -> frozenset[str]:
    """The codes of the points of a meridian, of a region, of both, or all."""
    return frozenset(
        point.code
        for point in catalogue.points
        if meridian in (None, point.meridian) and (region is None or region in point.regions)
    )


def misses(
    body: Body, clicks: Sequence[Answer], plane: Plane | None = None, since: date | None = None
) -> Misses:
    """The misses of clicks on a plane, or on that which has most of them, from a day on."""
    if since is not None:
        clicks = [click for click in clicks if click.day >= since]
    midline = _midline(body, clicks)
    fitting = max(
        ((each, _fitting(each, clicks, midline)) for each in PLANES if plane in (None, each)),
        key=lambda found: len(found[1]),
    )
    return _misses(*fitting, len(clicks))


def _midline(body: Body, clicks: Iterable[Answer]) -> frozenset[tuple[str | None, str]]:
    """The points on the midline of a map: there every miss to the side counts as lateral.

    Their mean would be lateral however well one aims.
    """
    maps = {click.review.map_id for click in clicks} & body.maps.keys()
    return frozenset(
        (map_id, spot.code)
        for map_id in maps
        if map_id is not None and body.maps[map_id].symmetric
        for spot in body.spots(map_id)
        if abs(spot.x) <= MIDLINE
    )


def _fitting(
    plane: Plane, clicks: Sequence[Answer], midline: AbstractSet[tuple[str | None, str]]
) -> list[Answer]:
    """The clicks all of whose directions lie on the axes; what is not told is not missed."""
    known = {direction for pair in plane.across + plane.up for direction in pair}
    return [
        click
        for click in clicks
        if known.issuperset(click.review.parts)
        and (click.review.map_id, click.card.code) not in midline
    ]


def _misses(plane: Plane, fitting: Sequence[Answer], of: int) -> Misses:
    near = [click for click in fitting if math.hypot(*click.review.parts.values()) <= ASTRAY]
    told = {direction for click in near for direction in click.review.parts}
    return Misses(
        plane,
        np.array([_signed(plane.across, click) for click in near], float),
        np.array([_signed(plane.up, click) for click in near], float),
        tuple(click.day for click in near),
        _named(plane.across, told),
        _named(plane.up, told),
        astray=len(fitting) - len(near),
        elsewhere=of - len(fitting),
    )


def _signed(axis: tuple[Pair, ...], click: Answer) -> float:
    parts = click.review.parts
    return sum(parts.get(ahead, 0.0) - parts.get(behind, 0.0) for ahead, behind in axis)


def _named(axis: tuple[Pair, ...], told: set[str]) -> Pair:
    found = [pair for pair in axis if told.intersection(pair)]
    return found[0] if found else axis[0]


def aim_of(found: Misses) -> Aim | None:
    """The tendency and the scatter of clicks; none where there are too few."""
    n = len(found.x)
    if n < FEWEST:
        return None
    offsets = np.column_stack([found.x, found.y])
    mean = offsets.mean(axis=0)
    covariance = np.cov(offsets, rowvar=False) + GRAIN**2 * np.eye(2)
    # Hotelling's T² of two variables has its bound in closed form.
    bound = (n - 1) * (DOUBT ** (-2 / (n - 2)) - 1) / n
    reach = np.sqrt(bound * np.diag(covariance))
    excluded = float(mean @ np.linalg.solve(covariance, mean)) > bound
    turn = np.linspace(0, 2 * math.pi, 73)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    region = mean + math.sqrt(bound) * circle @ np.linalg.cholesky(covariance).T
    x, y = map(float, mean)
    clear = _clear(found, (x, y), tuple(map(float, reach))) if excluded else ()
    return Aim(x, y, region, _scatter(offsets), clear)


def _clear(
    found: Misses, mean: tuple[float, float], reach: tuple[float, ...]
) -> tuple[tuple[str, float], ...]:
    """What a mean that is not chance leans to: each axis that is sure, or else the larger one."""
    leans = [
        (pair[0] if value > 0 else pair[1], abs(value), abs(value) > sure)
        for value, pair, sure in zip(mean, (found.across, found.up), reach, strict=True)
    ]
    leans.sort(key=lambda lean: -lean[1])
    sure = [lean for lean in leans if lean[2]] or leans[:1]
    return tuple((name, cun) for name, cun, _ in sure if cun >= WORTH)


def _scatter(offsets: Floats) -> float:
    return float(np.median(np.hypot(*(offsets - offsets.mean(axis=0)).T)))


def over_time(found: Misses) -> list[Stretch]:
    """Tendency and scatter by weeks or months; those with too few clicks are left out."""
    months = in_months(found.days)
    begins = np.array([period_of(day, months=months).toordinal() for day in found.days], int)
    offsets = np.column_stack([found.x, found.y])
    stretches = []
    for begin in np.unique(begins):
        part = offsets[begins == begin]
        if len(part) >= FEWEST:
            bias = math.hypot(*map(float, part.mean(axis=0)))
            stretches.append(Stretch(date.fromordinal(begin), bias, _scatter(part), len(part)))
    return stretches
