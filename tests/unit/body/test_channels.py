"""The courses of the meridians."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.body.body import Body
from atlas.body.channels import SAMPLES, Course, courses, smooth
from atlas.edition import Edition, open_edition

Edit = Callable[[str, str, str], None]
PLACES = st.tuples(st.integers(-100, 100), st.integers(-100, 100))


def found(folder: Path) -> list[Course]:
    return courses(open_edition(folder).body, "mini")


def near(place: tuple[float, float], line: tuple[tuple[float, float], ...]) -> bool:
    return min(math.dist(place, other) for other in line) < 1e-6


@given(st.lists(PLACES, min_size=2, max_size=6, unique=True))
def test_a_curve_goes_through_all_points(points: list[tuple[float, float]]) -> None:
    pieces = smooth(points)
    assert len(pieces) == len(points) - 1
    for piece, (a, b) in zip(pieces, pairwise(points), strict=True):
        assert len(piece) == SAMPLES + 1
        assert piece[0] == pytest.approx(a, abs=1e-6)
        assert piece[-1] == pytest.approx(b, abs=1e-6)


@given(st.lists(PLACES, min_size=2, max_size=6, unique=True))
def test_a_curve_is_the_same_from_either_end(points: list[tuple[float, float]]) -> None:
    there = [place for piece in smooth(points) for place in piece]
    back = [place for piece in smooth(points[::-1]) for place in piece]
    for a, b in zip(there, reversed(back), strict=True):
        assert a == pytest.approx(b, abs=1e-6)


@given(st.lists(PLACES, min_size=2, max_size=5))
def test_points_in_one_place_do_no_harm(points: list[tuple[float, float]]) -> None:
    for piece in smooth(points):
        assert all(math.isfinite(x) and math.isfinite(y) for x, y in piece)


def test_points_on_a_straight_line_stay_on_it() -> None:
    for piece in smooth([(0, 0), (0, 10), (0, 50), (0, 60)]):
        assert all(x == 0 for x, _ in piece)
        assert all(a[1] < b[1] for a, b in pairwise(piece))


def test_a_course_and_its_mirror_image(tiny_folder: Path) -> None:
    right, left = found(tiny_folder)
    assert (right.meridian, right.dashed) == ("BL", False)
    assert near((15, 30), right.line)
    assert near((15, 40), right.line)
    assert left == Course("BL", tuple((-x, y) for x, y in right.line), dashed=False)


def test_a_course_on_the_midline_has_no_mirror_image(tiny_folder: Path, edit: Edit) -> None:
    edit("points.yaml", ", lateral: 1.5", "")
    assert len(found(tiny_folder)) == 1


def test_without_named_paths_the_numbers_lead(tiny_folder: Path, edit: Edit) -> None:
    edit("body_maps/mini.yaml", "{BL_all: [BL1, BL2]}", "{}")
    right, _ = found(tiny_folder)
    assert near((15, 30), right.line)
    assert near((15, 40), right.line)


def _add_point(edit: Edit, code: str, note: str = "") -> None:
    text = f"- code: {code}\n  names: {{pinyin: c, hanzi: c, hanzi_simplified: c, english: c}}\n"
    text += f"  meridian: BL\n  regions: [leg]\n  location: At {code}.\n  finding: Feel {code}.\n"
    text += f"  places: {{mini: {{at: bottom, lateral: 2{note}}}}}\n"
    edit("points.yaml", "- code: GV1", text + "- code: GV1")


def test_a_gap_in_the_numbers_ends_a_course(tiny_folder: Path, edit: Edit) -> None:
    edit("body_maps/mini.yaml", "{BL_all: [BL1, BL2]}", "{}")
    edit("meridians.yaml", "water, points: 2", "water, points: 4")
    _add_point(edit, "BL3")
    _add_point(edit, "BL4")
    edition = open_edition(tiny_folder)
    points = [point for point in edition.catalogue.points if point.code != "BL3"]
    catalogue = msgspec.structs.replace(edition.catalogue, points=points)
    right, _ = courses(Body(list(edition.body.maps.values()), catalogue), "mini")
    assert right.line[0] == pytest.approx((15, 30))
    assert right.line[-1] == pytest.approx((15, 40))


def test_extra_points_lie_on_no_course(tiny_folder: Path, edit: Edit) -> None:
    edit("body_maps/mini.yaml", "{BL_all: [BL1, BL2]}", "{}")
    edit("meridians.yaml", "polarity: yang", "polarity: extra")
    assert found(tiny_folder) == []


def test_a_named_path_may_leave_out_and_reorder(tiny_folder: Path, edit: Edit) -> None:
    edit("body_maps/mini.yaml", "{BL_all: [BL1, BL2]}", "{BL_all: [BL2, BL1]}")
    assert found(tiny_folder)[0].line[0] == pytest.approx((15, 40))
    edit("body_maps/mini.yaml", "{BL_all: [BL2, BL1]}", "{BL_a: [BL1], BL_b: [BL2]}")
    assert found(tiny_folder) == []


def test_a_stretch_at_a_hidden_point_is_dashed(tiny_folder: Path, edit: Edit) -> None:
    _add_point(edit, "BL3", ", note: hidden")
    edit("meridians.yaml", "points: 2", "points: 3")
    edit("body_maps/mini.yaml", "[BL1, BL2]", "[BL1, BL2, BL3]")
    assert [course.dashed for course in found(tiny_folder)] == [False, True, False, True]


def test_each_shipped_course_goes_through_points_of_its_meridian(edition: Edition) -> None:
    body = edition.body
    for map_id in body.maps:
        for course in courses(body, map_id):
            on_it = {
                spot.code
                for spot in body.spots(map_id)
                if edition.catalogue.points[spot.owner].meridian == course.meridian
                and near((spot.x, spot.y), course.line)
            }
            assert len(on_it) >= 2, (map_id, course.meridian)
