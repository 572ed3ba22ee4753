"""A file of progress for each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from atlas.study.records import Note, Progress, Review, stamp
from atlas.study.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file is, in a folder of its own."""
    return tmp_path / "progress" / "study.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An open file."""
    with Store(path) as opened:
        yield opened


@pytest.fixture
def used(path: Path) -> list[Review]:
    """The answers in a file that was used on two days and closed: one backup has half of them."""
    start = datetime(2020, 5, 1, tzinfo=UTC)
    answers = [
        Review(f"locate:BL{i}", 1 + i % 4, at=stamp(start + timedelta(minutes=i)), miss=i / 7)
        for i in range(1, 301)
    ]
    note = Note("BL23", "level with L2", stamp(start))
    for part in (answers[:150], answers[150:]):
        with Store(path) as opened:
            opened.merge(Progress(part, notes=[note]))
    return answers
