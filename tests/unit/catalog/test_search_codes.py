"""Codes as other books abbreviate them, and what a search must not offer instead."""

from __future__ import annotations

import pytest

from atlas.scene import Stage


def found(stage: Stage, text: str) -> list[str]:
    return [stage.catalogue.points[hit.at].code for hit in stage.search.search(text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [("P6", "PC6"), ("UB40", "BL40"), ("du 4", "GV4"), ("Ren-12", "CV12"), ("SJ5", "TE5"),
     ("lv3", "LR3"), ("H7", "HT7"), ("BL 23", "BL23"), ("EX-UE7", "EX-UE7")],
)  # fmt: skip
def test_a_code_finds_its_point_and_no_other(stage: Stage, text: str, code: str) -> None:
    assert found(stage, text) == [code]


def test_a_beginning_of_a_code_finds_all_with_it(stage: Stage) -> None:
    assert found(stage, "KI2") == ["KI2", *(f"KI{number}" for number in range(20, 28))]


def test_a_named_pain_offers_its_principal_points_first(stage: Stage) -> None:
    assert found(stage, "sciatica")[0] == "BL23"
    assert found(stage, "sciatica").index("GB30") < found(stage, "sciatica").index("ST36")


def test_a_plural_finds_what_the_singular_finds(stage: Stage) -> None:
    assert found(stage, "headaches") == found(stage, "headache") != []
