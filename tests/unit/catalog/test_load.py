"""From YAML values to records."""

from __future__ import annotations

import pytest

from atlas.body.maps import BodyMap
from atlas.catalog.guidance import Evidence, Safety
from atlas.catalog.load import convert_file, readable
from atlas.catalog.model import PointsFile, RegionsFile, SourcesFile
from atlas.catalog.point import Placement, Point
from atlas.catalog.yaml_source import YamlFile
from atlas.problems import DataError

CUN = "(a depth of more than 0 and at most 5 cun)"
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
    assert fault.endswith("points.places.mini.part 1.5 is too much (at most 1)")


@pytest.mark.parametrize("code", ["Bl1", "BL", "BL0", "BL00", "BL01", "BL100", "EX-B02", "BLX1",
                                  "EX3", "EX-BB22", "EX-C1"])  # fmt: skip
def test_a_code_in_another_form(code: str) -> None:
    (fault,) = faults_of_point("code: BL1", f"code: {code}")
    assert fault == (
        f"x.yaml:2:9: points.code {code} is not acceptable (a code such as BL23 or EX-B2)"
    )


@pytest.mark.parametrize(("code", "number"), [("BL10", 10), ("EX-B2", 2), ("EX-HN15", 15)])
def test_a_code_in_its_form(code: str, number: int) -> None:
    text = POINT.replace("code: BL1", f"code: {code}")
    (point,) = convert_file(YamlFile("x.yaml", text.encode()), PointsFile).points
    assert (point.code, point.number) == (code, number)


def test_a_value_outside_a_choice() -> None:
    text = "sources:\n- {id: a, short: A, title: A, kind: rumour}\n"
    (fault,) = faults(text, SourcesFile)
    assert fault.startswith("x.yaml:2:37: no kind rumour (one of article, consensus, ")


@pytest.mark.parametrize(
    ("measure", "fault"),
    [
        ("OR", "no measure OR (did you mean RR"),
        ("true", "no measure True (one of MD, RD, RR, SMD)"),
        ("null", "studies.comparisons.measure is nothing (text)"),
        ("[RR]", "studies.comparisons.measure is a list (text)"),
    ],
)
def test_a_choice_says_what_there_is(measure: str, fault: str) -> None:
    text = f"studies:\n- comparisons:\n  - {{measure: {measure}}}\nguidelines: []\n"
    assert [found for found in faults(text, Evidence) if fault in found]


def test_a_choice_that_may_be_absent() -> None:
    (fault,) = faults_of_point("{mini: {at: top}", "{mini: {at: top, note: hiden}")
    assert fault == "x.yaml:8:34: no note hiden (did you mean hidden?)"


def test_one_of_several_choices_is_told_in_the_singular() -> None:
    text = "contraindications: [{concerns: {techniques: [all, coping]}}]\nadverse_events: []\n"
    assert "x.yaml:1:51: no technique coping (did you mean cupping?)" in faults(text, Safety)


def test_a_key_that_is_a_choice() -> None:
    text = "studies:\n- without_figure: {pian: [sham]}\nguidelines: []\n"
    (fault,) = [found for found in faults(text, Evidence) if "pian" in found]
    assert fault == "x.yaml:2:19: no without_figure pian (did you mean pain?)"


@pytest.mark.parametrize(
    ("depth", "fault"),
    [
        ("[0.5, 8]", f"9:46: points.needling.depth 8 is too much {CUN}"),
        ("[0, 1]", f"9:41: points.needling.depth 0 is too little {CUN}"),
        ("[1, deep]", f"9:44: points.needling.depth is text {CUN}"),
        ("[0.5]", "9:40: points.needling.depth is a list of 1 (two numbers, from and to)"),
        ("0.5", "9:40: points.needling.depth is a number (two numbers, from and to)"),
    ],
)  # fmt: skip
def test_a_depth(depth: str, fault: str) -> None:
    text = f"{POINT}  needling: [{{technique: prick, depth: {depth}, source: s}}]\n"
    assert faults(text, PointsFile) == [f"x.yaml:{fault}"]


def test_a_list_that_is_too_short() -> None:
    (fault,) = faults_of_point("{mini: {at: top}", "{mini: {between: [a]}")
    assert fault == "x.yaml:8:28: points.places.mini.between is a list of 1 (a list of 2)"


def test_only_the_records_without_faults_are_readable() -> None:
    second = POINT.removeprefix("points:\n").replace("BL1", "BL2")
    text = POINT + second.replace("finding: So.", "finding: 7") + second.replace("BL2", "BL3")
    found = readable(YamlFile("x.yaml", text.encode()), "points", Point)
    assert [point.code for point in found] == ["BL1", "BL3"]


@pytest.mark.parametrize("text", ["", "[]", "points: 5", "regions: []"])
def test_nothing_is_readable_in_a_file_of_another_shape(text: str) -> None:
    assert readable(YamlFile("x.yaml", text.encode()), "points", Point) == []


def test_an_empty_text() -> None:
    (fault,) = faults_of_point("location: Here.", 'location: ""')
    assert fault == "x.yaml:6:13: points.location is empty (text)"


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
    assert fault == "x.yaml:11:36: rulers.r.cun 0 is too little (more than 0)"
    (fault,) = faults(text.replace("cun: 0", "cun: 1").replace("[a, b]", "[a]"), BodyMap)
    assert fault == "x.yaml:11:23: rulers.r.through is a list of 1 (a list of at least 2)"
    assert convert_file(YamlFile("x", text.replace("cun: 0", "cun: 1").encode()), BodyMap)
