"""From YAML values to records."""

from __future__ import annotations

import pytest

from atlas.body.maps import BodyMap
from atlas.catalog.load import convert_file
from atlas.catalog.model import Placement, PointsFile, RegionsFile, SourcesFile
from atlas.catalog.yaml_source import YamlFile
from atlas.problems import DataError

POINT = """\
points:
- code: BL1
  names: {pinyin: a, hanzi: b, hanzi_simplified: c, english: d}
  meridian: BL
  regions: [back]
  location: Here.
  finding: So.
  places: {mini: {at: top}, other: [{at: top}, {at: end, lateral: 1}]}
"""


def faults(text: str, model: type) -> list[str]:
    with pytest.raises(DataError) as caught:
        convert_file(YamlFile("x.yaml", text.encode()), model)
    return [str(problem) for problem in caught.value.problems]


def faults_of_point(old: str, new: str) -> list[str]:
    assert old in POINT
    return faults(POINT.replace(old, new), PointsFile)


def test_a_whole_file() -> None:
    (point,) = convert_file(YamlFile("x.yaml", POINT.encode()), PointsFile).points
    assert point.code == "BL1"
    assert point.names.english == "d"
    assert point.spots("mini") == [Placement(at="top")]
    assert point.spots("other") == [Placement(at="top"), Placement(at="end", lateral=1)]
    assert point.spots("none") == []
    assert point.categories == []


def test_an_unknown_field() -> None:
    text = "regions:\n- {id: a, title: A, colour: red}\n"
    assert faults(text, RegionsFile) == [
        "x.yaml:2:29: unknown field colour (one of aliases, id, summary, title)"
    ]


def test_a_missing_field_stands_at_its_record() -> None:
    assert faults("regions:\n- {id: a, title: A}\n- {id: b}\n", RegionsFile) == [
        "x.yaml:3:3: title is missing (a field title)"
    ]


def test_a_wrong_type() -> None:
    assert faults_of_point("finding: So.", "finding: 7") == [
        "x.yaml:7:12: points.finding is a whole number (text)"
    ]


def test_the_name_of_a_field_that_is_renamed() -> None:
    text = "  back_pain: [{target: a, role: distant, basis: trial, source: s}]\n"
    assert faults(POINT + text, PointsFile) == [
        "x.yaml:9:15: for is missing (a field for)",
        "x.yaml:9:24: unknown field target (one of basis, for, role, source)",
    ]


def test_faulty_placements_are_told_each_at_its_own_line() -> None:
    old = "{mini: {at: top}, other"
    new = "\n    mini: {at: top, latral: 1}\n    one: {at: top, inferor: 2}\n    other"
    text = POINT.replace(old, new).replace("lateral: 1}]}", "lateral: 1}]")
    first, second = faults(text, PointsFile)
    assert first.startswith("x.yaml:9:")
    assert "unknown field latral" in first
    assert second.startswith("x.yaml:10:")
    assert "unknown field inferor" in second


def test_a_part_beyond_one() -> None:
    (fault,) = faults_of_point("{mini: {at: top}", "{mini: {along: top, part: 1.5}")
    assert fault.startswith("x.yaml:8:")
    assert fault.endswith("(a number <= 1.0)")


@pytest.mark.parametrize("code", ["Bl1", "BL", "BL0", "BL00", "BL01", "BL100", "EX-B02", "BLX1"])
def test_a_code_in_another_form(code: str) -> None:
    (fault,) = faults_of_point("code: BL1", f"code: {code}")
    assert fault.startswith("x.yaml:2:9: points.code is not acceptable (text matching regex")


@pytest.mark.parametrize(("code", "number"), [("BL10", 10), ("EX-B2", 2), ("EX-HN15", 15)])
def test_a_code_in_its_form(code: str, number: int) -> None:
    text = POINT.replace("code: BL1", f"code: {code}")
    (point,) = convert_file(YamlFile("x.yaml", text.encode()), PointsFile).points
    assert (point.code, point.number) == (code, number)


def test_a_value_outside_a_choice() -> None:
    text = "sources:\n- {id: a, short: A, title: A, kind: rumour}\n"
    (fault,) = faults(text, SourcesFile)
    assert fault.startswith("x.yaml:2:37: sources.kind: invalid enum value")


def test_an_empty_text() -> None:
    (fault,) = faults_of_point("location: Here.", 'location: ""')
    assert fault.startswith("x.yaml:6:13: points.location")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "x.yaml:1:1: the file is empty (a mapping)"),
        ("[]", "x.yaml:1:1: the file is a list (a mapping)"),
        ("regions: 5", "x.yaml:1:10: regions is a whole number (a list)"),
        ("regions: [x]", "x.yaml:1:11: regions is text (a mapping)"),
    ],
)
def test_a_file_of_another_shape(text: str, fault: str) -> None:
    assert faults(text, RegionsFile) == [fault]


def test_every_fault_of_every_record_is_told() -> None:
    text = "regions:\n- {id: A, title: 1, more: 2}\n- {title: B, aliases: [1]}\n"
    found = faults(text, RegionsFile)
    places = [fault.split(": ")[0] for fault in found]
    assert places == ["x.yaml:2:8", "x.yaml:2:18", "x.yaml:2:27", "x.yaml:3:3", "x.yaml:3:24"]


def test_a_ruler_without_length() -> None:
    text = """\
id: m
title: M
group: G
label: L
order: 1
view: posterior
symmetric: false
frame: [0, 0, 1, 1]
directions: {}
landmarks: {a: [0, 0], b: [0, 1]}
rulers: {r: {through: [a, b], cun: 0}}
scale: r
"""
    (fault,) = faults(text, BodyMap)
    assert fault.startswith("x.yaml:11:")
    assert convert_file(YamlFile("x", text.replace("cun: 0", "cun: 1").encode()), BodyMap)
