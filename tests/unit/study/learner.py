"""Another process in which somebody studies: what it prints has happened.

`study PATH` answers all there is today, by a clock that stands still: it prints what waits and
what is done, then each answer once the method that took it has returned. Before each answer it
reads a line: it does not run ahead of a test that is slow to kill it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from atlas.catalog.query import Query
from atlas.edition import open_edition
from atlas.scene import Stage
from atlas.study.cards import KINDS
from atlas.study.plan import Choice, Plan
from atlas.study.schedule import Limits
from atlas.study.sitting import Sitting
from atlas.study.store import Store
from tests.unit.study.sittings import BERLIN, Clock, answer
from tests.unit.study.window import say

CARDS = 30
PLAN = Plan(Choice("meridian", "BL"), frozenset(KINDS), limits=Limits(100, CARDS))


def main(command: str, path: Path) -> None:
    assert command == "study"
    stage, clock = Stage(open_edition()), Clock()
    with Store(path) as store:
        reviews = store.reviews()
        # In the same minute of the same day, and each answer after those that are there.
        clock.go_on(milliseconds=len(reviews))
        chance = Random(len(reviews))
        sitting = Sitting(stage, store, PLAN, Query(), clock, BERLIN, chance)
        today = sitting.today()
        say("today", today.due + today.new, today.done)
        sitting.ask_next()
        while sitting.question is not None:
            sys.stdin.readline()
            answer(sitting, right=chance.random() < 0.85)
            assert sitting.outcome is not None
            say("kept", sitting.outcome.review.uid)
            sitting.ask_next()
        say("end", len(store.reviews()))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
