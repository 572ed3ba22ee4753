"""What was answered, in order, and what FSRS makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from atlas.study.cards import Card
from atlas.study.records import Review
from atlas.study.schedule import Memory, Rating, Schedule, day_of


class Answer(NamedTuple):
    """One answer with what was remembered before it."""

    review: Review
    card: Card
    at: datetime
    day: date  # of study
    before: Memory | None  # none where the card was new
    repeated: bool  # on a day on which the card was answered already


class History:
    """All answers that count, and what is remembered of each card after them.

    Answers to cards that this version does not know are left out.
    """

    def __init__(self, schedule: Schedule, reviews: Iterable[Review] = ()) -> None:
        self.schedule = schedule
        self.answers: list[Answer] = []
        self.memories: dict[str, Memory] = {}  # by card key
        self._by_day: dict[date, list[Answer]] = {}
        self._by_card: dict[Card, list[Answer]] = {}
        for review in reviews:
            self.add(review)

    def add(self, review: Review) -> None:
        """Take in an answer that is later than those before."""
        card = Card.from_key(review.card)
        if card is None:
            return
        at = datetime.fromisoformat(review.at)
        day = day_of(at, self.schedule.zone)
        before = self.memories.get(card.key)
        earlier = self._by_card.setdefault(card, [])
        repeated = bool(earlier) and earlier[-1].day == day
        answer = Answer(review, card, at, day, before, repeated)
        for answers in (self.answers, earlier, self._by_day.setdefault(day, [])):
            answers.append(answer)
        self.memories[card.key] = self.schedule.review(before, Rating(review.rating), at)

    def take_back(self) -> None:
        """Forget the last answer."""
        last = self.answers.pop()
        self._by_card[last.card].pop()
        self._by_day[last.day].pop()
        if last.before is None:
            del self.memories[last.card.key]
        else:
            self.memories[last.card.key] = last.before

    def of_day(self, day: date) -> list[Answer]:
        """The answers of a day of study."""
        return list(self._by_day.get(day, ()))

    def failed_on(self, day: date) -> list[Card]:
        """The cards whose last answer of a day was Again: they are asked again that day."""
        answers = self._by_day.get(day, ())
        last = {answer.card: answer for answer in answers}
        return [a.card for a in answers if a is last[a.card] and a.review.rating == Rating.Again]

    def of_card(self, card: Card) -> list[Answer]:
        """The answers to a card, the earliest first."""
        return list(self._by_card.get(card, ()))
