"""Rules that placements and maps must keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.body.check import check_map, check_placements
from atlas.edition import Edition

Edit = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]
MAP = "body_maps/mini.yaml"


def test_the_shipped_maps_and_placements_are_clean(edition: Edition) -> None:
    assert list(check_placements(edition.body)) == []
    codes = set(edition.catalogue.index)
    assert [list(check_map("x", body_map, codes)) for body_map in edition.body.maps.values()] == [
        [] for _ in edition.body.maps
    ]


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("mini: {along: spine, part", "muni: {along: spine, part", "31:11",
         "GV1: no map muni (did you mean mini?)"),
        ("{at: BL1, inferior: 1}", "{at: GV9, inferior: 1}", "22:17",
         "BL2: no landmark GV9 on the map mini (a landmark of the map or a point placed on it)"),
        ("{at: bottom}", "{at: botom}", "22:41",
         "BL2: no landmark botom on the map mini (a landmark of the map or a point placed on it)"),
        ("{along: spine, part: 0.5}", "{along: spin, part: 0.5}", "31:19",
         "GV1: no ruler spin on the map mini (one of spine)"),
        ("{along: spine, part: 0.5}", "{part: 0.5}", "31:11",
         "GV1: the base is none (exactly one of at, along, between)"),
        ("inferior: 1}", "radial: 1}", "22:30",
         "BL2: no direction radial on the map mini (one of superior, inferior, lateral, medial)"),
        ("inferior: 1}", "inferior: 30}", "22:12",
         "BL2: (15, 330) is outside the map mini (a position inside the frame)"),
        ("{at: BL1, inferior: 1}", "{at: BL2, inferior: 1}", "22:17",
         "BL2: a circle: BL2 -> BL2 (a landmark to begin from)"),
    ],
)  # fmt: skip
def test_a_fault_in_a_placement(
    old: str, new: str, place: str, message: str, edit: Edit, problems: Problems
) -> None:
    edit("points.yaml", old, new)
    assert problems() == [f"points.yaml:{place}: {message}"]


def test_a_fault_is_told_at_each_point_that_builds_on_it(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "along: spine, cun: 2", "along: spin, cun: 2")
    codes = [fault.split(": ")[1] for fault in problems()]
    assert codes == ["BL1", "BL2"]


@pytest.mark.parametrize("number", ["1.0e999", "-1.0e999"])
def test_an_endless_shift_is_a_fault_and_no_crash(
    number: str, edit: Edit, problems: Problems
) -> None:
    edit("points.yaml", "inferior: 1}", f"inferior: {number}}}")
    (fault,) = problems()
    assert fault.startswith("points.yaml:22:")


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("[top, bottom]", "[tap, bottom]", "12:21", "no landmark tap (did you mean top?)"),
        ("scale: spine", "scale: spin", "13:8", "no ruler spin (did you mean spine?)"),
        (", cun: 10}", "}", "13:8", "the ruler spine has no cun (a ruler with a length)"),
        (
            "medial: [",
            "medal: [",
            "9:75",
            "unknown direction medal (did you mean medial or radial or distal?)",
        ),
        ("[BL1, BL2]", "[BL1, BL7]", "14:32", "no point BL7 (a code of points.yaml)"),
        ("id: mini", "id: maxi", "1:5", "id maxi (id: mini)"),
    ],
)
def test_a_fault_in_a_map(
    old: str, new: str, place: str, message: str, edit: Edit, problems: Problems
) -> None:
    edit(MAP, old, new)
    assert f"{MAP}:{place}: {message}" in problems()


def test_a_faulty_map_is_not_measured_on(edit: Edit, problems: Problems) -> None:
    edit(MAP, "scale: spine", "scale: spin")
    edit("points.yaml", "{at: bottom}", "{at: botom}")
    assert [fault.split(":")[0] for fault in problems()] == [MAP]


def test_a_ruler_may_go_through_points(edit: Edit, problems: Problems) -> None:
    edit(MAP, "  spine:", "  other: {through: [top, GV1], cun: 5}\n  spine:")
    assert problems() == []


def test_the_drawing_must_be_there(tiny_folder: Path, problems: Problems) -> None:
    (tiny_folder / "body_maps" / "mini.svg").unlink()
    assert problems() == [
        f"{MAP}:1:5: the drawing mini.svg: no such file or directory (a drawing beside this file)"
    ]


FRAME = 'viewBox="-100 0 200 200"'
NO_BONES = 'the drawing mini.svg has no last group bones (<g id="bones"> before its end)'


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("</g>\n</svg>", "</svg>", "1:5",
         "the drawing mini.svg is not XML: mismatched tag: line 3, column 57 (a drawing in SVG)"),
        ("<svg xml", '<?xml version="1.0" encoding="none"?><svg xml', "1:5",
         "the drawing mini.svg is not XML: unknown encoding: none (a drawing in SVG)"),
        ("<svg xml", '<?xml version="1.0" encoding="utf-32"?><svg xml', "1:5",
         ("the drawing mini.svg is not XML: multi-byte encodings are not supported "
          "(a drawing in SVG)")),
        ("0 200 200", "0 200 210", "8:8",
         f"the drawing mini.svg has another viewBox: -100 0 200 210 ({FRAME})"),
        ("0 200 200", "0 200 x", "8:8",
         f"the drawing mini.svg has another viewBox: -100 0 200 x ({FRAME})"),
        (FRAME, "", "8:8", f"the drawing mini.svg has another viewBox: none ({FRAME})"),
        ('id="bones"', 'id="bone"', "1:5", NO_BONES),
        ("</svg>", "<g /></svg>", "1:5", NO_BONES),
        ('<g id="bones">', '<g><g id="bones"></g>', "1:5", NO_BONES),
        ("</svg>", "</svg >", "1:5", NO_BONES),
    ],
)  # fmt: skip
def test_a_fault_in_a_drawing(
    old: str, new: str, place: str, message: str, edit: Edit, problems: Problems
) -> None:
    edit("body_maps/mini.svg", old, new)
    assert problems() == [f"{MAP}:{place}: {message}"]


def test_a_drawing_may_write_its_frame_with_commas(edit: Edit, problems: Problems) -> None:
    edit("body_maps/mini.svg", "-100 0 200 200", "-100.0, 0,200,200")
    assert problems() == []


def test_a_drawing_that_is_a_folder(tiny_folder: Path, problems: Problems) -> None:
    (tiny_folder / "body_maps" / "mini.svg").unlink()
    (tiny_folder / "body_maps" / "mini.svg").mkdir()
    assert problems() == [
        f"{MAP}:1:5: the drawing mini.svg: is a directory (a drawing beside this file)"
    ]


def test_two_maps_with_one_id_are_both_told(tiny_folder: Path, problems: Problems) -> None:
    maps = tiny_folder / "body_maps"
    for name in ("copy.yaml", "other.yaml"):
        (maps / name).write_text((maps / "mini.yaml").read_text())
    assert problems() == [
        "body_maps/copy.yaml:1:5: id mini (id: copy)",
        "body_maps/other.yaml:1:5: id mini (id: other)",
    ]
