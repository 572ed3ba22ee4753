"""A real window, killed while somebody answers: every answer that was seen to be given is there."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from atlas.study.cards import KINDS
from atlas.study.plan import Choice
from atlas.study.store import Store
from tests.gui.studying import (
    OpenStudy,
    answer_by_keys,
    key,
    plan_for,
    question_of,
    sitting_of,
    stored,
)

ROOT = Path(__file__).resolve().parents[2]
KILLS = 12
Heard = list[list[str]]


def start(how: str) -> subprocess.Popen[str]:
    """A window that answers; it is not waited for, and has the home of the test."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.gui.study_process", how],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def kill_after(process: subprocess.Popen[str], lines: int, work: int) -> Heard:
    """Kill a process so many lines and so much work of one's own later; what it said."""
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(lines)]
    for _ in range(work):  # an instant that no line of the other process marks
        pass
    process.kill()
    rest, _ = process.communicate()
    said += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    assert process.returncode == -9, "killed while it answered"
    return [line.split() for line in said if line.strip()]


def check_all_there(heard: Heard, kills: int) -> None:
    """All that was said has happened, and at most one thing more for each kill."""
    answered = {line[1] for line in heard if line[0] == "answered"}
    instead = {line[1]: line[2] for line in heard if line[0] == "corrected"}
    with Store() as store:
        known = store.everything()
    kept = {review.uid for review in known.reviews}
    withdrawn = {withdrawal.review for withdrawal in known.withdrawals}
    assert answered | set(instead.values()) <= kept
    assert set(instead) <= withdrawn
    assert set(stored()) == kept - withdrawn
    assert len(kept - answered - set(instead.values())) <= kills
    assert len(withdrawn - set(instead)) <= kills


def test_every_answer_in_the_window_survives_a_kill(open_study: OpenStudy) -> None:
    plan_for(*KINDS, choice=Choice("meridian", "BL"), new=400)
    chance, heard = random.Random(11), Heard()
    for number in range(KILLS):
        lines, work = chance.randint(1, 12), chance.choice((0, chance.randint(0, 600_000)))
        count = len(stored())
        said = kill_after(start("keys" if number % 2 else "mouse"), lines, work)
        assert said[0] == ["found", str(count)], "a new window goes on with all of them"
        heard += said
        check_all_there(heard, number + 1)
    assert sum(line[0] == "answered" for line in heard) > 3 * KILLS
    assert any(line[0] == "corrected" for line in heard)
    before = stored()
    page = open_study()
    assert sitting_of(page).today().done == len(before)
    done = {review.card for review in before.values() if review.rating > 1}
    assert question_of(page).card.key not in done
    answer_by_keys(page)
    key(Qt.Key.Key_Return)
    assert len(stored()) == len(before) + 1
