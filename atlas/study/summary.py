"""What came of a sitting."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

from atlas.study.sitting import Outcome


class Summary(NamedTuple):
    """The answers of a sitting; a question that was asked again counts with its first answer."""

    answers: int
    questions: int
    known: int
    miss: float | None  # the median of the marks, in cun
    again: tuple[str, ...]  # codes of points that were missed at least once


def summary(outcomes: Iterable[Outcome]) -> Summary:
    """Sum up some answers."""
    given = list(outcomes)
    first = {outcome.question.card: outcome for outcome in reversed(given)}
    misses = [miss.cun for outcome in given for miss in outcome.misses]
    again = dict.fromkeys(o.question.card.code for o in given if not o.passed)
    known = sum(outcome.passed for outcome in first.values())
    return Summary(len(given), len(first), known, median(misses) if misses else None, tuple(again))
