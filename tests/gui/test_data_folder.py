"""Another data folder, and one that changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow, change


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
    assert len(window.state.stage.catalogue.points) == 409


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


def test_a_folder_with_faults_is_shown_once_it_is_mended(
    window: MainWindow, tiny_folder: Path, qtbot: QtBot
) -> None:
    change(tiny_folder, "along: spine, part: 0.5", "along: spin, part: 0.5")
    window.open_folder(tiny_folder)
    assert len(window.state.stage.catalogue.points) == 409
    change(tiny_folder, "along: spin, part: 0.5", "along: spine, part: 0.5")
    qtbot.waitUntil(lambda: len(window.state.stage.catalogue.points) == 3)
    assert not window.banner.isVisible()
