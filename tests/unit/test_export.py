"""The catalogue for other programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from atlas.catalog.point import Category
from atlas.edition import Edition, open_edition
from atlas.export import category_name, positions, to_csv, to_json, to_text


@pytest.fixture
def tiny(tiny_folder: Path) -> Edition:
    return open_edition(tiny_folder)


def test_json_of_a_point(tiny: Edition) -> None:
    document = json.loads(to_json(tiny, 0b001))
    assert list(document) == ["points", "maps", "indications", "sources", "disclaimer"]
    assert document["disclaimer"] == "Educational reference, not medical advice"
    assert document["maps"] == [{"id": "mini", "symmetric": True, "frame": [-100, 0, 200, 200]}]
    (point,) = document["points"]
    assert point["code"] == "BL1"
    assert point["names"]["hanzi"] == "睛明"
    assert point["categories"] == ["back-shu (Kidney)"]
    assert point["back_pain"] == [
        {"for": "acute", "role": "principal", "basis": "textbook", "source": "book"}
    ]
    assert point["cautions"] == [
        {"kind": "eye", "severity": "care", "text": "Keep away from the eye.", "source": "book"}
    ]
    assert point["positions"] == [{"map": "mini", "x": 15, "y": 30}]


def test_json_has_the_points_of_the_mask(tiny: Edition) -> None:
    def codes(mask: int) -> list[str]:
        return [point["code"] for point in json.loads(to_json(tiny, mask))["points"]]

    assert codes(0b110) == ["BL2", "GV1"]
    assert codes(0) == []


def test_json_of_everything(edition: Edition) -> None:
    count = len(edition.catalogue.points)
    document = json.loads(to_json(edition, (1 << count) - 1))
    assert [p["code"] for p in document["points"]] == [p.code for p in edition.catalogue.points]
    assert all(point["positions"] for point in document["points"])


def test_positions_are_those_on_the_maps(tiny: Edition, edition: Edition) -> None:
    assert positions(tiny, tiny.catalogue.points[1]) == [
        {"map": "mini", "x": 15, "y": 40},
        {"map": "mini", "x": 0, "y": 110},
    ]
    for i, point in enumerate(edition.catalogue.points):
        for place in positions(edition, point):
            spots = [s for s in edition.body.spots(place["map"]) if s.owner == i and s.side > 0]
            assert any(
                (s.x, s.y) == pytest.approx((place["x"], place["y"]), abs=0.001) for s in spots
            )


def test_csv(tiny: Edition) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(tiny, 0b011))))
    assert [row["code"] for row in rows] == ["BL1", "BL2"]
    assert rows[0] == {
        "code": "BL1",
        "meridian": "BL",
        "pinyin": "Jīngmíng",
        "hanzi": "睛明",
        "hanzi_simplified": "睛明",
        "english": "Bright Eyes",
        "regions": "back",
        "categories": "back-shu (Kidney)",
        "location": "On the back, 2 cun below the top.",
        "finding": "Feel for the top and go down.",
        "indications": "headache",
        "needling": "",
        "cautions": "Keep away from the eye.",
    }
    assert rows[1]["regions"] == "back; leg"


def test_csv_keeps_text_with_commas_and_quotes(edition: Edition) -> None:
    everything = (1 << len(edition.catalogue.points)) - 1
    rows = list(csv.DictReader(io.StringIO(to_csv(edition, everything))))
    assert [row["location"] for row in rows] == [p.location for p in edition.catalogue.points]


def test_names_of_categories(tiny: Edition) -> None:
    assert category_name(tiny, Category("back_shu")) == "back-shu"
    assert category_name(tiny, Category("back_shu", "Liver")) == "back-shu (Liver)"
    assert category_name(tiny, Category("other")) == "other"


def test_text_of_a_point(tiny: Edition) -> None:
    assert to_text(tiny, tiny.catalogue.points[0]).splitlines() == [
        "BL1  Jīngmíng  睛明  Bright Eyes",
        "meridian: Bladder",
        "regions: back",
        "categories: back-shu (Kidney)",
        "caution, eye (care): Keep away from the eye.",
        "location: On the back, 2 cun below the top.",
        "finding: Feel for the top and go down.",
        "back pain: Acute, principal, textbook (book)",
        "traditional use: headache (book)",
        "on mini: x 15, y 30",
        "Educational reference, not medical advice",
    ]


def test_text_leaves_out_what_is_not_known(tiny: Edition) -> None:
    assert to_text(tiny, tiny.catalogue.points[2]).splitlines() == [
        "GV1  Chángqiáng  长强  Long Strength",
        "meridian: Governor Vessel",
        "regions: lower limb",
        "location: Half way down the midline.",
        "finding: Halve the distance from top to bottom.",
        "muscles: latissimus dorsi",
        "needling: oblique, 0.5 to 1 cun, towards the spine (book)",
        "not to be confused with BL1: BL1 lies lower.",
        "on mini: x 0, y 60",
        "Educational reference, not medical advice",
    ]


def test_text_says_where_sources_differ(tiny_folder: Path) -> None:
    path = tiny_folder / "points.yaml"
    text = path.read_text(encoding="utf-8").replace("sources: [book]", "alternative: Or there.")
    path.write_text(text, encoding="utf-8")
    tiny = open_edition(tiny_folder)
    assert "sources differ: Or there." in to_text(tiny, tiny.catalogue.points[0]).splitlines()


def test_every_shipped_point_has_a_text(edition: Edition) -> None:
    for point in edition.catalogue.points:
        text = to_text(edition, point)
        assert text.startswith(f"{point.code}  ")
        assert text.count("\non ") == sum(len(point.spots(map_id)) for map_id in point.places)
