"""From a placement to a position."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.body.maps import XY, BodyMap, Ruler
from atlas.body.placement import (
    Locator,
    PlacementError,
    Step,
    cut,
    length,
    nearest_axis,
    point_along,
    share,
)
from atlas.catalog.model import Landmark
from atlas.catalog.point import Placement

BENT = ((0.0, 0.0), (0.0, 30.0), (40.0, 30.0))
ANY_CUN = st.integers(-200, 200).map(lambda tenths: tenths / 10)


def body_map() -> BodyMap:
    return BodyMap(
        id="m",
        title="M",
        group="G",
        label="L",
        order=1,
        view="posterior",
        symmetric=True,
        frame=(-100, 0, 200, 200),
        directions={"superior": (0, -1), "inferior": (0, 1), "lateral": (1, 0), "medial": (-1, 0)},
        landmarks={"top": (0, 10), "low_end": (0, 110), "far_side": (60, 90), "kink": (40, 110)},
        rulers={
            "spine": Ruler(through=["top", "low_end"], cun=10, measures="the back"),
            "limb": Ruler(through=["top", "low_end", "kink"], cun=14),
            "slope": Ruler(through=["top", "far_side"], cun=5, construction=True),
            "line": Ruler(through=["low_end", "top"]),
            "dot": Ruler(through=["top", "top"], cun=1),
            "by_point": Ruler(through=["top", "P1"], cun=1),
        },
        scale="spine",
    )


def locator(**placed: Placement) -> Locator:
    titles = {"top": Landmark(id="top", title="upper end", short="up")}
    return Locator(body_map(), {code: [p] for code, p in placed.items()}, titles)


def position(placement: Placement) -> XY:
    return locator().measure(placement).position


def test_at_a_landmark() -> None:
    assert position(Placement(at="far_side")) == (60, 90)


def test_shifts_are_in_cun_of_the_map() -> None:
    assert position(Placement(at="top", inferior=2, lateral=1.5)) == (15, 30)
    assert position(Placement(at="low_end", superior=2, medial=0.5)) == (-5, 90)


def test_between_two_landmarks() -> None:
    assert position(Placement(between=("top", "low_end"), part=0.25)) == (0, 35)
    assert position(Placement(between=("low_end", "top"), part=0.25)) == (0, 85)


def test_along_a_ruler_by_cun_and_by_part() -> None:
    assert position(Placement(along="spine", cun=3)) == (0, 40)
    assert position(Placement(along="line", part=0.25)) == (0, 85)
    assert position(Placement(along="limb", cun=12)) == (20, 110)
    assert position(Placement(along="spine", cun=-1)) == (0, 0)
    assert position(Placement(along="spine", cun=11)) == (0, 120)


def test_a_level_keeps_the_distance_from_the_midline() -> None:
    assert position(Placement(at="far_side", level="top", inferior=1)) == (60, 20)


def test_shifts_on_a_ruler_go_across_it_in_its_own_cun() -> None:
    found = position(Placement(along="slope", cun=1, lateral=2))
    assert found == pytest.approx((12 + 2 * 20 * 0.8, 26 - 2 * 20 * 0.6))


def test_the_cun_of_shifts() -> None:
    measure = locator().measure
    assert measure(Placement(at="top")).cun == 10
    assert measure(Placement(along="slope", cun=1)).cun == 20
    assert measure(Placement(along="line", part=0.5)).cun == 10
    assert measure(Placement(at="top", scale="slope", inferior=1)).position == (0, 30)


def test_a_point_may_be_a_landmark() -> None:
    at = locator(P1=Placement(at="P2", inferior=1), P2=Placement(at="top", lateral=1))
    assert at.landmark("P1") == (10, 20)
    assert at.measure(Placement(at="P1", inferior=1)).position == (10, 30)
    assert at.ruler_line("by_point", "") == ((0, 10), (10, 20))


def test_a_circle_of_points() -> None:
    at = locator(P1=Placement(at="P2"), P2=Placement(at="P1"))
    with pytest.raises(PlacementError, match=r"^a circle: P1 -> P2 -> P1$"):
        at.landmark("P1")


def test_a_fault_is_the_same_the_second_time() -> None:
    at = locator(P1=Placement(at="x"))
    for _ in range(2):
        with pytest.raises(PlacementError, match=r"^no landmark x "):
            at.landmark("P1")


@pytest.mark.parametrize(
    ("placement", "message", "field"),
    [
        (Placement(), "the base is none", ""),
        (Placement(at="top", along="spine", cun=1), "the base is at and along", ""),
        (Placement(at="x"), "no landmark x on the map m", "at"),
        (Placement(between=("top", "x"), part=0.5), "no landmark x on the map m", "between"),
        (Placement(between=("top", "low_end")), "between has no part", "between"),
        (Placement(along="x", cun=1), "no ruler x on the map m", "along"),
        (Placement(along="spine"), "along needs cun or part, and not both", "along"),
        (Placement(along="spine", cun=1, part=0.5), "along needs cun or part, and not both",
         "along"),
        (Placement(along="line", cun=1), "the ruler line has no cun", "along"),
        (Placement(along="dot", cun=1), "the ruler has no length", ""),
        (Placement(at="top", level="x"), "no landmark x on the map m", "level"),
        (Placement(at="top", scale="x"), "no ruler x on the map m", "scale"),
        (Placement(at="top", scale="line"), "the ruler line has no cun", "scale"),
        (Placement(at="top", radial=1), "no direction radial on the map m", "radial"),
    ],
)  # fmt: skip
def test_what_cannot_be_measured(placement: Placement, message: str, field: str) -> None:
    with pytest.raises(PlacementError) as caught:
        locator().measure(placement)
    assert (caught.value.message, caught.value.field) == (message, field)
    assert caught.value.expected


def test_the_steps_of_a_measurement() -> None:
    measured = locator().measure(Placement(along="spine", cun=2, level="far_side", lateral=1.5))
    text = "2 cun from the upper end towards the low end, which are 10 cun apart"
    ends = ((0.0, 10.0), (0.0, 110.0))
    ticks = tuple((0.0, 10.0 + 10 * i) for i in range(11))
    marks = ((ends[0], "up"), (ends[1], ""))
    assert measured.steps == (
        Step("ruler", text, ((0, 10), (0, 30)), 2, ticks, ends, marks),
        Step("level", "level with the far side", ((60, 90), (0, 90)), marks=(((60, 90), ""),)),
        Step("shift", "1.5 cun lateral", ((0, 90), (15, 90)), 1.5, ((0, 90), (10, 90))),
    )


def test_the_words_of_other_bases() -> None:
    at = locator(P1=Placement(at="top"))
    texts = [
        at.measure(placement).steps[0].text
        for placement in (
            Placement(at="P1"),
            Placement(at="top"),
            Placement(between=("top", "P1"), part=0.5),
            Placement(along="spine", part=0.1),
            Placement(along="slope", cun=1),
        )
    ]
    assert texts == [
        "P1",
        "the upper end",
        "half way from the upper end to P1",
        "10% of the way from the upper end to the low end",
        "1 cun from the upper end towards the far side",
    ]
    assert at.measure(Placement(at="P1")).steps[0].marks == (((0, 10), "P1"),)
    assert at.measure(Placement(along="spine", part=0.1)).steps[0].ticks == ()


def test_a_title_of_one_word_has_its_article_too() -> None:
    at = Locator(body_map(), {}, {"top": Landmark(id="top", title="top")})
    assert at.measure(Placement(at="top")).steps[0].text == "the top"


@given(cun=ANY_CUN, factor=ANY_CUN)
def test_a_shift_is_linear_in_cun(cun: float, factor: float) -> None:
    for base in (Placement(at="far_side"), Placement(along="slope", cun=2)):
        start, once, scaled = (_shifted(base, by) for by in (0, cun, cun * factor))
        for i in (0, 1):
            assert scaled[i] - start[i] == pytest.approx((once[i] - start[i]) * factor, abs=1e-9)


def _shifted(base: Placement, cun: float) -> XY:
    return position(Placement(at=base.at, along=base.along, cun=base.cun, lateral=cun))


@given(a=ANY_CUN, b=ANY_CUN)
def test_a_straight_ruler_is_linear_in_cun(a: float, b: float) -> None:
    first, second = (position(Placement(along="slope", cun=cun)) for cun in (a, b))
    assert math.dist(first, second) == pytest.approx(abs(a - b) * 20, abs=1e-9)


@given(part=st.floats(0, 1))
def test_part_and_cun_agree_on_a_bent_ruler(part: float) -> None:
    by_cun = position(Placement(along="limb", cun=14 * part))
    assert position(Placement(along="limb", part=part)) == pytest.approx(by_cun, abs=1e-9)


@given(distance=st.floats(0, 70))
def test_what_is_cut_from_a_line_has_that_length(distance: float) -> None:
    part = cut(BENT, distance)
    assert length(part) == pytest.approx(distance)
    assert part[-1] == point_along(BENT, distance)[0]


def test_points_and_tangents_on_a_bent_line() -> None:
    assert length(BENT) == 70
    assert point_along(BENT, 10) == ((0, 10), (0, 1))
    assert point_along(BENT, 45) == ((15, 30), (1, 0))
    assert point_along(BENT, -5) == ((0, -5), (0, 1))
    assert point_along(BENT, 80) == ((50, 30), (1, 0))


@given(angle=st.floats(0, 2 * math.pi), turn=st.floats(0, 2 * math.pi))
def test_the_nearest_axis_is_along_or_across(angle: float, turn: float) -> None:
    wanted, tangent = ((math.cos(a), math.sin(a)) for a in (angle, turn))
    axis = nearest_axis(wanted, tangent)
    assert math.hypot(*axis) == pytest.approx(1)
    assert axis[0] * wanted[0] + axis[1] * wanted[1] >= math.sqrt(0.5) - 1e-9


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (0.5, "half way"),
        (1 / 3, "one third"),
        (0.6667, "two thirds"),
        (0.25, "one quarter"),
        (0.75, "three quarters"),
        (0, "at the start"),
        (1, "at the end"),
        (0.4, "40% of the way"),
    ],
)
def test_shares_in_words(part: float, words: str) -> None:
    assert share(part) == words
