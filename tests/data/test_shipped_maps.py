"""Relations between points that must hold on the shipped maps, whatever is drawn."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from atlas.edition import Edition

Place = Callable[[str, str], tuple[float, float]]

# Each back-shu point lies level with the lower border of the spinous process that a point
# of the Governor Vessel lies under: T1, T3, T5, T6, T7, T9, T10, T11, L1, L2, L4.
LEVELS = [("BL11", "GV13"), ("BL13", "GV12"), ("BL15", "GV11"), ("BL16", "GV10"),
          ("BL17", "GV9"), ("BL18", "GV8"), ("BL19", "GV7"), ("BL20", "GV6"),
          ("BL22", "GV5"), ("BL23", "GV4"), ("BL25", "GV3")]  # fmt: skip

ORDERS = {
    "front": ["CV2-24 up", "ST31-39 down", "KI22-27 up", "PC3-8 down", "ST19-30 down"],
    "back": ["GV2-20 up", "BL11-26 down", "BL36-38 down", "BL55-57 down", "BL41-52 down"],
    "side": ["GB30-34 down", "GB36-40 down"],
    "arm_radial": ["LI5-12 up"],
    "leg_medial": ["SP6-11 up", "LR4-6 up"],
    "hand_dorsum": ["LI1-5 down"],
}


@pytest.fixture(scope="module")
def place(edition: Edition) -> Place:
    """Where a point lies on a map, on the authored side."""

    def find(map_id: str, code: str) -> tuple[float, float]:
        first = next(s for s in edition.body.spots(map_id) if s.code == code and s.side > 0)
        return first.x, first.y

    return find


@pytest.mark.parametrize(("shu", "vessel"), LEVELS)
def test_back_shu_points_are_level_with_the_vertebra(place: Place, shu: str, vessel: str) -> None:
    x, y = place("back", shu)
    assert (0, y) == pytest.approx(place("back", vessel), abs=0.01)
    assert x == pytest.approx(place("back", "BL12")[0])


@pytest.mark.parametrize(("outer", "inner"), list(zip(range(41, 53), range(12, 24), strict=True)))
def test_the_outer_line_is_twice_as_far_out(place: Place, outer: int, inner: int) -> None:
    x, y = place("back", f"BL{inner}")
    assert place("back", f"BL{outer}") == pytest.approx((2 * x, y))


@pytest.mark.parametrize(
    ("order", "map_id"), [(order, map_id) for map_id, found in ORDERS.items() for order in found]
)
def test_points_follow_each_other(place: Place, order: str, map_id: str) -> None:
    numbers, way = order.split()
    meridian, (first, last) = numbers[:2], map(int, numbers[2:].split("-"))
    heights = [place(map_id, f"{meridian}{n}")[1] for n in range(first, last + 1)]
    if way == "up":
        heights.reverse()
    assert all(a < b for a, b in pairwise(heights))


@pytest.mark.parametrize(
    ("vessel", "kidney", "stomach", "spleen"),
    [
        ("CV8", "KI16", "ST25", "SP15"),
        ("CV5", "KI14", "ST27", None),
        ("CV11", "KI18", "ST22", None),
    ],
)
def test_the_lines_of_the_abdomen(
    place: Place, vessel: str, kidney: str, stomach: str, spleen: str | None
) -> None:
    """0.5, 2 and 4 cun lateral, all at the height of the point on the midline."""
    x, y = place("front", stomach)
    assert place("front", vessel) == pytest.approx((0, y))
    assert place("front", kidney) == pytest.approx((x / 4, y))
    if spleen is not None:
        assert place("front", spleen) == pytest.approx((2 * x, y))


def test_the_lines_of_the_chest(place: Place) -> None:
    """2, 4 and 6 cun lateral to the midline."""
    cun = place("front", "KI25")[0] / 2
    for codes, lateral in (
        ("KI22 KI23 KI24 KI26 KI27", 2),
        ("ST13 ST14 ST15 ST16 ST17 ST18", 4),
        ("SP18 SP19 SP20 LU1 LU2", 6),
    ):
        for code in codes.split():
            assert place("front", code)[0] == pytest.approx(lateral * cun), code


@pytest.mark.parametrize(
    ("map_id", "codes"),
    [
        ("front", "CV8 CV9 CV10 CV11 CV12 CV13 CV14 CV15"),
        ("front", "CV8 CV7 CV5 CV4 CV3 CV2"),
        ("front", "ST19 ST20 ST21 ST22 ST23 ST24 ST25"),
        ("front", "ST25 ST26 ST27 ST28 ST29 ST30"),
        ("front", "ST35 ST36 ST37"),
        ("side", "GB37 GB38 GB39"),
        ("back", "BL55 BL56 BL57"),
    ],
)
def test_equal_steps(place: Place, map_id: str, codes: str) -> None:
    heights = [place(map_id, code)[1] for code in codes.split()]
    steps = [b - a for a, b in pairwise(heights)]
    assert abs(steps[0]) > 10
    # a hundredth of a step is left for limbs that are not drawn upright
    assert steps == pytest.approx([steps[0]] * len(steps), rel=0.01)


@pytest.mark.parametrize(
    ("map_id", "codes"),
    [
        ("back", "BL27 BL31"),
        ("back", "BL28 BL32 BL53"),
        ("back", "BL29 BL33"),
        ("back", "BL30 BL34 BL54"),
        ("front", "ST38 ST40"),
        ("side", "GB35 GB36"),
        ("leg_medial", "KI9 LR5"),
    ],
)
def test_points_on_one_level(place: Place, map_id: str, codes: str) -> None:
    heights = [place(map_id, code)[1] for code in codes.split()]
    assert heights == pytest.approx([heights[0]] * len(heights))


def test_vessels_lie_on_the_midline(edition: Edition) -> None:
    for map_id, body_map in edition.body.maps.items():
        for spot in edition.body.spots(map_id):
            if body_map.symmetric and spot.code[:2] in ("GV", "CV"):
                assert spot.x == pytest.approx(0), (map_id, spot.code)
