"""Questions, and that what is shown never gives the answer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.body.relations import same_level
from atlas.catalog.point import Point
from atlas.edition import open_edition
from atlas.scene import LAYERS, Stage
from atlas.study.cards import Card, Kind, cards_of, stretches, sure_maps
from atlas.study.distractors import APART, POOL, WRONG, on_midline
from atlas.study.grading import ONE_PLACE, grade, off, one_place
from atlas.study.questions import CHOICES, Question, UnaskableError, ask, picture, shown_map

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


def test_only_the_points_own_spot_is_marked(stage: Stage, asked: list[Question]) -> None:
    """That of a neighbour, too: its name is in the prompt."""
    for question in asked:
        if question.card.kind not in ("identify", "neighbours"):
            assert question.marked is None
            continue
        assert question.marked is not None
        spot = stage.sheet(question.map_id).spots[question.marked]
        assert (spot.code, spot.side, spot.note) == (question.card.code, question.side, "")


def test_the_right_neighbour_is_not_shown(stage: Stage, asked: list[Question]) -> None:
    for question in of_kind(asked, "neighbours"):
        scene = picture(stage, question)
        shown = {scene.sheet.spots[i].code for i in scene.visible.nonzero()[0]}
        assert shown == {question.card.code}


def test_a_recall_question_shows_the_same_map_whatever_the_point(
    stage: Stage, asked: list[Question]
) -> None:
    maps = {shown_map(stage, question) for question in of_kind(asked, "recall")}
    assert maps == {next(iter(stage.body.maps))}
    for question in asked:
        assert picture(stage, question).view.map_id == shown_map(stage, question)


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


def sizes(stage: Stage, point: Point) -> dict[str, float]:
    """How long a cun at a point is on each map that shows it well, in shares of the whole map."""
    return {
        map_id: min(
            stage.body.measure(spot, map_id).cun
            for spot in stage.body.spots(map_id)
            if spot.code == point.code
        )
        / max(stage.body.maps[map_id].frame[2:])
        for map_id in sure_maps(point)
    }


def test_a_detail_is_asked_on_a_map_of_it(stage: Stage, cards: list[Card]) -> None:
    """Of hand, foot and face on the largest maps, unless these draw another point over it."""
    details, apart = {"face", "hand", "wrist", "foot", "ankle"}, []
    for card in cards:
        point = the(stage, card.code)
        if card.kind == "locate" and not details.isdisjoint(point.regions):
            found = sizes(stage, point)
            chosen = {ask(stage, card, Random(seed)).map_id for seed in range(8)}
            if any(found[map_id] < max(found.values()) / 2 for map_id in chosen):
                apart.append(card.code)
    assert apart == ["PC9", "TE2"], "drawn over EX-UE11 and EX-UE9 there"


def test_a_point_of_the_hand_is_not_asked_on_the_whole_arm(stage: Stage) -> None:
    for code, maps in (
        ("LI4", {"hand_dorsum"}),
        ("LU11", {"hand_dorsum"}),
        ("LI1", {"hand_dorsum"}),
        ("KI3", {"foot_medial"}),
        ("PC6", {"front", "hand_palm"}),
    ):
        assert maps < set(sure_maps(the(stage, code))) or code == "PC6"
        assert {ask(stage, Card(code, "locate"), Random(s)).map_id for s in range(40)} == maps


# Whatever map is chosen shows another point at the same place; both are right there.
SHARED = ["ST35", "ST44", "TE20", "LR2", "GV2", "EX-HN14", "EX-LE4", "EX-LE5"]


def shares_its_place(stage: Stage, map_id: str, i: int) -> bool:
    spots = stage.body.spots(map_id)
    others = [s for s in spots if s.code != spots[i].code and s.note != "hidden"]
    near = [s for s in others if math.dist((s.x, s.y), (spots[i].x, spots[i].y)) < 30]
    return any(one_place(stage.body, map_id, spots[i], other) for other in near)


def test_a_point_is_asked_where_no_other_is_drawn_over_it(stage: Stage, cards: list[Card]) -> None:
    shared = set()
    for card in cards:
        if card.kind == "identify":
            for seed in range(8):
                question = ask(stage, card, Random(seed))
                assert question.marked is not None
                if shares_its_place(stage, question.map_id, question.marked):
                    shared.add(card.code)
        if card.kind == "locate":
            for seed in range(8):
                map_id = ask(stage, card, Random(seed)).map_id
                own = [i for i in stage.sheet(map_id).of_code[card.code]
                       if not stage.sheet(map_id).spots[i].note]  # fmt: skip
                if all(shares_its_place(stage, map_id, i) for i in own):
                    shared.add(card.code)
    assert shared == set(SHARED)


def test_what_lies_at_one_place_is_asked_from_where_it_does_not(stage: Stage) -> None:
    for kind in ("locate", "identify"):
        for code, map_id in (("GV24", "head_side"), ("GB15", "head_side"), ("GV20", "head_side")):
            assert map_id in sure_maps(the(stage, code))
            assert map_id not in {ask(stage, Card(code, kind), Random(s)).map_id for s in range(30)}


def test_both_sides_and_all_good_maps_are_asked(stage: Stage) -> None:
    asked = [ask(stage, Card("BL23", "locate"), Random(seed)) for seed in range(40)]
    assert {question.side for question in asked} == {-1, 1}
    points = [p for p in stage.catalogue.points if "lower_leg" in p.regions]
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
                assert math.hypot(*away.values()) >= ONE_PLACE


def fair(stage: Stage, question: Question, codes: Collection[str] | None = None) -> list[str]:
    """What else may be at a mark, the nearest first: on its map, not at the same place."""
    assert question.marked is not None
    spots = stage.body.spots(question.map_id)
    mark = spots[question.marked]
    close = {
        s.code
        for s in spots
        if math.hypot(*off(stage.body, question.map_id, mark, (s.x, s.y)).values()) < ONE_PLACE
    }
    others = sorted(
        (s for s in spots if s.code not in close and not s.note),
        key=lambda s: math.dist((s.x, s.y), (mark.x, mark.y)),
    )
    found = list(dict.fromkeys(s.code for s in others if codes is None or s.code in codes))
    midline = on_midline(stage.body)
    alike = [code for code in found if (code in midline) == (mark.code in midline)]
    return alike if len(alike) >= WRONG else found


def wrong_of(question: Question) -> set[str]:
    return set(question.choices) - set(question.answer)


def test_wrong_choices_are_the_nearest_points(stage: Stage, asked: list[Question]) -> None:
    """No name that merely sounds alike: its place would rule it out."""
    sparse = 0
    for question in of_kind(asked, "identify"):
        nearest = fair(stage, question)
        if len(nearest) >= WRONG:
            assert wrong_of(question) <= set(nearest[:POOL]), question
        else:
            assert set(nearest) < wrong_of(question) | set(nearest)
            sparse += 1
    assert sparse < 12


def test_where_a_map_has_too_few_points_others_of_the_region_are_offered(stage: Stage) -> None:
    for seed in range(20):
        question = ask(stage, Card("KI1", "identify"), Random(seed))
        for code in wrong_of(question):
            assert "foot" in the(stage, code).regions, question


def test_of_a_point_on_the_midline_others_there_are_offered(
    stage: Stage, asked: list[Question]
) -> None:
    midline = on_midline(stage.body)
    assert {"GV4", "CV12", "EX-HN3"} <= midline
    assert not {"BL23", "KI11", "EX-B2"} & midline
    drawn = {
        code
        for seed in range(60)
        for code in wrong_of(ask(stage, Card("GV4", "identify"), Random(seed)))
    }
    assert drawn <= midline
    assert {"GV3", "GV5"} <= drawn
    beside_it = ask(stage, Card("BL23", "identify"), Random(1))
    assert not wrong_of(beside_it) & midline


@given(data=st.data(), seed=SEEDS)
def test_wrong_choices_are_of_the_set_where_it_has_enough(
    stage: Stage, data: st.DataObject, seed: int
) -> None:
    """Else who knows the set need not know the point."""
    meridian = data.draw(st.sampled_from([m.code for m in stage.catalogue.meridians]))
    codes = [p.code for p in stage.catalogue.points if p.meridian == meridian]
    code = data.draw(st.sampled_from([code for code in codes if sure_maps(the(stage, code))]))
    question = ask(stage, Card(code, "identify"), Random(seed), codes)
    of_set = fair(stage, question, codes)
    if len(of_set) >= WRONG:
        assert wrong_of(question) <= set(of_set[:POOL])
    assert len(question.choices) == CHOICES


def test_a_small_set_is_mixed_with_what_is_near(stage: Stage) -> None:
    drawn: set[str] = set()
    for seed in range(60):
        question = ask(stage, Card("BL23", "identify"), Random(seed), ["BL23", "BL24", "LI4"])
        if question.map_id == "back":
            drawn |= wrong_of(question)
    assert "BL24" in drawn
    assert {"BL22", "BL52"} & drawn
    assert "LI4" not in drawn


def test_wrong_neighbours_are_of_the_set_if_the_right_one_is(stage: Stage) -> None:
    codes = [p.code for p in stage.catalogue.points if p.meridian == "BL"]
    for seed in range(30):
        question = ask(stage, Card("BL23", "neighbours"), Random(seed), codes)
        assert set(question.choices) <= set(codes)
    alone = ask(stage, Card("BL23", "neighbours"), Random(1), ["BL23", "BL40", "BL57", "BL60"])
    assert alone.answer[0] not in {"BL40", "BL57", "BL60"}
    assert not wrong_of(alone) <= {"BL40", "BL57", "BL60"}, "the right one would stand out"


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
        assert question.marked is not None
        own = sheet.spots[question.marked]
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


@pytest.fixture
def without_maps(tiny_folder: Path) -> Stage:
    """A stage whose BL1 no map shows well, and whose GV1 no map shows at all."""
    path = tiny_folder / "points.yaml"
    text = path.read_text(encoding="utf-8").replace("lateral: 1.5}", "lateral: 1.5, note: hidden}")
    path.write_text(text, encoding="utf-8")
    stage = Stage(open_edition(tiny_folder))
    stage.catalogue.point("GV1").places.clear()  # type: ignore[union-attr]
    return stage


def test_every_card_of_an_edition_without_some_maps_has_its_question(without_maps: Stage) -> None:
    cards = cards_of(without_maps.body)
    assert {card.key for card in cards} == {
        "recall:BL1",
        "locate:BL2",
        "identify:BL2",
        "recall:BL2",
    }
    for card in cards:
        assert ask(without_maps, card, Random(1)).card == card


@pytest.mark.parametrize("code", ["BL1", "GV1"])
@pytest.mark.parametrize("kind", ["locate", "identify", "neighbours", "recall", "walk"])
def test_a_point_without_a_map_cannot_be_asked(
    without_maps: Stage, code: str, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atlas.study.questions.same_level", lambda *_: ["BL2"])
    if (code, kind) != ("BL1", "recall"):
        with pytest.raises(UnaskableError, match=code):
            ask(without_maps, Card(code, kind), Random(1))


def test_who_has_nothing_to_choose_from_has_no_card(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = list(stage.catalogue.index)
    for module in ("questions", "cards"):
        monkeypatch.setattr(f"atlas.study.{module}.same_level", lambda *_: every)
    assert cards_of(stage.body, ["neighbours"], ["BL23"]) == []
    with pytest.raises(UnaskableError, match=r"^nothing to choose from beside"):
        ask(stage, Card("BL23", "neighbours"), Random(1))


def test_a_question_is_frozen(asked: list[Question]) -> None:
    with pytest.raises(AttributeError):
        asked[0].marked = 1  # type: ignore[misc]
