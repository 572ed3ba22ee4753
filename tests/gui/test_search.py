"""Typing into the real search field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from atlas.ui.window import MainWindow
from tests.gui.conftest import listed, said


def type_text(window: MainWindow, text: str) -> None:
    """Type as a keyboard (or an input method) does."""
    window.search.setFocus()
    if text.isascii():
        QTest.keyClicks(window.search, text)
    else:
        window.search.insert(text)
        window.search.textEdited.emit(text)


def results(window: MainWindow) -> list[str]:
    model = window.search.results.view.model()
    rows = range(model.rowCount())
    return [str(model.index(row, 0).data()).split()[0] for row in rows]


@pytest.mark.parametrize(
    "text", ["shenshu", "肾俞", "腎俞", "bl23", "BL 23", "kidney shu", "shenshoo"]
)
def test_bl23_is_found_first(window: MainWindow, text: str) -> None:
    type_text(window, text)
    assert window.search.results.isVisible()
    assert results(window)[0] == "BL23"
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.state.view.selected == "BL23"
    assert "BL23" in said(window)
    assert not window.search.is_listing()


def test_results_follow_each_key(window: MainWindow) -> None:
    type_text(window, "zu")
    many = results(window)
    type_text(window, "sanli")
    assert results(window)[0] == "ST36"
    assert many != results(window)


def test_arrows_choose_another_result(window: MainWindow) -> None:
    type_text(window, "kidney")
    second = results(window)[1]
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.state.view.selected == second


def test_a_click_on_a_result_selects_it(window: MainWindow) -> None:
    type_text(window, "kidney")
    view = window.search.results.view
    second = results(window)[1]
    place = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.state.view.selected == second


def test_a_lay_name_explains_itself(window: MainWindow) -> None:
    type_text(window, "back of the knee")
    assert results(window)[0] == "BL40"
    assert "BL40" in window.search.results.note.text()


def test_nothing_found_says_what_can_be_searched(window: MainWindow) -> None:
    type_text(window, "xqzvw")
    assert not window.search.results.view.isVisible()
    assert "xqzvw" in window.search.results.note.text()
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.state.view.selected is None


def test_control_and_enter_filter_by_the_words(window: MainWindow) -> None:
    type_text(window, "sciatica")
    QTest.keyClick(window.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.state.view.query.text == "sciatica"
    assert [chip.text() for chip in window.footer.chips if chip.isVisible()] == ["“sciatica”  ×"]
    assert 0 < len(listed(window)) < len(window.state.stage.catalogue.points)


def test_escape_closes_and_clears(window: MainWindow) -> None:
    type_text(window, "shen")
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert not window.search.is_listing()
    assert window.search.text() == ""


def test_results_stay_inside_a_small_window(window: MainWindow) -> None:
    window.resize(760, 480)
    type_text(window, "kidney")
    results = window.search.results
    corner = results.mapTo(window, QPoint(0, 0))
    assert corner.x() >= 0
    assert corner.x() + results.width() <= window.width()
    assert corner.y() + results.height() <= window.height()
