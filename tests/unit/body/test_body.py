"""All maps of an edition with the points on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.body.body import Body, Spot, mirror
from atlas.body.maps import plain_title
from atlas.body.placement import Measured, Step
from atlas.edition import Edition, open_edition

PLACES = st.tuples(st.floats(-500, 500), st.floats(-500, 500))
LINES = st.lists(PLACES, max_size=4).map(tuple)
STEPS = st.builds(
    Step,
    kind=st.just("ruler"),
    text=st.text(max_size=5),
    line=LINES,
    cun=st.none() | st.floats(0, 20),
    ticks=LINES,
    ruler=LINES,
    marks=st.lists(st.tuples(PLACES, st.text(max_size=5)), max_size=3).map(tuple),
)
MEASURED = st.builds(Measured, PLACES, st.lists(STEPS, max_size=3).map(tuple), st.floats(1, 50))


@pytest.fixture
def body(tiny_folder: Path) -> Body:
    return open_edition(tiny_folder).body


def test_spots_of_a_symmetric_map(body: Body) -> None:
    assert body.spots("mini") == [
        Spot(0, "BL1", 0, 1, 15, 30, ""),
        Spot(0, "BL1", 0, -1, -15, 30, ""),
        Spot(1, "BL2", 0, 1, 15, 40, ""),
        Spot(1, "BL2", 0, -1, -15, 40, ""),
        Spot(1, "BL2", 1, 1, 0, 110, ""),
        Spot(2, "GV1", 0, 1, 0, 60, ""),
    ]


def test_a_map_of_one_side_has_no_twins(tiny_folder: Path) -> None:
    path = tiny_folder / "body_maps" / "mini.yaml"
    path.write_text(path.read_text().replace("symmetric: true", "symmetric: false"))
    assert [spot.side for spot in open_edition(tiny_folder).body.spots("mini")] == [1, 1, 1, 1]


def test_notes_are_kept(tiny_folder: Path) -> None:
    path = tiny_folder / "points.yaml"
    text = path.read_text(encoding="utf-8").replace("cun: 2, lat", "cun: 2, note: hidden, lat")
    path.write_text(text, encoding="utf-8")
    notes = [spot.note for spot in open_edition(tiny_folder).body.spots("mini")]
    assert notes == ["hidden", "hidden", "", "", "", ""]


def test_spots_and_locators_are_made_once(body: Body) -> None:
    assert body.spots("mini") is body.spots("mini")
    assert body.locator("mini") is body.locator("mini")


def test_which_points_a_map_shows(body: Body, edition: Edition) -> None:
    assert body.shown == {"mini": 0b111}
    for map_id, mask in edition.body.shown.items():
        owners = {spot.owner for spot in edition.body.spots(map_id)}
        assert mask == sum(1 << owner for owner in owners)


def test_the_measurement_of_a_spot_leads_to_it(edition: Edition) -> None:
    for map_id in edition.body.maps:
        for spot in edition.body.spots(map_id):
            measured = edition.body.measure(spot, map_id)
            assert measured.position == pytest.approx((spot.x, spot.y))
            assert measured.steps[-1].line[-1] == pytest.approx((spot.x, spot.y))


def test_the_second_place_of_a_point_has_its_own_measurement(body: Body) -> None:
    second = next(spot for spot in body.spots("mini") if spot.ordinal == 1)
    assert body.measure(second, "mini").steps[0].text == "the lower end of the spine"


@given(MEASURED)
def test_mirroring_twice_is_the_identity(measured: Measured) -> None:
    assert mirror(mirror(measured)) == measured


@given(MEASURED)
def test_mirroring_turns_every_step(measured: Measured) -> None:
    turned = mirror(measured)
    assert turned.cun == measured.cun
    assert turned.position == (-measured.position[0], measured.position[1])
    for before, after in zip(measured.steps, turned.steps, strict=True):
        assert (after.text, after.cun) == (before.text, before.cun)
        for name in ("line", "ticks", "ruler"):
            assert getattr(after, name) == tuple((-x, y) for x, y in getattr(before, name))
        assert after.marks == tuple(((-x, y), name) for (x, y), name in before.marks)


def test_the_groups_keep_the_order_of_the_maps(edition: Edition) -> None:
    groups = edition.body.groups
    assert [m.id for maps in groups.values() for m in maps if m.group == "Head"] == [
        m.id for m in edition.body.maps.values() if m.group == "Head"
    ]
    assert sum(len(maps) for maps in groups.values()) == len(edition.body.maps)
    orders = [m.order for m in edition.body.maps.values()]
    assert orders == sorted(orders)


def test_what_lies_in_the_frame(body: Body) -> None:
    mini = body.maps["mini"]
    assert mini.contains((-100, 0))
    assert mini.contains((100, 200))
    outside = [(-101, 5), (101, 5), (0, -1), (0, 201)]
    assert not any(mini.contains(place) for place in outside)


def test_plain_titles() -> None:
    assert plain_title("GV4") == "GV4"
    assert plain_title("medial_malleolus") == "medial malleolus"
