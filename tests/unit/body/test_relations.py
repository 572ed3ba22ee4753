"""Points on the same level."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.body.body import Body
from atlas.body.relations import TOLERANCE, same_level
from atlas.catalog.point import Placement, Point
from atlas.edition import Edition, open_edition
from tests.conftest import TINY


def level(edition: Edition, code: str) -> list[str]:
    point = edition.catalogue.point(code)
    assert point is not None
    return same_level(edition.body, point)


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("BL23", {"GV4", "BL52"}),
        ("GV4", {"BL23", "BL52"}),
        ("BL52", {"BL23", "GV4"}),
        ("CV8", {"KI16", "ST25", "SP15"}),
    ],
)
def test_known_levels(edition: Edition, code: str, others: set[str]) -> None:
    assert others <= set(level(edition, code))


def test_neighbours_above_and_below_are_on_another_level(edition: Edition) -> None:
    assert not {"BL22", "BL24", "GV3", "GV5", "BL51"} & set(level(edition, "BL23"))


def test_never_the_point_itself_nor_one_twice(edition: Edition) -> None:
    index = edition.catalogue.index
    for point in edition.catalogue.points:
        found = same_level(edition.body, point)
        assert point.code not in found
        assert found == sorted(set(found), key=index.__getitem__), "in catalogue order"


def test_points_of_other_parts_at_the_same_height_are_not_named(edition: Edition) -> None:
    """A hand hangs beside the thigh; neither says where the other lies."""
    points = edition.catalogue.points
    arm = {"upper_arm", "elbow", "forearm", "wrist", "hand"}
    for point in points:
        if set(point.regions) <= {"lower_back", "sacrum", "abdomen", "thigh", "lower_leg"}:
            for code in level(edition, point.code):
                assert not arm & set(points[edition.catalogue.index[code]].regions)


# -- three points of one's own -------------------------------------------------------------


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("relations")
    for name, text in TINY.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return open_edition(folder)


def placed(edition: Edition, view: str = "posterior", **changes: dict[str, Any]) -> Body:
    """The tiny points, all on the lower back, with what changes of each by its code."""
    catalogue = edition.catalogue
    points = [
        msgspec.structs.replace(p, **{"regions": ["lower_back"], **changes.get(p.code, {})})
        for p in catalogue.points
    ]
    body_map = msgspec.structs.replace(edition.body.maps["mini"], view=view)
    return Body([body_map], msgspec.structs.replace(catalogue, points=points))


def at(cun: float, **more: Any) -> dict[str, Any]:
    """A placement from the top downwards; one cun is ten units."""
    return {"places": {"mini": Placement(at="top", inferior=cun, **more)}}


def along(cun: float, **more: Any) -> dict[str, Any]:
    return {"places": {"mini": Placement(along="spine", cun=cun, **more)}}


def named(body: Body, code: str) -> list[str]:
    point: Point = body.catalogue.points[body.catalogue.index[code]]
    return same_level(body, point)


def three(tiny: Edition, second: dict[str, Any], view: str = "posterior") -> Body:
    """Two points 3 cun down, the second changed, and one far away."""
    return placed(tiny, view, BL1=at(3, lateral=1), BL2=second, GV1=at(9))


def test_the_same_height(tiny: Edition) -> None:
    body = three(tiny, at(3, lateral=2))
    assert [named(body, code) for code in ("BL1", "BL2", "GV1")] == [["BL2"], ["BL1"], []]


@pytest.mark.parametrize("sign", [1, -1])
def test_how_much_off_a_level_may_be(tiny: Edition, sign: int) -> None:
    assert named(three(tiny, at(3 + sign * (TOLERANCE - 0.01))), "BL1") == ["BL2"]
    assert named(three(tiny, at(3 + sign * (TOLERANCE + 0.01))), "BL1") == []
    assert 0.1 < TOLERANCE < 0.2, "less than what tells neighbours apart"


def test_a_height_says_nothing_of_other_parts(tiny: Edition) -> None:
    body = three(tiny, {**at(3), "regions": ["hand"]})
    assert named(body, "BL1") == named(body, "BL2") == []
    body = three(tiny, {**at(3), "regions": ["sacrum", "thigh"]})
    assert named(body, "BL1") == ["BL2"], "back and sacrum are one upright part"


@pytest.mark.parametrize("view", ["superior", "plantar", "dorsal", "palmar"])
def test_a_height_says_nothing_where_nothing_stands_upright(tiny: Edition, view: str) -> None:
    assert named(three(tiny, at(3), view), "BL1") == []


@pytest.mark.parametrize("note", ["hidden", "approximate"])
def test_places_that_are_not_sure_are_not_compared(tiny: Edition, note: str) -> None:
    body = three(tiny, at(3, note=note))
    assert named(body, "BL1") == named(body, "BL2") == []
    body = placed(tiny, BL1=along(3), BL2=along(3, note=note), GV1=at(9))
    assert named(body, "BL1") == named(body, "BL2") == []


def test_on_an_arm_as_many_cun_along_a_ruler_are_a_level(tiny: Edition) -> None:
    arm = {"regions": ["forearm"]}
    body = placed(tiny, BL1={**along(3), **arm}, BL2={**along(3, lateral=2), **arm},
                  GV1={**along(4), **arm})  # fmt: skip
    assert [named(body, code) for code in ("BL1", "BL2", "GV1")] == [["BL2"], ["BL1"], []]


@pytest.mark.parametrize("more", [{"superior": 1}, {"inferior": 1}, {"level": "bottom"}])
def test_who_leaves_the_ruler_lengthwise_is_not_on_its_level(
    tiny: Edition, more: dict[str, Any]
) -> None:
    arm = {"regions": ["forearm"]}
    body = placed(tiny, BL1={**along(3), **arm}, BL2={**along(3, **more), **arm}, GV1=at(9))
    assert named(body, "BL1") == named(body, "BL2") == []


def test_a_point_of_several_places_has_no_level(tiny: Edition) -> None:
    both = {"places": {"mini": [Placement(at="top", inferior=cun) for cun in (3, 9)]}}
    body = three(tiny, both)
    assert [named(body, code) for code in ("BL1", "BL2", "GV1")] == [[], [], []]
    ruler = {"places": {"mini": [Placement(along="spine", cun=cun) for cun in (3, 9)]}}
    body = placed(tiny, BL1=along(3), BL2=ruler, GV1=along(9))
    assert [named(body, code) for code in ("BL1", "BL2", "GV1")] == [[], [], []]


def test_the_head_is_round_and_has_no_levels(tiny: Edition) -> None:
    head = {"regions": ["head"]}
    assert named(placed(tiny, BL1={**at(3), **head}, BL2={**at(3), **head}), "BL1") == []


# -- properties ----------------------------------------------------------------------------

CUN = st.integers(0, 50).map(lambda hundredths: hundredths / 100)


@given(cun=st.tuples(CUN, CUN, CUN))
def test_same_level_is_nearness_in_height(tiny: Edition, cun: tuple[float, float, float]) -> None:
    """Where a cun is as long at both points."""
    body = placed(tiny, BL1=at(cun[0], lateral=1), BL2=at(cun[1]), GV1=at(cun[2]))
    codes = [point.code for point in body.catalogue.points]
    level_of = {code: named(body, code) for code in codes}
    for i, code in enumerate(codes):
        for k, other in enumerate(codes):
            if i == k or abs(abs(cun[i] - cun[k]) - TOLERANCE) < 1e-6:
                continue
            assert (other in level_of[code]) == (abs(cun[i] - cun[k]) < TOLERANCE)
            assert (other in level_of[code]) == (code in level_of[other])


def test_same_level_is_symmetric_between_all_shipped_points(edition: Edition) -> None:
    levels = {point.code: level(edition, point.code) for point in edition.catalogue.points}
    pairs = {(code, other) for code, others in levels.items() for other in others}
    assert pairs
    assert {(other, code) for code, other in pairs} == pairs
