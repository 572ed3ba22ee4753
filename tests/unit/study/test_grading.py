"""A click in cun and in words, on every point of every map; a typed name."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.body.body import MIDLINE, Body, Spot
from atlas.body.maps import XY
from atlas.body.placement import Locator, length, nearest_axis, point_along
from atlas.catalog.point import Placement
from atlas.catalog.search import squeeze
from atlas.edition import Edition, open_edition
from atlas.study.frame import direction_names
from atlas.study.grading import (
    FAR,
    Miss,
    grade,
    grade_name,
    off,
    one_place,
    tolerance_of,
)
from atlas.study.schedule import Rating, rate

CUN = st.integers(-300, 300).map(lambda hundredths: hundredths / 100)
WORDS = {"superior": "too high", "inferior": "too low"}


def places(body: Body) -> Iterator[tuple[str, Spot]]:
    """Every spot of every map, both sides of symmetric ones."""
    for map_id in body.maps:
        for spot in body.spots(map_id):
            yield map_id, spot


def placement_of(body: Body, map_id: str, spot: Spot) -> Placement:
    return body.catalogue.points[spot.owner].spots(map_id)[spot.ordinal]


def midline(body: Body, map_id: str, spot: Spot) -> bool:
    return body.maps[map_id].symmetric and abs(spot.x) <= MIDLINE


def ticks(body: Body, map_id: str, spot: Spot) -> Iterator[tuple[str, XY]]:
    """The places one cun off a spot and the direction of each, by new measurements.

    Along a ruler with cun: as far as its next tick. Else one more cun in a direction of the map.
    """
    locator, placement = body.locator(map_id), placement_of(body, map_id, spot)
    here = locator.measure(placement).position
    axis = tangent(body, map_id, placement)
    for direction, vector in locator.map.directions.items():
        way = nearest_axis(vector, axis) if axis is not None else vector
        if midline(body, map_id, spot) and way[0] < -0.5:
            continue  # there is nothing medial of the midline
        if axis is not None and placement.cun is not None and abs(dot(way, axis)) > 0.5:
            x, y = next_tick(locator, placement, here, math.copysign(1, dot(way, axis)))
        else:
            more = {direction: getattr(placement, direction) + 1}
            x, y = locator.measure(msgspec.structs.replace(placement, **more)).position
        yield direction, (x * spot.side, y)


def dot(a: XY, b: XY) -> float:
    return a[0] * b[0] + a[1] * b[1]


def tangent(body: Body, map_id: str, placement: Placement) -> XY | None:
    """The direction of the ruler where a placement leaves it."""
    if placement.along is None:
        return None
    line = body.locator(map_id).ruler_line(placement.along, "along")
    if placement.part is not None:
        return point_along(line, length(line) * placement.part)[1]
    assert placement.cun is not None
    return point_along(line, placement.cun * body.locator(map_id).unit_of(placement.along))[1]


def next_tick(locator: Locator, placement: Placement, here: XY, cun: float) -> XY:
    """As far from a place as the next tick lies from where the placement leaves its ruler."""
    assert placement.cun is not None
    one, other = (
        locator.measure(Placement(along=placement.along, cun=at)).position
        for at in (placement.cun, placement.cun + cun)
    )
    return here[0] + other[0] - one[0], here[1] + other[1] - one[1]


def ways(body: Body, map_id: str, spot: Spot) -> dict[str, XY]:
    """What each word means on a map, for a point: below the elbow, what the arm's pose makes it."""
    told = dict(body.maps[map_id].directions)
    regions = {"forearm", "wrist", "hand"}
    if regions.isdisjoint(body.catalogue.points[spot.owner].regions):
        return told
    if map_id in ("front", "back"):  # hanging down, the thumb outwards
        del told["lateral"], told["medial"]
        return told | {"radial": (1, 0), "ulnar": (-1, 0)}
    if map_id == "side":  # stretched out to the right, the thumb up
        return {"radial": (0, -1), "ulnar": (0, 1), "distal": (1, 0), "proximal": (-1, 0)}
    return told


def same_way(body: Body, map_id: str, spot: Spot, name: str, direction: str) -> bool:
    """Whether what is told is the way of a direction of the map: proximal is superior on a leg."""
    return ways(body, map_id, spot)[name] == body.maps[map_id].directions[direction]


def test_a_click_on_the_place_is_no_miss(edition: Edition) -> None:
    for map_id, spot in places(edition.body):
        miss = grade(edition.body, map_id, spot.code, spot.x, spot.y, 0.2)
        assert miss.cun < 1e-9, (map_id, spot)
        assert (miss.words, miss.nearest, miss.within) == ("on the point", None, True)
        assert (miss.spot.x, miss.spot.y) == pytest.approx((spot.x, spot.y))


def test_one_tick_off_is_one_cun_in_its_direction(edition: Edition) -> None:
    body, count = edition.body, 0
    for map_id, spot in places(body):
        for direction, position in ticks(body, map_id, spot):
            parts = off(body, map_id, spot, position)
            told = {name: cun for name, cun in parts.items() if cun >= 0.05}
            assert len(told) == 1, (map_id, spot.code, direction, parts)
            name, cun = told.popitem()
            assert cun == pytest.approx(1, abs=1e-6), (map_id, spot.code, direction, parts)
            assert same_way(body, map_id, spot, name, direction), (
                map_id,
                spot.code,
                direction,
                parts,
            )
            count += 1
    assert count > 7000


def test_a_click_one_tick_off_says_so(edition: Edition) -> None:
    """Unless it is nearer to the point's own place on the other side."""
    body = edition.body
    for map_id, spot in places(body):
        for direction, (x, y) in ticks(body, map_id, spot):
            miss = grade(body, map_id, spot.code, x, y, 0.5)
            if miss.spot.ordinal == spot.ordinal and miss.spot.side == spot.side:
                (name,) = (n for n, cun in miss.parts.items() if cun >= 0.05)
                assert miss.cun == pytest.approx(1, abs=1e-6)
                assert same_way(body, map_id, spot, name, direction)
                assert miss.words.split(";")[0] == f"1.0 cun {WORDS.get(name, f'too {name}')}"
                assert not miss.within
            else:
                assert miss.cun <= 1


def test_both_sides_are_graded_alike(edition: Edition) -> None:
    body = edition.body
    for map_id, spot in places(body):
        if body.maps[map_id].symmetric:
            here = grade(body, map_id, spot.code, spot.x + 7, spot.y - 4, 0.5)
            there = grade(body, map_id, spot.code, -spot.x - 7, spot.y - 4, 0.5)
            assert there.words == here.words
            assert there.parts == pytest.approx(here.parts)


@pytest.mark.parametrize("x", [-12.0, 12.0])
def test_beside_the_midline_is_lateral_on_either_side(edition: Edition, x: float) -> None:
    gv4 = next(spot for spot in edition.body.spots("back") if spot.code == "GV4")
    miss = grade(edition.body, "back", "GV4", x, gv4.y, 0.5)
    assert list(miss.parts) == ["lateral"]
    assert miss.words.split(";")[0] == "0.5 cun too lateral"


@given(data=st.data(), east=CUN, south=CUN)
def test_the_parts_lead_back_to_the_click(
    edition: Edition, data: st.DataObject, east: float, south: float
) -> None:
    """Where nothing is measured along a ruler, the directions of the map add up to the way."""
    body = edition.body
    map_id = data.draw(st.sampled_from(sorted(body.maps)))
    spots = [s for s in body.spots(map_id) if placement_of(body, map_id, s).along is None]
    spot = data.draw(st.sampled_from(spots))
    if midline(body, map_id, spot):
        east = abs(east)
    unit = body.measure(spot, map_id).cun
    click = (spot.x + spot.side * east * unit, spot.y + south * unit)
    parts = off(body, map_id, spot, click)
    vectors = {"left": (1, 0), "right": (-1, 0), **ways(body, map_id, spot)}
    there = [sum(cun * vectors[name][i] for name, cun in parts.items()) for i in (0, 1)]
    assert there == pytest.approx([east, south], abs=1e-6)
    assert all(cun > 0 for cun in parts.values())


@given(data=st.data(), east=st.floats(-60, 60), south=st.floats(-60, 60))
def test_the_nearest_of_a_points_places_counts(
    edition: Edition, data: st.DataObject, east: float, south: float
) -> None:
    body = edition.body
    map_id = data.draw(st.sampled_from(sorted(body.maps)))
    spot = data.draw(st.sampled_from(body.spots(map_id)))
    click = (spot.x + east, spot.y + south)
    miss = grade(body, map_id, spot.code, *click, 0.5)
    own = [s for s in body.spots(map_id) if s.code == spot.code]
    sizes = [math.hypot(*off(body, map_id, s, click).values()) for s in own]
    assert miss.cun == pytest.approx(min(sizes))
    assert miss.within == (float(f"{miss.cun:.1f}") <= 0.5 and not miss.hit)
    away = {
        s: math.dist((s.x, s.y), click)
        for s in body.spots(map_id)
        if s.code != spot.code and s.note != "hidden"
        if not one_place(body, map_id, miss.spot, s)
    }
    nearer = min(away.values()) < math.dist((miss.spot.x, miss.spot.y), click) - 1e-9
    nearest = {s for s in away if away[s] == min(away.values())}
    near = any(math.hypot(*off(body, map_id, s, click).values()) <= FAR for s in nearest)
    assert (miss.nearest is not None) == (nearer and near)
    assert miss.nearest is None or miss.nearest in {s.code for s in nearest}


def bl23(edition: Edition, lateral: float, superior: float, tolerance: float = 0.5) -> Miss:
    """A click beside BL23 on the left of the drawing, in cun."""
    spot = next(s for s in edition.body.spots("back") if s.code == "BL23" and s.side < 0)
    unit = edition.body.measure(spot, "back").cun
    click = (spot.x - lateral * unit, spot.y - superior * unit)
    return grade(edition.body, "back", "BL23", *click, tolerance)


def test_the_words_name_the_larger_part_first(edition: Edition) -> None:
    assert bl23(edition, 0.6, 0.3).words.split(";")[0] == "0.6 cun too lateral, 0.3 cun too high"
    assert bl23(edition, -0.2, -0.4).words.split(";")[0] == "0.4 cun too low, 0.2 cun too medial"
    assert bl23(edition, 0.04, 0.4).words.split(";")[0] == "0.4 cun too high"
    assert bl23(edition, 0.04, -0.03).words == "on the point"


def test_the_point_that_was_hit_instead(edition: Edition) -> None:
    assert bl23(edition, 1.4, 0.1).nearest == "BL52"
    assert bl23(edition, 1.4, 0.1).words.endswith("; that is BL52")
    assert bl23(edition, 1.4, 0.6).words.endswith("; that is BL52's line")
    assert bl23(edition, 2.5, 0.0).words.endswith("; BL52 is nearer")
    assert bl23(edition, 0.3, 0.0).nearest is None


def test_the_line_of_another_point_on_the_same_ruler(edition: Edition) -> None:
    """SP14 and ST27 are measured down the midline, four cun and two cun beside it."""

    def clicked(medial: float, down: float) -> str:
        spot = next(s for s in edition.body.spots("front") if s.code == "SP14" and s.side > 0)
        unit = edition.body.measure(spot, "front").cun
        click = (spot.x - medial * unit, spot.y + down * unit)
        return grade(edition.body, "front", "SP14", *click, 0.5).words.partition("; ")[2]

    assert clicked(2, -0.7) == "that is ST26"
    assert clicked(1.5, -0.7) == "that is ST26's line"
    assert clicked(1.5, 0.7) == "that is ST27's line"
    assert clicked(1, 1) == "ST27 is nearer", "its line is a cun away"


def clicks_around(body: Body) -> Iterator[tuple[str, XY, Miss]]:
    """Clicks in a wide ring around every spot."""
    for map_id, spot in places(body):
        unit = body.measure(spot, map_id).cun
        for east, south in ((-2.2, 0.6), (-1.5, -0.6), (-0.7, 2), (0.7, -2), (1.5, 0.6), (2.2, -4)):
            click = (spot.x + east * unit, spot.y + south * unit)
            yield map_id, click, grade(body, map_id, spot.code, *click, 0.5)


def test_a_line_is_named_only_where_it_was_mistaken(edition: Edition) -> None:
    """Who is on the point's own line has not left it, and who has may be on no line at all."""
    body, told = edition.body, 0
    for map_id, click, miss in clicks_around(body):
        if not miss.words.endswith("'s line"):
            continue
        others = [s for s in body.spots(map_id) if s.code == miss.nearest]
        other = min(others, key=lambda s: math.dist((s.x, s.y), click))
        mine, its = (placement_of(body, map_id, spot) for spot in (miss.spot, other))
        assert mine.along == its.along
        if mine.along is None:  # both so far out from the midline, as on the back
            assert min(mine.lateral, its.lateral) > 0
            assert miss.parts.get("lateral", 0) + miss.parts.get("medial", 0) > 0.5
        else:
            assert across(body, map_id, miss.spot, click) > 0.5, (map_id, miss)
            assert across(body, map_id, other, click) < 0.55, (map_id, miss)
        told += 1
    assert told > 50


def across(body: Body, map_id: str, spot: Spot, click: XY) -> float:
    """How far a click lies beside the ruler of a spot, in cun."""
    axis = tangent(body, map_id, placement_of(body, map_id, spot))
    assert axis is not None
    vectors = ways(body, map_id, spot)
    parts = off(body, map_id, spot, click)
    return sum(cun for name, cun in parts.items() if abs(dot(vectors[name], axis)) < 0.5)


@pytest.mark.parametrize(("code", "up"), [("GV3", 1.4), ("GV3", 2.2), ("GV4", 0.8), ("CV12", 1.6)])
def test_on_the_midline_no_other_line_is_named(edition: Edition, code: str, up: float) -> None:
    map_id = "back" if code.startswith("GV") else "front"
    spot = next(s for s in edition.body.spots(map_id) if s.code == code)
    unit = edition.body.measure(spot, map_id).cun
    miss = grade(edition.body, map_id, code, spot.x, spot.y - up * unit, 0.5)
    assert miss.nearest is not None
    assert "line" not in miss.words


def test_a_point_that_is_far_itself_is_not_named(edition: Edition) -> None:
    """BL37 is the nearest point far and wide, which says little 3 cun below it."""
    assert FAR == 3
    body = edition.body
    spot = next(s for s in body.spots("back") if s.code == "BL37" and s.side > 0)
    unit = body.measure(spot, "back").cun
    for down, nearest in ((0.3, "BL37"), (1, "BL37"), (2.9, "BL37"), (3.1, None), (3.4, None)):
        miss = grade(body, "back", "BL23", spot.x, spot.y + down * unit, 0.5)
        assert miss.nearest == nearest
        assert ("BL37" in miss.words) == (nearest is not None)


def test_beside_the_body_no_point_is_near(edition: Edition) -> None:
    left, top, _, height = edition.body.maps["head_front"].frame
    miss = grade(edition.body, "head_front", "GV24", left + 1, top + height / 2, 0.5)
    assert miss.nearest is None
    assert "nearer" not in miss.words


def others(body: Body) -> Iterator[tuple[str, Spot, Spot, Miss]]:
    """A click on every spot near another one: the map, the spot meant, the spot hit, the miss."""
    for map_id, other in places(body):
        if other.note == "hidden":
            continue
        for spot in body.spots(map_id):
            near = math.dist((spot.x, spot.y), (other.x, other.y)) <= 60
            if near and spot.code != other.code and spot.side == other.side:
                tolerance = tolerance_of(body.catalogue.points[spot.owner])
                miss = grade(body, map_id, spot.code, other.x, other.y, tolerance)
                yield map_id, miss.spot, other, miss


def test_a_click_on_another_point_is_not_found(edition: Edition) -> None:
    """However near the two lie to each other, unless the map draws them at one place."""
    close = 0
    for map_id, spot, other, miss in others(edition.body):
        if one_place(edition.body, map_id, spot, other):
            assert miss.nearest != other.code
            assert miss.nearest is not None or not miss.hit
            continue
        assert miss.hit, (map_id, spot.code, other.code)
        assert not miss.within
        assert rate(miss) <= Rating.Hard
        there = (other.x, other.y)
        at = {s.code for s in edition.body.spots(map_id) if math.dist((s.x, s.y), there) < 1e-6}
        assert miss.nearest in at
        assert miss.words.endswith(f"; that is {miss.nearest}")
        close += miss.cun <= miss.tolerance
    assert close > 100


def test_half_way_to_another_point_is_not_on_it(edition: Edition) -> None:
    """KI11 and CV2 lie half a cun apart: between them the nearer one counts."""
    body = edition.body
    spot = next(s for s in body.spots("front") if s.code == "KI11" and s.side > 0)
    unit = body.measure(spot, "front").cun
    here, there = (grade(body, "front", "KI11", spot.x - off * unit, spot.y, 0.5)
                   for off in (0.2, 0.3))  # fmt: skip
    assert (here.hit, here.within, here.nearest) == (False, True, None)
    assert (there.hit, there.within, there.nearest) == (True, False, "CV2")
    assert rate(here) == Rating.Easy
    assert rate(there) == Rating.Hard


def test_beside_another_point_is_not_on_it(edition: Edition) -> None:
    """Nearer to BL52 than to BL23, but within the tolerance of neither."""
    miss = bl23(edition, 0.9, 0.0)
    assert (miss.nearest, miss.hit, rate(miss)) == ("BL52", False, Rating.Hard)
    assert rate(bl23(edition, 1.5, 0.0)) == Rating.Again, "no better for hitting another"


def test_places_that_a_map_draws_over_one_another(edition: Edition) -> None:
    def one(map_id: str, code: str, other: str) -> bool:
        found = [next(s for s in edition.body.spots(map_id) if s.code == c) for c in (code, other)]
        return one_place(edition.body, map_id, *found)

    assert one("head_side", "GV24", "GB15")
    assert one("head_side", "GB15", "GV24")
    assert one("side", "ST35", "EX-LE5")
    assert not one("head_top", "GV24", "GB15")
    assert not one("front", "KI11", "CV2")


def test_a_hidden_point_is_not_named(edition: Edition) -> None:
    hidden = [(m, s) for m, s in places(edition.body) if s.note == "hidden"]
    assert hidden
    for map_id, spot in hidden:
        for other in edition.body.spots(map_id):
            if other.code != spot.code:
                miss = grade(edition.body, map_id, other.code, spot.x, spot.y, 0.5)
                assert miss.nearest != spot.code


def test_the_tolerance_decides(edition: Edition) -> None:
    assert bl23(edition, 0.4, 0).within
    assert bl23(edition, 0, 0.54).within, "it is told as 0.5"
    assert not bl23(edition, 0, 0.56).within
    assert not bl23(edition, 0.4, 0, tolerance=0.3).within
    assert bl23(edition, 0.4, 0, tolerance=0.3).tolerance == 0.3


def test_a_bent_ruler_is_followed(edition: Edition) -> None:
    """Three cun on over the crown are three cun, though the way bends by a fifth of a circle."""
    body = edition.body
    spot = next(s for s in body.spots("head_side") if s.code == "GV20")
    placement = placement_of(body, "head_side", spot)
    for cun, direction in ((3, "posterior"), (-3, "anterior")):
        there = msgspec.structs.replace(placement, cun=(placement.cun or 0) + cun)
        click = body.locator("head_side").measure(there).position
        parts = off(body, "head_side", spot, click)
        assert {n: c for n, c in parts.items() if c > 0.01} == pytest.approx({direction: 3})


def test_two_scales(edition: Edition) -> None:
    """On the lower abdomen a cun down the midline is longer than one aside."""
    body = edition.body
    spot = next(s for s in body.spots("front") if s.code == "ST27" and s.side > 0)
    placement, locator = placement_of(body, "front", spot), body.locator("front")
    assert placement.along is not None
    assert placement.scale is not None
    down, aside = locator.unit_of(placement.along), locator.unit_of(placement.scale)
    assert down > aside + 5
    assert off(body, "front", spot, (spot.x, spot.y + down)) == pytest.approx({"inferior": 1})
    assert off(body, "front", spot, (spot.x + aside, spot.y)) == pytest.approx({"lateral": 1})


def test_an_arm_has_proximal_and_distal_a_leg_high_and_low(edition: Edition) -> None:
    for code, name in (("PC6", "distal"), ("ST36", "inferior")):
        spot = next(s for s in edition.body.spots("front") if s.code == code)
        parts = off(edition.body, "front", spot, (spot.x, spot.y + 30))
        assert max(parts, key=parts.__getitem__) == name


@pytest.mark.parametrize(
    ("map_id", "code", "other", "name"),
    [
        ("front", "HT7", "LU9", "radial"),
        ("front", "LU9", "HT7", "ulnar"),
        ("front", "PC6", "PC4", "proximal"),
        ("front", "PC8", "HT8", "ulnar"),
        ("back", "SI5", "LI5", "radial"),
        ("back", "LI5", "SI5", "ulnar"),
        ("back", "TE5", "TE4", "distal"),
        ("back", "SI3", "LI3", "radial"),
        ("side", "SI5", "LI5", "radial"),
        ("side", "LI5", "SI5", "ulnar"),
        ("side", "LI3", "SI3", "ulnar"),
        ("side", "TE5", "TE9", "proximal"),
        ("side", "TE5", "TE1", "distal"),
        ("hand_palm", "HT7", "LU9", "radial"),
    ],
)
def test_below_the_elbow_words_are_those_of_the_arm(
    edition: Edition, map_id: str, code: str, other: str, name: str
) -> None:
    """Where one point lies from another, whichever way the map shows the arm: on both sides."""
    for side in {spot.side for spot in edition.body.spots(map_id)}:
        one, two = (
            next(s for s in edition.body.spots(map_id) if s.code == c and s.side == side)
            for c in (code, other)
        )
        parts = off(edition.body, map_id, one, (two.x, two.y))
        assert max(parts, key=parts.__getitem__) == name


def test_only_a_forearm_has_a_radial_side(edition: Edition) -> None:
    body = edition.body
    for map_id, spot in places(body):
        point, click = body.catalogue.points[spot.owner], (spot.x + 20, spot.y + 20)
        arm = not {"forearm", "wrist", "hand"}.isdisjoint(point.regions)
        told = set(off(body, map_id, spot, click))
        if map_id in ("front", "back", "side"):
            assert told <= {"radial", "ulnar", "proximal", "distal"} if arm else True
        if "foot" in point.regions or "lower_back" in point.regions:
            assert not told & {"radial", "ulnar"}


def test_a_map_without_a_word_for_sideways_says_left_and_right_of_the_person(
    edition: Edition,
) -> None:
    spot = next(s for s in edition.body.spots("mouth_nose") if s.code == "EX-HN12")
    for east, words in ((23, "1.0 cun too far to the left"), (-23, "1.0 cun too far to the right")):
        miss = grade(edition.body, "mouth_nose", "EX-HN12", spot.x + east, spot.y, 0.2)
        assert miss.words.split(";")[0] == words


HALF_WAY = math.sqrt(0.5)
AXES = [(math.cos(math.radians(turn)), math.sin(math.radians(turn))) for turn in range(0, 360, 15)]
AXES += [(x, y) for x in (HALF_WAY, -HALF_WAY) for y in (HALF_WAY, -HALF_WAY)]


@pytest.mark.parametrize("axis", AXES)
def test_each_way_has_a_word_of_its_own(edition: Edition, axis: XY) -> None:
    """Even on a ruler that runs just half way between two directions."""
    point = edition.catalogue.points[0]
    names = direction_names(edition.body.maps["head_side"], point, axis)
    assert sorted(names) == ["anterior", "inferior", "posterior", "superior"]
    vectors = [edition.body.maps["head_side"].directions[name] for name in names]
    assert dot(vectors[0], axis) >= 0.7
    assert dot(vectors[1], axis) <= -0.7
    assert dot(vectors[2], (-axis[1], axis[0])) >= 0.7
    assert dot(vectors[3], (-axis[1], axis[0])) <= -0.7


@pytest.mark.parametrize(("view", "symmetric"), [("superior", "false"), ("posterior", "true")])
def test_a_direction_without_any_word(tiny_folder: Path, view: str, symmetric: str) -> None:
    """Left and right are not said of a symmetric map, where both sides are one."""
    path = tiny_folder / "body_maps" / "mini.yaml"
    text = path.read_text(encoding="utf-8").replace("view: posterior", f"view: {view}")
    text = text.replace("lateral: [1, 0], medial: [-1, 0]", "proximal: [0, -1]")
    path.write_text(text.replace("symmetric: true", f"symmetric: {symmetric}"), encoding="utf-8")
    points = tiny_folder / "points.yaml"
    points.write_text(points.read_text(encoding="utf-8").replace(", lateral: 1.5", ""), "utf-8")
    body = open_edition(tiny_folder).body
    assert grade(body, "mini", "GV1", 10, 60, 0.5).words == "1.0 cun to the side"


def test_a_map_that_does_not_show_the_point(edition: Edition) -> None:
    with pytest.raises(ValueError, match=r"^the map hand_palm does not show BL23$"):
        grade(edition.body, "hand_palm", "BL23", 0, 0, 0.5)


def test_tolerances(edition: Edition) -> None:
    def of(code: str) -> float:
        return tolerance_of(edition.catalogue.points[edition.catalogue.index[code]])

    assert [of(code) for code in ("ST4", "LI4", "BL23", "ST36", "PC6")] == [0.2, 0.2, 0.5, 0.5, 0.5]
    point = edition.catalogue.points[edition.catalogue.index["BL23"]]
    assert tolerance_of(point, {"lower_back": 0.3}) == 0.3
    assert tolerance_of(point, {}, other=0.4) == 0.4
    both = msgspec.structs.replace(point, regions=["lower_back", "face"])
    assert tolerance_of(both) == 0.2


# -- names ---------------------------------------------------------------------------------


def test_every_name_of_every_point_is_right(edition: Edition) -> None:
    for point in edition.catalogue.points:
        for name in (*msgspec.structs.astuple(point.names), point.code):
            assert grade_name(edition.catalogue, point.code, name) == "right"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Shènshū", "right"),
        ("shen shu", "right"),
        ("SHEN-SHU", "right"),
        ("bl 23", "right"),
        ("肾俞", "right"),
        ("Kidney transport", "right"),
        ("shenshuu", "nearly"),
        ("sehnshu", "nearly"),
        ("kidny transprt", "nearly"),
        ("kidn trnsprt", "wrong"),
        ("shenzhu", "wrong"),  # GV12
        ("shanshou", "wrong"),
        ("BL24", "wrong"),
        ("BL2", "wrong"),
        ("BL233", "wrong"),
        ("肾", "wrong"),
        ("", "wrong"),
        ("  ", "wrong"),
    ],
)
def test_typed_names(edition: Edition, typed: str, expected: str) -> None:
    assert grade_name(edition.catalogue, "BL23", typed) == expected


def test_a_short_name_must_be_exact(edition: Edition) -> None:
    point = next(p for p in edition.catalogue.points if p.names.pinyin == "Hégǔ")
    assert grade_name(edition.catalogue, point.code, "hegu") == "right"
    assert grade_name(edition.catalogue, point.code, "hego") == "wrong"


def test_a_slip_in_a_code_is_another_code(edition: Edition) -> None:
    assert grade_name(edition.catalogue, "EX-LE7", "ex le 7") == "right"
    assert grade_name(edition.catalogue, "EX-LE7", "ex le 77") == "wrong"


def test_a_slip_that_may_mean_two_points_is_wrong(edition: Edition) -> None:
    """One key lies between it and both Shāngqiū (SP5) and Shāngqū (KI17)."""
    for code in ("SP5", "KI17"):
        assert grade_name(edition.catalogue, code, "shangqi") == "wrong"


def test_the_name_of_another_point_is_wrong(edition: Edition) -> None:
    points = edition.catalogue.points
    for point, other in pairwise(points):
        same = squeeze(point.names.pinyin) == squeeze(other.names.pinyin)
        if not same:
            assert grade_name(edition.catalogue, point.code, other.names.pinyin) == "wrong"


def test_a_name_that_two_points_share_is_right_for_both(edition: Edition) -> None:
    for code in ("ST3", "GB29"):
        assert grade_name(edition.catalogue, code, "juliao") == "right"
        assert grade_name(edition.catalogue, code, "juliiao") == "nearly"


def test_the_umlaut_may_be_typed_either_way(edition: Edition) -> None:
    point = next(p for p in edition.catalogue.points if "ǚ" in p.names.pinyin.casefold())
    plain = point.names.pinyin.replace("ǚ", "{}")
    for letter in "uvü":
        assert grade_name(edition.catalogue, point.code, plain.format(letter)) == "right"
