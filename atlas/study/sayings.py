"""What the pictures of progress say, in one sentence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from atlas.study.aim import ASTRAY, FEWEST, Aim, Misses, Stretch, word_of
from atlas.study.progress import Days, Level, Mastery, Period, Score, Share

WEEK = 7
SURE = 10  # answers from which a meridian or region may be named
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BEFORE = "After the first answers this page shows, as pictures:"
TO_COME = (
    "how many cards are due on the next days",
    "how much you remember, against what the schedule predicts",
    "how well you know each point, on the body",
    "where your clicks go, in cun: too lateral or medial, too high or low, and how they scatter",
    "how you do on each meridian and in each region",
)


def count(number: int, one: str, more: str = "") -> str:
    """A number with its noun: 1 card, 2 cards."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def percent(share: float) -> str:
    """A share as it is written."""
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


def day_name(day: date) -> str:
    """A day as it is written at an axis; Qt's and Python's names change with the locale."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def month_name(day: date) -> str:
    """The month of a day as it is written at an axis."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def say_days(days: Days) -> str:
    """What was done today and on how many days before."""
    today = days.today
    done = "Today no answer yet."
    if today.answers:
        done = f"Today {count(today.answers, 'answer')}, {today.known:,} known."
    row = f", the last {days.streak:,} in a row" if days.streak > 1 else ""
    return f"{done} Studied on {count(days.studied, 'day')}{row}."


def say_forecast(counts: Sequence[int]) -> str:
    """What is due today and in the week."""
    today = "no card is due today"
    if counts[0]:
        today = f"{count(counts[0], 'card')} {'is' if counts[0] == 1 else 'are'} due today"
    week = count(sum(counts[1:WEEK]), "card")
    return f"Of all sets and kinds, {today}, {week} on the six days after."


def say_retention(periods: Sequence[Period], target: float) -> str:
    """How much was remembered, how much was predicted, and what the schedule aims at."""
    if not periods:
        return "From the second day on: how many of the cards asked before you remember."
    whole = Share(
        sum(p.remembered.known for p in periods), sum(p.remembered.answers for p in periods)
    )
    predicted = sum(p.predicted * p.remembered.answers for p in periods) / whole.answers
    low, high = whole.interval
    how = "as" if low <= predicted <= high else "more than" if predicted < low else "less than"
    if whole.answers < SURE:
        return f"You remembered {whole.known} of {whole.answers}: too few to compare yet."
    return (
        f"You remembered {percent(whole.value)} in {whole.answers:,} answers to cards asked "
        f"before, {how} predicted ({percent(predicted)}); the schedule aims at {percent(target)}."
    )


def say_scores(scores: Sequence[Score], what: str) -> str:
    """The weakest and the strongest of those with answers enough."""
    sure = [score for score in scores if score.share.answers >= SURE]
    if len(sure) < 2:
        return f"Once two {what} have {SURE} answers each, the weakest is named here."
    weakest, strongest = (
        f"{score.title} ({percent(score.share.value)} known)" for score in (sure[0], sure[-1])
    )
    return f"Weakest: {weakest}; strongest: {strongest}."


def say_mastery(found: Iterable[Mastery]) -> str:
    """How many points are known, and how many are on the way."""
    counts = Counter(one.level for one in found)
    well = counts[Level.WELL_KNOWN]
    known = counts[Level.KNOWN] + well
    how = f", {well:,} of them well," if well else ""
    learning = f"{how} and are learning {counts[Level.LEARNING]:,}"
    return f"Of {count(counts.total(), 'point')} you know {known:,}{learning}."


def say_aim(found: Misses, aim: Aim | None) -> str:
    """Which way clicks tend to go, where that is more than chance."""
    drawn = len(found.x)
    if aim is None:
        lacking = count(FEWEST - drawn, "more click")
        return f"{lacking} on these axes, and a tendency can be told from chance."
    scatter = f"scatter {aim.scatter:.1f} cun"
    if not aim.clear:
        return f"No clear tendency; {scatter}."
    leans = " and ".join(f"{cun:.1f} cun too {word_of(name)}" for name, cun in aim.clear)
    return f"You tend to go {leans}; {scatter}."


def say_left_out(found: Misses) -> str:
    """What is not in the picture of the misses, if anything."""
    said = []
    if found.astray:
        said.append(f"{count(found.astray, 'click')} more than {ASTRAY:g} cun off")
    if found.elsewhere:
        said.append(
            f"{count(found.elsewhere, 'click')} on views with other directions or at the midline, "
            "where no side is medial"
        )
    return f"Not drawn: {'; '.join(said)}." if said else ""


def say_left_out_briefly(found: Misses) -> str:
    """The same beside a small picture."""
    parts = ((found.elsewhere, "on other axes"), (found.astray, f"over {ASTRAY:g} cun off"))
    (first, why), *more = [part for part in parts if part[0]] or [(0, "")]
    said = [f"{count(first, 'click')} {why}", *(f"{number:,} {why}" for number, why in more)]
    return f"{', '.join(said)}: not drawn." if first else ""


def say_over_time(stretches: Sequence[Stretch]) -> str:
    """How the aim has changed."""
    if len(stretches) < 2:
        return f"From the second week with {FEWEST} clicks on: whether your aim gets better."
    first, last = stretches[0], stretches[-1]
    return (
        f"Off the point on average: {first.bias:.1f} cun at first, {last.bias:.1f} now. "
        f"Scatter: {first.scatter:.1f} cun at first, {last.scatter:.1f} now."
    )


def days_ahead(today: date, days: int) -> list[str]:
    """Names for the next days: the weekday above the day of the month."""
    ahead = [today + timedelta(days=i) for i in range(days)]
    return [f"{WEEKDAYS[day.weekday()]}\n{day.day}" for day in ahead]
