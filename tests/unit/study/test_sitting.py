"""A sitting asks what the plan wants, keeps every answer at once, and can be cut off anywhere."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from atlas.catalog.query import Query
from atlas.problems import AtlasError
from atlas.scene import Stage
from atlas.study.agenda import Today
from atlas.study.area import Area
from atlas.study.cards import KINDS, Card, Kind, stretches
from atlas.study.grading import grade, tolerance_of
from atlas.study.history import History
from atlas.study.plan import Choice, Plan
from atlas.study.questions import Question, UnaskableError, ask
from atlas.study.records import FARTHEST, LONGEST, Review, stamp
from atlas.study.schedule import Limits, Rating, day_of
from atlas.study.sitting import Sitting
from atlas.study.store import Store
from tests.unit.study.sittings import BERLIN, MORNING, Clock, answer, places, same

POINTS = ("BL23", "BL25", "ST36", "LI4", "GV4", "BL40", "LU5", "SP6", "CV12", "GB30", "KI3", "LR3")


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Desk:
    """Sits down to study some points, which are an own list."""

    def __init__(self, stage: Stage, store: Store, clock: Clock) -> None:
        self.stage, self.store, self.clock = stage, store, clock

    def __call__(
        self, codes: Sequence[str], *kinds: Kind, store: Store | None = None, seed: int = 1,
        before: Sitting | None = None, **rest: Any,
    ) -> Sitting:  # fmt: skip
        store = store or self.store
        store.set_collection("mine", codes)
        plan = Plan(Choice("collection", "mine"), frozenset(kinds or ("locate",)), **rest)
        chance = Random(seed)
        return Sitting(self.stage, store, plan, Query(), self.clock, BERLIN, chance, before)


@pytest.fixture
def sit(stage: Stage, store: Store, clock: Clock) -> Desk:
    return Desk(stage, store, clock)


@pytest.fixture
def other(path: Path, store: Store) -> Iterator[Store]:
    """The same file in another window."""
    with Store(path) as opened:
        yield opened


def asked(sitting: Sitting) -> Question:
    sitting.ask_next()
    assert sitting.question is not None
    return sitting.question


def given(sitting: Sitting) -> Review:
    """The answer that was just given; it is in the store and is all that was given last."""
    assert sitting.outcome is not None
    assert sitting.store.reviews()[-1] == sitting.outcome.review
    assert sitting.given[-1] is sitting.outcome
    assert sitting.outcome.question is sitting.question
    check(sitting)
    return sitting.outcome.review


def check(sitting: Sitting) -> None:
    assert same(History(sitting.schedule, sitting.store.reviews()), sitting)


def keys(sitting: Sitting) -> list[str]:
    return [card.key for card in sitting.waiting()]


def known(store: Store, card: str, days_ago: float, rating: int = 3) -> None:
    """An answer of another day."""
    store.add_review(Review(card, rating, stamp(MORNING - timedelta(days=days_ago))))


# -- the kinds of questions ----------------------------------------------------------------


def beside(sitting: Sitting, cun: float) -> tuple[float, float]:
    """So far lateral of the place that is asked for."""
    question = sitting.question
    assert question is not None
    ((x, y),) = places(sitting.stage, question)
    spots = sitting.stage.body.spots(question.map_id)
    spot = next(spot for spot in spots if (spot.x, spot.y) == (x, y))
    unit = sitting.stage.body.measure(spot, question.map_id).cun
    return x + question.side * cun * unit, y


def test_a_place_that_is_hit(sit: Desk, clock: Clock) -> None:
    sitting = sit(["BL23"], "locate")
    question = asked(sitting)
    assert (question.card, question.map_id) == (Card("BL23", "locate"), "back")
    assert isinstance(sitting.area, Area)
    clock.go_on(seconds=4.2)
    sitting.place(*places(sit.stage, question)[0])
    review = given(sitting)
    assert (review.card, review.rating, review.map_id) == ("locate:BL23", 4, "back")
    assert review.miss == pytest.approx(0, abs=1e-9)
    assert review.parts == {}
    assert review.milliseconds == 4200
    assert review.at == stamp(clock.now)
    assert sitting.outcome is not None
    assert (sitting.outcome.suggested, sitting.outcome.passed) == (Rating.Easy, True)


@pytest.mark.parametrize(
    ("cun", "rating"),
    [(0.2, 4), (0.45, 3), (0.75, 2), (1.2, 1)],
)
def test_a_place_that_is_missed(sit: Desk, cun: float, rating: int) -> None:
    sitting = sit(["BL23"], "locate")
    question = asked(sitting)
    click = beside(sitting, cun)
    sitting.place(*click)
    review = given(sitting)
    assert review.rating == rating
    assert review.miss == pytest.approx(cun)
    assert review.parts == {"lateral": pytest.approx(cun)}
    assert sitting.outcome is not None
    assert sitting.outcome.misses == (grade(sit.stage.body, "back", "BL23", *click, 0.5),)
    assert sitting.outcome.passed == (rating > 1)
    assert sitting.placed == [click], "it is shown with the answer"
    assert question.answer == ("BL23",)


def test_the_tolerance_is_that_of_the_plan(sit: Desk) -> None:
    sitting = sit(["BL23"], "locate", tolerance=1.5)
    asked(sitting)
    sitting.place(*beside(sitting, 0.7))
    assert given(sitting).rating == 4
    sitting = sit(["LI4"], "locate", fine=0.1, tolerance=2.0)
    question = asked(sitting)
    sitting.place(*places(sit.stage, question)[0])
    assert sitting.outcome is not None
    assert sitting.outcome.misses[0].tolerance == 0.1


def test_a_click_ever_so_far_off_is_an_answer(sit: Desk) -> None:
    """Who has scrolled away from the map may click beside it."""
    sitting = sit(["BL23"], "locate")
    asked(sitting)
    sitting.place(1e7, -1e7)
    review = given(sitting)
    assert (review.rating, review.miss) == (1, FARTHEST)


def test_a_night_with_a_question_open_is_an_answer(sit: Desk, clock: Clock) -> None:
    sitting = sit(["BL23", "BL25"], "locate")
    asked(sitting)
    clock.go_on(days=30)
    answer(sitting)
    assert given(sitting).milliseconds == LONGEST
    asked(sitting)
    clock.go_on(seconds=-5)  # put back
    sitting.give_up()
    assert sitting.outcome is not None
    assert sitting.outcome.review.milliseconds == 0


def test_a_walk_is_answered_with_its_last_place(sit: Desk) -> None:
    sitting = sit(["BL15"], "walk")
    question = asked(sitting)
    assert len(question.answer) > 2
    right = places(sit.stage, question)
    for i, place in enumerate(right):
        assert sitting.outcome is None
        assert sitting.placed == right[:i]
        assert sitting.store.reviews() == []
        sitting.place(*place)
    review = given(sitting)
    assert (review.card, review.rating) == ("walk:BL15", 4)
    assert review.miss == pytest.approx(0, abs=1e-9)
    assert sitting.outcome is not None
    assert [miss.spot.code for miss in sitting.outcome.misses] == list(question.answer)
    assert sitting.placed == right


def test_places_of_a_walk_are_taken_back(sit: Desk) -> None:
    sitting = sit(["BL15"], "walk")
    question = asked(sitting)
    right = places(sit.stage, question)
    sitting.take_back_place()
    assert sitting.placed == []
    sitting.place(*right[0])
    sitting.place(0, 0)
    sitting.take_back_place()
    assert sitting.placed == right[:1]
    for place in right[1:]:
        sitting.place(*place)
    assert given(sitting).rating == 4


def test_a_walk_is_as_good_as_its_worst_place(sit: Desk) -> None:
    """The worst is that which is off by the most tolerances, not by the most cun."""
    stage = sit.stage
    points = {point.code: point for point in stage.catalogue.points}
    mixed = next(
        stretch.codes
        for stretch in stretches(stage.body).values()
        if len({tolerance_of(points[code]) for code in stretch.codes}) > 1
    )
    sitting = sit([mixed[0]], "walk")
    question = asked(sitting)
    off = {0.5: 0.6, 0.2: 0.35}  # cun by tolerance: too many for Good either way
    spots = {spot.code: spot for spot in stage.body.spots(question.map_id)}
    for code, (x, y) in zip(question.answer, places(stage, question), strict=True):
        unit = stage.body.measure(spots[code], question.map_id).cun
        sitting.place(x, y + off[tolerance_of(points[code])] * unit)
    review = given(sitting)
    assert sitting.outcome is not None
    shares = {miss.cun / miss.tolerance: miss for miss in sitting.outcome.misses}
    worst = shares[max(shares)]
    assert worst.tolerance == 0.2
    assert worst.cun < max(miss.cun for miss in sitting.outcome.misses)
    assert (review.miss, review.parts) == (worst.cun, worst.parts)
    assert review.rating == 2


@pytest.mark.parametrize(("right", "rating"), [(True, 3), (False, 1)])
@pytest.mark.parametrize("kind", ["identify", "neighbours"])
def test_a_choice(sit: Desk, clock: Clock, kind: Kind, right: bool, rating: int) -> None:
    sitting = sit(["BL23"], kind)
    question = asked(sitting)
    clock.go_on(seconds=1.5)
    chosen = next(c for c in question.choices if (c in question.answer) == right)
    sitting.choose(chosen)
    review = given(sitting)
    assert (review.card, review.rating, review.map_id) == (f"{kind}:BL23", rating, "back")
    assert (review.miss, review.parts, review.milliseconds) == (None, {}, 1500)
    assert sitting.outcome is not None
    assert (sitting.outcome.said, sitting.outcome.naming) == (chosen, None)
    assert (sitting.outcome.misses, sitting.outcome.passed) == ((), right)


@pytest.mark.parametrize(
    ("typed", "naming", "rating"),
    [("shen shu", "right", 3), ("sehnshu", "nearly", 3), ("BL24", "wrong", 1), ("", "wrong", 1)],
)
def test_a_name_that_is_typed(sit: Desk, typed: str, naming: str, rating: int) -> None:
    sitting = sit(["BL23"], "identify")
    asked(sitting)
    sitting.name(typed)
    assert given(sitting).rating == rating
    assert sitting.outcome is not None
    assert (sitting.outcome.said, sitting.outcome.naming) == (typed, naming)


@pytest.mark.parametrize("rating", Rating)
def test_what_is_recalled_is_rated_by_the_learner(sit: Desk, rating: Rating) -> None:
    sitting = sit(["BL23"], "recall")
    asked(sitting)
    before = sitting.revealed
    sitting.reveal()
    assert (before, sitting.revealed) == (False, True)
    assert sitting.store.reviews() == []
    sitting.rate(rating)
    review = given(sitting)
    assert (review.card, review.rating, review.miss) == ("recall:BL23", rating, None)
    sitting.ask_next()
    assert not sitting.revealed


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "recall"])
def test_who_gives_up_is_asked_again(sit: Desk, kind: Kind) -> None:
    sitting = sit(["BL15"], kind)
    question = asked(sitting)
    if kind == "walk":
        sitting.place(*places(sit.stage, question)[0])
    sitting.give_up()
    review = given(sitting)
    assert (review.rating, review.miss, review.map_id) == (1, None, question.map_id)
    assert keys(sitting) == [question.card.key]
    assert asked(sitting).card == question.card
    assert sitting.placed == []


# -- corrections ---------------------------------------------------------------------------


def test_a_rating_is_corrected(sit: Desk) -> None:
    sitting = sit(["BL23"], "locate")
    asked(sitting)
    sitting.place(*beside(sitting, 0.75))
    first = given(sitting)
    assert first.rating == 2
    sitting.rate(Rating.Good)
    second = given(sitting)
    assert sitting.store.reviews() == [second]
    assert (second.rating, second.uid != first.uid) == (3, True)
    assert (second.at, second.miss, second.parts) == (first.at, first.miss, first.parts)
    assert sitting.outcome is not None
    assert (sitting.outcome.suggested, len(sitting.outcome.misses)) == (Rating.Hard, 1)
    assert sitting.today() == Today(0, 0, 1), "one answer"
    assert [withdrawn.review for withdrawn in sitting.store.everything().withdrawals] == [first.uid]
    assert sitting.history.memories == History(sitting.schedule, [second]).memories


def test_a_rating_is_corrected_again_and_again(sit: Desk) -> None:
    sitting = sit(["BL23"], "identify")
    asked(sitting)
    answer(sitting)
    for rating in (1, 3, 4, 2, 1):
        sitting.rate(Rating(rating))
        assert given(sitting).rating == rating
        assert len(sitting.store.reviews()) == 1
        assert sitting.outcome is not None
        assert sitting.outcome.passed == (rating > 1)
        assert len(keys(sitting)) == (rating == 1), "what is known counts"


def test_the_rating_that_it_has_changes_nothing(sit: Desk) -> None:
    sitting = sit(["BL23"], "locate")
    asked(sitting)
    answer(sitting)
    review = given(sitting)
    sitting.rate(Rating(review.rating))
    assert given(sitting) == review
    assert sitting.store.everything().withdrawals == []


def test_an_answer_that_is_gone_is_not_corrected(sit: Desk, other: Store) -> None:
    sitting = sit(["BL23", "BL25"], "locate")
    question = asked(sitting)
    answer(sitting)
    review = given(sitting)
    other.withdraw(review.uid)
    sitting.rate(Rating.Again)
    assert sitting.store.reviews() == []
    assert sitting.outcome is not None
    assert sitting.outcome.review == review
    assert asked(sitting).card == question.card
    check(sitting)


# -- undo ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("corrected", [False, True])
def test_what_is_taken_back_is_asked_again(sit: Desk, kind: Kind, corrected: bool) -> None:
    sitting = sit(["BL15", "BL23"], kind)
    before = sitting.today()
    question = asked(sitting)
    answer(sitting)
    if corrected:
        sitting.rate(Rating.Again)
    sitting.ask_next()
    assert sitting.today() != before
    assert sitting.undo()
    assert sitting.question == question
    assert (sitting.outcome, sitting.placed, sitting.revealed) == (None, [], False)
    assert sitting.area is not None
    assert sitting.store.reviews() == []
    assert sitting.today() == before
    assert sitting.given == []
    check(sitting)
    answer(sitting, right=False)
    assert given(sitting).rating == 1
    assert not sitting.undo() or sitting.given == []


def test_answers_are_taken_back_one_after_the_other(sit: Desk) -> None:
    sitting = sit(POINTS, "locate", limits=Limits(9, 5))
    counts, questions = [sitting.today()], []
    for i in range(7):
        questions.append(asked(sitting))
        answer(sitting, right=i % 3 != 1)
        if i % 3 == 0:
            sitting.rate(Rating.Hard)
        counts.append(sitting.today())
    for question in reversed(questions):
        assert sitting.today() == counts.pop()
        assert sitting.undo()
        assert sitting.question == question
        check(sitting)
    assert [sitting.today()] == counts
    assert not sitting.undo()
    assert sitting.question == questions[0], "it stays asked"


def test_clicks_and_the_look_are_taken_back_before_the_answer(sit: Desk) -> None:
    sitting = sit(["BL15"], "walk")
    asked(sitting)
    answer(sitting, right=False)
    question = asked(sitting)
    for place in places(sit.stage, question)[:2]:
        sitting.place(*place)
    for left in (1, 0):
        assert sitting.undo()
        assert (len(sitting.placed), sitting.question) == (left, question)
        assert len(sitting.store.reviews()) == 1, "the answer before stays"
    assert sitting.undo()
    assert sitting.store.reviews() == []
    recall = sit(["BL23"], "recall", before=sitting)
    asked(recall)
    recall.reveal()
    assert recall.undo()
    assert (recall.revealed, recall.outcome) == (False, None)
    assert not recall.undo()
    recall.reveal()
    recall.rate(Rating.Good)
    assert recall.undo()
    assert (recall.revealed, recall.store.reviews()) == (False, []), "the answer and its look"


def test_a_new_day_has_a_sitting_of_its_own(sit: Desk, clock: Clock) -> None:
    sitting = sit(POINTS, "locate")
    asked(sitting)
    answer(sitting)
    clock.go_on(hours=12)
    sitting.read_again()
    assert len(sitting.given) == 1
    clock.go_on(hours=12)
    sitting.read_again()
    assert sitting.given == []
    assert not sitting.undo()
    assert len(sitting.store.reviews()) == 1


def test_another_window_is_noticed_without_asking(sit: Desk, other: Store) -> None:
    one, two = sit(POINTS, "locate"), sit(POINTS, "locate", store=other)
    question = asked(one)
    asked(two)
    answer(two)
    assert one.today().done == 0
    one.read_again()
    assert one.today().done == 1
    assert one.question == question, "what is asked stays"
    check(one)


def test_a_sitting_takes_back_its_own_answers_only(sit: Desk) -> None:
    one = sit(POINTS, "locate")
    asked(one)
    answer(one)
    again = sit(POINTS, "locate")
    assert not again.undo()
    assert len(again.store.reviews()) == 1


def test_what_is_answered_anew_after_undo_is_timed_anew(sit: Desk, clock: Clock) -> None:
    sitting = sit(["BL23"], "locate")
    asked(sitting)
    clock.go_on(minutes=5)
    answer(sitting)
    clock.go_on(minutes=5)
    sitting.undo()
    clock.go_on(seconds=2)
    answer(sitting)
    assert given(sitting).milliseconds == 2000


@pytest.mark.parametrize("retention", [0.9, 0.8])
def test_a_sitting_with_another_plan_goes_on_with_what_was_given(
    sit: Desk, retention: float
) -> None:
    before = sit(POINTS, "locate", limits=Limits(9, 1))
    question = asked(before)
    answer(before)
    before.more(2)
    sitting = sit(
        ["ST36", "LI4", "GV4", "BL40"], "identify", limits=Limits(9, 1), retention=retention,
        before=before,
    )  # fmt: skip
    assert sitting.today() == Today(0, 2, 1)
    check(sitting)
    asked(sitting)
    answer(sitting)
    given(sitting)
    for _ in range(2):
        assert sitting.undo()
        check(sitting)
    assert sitting.question == question
    answer(sitting)
    assert given(sitting).card == question.card.key


# -- a day ---------------------------------------------------------------------------------


def test_a_day_with_limits(sit: Desk, store: Store) -> None:
    for i, code in enumerate(("CV12", "LU5", "SP6", "GB30", "KI3")):
        known(store, f"locate:{code}", 30 - i)
    sitting = sit(POINTS, "locate", limits=Limits(3, 4))
    due, order = ["CV12", "LU5", "SP6"], [card.code for card in sitting.waiting()]
    assert order[:3] == due, "the longest due first"
    new = order[3:]
    assert sorted(new) == sorted(["BL23", "BL25", "ST36", "LI4"]), "the first of the list"
    assert sitting.today() == Today(3, 4, 0)

    def go_on(code: str, right: bool, today: Today) -> None:
        assert asked(sitting).card.code == code
        answer(sitting, right=right)
        assert sitting.today() == today
        check(sitting)

    go_on("CV12", True, Today(2, 4, 1))
    go_on("LU5", False, Today(2, 4, 2))  # to be repeated
    go_on("SP6", True, Today(1, 4, 3))
    go_on(new[0], False, Today(2, 3, 4))
    go_on(new[1], True, Today(2, 2, 5))
    go_on(new[2], True, Today(2, 1, 6))
    go_on(new[3], False, Today(3, 0, 7))
    failed = ["LU5", new[0], new[3]]
    assert keys(sitting) == [f"locate:{code}" for code in failed], "in order of failing"
    go_on("LU5", False, Today(3, 0, 8))
    go_on(new[0], True, Today(2, 0, 9))
    assert keys(sitting) == [f"locate:{new[3]}", "locate:LU5"]
    go_on(new[3], True, Today(1, 0, 10))
    go_on("LU5", True, Today(0, 0, 11))
    sitting.ask_next()
    assert (sitting.question, sitting.area, sitting.outcome) == (None, None, None)
    assert sitting.intervals() == {}


def test_the_next_day(sit: Desk, clock: Clock) -> None:
    sitting = sit(POINTS, "locate", limits=Limits(2, 3))
    for right in (False, True, False, True, False):
        asked(sitting)
        answer(sitting, right=right)
    assert sitting.today() == Today(1, 0, 5)
    clock.now = clock.now.replace(hour=1, minute=59)  # 3:59 in the morning after
    clock.go_on(days=1)
    assert sitting.today() == Today(1, 0, 5), "who studies past midnight still studies today"
    clock.go_on(minutes=1)
    failed = [answer.card.key for answer in sitting.history.answers if answer.review.rating == 1]
    today = sitting.today()
    assert (today.new, today.done) == (3, 0)
    assert 0 < today.due <= 2
    assert set(keys(sitting)[: today.due]) <= set(failed)
    assert not set(keys(sitting)[today.due :]) & set(sitting.history.memories)


def test_due_cards_of_a_day_are_limited_with_those_answered(sit: Desk, store: Store) -> None:
    """Also of other sets, and by the day, not by the sitting."""
    for code in POINTS[:6]:
        known(store, f"locate:{code}", 30)
    one = sit(POINTS[:2], "locate", limits=Limits(3, 0))
    asked(one)
    answer(one)
    asked(one)
    answer(one)
    two = sit(POINTS[2:6], "locate", limits=Limits(3, 0))
    assert two.today() == Today(1, 0, 2)


def test_new_cards_of_a_day_are_limited_with_those_answered(sit: Desk) -> None:
    one = sit(POINTS[:2], "locate", limits=Limits(9, 3))
    asked(one)
    answer(one)
    asked(one)
    answer(one)
    two = sit(POINTS[2:], "locate", limits=Limits(9, 3))
    assert two.today() == Today(0, 1, 2)


def test_a_repetition_takes_no_place_of_another_card(sit: Desk, store: Store) -> None:
    for code in POINTS[:4]:
        known(store, f"locate:{code}", 30)
    sitting = sit(POINTS[:4], "locate", limits=Limits(3, 0))
    asked(sitting)
    answer(sitting, right=False)
    for _ in range(2):
        asked(sitting)
        answer(sitting)
    for right in (False, False, True):
        assert len(keys(sitting)) == 1
        asked(sitting)
        answer(sitting, right=right)
    assert sitting.today() == Today(0, 0, 6), "three, and one of them four times"
    wider = sit(POINTS[:4], "locate", limits=Limits(4, 0))
    assert wider.today() == Today(1, 0, 6)


def test_failed_cards_of_another_set_wait_there(sit: Desk) -> None:
    one = sit(["BL23"], "locate")
    asked(one)
    answer(one, right=False)
    assert sit(["BL25"], "locate").today() == Today(0, 1, 1)
    assert sit(["BL23"], "locate").today() == Today(1, 0, 1)


def test_one_new_card_of_a_point_a_day(sit: Desk, clock: Clock) -> None:
    codes = ["BL23", "BL25", "ST36"]
    sitting = sit(codes, "locate", "identify")
    first = keys(sitting)
    assert sorted(key.partition(":")[2] for key in first) == codes
    assert {key.partition(":")[0] for key in first} == {"locate", "identify"}
    for _ in codes:
        asked(sitting)
        answer(sitting)
    assert keys(sitting) == []
    assert sitting.learnable(10) == 0, "nor by asking for more"
    sitting.more(10)
    assert keys(sitting) == []
    clock.go_on(days=1)
    assert sitting.learnable(10) == 3
    second = keys(sitting)
    new = [key for key in second if key not in sitting.history.memories]
    assert sorted(key.partition(":")[2] for key in new) == codes
    assert not set(second) & set(first)
    for _ in codes:
        asked(sitting)
        answer(sitting)
    assert not sitting.learnable(10)


def test_more_new_cards_may_be_asked_for(sit: Desk, clock: Clock) -> None:
    sitting = sit(POINTS, "locate", limits=Limits(9, 2))
    for _ in range(2):
        asked(sitting)
        answer(sitting)
    sitting.ask_next()
    assert sitting.question is None
    sitting.more(3)
    assert sitting.today() == Today(0, 3, 2)
    asked(sitting)
    answer(sitting)
    assert sitting.today() == Today(0, 2, 3)
    sitting.more(1)
    assert sitting.today() == Today(0, 2, 3), "as many are waiting already"
    sitting.more(3)
    assert sitting.today() == Today(0, 3, 3), "from now on, not besides"
    sitting.more(3)
    assert sitting.today() == Today(0, 3, 3)
    clock.go_on(days=1)
    assert sitting.today().new == 2, "asked for that day"


def test_more_takes_nothing_from_the_plan(sit: Desk) -> None:
    sitting = sit(POINTS, "locate", limits=Limits(9, 5))
    sitting.more(2)
    assert sitting.today() == Today(0, 5, 0)


def test_how_many_may_be_learnt_besides(sit: Desk, clock: Clock) -> None:
    """What is offered is what `more` gives, whatever the limit of the day."""
    sitting = sit(POINTS, "locate", "identify", limits=Limits(9, 2))
    for _ in range(2):
        asked(sitting)
        answer(sitting)
    assert sitting.today() == Today(0, 0, 2)
    assert (sitting.learnable(3), sitting.learnable(100)) == (3, len(POINTS) - 2)
    sitting.more(sitting.learnable(100))
    assert sitting.today() == Today(0, len(POINTS) - 2, 2)
    for _ in POINTS[2:]:
        asked(sitting)
        answer(sitting)
    assert (sitting.learnable(100), sitting.today().new) == (0, 0), "one of a point a day"
    clock.go_on(days=1)
    assert sitting.learnable(100) == len(POINTS)


# -- order ---------------------------------------------------------------------------------


def orders(sitting: Sitting, clock: Clock, days: int) -> list[list[str]]:
    """What waits on the days to come, if nobody studies."""
    found = []
    for _ in range(days):
        clock.go_on(days=1)
        found.append(keys(sitting))
    return found


@pytest.mark.parametrize("new", [True, False])
def test_the_order_is_of_the_day(sit: Desk, store: Store, clock: Clock, new: bool) -> None:
    """Who knows the list, or the day before, does not know what comes next."""
    if not new:
        for code in POINTS:
            known(store, f"locate:{code}", 30)
    sitting = sit(POINTS, "locate", limits=Limits(0 if new else 99, 99))
    first = keys(sitting)
    assert sorted(first) == sorted(f"locate:{code}" for code in POINTS)
    assert keys(sit(POINTS, "locate", seed=7, limits=Limits(99, 99))) == first
    clock.go_on(hours=12)
    assert keys(sitting) == first
    days = [first, *orders(sitting, clock, 40)]
    assert all(sorted(order) == sorted(first) for order in days)
    assert len({tuple(order) for order in days}) > 35
    assert len({order[0] for order in days}) > 8
    assert [f"locate:{code}" for code in POINTS] not in days
    assert sorted(POINTS) != [key.partition(":")[2] for key in first]


def test_no_two_questions_stand_together_every_day(sit: Desk, clock: Clock) -> None:
    """One that always follows another would be told by it."""
    days = orders(sit(POINTS, "locate", limits=Limits(9, 99)), clock, 60)
    together = Counter(frozenset(pair) for order in days for pair in pairwise(order))
    ((_, often),) = together.most_common(1)
    assert often < 25, "by chance about ten of sixty days"


@pytest.mark.parametrize("kinds", [("locate",), ("locate", "identify", "recall")])
def test_the_order_holds_while_one_answers(sit: Desk, kinds: tuple[Kind, ...]) -> None:
    sitting = sit(POINTS, *kinds, limits=Limits(9, 9))
    first, told = keys(sitting), []
    failed = []
    for i in range(9):
        question = asked(sitting)
        told.append(question.card.key)
        answer(sitting, right=i % 4 != 2)
        failed += [question.card.key] if i % 4 == 2 else []
        assert keys(sitting) == first[i + 1 :] + failed
        assert keys(sit(POINTS, *kinds, limits=Limits(9, 9))) == keys(sitting), "also anew"
    assert told == first


def test_what_is_longer_due_comes_first_and_new_ones_after_it(sit: Desk, store: Store) -> None:
    for code in POINTS[:4]:
        known(store, f"locate:{code}", 30)
    for code in POINTS[4:8]:
        known(store, f"locate:{code}", 40)
    sitting = sit(POINTS, "locate", limits=Limits(99, 99))
    found = [key.partition(":")[2] for key in keys(sitting)]
    for part, codes in zip(
        (found[:4], found[4:8], found[8:]), (POINTS[4:8], POINTS[:4], POINTS[8:]), strict=True
    ):
        assert sorted(part) == sorted(codes)


def test_without_new_cards_the_due_ones_are_asked(sit: Desk, store: Store) -> None:
    known(store, "locate:BL23", 30)
    sitting = sit(POINTS, "locate", limits=Limits(9, 0))
    assert keys(sitting) == ["locate:BL23"]


def test_how_many_are_due_tomorrow(sit: Desk, clock: Clock) -> None:
    sitting = sit(POINTS[:3], "locate")
    assert sitting.due_tomorrow() == 0
    asked(sitting)
    answer(sitting, right=False)
    asked(sitting)
    answer(sitting)
    assert sitting.due_tomorrow() == 1
    clock.go_on(days=1)
    assert sitting.today().due == 1


def test_a_question_that_is_dropped_is_asked_again(sit: Desk) -> None:
    sitting = sit(POINTS, "locate")
    question = asked(sitting)
    before = sitting.today()
    sitting.drop()
    assert (sitting.question, sitting.today()) == (None, before)
    assert asked(sitting).card == question.card


def test_without_points_nothing_is_asked(sit: Desk) -> None:
    sitting = sit([], "locate")
    sitting.ask_next()
    assert sitting.question is None
    assert sitting.today() == Today(0, 0, 0)
    assert not sitting.learnable(10)


# -- cards without a question --------------------------------------------------------------


def unaskable(monkeypatch: pytest.MonkeyPatch, *keys: str) -> list[str]:
    """Cards that the edition has no question for; returns those that were tried."""
    tried: list[str] = []

    def refuse(stage: Stage, card: Card, rng: Random, codes: list[str]) -> Question:
        if card.key in keys:
            tried.append(card.key)
            raise UnaskableError(card.key)
        return ask(stage, card, rng, codes)

    monkeypatch.setattr("atlas.study.sitting.ask", refuse)
    return tried


def test_what_cannot_be_asked_is_skipped_and_not_counted(
    sit: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = unaskable(monkeypatch, "locate:BL23", "locate:BL25")
    sitting = sit(["BL23", "BL25", "ST36"], "locate")
    assert asked(sitting).card.code == "ST36"
    answer(sitting)
    sitting.ask_next()
    assert (sitting.question, sitting.today()) == (None, Today(0, 0, 1))
    assert sorted(tried) == ["locate:BL23", "locate:BL25"], "once each"


def test_what_cannot_be_asked_takes_no_place_of_another(
    sit: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    unaskable(monkeypatch, "locate:BL23", "locate:LI4")
    known(store, "locate:LI4", 40)
    known(store, "locate:GV4", 30)
    sitting = sit(["BL23", "BL25", "ST36", "LI4", "GV4"], "locate", limits=Limits(1, 1))
    assert asked(sitting).card.code == "GV4"
    answer(sitting)
    assert asked(sitting).card.code == "BL25"
    answer(sitting)
    sitting.ask_next()
    assert sitting.question is None


def test_where_nothing_can_be_asked_the_sitting_ends(
    sit: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    unaskable(monkeypatch, "locate:BL23", "locate:BL25")
    sitting = sit(["BL23", "BL25"], "locate")
    sitting.ask_next()
    assert (sitting.question, sitting.today()) == (None, Today(0, 0, 0))


# -- what comes of a rating ----------------------------------------------------------------


def test_intervals_grow_with_the_rating(sit: Desk, store: Store, clock: Clock) -> None:
    known(store, "locate:BL23", 30)
    sitting = sit(["BL23", "BL25"], "locate")
    for code in ("BL23", "BL25"):
        assert asked(sitting).card.code == code
        open_ = sitting.intervals()
        days = [open_[rating] for rating in (Rating.Again, Rating.Hard, Rating.Good, Rating.Easy)]
        assert days == sorted(days)
        assert days[0] == 1
        assert days[1] < days[3]
        answer(sitting)
        assert sitting.intervals() == open_, "from before the answer, for a correction"
        sitting.rate(Rating.Hard)
        assert sitting.intervals() == open_
        memory = sitting.history.memories[f"locate:{code}"]
        left = day_of(memory.due, BERLIN) - day_of(clock.now, BERLIN)
        assert left.days == open_[Rating.Hard], "it is so"


def test_a_higher_aim_asks_sooner(sit: Desk) -> None:
    days = []
    for retention in (0.7, 0.9, 0.97):
        sitting = sit(["BL23"], "locate", retention=retention)
        asked(sitting)
        days.append(sitting.intervals()[Rating.Good])
    assert days == sorted(days, reverse=True)
    assert len(set(days)) == 3


# -- cut off -------------------------------------------------------------------------------


def test_a_sitting_opened_anew_goes_on_where_the_other_stopped(
    stage: Stage, path: Path, clock: Clock
) -> None:
    """After each answer anew, the same is asked as in one go."""

    def study(file: Path, anew: bool) -> list[tuple[str, bool, Today]]:
        said: list[tuple[str, bool, Today]] = []
        chance = Random(8)
        with Store(file) as store:
            sit = Desk(stage, store, Clock())
            sitting = sit(POINTS, "locate", "identify", "recall", limits=Limits(9, 8))
            while True:
                sitting.ask_next()
                if sitting.question is None:
                    return said
                right = chance.random() < 0.6
                answer(sitting, right=right)
                said.append((sitting.question.card.key, right, sitting.today()))
                if anew:
                    store.close()
                    store = sit.store = Store(file)
                    sitting = sit(POINTS, "locate", "identify", "recall", limits=Limits(9, 8))
                    assert sitting.today() == said[-1][2]
                check(sitting)

    in_one_go = study(path.with_name("one.db"), anew=False)
    assert len(in_one_go) > 10
    assert Counter(key for key, right, _ in in_one_go if right) == Counter(
        {key for key, _, _ in in_one_go}
    ), "passed once each"
    assert study(path.with_name("other.db"), anew=True) == in_one_go


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_that_cannot_be_kept_leaves_the_question_open(
    sit: Desk, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    def fail(store: Store, review: Review) -> Review:
        raise AtlasError("no space is left on the disk")

    sitting = sit(["BL15", "BL23"], kind)
    question = asked(sitting)
    before = sitting.today()
    if kind == "walk":
        for place in places(sit.stage, question)[:-1]:
            sitting.place(*place)
    placed = list(sitting.placed)
    last: dict[Kind, Callable[[], None]] = {
        "locate": lambda: sitting.place(*places(sit.stage, question)[0]),
        "walk": lambda: sitting.place(*places(sit.stage, question)[-1]),
        "identify": lambda: sitting.choose(question.answer[0]),
        "neighbours": lambda: sitting.choose(question.answer[0]),
        "recall": lambda: sitting.rate(Rating.Good),
    }
    if kind == "recall":
        sitting.reveal()
    with monkeypatch.context() as patch:
        patch.setattr(Store, "add_review", fail)
        for _ in range(2):
            with pytest.raises(AtlasError, match="no space is left"):
                last[kind]()
            assert (sitting.question, sitting.outcome, sitting.given) == (question, None, [])
            assert (sitting.placed, sitting.revealed) == (placed, kind == "recall")
            assert (sitting.today(), sitting.store.reviews()) == (before, [])
            check(sitting)
    last[kind]()
    assert given(sitting).rating >= 3
    assert len(sitting.store.reviews()) == 1


def test_a_correction_that_cannot_be_kept_leaves_the_rating(
    sit: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise AtlasError("no space is left on the disk")

    sitting = sit(["BL23"], "locate")
    question = asked(sitting)
    answer(sitting)
    review = given(sitting)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "correct", fail)
        with pytest.raises(AtlasError):
            sitting.rate(Rating.Again)
        patch.setattr(Store, "withdraw", fail)
        with pytest.raises(AtlasError):
            sitting.undo()
    assert given(sitting) == review
    assert sitting.question == question
    assert sitting.today() == Today(0, 0, 1)


# -- two windows ---------------------------------------------------------------------------


def test_what_one_window_answers_the_other_does_not_ask(sit: Desk, other: Store) -> None:
    one, two = sit(POINTS, "locate"), sit(POINTS, "locate", store=other)
    first, told = [card.code for card in one.waiting()], []
    for i in range(10):
        sitting = (one, two)[i % 2]
        told.append(asked(sitting).card.code)
        answer(sitting)
        assert len(sitting.store.reviews()) == i + 1
    assert told == first, "as in one window"
    assert set(told) == set(POINTS[:10]), "the limit is that of both"
    for sitting in (one, two):
        sitting.ask_next()
        assert sitting.question is None
        assert sitting.today() == Today(0, 0, 10)
        check(sitting)


def test_what_fails_in_one_window_may_be_repeated_in_the_other(sit: Desk, other: Store) -> None:
    one, two = sit(["BL23"], "locate"), sit(["BL23"], "locate", store=other)
    asked(one)
    answer(one, right=False)
    assert asked(two).card.code == "BL23"
    answer(two)
    one.ask_next()
    assert one.question is None


@pytest.mark.parametrize("noticed", [False, True])
@pytest.mark.parametrize("act", ["correct", "undo", "correct and undo"])
def test_an_answer_is_changed_after_another_window_has_answered(
    sit: Desk, other: Store, act: str, noticed: bool
) -> None:
    one, two = sit(POINTS, "locate"), sit(POINTS, "locate", store=other)
    first = asked(one)
    answer(one)
    second = asked(two)
    answer(two)
    theirs = given(two)
    assert first.card != second.card
    if noticed:
        one.history = History(one.schedule, one.store.reviews())
    if "correct" in act:
        one.rate(Rating.Hard)
    if "undo" in act:
        assert one.undo()
        assert one.question == first
        left = {theirs.card: 4}
    else:
        left = {first.card.key: 2, theirs.card: 4}
    for sitting in (one, two):
        assert {r.card: r.rating for r in sitting.store.reviews()} == left
        assert len(sitting.store.reviews()) == len(left)
        asked(sitting)
        check(sitting)
        assert sitting.today().done == len(left)


def test_an_answer_is_taken_back_when_the_other_window_was_noticed(sit: Desk, other: Store) -> None:
    """The question after it is open, and the other window's answer lies between."""
    one, two = sit(POINTS, "locate"), sit(POINTS, "locate", store=other)
    first = asked(one)
    answer(one)
    asked(two)
    answer(two)
    theirs = given(two)
    asked(one)
    assert one.undo()
    assert one.question == first
    assert one.store.reviews() == [theirs]
    check(one)
    answer(one, right=False)
    check(one)
    two.ask_next()
    check(two)


def test_both_windows_answer_the_same_card(sit: Desk, other: Store) -> None:
    """It was open in both: both answers count, and each is taken back for itself."""
    one, two = sit(["BL23"], "locate"), sit(["BL23"], "locate", store=other)
    asked(one)
    asked(two)
    answer(one)
    answer(two, right=False)
    one.ask_next()
    check(one)
    assert one.today() == Today(1, 0, 2), "the last answer failed"
    assert one.undo()
    check(one)
    assert [review.rating for review in one.store.reviews()] == [1]


# -- anything ------------------------------------------------------------------------------


def waits(sitting: Sitting) -> bool:
    """Whether the question that is asked has no answer yet."""
    return sitting.question is not None and sitting.outcome is None


class Anything(RuleBasedStateMachine):
    """Whatever is done, what is remembered is what the store says, and nothing is asked twice."""

    windows = 1
    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "study.db"
        self.clock = Clock()
        self.counting: dict[str, tuple[str, int]] = {}  # uid: card and rating, as they should be
        self.sittings = [self.open(seed) for seed in range(self.windows)]

    def open(self, seed: int, before: Sitting | None = None, retention: float = 0.9) -> Sitting:
        kinds: tuple[Kind, ...] = ("locate", "identify", "recall", "walk")
        store = before.store if before else Store(self.file)
        return Desk(self.stage, store, self.clock)(
            (*POINTS[:5], "BL15"), *kinds, seed=seed, before=before, limits=Limits(3, 4),
            retention=retention,
        )  # fmt: skip

    def teardown(self) -> None:
        for sitting in self.sittings:
            sitting.store.close()
        self.folder.cleanup()

    def at(self, window: int) -> Sitting:
        return self.sittings[window % self.windows]

    def noted(self, sitting: Sitting) -> None:
        assert sitting.outcome is not None
        review = sitting.outcome.review
        self.counting[review.uid] = (review.card, review.rating)

    WINDOW = st.integers(0, 1)

    @rule(window=WINDOW)
    def ask(self, window: int) -> None:
        sitting = self.at(window)
        sitting.ask_next()
        check(sitting)
        assert (sitting.question is None) == (sitting.waiting() == [])

    @rule(window=WINDOW, right=st.booleans(), seconds=st.integers(0, 4000))
    def answer(self, window: int, right: bool, seconds: int) -> None:
        sitting = self.at(window)
        if waits(sitting):
            while sitting.placed:
                sitting.take_back_place()
            self.clock.go_on(seconds=seconds)
            answer(sitting, right=right)
            self.noted(sitting)

    @rule(window=WINDOW, share=st.floats(0, 1))
    def click(self, window: int, share: float) -> None:
        sitting = self.at(window)
        question = sitting.question
        if question and waits(sitting) and question.card.kind in ("locate", "walk"):
            left, top, width, height = sitting.stage.body.maps[question.map_id].frame
            sitting.place(left + share * width, top + share * height)
            if not waits(sitting):
                self.noted(sitting)

    @rule(window=WINDOW, rating=st.sampled_from(Rating))
    def rate(self, window: int, rating: Rating) -> None:
        sitting = self.at(window)
        if sitting.outcome:
            del self.counting[sitting.outcome.review.uid]
            sitting.rate(rating)
            self.noted(sitting)
            assert sitting.outcome.review.rating == rating

    @rule(window=WINDOW)
    def look(self, window: int) -> None:
        sitting = self.at(window)
        if sitting.question and waits(sitting) and sitting.question.card.kind == "recall":
            sitting.reveal()

    @rule(window=WINDOW)
    def undo(self, window: int) -> None:
        sitting = self.at(window)
        last = sitting.given[-1] if sitting.given else None
        placed, revealed = list(sitting.placed), sitting.revealed
        if waits(sitting) and (placed or revealed):
            assert sitting.undo()
            assert (sitting.placed, sitting.revealed) == (placed[:-1], False)
            assert sitting.given[-1:] == ([last] if last is not None else [])
            return
        assert sitting.undo() == (last is not None)
        if last is not None:
            del self.counting[last.review.uid]
            assert sitting.question == last.question

    @rule(window=WINDOW)
    def open_anew(self, window: int) -> None:
        self.at(window).store.close()
        self.sittings[window % self.windows] = self.open(window)

    @rule(window=WINDOW, retention=st.sampled_from([0.8, 0.9]))
    def change_plan(self, window: int, retention: float) -> None:
        changed = self.open(window, self.at(window), retention)
        self.sittings[window % self.windows] = changed

    @rule(hours=st.sampled_from([1, 9, 24, 24 * 20]))
    def wait(self, hours: int) -> None:
        self.clock.go_on(hours=hours)

    @rule(window=WINDOW)
    def want_more(self, window: int) -> None:
        self.at(window).more(1)

    @invariant()
    def each_answer_counts_once(self) -> None:
        for sitting in self.sittings:
            reviews = sitting.store.reviews()
            assert {r.uid: (r.card, r.rating) for r in reviews} == self.counting

    @invariant()
    def what_is_remembered_is_what_the_store_says(self) -> None:
        for sitting in self.sittings[: self.windows % 2]:  # another window is noticed when asking
            check(sitting)

    @invariant()
    def what_was_passed_today_does_not_wait(self) -> None:
        for sitting in self.sittings:
            today = day_of(self.clock.now, BERLIN)
            last = {a.card: a.review.rating for a in sitting.history.of_day(today)}
            waiting = sitting.waiting()
            assert all(last.get(card, 1) == 1 for card in waiting)
            assert len(set(waiting)) == len(waiting)
            failed = {card for card, rating in last.items() if rating == 1}
            assert failed <= set(waiting)
            assert sitting.today().done == len(sitting.history.of_day(today))


class TwoWindows(Anything):
    windows = 2


@pytest.mark.parametrize("machine", [Anything, TwoWindows])
def test_anything(stage: Stage, machine: type[Anything]) -> None:
    machine.stage = stage
    run_state_machine_as_test(machine, settings=settings(max_examples=40, stateful_step_count=40))
