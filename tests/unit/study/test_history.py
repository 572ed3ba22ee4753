"""What is remembered is what the answers say, however it came about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.study.cards import Card
from atlas.study.history import History
from atlas.study.records import Review, stamp
from atlas.study.schedule import Rating, Schedule

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 5, 5, 10, tzinfo=UTC)
CARDS = ["locate:BL23", "identify:BL23", "walk:BL15", "recall:LI4"]
UNKNOWN = ["name:BL23", "place_it:BL23"]
SCHEDULE = Schedule(BERLIN)


def answered(*when: datetime, card: str = "locate:BL23", rating: int = 3) -> list[Review]:
    return [Review(card, rating, stamp(at)) for at in when]


@st.composite
def reviews(draw: st.DrawFn) -> list[Review]:
    """Answers one after the other: seconds, hours or weeks apart."""
    at, found = NOON, []
    apart = st.one_of(st.integers(1, 60), st.integers(3600, 86_400), st.integers(86_400, 3_000_000))
    keys, ratings = st.sampled_from(CARDS + UNKNOWN[:1]), st.integers(1, 4)
    for key, rating, seconds in draw(st.lists(st.tuples(keys, ratings, apart), max_size=20)):
        at += timedelta(seconds=seconds)
        found.append(Review(key, rating, stamp(at)))
    return found


@given(said=reviews(), data=st.data())
def test_what_is_taken_back_was_never_said(said: list[Review], data: st.DataObject) -> None:
    """Also for what is added afterwards: the same memories and the same repetitions."""
    known = [review for review in said if Card.from_key(review.card)]
    back = data.draw(st.integers(0, len(known)))
    kept = known[: len(known) - back]
    history, fresh = History(SCHEDULE, said), History(SCHEDULE, kept)
    for _ in range(back):
        history.take_back()
    assert (history.answers, history.memories) == (fresh.answers, fresh.memories)
    for review in known[len(kept) :]:
        history.add(review)
        fresh.add(review)
    assert (history.answers, history.memories) == (fresh.answers, fresh.memories)
    again = History(SCHEDULE, said)
    assert (history.answers, history.memories) == (again.answers, again.memories)


@given(reviews())
def test_each_answer_follows_from_the_one_before_it(said: list[Review]) -> None:
    history = History(SCHEDULE, said)
    assert [a.review for a in history.answers] == [r for r in said if r.card in CARDS]
    for card in {answer.card for answer in history.answers}:
        memory, days = None, set[date]()
        for answer in history.of_card(card):
            assert answer.before == memory
            assert answer.repeated == (answer.day in days)
            memory = SCHEDULE.review(memory, Rating(answer.review.rating), answer.at)
            days.add(answer.day)
        assert history.memories[card.key] == memory


@pytest.mark.parametrize("key", UNKNOWN)
def test_cards_of_another_version_are_left_out(key: str) -> None:
    before, after = answered(NOON, NOON + timedelta(hours=1))
    between = Review(key, 1, stamp(NOON + timedelta(minutes=5)))
    history = History(SCHEDULE, [before, between, after])
    assert [answer.review for answer in history.answers] == [before, after]
    assert set(history.memories) == {"locate:BL23"}
    history.take_back()
    assert [answer.review for answer in history.answers] == [before]


def test_a_card_that_this_edition_has_no_longer_is_kept() -> None:
    """The points of another data folder: their memories are there when it is opened again."""
    history = History(SCHEDULE, answered(NOON, card="locate:XX7"))
    assert set(history.memories) == {"locate:XX7"}


def test_a_day_of_study_ends_at_four_local_time() -> None:
    evening = datetime(2026, 5, 5, 20, tzinfo=BERLIN)
    before = datetime(2026, 5, 6, 3, 59, 59, tzinfo=BERLIN)
    after = datetime(2026, 5, 6, 4, tzinfo=BERLIN)
    history = History(SCHEDULE, answered(evening, before, after))
    assert [answer.repeated for answer in history.answers] == [False, True, False]
    tuesday, wednesday = date(2026, 5, 5), date(2026, 5, 6)
    assert [answer.day for answer in history.answers] == [tuesday, tuesday, wednesday]
    assert history.of_day(tuesday) == history.answers[:2]
    assert history.of_day(wednesday) == history.answers[2:]
    assert history.of_day(date(2026, 5, 7)) == []


def test_the_day_is_that_of_the_learner_not_of_london() -> None:
    one, other = datetime(2026, 5, 5, 23, tzinfo=UTC), datetime(2026, 5, 6, 1, tzinfo=UTC)
    tokyo = Schedule(ZoneInfo("Asia/Tokyo"))  # 8:00 and 10:00
    assert [a.repeated for a in History(tokyo, answered(one, other)).answers] == [False, True]
    london = Schedule(ZoneInfo("Europe/London"))  # 0:00 and 2:00, of the fifth
    assert History(london, answered(one, other)).answers[0].day == date(2026, 5, 5)
    assert History(tokyo, answered(one, other)).answers[0].day == date(2026, 5, 6)


def test_only_the_same_card_is_repeated() -> None:
    one, other = answered(NOON), answered(NOON + timedelta(hours=1), card="identify:BL23")
    history = History(SCHEDULE, one + other)
    assert [answer.repeated for answer in history.answers] == [False, False]
    assert history.of_card(Card("BL23", "identify")) == history.answers[1:]
