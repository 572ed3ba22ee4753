"""Garbage is collected in the thread of the window, whichever thread makes it."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from atlas.ui import app


class Ring:
    """Garbage that only the collector can find."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collecting_threads() -> Iterator[set[str]]:
    """The names of the threads that collect."""
    threads: set[str] = set()

    def note(phase: str, info: dict[str, int]) -> None:
        threads.add(threading.current_thread().name)

    gc.callbacks.append(note)
    yield threads
    gc.callbacks.remove(note)


def test_another_thread_leaves_its_garbage_to_the_windows(
    qtbot: QtBot, collecting_threads: set[str]
) -> None:
    collector = app._collect_here()
    first: list[weakref.ref[Ring]] = []

    def make_garbage() -> None:
        first.append(weakref.ref(Ring()))
        for _ in range(5 * gc.get_threshold()[0]):
            Ring()

    thread = threading.Thread(target=make_garbage)
    thread.start()
    thread.join()
    assert first[0]() is not None
    assert not collecting_threads
    qtbot.waitUntil(lambda: first[0]() is None)
    assert collecting_threads == {threading.main_thread().name}
    collector.timer.stop()
