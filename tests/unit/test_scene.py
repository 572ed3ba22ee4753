"""From edition and view to a picture."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.catalog.query import Query
from atlas.edition import open_edition
from atlas.scene import MapScene, Stage, View, resolve


@pytest.fixture
def tiny(tiny_folder: Path) -> Stage:
    return Stage(open_edition(tiny_folder))


def visible_codes(scene: MapScene) -> list[str]:
    return [s.code for s, shown in zip(scene.sheet.spots, scene.visible, strict=True) if shown]


def test_without_a_filter_all_spots_are_visible(tiny: Stage) -> None:
    scene = resolve(tiny, View(map_id="mini"))
    assert visible_codes(scene) == ["BL1", "BL1", "BL2", "BL2", "BL2", "GV1"]
    assert scene.matching == 0b111
    assert (scene.selected, scene.twins, scene.measured) == (None, (), None)


def test_a_filter_leaves_the_spots_of_matching_points(tiny: Stage) -> None:
    scene = resolve(tiny, View(map_id="mini", query=Query(region=frozenset({"leg"}))))
    assert visible_codes(scene) == ["BL2", "BL2", "BL2", "GV1"]
    nothing = resolve(tiny, View(map_id="mini", query=Query(region=frozenset({"arm"}))))
    assert visible_codes(nothing) == []


def test_the_selected_point_and_its_twins(tiny: Stage) -> None:
    scene = resolve(tiny, View(map_id="mini", selected="BL1"))
    assert (scene.selected, scene.twins) == (0, (0, 1))
    assert scene.measured is not None
    assert scene.measured.position == (15, 30)


def test_the_chosen_side_carries_the_ruler(tiny: Stage) -> None:
    scene = resolve(tiny, View(map_id="mini", selected="BL1", spot=1))
    assert scene.selected == 1
    assert scene.measured is not None
    assert scene.measured.position == (-15, 30)


def test_a_spot_of_another_point_is_not_taken(tiny: Stage) -> None:
    assert resolve(tiny, View(map_id="mini", selected="BL1", spot=4)).selected == 0


def test_a_selected_point_that_the_map_does_not_show(stage: Stage) -> None:
    scene = resolve(stage, View(map_id="hand_palm", selected="BL23"))
    assert (scene.selected, scene.twins, scene.measured) == (None, (), None)


def test_courses_only_in_their_layer_and_of_matching_meridians(tiny: Stage) -> None:
    def meridians(query: Query, *layers: str) -> set[str]:
        view = View(map_id="mini", query=query, layers=frozenset(layers))  # type: ignore[arg-type]
        return {course.meridian for course in resolve(tiny, view).courses}

    assert meridians(Query()) == set()
    assert meridians(Query(), "channels") == {"BL"}
    assert meridians(Query(region=frozenset({"leg"})), "channels") == {"BL"}
    assert meridians(Query(meridian=frozenset({"GV"})), "channels") == set()


def test_the_arrays_of_a_sheet_are_its_spots(stage: Stage) -> None:
    for map_id in stage.body.maps:
        sheet = stage.sheet(map_id)
        assert sheet.x.tolist() == [spot.x for spot in sheet.spots]
        assert sheet.y.tolist() == [spot.y for spot in sheet.spots]
        assert sheet.owner.tolist() == [spot.owner for spot in sheet.spots]


def test_sheets_are_made_once(stage: Stage) -> None:
    assert stage.sheet("back") is stage.sheet("back")


def test_spots_by_code(tiny: Stage) -> None:
    assert tiny.sheet("mini").of_code == {"BL1": [0, 1], "BL2": [2, 3, 4], "GV1": [5]}


def test_the_nearest_spots(tiny: Stage) -> None:
    sheet = tiny.sheet("mini")
    everything = np.ones(6, bool)
    found = sheet.nearest(15, 31, everything, limit=3)
    assert [spot for spot, _ in found] == [0, 2, 1]
    assert [distance for _, distance in found] == pytest.approx([1, 9, math.hypot(30, 1)])


def test_hidden_spots_are_never_nearest(tiny: Stage) -> None:
    among = np.array([False, True, False, False, True, False])
    assert [spot for spot, _ in tiny.sheet("mini").nearest(15, 31, among)] == [1, 4]


@given(x=st.floats(-600, 600), y=st.floats(-100, 1800))
def test_nearest_is_nearest(stage: Stage, x: float, y: float) -> None:
    sheet = stage.sheet("back")
    found = sheet.nearest(x, y, np.ones(len(sheet.spots), bool), limit=5)
    everything = sorted(math.hypot(s.x - x, s.y - y) for s in sheet.spots)
    assert [distance for _, distance in found] == pytest.approx(everything[:5])


def test_how_many_matching_points_each_map_shows(tiny: Stage, stage: Stage) -> None:
    assert tiny.map_counts(0b101) == {"mini": 2}
    assert tiny.map_counts(0) == {"mini": 0}
    counts = stage.map_counts(stage.facets.all)
    for map_id, count in counts.items():
        assert count == len(stage.sheet(map_id).of_code)


def test_the_best_map_of_a_point(stage: Stage) -> None:
    point = stage.catalogue.point("LU1")
    assert point is not None
    assert stage.best_map("LU1", "back") == next(iter(point.places))
    assert stage.best_map("XX1", "back") is None


def test_a_map_that_shows_the_point_is_kept(stage: Stage) -> None:
    point = next(point for point in stage.catalogue.points if len(point.places) > 1)
    for map_id in point.places:
        assert stage.best_map(point.code, map_id) == map_id
