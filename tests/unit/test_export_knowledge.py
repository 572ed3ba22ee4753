"""Anatomy, needling, traditional use and confusions for other programs and the terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atlas.catalog.point import Needling, Point
from atlas.edition import Edition, open_edition
from atlas.export import indication_titles, needling_text, to_csv, to_json, to_text

Edit = Callable[[str, str, str], None]
USE = "[{indications: [headache], source: book}]"


@pytest.fixture
def tiny(tiny_folder: Path) -> Edition:
    return open_edition(tiny_folder)


def point_of(edition: Edition, code: str) -> Point:
    return edition.catalogue.points[edition.catalogue.index[code]]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"technique": "perpendicular"}, "perpendicular"),
        ({"technique": "oblique", "depth": (0.5, 1)}, "oblique, 0.5 to 1 cun"),
        ({"technique": "oblique", "depth": (0.3, 0.3)}, "oblique, 0.3 cun"),
        (
            {"technique": "transverse", "direction": "towards the ear"},
            "along the skin, towards the ear",
        ),
        ({"technique": "prick"}, "pricked to let a few drops of blood"),
        ({"technique": "moxibustion"}, "moxibustion only"),
        ({"technique": "not_needled"}, "not needled"),
        ({"technique": "perpendicular", "note": "Slowly"}, "perpendicular; Slowly"),
        (
            {
                "technique": "oblique",
                "depth": (1, 1.5),
                "direction": "towards the spine",
                "note": "Slowly",
            },
            "oblique, 1 to 1.5 cun, towards the spine; Slowly",
        ),
    ],
)
def test_needling_in_words(fields: dict[str, Any], text: str) -> None:
    assert needling_text(Needling(source="book", **fields)) == text


def test_json_has_all_that_is_known(tiny: Edition) -> None:
    first, second, third = json.loads(to_json(tiny, 0b111))["points"]
    assert list(first) == [
        "code", "meridian", "names", "regions", "categories", "location", "finding",
        "alternative", "anatomy", "needling", "traditional_use", "back_pain", "cautions",
        "confused_with", "sources", "positions",
    ]  # fmt: skip
    assert first["traditional_use"] == [{"indications": ["headache"], "source": "book"}]
    assert (second["anatomy"], second["needling"], second["traditional_use"]) == (None, [], [])
    assert third["anatomy"] == {
        "muscles": ["latissimus dorsi"], "nerves": [], "vessels": [], "source": "book",
    }  # fmt: skip
    assert third["needling"] == [
        {
            "technique": "oblique",
            "source": "book",
            "depth": [0.5, 1],
            "direction": "towards the spine",
        }
    ]


def test_indications_of_all_sources(tiny: Edition, tiny_folder: Path, edit: Edit) -> None:
    assert point_of(tiny, "BL1").indications == ["headache"]
    assert point_of(tiny, "BL2").indications == []
    edit("indications.yaml", "indications:\n", "indications:\n- {id: cough, title: a cough, "
         "group: head}\n")  # fmt: skip
    edit("points.yaml", USE, "[{indications: [cough], source: book}, {indications: [], note: None "
         "named, source: book}, {indications: [headache], source: book}]")  # fmt: skip
    again = open_edition(tiny_folder)
    point = point_of(again, "BL1")
    assert point.indications == ["cough", "headache"]
    assert indication_titles(again, point.indications) == ["a cough", "headache"]
    (row,) = csv.DictReader(io.StringIO(to_csv(again, 0b001)))
    assert row["indications"] == "a cough; headache"
    told = [line for line in to_text(again, point).splitlines() if line.startswith("trad")]
    assert told == [
        "traditional use: a cough (book)",
        "traditional use: None named (book)",
        "traditional use: headache (book)",
    ]


def test_what_lies_under_the_skin(tiny_folder: Path, edit: Edit) -> None:
    edit("points.yaml", "muscles: [latissimus dorsi], nerves: [], vessels: []",
         "muscles: [a, b], nerves: [a nerve], vessels: [], deep: The lung.")  # fmt: skip
    tiny = open_edition(tiny_folder)
    text = to_text(tiny, point_of(tiny, "GV1"))
    assert "\nmuscles: a; b\nnerves: a nerve\ndeep: The lung.\nneedling: " in text
    assert "vessels" not in text


def test_cautions_stand_before_needling_in_the_text(edition: Edition) -> None:
    for point in edition.catalogue.points:
        lines = to_text(edition, point).splitlines()
        kinds = [line.partition(":")[0].partition(",")[0] for line in lines]
        if point.cautions and point.needling:
            assert kinds.index("caution") < kinds.index("needling")
        assert kinds.count("needling") == len(point.needling)
        assert kinds.count("traditional use") == len(point.traditional_use)
