"""Questions, and that what is shown never gives the answer."""

from __future__ import annotations

import math
from collections import Counter
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.body.relations import same_level
from atlas.catalog.point import Point
from atlas.scene import LAYERS, Stage
from atlas.study.cards import Card, Kind, cards_of, stretches, sure_maps
from atlas.study.grading import grade, off, tolerance_of
from atlas.study.questions import (
    APART,
    CHOICES,
    CLICKABLE,
    Question,
    UnaskableError,
    ask,
    picture,
)

SEEDS = st.integers(0, 2**32)


@pytest.fixture(scope="module")
def cards(stage: Stage) -> list[Card]:
    return cards_of(stage.body)


@pytest.fixture(scope="module")
def asked(stage: Stage, cards: list[Card]) -> list[Question]:
    """One question of every card."""
    rng = Random(5)
    return [ask(stage, card, rng) for card in cards]


def of_kind(asked: list[Question], kind: Kind) -> list[Question]:
    found = [question for question in asked if question.card.kind == kind]
    assert found
    return found


def the(stage: Stage, code: str) -> Point:
    return stage.catalogue.points[stage.catalogue.index[code]]


def test_every_card_has_its_question(asked: list[Question], cards: list[Card]) -> None:
    assert [question.card for question in asked] == cards


def test_the_map_shows_no_more_than_the_marked_spot(stage: Stage, asked: list[Question]) -> None:
    for question in asked:
        scene = picture(stage, question, LAYERS)
        assert (scene.selected, scene.twins, scene.measured) == (None, (), None)
        assert scene.courses == ()
        assert scene.view.layers == {"bones"}
        marked = [] if question.marked is None else [question.marked]
        assert scene.visible.nonzero()[0].tolist() == marked
        owners = [scene.sheet.spots[i].owner for i in marked]
        assert scene.members.nonzero()[0].tolist() == owners
        assert scene.matching == sum(1 << owner for owner in owners)


def test_layers_are_shown_only_when_asked_for(stage: Stage, asked: list[Question]) -> None:
    assert picture(stage, asked[0]).view.layers == frozenset()
    assert picture(stage, asked[0]).view.map_id == asked[0].map_id


def test_only_identify_marks_a_spot_and_it_is_the_points_own(
    stage: Stage, asked: list[Question]
) -> None:
    for question in asked:
        if question.card.kind != "identify":
            assert question.marked is None
            continue
        assert question.marked is not None
        spot = stage.sheet(question.map_id).spots[question.marked]
        assert (spot.code, spot.side, spot.note) == (question.card.code, question.side, "")


def test_a_question_about_a_mark_does_not_name_it(stage: Stage, asked: list[Question]) -> None:
    for question in of_kind(asked, "identify"):
        point = the(stage, question.card.code)
        for name in (point.code, *msgspec.structs.astuple(point.names)):
            assert name.casefold() not in question.prompt.casefold()


def test_a_question_about_a_name_does_not_tell_its_place(
    stage: Stage, asked: list[Question]
) -> None:
    for question in asked:
        if question.card.kind in ("locate", "recall", "neighbours"):
            point = the(stage, question.card.code)
            name = f"{point.code} {point.names.pinyin}"
            assert name in question.prompt
            told = question.prompt.replace(name, "").casefold()
            said = [point.location, point.names.english, *(c.of for c in point.categories if c.of)]
            said += [stage.catalogue.titles[c.kind] for c in point.categories]
            said += [stage.catalogue.titles[region] for region in point.regions]
            said += [caution.text for caution in point.cautions]
            assert not [text for text in said if text.casefold() in told]
            assert question.answer[0] == point.code or question.answer[0] not in told.upper()


def test_a_place_is_asked_on_a_map_that_shows_it_well(stage: Stage, asked: list[Question]) -> None:
    for question in asked:
        if question.card.kind in ("locate", "identify", "neighbours"):
            assert question.map_id in sure_maps(the(stage, question.card.code))


def test_a_place_is_asked_where_the_tolerance_is_large_enough_to_click(
    stage: Stage, cards: list[Card]
) -> None:
    def share(code: str, map_id: str) -> float:
        cun = min(stage.body.measure(s, map_id).cun for s in stage.body.spots(map_id)
                  if s.code == code)  # fmt: skip
        return tolerance_of(the(stage, code)) * cun / max(stage.body.maps[map_id].frame[2:])

    for card in cards:
        if card.kind == "locate":
            chosen = {ask(stage, card, Random(seed)).map_id for seed in range(8)}
            shares = {m: share(card.code, m) for m in sure_maps(the(stage, card.code))}
            if max(shares.values()) >= CLICKABLE:
                assert min(shares[map_id] for map_id in chosen) >= CLICKABLE


def test_a_point_of_the_hand_is_not_asked_on_the_whole_body(stage: Stage) -> None:
    assert "side" in sure_maps(the(stage, "LI4"))
    maps = {ask(stage, Card("LI4", "locate"), Random(seed)).map_id for seed in range(40)}
    assert maps == {"arm_radial", "hand_dorsum"}


def test_both_sides_and_all_good_maps_are_asked(stage: Stage) -> None:
    asked = [ask(stage, Card("BL23", "locate"), Random(seed)) for seed in range(40)]
    assert {question.side for question in asked} == {-1, 1}
    points = [p for p in stage.catalogue.points if tolerance_of(p) == 0.5]
    many = next(p for p in points if len(sure_maps(p)) >= 3)
    maps = {ask(stage, Card(many.code, "locate"), Random(seed)).map_id for seed in range(60)}
    assert len(maps) > 1


def test_the_answer_to_a_place_is_the_place(stage: Stage, asked: list[Question]) -> None:
    """What the learner is asked can be answered: the mark itself is graded without a miss."""
    for question in of_kind(asked, "identify"):
        assert question.marked is not None
        spot = stage.sheet(question.map_id).spots[question.marked]
        miss = grade(stage.body, question.map_id, question.answer[0], spot.x, spot.y, 0.2)
        assert miss.cun < 1e-9


def test_choices_are_four_different_ones_with_the_answer(asked: list[Question]) -> None:
    for question in asked:
        if question.card.kind in ("identify", "neighbours"):
            assert len(set(question.choices)) == len(question.choices)
            assert question.answer[0] in question.choices
            assert len(question.answer) == 1
            least = CHOICES if question.card.kind == "identify" else 2
            assert least <= len(question.choices) <= CHOICES
        else:
            assert question.choices == ()


def test_no_wrong_choice_lies_under_the_mark(stage: Stage, asked: list[Question]) -> None:
    for question in of_kind(asked, "identify"):
        assert question.marked is not None
        sheet = stage.sheet(question.map_id)
        mark = sheet.spots[question.marked]
        for code in set(question.choices) - {question.card.code}:
            for i in sheet.of_code.get(code, ()):
                other = sheet.spots[i]
                away = off(stage.body, question.map_id, mark, (other.x, other.y))
                assert math.hypot(*away.values()) > APART / 2


def test_wrong_choices_are_neighbours_and_like_names(stage: Stage) -> None:
    drawn = Counter(
        code
        for seed in range(60)
        for code in ask(stage, Card("BL23", "identify"), Random(seed)).choices
    )
    assert {"BL22", "BL24", "GV4", "BL52"} & set(drawn), "beside it"
    assert "GV12" in drawn, "Shēnzhù is like Shènshū"
    assert not {"LI4", "ST36", "CV12"} & set(drawn)


def test_neighbours_have_exactly_one_right_choice(stage: Stage, asked: list[Question]) -> None:
    for question in of_kind(asked, "neighbours"):
        level = same_level(stage.body, the(stage, question.card.code))
        assert [code for code in question.choices if code in level] == list(question.answer)
        assert question.card.code not in question.choices


def test_what_is_level_on_another_map_is_no_wrong_choice(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    level = ["BL22", "BL24", "GV5", "BL51"]
    monkeypatch.setattr("atlas.study.questions.same_level", lambda *_: level)
    for seed in range(20):
        question = ask(stage, Card("BL23", "neighbours"), Random(seed))
        assert len(set(level) & set(question.choices)) == 1


def test_wrong_neighbours_are_clearly_on_another_level(stage: Stage, asked: list[Question]) -> None:
    """Nothing that lies a hair beside the level is offered as wrong."""
    for question in of_kind(asked, "neighbours"):
        sheet = stage.sheet(question.map_id)
        own = sheet.spots[sheet.of_code[question.card.code][0]]
        ways = {"superior", "inferior", "proximal", "distal"}
        if sheet.map.view == "superior":
            ways = {"anterior", "posterior"}
        for code in set(question.choices) - set(question.answer):
            spots = [sheet.spots[i] for i in sheet.of_code[code]]
            assert not all(spot.note for spot in spots), "the map shows it well"
            for other in spots:
                parts = off(stage.body, question.map_id, own, (other.x, other.y))
                assert max(parts.get(way, 0) for way in ways) >= APART, (question, parts)


@pytest.mark.parametrize("key", ["identify:BL23", "neighbours:BL23"])
def test_the_right_choice_may_stand_anywhere(stage: Stage, key: str) -> None:
    card = Card.from_key(key)
    assert card is not None
    places: Counter[int] = Counter()
    for seed in range(200):
        question = ask(stage, card, Random(seed))
        places[question.choices.index(question.answer[0])] += 1
    assert set(places) == set(range(CHOICES))
    assert min(places.values()) > 25


def test_every_neighbour_is_asked_for(stage: Stage) -> None:
    level = set(same_level(stage.body, the(stage, "BL23")))
    asked = {ask(stage, Card("BL23", "neighbours"), Random(s)).answer[0] for s in range(60)}
    assert asked == level
    assert len(level) > 1


def test_a_walk_is_its_stretch(stage: Stage, asked: list[Question]) -> None:
    found = stretches(stage.body)
    for question in of_kind(asked, "walk"):
        stretch = found[question.card.code]
        assert (question.map_id, question.answer) == (stretch.map_id, stretch.codes)
        assert stretch.codes[0] in question.prompt
        assert stretch.codes[-1] in question.prompt


def test_a_walk_may_be_on_either_side_of_a_symmetric_map(stage: Stage) -> None:
    for code, sides in (("BL15", {-1, 1}), ("GB40", {1})):
        assert {ask(stage, Card(code, "walk"), Random(s)).side for s in range(20)} == sides


@given(data=st.data(), seed=SEEDS)
def test_the_same_chance_asks_the_same(
    stage: Stage, cards: list[Card], data: st.DataObject, seed: int
) -> None:
    card = data.draw(st.sampled_from(cards))
    assert ask(stage, card, Random(seed)) == ask(stage, card, Random(seed))


@pytest.mark.parametrize(
    ("card", "message"),
    [
        (Card("XX1", "locate"), "no point XX1"),
        (Card("CV1", "locate"), "no map shows CV1 well"),
        (Card("CV1", "identify"), "no map shows CV1 well"),
        (Card("PC6", "neighbours"), "no point is known to be level with PC6"),
        (Card("BL23", "walk"), "no stretch begins at BL23"),
    ],
)
def test_what_cannot_be_asked(stage: Stage, card: Card, message: str) -> None:
    with pytest.raises(UnaskableError, match=f"^{message}$"):
        ask(stage, card, Random(0))


def test_a_question_is_frozen(asked: list[Question]) -> None:
    with pytest.raises(AttributeError):
        asked[0].marked = 1  # type: ignore[misc]
