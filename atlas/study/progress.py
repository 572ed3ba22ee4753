"""What a learner's answers add up to: what is due, remembered and known."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import IntEnum
from statistics import fmean, median
from typing import NamedTuple

from atlas.catalog.model import Catalogue
from atlas.catalog.query import capitalised
from atlas.study.cards import Card
from atlas.study.history import Answer, History
from atlas.study.schedule import Memory, Rating, Schedule, day_of

WEEKS = 26  # from which on months are shown: more marks could not be told apart
Z = 1.96  # of a 95 % interval

# A point is as well known as the weakest of its cards that were asked.
# FSRS asks at the target, 90 %, so a card that is a little overdue is still known; below 80 % one
# answer in five would be wrong.
REMEMBERED = 0.8
KNOWN = 7.0  # days of stability: it is still there next week
WELL_KNOWN = 21.0  # days of stability; what other programs for learning by cards call mature


class Share(NamedTuple):
    """How many answers were known, rated Hard or better as FSRS counts it, of how many."""

    known: int
    answers: int

    @property
    def value(self) -> float:
        """The share that was known, 0 to 1."""
        return self.known / self.answers

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval after Wilson, which holds for few answers too."""
        n, part = self.answers, self.value
        middle = (part + Z * Z / (2 * n)) / (1 + Z * Z / n)
        reach = Z / (1 + Z * Z / n) * math.sqrt(part * (1 - part) / n + Z * Z / (4 * n * n))
        low, high = max(0.0, middle - reach), min(1.0, middle + reach)
        return min(low, part), max(high, part)  # at 0 and 1 rounding may pass the share


class Period(NamedTuple):
    """What was remembered in a week or month, and what FSRS had predicted on average."""

    begin: date
    remembered: Share
    predicted: float


class Score(NamedTuple):
    """How a learner does on the points of a meridian or region."""

    title: str
    share: Share
    miss: float | None  # median, in cun, of the answers that were clicks


class Level(IntEnum):
    """How well a point is known."""

    UNSEEN = 0
    LEARNING = 1
    KNOWN = 2
    WELL_KNOWN = 3

    @property
    def word(self) -> str:
        """The level as it is written."""
        return ("not asked yet", "learning", "known", "well known")[self]


class Mastery(NamedTuple):
    """How well a point is known: the word, and what the weakest of its cards stands at."""

    level: Level
    retrievability: float  # today, 0 to 1
    stability: float  # days


class Days(NamedTuple):
    """Days of study, and what was done on the last of them."""

    studied: int
    streak: int  # days in a row up to today, or up to yesterday where today has no answer yet
    today: Share


def forecast(history: History, catalogue: Catalogue, now: datetime, days: int) -> list[int]:
    """How many cards are due on each of the next days; today also what is overdue or has failed."""
    zone, today = history.schedule.zone, day_of(now, history.schedule.zone)
    failed = set(history.failed_on(today))
    counts = [0] * days
    for key, memory in history.memories.items():
        card = _card(key)
        ahead = 0 if card in failed else max(0, (day_of(memory.due, zone) - today).days)
        if ahead < days and card.code in catalogue.index:
            counts[ahead] += 1
    return counts


def period_of(day: date, *, months: bool) -> date:
    """The first day of the week or month of a day."""
    return day.replace(day=1) if months else day - timedelta(days=day.weekday())


def in_months(days: Iterable[date]) -> bool:
    """Whether days lie so far apart that they are told by months."""
    every = sorted(days)
    return bool(every) and (every[-1] - every[0]).days > 7 * WEEKS


def retention(history: History) -> list[Period]:
    """What was remembered week by week, or month by month, against the prediction.

    Only the first answer of a day tells what was remembered, and only of a card that was known.
    """
    asked = [(a, a.before) for a in history.answers if a.before is not None and not a.repeated]
    months = in_months({answer.day for answer, _ in asked})
    periods: dict[date, list[tuple[Answer, Memory]]] = {}
    for answer, before in asked:
        periods.setdefault(period_of(answer.day, months=months), []).append((answer, before))
    return [_period(begin, periods[begin], history.schedule) for begin in sorted(periods)]


def _period(begin: date, asked: list[tuple[Answer, Memory]], schedule: Schedule) -> Period:
    predicted = fmean(schedule.retrievability(before, answer.at) for answer, before in asked)
    return Period(begin, share_of(answer for answer, _ in asked), predicted)


def share_of(answers: Iterable[Answer]) -> Share:
    """How many of these answers were known."""
    known = [answer.review.rating > Rating.Again for answer in answers]
    return Share(sum(known), len(known))


def by_meridian(history: History, catalogue: Catalogue) -> list[Score]:
    """How a learner does on each meridian, the weakest first."""
    titles = {m.code: f"{m.name} {m.code}" for m in catalogue.meridians}
    return _scores(history, titles, {p.code: [p.meridian] for p in catalogue.points})


def by_region(history: History, catalogue: Catalogue) -> list[Score]:
    """How a learner does in each region, the weakest first; some points lie in two."""
    titles = {region.id: capitalised(region.title) for region in catalogue.regions}
    return _scores(history, titles, {p.code: p.regions for p in catalogue.points})


def _scores(history: History, titles: dict[str, str], groups: dict[str, list[str]]) -> list[Score]:
    """The first answers of each day to each card, by the groups that its point is in."""
    found: dict[str, list[Answer]] = {}
    for answer in history.answers:
        if not answer.repeated:
            for group in groups.get(answer.card.code, ()):
                found.setdefault(group, []).append(answer)
    scores = [_score(titles[group], answers) for group, answers in found.items()]
    return sorted(scores, key=lambda s: (s.share.value, -s.share.answers, s.title))


def _score(title: str, answers: list[Answer]) -> Score:
    misses = [a.review.miss for a in answers if a.card.kind == "locate"]
    clicked = [miss for miss in misses if miss is not None]
    return Score(title, share_of(answers), median(clicked) if clicked else None)


def mastery(history: History, catalogue: Catalogue, now: datetime) -> dict[str, Mastery]:
    """How well each point of the catalogue is known, by code.

    A walk asks for a whole stretch and says little of the point that it begins at.
    """
    found = {point.code: Mastery(Level.UNSEEN, 0.0, 0.0) for point in catalogue.points}
    for key, memory in history.memories.items():
        card = _card(key)
        if card.code not in found or card.kind == "walk":
            continue
        one = _mastery(history.schedule.retrievability(memory, now), memory.stability)
        before = found[card.code]
        found[card.code] = one if before.level == Level.UNSEEN else min(before, one)
    return found


def _mastery(retrievability: float, stability: float) -> Mastery:
    if retrievability < REMEMBERED or stability < KNOWN:
        return Mastery(Level.LEARNING, retrievability, stability)
    level = Level.KNOWN if stability < WELL_KNOWN else Level.WELL_KNOWN
    return Mastery(level, retrievability, stability)


def days_of(history: History, now: datetime) -> Days:
    """On how many days was studied, how many of them in a row, and what was done today."""
    studied = {answer.day for answer in history.answers}
    today = day_of(now, history.schedule.zone)
    day, streak = today if today in studied else today - timedelta(days=1), 0
    while day in studied:
        streak += 1
        day -= timedelta(days=1)
    return Days(len(studied), streak, share_of(history.of_day(today)))


def _card(key: str) -> Card:
    card = Card.from_key(key)
    assert card is not None  # a history remembers no other
    return card
