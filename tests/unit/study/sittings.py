"""Somebody who studies, by a clock of the test's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from atlas.body.maps import XY
from atlas.scene import Stage
from atlas.study.history import History
from atlas.study.questions import Question
from atlas.study.schedule import Rating
from atlas.study.sitting import Sitting

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = datetime(2026, 5, 5, 7, tzinfo=UTC)


class Clock:
    """Stands still but for a microsecond, so that no two answers are of one instant."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """What time it is."""
        self.now += timedelta(microseconds=1)
        return self.now

    def go_on(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


def places(stage: Stage, question: Question) -> list[XY]:
    """Where to click for the right answer, on the side that is asked for."""
    sheet = stage.sheet(question.map_id)
    found = []
    for code in question.answer:
        own = [sheet.spots[i] for i in sheet.of_code[code] if not sheet.spots[i].note]
        spot = next((spot for spot in own if spot.side == question.side), own[0])
        found.append((spot.x, spot.y))
    return found


def answer(sitting: Sitting, *, right: bool = True) -> None:
    """Answer the question that is asked."""
    question = sitting.question
    assert question is not None
    if question.card.kind in ("locate", "walk"):
        left, top, _, _ = sitting.stage.body.maps[question.map_id].frame
        for x, y in places(sitting.stage, question):
            sitting.place(*((x, y) if right else (left, top)))
    elif question.card.kind == "recall":
        sitting.reveal()
        sitting.rate(Rating.Good if right else Rating.Again)
    else:
        sitting.choose(next(c for c in question.choices if (c in question.answer) == right))
    assert sitting.outcome is not None
    assert sitting.outcome.passed == right, question


def same(history: History, sitting: Sitting) -> bool:
    """Whether a sitting knows what a history says."""
    return (history.answers, history.memories) == (
        sitting.history.answers,
        sitting.history.memories,
    )
