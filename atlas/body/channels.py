"""The course of a meridian through its points on a map."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from atlas.body.body import MIDLINE, Body, Spot
from atlas.body.maps import XY

SAMPLES = 10  # straight pieces per stretch between two points


class Course(NamedTuple):
    """A stretch of a meridian as a polyline; dashed where it leaves the visible side."""

    meridian: str
    line: tuple[XY, ...]
    dashed: bool


def courses(body: Body, map_id: str) -> list[Course]:
    """The courses of all meridians on a map, both sides of a symmetric one.

    Extra points lie on no course.
    """
    body_map = body.maps[map_id]
    spots = {s.code: s for s in body.spots(map_id) if s.side > 0 and s.ordinal == 0}
    found = []
    for meridian in body.catalogue.meridians:
        if meridian.polarity == "extra":
            continue
        for chain in _chains(body, map_id, meridian.code, spots):
            found += _stretches(meridian.code, chain)
    if body_map.symmetric:
        found += [
            Course(c.meridian, tuple((-x, y) for x, y in c.line), c.dashed)
            for c in found
            if any(abs(x) > MIDLINE for x, _ in c.line)
        ]
    return found


def _chains(body: Body, map_id: str, meridian: str, spots: dict[str, Spot]) -> Iterator[list[Spot]]:
    """Runs of neighbouring points of a meridian that the map shows.

    The map may name the runs; without that they follow the numbers and end at a gap.
    """
    named = [
        codes
        for name, codes in body.maps[map_id].meridian_paths.items()
        if name.partition("_")[0] == meridian
    ]
    if named:
        for codes in named:
            yield [spots[code] for code in codes if code in spots]
        return
    of_meridian = [p for p in body.catalogue.points if p.meridian == meridian]
    chain: list[Spot] = []
    last = None
    for point in of_meridian:
        if point.code in spots:
            if chain and last is not None and point.number != last + 1:
                yield chain
                chain = []
            chain.append(spots[point.code])
            last = point.number
    yield chain


def _stretches(meridian: str, chain: Sequence[Spot]) -> list[Course]:
    """Solid and dashed stretches of one run; a stretch at a hidden spot is dashed."""
    if len(chain) < 2:
        return []
    pieces = smooth([(spot.x, spot.y) for spot in chain])
    found: list[Course] = []
    for (a, b), piece in zip(pairwise(chain), pieces, strict=True):
        dashed = "hidden" in (a.note, b.note)
        if found and found[-1].dashed == dashed:
            found[-1] = found[-1]._replace(line=found[-1].line + tuple(piece[1:]))
        else:
            found.append(Course(meridian, tuple(piece), dashed))
    return found


def smooth(points: Sequence[XY]) -> list[list[XY]]:
    """A curve through all points, one list of samples per stretch.

    A centripetal Catmull-Rom spline: it neither overshoots nor loops at uneven distances.
    """
    first, second, *_ = points
    before_last, last = points[-2:]
    line = [
        (2 * first[0] - second[0], 2 * first[1] - second[1]),
        *points,
        (2 * last[0] - before_last[0], 2 * last[1] - before_last[1]),
    ]
    return [_segment(*line[i : i + 4]) for i in range(len(points) - 1)]


def _segment(p0: XY, p1: XY, p2: XY, p3: XY) -> list[XY]:
    t1 = math.sqrt(math.dist(p0, p1))
    t2 = t1 + math.sqrt(math.dist(p1, p2))
    t3 = t2 + math.sqrt(math.dist(p2, p3))
    if t1 in (0, t2) or t3 == t2:
        return [p1, p2]
    samples = []
    for i in range(SAMPLES + 1):
        t = t1 + (t2 - t1) * i / SAMPLES
        a1, a2, a3 = (
            _between(p0, p1, t / t1),
            _between(p1, p2, (t - t1) / (t2 - t1)),
            _between(p2, p3, (t - t2) / (t3 - t2)),
        )
        b1, b2 = _between(a1, a2, t / t2), _between(a2, a3, (t - t1) / (t3 - t1))
        samples.append(_between(b1, b2, (t - t1) / (t2 - t1)))
    return samples


def _between(a: XY, b: XY, part: float) -> XY:
    return (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
