"""The part of a map that a question shows holds the answer, and does not give it away."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import pytest

from atlas.body.body import Spot
from atlas.scene import Stage
from atlas.study.area import INNER, NEAR, Area, area_of
from atlas.study.cards import Card, Kind, cards_of
from atlas.study.grading import tolerance_of
from atlas.study.plan import Plan
from atlas.study.questions import Question, ask

SEEDS = 12
CLICKABLE = 8  # pixels that a tolerance measures
WINDOW = 500  # pixels; the map in a small window
KINDS: tuple[Kind, ...] = ("locate", "identify", "neighbours", "walk")
SHARE = 1 / 3  # of what is shown of one point, on either side of a walk
# Points all over the hand or down the back, and walks that go farther than a hand.
WIDE = {"locate:EX-B2", "locate:EX-UE11"}


class Shown(NamedTuple):
    """A question with the areas that chance may show it in."""

    question: Question
    frame: Area
    spots: list[Spot]  # asked for, on the side that is asked for
    cun: float  # the smallest of them, in drawing units
    areas: list[Area]

    @property
    def whole(self) -> bool:
        return self.areas[0] == self.frame

    @property
    def single(self) -> bool:
        return len(self.spots) == 1

    @property
    def what(self) -> tuple[str, str]:
        return self.question.card.key, self.question.map_id


def asked_for(stage: Stage, question: Question) -> list[Spot]:
    """The answer's spots on the side of the question; a point of the midline has but one."""
    own = [spot for spot in stage.body.spots(question.map_id) if spot.code in question.answer]
    sure = [spot for spot in own if not spot.note]
    if question.marked is not None:
        return [stage.sheet(question.map_id).spots[question.marked]]
    return [spot for spot in sure if spot.side == question.side] or sure


def show(stage: Stage, card: Card, seed: int) -> Shown:
    question = ask(stage, card, Random(seed))
    spots = asked_for(stage, question)
    cun = min(stage.body.measure(spot, question.map_id).cun for spot in spots)
    areas = [area_of(stage, question, Random(seed * SEEDS + i)) for i in range(SEEDS)]
    return Shown(question, Area(*stage.body.maps[question.map_id].frame), spots, cun, areas)


@pytest.fixture(scope="module")
def shown(stage: Stage) -> list[Shown]:
    """Every card several times: on its maps and sides, in areas drawn by chance."""
    return [show(stage, card, seed) for card in cards_of(stage.body, KINDS) for seed in range(3)]


def ways(area: Area) -> Iterator[tuple[float, float]]:
    """Where an area begins and how far it reaches: from left to right, from top to bottom."""
    yield area.left, area.width
    yield area.top, area.height


def test_all_that_is_asked_for_is_well_inside(shown: list[Shown]) -> None:
    """As far from the border as is promised, or as the map itself goes on."""
    for one in shown:
        for area in one.areas:
            span = area.height
            least = 0.0 if one.whole else NEAR * one.cun
            if one.single and not one.whole:
                least = max(least, INNER * span)
            for spot in one.spots:
                places = zip((spot.x, spot.y), ways(area), ways(one.frame), strict=True)
                for at, (begin, extent), (first, size) in places:
                    assert at - begin >= min(least, at - first) - 1e-6, (one.what, area)
                    end, last = begin + extent, first + size
                    assert end - at >= min(least, last - at) - 1e-6, (one.what, area)
                    assert begin < at < end, (one.what, area)


def test_all_points_of_a_walk_are_looked_for(shown: list[Shown]) -> None:
    walks = [one for one in shown if one.question.card.kind == "walk"]
    assert walks
    for one in walks:
        assert {spot.code for spot in one.spots} == set(one.question.answer)


def test_an_area_lies_within_its_map_where_it_is_the_smaller(shown: list[Shown]) -> None:
    for one in shown:
        for area in one.areas:
            for (begin, extent), (first, size) in zip(ways(area), ways(one.frame), strict=True):
                if extent <= size:
                    assert begin >= first - 1e-9, (one.what, area)
                    assert begin + extent <= first + size + 1e-9, (one.what, area)
                else:  # the map in the middle of it
                    assert begin + extent / 2 == pytest.approx(first + size / 2)


def cun_around(stage: Stage, code: str) -> float:
    """How much is shown around a point: by how finely it is to be placed."""
    point = stage.catalogue.points[stage.catalogue.index[code]]
    return {0.5: 26, 0.2: 12}[tolerance_of(point)]


def test_an_area_is_a_square_as_fine_as_the_tolerance(stage: Stage, shown: list[Shown]) -> None:
    """26 cun or 12, or as much as several points need."""
    for one in shown:
        around = min(cun_around(stage, spot.code) for spot in one.spots)
        xs, ys = [spot.x for spot in one.spots], [spot.y for spot in one.spots]
        reach = max(max(xs) - min(xs), max(ys) - min(ys)) / one.cun
        span = max(around, reach + 2 * SHARE * around)
        for area in one.areas:
            if one.whole:
                assert area == one.frame, "whole by chance"
                assert max(area.width, area.height) / one.cun <= 1.1 * span + 1e-6
                continue
            assert area.width == area.height
            assert area.height < max(one.frame.width, one.frame.height)
            assert area.height / one.cun == pytest.approx(span)


def test_small_maps_are_shown_whole_and_large_ones_in_part(shown: list[Shown]) -> None:
    for one in shown:
        if one.question.map_id == "mouth_nose" or one.question.card.key == "locate:KI3":
            assert one.whole, one.what
        if one.question.map_id in ("front", "back") and len(one.spots) == 1:
            assert not one.whole, one.what


def test_where_in_the_area_the_answer_lies_is_left_to_chance(shown: list[Shown]) -> None:
    """Where the map goes on on both sides; at its border, chance has less room or none."""
    free = 0
    for one in shown:
        spot = one.spots[0]
        for way, at in enumerate((spot.x, spot.y)):
            found = [list(ways(area))[way] for area in one.areas]
            first, size = list(ways(one.frame))[way]
            inside = all(
                first + 1e-6 < begin and begin + extent < first + size - 1e-6
                for begin, extent in found
            )
            if inside and len(one.spots) == 1:  # a row of points fills it
                shares = [(at - begin) / extent for begin, extent in found]
                assert max(shares) - min(shares) > 0.2, (one.what, shares)
                free += 1
    assert free > 500


def test_chance_has_all_the_room_there_is(stage: Stage) -> None:
    question = ask(stage, Card("BL23", "locate"), Random(1))
    (spot,) = asked_for(stage, question)
    areas = [area_of(stage, question, Random(seed)) for seed in range(300)]
    for at, way in ((spot.x, 0), (spot.y, 1)):
        found = [list(ways(area))[way] for area in areas]
        shares = [(at - begin) / extent for begin, extent in found]
        assert min(shares) == pytest.approx(INNER, abs=0.02)
        assert max(shares) == pytest.approx(1 - INNER, abs=0.02)
        assert sum(shares) / len(shares) == pytest.approx(0.5, abs=0.05)


def test_the_same_chance_shows_the_same(stage: Stage) -> None:
    question = ask(stage, Card("BL23", "locate"), Random(1))
    assert area_of(stage, question, Random(4)) == area_of(stage, question, Random(4))


def test_the_side_that_is_asked_for_is_shown(stage: Stage) -> None:
    """With the far hand on the other half of the map, outside of the area."""
    for card in (Card("LU5", "locate"), Card("SI1", "walk")):
        for seed in range(20):
            one = show(stage, card, seed)
            if stage.body.maps[one.question.map_id].symmetric:
                assert {spot.side for spot in one.spots} == {one.question.side}
                for area in one.areas:
                    middle = area.left + area.width / 2
                    assert middle * one.question.side > 0, (one.what, area)


def test_a_tolerance_can_be_clicked_in_a_small_window(stage: Stage, shown: list[Shown]) -> None:
    plan, small = Plan(), set()
    for one in shown:
        for spot in one.spots:
            cun = plan.tolerance_of(stage.catalogue.points[spot.owner])
            units = cun * stage.body.measure(spot, one.question.map_id).cun
            for area in one.areas:
                pixels = units * WINDOW / max(area.width, area.height)
                assert pixels >= CLICKABLE * 0.6, (one.what, spot.code, pixels)
                if pixels < CLICKABLE:
                    small.add(one.question.card.key)
    assert {key for key in small if not key.startswith("walk:")} == WIDE
    assert len(small - WIDE) < 25


def test_what_is_known_to_lie_around_is_shown(shown: list[Shown]) -> None:
    """Landmarks to find a point by are within 4 cun of it, wherever chance puts it."""
    assert NEAR == 4
    for one in shown:
        for area in one.areas:
            for spot in one.spots:
                places = zip((spot.x, spot.y), ways(area), ways(one.frame), strict=True)
                for at, (begin, extent), (first, size) in places:
                    assert begin <= max(at - NEAR * one.cun, first) + 1e-6, one.what
                    end = min(at + NEAR * one.cun, first + size)
                    assert begin + extent >= end - 1e-6, one.what


def test_a_recall_question_shows_the_whole_neutral_map(stage: Stage) -> None:
    frame = Area(*next(iter(stage.body.maps.values())).frame)
    for code in ("BL23", "LI4", "CV1", "EX-LE7"):
        question = ask(stage, Card(code, "recall"), Random(1))
        assert {area_of(stage, question, Random(seed)) for seed in range(SEEDS)} == {frame}


def test_neighbours_are_asked_close_by(stage: Stage) -> None:
    one = show(stage, Card("BL23", "neighbours"), 1)
    assert not one.whole
    assert [spot.code for spot in one.spots] == ["BL23"]
