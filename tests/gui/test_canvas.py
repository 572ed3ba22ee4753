"""Clicks, hovering and moving on the real canvas."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from atlas.catalog.query import Query
from atlas.edition import Edition
from atlas.scene import View
from atlas.ui.theme import LIGHT
from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow, click_spot

MAPS = [
    "front", "back", "side", "arm_radial", "leg_medial", "head_front", "head_side", "head_back",
    "head_top", "mouth_nose", "hand_dorsum", "hand_palm", "foot_dorsum", "foot_lateral",
    "foot_medial", "foot_sole",
]  # fmt: skip
SAME_PLACE = 0.5  # drawing units


def test_all_maps_are_tried(edition: Edition) -> None:
    assert list(edition.body.maps) == MAPS


@pytest.mark.parametrize("map_id", MAPS)
def test_a_click_on_its_centre_selects_each_point(open_window: OpenWindow, map_id: str) -> None:
    window = open_window(View(map_id=map_id))
    missed = []
    spots = window.state.scene.sheet.spots
    for i, spot in enumerate(spots):
        window.state.select(None)
        # An extra point may lie where another point is: then the next click takes it.
        here = [
            other for other in spots if math.dist((other.x, other.y), (spot.x, spot.y)) < SAME_PLACE
        ]
        for _ in here:
            click_spot(window, i)
            if (window.state.view.selected, window.state.view.spot) == (spot.code, i):
                break
        else:
            missed.append((spot.code, window.state.view.selected))
    assert missed == []


def test_a_click_beside_the_body_keeps_the_selection(window: MainWindow) -> None:
    window.state.select("BL23")
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert window.state.view.selected == "BL23"


def test_repeated_clicks_cycle_through_what_lies_under_the_cursor(window: MainWindow) -> None:
    spot = window.state.scene.sheet.of_code["BL31"][0]
    click_spot(window, spot)
    overlap = window.frame.overlap
    assert overlap.isVisible()
    listed = [overlap.list.item(i).text().split()[0] for i in range(overlap.list.count())]
    assert len(listed) > 2
    seen = [window.state.view.selected]
    for _ in listed:
        click_spot(window, spot)
        seen.append(window.state.view.selected)
        current = overlap.list.currentItem()
        assert current is not None
        assert current.text().split()[0] == seen[-1]
    assert seen == [*listed, "BL31"]
    assert listed[0] == "BL31"


def test_a_row_of_the_overlap_list_selects_its_point(window: MainWindow) -> None:
    click_spot(window, window.state.scene.sheet.of_code["BL31"][0])
    overlap = window.frame.overlap.list
    item = overlap.item(2)
    place = overlap.visualItemRect(item).center()
    QTest.mouseClick(overlap.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.state.view.selected == item.text().split()[0]


def test_the_overlap_list_goes_when_another_point_is_selected(window: MainWindow) -> None:
    click_spot(window, window.state.scene.sheet.of_code["BL31"][0])
    assert window.frame.overlap.isVisible()
    window.state.select("BL57")
    assert not window.frame.overlap.isVisible()


def test_markers_that_do_not_match_shrink_to_dots(window: MainWindow) -> None:
    pixel = window.canvas.spot_pixel(window.state.scene.sheet.of_code["BL57"][0])
    beside = QPoint(round(pixel.x()) + 2, round(pixel.y()) + 2)
    before = window.canvas.grab().toImage().pixelColor(beside)
    window.state.toggle("meridian", "GV")
    after = window.canvas.grab().toImage().pixelColor(beside)
    assert before.name() == LIGHT.colour("BL").lower()
    assert after.name() != before.name()


def test_names_are_written_where_only_the_other_half_is_in_view(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def note(painter: QPainter, place: QPointF, text: str, *_: object) -> None:
        written.append(text)

    monkeypatch.setattr("atlas.ui.canvas.names.halo_text", note)
    window.canvas.move_to(QRectF(-200, 300, 180, 200))
    window.canvas.grab()
    assert "SI11" in written


def test_the_glide_stops_when_the_map_is_moved(window: MainWindow, qtbot: QtBot) -> None:
    window.state.select("GV14")
    window.canvas.zoom(6)
    window.state.select("BL57")
    window.canvas.zoom(1.5)
    place = window.canvas.to_pixels()
    qtbot.waitUntil(window.canvas.is_settled)
    assert window.canvas.to_pixels() == place


def test_a_lonely_marker_shows_no_list(window: MainWindow) -> None:
    click_spot(window, window.state.scene.sheet.of_code["BL57"][0])
    assert window.state.view.selected == "BL57"
    assert not window.frame.close_overlap()


def test_a_filter_hides_markers_from_clicks(open_window: OpenWindow) -> None:
    window = open_window(View(query=Query(meridian=frozenset({"GV"}))))
    sheet = window.state.scene.sheet
    click_spot(window, sheet.of_code["BL23"][0])
    assert window.state.view.selected == "GV4", "the nearest that matches wins"
    click_spot(window, sheet.of_code["BL57"][0])
    assert window.state.view.selected == "BL57", "where none matches, a faint one can be had"


def test_hovering_shows_the_names(window: MainWindow) -> None:
    spot = window.state.scene.sheet.of_code["BL57"][0]
    pixel = window.canvas.spot_pixel(spot).toPoint()
    QTest.mouseMove(window.canvas.viewport(), QPoint(3, 3))
    QTest.mouseMove(window.canvas.viewport(), pixel)
    assert window.frame.card.isVisible()
    for part in ("BL57", "Chéngshān", "承山"):
        assert part in window.frame.card.text()
    QTest.mouseMove(window.canvas.viewport(), QPoint(3, 3))
    assert not window.frame.card.isVisible()


def test_both_sides_carry_their_own_measurement(window: MainWindow) -> None:
    right, left = window.state.scene.sheet.of_code["BL23"]
    click_spot(window, right)
    there = window.state.scene.measured
    click_spot(window, left)
    here = window.state.scene.measured
    assert there is not None
    assert here is not None
    assert here.position[0] == -there.position[0] < 0


def test_selecting_what_is_out_of_view_moves_the_map(window: MainWindow, qtbot: QtBot) -> None:
    window.state.select("BL10")
    window.canvas.zoom(5)
    window.state.select("BL60")
    qtbot.waitUntil(window.canvas.is_settled)
    spot = window.state.scene.selected
    assert spot is not None
    pixel = window.canvas.spot_pixel(spot)
    assert window.canvas.rect().contains(pixel.toPoint())


def test_zooming_keeps_the_selected_point_in_place(window: MainWindow) -> None:
    window.state.select("BL23")
    spot = window.state.scene.selected
    assert spot is not None
    before = window.canvas.spot_pixel(spot)
    window.canvas.zoom(2)
    after = window.canvas.spot_pixel(spot)
    assert (after - before).manhattanLength() < 1


def test_the_wheel_zooms_around_the_cursor(window: MainWindow) -> None:
    start = window.canvas.to_pixels().m11()
    place = QPointF(200, 300)
    inverse, _ = window.canvas.to_pixels().inverted()
    under = inverse.map(place)
    event = QWheelEvent(
        place, window.canvas.mapToGlobal(place), QPoint(0, 0), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    window.canvas.wheelEvent(event)
    assert window.canvas.to_pixels().m11() > start * 1.2
    assert (window.canvas.to_pixels().map(under) - place).manhattanLength() < 2


def test_the_drawing_gets_sharp_at_every_zoom(window: MainWindow, qtbot: QtBot) -> None:
    window.canvas.zoom(6)
    assert not window.canvas.is_settled()
    coarse = window.canvas.grab().toImage()
    qtbot.waitUntil(window.canvas.is_settled)
    assert window.canvas.grab().toImage() != coarse


def test_a_missing_drawing_is_told(
    open_window: OpenWindow, tiny_folder: Path, qtbot: QtBot
) -> None:
    window = open_window(folder=tiny_folder)
    (tiny_folder / "body_maps" / "mini.svg").unlink()
    window.state.set_theme("dark")
    qtbot.waitUntil(window.banner.isVisible)
    assert "drawing" in window.banner.message.text()


def test_layers_change_the_picture(window: MainWindow, qtbot: QtBot) -> None:
    for layer in ("labels", "channels", "bones", "measure"):
        window.state.select("BL23")
        qtbot.waitUntil(window.canvas.is_settled)
        before = window.canvas.grab().toImage()
        button = window.frame.layers.buttons[layer]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(window.canvas.is_settled)
        assert button.isChecked() == (layer in window.state.view.layers)
        assert window.canvas.grab().toImage() != before, layer


def test_who_wants_no_movement_sees_none(window: MainWindow) -> None:
    window.state.select("GV14")
    window.canvas.zoom(6)
    window.canvas.setStyleSheet("* { widget-animation-duration: 0 }")
    window.state.select("BL57")
    spot = window.state.scene.selected
    assert spot is not None
    assert window.canvas.rect().contains(window.canvas.spot_pixel(spot).toPoint())


def test_only_who_comes_by_tab_sees_the_ring_of_the_focus(window: MainWindow) -> None:
    window.activateWindow()
    plain = window.canvas.grab().toImage().pixelColor(1, 1)
    window.filters.setFocus()
    window.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.canvas.hasFocus()
    ringed = window.canvas.grab().toImage().pixelColor(1, 1)
    assert plain.name() == LIGHT.canvas.lower()
    assert ringed.name() == LIGHT.accent.lower()
    window.filters.setFocus()
    window.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert window.canvas.grab().toImage().pixelColor(1, 1) == plain
