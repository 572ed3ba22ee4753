"""What the window remembers, and how it starts."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from atlas import resources
from atlas.catalog.query import Query
from atlas.problems import DataError
from atlas.scene import View
from atlas.ui.app import Reporter
from atlas.ui.app import open_window as open_last_window
from atlas.ui.session import Session, load_session, save_session
from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow, change


def test_the_window_is_remembered(open_window: OpenWindow) -> None:
    window = open_window(View(query=Query(meridian=frozenset({"GB"}))), "dark")
    window.state.select("GB20")
    window.resize(1100, 700)
    window.splitter.setSizes([180, 400, 190, 330])
    for border in (1, 3):
        window.splitter.splitterMoved.emit(0, border)
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
    assert len(window.state.stage.catalogue.points) == 409
    assert "gone" in window.banner.message.text()
    assert "bundled" in window.banner.message.text()
    assert window.session().folder == str(tmp_path / "gone"), "it may be back next time"
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


def test_a_folder_with_faults_is_told_with_all_of_them(tiny_folder: Path) -> None:
    change(tiny_folder, "along: spine, part: 0.5", "along: spin, part: 0.5")
    save_session(Session(folder=str(tiny_folder)))
    _, window, _ = open_last_window(None)
    assert "no ruler spin" in window.banner.problems.toPlainText()
    window.close()


@pytest.mark.parametrize("widths", ["[1, 2]", "[1, 2, 3, 4]", "[1, 2, 99999999999]", "[1, 2, -3]"])
def test_impossible_widths_are_set_aside(widths: str) -> None:
    save_session(Session())
    path = resources.config_folder() / "session.json"
    path.write_text(f'{{"widths": {widths}}}', encoding="utf-8")
    session, warning = load_session()
    assert session == Session()
    assert "kept as" in warning


def test_a_border_that_is_moved_changes_its_own_panel_only(window: MainWindow) -> None:
    window.resize(760, 480)
    window.splitter.setSizes([150, 390, 0, 220])
    window.splitter.splitterMoved.emit(150, 1)
    window.resize(1280, 800)
    sizes = window.splitter.sizes()
    assert sizes[0] < 204
    assert sizes[2:] == [226, 312]


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
