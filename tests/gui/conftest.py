"""Fixtures for tests with a real window."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from atlas.edition import open_edition
from atlas.scene import Stage, View
from atlas.ui.panels.reading import ReadingPage
from atlas.ui.state import AtlasState
from atlas.ui.study.page import StudyPage
from atlas.ui.theme import THEMES
from atlas.ui.window import MainWindow
from tests.gui.studying import OpenStudy, key, page_of

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def _garbage_is_collected_in_this_thread() -> Iterator[None]:
    """As in the running program: the thread that renders must not delete windows."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture(autouse=True)
def _home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what another one's window remembered."""
    monkeypatch.setenv("ACUPOINT_ATLAS_HOME", str(tmp_path / "home"))


@pytest.fixture
def open_window(qtbot: QtBot, stage: Stage) -> Iterator[OpenWindow]:
    """Opens windows on the shipped data, or on a folder; closes them afterwards."""
    opened: list[MainWindow] = []

    def open_(view: View | None = None, theme: str = "light",
              folder: Path | None = None) -> MainWindow:  # fmt: skip
        own = stage if folder is None else Stage(open_edition(folder))
        window = MainWindow(AtlasState(own, view or View(), THEMES[theme]))
        qtbot.addWidget(window)
        opened.append(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitUntil(window.canvas.is_settled)
        return window

    yield open_
    for window in opened:
        window.canvas.close_drawing()
        window.close()
    QApplication.setPalette(QApplication.style().standardPalette())


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """The window at 1280 x 800 with the back of the body."""
    return open_window()


@pytest.fixture
def open_study(open_window: OpenWindow, qtbot: QtBot) -> OpenStudy:
    """Opens windows with the study page, the key for it pressed; by default on a question."""

    def open_(view: View | None = None, theme: str = "light", *, begin: bool = True) -> StudyPage:
        window = open_window(view, theme)
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is window.canvas)
        key(Qt.Key.Key_F3)
        if begin:
            key(Qt.Key.Key_Return)
        return page_of(window)

    return open_


def click_spot(window: MainWindow, spot: int) -> None:
    """A real click on a marker's centre."""
    pixel = window.canvas.spot_pixel(spot)
    QTest.mouseClick(
        window.canvas.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(round(pixel.x()), round(pixel.y())),
    )


def click_row(window: MainWindow, facet: str, value: str = "") -> None:
    """A real click on a row of the filters."""
    panel = window.filters
    index = panel.facet_model.index(panel.row_of(facet, value))
    panel.scrollTo(index)
    place = panel.visualRect(index).center()
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=place)


def said(window: MainWindow) -> str:
    """What the details say, once they have followed the map."""
    QApplication.processEvents()
    return window.details.text.toPlainText()


def listed(window: MainWindow) -> list[str]:
    """The codes in the list of points, once it has followed the map."""
    QApplication.processEvents()
    model = window.points.point_model
    return [model.point(row).code for row in range(model.rowCount())]


def click_tab(page: ReadingPage, name: str) -> None:
    """A real click on a tab of a page."""
    names = [page.tabs.tabData(at) for at in range(page.tabs.count())]
    place = page.tabs.tabRect(names.index(name)).center()
    QTest.mouseClick(page.tabs, Qt.MouseButton.LeftButton, pos=place)


def view_of(window: MainWindow) -> View:
    """A copy of what the window shows."""
    return msgspec.structs.replace(window.state.view)


def press(window: MainWindow, key: Qt.Key) -> None:
    """Press a key while the map has the focus."""
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, key)


def change(folder: Path, old: str, new: str) -> None:
    """Replace a passage in the points of a data folder."""
    path = folder / "points.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
