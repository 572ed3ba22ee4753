"""Keys on the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest

from atlas.catalog.query import Query
from atlas.scene import View
from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow, press, view_of


def test_arrows_go_to_the_nearest_point_that_way(window: MainWindow) -> None:
    window.state.select("BL23")
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up):
        press(window, key)
        seen.append(window.state.view.selected)
    # BL25's row has no outer line: to the right of BL24 the rib tip's GB25 is nearest.
    assert seen[0] == "BL24"
    x = window.state.scene.sheet.x
    assert seen[1] != "BL24"
    assert seen[2] != seen[1]
    assert x[window.state.scene.selected or 0] < 60


def test_an_arrow_where_nothing_lies_keeps_the_selection(window: MainWindow) -> None:
    window.state.select("GV20")
    window.state.set_map("back")
    press(window, Qt.Key.Key_Up)
    assert window.state.view.selected == "GV20"


def test_brackets_walk_the_meridian_over_maps(window: MainWindow) -> None:
    window.state.select("BL41")
    assert window.state.view.map_id == "back"
    press(window, Qt.Key.Key_BracketLeft)
    assert window.state.view.selected == "BL40"
    window.state.select("GV19")
    press(window, Qt.Key.Key_BracketRight)
    assert window.state.view.selected == "GV20"
    assert window.state.view.map_id == "head_top"
    window.state.select("GV28")
    press(window, Qt.Key.Key_BracketRight)
    assert window.state.view.selected == "GV28", "the last one"


def test_digits_switch_maps_and_their_views(window: MainWindow) -> None:
    press(window, Qt.Key.Key_7)
    assert window.state.view.map_id == "hand_dorsum"
    press(window, Qt.Key.Key_7)
    assert window.state.view.map_id == "hand_palm"
    press(window, Qt.Key.Key_1)
    assert window.state.view.map_id == "front"


def test_slash_goes_to_the_search(window: MainWindow) -> None:
    window.activateWindow()
    press(window, Qt.Key.Key_Slash)
    assert window.search.hasFocus()
    assert window.search.text() == ""


def test_digits_typed_into_the_search_stay_there(window: MainWindow) -> None:
    window.search.setFocus()
    QTest.keyClicks(window.search, "bl7l[")
    assert window.search.text() == "bl7l["
    assert window.state.view.map_id == "back"


def test_space_shows_and_hides_the_measurement(window: MainWindow) -> None:
    window.state.select("BL23")
    press(window, Qt.Key.Key_Space)
    assert "measure" not in window.state.view.layers
    press(window, Qt.Key.Key_Space)
    assert "measure" in window.state.view.layers


def test_escape_steps_back_but_keeps_the_filters(open_window: OpenWindow) -> None:
    query = Query(meridian=frozenset({"BL"}))
    window = open_window(View(query=query, selected="BL23"))
    window.details.text.anchorClicked.emit(QUrl("source:who2008"))
    assert "Western Pacific" in window.details.source.text()
    press(window, Qt.Key.Key_Escape)
    assert not window.details.close_source()
    assert view_of(window).selected == "BL23"
    press(window, Qt.Key.Key_Escape)
    assert view_of(window).selected is None
    press(window, Qt.Key.Key_Escape)
    assert view_of(window).query == query
