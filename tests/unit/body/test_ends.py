"""From which end of a ruler a measurement is told."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from atlas.body.body import Body, Spot, mirror
from atlas.body.ends import counts_from_last
from atlas.body.maps import BodyMap, Ruler
from atlas.body.placement import Locator, Step, length
from atlas.catalog.model import Landmark
from atlas.catalog.point import Placement
from atlas.edition import Edition


def locator() -> Locator:
    body_map = BodyMap(
        id="m",
        title="M",
        group="G",
        label="L",
        order=1,
        view="anterior",
        symmetric=True,
        frame=(-200, 0, 400, 200),
        directions={"proximal": (0, -1), "distal": (0, 1), "lateral": (1, 0), "medial": (-1, 0)},
        landmarks={"elbow": (0, 0), "bend": (0, 60), "wrist": (60, 60), "arc_5_cun": (0, 120)},
        rulers={
            "arm": Ruler(through=["elbow", "bend"], cun=12),
            "odd": Ruler(through=["elbow", "bend", "wrist"], cun=12.5, construction=True),
            "across": Ruler(through=["bend", "wrist"], cun=6),
            "arc": Ruler(through=["elbow", "arc_5_cun"], cun=12),
            "line": Ruler(through=["elbow", "bend"]),
        },
        scale="arm",
    )
    titles = {"bend": Landmark(id="bend", title="bend, at the wrist")}
    return Locator(body_map, {}, titles)


def along(cun: float, ruler: str = "arm", lateral: float = 0) -> Placement:
    return Placement(along=ruler, cun=cun, lateral=lateral)


@pytest.mark.parametrize(
    ("location", "placement", "turned"),
    [
        ("2 cun above the wrist.", along(10), True),
        ("2 cun proximal to the wrist.", along(10), True),
        ("2 cun straight above the wrist.", along(10), True),
        ("1.5 cun superior to the wrist.", along(10.5), True),
        ("2.5 cun above the wrist.", along(10, "odd"), True),
        ("6 cun below the elbow.", along(6), False),
        ("6 cun above the wrist.", along(6), True),
        ("6 cun lateral to the midline.", along(6), False),
        ("2 cun below the elbow.", along(2), False),
        ("10 cun below the elbow, 2 cun above the wrist.", along(10), False),
        ("3 cun above the wrist.", along(10), False),
        ("12 cun above the wrist.", along(10), False),
        ("1.2 cun above the wrist.", along(10), False),
        ("2 finger cun above the wrist.", along(10), False),
        ("2 cun below the wrist.", along(10), False),
        ("2 cun lateral to the midline.", along(10), False),
        ("10 cun above the wrist, 2 cun lateral to the midline.", along(2, lateral=2), True),
        ("10 cun above the wrist, 2 cun lateral to the midline.", along(2), False),
        ("2 cun above the wrist, 2 cun lateral to the midline.", along(10, lateral=2), True),
        ("2 cun above the wrist, 4 cun lateral to the midline.", along(4, "across"), False),
        ("2 cun above the hairline.", along(10, "arc"), False),
        ("2 cun above the wrist.", Placement(along="line", part=0.5), False),
        ("2 cun above the wrist.", Placement(at="bend", proximal=2), False),
        ("2 cun above.", Placement(along="arm", cun=10, proximal=2), False),
    ],
)
def test_from_which_end_a_statement_counts(
    location: str, placement: Placement, turned: bool
) -> None:
    assert counts_from_last(location, placement, locator()) is turned


def test_a_step_from_the_last_landmark() -> None:
    ends = ((0.0, 60.0), (0.0, 0.0))
    ticks = tuple((0.0, 60.0 - 5 * i) for i in range(13))
    text = "1.5 cun from the bend, at the wrist, towards the elbow, which are 12 cun apart"
    assert locator().from_last(along(10.5)) == Step(
        "ruler", text, ((0, 60), (0, 52.5)), 1.5, ticks, ends, ((ends[0], ""), (ends[1], ""))
    )


def test_a_bent_ruler_of_another_length_is_counted_from_its_last_landmark() -> None:
    step = locator().from_last(along(2.5, "odd"))
    assert step.text == "10 cun from the wrist towards the elbow"
    assert step.line[:2] == ((60.0, 60.0), (0.0, 60.0))
    assert step.ticks[0] == (60.0, 60.0)
    assert list(step.line[2]) == pytest.approx([0, 24])
    assert list(step.ticks[10]) == pytest.approx([0, 24])
    assert list(step.ticks[-1]) == pytest.approx([0, 4.8])  # 12 of 12.5 cun


def spot_of(body: Body, map_id: str, code: str, side: int = 1) -> Spot:
    return next(s for s in body.spots(map_id) if (s.code, s.side) == (code, side))


@pytest.mark.parametrize(
    ("code", "map_id", "text"),
    [
        ("PC6", "front", "2 cun from the midpoint of the palmar wrist crease towards"),
        ("PC6", "hand_palm", "2 cun from the midpoint of the palmar wrist crease towards"),
        ("SP6", "front", "3 cun from the prominence of the medial malleolus towards"),
        ("SP6", "leg_medial", "3 cun from the prominence of the medial malleolus towards"),
        ("LU6", "front", "7 cun from the radial side of the palmar wrist crease towards"),
        ("LU7", "arm_radial", "1.5 cun from the radial side of the palmar wrist crease towards"),
        ("LU8", "front", "1 cun from the radial side of the palmar wrist crease towards"),
        ("ST19", "front", "6 cun from the centre of the umbilicus towards"),
        ("ST23", "front", "2 cun from the centre of the umbilicus towards"),
        ("CV12", "side", "4 cun from the centre of the umbilicus towards"),
        ("BL58", "back", "7 cun from the back of the ankle, level with the lateral malleolus, "),
        ("TE5", "side", "2 cun from the midpoint of the dorsal wrist crease towards"),
        ("TE13", "back", "3 cun from the angle of the acromion towards"),
        ("GV18", "head_side", "4 cun from the midpoint of the posterior hairline towards"),
        # These tell the number that their placement counts, or none.
        ("LI10", "side", "2 cun from LI11 towards"),
        ("ST36", "front", "3 cun from the lateral eye of the knee towards"),
        ("ST38", "front", "8 cun from the lateral eye of the knee towards"),
        ("ST27", "front", "2 cun from the centre of the umbilicus towards"),
        ("ST28", "front", "3 cun from the centre of the umbilicus towards"),
        ("CV15", "front", "1 cun from the xiphisternal junction towards"),
        ("SP8", "front", "3 cun from the lower border of the medial condyle of the tibia towards"),
        ("TE9", "back", "5 cun from the prominence of the olecranon towards"),
        ("PC1", "front", "5 cun from the anterior midline, "),
        ("BL57", "back", "8 cun from the midpoint of the popliteal crease towards"),
        ("BL23", "back", "the lower border of the spinous process of L2"),
        # What is left of the ruler is told by chance.
        ("BL6", "head_top", "0.5 cun from the bregma of the skull towards"),
        ("GB17", "head_top", "0.5 cun from the bregma of the skull towards"),
        # Their data count from there.
        ("EX-HN1", "head_top", "1 cun from the midline of the scalp, 5 cun above"),
        ("EX-HN1", "head_back", "1 cun from the midline of the scalp, 5 cun above"),
    ],
)
def test_points_are_told_as_they_are_learnt(
    edition: Edition, code: str, map_id: str, text: str
) -> None:
    spot = spot_of(edition.body, map_id, code)
    assert edition.body.measure(spot, map_id).steps[0].text.startswith(text)


def test_turning_round_moves_nothing(edition: Edition) -> None:
    """All points on all maps: the same place, the same shifts, the same ruler."""
    body, turned = edition.body, 0
    for map_id in body.maps:
        for spot in body.spots(map_id):
            placement = edition.catalogue.points[spot.owner].spots(map_id)[spot.ordinal]
            plain = body.locator(map_id).measure(placement)
            plain = mirror(plain) if spot.side < 0 else plain
            shown = body.measure(spot, map_id)
            assert (shown.position, shown.cun) == (plain.position, plain.cun)
            assert shown.steps[1:] == plain.steps[1:]
            if shown.steps[0] != plain.steps[0]:
                turned += 1
                check_turned(plain.steps[0], shown.steps[0])
                location = edition.catalogue.points[spot.owner].location
                assert f"{shown.steps[0].cun:g} cun " in location
    assert turned > 100


def check_turned(plain: Step, shown: Step) -> None:
    """The same place on the same ruler, from its other end, with a tick at every cun."""
    assert shown.kind == plain.kind == "ruler"
    assert shown.ruler == plain.ruler[::-1]
    assert shown.marks == plain.marks[::-1]
    assert shown.line[0] == plain.ruler[-1]
    assert shown.line[-1] == pytest.approx(plain.line[-1])
    assert length(shown.line) + length(plain.line) == pytest.approx(length(plain.ruler))
    assert shown.cun is not None
    assert shown.ticks[0] == shown.line[0]
    unit = length(shown.line) / shown.cun
    assert all(math.dist(a, b) <= unit * 1.000001 for a, b in pairwise(shown.ticks))


def test_both_sides_are_told_from_the_same_end(edition: Edition) -> None:
    right, left = (spot_of(edition.body, "front", "PC6", side) for side in (1, -1))
    measured = edition.body.measure(right, "front")
    assert measured.steps[0].cun == 2
    assert edition.body.measure(left, "front") == mirror(measured)
