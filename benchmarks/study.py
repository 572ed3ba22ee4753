"""Study: opening it with a long history, an answer, and the next question."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from atlas.edition import Edition
from atlas.scene import Stage
from atlas.study.cards import cards_of
from atlas.study.records import Progress, Review, stamp
from atlas.study.schedule import Limits
from atlas.study.store import Store
from atlas.ui.state import AtlasState
from atlas.ui.study.page import StudyPage
from benchmarks.measure import Figures, line, timed

ANSWERS = 20_000
ROUNDS = 30


def long_history(edition: Edition) -> None:
    """Put the answers of some years into the store."""
    rng, now = Random(1), datetime.now(UTC)
    keys = [card.key for card in cards_of(edition.body)]
    reviews = [
        Review(rng.choice(keys), rng.choice((1, 2, 3, 3, 3, 4)),
               stamp(now - timedelta(days=900) + i * timedelta(days=890) / ANSWERS),
               miss=rng.random())
        for i in range(ANSWERS)
    ]  # fmt: skip
    with Store() as store:
        store.merge(Progress(reviews=reviews))


def studying(
    application: QApplication,
    edition: Edition,
    painted: Callable[[QWidget, Callable[[], None]], None],
) -> list[str]:
    """Figures of the study page; `painted` acts and goes on until a widget is painted."""
    long_history(edition)
    stage = Stage(edition)
    begin = time.perf_counter()
    page = StudyPage(AtlasState(stage))
    opened = (time.perf_counter() - begin) * 1e3
    page.resize(1280, 760)
    page.show()
    page.model.change_plan(kinds=frozenset({"locate"}), limits=Limits(due=2000))
    page.model.begin()
    application.processEvents()
    canvas = page.canvas

    def answer() -> None:
        middle = QPoint(canvas.width() // 2, canvas.height() // 2)
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle)

    answers, questions = [], []
    for _ in range(ROUNDS):
        answers.append(timed([lambda: painted(canvas.viewport(), answer)]).median)
        questions.append(timed([lambda: painted(canvas.viewport(), page.model.next)]).median)
    page.close_drawing()
    page.deleteLater()
    return [
        line(f"open Study, {ANSWERS} answers", Figures(opened, opened)),
        line("answer, kept on the disk", _figures(answers)),
        line("next question", _figures(questions)),
    ]


def _figures(milliseconds: list[float]) -> Figures:
    ordered = sorted(milliseconds)
    return Figures(ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)])
