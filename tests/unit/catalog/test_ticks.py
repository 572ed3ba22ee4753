"""Marks of an axis: round, few, and where they say."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.catalog.ticks import MOST, of_differences, of_ratios


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-32, 6, ["30", "25", "20", "15", "10", "5", "0", "5"]),
        (-0.8, 0.05, ["0.8", "0.6", "0.4", "0.2", "0"]),
        (-300, 10, ["300", "250", "200", "150", "100", "50", "0"]),
    ],
)
def test_differences(low: float, high: float, words: list[str]) -> None:
    assert [word for _, word in of_differences(low, high)] == words


@pytest.mark.parametrize("sign", [1, -1])
def test_a_ratio_stands_at_its_own_logarithm(sign: int) -> None:
    for place, word in of_ratios(-0.8, 0.8, sign):
        assert place == pytest.approx(sign * math.log(float(word)))


def test_a_lower_ratio_that_is_better_stands_left_as_what_it_is() -> None:
    assert [word for _, word in of_ratios(math.log(0.45), 0.05, 1)] == ["0.5", "0.7", "1"]
    assert next(word for _, word in of_ratios(-math.log(2.1), 0.05, -1)) == "2"


@given(low=st.floats(-7, -0.001), high=st.floats(0.001, 7), sign=st.sampled_from([1, -1]))
def test_marks_are_few_and_lie_on_the_axis(low: float, high: float, sign: int) -> None:
    differences, ratios = of_differences(low, high), of_ratios(low, high, sign)
    assert 2 <= len(differences) <= MOST + 1
    assert 1 <= len(ratios) <= MOST, "one of them is the ratio of no difference"
    assert any(word == "1" and place == 0 for place, word in ratios)
    for found in (differences, ratios):
        places = [place for place, _ in found]
        assert places == sorted(set(places))
        assert all(low - 1e-9 <= place <= high + 1e-9 for place in places)
