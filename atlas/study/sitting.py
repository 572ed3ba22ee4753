"""Asking and answering: the next question, its grade, kept before anything else happens."""

from __future__ import annotations

from datetime import tzinfo
from random import Random
from typing import NamedTuple

from atlas.body.maps import XY
from atlas.catalog.query import Query
from atlas.scene import Stage
from atlas.study.agenda import Agenda, Clock, Today
from atlas.study.area import Area, area_of
from atlas.study.cards import Card, cards_of
from atlas.study.grading import Miss, Naming, grade, grade_name
from atlas.study.history import History
from atlas.study.plan import Plan, codes_of
from atlas.study.questions import Question, UnaskableError, ask
from atlas.study.records import FARTHEST, LONGEST, Review, stamp
from atlas.study.schedule import (
    Rating,
    Schedule,
    day_of,
    rate,
    rate_choice,
)
from atlas.study.store import Store


class Outcome(NamedTuple):
    """What came of an answer."""

    question: Question
    review: Review  # as it is kept
    suggested: Rating
    misses: tuple[Miss, ...] = ()  # of each click
    clicks: tuple[XY, ...] = ()  # in drawing units
    said: str = ""  # the code that was chosen, or the name that was typed
    naming: Naming | None = None

    @property
    def passed(self) -> bool:
        """Whether the card need not be asked again today."""
        return self.review.rating > Rating.Again


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
        before: Sitting | None = None,
    ) -> None:
        self.stage = stage
        self.store = store
        self.plan = plan
        self.clock = clock
        self.schedule = Schedule(zone, plan.retention)
        self.history = self._history_after(before)
        self.codes = codes_of(stage, plan, query, store.collections())
        self.question: Question | None = None
        self.area: Area | None = None  # of the question's map
        self.outcome: Outcome | None = None
        self.revealed = False  # a recall question whose answer is shown
        self.placed: list[XY] = []  # of a walk
        # In this sitting, which goes on when only the plan changes.
        self.given: list[Outcome] = before.given if before is not None else []
        self._day = day_of(clock(), zone)
        self._rng = rng or Random()
        self._asked_at = clock()
        cards = cards_of(stage.body, plan.kinds, set(self.codes))
        self.agenda = Agenda(cards, self.codes, plan.limits, clock)
        if before is not None:
            self.agenda.extra = before.agenda.extra

    def _history_after(self, before: Sitting | None) -> History:
        """What the sitting before has read already, where it still holds."""
        if before is not None and before.plan.retention == self.plan.retention:
            return before.history
        return History(self.schedule, self.store.reviews())

    # -- what is asked ---------------------------------------------------------------------

    def today(self) -> Today:
        """What there is to do today, and what is done."""
        return self.agenda.today(self.history)

    def waiting(self) -> list[Card]:
        """The cards to be asked today, in their order."""
        return self.agenda.waiting(self.history)

    def learnable(self, most: int) -> int:
        """How many cards that were never asked can still be asked today, up to a number."""
        return self.agenda.learnable(self.history, most)

    def due_tomorrow(self) -> int:
        """How many cards of the set will be due on the next day of study."""
        return self.agenda.due_tomorrow(self.history)

    def more(self, count: int) -> None:
        """Ask for so many more new cards than planned, on this day only."""
        self.agenda.more(count, self.history)

    def ask_next(self) -> None:
        """Ask the next question; none is left when `question` is None afterwards."""
        self.read_again()
        self._clear()
        while waiting := self.waiting():
            try:
                self._show(ask(self.stage, waiting[0], self._rng, self.codes))
            except UnaskableError:
                self.agenda.leave_out(waiting[0])
            else:
                return

    def read_again(self) -> None:
        """Take in what another window has answered, and that a new day has begun."""
        today = day_of(self.clock(), self.schedule.zone)
        if today != self._day:
            self._day, self.given = today, []
        if self.store.changed_elsewhere():
            self.history = History(self.schedule, self.store.reviews())

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
        """Take back what was done last: a click of a walk, a look, or the answer before.

        The question of an answer that is taken back is asked again.
        """
        if self.outcome is None and self.placed:
            self.placed.pop()
            return True
        if self.outcome is None and self.revealed:
            self.revealed = False
            return True
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
            uid = self.outcome.review.uid
            before = next(
                (a.before for a in reversed(self.history.answers) if a.review.uid == uid),
                before,  # taken back in another window
            )
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
            miss=min(worst.cun, FARTHEST) if worst else None,
            parts=worst.parts if worst else {},
            map_id=question.map_id,
            milliseconds=min(max(took, 0), LONGEST),
        )
        review = self.store.add_review(review)
        self.history.add(review)
        clicks = tuple(self.placed) if misses else ()
        self.outcome = Outcome(question, review, rating, misses, clicks, said, naming)
        self.given.append(self.outcome)

    def _correct(self, outcome: Outcome, rating: Rating) -> None:
        corrected = self.store.correct(outcome.review.uid, int(rating))
        if corrected is None:  # taken back in another window
            return
        if self._forget(outcome.review):
            self.history.add(corrected)
        self.outcome = outcome._replace(review=corrected)
        self.given[-1] = self.outcome

    def _forget(self, review: Review) -> bool:
        """Leave an answer out of the history; false where that was read anew instead."""
        last = self.history.answers[-1] if self.history.answers else None
        if last is not None and last.review.uid == review.uid:
            self.history.take_back()
            return True
        self.history = History(self.schedule, self.store.reviews())  # another window has answered
        return False
