"""The window as a whole: themes, presenting, details, small sizes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from atlas.ui.theme import THEMES
from atlas.ui.window import MainWindow
from tests.gui.conftest import press, said, view_of


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
    assert "Measured on “Side”".upper() in said(window).upper()


def test_the_details_say_how_sure_a_view_is(window: MainWindow) -> None:
    window.state.select("BL3")
    window.state.set_map("front")
    assert "Approximate on this view" in said(window)
    window.state.set_map("head_front")
    assert "Approximate on this view" not in said(window)
    window.state.select("GB30")
    assert "sources differ" in said(window)


def test_cautions_come_before_the_location(window: MainWindow) -> None:
    window.state.select("BL23")
    text = said(window)
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
    qtbot.waitUntil(lambda: "see a doctor first" in said(window))
