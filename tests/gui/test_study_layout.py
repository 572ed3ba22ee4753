"""In all themes, in a small window and when presenting: nothing is cut, the body has its room."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from atlas.study.cards import KINDS, Kind
from atlas.ui.study.page import StudyPage
from atlas.ui.theme import THEMES
from tests.gui.studying import (
    OpenStudy,
    answer_by_keys,
    click_spot,
    key,
    phase_of,
    plan_for,
    question_of,
    sitting_of,
    spot_of,
)

SIZES = {"small": (800, 600), "usual": (1280, 800)}
BODY = 250  # pixels
LINES = 5  # of an answer
ASKED: dict[Kind, str] = {
    "locate": "BL23",
    "identify": "EX-HN15",
    "recall": "ST36",
    "neighbours": "GV4",
    "walk": "BL21",
}


def parts(page: StudyPage) -> Iterator[QWidget]:
    """What is to be read or pressed on the page, as far as it is shown."""
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget


def needed(widget: QWidget) -> int:
    """The height that a widget's text takes at its width."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width())
    return widget.minimumSizeHint().height()


def check_nothing_is_cut(page: StudyPage) -> None:
    for _ in range(3):  # text that wraps may ask for another round
        QApplication.processEvents()
    window = page.window()
    for widget in parts(page):
        said = f"{widget} {widget.text()!r}"  # type: ignore[attr-defined]
        assert widget.height() >= needed(widget), said
        if not isinstance(widget, QLineEdit) and not (
            isinstance(widget, QLabel) and widget.wordWrap()
        ):
            assert widget.width() >= widget.minimumSizeHint().width(), said
        corner = widget.mapTo(window, QPoint(0, 0))
        assert window.rect().contains(QRect(corner, widget.size())), said
    seen = [w for w in parts(page) if not isinstance(w.parentWidget(), QScrollArea)]
    assert len(seen) > 2


def check_the_body(page: StudyPage) -> None:
    assert page.canvas.width() >= BODY
    assert page.canvas.height() >= BODY


def check_the_answer(page: StudyPage) -> None:
    """Some lines of the answer can be read without scrolling, and the panel holds all it has."""
    text = page.answer.text
    line = QFontMetricsF(text.document().defaultFont()).height()
    assert text.viewport().height() >= LINES * line, text.viewport().height() / line
    for widget in (text, page.answer.so_far, page.answer.ratings):
        assert not widget.isVisible() or widget.height() >= widget.minimumSizeHint().height()
    if page.answer.so_far.isVisible():
        assert page.answer.so_far.height() >= page.answer.so_far.sizeHint().height()
        below = page.answer.so_far.geometry().bottom()
        assert text.geometry().bottom() < page.answer.so_far.geometry().top()
        assert below < page.answer.ratings.geometry().top()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_start_and_the_end_fit(open_study: OpenStudy, theme: str, size: str) -> None:
    plan_for(*KINDS, codes=["BL23"])
    page = open_study(theme=theme, begin=False)
    page.window().resize(*SIZES[size])
    check_nothing_is_cut(page)
    assert page.today.isVisible()
    key(Qt.Key.Key_Return)
    answer_by_keys(page)
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "end"
    check_nothing_is_cut(page)


@pytest.mark.parametrize("presenting", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", THEMES)
def test_questions_and_answers_fit(
    open_study: OpenStudy, theme: str, size: str, presenting: bool
) -> None:
    for kind in KINDS:
        plan_for(kind, codes=[ASKED[kind]])
        page = open_study(theme=theme)
        window = page.window()
        if presenting:
            key(Qt.Key.Key_F11)
        window.resize(*SIZES[size])
        assert question_of(page).card.kind == kind
        check_nothing_is_cut(page)
        check_the_body(page)
        if kind == "recall":
            key(Qt.Key.Key_Return)
            check_nothing_is_cut(page)
            check_the_body(page)
            check_the_answer(page)
            key(Qt.Key.Key_1)
            check_nothing_is_cut(page)
            check_the_answer(page)
            window.close()
            continue
        answer_by_keys(page, right=False)
        key(Qt.Key.Key_Return)  # it is asked again; the second answer has a history
        answer_by_keys(page, right=False)
        if (size, presenting) == ("usual", False):
            assert page.answer.so_far.isVisible(), "else its room may be wanted"
        check_nothing_is_cut(page)
        check_the_body(page)
        check_the_answer(page)
        window.close()


@pytest.mark.parametrize("theme", THEMES)
def test_a_click_counts_in_every_theme_and_size(open_study: OpenStudy, theme: str) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study(theme=theme)
    page.window().resize(800, 600)
    QApplication.processEvents()
    click_spot(page, spot_of(page))
    assert sitting_of(page).given[-1].passed


def test_presenting_hides_the_plan_and_enlarges_the_prompt(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    question, before = question_of(page), page.prompt.label.font().pointSizeF()
    assert page.today.isVisible()
    key(Qt.Key.Key_F11)
    assert page.model.state.view.presenting
    assert not page.today.isVisible()
    assert page.prompt.label.font().pointSizeF() > 1.5 * before
    assert page.answer.isVisible()
    assert page.window().isFullScreen()
    assert question_of(page) is question
    answer_by_keys(page)
    assert page.canvas._scene is not None
    assert page.canvas._scene.view.presenting, "names are large"
    key(Qt.Key.Key_Escape)
    assert page.isVisible(), "Escape ends presenting first"
    assert page.today.isVisible()
    assert page.prompt.label.font().pointSizeF() == before
    assert phase_of(page) == "answer"


def test_a_small_window_gives_the_plan_s_room_to_the_body(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study()
    page.window().resize(800, 600)
    assert not page.today.isVisible()
    page.window().resize(1280, 800)
    assert page.today.isVisible()


@pytest.mark.parametrize("begin", [True, False])
def test_a_new_theme_keeps_the_question(open_study: OpenStudy, qtbot: QtBot, begin: bool) -> None:
    plan_for("walk", codes=["BL21"])
    page = open_study(begin=begin)
    state, question = page.model.state, sitting_of(page).question
    for theme in ("dark", "projector", "light"):
        key(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        assert state.theme.name == theme
        assert sitting_of(page).question is question
        if begin:
            qtbot.waitUntil(page.canvas.is_settled)
            image = page.canvas.grab().toImage()
            beside = {image.pixelColor(x, 3).name() for x in range(image.width())}
            assert QColor(THEMES[theme].canvas).name() in beside


IMPORTS = """
import sys
from atlas.ui.app import open_window
heavy = ("atlas.study", "atlas.ui.study", "fsrs", "sqlite3", "genanki", "anki")
def loaded():
    return sorted({m for h in heavy for m in sys.modules if m == h or m.startswith(h + ".")})
application, window, session = open_window(None)
window.show()
application.processEvents()
window.state.set_page("evidence")
window.state.set_page("explore")
print(loaded())
window.state.set_page("study")
application.processEvents()
print("fsrs" in loaded(), "sqlite3" in loaded(), "atlas.study.store" in loaded())
window.close()
"""


def test_only_who_studies_loads_what_it_takes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["[]", "True True True"]


# -- borders --------------------------------------------------------------------------------


def move_border(page: StudyPage, number: int, by: int) -> list[int]:
    """Drag a border with the mouse; the widths that come of it."""
    QApplication.processEvents()
    handle = page.splitter.handle(number)
    place, left = handle.rect().center(), Qt.MouseButton.LeftButton
    QTest.mousePress(handle, left, pos=place)
    QTest.mouseMove(handle, place + QPoint(by // 2, 0))
    QTest.mouseMove(handle, place + QPoint(by - by // 2, 0))
    QTest.mouseRelease(handle, left, pos=place)
    QApplication.processEvents()
    return page.splitter.sizes()


def test_a_border_that_was_moved_stays(open_study: OpenStudy) -> None:
    plan_for("locate", "recall", codes=["BL23", "BL24"])
    page = open_study()
    QApplication.processEvents()
    before = page.splitter.sizes()
    moved = move_border(page, 2, -60)
    assert moved[2] > before[2] + 20
    for _ in range(3):
        if question_of(page).card.kind == "recall":
            key(Qt.Key.Key_Return)
            QApplication.processEvents()
            assert page.splitter.sizes() == moved, "turned over"
        answer_by_keys(page, right=False)
        QApplication.processEvents()
        assert page.splitter.sizes() == moved, "answered"
        key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert page.splitter.sizes() == moved, "taken back"
        answer_by_keys(page, right=False)
        key(Qt.Key.Key_Return)
        QApplication.processEvents()
        assert page.splitter.sizes() == moved, "gone on"
    key(Qt.Key.Key_F2)
    key(Qt.Key.Key_F3)
    QApplication.processEvents()
    assert page.splitter.sizes() == moved, "come back"


def test_another_width_or_theme_shares_anew(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23", "BL24"])
    page = open_study()
    moved = move_border(page, 2, -60)
    page.window().resize(1400, 800)
    QApplication.processEvents()
    wide = page.splitter.sizes()
    assert wide[2] < moved[2]
    key(Qt.Key.Key_F11)
    page.window().resize(1400, 800)
    QApplication.processEvents()
    assert page.splitter.sizes()[2] > wide[2], "larger type needs more room"


# -- a window that becomes smaller while an answer is read ----------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_an_answer_fits_when_the_window_is_resized(open_study: OpenStudy, theme: str) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study(theme=theme)
    answer_by_keys(page, right=False)
    key(Qt.Key.Key_Return)
    answer_by_keys(page, right=False)
    for width, height in ((1280, 800), (800, 600), (1280, 800), (1280, 600)):
        page.window().resize(width, height)
        check_nothing_is_cut(page)
        check_the_body(page)
        check_the_answer(page)
        if height == 800:
            assert page.answer.so_far.isVisible(), "as soon as there is room"
