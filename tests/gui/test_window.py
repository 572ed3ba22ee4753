"""The window as a whole: keys, themes, presenting, remembering, other data."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from atlas import resources
from atlas.catalog.query import Query
from atlas.problems import DataError
from atlas.scene import View
from atlas.ui.app import Reporter
from atlas.ui.app import open_window as open_last_window
from atlas.ui.session import Session, load_session, save_session
from atlas.ui.theme import THEMES
from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow, view_of


def press(window: MainWindow, key: Qt.Key) -> None:
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, key)


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
    window.details.text.anchorClicked.emit(QUrl("point:BL52"))
    assert window.state.view.selected == "BL52"
    window.state.select("ST36")
    window.details.text.anchorClicked.emit(QUrl("map:side"))
    assert window.state.view.map_id == "side"
    assert "Measured on “Side”".upper() in window.details.text.toPlainText().upper()


def test_the_details_say_how_sure_a_view_is(window: MainWindow) -> None:
    window.state.select("BL3")
    window.state.set_map("front")
    assert "Approximate on this view" in window.details.text.toPlainText()
    window.state.set_map("head_front")
    assert "Approximate on this view" not in window.details.text.toPlainText()
    window.state.select("GB30")
    assert "sources differ" in window.details.text.toPlainText()


def test_cautions_come_before_the_location(window: MainWindow) -> None:
    window.state.select("BL23")
    text = window.details.text.toPlainText()
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
    window.splitter.setSizes([180, 400, 190, 330])
    window.splitter.splitterMoved.emit(180, 1)
    widths = window.splitter.sizes()
    window.actions_by_name["list"].setChecked(False)
    window.close()
    application, again, session = open_last_window(None)
    again.show()
    assert application is QApplication.instance()
    assert again.state.view.selected == "GB20"
    assert again.state.view.query.meridian == {"GB"}
    assert again.state.theme.name == "dark"
    assert again.size() == QSize(1100, 700)
    assert session.folder == "", "the bundled folder may be elsewhere next time"
    assert not again.points.isVisible()
    again.actions_by_name["list"].setChecked(True)
    assert again.splitter.sizes() == pytest.approx(widths, abs=3)
    again.close()


def test_a_window_that_presents_is_remembered_as_it_was(window: MainWindow) -> None:
    window.state.set_presenting(True)
    session = window.session()
    assert not session.view.presenting
    assert (session.width, session.height) == (1280, 800)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    save_session(Session(folder=str(tmp_path / "gone")))
    _, window, _ = open_last_window(None)
    assert len(window.state.stage.catalogue.points) == 361
    assert "gone" in window.banner.message.text()
    assert "bundled" in window.banner.message.text()
    window.close()


def test_a_folder_with_faults_that_was_asked_for_is_an_error(tiny_folder: Path) -> None:
    change(tiny_folder, "along: spine, part: 0.5", "along: spin, part: 0.5")
    with pytest.raises(DataError):
        open_last_window(tiny_folder)


def test_the_title_names_another_data_folder(open_window: OpenWindow, tiny_folder: Path) -> None:
    assert open_window().windowTitle() == "Acupoint Atlas"
    window = open_window(folder=tiny_folder)
    window.state.select("GV1")
    assert window.windowTitle() == f"GV1 – Acupoint Atlas – {tiny_folder.resolve()}"


def test_an_unexpected_error_is_told_with_its_file(window: MainWindow, tmp_path: Path) -> None:
    reporter = Reporter(window, tmp_path / "atlas.log")
    logger = logging.getLogger("atlas")
    logger.disabled = True
    try:
        reporter(ValueError, ValueError("boom"), None)
    finally:
        logger.disabled = False
    assert str(tmp_path / "atlas.log") in window.banner.message.text()
    assert "boom" not in window.banner.message.text()


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
    qtbot.waitUntil(lambda: "Lasting Strength" in window.details.text.toPlainText())
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


def test_an_unchanged_folder_leaves_everything_as_it_is(
    open_window: OpenWindow, tiny_folder: Path
) -> None:
    window = open_window(folder=tiny_folder)
    window.canvas.zoom(3)
    stage, place = window.state.stage, window.canvas.to_pixels()
    window.reload()
    assert window.state.stage is stage
    assert window.canvas.to_pixels() == place


def test_changed_data_keeps_the_zoom(
    open_window: OpenWindow, tiny_folder: Path, qtbot: QtBot
) -> None:
    window = open_window(folder=tiny_folder)
    window.canvas.zoom(3)
    place = window.canvas.to_pixels()
    change(tiny_folder, "Long Strength", "Lasting Strength")
    window.reload()
    assert window.canvas.to_pixels() == place
    qtbot.waitUntil(window.canvas.is_settled)


def test_what_was_found_is_shown_on_its_best_view_and_closely(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.activateWindow()
    window.search.results.chosen.emit("KI6")
    assert view_of(window).map_id == "foot_medial"
    window.state.set_map("back")
    before = window.canvas.to_pixels().m11()
    window.search.results.chosen.emit("BL23")
    assert view_of(window).map_id == "back"
    assert window.canvas.hasFocus()
    qtbot.waitUntil(window.canvas.is_settled)
    assert window.canvas.to_pixels().m11() > 1.5 * before


def test_presenting_shows_cautions_and_the_way_out(window: MainWindow) -> None:
    window.state.select("BL23")
    assert not window.frame.speaker.isVisible()
    window.state.set_presenting(True)
    text = window.frame.speaker.text()
    assert window.frame.speaker.isVisible()
    assert "kidney" in text
    assert "Esc" in text
    assert "not medical advice" in text


def test_the_chosen_pain_is_explained(window: MainWindow, qtbot: QtBot) -> None:
    window.state.toggle("back_pain", "radicular")
    qtbot.waitUntil(lambda: "see a doctor first" in window.details.text.toPlainText())
