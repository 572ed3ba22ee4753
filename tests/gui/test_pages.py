"""Explore, evidence and safety: three pages of one window."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from atlas.catalog.query import Query
from atlas.scene import Page, Stage, View
from atlas.ui.panels.reading import ReadingPage
from atlas.ui.state import AtlasState
from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow, press, view_of

PAGES: tuple[Page, ...] = ("explore", "study", "evidence", "safety")
KEYS = {
    "explore": Qt.Key.Key_F2,
    "study": Qt.Key.Key_F3,
    "evidence": Qt.Key.Key_F6,
    "safety": Qt.Key.Key_F7,
}


def shown(window: MainWindow) -> str:
    """The page that stands in the window, once it agrees with its button."""
    (checked,) = [name for name, button in window.modes.items() if button.isChecked()]
    standing = window.pages.currentWidget()
    if checked == "explore":
        assert standing is window.splitter
    else:
        assert standing is window.pages.page(window.state.view.page)
        assert type(standing).__name__.lower().startswith(checked)
    assert standing.isVisible()
    return checked


def click(button: QToolButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_window_begins_with_the_body(window: MainWindow) -> None:
    assert shown(window) == "explore"


@pytest.mark.parametrize("start", PAGES)
def test_keys_switch_pages(window: MainWindow, start: Page) -> None:
    window.state.set_page(start)
    for page in (*PAGES, *PAGES[::-1]):
        QTest.keyClick(window, KEYS[page])
        assert shown(window) == page == window.state.view.page


def test_buttons_switch_pages(window: MainWindow) -> None:
    for page in ("evidence", "safety", "study", "evidence", "explore", "safety", "explore"):
        click(window.modes[page])
        assert shown(window) == page


@pytest.mark.parametrize("page", PAGES)
def test_the_button_of_the_page_that_is_shown_stays_pressed(window: MainWindow, page: Page) -> None:
    click(window.modes[page])
    click(window.modes[page])
    assert shown(window) == page


def test_buttons_say_what_they_do(window: MainWindow) -> None:
    assert list(window.modes) == list(PAGES)
    titles = [button.text() for button in window.modes.values()]
    assert titles == ["Explore", "Study", "Evidence", "Safety"]
    keys = [button.toolTip()[-4:] for button in window.modes.values()]
    assert keys == ["(F2)", "(F3)", "(F6)", "(F7)"]


@pytest.mark.parametrize("page", ["evidence", "safety"])
def test_escape_leads_back_to_the_body(window: MainWindow, page: Page) -> None:
    window.state.select("BL23")
    window.state.set_page(page)
    reading = window.pages.page(page)
    assert isinstance(reading, ReadingPage)
    QTest.keyClick(reading.text, Qt.Key.Key_Escape)
    assert shown(window) == "explore"
    assert window.state.view.selected == "BL23", "only the next step back gives it up"
    press(window, Qt.Key.Key_Escape)
    assert window.state.view.selected is None


def test_a_page_is_made_once(window: MainWindow) -> None:
    count = window.pages.count()
    assert count == 1
    for page in ("safety", "explore", "safety"):
        click(window.modes[page])
    assert window.pages.count() == 2
    window.state.set_page("evidence")
    assert window.pages.count() == 3


OPENS_A_WINDOW = """
import sys
from atlas.ui.app import open_window
application, window, session = open_window(None)
window.show()
application.processEvents()
pages = [f"atlas.ui.panels.{name}" for name in ("evidence", "evidence_text", "safety", "forest")]
print([name in sys.modules for name in pages])
window.state.set_page("evidence")
window.state.set_page("safety")
print([name in sys.modules for name in pages])
window.close()
"""


def test_opening_the_window_imports_no_page() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPENS_A_WINDOW], capture_output=True, text=True, check=True
    )
    before, after = done.stdout.splitlines()
    assert before == str([False] * 4)
    assert after == str([True] * 4)


@pytest.mark.parametrize("page", ["evidence", "safety"])
def test_the_page_is_not_remembered(window: MainWindow, page: Page) -> None:
    window.state.select("BL23")
    window.state.set_page(page)
    assert window.session().view.page == "explore"
    assert window.session().view.selected == "BL23"


def test_a_window_can_begin_with_a_page(open_window: OpenWindow) -> None:
    assert shown(open_window(View(page="safety"))) == "safety"


@pytest.mark.parametrize("page", ["evidence", "safety"])
def test_choosing_a_map_shows_the_body(window: MainWindow, page: Page) -> None:
    window.state.set_page(page)
    QTest.keyClick(window, Qt.Key.Key_1)
    assert shown(window) == "explore"
    assert window.state.view.map_id == "front"


def test_only_the_body_is_presented_and_a_page_ends_it(window: MainWindow) -> None:
    window.state.set_page("safety")
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not view_of(window).presenting
    window.state.set_page("explore")
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert view_of(window).presenting
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert not view_of(window).presenting
    assert window.header.isVisible()
    assert shown(window) == "evidence"


# -- the state ------------------------------------------------------------------------------


@pytest.fixture
def state(stage: Stage, qapp: object) -> AtlasState:
    return AtlasState(stage, View(selected="BL23", query=Query(meridian=frozenset({"BL"}))))


def test_a_page_changes_nothing_else(state: AtlasState) -> None:
    before = state.view
    calls: list[str] = []
    for name in ("query_changed", "selection_changed", "map_changed", "scene_changed"):
        getattr(state, name).connect(lambda name=name: calls.append(name))
    state.set_page("evidence")
    assert state.view.page == state.scene.view.page == "evidence"
    assert calls == ["scene_changed"]
    state.set_page("evidence")
    assert calls == ["scene_changed"], "no change, no signal"
    state.set_page("explore")
    assert state.view == before


def test_showing_only_one_value_opens_the_body_and_gives_up_other_filters(
    state: AtlasState,
) -> None:
    state.set_page("safety")
    state.show_only("caution", "vessel")
    assert state.view.query == Query(caution=frozenset({"vessel"}))
    assert state.view.page == "explore"
    assert state.view.selected == "BL23"
    state.show_only("caution", "vessel")
    assert state.view.query == Query(caution=frozenset({"vessel"})), "chosen, not toggled"


def test_showing_what_is_shown_already_still_leaves_the_page(state: AtlasState) -> None:
    state.show_only("region", "neck")
    state.set_page("safety")
    state.show_only("region", "neck")
    assert state.view.page == "explore"


def test_selecting_opens_the_body_and_giving_up_does_not(window: MainWindow) -> None:
    window.state.set_page("evidence")
    window.state.select(None)
    assert shown(window) == "evidence"
    window.state.select("GV4")
    assert shown(window) == "explore"
    assert view_of(window).selected == "GV4"


def test_a_new_theme_on_a_page_keeps_the_list_of_points(
    window: MainWindow, qapp: QApplication
) -> None:
    window.state.set_page("evidence")
    window.state.set_theme("dark")
    window.state.set_page("explore")
    qapp.processEvents()
    assert window.points.isVisible()
    assert window.points.width() > 100
