"""Killed at any instant, it loses nothing that was answered."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from atlas.study.backups import backups_of, is_whole
from atlas.study.records import Progress, Review
from atlas.study.store import Store
from atlas.study.transfer import export_text
from tests.unit.study.processes import (
    Heard,
    check_sound,
    kill_after,
    lines_of,
    start,
    words,
)


def check_all_there(path: Path, heard: Heard, kills: int) -> None:
    answered, undone = set(words(heard, "answered")), set(words(heard, "undone"))
    with Store(path) as store:
        known = store.everything()
        counting = {review.uid for review in store.reviews()}
    stored = {review.uid for review in known.reviews}
    withdrawn = {withdrawal.review for withdrawal in known.withdrawals}
    assert answered <= stored
    assert undone <= withdrawn
    assert counting == stored - withdrawn
    assert set(words(heard, "noted")) <= {note.text for note in known.notes}
    # What was done and not yet said when the kill came: one thing at most each time.
    assert len(stored - answered) + len(withdrawn - undone) <= kills


def test_every_answer_survives_a_kill_at_any_moment(path: Path) -> None:
    chance, heard, kills = random.Random(23), [], 30
    for _ in range(kills):
        lines, work = chance.randint(1, 40), chance.randint(0, 60_000)
        heard += kill_after(start("answer", path, 0), lines, work)
        check_sound(path)
    assert len(words(heard, "answered")) > kills
    check_all_there(path, heard, kills)


@pytest.mark.parametrize("seed", range(8))
def test_a_kill_while_the_file_is_created_and_opened(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    heard = kill_after(start("answer", path, 0), 1, chance.randint(0, 400_000))
    check_all_there(path, heard, 1)


def test_an_answer_that_is_corrected_counts_once_whenever_the_kill_comes(path: Path) -> None:
    """Taking the first rating back and giving the second is one step, or nothing of it."""
    chance, heard, kills = random.Random(11), [], 30
    for run in range(kills):
        # After `started` and some pairs, the last line is an answer that is being corrected.
        lines, work = 2 * chance.randint(1, 10), chance.randint(0, 60_000)
        heard += kill_after(start("correct", path, f"run{run}"), lines, work)
        check_sound(path)
        with Store(path) as store:
            counting = [review.card for review in store.reviews()]
        assert len(set(counting)) == len(counting)
        assert set(words(heard, "answered")) <= set(counting)
        assert len(set(counting) - set(words(heard, "answered"))) <= run + 1
    with Store(path) as store:
        ratings = {review.card: review.rating for review in store.reviews()}
    corrected = set(words(heard, "corrected"))
    assert len(corrected) > kills
    assert {ratings[card] for card in corrected} == {1}
    # What was corrected and not yet said when the kill came: one answer at most each time.
    assert list(ratings.values()).count(1) - len(corrected) <= kills


def test_a_kill_while_a_backup_is_made(path: Path) -> None:
    chance, heard, kills = random.Random(7), [], 12
    with Store(path) as store:
        store.merge(Progress([Review("name:BL23", 3) for _ in range(8000)]))
        heard += [["answered", review.uid] for review in store.reviews()]
    for _ in range(kills):
        for backup in backups_of(path):
            assert is_whole(backup)
            backup.unlink()
        heard += kill_after(start("answer", path, 0), 1, chance.randint(0, 5_000_000))
    check_all_there(path, heard, kills)
    assert [is_whole(backup) for backup in backups_of(path)] == [True]


def test_a_kill_during_an_import_leaves_all_of_it_or_nothing(path: Path, tmp_path: Path) -> None:
    chance, file = random.Random(5), tmp_path / "export.json"
    brought = [Review(f"name:BL{i % 67 + 1}", 3) for i in range(5000)]
    with Store(tmp_path / "other.db") as other:
        other.merge(Progress(brought))
        file.write_text(export_text(other), encoding="utf-8")
    for _ in range(6):
        kill_after(start("import", path, file), 1, chance.randint(0, 5_000_000))
        with Store(path) as store:
            assert len(store.reviews()) in (0, len(brought))
    process = start("import", path, file)
    lines_of(process)
    with Store(path) as store:
        assert len(store.reviews()) == len(brought)
