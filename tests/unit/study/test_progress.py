"""What answers add up to, and the sentences that tell it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.edition import Edition
from atlas.study import sayings
from atlas.study.agenda import Agenda
from atlas.study.aim import (
    FEWEST,
    PLANES,
    Misses,
    aim_of,
    clicks_of,
    codes_of,
    misses,
    over_time,
    word_of,
)
from atlas.study.grading import _told
from atlas.study.history import History
from atlas.study.progress import (
    KNOWN,
    WELL_KNOWN,
    Level,
    Share,
    by_meridian,
    by_region,
    days_of,
    forecast,
    mastery,
    retention,
)
from atlas.study.records import Review, stamp
from atlas.study.schedule import Limits, Schedule, day_of

NOON = datetime(2025, 5, 5, 12, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
FRONT, SIDE, ABOVE = PLANES


def answer(card: str, day: float = 0, rating: int = 3, **more: object) -> Review:
    return Review(card, rating, stamp(NOON + day * DAY), **more)  # type: ignore[arg-type]


def click(code: str, day: float = 0, map_id: str = "back", **parts: float) -> Review:
    miss = math.hypot(*parts.values())
    rating = 3 if miss < 0.5 else 1
    return answer(f"locate:{code}", day, rating, miss=miss, parts=parts, map_id=map_id)


def history(reviews: Iterable[Review]) -> History:
    return History(Schedule(UTC), sorted(reviews, key=lambda review: review.at))


def drawn(edition: Edition, *clicks: Review, **more: object) -> Misses:
    found = clicks_of(history(clicks).answers)
    return misses(edition.body, found, **more)  # type: ignore[arg-type]


def cloud(count: int, x: float, y: float, spread: float = 0.2, seed: int = 1) -> list[Review]:
    """Clicks around a place lateral (x) and high (y) of BL23, one a day."""
    rng = Random(seed)
    clicks = []
    for i in range(count):
        out, high = rng.gauss(x, spread), rng.gauss(y, spread)
        across = {"lateral": out} if out > 0 else {"medial": -out}
        up = {"superior": high} if high > 0 else {"inferior": -high}
        clicks.append(click("BL23", i - count, "back", **across, **up))
    return clicks


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["locate:BL23", "recall:BL23", "locate:ST36", "identify:LI4", "walk:BL11"]),
        st.integers(1, 4),
        st.integers(0, 60 * 24),
    ),
    max_size=25,
).map(lambda rows: history(answer(card, hours / 24, rating) for card, rating, hours in rows))


# -- what is due ---------------------------------------------------------------------------


def test_overdue_cards_are_due_today_and_others_on_their_day(edition: Edition) -> None:
    found = history([answer("locate:BL23"), answer("recall:ST36", rating=4)])
    ahead = {key: (day_of(m.due, UTC) - NOON.date()).days for key, m in found.memories.items()}
    first, second = sorted(ahead.values())
    assert 0 < first < second
    counts = forecast(found, edition.catalogue, NOON, 30)
    assert {i: n for i, n in enumerate(counts) if n} == {first: 1, second: 1}
    assert forecast(found, edition.catalogue, NOON + 90 * DAY, 30) == [2] + [0] * 29


def test_what_is_due_later_or_unknown_is_not_counted(edition: Edition) -> None:
    found = history([answer("locate:BL23", rating=4), answer("locate:XX99", rating=1)])
    assert forecast(found, edition.catalogue, NOON, 3) == [0, 0, 0]
    assert sum(forecast(found, edition.catalogue, NOON, 60)) == 1


def test_a_failed_card_is_due_today_until_it_is_known(edition: Edition) -> None:
    found = history([answer("locate:BL23", rating=1), answer("recall:BL23", rating=1)])
    assert forecast(found, edition.catalogue, NOON, 3) == [2, 0, 0]
    found.add(answer("locate:BL23", 0.1, rating=2))
    assert forecast(found, edition.catalogue, NOON, 3) == [1, 1, 0]
    assert forecast(found, edition.catalogue, NOON + DAY, 3) == [2, 0, 0]


@given(ANSWERS, st.integers(0, 60))
def test_the_forecast_agrees_with_what_is_asked(edition: Edition, found: History, day: int) -> None:
    now = NOON + day * DAY
    before = history(a.review for a in found.answers if a.day <= now.date())
    cards = list({answer.card for answer in before.answers})
    agenda = Agenda(cards, list(edition.catalogue.index), Limits(due=1000, new=0), lambda: now)
    waiting = agenda.waiting(before)
    assert forecast(before, edition.catalogue, now, 1) == [len(waiting)]
    assert agenda.today(before).due == len(waiting)


@given(ANSWERS, st.integers(0, 400))
def test_every_known_card_is_due_on_one_day(edition: Edition, found: History, later: int) -> None:
    counts = forecast(found, edition.catalogue, NOON + later * DAY, 40_000)
    assert sum(counts) == len(found.memories)


# -- what was remembered -------------------------------------------------------------------


def test_only_first_answers_of_a_day_to_known_cards_count() -> None:
    found = history(
        [
            answer("locate:BL23"),  # new
            answer("locate:BL23", 0.1, rating=1),  # again on the same day
            answer("locate:BL23", 2, rating=1),
            answer("locate:BL23", 2.1),
            answer("locate:BL23", 8),
        ]
    )
    periods = retention(found)
    assert [(p.begin, p.remembered) for p in periods] == [
        (date(2025, 5, 5), Share(0, 1)),
        (date(2025, 5, 12), Share(1, 1)),
    ]
    before = found.answers[2].before
    assert before is not None
    predicted = found.schedule.retrievability(before, NOON + 2 * DAY)
    assert periods[0].predicted == predicted
    assert 0 < predicted < 1


def test_many_weeks_are_told_by_months() -> None:
    weekly = [answer("locate:BL23", 7 * i) for i in range(29)]
    assert {p.begin.weekday() for p in retention(history(weekly[:28]))} == {0}
    months = retention(history(weekly))
    assert {p.begin.day for p in months} == {1}
    assert sum(p.remembered.answers for p in months) == 28


@given(ANSWERS)
def test_each_period_holds_its_answers_once(found: History) -> None:
    asked = [a for a in found.answers if a.before is not None and not a.repeated]
    periods = retention(found)
    assert sum(p.remembered.answers for p in periods) == len(asked)
    assert sum(p.remembered.known for p in periods) == sum(a.review.rating > 1 for a in asked)
    assert [p.begin for p in periods] == sorted({p.begin for p in periods})
    assert all(0 < p.predicted <= 1 for p in periods)


def test_the_interval_is_that_of_wilson() -> None:
    assert Share(8, 10).interval == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert Share(0, 10).interval == pytest.approx((0, 0.2775), abs=1e-4)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    share = Share(*counts)
    low, high = share.interval
    assert 0 <= low <= share.value <= high <= 1
    more_low, more_high = Share(4 * share.known, 4 * share.answers).interval
    assert more_high - more_low < high - low


def test_an_answer_is_known_from_hard_on() -> None:
    ratings = [answer(f"recall:BL{rating}", rating=rating) for rating in (1, 2, 3, 4)]
    assert days_of(history(ratings), NOON).today == Share(3, 4)


# -- what is known where -----------------------------------------------------------------------


def test_scores_are_counted_by_meridian_with_the_median_miss(edition: Edition) -> None:
    found = history(
        [
            click("BL23", lateral=0.2),
            click("BL23", 0.1, lateral=3.0),  # a repeat on the same day
            click("BL25", superior=0.4),
            click("BL40", lateral=1.0),
            answer("recall:BL23", rating=1),
            answer("identify:ST36"),
            answer("locate:XX99"),
        ]
    )
    bladder, stomach = by_meridian(found, edition.catalogue)
    assert bladder.title == "Bladder BL"
    assert bladder.share == Share(2, 4)
    assert bladder.miss == pytest.approx(0.4)
    assert (stomach.title, stomach.share, stomach.miss) == ("Stomach ST", Share(1, 1), None)


def test_a_point_of_two_regions_counts_in_both(edition: Edition) -> None:
    point = next(p for p in edition.catalogue.points if len(p.regions) == 2)
    scores = by_region(history([answer(f"recall:{point.code}")]), edition.catalogue)
    assert [score.share for score in scores] == [Share(1, 1)] * 2
    titles = {edition.catalogue.titles[region].casefold() for region in point.regions}
    assert {score.title.casefold() for score in scores} == titles


@given(ANSWERS)
def test_the_weakest_comes_first(edition: Edition, found: History) -> None:
    scores = by_meridian(found, edition.catalogue)
    values = [score.share.value for score in scores]
    assert values == sorted(values)
    assert sum(s.share.answers for s in scores) == sum(not a.repeated for a in found.answers)


# -- what is known -------------------------------------------------------------------------


def test_a_point_becomes_known_and_is_lost_again(edition: Edition) -> None:
    reviews: list[Review] = []
    levels = []
    found = history(reviews)
    for day, rating in ((0, 1), (1, 3), (4, 3), (14, 3), (45, 3)):
        found.add(answer("locate:BL23", day, rating))
        one = mastery(found, edition.catalogue, NOON + day * DAY)["BL23"]
        levels.append(one.level)
        assert one.stability == found.memories["locate:BL23"].stability
    assert levels[0] == Level.LEARNING
    assert levels[-1] == Level.WELL_KNOWN
    assert levels == sorted(levels)
    later = mastery(found, edition.catalogue, NOON + 3000 * DAY)["BL23"]
    assert later.level == Level.LEARNING
    assert later.retrievability < 0.8


def test_the_weakest_card_tells_how_well_a_point_is_known(edition: Edition) -> None:
    strong = [answer("locate:BL23", day, 4) for day in (0, 10, 60)]
    now = NOON + 60 * DAY
    alone = mastery(history(strong), edition.catalogue, now)
    assert alone["BL23"].level == Level.WELL_KNOWN
    assert alone["BL24"].level == Level.UNSEEN
    for weaker in ([answer("recall:BL23", 60, 1)], [answer("identify:BL23", -1, 1)]):
        both = mastery(history(strong + weaker), edition.catalogue, now)
        assert both["BL23"].level == Level.LEARNING
    walked = mastery(history([*strong, answer("walk:BL23", 60, 1)]), edition.catalogue, now)
    assert walked == alone


@given(ANSWERS, st.integers(0, 400))
def test_levels_keep_their_bounds(edition: Edition, found: History, later: int) -> None:
    every = mastery(found, edition.catalogue, NOON + (60 + later) * DAY)
    assert every.keys() == edition.catalogue.index.keys()
    for one in every.values():
        if one.level == Level.UNSEEN:
            assert (one.retrievability, one.stability) == (0, 0)
        known = one.retrievability >= 0.8 and one.stability >= KNOWN
        assert (one.level >= Level.KNOWN) == known
        assert (one.level == Level.WELL_KNOWN) == (known and one.stability >= WELL_KNOWN)


# -- days ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "streak"),
    [([], 0), ([0], 1), ([-1], 1), ([-2], 0), ([-2, -1], 2), ([-3, -1, 0], 2), ([-2, -1, 0], 3)],
)
def test_a_streak_stands_until_a_day_is_over(days: list[int], streak: int) -> None:
    found = days_of(history([answer("locate:BL23", day) for day in days]), NOON)
    assert (found.studied, found.streak) == (len(days), streak)
    assert found.today.answers == days.count(0)


def test_today_counts_every_answer() -> None:
    found = history([answer("locate:BL23", -1), answer("locate:BL23", rating=1),
                     answer("locate:BL23", 0.1)])  # fmt: skip
    assert days_of(found, NOON).today == Share(1, 2)


# -- where clicks go -----------------------------------------------------------------------


def test_directions_have_their_signs(edition: Edition) -> None:
    found = drawn(
        edition,
        click("BL23", lateral=0.6, superior=0.3),
        click("BL24", 1, medial=0.1, inferior=0.2),
        click("BL25", 2, lateral=0.5),
        click("BL26", 3),
    )
    assert found.plane is FRONT
    assert list(zip(found.x, found.y, strict=True)) == [(0.6, 0.3), (-0.1, -0.2), (0.5, 0), (0, 0)]
    assert found.days == tuple(NOON.date() + i * DAY for i in range(4))
    assert (found.across, found.up) == (("lateral", "medial"), ("superior", "inferior"))
    assert (found.astray, found.elsewhere) == (0, 0)


def test_each_plane_has_the_clicks_that_lie_on_its_axes(edition: Edition) -> None:
    clicks = (
        click("LI4", map_id="hand_dorsum", radial=0.1, distal=0.2),
        click("ST36", 1, "leg_medial", anterior=0.3, superior=0.1),
        click("GB30", 2, "side", posterior=0.4, inferior=0.1),
        click("GB17", 3, "head_top", lateral=0.1, anterior=0.2),
        click("ST4", 4, "mouth_nose", left=0.1, superior=0.1),
    )
    front, side, above = (drawn(edition, *clicks, plane=plane) for plane in PLANES)
    assert list(zip(front.x, front.y, strict=True)) == [(0.1, -0.2)]
    assert (front.across, front.up) == (("radial", "ulnar"), ("proximal", "distal"))
    assert list(zip(side.x, side.y, strict=True)) == [(0.3, 0.1), (-0.4, -0.1)]
    assert list(zip(above.x, above.y, strict=True)) == [(0.1, 0.2)]
    assert [found.elsewhere for found in (front, side, above)] == [4, 3, 4]
    assert drawn(edition, *clicks).plane is SIDE


def test_directions_are_said_as_the_answers_say_them() -> None:
    every = {d for plane in PLANES for pair in plane.across + plane.up for d in pair}
    assert len(every) == 10
    for direction in every:
        assert _told({direction: 0.4}) == f"0.4 cun too {word_of(direction)}"


def test_points_on_the_midline_say_nothing_of_the_sides(edition: Edition) -> None:
    found = drawn(edition, click("GV4", lateral=0.4), click("BL23", 1, lateral=0.1))
    assert list(found.x) == [0.1]
    assert found.elsewhere == 1
    side = drawn(edition, click("GV20", map_id="head_side", anterior=0.4, superior=0.1))
    assert list(side.x) == [0.4], "seen from the side they have a front and a back"


def test_who_was_far_off_is_counted_apart(edition: Edition) -> None:
    found = drawn(edition, click("BL23", lateral=1.9), click("BL23", 1, lateral=1.9, superior=0.9))
    assert list(found.x) == [1.9]
    assert (found.astray, found.elsewhere) == (1, 0)


def test_clicks_are_narrowed_by_day_and_by_point(edition: Edition) -> None:
    reviews = [click("BL23", lateral=0.1), click("ST36", 5, lateral=0.2), answer("recall:BL23", 6),
               answer("locate:BL23", 7)]  # fmt: skip
    assert list(drawn(edition, *reviews, since=NOON.date() + DAY).x) == [0.2]
    found = history(reviews).answers
    bladder = codes_of(edition.catalogue, meridian="BL")
    assert [a.card.code for a in clicks_of(found, bladder)] == ["BL23"]
    assert len(bladder) == 67
    both = codes_of(edition.catalogue, meridian="BL", region="lower_back")
    assert "BL23" in both < bladder
    assert codes_of(edition.catalogue) == set(edition.catalogue.index)


def test_a_tendency_is_told_where_it_is_more_than_chance(edition: Edition) -> None:
    found = drawn(edition, *cloud(40, 0.4, -0.2))
    aim = aim_of(found)
    assert aim is not None
    assert aim.x == pytest.approx(found.x.mean())
    assert aim.y == pytest.approx(found.y.mean())
    assert [name for name, _ in aim.clear] == ["lateral", "inferior"]
    said = sayings.say_aim(found, aim)
    assert said.startswith("You tend to go 0.4 cun too lateral and 0.2 cun too low; scatter 0.2")


def test_no_tendency_is_told_where_it_may_be_chance(edition: Edition) -> None:
    found = drawn(edition, *cloud(40, 0, 0))
    aim = aim_of(found)
    assert aim is not None
    assert aim.clear == ()
    assert sayings.say_aim(found, aim).startswith(
        f"No clear tendency; scatter {aim.scatter:.1f} cun."
    )


def test_chance_alone_rarely_makes_a_tendency(edition: Edition) -> None:
    """Without the least size that is worth a word, one cloud in twenty would be told wrongly."""
    outside = told = 0
    for seed in range(300):
        aim = aim_of(drawn(edition, *cloud(12, 0, 0, 0.5, seed)))
        assert aim is not None
        told += bool(aim.clear)
        outside += not encloses(aim.region, 0, 0)
    assert told == outside
    assert 3 <= told <= 27


def encloses(outline: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
             x: float, y: float) -> bool:  # fmt: skip
    """Whether a place lies in an ellipse: to the left of all its edges."""
    (ax, ay), (bx, by) = outline[:-1].T, outline[1:].T
    return bool(np.all((bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0))


def test_a_tendency_that_is_sure_but_small_is_not_told(edition: Edition) -> None:
    aim = aim_of(drawn(edition, *cloud(400, 0.05, 0, 0.05)))
    assert aim is not None
    assert not encloses(aim.region, 0, 0)
    assert aim.clear == ()


@pytest.mark.parametrize("clicks", range(FEWEST))
def test_few_clicks_have_no_tendency(edition: Edition, clicks: int) -> None:
    found = drawn(edition, *cloud(clicks, 1, 1))
    assert aim_of(found) is None
    assert f"{FEWEST - clicks} more click" in sayings.say_aim(found, None)


def test_clicks_that_are_all_the_same_are_a_tendency(edition: Edition) -> None:
    aim = aim_of(drawn(edition, *(click("BL23", i, lateral=0.5) for i in range(FEWEST))))
    assert aim is not None
    assert dict(aim.clear) == {"lateral": pytest.approx(0.5)}
    assert aim.scatter == pytest.approx(0, abs=1e-9)


OFFSETS = st.floats(-1.4, 1.4)


@given(st.lists(st.tuples(OFFSETS, OFFSETS), min_size=FEWEST, max_size=40))
def test_mirrored_clicks_have_no_tendency(places: list[tuple[float, float]]) -> None:
    both = np.array([*places, *((-x, -y) for x, y in places)])
    days = (NOON.date(),) * len(both)
    found = Misses(FRONT, both[:, 0], both[:, 1], days, FRONT.across[0], FRONT.up[0], 0, 0)
    aim = aim_of(found)
    assert aim is not None
    assert aim.clear == ()
    assert encloses(aim.region, 0, 0)


def test_aim_over_time_needs_enough_clicks_a_week(edition: Edition) -> None:
    worse = [click("BL23", i / 10, lateral=0.6) for i in range(FEWEST)]
    few = [click("BL23", 7 + i / 10, lateral=0.1) for i in range(FEWEST - 1)]
    better = [click("BL23", 14 + i / 10, lateral=0.1 * (i % 2)) for i in range(FEWEST)]
    stretches = over_time(drawn(edition, *worse, *few, *better))
    assert [s.begin for s in stretches] == [date(2025, 5, 5), date(2025, 5, 19)]
    assert [s.bias for s in stretches] == pytest.approx([0.6, 0.05])
    assert [s.scatter for s in stretches] == pytest.approx([0, 0.05])
    said = sayings.say_over_time(stretches)
    assert "0.6 cun at first" in said
    assert said.endswith("Scatter: 0.0 cun at first, 0.1 now.")
    assert "from the second week" in sayings.say_over_time(stretches[:1]).lower()
    assert over_time(drawn(edition)) == []


# -- sentences -----------------------------------------------------------------------------


def test_nothing_is_said_in_vain() -> None:
    assert sayings.say_days(days_of(history([]), NOON)) == "Today no answer yet. Studied on 0 days."
    one = days_of(history([answer("locate:BL23")]), NOON)
    assert sayings.say_days(one) == "Today 1 answer, 1 known. Studied on 1 day."
    three = days_of(history([answer("locate:BL23", day) for day in (-2, -1, 0)]), NOON)
    assert sayings.say_days(three).endswith("Studied on 3 days, the last 3 in a row.")
    assert sayings.say_retention([], 0.9).startswith("From the second day on")


def test_what_is_due_is_said_with_the_right_noun() -> None:
    said = sayings.say_forecast([0] * 14)
    assert said == "Of all sets and kinds, no card is due today, 0 cards on the six days after."
    said = sayings.say_forecast([1, 1] + [0] * 5 + [9] * 7)
    assert said == "Of all sets and kinds, 1 card is due today, 1 card on the six days after."


def test_retention_is_compared_where_there_are_enough_answers() -> None:
    often = [answer(f"recall:BL{i}", day, 3) for i in range(1, 30) for day in (0, 3)]
    said = sayings.say_retention(retention(history(often)), 0.9)
    begin = "You remembered 100\N{NO-BREAK SPACE}% in 29 answers to cards asked before, "
    assert said.startswith(begin)
    assert "predicted" in said
    assert "aims at 90\N{NO-BREAK SPACE}%" in said
    rarely = sayings.say_retention(retention(history(often[:4])), 0.9)
    assert rarely == "You remembered 2 of 2: too few to compare yet."


def test_only_what_was_asked_often_is_called_weakest(edition: Edition) -> None:
    lungs = [answer(f"recall:LU{i}", rating=1) for i in range(1, 11)]
    often = [*lungs, *(answer(f"recall:BL{i}") for i in range(1, 11)), answer("recall:GV4", 0, 1)]
    said = sayings.say_scores(by_meridian(history(often), edition.catalogue), "meridians")
    assert said.startswith("Weakest: Lung LU (0")
    assert said.endswith("strongest: Bladder BL (100\N{NO-BREAK SPACE}% known).")
    rarely = sayings.say_scores(by_meridian(history(lungs), edition.catalogue), "meridians")
    assert rarely.startswith("Once two meridians have 10 answers")


def test_what_is_known_is_counted_by_points(edition: Edition) -> None:
    one = history([answer("locate:BL23", rating=1), answer("recall:BL23", rating=1)])
    said = sayings.say_mastery(mastery(one, edition.catalogue, NOON).values())
    assert said == "Of 409 points you know 0 and are learning 1."


def test_what_is_left_out_is_said(edition: Edition) -> None:
    assert sayings.say_left_out(drawn(edition, click("BL23", lateral=0.1))) == ""
    said = sayings.say_left_out(
        drawn(edition, click("BL23", lateral=5.0), click("GV4", 1, lateral=0.1))
    )
    assert said.startswith("Not drawn: 1 click more than 2 cun off; 1 click on views")
    assert said.endswith("or at the midline, where no side is medial.")


def test_beside_a_small_picture_it_is_said_briefly(edition: Edition) -> None:
    drawn_one, far = click("BL23", lateral=0.1), click("BL23", 1, lateral=5.0)
    middle = [click("GV4", 2 + i, lateral=0.1) for i in range(2)]
    assert sayings.say_left_out_briefly(drawn(edition, drawn_one)) == ""
    assert sayings.say_left_out_briefly(drawn(edition, far)) == "1 click over 2 cun off: not drawn."
    said = sayings.say_left_out_briefly(drawn(edition, drawn_one, *middle))
    assert said == "2 clicks on other axes: not drawn."
    said = sayings.say_left_out_briefly(drawn(edition, far, *middle))
    assert said == "2 clicks on other axes, 1 over 2 cun off: not drawn."
