"""Whoever is cut off in the middle of a day's questions goes on where they were."""

from __future__ import annotations

import random
from collections import Counter
from itertools import cycle
from pathlib import Path

from atlas.study.cards import KINDS
from atlas.study.store import Store
from tests.unit.study.learner import CARDS
from tests.unit.study.processes import Heard, check_sound, kill_after, let, lines_of, start, words


def test_a_sitting_goes_on_after_a_kill_at_any_moment(path: Path) -> None:
    """One day of all kinds of questions, cut off again and again from the first to the last."""
    chance, heard, kills, cut_off_after = random.Random(3), Heard(), 0, set[int]()
    for answers in cycle((1, 2)):
        # Now right after an answer was kept, now at some moment on the way to the next one.
        work = chance.choice([0, chance.randint(0, 400_000)])
        process = let(start("study", path, module="learner"), answers + 1)
        said = kill_after(process, 1 + answers, work)
        before, heard = len(words(heard, "kept")), heard + said
        check_sound(path)
        with Store(path) as store:
            reviews = store.reviews()
        uids = words(heard, "kept")
        assert len(set(uids)) == len(uids)
        assert set(uids) <= {review.uid for review in reviews}
        # What was kept and not yet said when the kill came: one answer at most each time.
        assert len(reviews) - len(uids) <= kills + 1
        if words(said, "end"):
            break
        kills += 1
        cut_off_after.add(len(reviews))
        # All that is to be done today: each card once, and once more after each failure.
        done = int(words(said, "today")[0].split()[1])
        assert done >= before
        check_day(said, [review.rating for review in reviews[:done]])
    assert kills >= 12
    assert min(cut_off_after) <= 2
    assert max(cut_off_after) >= CARDS - 3
    assert words(said, "end") == [str(len(reviews))]
    passed = Counter(review.card for review in reviews if review.rating > 1)
    assert len(passed) == CARDS
    assert set(passed.values()) == {1}, "what was passed is not asked again"
    assert {card.partition(":")[0] for card in passed} == set(KINDS)
    assert any(review.rating == 1 for review in reviews)
    after = lines_of(start("study", path, module="learner"))
    assert after == [f"today 0 {len(reviews)}\n", f"end {len(reviews)}\n"]


def check_day(said: Heard, ratings: list[int]) -> None:
    """That a process found all to be done which the answers before it left."""
    waiting, done = map(int, words(said, "today")[0].split())
    assert done == len(ratings)
    assert waiting + done == CARDS + ratings.count(1)
