"""What there is to ask on a day of study, worked out from the answers each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zlib import crc32

from atlas.study.cards import Card
from atlas.study.history import Answer, History
from atlas.study.schedule import Limits, begin_of, day_of, session

Clock = Callable[[], datetime]


class Today(NamedTuple):
    """How many cards there are today in the set that is studied."""

    due: int  # waiting, those to be repeated included
    new: int  # waiting
    done: int  # answers, whatever set they belong to


class Agenda:
    """The cards of a plan by what a history says of them."""

    def __init__(
        self, cards: list[Card], codes: Sequence[str], limits: Limits, clock: Clock
    ) -> None:
        self._cards = cards
        self._codes = codes
        self._limits = limits
        self._clock = clock
        self.extra: Counter[date] = Counter()  # new cards asked for beyond a day's limit

    def more(self, count: int, history: History) -> None:
        """Ask for so many more new cards, on this day only."""
        answers = self._answers(history)
        new = sum(answer.before is None for answer in answers if not answer.repeated)
        day = day_of(self._clock(), history.schedule.zone)
        self.extra[day] = max(self.extra[day], new + count - self._limits.new)

    def leave_out(self, card: Card) -> None:
        """Do without a card."""
        self._cards.remove(card)

    def today(self, history: History) -> Today:
        """What there is to do today, and what is done."""
        waiting = self.waiting(history)
        new = sum(card.key not in history.memories for card in waiting)
        return Today(len(waiting) - new, new, len(self._answers(history)))

    def waiting(self, history: History) -> list[Card]:
        """The cards to be asked today: due, new, and at the end those that failed."""
        now, answers = self._clock(), self._answers(history)
        answered = {answer.card.code for answer in answers}
        left = self._left(history, answers)
        found = session(self._cards, history.memories, now, left, self._codes, answered)
        mine = set(self._cards)
        failed = history.failed_on(day_of(now, history.schedule.zone))
        return self._mixed(found, history) + [card for card in failed if card in mine]

    def _mixed(self, cards: list[Card], history: History) -> list[Card]:
        """In an order that does not tell what comes next, the same for the whole day.

        What has been due for longer comes first, and new cards last.
        """
        day = day_of(self._clock(), history.schedule.zone)

        def place(card: Card) -> tuple[bool, float, int]:
            memory = history.memories.get(card.key)
            due = memory.due.timestamp() if memory is not None else 0.0
            return memory is None, due, crc32(f"{day}{card.key}".encode())

        return sorted(cards, key=place)

    def _left(self, history: History, answers: list[Answer]) -> Limits:
        """What the answers of today have left of its limits; repetitions take nothing."""
        firsts = [answer for answer in answers if not answer.repeated]
        new = sum(answer.before is None for answer in firsts)
        extra = self.extra[day_of(self._clock(), history.schedule.zone)]
        due = self._limits.due - (len(firsts) - new)
        return Limits(max(0, due), max(0, self._limits.new + extra - new))

    def learnable(self, history: History, most: int) -> int:
        """How many cards that were never asked can still be asked today, up to a number."""
        answered = {answer.card.code for answer in self._answers(history)}
        limits = Limits(due=0, new=most)
        now = self._clock()
        return len(session(self._cards, history.memories, now, limits, self._codes, answered))

    def due_tomorrow(self, history: History) -> int:
        """How many cards will be due on the next day of study."""
        zone = history.schedule.zone
        tomorrow = begin_of(day_of(self._clock(), zone) + timedelta(days=1), zone)
        known = (history.memories.get(card.key) for card in self._cards)
        return sum(memory is not None and memory.due <= tomorrow for memory in known)

    def _answers(self, history: History) -> list[Answer]:
        return history.of_day(day_of(self._clock(), history.schedule.zone))
