"""Faults of numbers are found before anything is drawn."""

from __future__ import annotations

import pytest

from tests.conftest import Edit, Problems

RESULT = "measure: MD, scale: VAS 0 to 100,\n     better: lower, effect: -9, interval: [-14, -4]"


@pytest.mark.parametrize(
    ("effect", "interval", "rest", "fault"),
    [
        ("9", "[-14, -4]", "measure: MD", "9 lies outside its interval (-14 to -4)"),
        ("-9", "[-4, -14]", "measure: MD", "the interval runs backwards ([-14, -4])"),
        ("1.0e999", "[-14, -4]", "measure: MD", "have no end (numbers that can be drawn)"),
        ("-9", "[-14, 1.0e999]", "measure: MD", "have no end (numbers that can be drawn)"),
        ("-1.1", "[-1.2, 1.2]", "measure: RR", "a risk ratio is never -1.2 (more than 0)"),
        ("1.1", "[0, 1.2]", "measure: RR", "a risk ratio is never 0 (more than 0)"),
        ("-9", "[-14, -4]", "measure: SMD, out_of: 10", "only a mean difference has a scale"),
        ("-9", "[-14, -4]", "measure: MD, out_of: 5", "-9 is more than its scale is long"),
        ("-9", "[-14, -4]", "measure: MD, participants: 101", "more than those of the study"),
        ("-9", "[-14, -4]", "measure: MD, out_of: -100", "comparisons.out_of"),
        ("-9", "[-14, -4]", "measure: MD, out_of: 0", "comparisons.out_of"),
    ],
)
def test_results(
    effect: str, interval: str, rest: str, fault: str, edit: Edit, problems: Problems
) -> None:
    new = f"{rest},\n     better: lower, effect: {effect}, interval: {interval}"
    edit("evidence.yaml", RESULT, new)
    (problem,) = problems()
    assert problem.startswith(("evidence.yaml:13:", "evidence.yaml:14:"))
    assert fault in problem


def test_a_result_lies_in_its_scale(edit: Edit, problems: Problems) -> None:
    edit("evidence.yaml", RESULT, f"{RESULT}, out_of: 100, participants: 100")
    assert problems() == []


def test_two_results_of_one_name(edit: Edit, problems: Problems) -> None:
    more = "certainty: low, important: unclear}"
    twice = (
        f"{more}\n  - {{against: sham, outcome: pain, time: 4 weeks, {RESULT}, "
        "certainty: low, important: unclear%s}"
    )
    edit("evidence.yaml", more, twice % "")
    (problem,) = problems()
    assert "big: a second result of the same name (another time, or an arm)" in problem
    edit("evidence.yaml", "certainty: low, important: unclear}\nguidelines",
         "certainty: low, important: unclear, arm: long course}\nguidelines")  # fmt: skip
    assert problems() == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ("rate: 5, interval: [2, 4]", "5 lies outside its interval (2 to 4)"),
        ("rate: 3, interval: [4, 2]", "the interval runs backwards ([2, 4])"),
        ("rate: 3, count: 4", "a rate or a count (one of the two)"),
        ("note: seen", "a rate or a count (one of the two)"),
        ("count: 4, interval: [2, 4]", "a count of cases has no interval (no interval)"),
        ("rate: 1.0e999", "the number has no end (a number)"),
        ("rate: -3", "rate"),
        ("count: 0", "count"),
    ],
)
def test_rates(fields: str, fault: str, edit: Edit, problems: Problems) -> None:
    edit("safety.yaml", "rate: 3, unit: percent of patients, interval: [2, 4]",
         f"{fields}, unit: percent of patients")  # fmt: skip
    (problem,) = problems()
    assert problem.startswith("safety.yaml:")
    assert fault in problem


@pytest.mark.parametrize("fields", ["rate: 0", "rate: 3, interval: [3, 3]", "count: 8.5"])
def test_rates_that_agree(fields: str, edit: Edit, problems: Problems) -> None:
    edit("safety.yaml", "rate: 3, unit: percent of patients, interval: [2, 4]",
         f"{fields}, unit: percent of patients")  # fmt: skip
    assert problems() == []


def test_a_depth_ascends(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "depth: [0.5, 1]", "depth: [1, 0.5]")
    (problem,) = problems()
    assert "GV1: the depth runs backwards ([0.5, 1])" in problem


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("evidence.yaml", "year: 2020", "year: 20200"),
        ("evidence.yaml", "year: 2021", "year: 202"),
        ("evidence.yaml", "standing: current", "standing: valid"),
        ("evidence.yaml", "certainty: low, ", ""),
        ("evidence.yaml", ", important: unclear", ""),
        ("evidence.yaml", "limits: One centre.", "limits: One.\n  without_figure: {pain: [me]}"),
        ("evidence.yaml", "limits: One centre.", "limits: One.\n  without_figure: {joy: [sham]}"),
    ],
)
def test_kinds_of_fields(file: str, old: str, new: str, edit: Edit, problems: Problems) -> None:
    edit(file, old, new)
    assert len(problems()) == 1
