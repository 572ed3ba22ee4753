"""When to ask again: FSRS by whole days of study, and what to ask today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType

import fsrs
import msgspec
from fsrs import Rating as Rating

from atlas.study.cards import Card, Kind
from atlas.study.grading import Miss

DAY_BEGINS = time(4)  # local; who studies past midnight still studies today
RETENTION = 0.9


class Memory(msgspec.Struct, frozen=True):
    """How well a card is remembered; stability in days, times in UTC."""

    stability: float
    difficulty: float  # 1 to 10
    due: datetime
    last_review: datetime


class Limits(msgspec.Struct, frozen=True):
    """How many cards a session may have: what is left of the day's."""

    due: int = 100
    new: int = 10


def day_of(now: datetime, zone: tzinfo) -> date:
    """The day of study that an instant belongs to; raises `ValueError` without a time zone."""
    if now.utcoffset() is None:
        raise ValueError("the time has no time zone")
    local = now.astimezone(zone)
    return local.date() if local.time() >= DAY_BEGINS else local.date() - timedelta(days=1)


def begin_of(day: date, zone: tzinfo) -> datetime:
    """When a day of study begins, in UTC."""
    return datetime.combine(day, DAY_BEGINS, zone).astimezone(UTC)


def rate(miss: Miss, *more: Miss) -> Rating:
    """The rating that one or several clicks deserve: that of the worst."""
    return min(_rating(one) for one in (miss, *more))


def _rating(miss: Miss) -> Rating:
    share = miss.told / miss.tolerance
    bounds = ((0.5, Rating.Easy), (1, Rating.Good), (2, Rating.Hard))
    best = next((rating for bound, rating in bounds if share <= bound + 1e-9), Rating.Again)
    return min(best, Rating.Hard) if miss.hit else best


def rate_choice(right: bool) -> Rating:
    """The rating of an answer that is right or wrong."""
    return Rating.Good if right else Rating.Again


class Schedule:
    """FSRS for the days of one time zone, aiming at a share of answers that are remembered."""

    def __init__(self, zone: tzinfo, retention: float = RETENTION) -> None:
        self.zone = zone
        self.retention = retention
        # Without steps of minutes every interval is whole days, and due is a day, not an hour.
        self._scheduler = fsrs.Scheduler(
            desired_retention=retention,
            learning_steps=(),
            relearning_steps=(),
            enable_fuzzing=False,
        )

    def review(self, memory: Memory | None, rating: Rating, now: datetime) -> Memory:
        """What is remembered after an answer; the first has no memory before it.

        To correct a rating, review the memory from before the answer again.
        """
        today = self._midnight(now)
        after, _ = self._scheduler.review_card(self._card(memory, today), rating, today)
        assert after.stability is not None
        assert after.difficulty is not None
        due = begin_of(after.due.date(), self.zone)
        return Memory(after.stability, after.difficulty, due, now.astimezone(UTC))

    def retrievability(self, memory: Memory, now: datetime) -> float:
        """How likely a card is remembered on the day of an instant, 0 to 1."""
        today = self._midnight(now)
        return self._scheduler.get_card_retrievability(self._card(memory, today), today)

    def _card(self, memory: Memory | None, today: datetime) -> fsrs.Card:
        if memory is None:
            return fsrs.Card(card_id=0, due=today)
        return fsrs.Card(
            card_id=0,
            state=fsrs.State.Review,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=today,
            last_review=self._midnight(memory.last_review),
        )

    def _midnight(self, now: datetime) -> datetime:
        """The day of study as FSRS is told it: FSRS counts full 24 hours, and in UTC only."""
        return datetime.combine(day_of(now, self.zone), time(), UTC)


def session(
    cards: Sequence[Card],
    memories: Mapping[str, Memory],
    now: datetime,
    limits: Limits,
    order: Sequence[str],
    answered: Mapping[str, Kind | None] = MappingProxyType({}),
) -> list[Card]:
    """What to ask now: cards that are due, the longest due first, then new ones.

    Memories are by card key. New cards come in the order of the codes given, other points
    not at all, and at most one for a point that the session has or that was answered today:
    one question about a point answers another. Of a point's kinds of question the one comes
    that was begun least often. What was answered today is told with the kind that was new, if
    any was: it counts in its place, so that the others of the day stay what they were.
    """
    known = [(memory.due, card) for card in cards if (memory := memories.get(card.key))]
    due = sorted((one for one in known if one[0] <= now), key=lambda one: (one[0], one[1].key))
    chosen = [card for _, card in due[: limits.due]]
    new: dict[str, list[Card]] = {}
    for card in cards:
        if card.key not in memories:
            new.setdefault(card.code, []).append(card)
    asked = {*answered, *(card.code for card in chosen)}
    begun = Counter(
        card.kind for card in cards if card.key in memories and answered.get(card.code) != card.kind
    )
    for code in order:
        if (kind := answered.get(code)) is not None:
            begun[kind] += 1
        if limits.new > 0 and code in new and code not in asked:
            card = min(new[code], key=lambda card: begun[card.kind])
            chosen.append(card)
            begun[card.kind] += 1
            asked.add(code)
            limits = msgspec.structs.replace(limits, new=limits.new - 1)
    return chosen
