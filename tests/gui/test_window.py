"""The window as a whole: keys, themes, presenting, remembering, other data."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from atlas import resources
from atlas.catalog.query import Query
from atlas.scene import View
from atlas.ui.session import Session, load_session, save_session
from atlas.ui.theme import THEMES
from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow


def press(window: MainWindow, key: Qt.Key) -> None:
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, key)


def test_arrows_go_to_the_nearest_point_that_way(window: MainWindow) -> None:
    window.state.select("BL23")
    press(window, Qt.Key.Key_Down)
    assert window.state.view.selected == "BL24"
    press(window, Qt.Key.Key_Right)
    assert window.state.scene.measured is not None
    first = window.state.scene.measured.position
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Up)
    assert window.state.view.selected == "BL23"
    assert first[0] > window.state.scene.sheet.map.landmarks["spinous_process_l3"][0]


def test_brackets_walk_the_meridian_over_maps(window: MainWindow) -> None:
    window.state.select("GV28")
    press(window, Qt.Key.Key_BracketRight)
    assert window.state.view.selected == "GV28", "the last one"
    press(window, Qt.Key.Key_BracketLeft)
    assert window.state.view.selected == "GV27"


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


def test_escape_steps_back(open_window: OpenWindow) -> None:
    query = Query(meridian=frozenset({"BL"}))
    window = open_window(View(query=query, selected="BL23"))
    press(window, Qt.Key.Key_Escape)
    assert window.state.view.selected is None
    assert window.state.view.query == query
    press(window, Qt.Key.Key_Escape)
    assert window.state.view.query == Query()


def test_presenting_hides_the_panels_and_comes_back(window: MainWindow) -> None:
    window.state.select("BL23")
    panels = (window.header, window.footer, window.filters, window.details, window.points)
    press(window, Qt.Key.Key_F11)
    assert window.state.view.presenting
    assert not any(panel.isVisible() for panel in panels)
    assert window.isFullScreen()
    press(window, Qt.Key.Key_Escape)
    assert all(panel.isVisible() for panel in panels[:4])
    assert not window.isFullScreen()
    assert window.state.view.selected == "BL23"


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_colours_body_and_panels(window: MainWindow, theme: str, qtbot: QtBot) -> None:
    window.state.set_theme(theme)
    qtbot.waitUntil(window.canvas.is_settled)
    image = window.grab().toImage()
    centre = window.canvas.mapTo(window, window.canvas.rect().topLeft())
    assert image.pixelColor(centre.x() + 3, centre.y() + 60).name() == THEMES[theme].canvas.lower()
    assert image.pixelColor(window.width() - 30, 60).name() == THEMES[theme].panel.lower()


def test_the_theme_key_goes_round(window: MainWindow) -> None:
    names = []
    for _ in THEMES:
        window.actions_by_name["theme"].trigger()
        names.append(window.state.theme.name)
    assert names == ["dark", "projector", "light"]


def test_links_in_the_details_lead_on(window: MainWindow) -> None:
    window.state.select("BL23")
    window.details.anchorClicked.emit(QUrl("point:BL52"))
    assert window.state.view.selected == "BL52"
    window.state.select("ST36")
    window.details.anchorClicked.emit(QUrl("map:side"))
    assert window.state.view.map_id == "side"
    assert "Measured on “Side”".upper() in window.details.toPlainText().upper()


def test_the_details_say_how_sure_a_view_is(window: MainWindow) -> None:
    window.state.select("BL3")
    window.state.set_map("front")
    assert "Approximate on this view" in window.details.toPlainText()
    window.state.set_map("head_front")
    assert "Approximate on this view" not in window.details.toPlainText()
    window.state.select("GB30")
    assert "sources differ" in window.details.toPlainText()


def test_cautions_come_before_the_location(window: MainWindow) -> None:
    window.state.select("BL23")
    text = window.details.toPlainText()
    assert text.index("kidney") < text.index("LOCATION")


def test_a_small_window_gives_the_body_the_room_of_the_list(window: MainWindow) -> None:
    assert window.points.isVisible()
    window.resize(820, 520)
    assert not window.points.isVisible()
    window.resize(1280, 800)
    assert window.points.isVisible()
    window.actions_by_name["list"].toggle()
    assert not window.points.isVisible()


def test_what_floats_stays_apart_in_a_small_window(window: MainWindow) -> None:
    window.resize(window.minimumSize())
    frame = window.frame
    bars = (frame.layers.geometry(), frame.zoom.geometry())
    assert not bars[0].intersects(bars[1])
    assert all(frame.rect().contains(bar) for bar in bars)


def test_the_window_is_remembered(open_window: OpenWindow) -> None:
    window = open_window(View(query=Query(meridian=frozenset({"GB"}))), "dark")
    window.state.select("GB20")
    window.resize(1100, 700)
    window.close()
    session, warning = load_session()
    assert warning == ""
    assert session.view.selected == "GB20"
    assert session.view.query.meridian == {"GB"}
    assert (session.theme, session.width, session.height) == ("dark", 1100, 700)
    again = MainWindow(open_window(session.view, session.theme).state, session)
    assert again.size() == QSize(1100, 700)
    assert again.state.view == session.view
    again.canvas.close_drawing()
    again.close()


def test_a_damaged_memory_is_set_aside() -> None:
    save_session(Session(theme="dark"))
    path = resources.config_folder() / "session.json"
    path.write_text("{broken", encoding="utf-8")
    session, warning = load_session()
    assert session == Session()
    aside = path.with_suffix(".damaged.json")
    assert str(aside) in warning
    assert aside.read_text(encoding="utf-8") == "{broken"


def test_a_remembered_point_that_is_gone_does_no_harm(
    open_window: OpenWindow, tiny_folder: Path
) -> None:
    view = View(map_id="back", selected="ST36", query=Query(region=frozenset({"lower_back"})))
    window = open_window(view, folder=tiny_folder)
    assert window.state.view.map_id == "mini"
    assert window.state.view.selected is None
    assert window.state.view.query == Query()


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "points.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_changed_data_is_read_again(
    open_window: OpenWindow, tiny_folder: Path, qtbot: QtBot
) -> None:
    window = open_window(folder=tiny_folder)
    window.watch(tiny_folder)
    window.state.select("GV1")
    change(tiny_folder, "Long Strength", "Lasting Strength")
    qtbot.waitUntil(lambda: "Lasting Strength" in window.details.toPlainText())
    assert window.state.view.selected == "GV1"


def test_broken_data_is_told_and_the_last_good_kept(
    open_window: OpenWindow, tiny_folder: Path, qtbot: QtBot
) -> None:
    window = open_window(folder=tiny_folder)
    window.watch(tiny_folder)
    window.state.select("GV1")
    change(tiny_folder, "along: spine, part: 0.5", "along: spin, part: 0.5")
    qtbot.waitUntil(window.banner.isVisible)
    assert "points.yaml:" in window.banner.problems.toPlainText()
    assert "no ruler spin" in window.banner.problems.toPlainText()
    assert window.state.view.selected == "GV1"
    assert window.state.scene.measured is not None
    change(tiny_folder, "along: spin, part: 0.5", "along: spine, part: 0.4")
    qtbot.waitUntil(lambda: not window.banner.isVisible())
    assert window.state.scene.measured.position[1] == pytest.approx(50)


def test_another_folder_is_opened(window: MainWindow, tiny_folder: Path) -> None:
    window.open_folder(tiny_folder)
    assert window.points.point_model.rowCount() == 3
    assert window.state.view.map_id == "mini"


def test_a_folder_without_points_is_told(window: MainWindow, tmp_path: Path) -> None:
    window.open_folder(tmp_path)
    assert "points.yaml" in window.banner.message.text()
    assert len(window.state.stage.catalogue.points) == 361
