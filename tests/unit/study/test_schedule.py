"""When a card is asked again, by whole days of study."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.body.body import Spot
from atlas.study.cards import Card
from atlas.study.grading import Miss
from atlas.study.schedule import (
    Limits,
    Memory,
    Rating,
    Schedule,
    begin_of,
    day_of,
    rate,
    rate_choice,
    session,
)

BERLIN = ZoneInfo("Europe/Berlin")
TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2025, 5, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)
RATINGS = st.sampled_from(list(Rating))
MOMENTS = st.integers(0, 6 * 365 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))


def miss(cun: float, tolerance: float = 0.5, *, hit: bool = False) -> Miss:
    return Miss(cun, {}, "", None, tolerance, Spot(0, "P1", 0, 1, 0, 0, ""), hit)


# -- days ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        (datetime(2025, 5, 5, 1, 59, tzinfo=UTC), BERLIN, date(2025, 5, 4)),  # 3:59 there
        (datetime(2025, 5, 5, 2, 0, tzinfo=UTC), BERLIN, date(2025, 5, 5)),
        (datetime(2025, 5, 5, 23, 0, tzinfo=UTC), BERLIN, date(2025, 5, 5)),  # 1:00 next day
        (datetime(2025, 5, 5, 18, 59, tzinfo=UTC), TOKYO, date(2025, 5, 5)),
        (datetime(2025, 5, 5, 19, 0, tzinfo=UTC), TOKYO, date(2025, 5, 6)),
        (datetime(2025, 1, 1, 2, 0, tzinfo=UTC), UTC, date(2024, 12, 31)),
        (datetime(2025, 3, 30, 1, 59, tzinfo=UTC), BERLIN, date(2025, 3, 29)),  # clocks go forward
        (datetime(2025, 3, 30, 2, 0, tzinfo=UTC), BERLIN, date(2025, 3, 30)),
    ],
)
def test_a_day_begins_at_four_local(now: datetime, zone: ZoneInfo, day: date) -> None:
    assert day_of(now, zone) == day


@given(now=MOMENTS, zone=st.sampled_from([BERLIN, TOKYO, ZoneInfo("America/St_Johns"), UTC]))
def test_an_instant_lies_in_its_day(now: datetime, zone: ZoneInfo) -> None:
    day = day_of(now, zone)
    assert begin_of(day, zone) <= now < begin_of(day + DAY, zone)
    assert begin_of(day, zone).tzinfo is UTC


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^the time has no time zone$"):
        day_of(datetime(2025, 5, 5), BERLIN)  # noqa: DTZ001


# -- ratings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cun", "tolerance", "rating"),
    [
        (0, 0.5, Rating.Easy),
        (0.24, 0.5, Rating.Easy),
        (0.26, 0.5, Rating.Good),
        (0.54, 0.5, Rating.Good),
        (0.56, 0.5, Rating.Hard),
        (1.04, 0.5, Rating.Hard),
        (1.06, 0.5, Rating.Again),
        (15, 0.5, Rating.Again),
        (0.14, 0.2, Rating.Easy),
        (0.16, 0.2, Rating.Good),
        (0.24, 0.2, Rating.Good),
        (0.26, 0.2, Rating.Hard),
        (0.44, 0.2, Rating.Hard),
        (0.46, 0.2, Rating.Again),
    ],
)
def test_the_rating_of_a_miss(cun: float, tolerance: float, rating: Rating) -> None:
    """To a tenth of a cun, as it is shown."""
    assert rate(miss(cun, tolerance)) == rating


@given(cun=st.floats(0, 5), tolerance=st.sampled_from([0.1, 0.2, 0.25, 0.5, 1.3, 2.0]))
def test_what_is_shown_is_what_is_judged(cun: float, tolerance: float) -> None:
    shown = float(f"{cun:.1f}")
    assert miss(cun, tolerance).within == (shown <= tolerance)
    assert (rate(miss(cun, tolerance)) >= Rating.Good) == (shown <= tolerance)
    assert rate(miss(cun, tolerance)) == rate(miss(shown, tolerance))


@pytest.mark.parametrize(
    ("cun", "rating"),
    [(0.1, Rating.Hard), (0.5, Rating.Hard), (0.9, Rating.Hard), (2, Rating.Again)],
)
def test_who_hits_another_point_does_not_know_it_well(cun: float, rating: Rating) -> None:
    assert rate(miss(cun, hit=True)) == rating


def test_a_walk_is_as_good_as_its_worst_place() -> None:
    assert rate(miss(0), miss(0.7), miss(0.4)) == Rating.Hard


def test_the_rating_of_a_choice() -> None:
    assert (rate_choice(True), rate_choice(False)) == (Rating.Good, Rating.Again)


# -- memory --------------------------------------------------------------------------------


def test_the_first_review_is_that_of_fsrs() -> None:
    schedule = Schedule(BERLIN)
    for rating in Rating:
        theirs = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        expected, _ = theirs.review_card(fsrs.Card(card_id=1, due=NOON), rating, NOON)
        memory = schedule.review(None, rating, NOON)
        assert (memory.stability, memory.difficulty) == (expected.stability, expected.difficulty)
        assert memory.last_review == NOON
        assert (memory.due - begin_of(date(2025, 5, 5), BERLIN)).days == (expected.due - NOON).days


@given(ratings=st.lists(RATINGS, min_size=1, max_size=8), hours=st.integers(2, 25))
def test_a_card_is_due_for_the_whole_of_its_day(ratings: list[Rating], hours: int) -> None:
    schedule, memory, now = Schedule(BERLIN), None, NOON
    for rating in ratings:
        memory = schedule.review(memory, rating, now)
        assert memory.due == begin_of(day_of(memory.due, BERLIN), BERLIN)
        assert day_of(memory.due, BERLIN) > day_of(now, BERLIN), "never twice a day by itself"
        now = memory.due + timedelta(hours=hours % 24)


def test_the_hour_of_a_review_does_not_matter() -> None:
    """In the evening of one day and the morning of the next there is a day between."""
    schedule = Schedule(BERLIN)
    late, early = NOON + timedelta(hours=9), NOON + timedelta(hours=19)
    assert early - late < DAY
    memory = schedule.review(None, Rating.Good, late)
    assert schedule.retrievability(memory, early) < schedule.retrievability(memory, late) == 1
    midday = schedule.review(schedule.review(None, Rating.Good, NOON), Rating.Good, NOON + DAY)
    assert schedule.review(memory, Rating.Good, early).stability == midday.stability


def test_what_is_remembered_fades_and_grows() -> None:
    schedule = Schedule(BERLIN)
    memory = schedule.review(None, Rating.Good, NOON)
    chances = [schedule.retrievability(memory, NOON + i * DAY) for i in range(30)]
    assert chances == sorted(chances, reverse=True)
    assert 0 < chances[-1] < chances[0] == 1
    again, hard, good, easy = (schedule.review(memory, r, memory.due) for r in Rating)
    assert again.stability < memory.stability < hard.stability < good.stability < easy.stability
    assert easy.difficulty < good.difficulty < hard.difficulty < again.difficulty


def test_a_rating_is_corrected_by_answering_from_before() -> None:
    schedule = Schedule(BERLIN)
    before = schedule.review(None, Rating.Good, NOON)
    copy = Memory(before.stability, before.difficulty, before.due, before.last_review)
    wrong = schedule.review(before, Rating.Again, before.due)
    assert before == copy
    assert schedule.review(before, Rating.Good, before.due) != wrong
    assert schedule.review(before, Rating.Again, before.due) == wrong, "nothing is left to chance"


def test_who_wants_to_remember_more_is_asked_sooner() -> None:
    dues = [Schedule(BERLIN, goal).review(None, Rating.Easy, NOON).due for goal in (0.8, 0.9, 0.97)]
    assert dues[0] > dues[1] > dues[2]


def test_a_clock_that_was_set_back_does_no_harm() -> None:
    schedule = Schedule(BERLIN)
    memory = schedule.review(None, Rating.Good, NOON)
    assert schedule.retrievability(memory, NOON - 3 * DAY) == 1
    assert schedule.review(memory, Rating.Good, NOON - 3 * DAY).last_review == NOON - 3 * DAY


def test_times_are_stored_in_utc() -> None:
    memory = Schedule(TOKYO).review(None, Rating.Good, NOON.astimezone(TOKYO))
    assert memory.last_review.tzinfo is UTC
    assert memory.due.tzinfo is UTC


# -- sessions ------------------------------------------------------------------------------


def cards(*codes: str) -> list[Card]:
    return [Card(code, kind) for code in codes for kind in ("locate", "identify", "recall")]


def memory(due: datetime) -> Memory:
    return Memory(3, 5, due, due - 3 * DAY)


BEGUN = ("locate", "locate", "locate", "locate", "identify", "identify")


def test_due_first_then_new_ones_in_order() -> None:
    memories = {
        "locate:P1": memory(NOON + DAY),
        "locate:P2": memory(NOON - DAY),
        "locate:P3": memory(NOON),
        "recall:P4": memory(NOON - 2 * DAY),
    }
    order = ["P6", "P1", "P5", "P2"]
    found = session(cards("P1", "P2", "P3", "P4", "P5", "P6"), memories, NOON, Limits(), order)
    assert [card.key for card in found] == [
        "recall:P4",
        "locate:P2",
        "locate:P3",
        "identify:P6",
        "identify:P1",
        "recall:P5",
    ]


def test_the_kinds_of_new_cards_take_turns_whatever_was_answered_already() -> None:
    codes = ["P1", "P2", "P3", "P4"]
    found = session(cards(*codes), {}, NOON, Limits(), codes)
    assert [card.kind for card in found] == ["locate", "identify", "recall", "locate"]
    memories = {card.key: memory(NOON + DAY) for card in (found[0], found[2])}
    answered = {card.code: card.kind for card in (found[0], found[2])}
    later = session(cards(*codes), memories, NOON, Limits(), codes, answered)
    assert later == [found[1], found[3]], "those of the day stay what they were"
    repeated = session(cards(*codes), {}, NOON, Limits(), codes, {"P1": None, "P3": None})
    assert [card.key for card in repeated] == ["locate:P2", "identify:P4"]


def test_of_a_point_s_kinds_the_one_comes_that_was_begun_least_often() -> None:
    memories = {f"{kind}:P{i}": memory(NOON + DAY) for i, kind in enumerate(BEGUN, 1)}
    codes = ["P7", "P1", "P8", "P9"]
    found = session(cards(*codes, "P2", "P3", "P4", "P5", "P6"), memories, NOON, Limits(), codes)
    assert [card.key for card in found] == ["recall:P7", "recall:P1", "identify:P8", "recall:P9"]


def test_limits() -> None:
    codes = [f"P{i}" for i in range(1, 40)]
    memories = {f"locate:P{i}": memory(NOON - i * DAY) for i in range(1, 20)}
    found = session(cards(*codes), memories, NOON, Limits(due=3, new=2), codes)
    keys = [card.key for card in found]
    assert keys == ["locate:P19", "locate:P18", "locate:P17", "identify:P1", "recall:P2"]
    assert session(cards(*codes), memories, NOON, Limits(due=0, new=0), codes) == []


def test_a_memory_of_a_card_that_is_gone_is_left_alone() -> None:
    assert session(cards("P1"), {"locate:P9": memory(NOON)}, NOON, Limits(new=0), ["P1"]) == []


def test_points_outside_the_order_are_not_new() -> None:
    found = session(cards("P1", "P2"), {}, NOON, Limits(), ["P2"])
    assert [card.key for card in found] == ["locate:P2"]


@given(
    due=st.dictionaries(st.integers(0, 30), st.integers(-5, 5), max_size=20),
    limits=st.builds(Limits, st.integers(0, 12), st.integers(0, 12)),
    order=st.permutations(range(12)),
)
def test_a_session(due: dict[int, int], limits: Limits, order: list[int]) -> None:
    codes = [f"P{i}" for i in range(12)]
    every = cards(*codes)
    memories = {every[i].key: memory(NOON + days * DAY) for i, days in due.items()}
    found = session(every, memories, NOON, limits, [codes[i] for i in order])
    old = [card for card in found if card.key in memories]
    new = [card for card in found if card.key not in memories]
    assert found == old + new
    assert len(set(found)) == len(found)
    assert len(old) == min(limits.due, sum(days <= 0 for days in due.values()))
    assert len(new) <= limits.new
    dues = [memories[card.key].due for card in old]
    assert dues == sorted(dues)
    assert all(at <= NOON for at in dues)
    places = [order.index(codes.index(card.code)) for card in new]
    assert places == sorted(set(places)), "in order, no point twice"
    assert not {card.code for card in old} & {card.code for card in new}


# -- a learner of whom FSRS is right -------------------------------------------------------


def learn(goal: float, seed: int, days: int = 200) -> tuple[int, int]:
    """Answers remembered, and all answers about known cards, over some days of sessions."""
    rng, schedule = Random(seed), Schedule(BERLIN, goal)
    every = [Card(f"P{i}", "locate") for i in range(300)]
    order, memories = [card.code for card in every], dict[str, Memory]()
    remembered = answers = 0
    for day in range(days):
        now = begin_of(date(2025, 2, 1) + day * DAY, BERLIN) + timedelta(hours=rng.uniform(0, 22))
        for card in session(every, memories, now, Limits(1000, 5), order):
            known = memories.get(card.key)
            chance = 0.8 if known is None else schedule.retrievability(known, now)
            hit = rng.random() < chance
            if known is not None:
                answers, remembered = answers + 1, remembered + hit
            good = rng.choices([Rating.Hard, Rating.Good, Rating.Easy], [1, 6, 2])[0]
            memories[card.key] = schedule.review(known, good if hit else Rating.Again, now)
    return remembered, answers


@pytest.mark.parametrize("goal", [0.8, 0.85, 0.9, 0.95])
def test_a_learner_remembers_what_was_aimed_at(goal: float) -> None:
    runs = [learn(goal, seed) for seed in range(4)]
    remembered, answers = (sum(run[i] for run in runs) for i in (0, 1))
    assert answers > 3000
    assert remembered / answers == pytest.approx(goal, abs=0.02)


def test_the_window_opens_without_study() -> None:
    code = (
        "import sys, atlas.ui.app, atlas.ui.window;"
        "late = ('fsrs', 'genanki', 'atlas.study', 'atlas.ui.decks', 'atlas.ui.cutouts');"
        "print([m for m in sys.modules if m.startswith(late)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=dict(os.environ), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
