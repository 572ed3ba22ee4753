"""Asking and answering: the next question, its grade, kept before anything else happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from random import Random
from typing import NamedTuple

from atlas.body.maps import XY
from atlas.catalog.query import Query
from atlas.scene import Stage
from atlas.study.area import Area, area_of
from atlas.study.cards import Card, cards_of
from atlas.study.grading import Miss, Naming, grade, grade_name
from atlas.study.history import Answer, History
from atlas.study.plan import Plan, codes_of
from atlas.study.questions import Question, UnaskableError, ask
from atlas.study.records import LONGEST, Review, stamp
from atlas.study.schedule import (
    Limits,
    Rating,
    Schedule,
    begin_of,
    day_of,
    rate,
    rate_choice,
    session,
)
from atlas.study.store import Store

Clock = Callable[[], datetime]


class Outcome(NamedTuple):
    """What came of an answer."""

    question: Question
    review: Review  # as it is kept
    suggested: Rating
    misses: tuple[Miss, ...] = ()  # of each click
    said: str = ""  # the code that was chosen, or the name that was typed
    naming: Naming | None = None

    @property
    def passed(self) -> bool:
        """Whether the card need not be asked again today."""
        return self.review.rating > Rating.Again


class Today(NamedTuple):
    """How many cards there are today in the set that is studied."""

    due: int  # waiting, those to be repeated included
    new: int  # waiting
    done: int  # answers, whatever set they belong to


class Sitting:
    """Questions one after another, from the answers in a store and a plan.

    What is asked next is worked out from the answers each time: a sitting that was cut off
    goes on where it was. Every method that takes an answer may raise `AtlasError`, and then
    nothing has been answered.
    """

    def __init__(
        self,
        stage: Stage,
        store: Store,
        plan: Plan,
        query: Query,
        clock: Clock,
        zone: tzinfo,
        rng: Random | None = None,
    ) -> None:
        self.stage = stage
        self.store = store
        self.plan = plan
        self.clock = clock
        self.schedule = Schedule(zone, plan.retention)
        self.history = History(self.schedule, store.reviews())
        self.codes = codes_of(stage, plan, query, store.collections())
        self.question: Question | None = None
        self.area: Area | None = None  # of the question's map
        self.outcome: Outcome | None = None
        self.revealed = False  # a recall question whose answer is shown
        self.placed: list[XY] = []  # of a walk
        self.given: list[Outcome] = []  # in this sitting
        self.extra = 0  # new cards asked for beyond the day's limit
        self._rng = rng or Random()
        self._asked_at = clock()
        self._cards = self._cards_of_plan()
        self._unaskable: set[str] = set()

    def _cards_of_plan(self) -> list[Card]:
        wanted = set(self.codes)
        return [c for c in cards_of(self.stage.body, self.plan.kinds) if c.code in wanted]

    # -- what is asked ---------------------------------------------------------------------

    def today(self) -> Today:
        """What there is to do today, and what is done."""
        waiting = self.waiting()
        new = sum(card.key not in self.history.memories for card in waiting)
        return Today(len(waiting) - new, new, len(self._answers_today()))

    def waiting(self) -> list[Card]:
        """The cards to be asked today: due, new, and at the end those that failed."""
        now, answers = self.clock(), self._answers_today()
        firsts = [answer for answer in answers if not answer.repeated]
        new = sum(answer.before is None for answer in firsts)
        limits = self.plan.limits
        left = Limits(
            max(0, limits.due - (len(firsts) - new)), max(0, limits.new + self.extra - new)
        )
        answered = {answer.card.code for answer in answers}
        found = session(self._cards, self.history.memories, now, left, self.codes, answered)
        last = {answer.card: answer for answer in answers}
        failed = [a.card for a in answers if a is last[a.card] and a.review.rating == Rating.Again]
        mine = set(self._cards)
        found += [card for card in failed if card in mine]
        return [card for card in found if card.key not in self._unaskable]

    def has_new(self) -> bool:
        """Whether there are cards in the set that were never asked and can be asked today."""
        answered = {answer.card.code for answer in self._answers_today()}
        return any(
            card.key not in self.history.memories
            and card.code not in answered
            and card.key not in self._unaskable
            for card in self._cards
        )

    def due_tomorrow(self) -> int:
        """How many cards of the set will be due on the next day of study."""
        zone = self.schedule.zone
        tomorrow = begin_of(day_of(self.clock(), zone) + timedelta(days=1), zone)
        known = (self.history.memories.get(card.key) for card in self._cards)
        return sum(memory is not None and memory.due <= tomorrow for memory in known)

    def _answers_today(self) -> list[Answer]:
        return self.history.of_day(day_of(self.clock(), self.schedule.zone))

    def ask_next(self) -> None:
        """Ask the next question; none is left when `question` is None afterwards."""
        if self.store.changed_elsewhere():
            self.history = History(self.schedule, self.store.reviews())
        self._clear()
        for card in self.waiting():
            try:
                self._show(ask(self.stage, card, self._rng))
            except UnaskableError:
                self._unaskable.add(card.key)
                continue
            return

    def drop(self) -> None:
        """Leave the question that is asked; it will be asked again."""
        self._clear()

    def _clear(self) -> None:
        self.question = self.area = self.outcome = None
        self.revealed = False
        self.placed = []

    def _show(self, question: Question) -> None:
        self.question = question
        self.area = area_of(self.stage, question, self._rng)
        self._asked_at = self.clock()

    # -- answers ---------------------------------------------------------------------------

    def place(self, x: float, y: float) -> None:
        """Click somewhere on the map, in drawing units; the last of a walk is the answer."""
        question = self._open("locate", "walk")
        self.placed.append((x, y))
        if len(self.placed) < len(question.answer):
            return
        misses = tuple(
            self._grade(question.map_id, code, *place)
            for code, place in zip(question.answer, self.placed, strict=True)
        )
        try:
            self._keep(rate(*misses), misses)
        except BaseException:
            self.placed.pop()
            raise

    def take_back_place(self) -> None:
        """Take the last click of a walk back."""
        self._open("walk")
        if self.placed:
            self.placed.pop()

    def choose(self, code: str) -> None:
        """Choose one of the points that are offered."""
        question = self._open("identify", "neighbours")
        self._keep(rate_choice(code in question.answer), said=code)

    def name(self, typed: str) -> None:
        """Type the name of the marked point."""
        question = self._open("identify")
        naming = grade_name(self.stage.catalogue, question.answer[0], typed)
        rating = {"right": Rating.Good, "nearly": Rating.Good, "wrong": Rating.Again}[naming]
        self._keep(rating, said=typed, naming=naming)

    def reveal(self) -> None:
        """Show what was to be recalled; the learner says how well it was known."""
        self._open("recall")
        self.revealed = True

    def give_up(self) -> None:
        """Say that one does not know."""
        self._open("locate", "identify", "neighbours", "walk")
        self._keep(Rating.Again)

    def rate(self, rating: Rating) -> None:
        """Say how well it was known: what is recalled, or otherwise than the miss suggests."""
        if self.outcome is None:
            question = self._open("recall")
            assert self.revealed
            assert question is self.question
            self._keep(rating)
        elif rating != self.outcome.review.rating:
            self._correct(self.outcome, rating)

    def undo(self) -> bool:
        """Take the last answer of this sitting back and ask its question again."""
        if not self.given:
            return False
        last = self.given[-1]
        self.store.withdraw(last.review.uid)
        self.given.pop()
        self._forget(last.review)
        self._clear()
        self._show(last.question)
        return True

    def intervals(self) -> dict[Rating, int]:
        """In how many days the card would be asked again, by rating."""
        if self.question is None:
            return {}
        now, zone = self.clock(), self.schedule.zone
        before = self.history.memories.get(self.question.card.key)
        if self.outcome is not None:
            before = self._answer_to(self.outcome.review).before
        today = day_of(now, zone)
        due = {r: self.schedule.review(before, r, now).due for r in Rating}
        return {r: (day_of(at, zone) - today).days for r, at in due.items()}

    def _open(self, *kinds: str) -> Question:
        """The question that waits for an answer."""
        assert self.question is not None
        assert self.question.card.kind in kinds
        assert self.outcome is None
        return self.question

    def _grade(self, map_id: str, code: str, x: float, y: float) -> Miss:
        point = self.stage.catalogue.points[self.stage.catalogue.index[code]]
        return grade(self.stage.body, map_id, code, x, y, self.plan.tolerance_of(point))

    def _keep(
        self,
        rating: Rating,
        misses: tuple[Miss, ...] = (),
        said: str = "",
        naming: Naming | None = None,
    ) -> None:
        question = self.question
        assert question is not None
        worst = max(misses, key=lambda miss: miss.cun / miss.tolerance, default=None)
        now = self.clock()
        took = round((now - self._asked_at).total_seconds() * 1000)
        review = Review(
            question.card.key,
            int(rating),
            stamp(now),
            miss=worst.cun if worst else None,
            parts=worst.parts if worst else {},
            map_id=question.map_id,
            milliseconds=min(max(took, 0), LONGEST),
        )
        self.store.add_review(review)
        self.history.add(review)
        self.outcome = Outcome(question, review, rating, misses, said, naming)
        self.given.append(self.outcome)

    def _correct(self, outcome: Outcome, rating: Rating) -> None:
        corrected = self.store.correct(outcome.review.uid, int(rating))
        if corrected is None:  # taken back in another window
            return
        if self._forget(outcome.review):
            self.history.add(corrected)
        self.outcome = outcome._replace(review=corrected)
        self.given[-1] = self.outcome

    def _answer_to(self, review: Review) -> Answer:
        return next(a for a in reversed(self.history.answers) if a.review.uid == review.uid)

    def _forget(self, review: Review) -> bool:
        """Leave an answer out of the history; false where that was read anew instead."""
        last = self.history.answers[-1] if self.history.answers else None
        if last is not None and last.review.uid == review.uid:
            self.history.take_back()
            return True
        self.history = History(self.schedule, self.store.reviews())  # another window has answered
        return False
