"""A window of its own process that answers with real keys or clicks; what it prints has happened.

`python -m tests.gui.study_process keys|mouse`: until it is killed, or nothing is left to ask.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from atlas.study.schedule import Rating
from atlas.ui.app import open_window
from tests.gui.studying import (
    DIGITS,
    answer_by_keys,
    answer_by_mouse,
    click,
    key,
    outcome_of,
    page_of,
    phase_of,
    sitting_of,
)


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main(how: str) -> None:
    _application, window, _session = open_window(None)
    window.show()
    window.activateWindow()
    while QApplication.focusWidget() is None:
        QTest.qWait(1)
    key(Qt.Key.Key_F3)
    page = page_of(window)
    say("found", sitting_of(page).today().done)
    key(Qt.Key.Key_Return)
    number = 0
    while phase_of(page) == "question":
        right = number % 5 != 2
        if how == "keys":
            answer_by_keys(page, right=right)
        else:
            answer_by_mouse(page, right=right)
        outcome = outcome_of(page)
        say("answered", outcome.review.uid)
        if number % 3 == 1:
            if how == "mouse":
                click(page.answer.ratings.buttons[Rating.Hard])
            else:
                key(DIGITS[Rating.Hard - 1])
            after = outcome_of(page)
            if after.review.uid != outcome.review.uid:
                say("corrected", outcome.review.uid, after.review.uid)
        if how == "mouse":
            click(page.answer.ratings.next)
        else:
            key(Qt.Key.Key_Return)
        number += 1
        QApplication.processEvents()
    say("done")


if __name__ == "__main__":
    main(sys.argv[1])
