"""The deck from the window's menu: it stays awake, says what it did, and can be stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from atlas.catalog.query import Query
from atlas.scene import View
from atlas.study.plan import Choice
from atlas.ui.commands import Commands
from atlas.ui.study.page import StudyPage
from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow
from tests.gui.studying import OpenStudy, plan_for
from tests.unit.study.anki_collection import collection, import_deck

FEW = View("back", Query(back_pain=frozenset({"radicular"}), meridian=frozenset({"GB"})))


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """The window with a few points."""
    return open_window(FEW)


def start(window: MainWindow, path: Path) -> None:
    Commands(window).export_deck_to(path)


def window_of(page: StudyPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def bars(window: MainWindow) -> list[QProgressDialog]:
    """What shows the progress; nothing when it has ended."""
    return window.findChildren(QProgressDialog)


def test_the_deck_of_the_filtered_points_can_be_imported(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path, count = tmp_path / "few.apkg", window.state.scene.matching.bit_count()
    assert 1 < count < 10
    start(window, path)
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.message.text() == f"Saved {count} points, {3 * count} cards as {path}"
    assert window.banner.objectName() == "quiet"
    with collection(tmp_path) as anki:
        assert import_deck(anki, path) == (count, 0)
        assert len(anki.find_cards("tag:meridian::GB tag:pain::radicular")) == 3 * count
        pictures = list(Path(anki.media.dir()).iterdir())
        assert len(pictures) == 4 * count
        assert not any(QImage(str(picture)).isNull() for picture in pictures)
        checked = anki.media.check()
        assert (list(checked.missing), list(checked.unused)) == ([], [])


def test_the_window_stays_awake(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    told: set[int] = set()
    start(window, tmp_path / "few.apkg")
    timer = QTimer(window)
    timer.timeout.connect(lambda: told.update(d.value() for d in bars(window)))
    timer.start(0)
    qtbot.waitUntil(window.banner.isVisible)
    timer.stop()
    assert len(told) > 3
    qtbot.waitUntil(lambda: not bars(window))


@pytest.mark.parametrize("way", ["button", "escape"])
def test_cancel_leaves_no_file(window: MainWindow, qtbot: QtBot, tmp_path: Path, way: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    start(window, folder / "few.apkg")
    (dialog,) = bars(window)
    qtbot.waitUntil(lambda: dialog.value() >= 1)
    if way == "button":
        dialog.findChildren(QPushButton)[0].click()
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not bars(window))
    qtbot.wait(50)
    assert list(folder.iterdir()) == []
    assert not window.banner.isVisible()


def test_cancel_before_the_first_card(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "few.apkg"
    path.write_bytes(b"old")
    start(window, path)
    bars(window)[0].findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: not bars(window))
    assert path.read_bytes() == b"old"


def test_what_goes_wrong_is_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    start(window, tmp_path / "none" / "few.apkg")
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.message.text() == f"{tmp_path / 'none'} is not a folder"
    qtbot.waitUntil(lambda: not bars(window))
    window.state.set_query(Query(text="nothing has this name"))
    start(window, tmp_path / "few.apkg")
    assert window.banner.message.text() == "no point matches"


def test_a_drawing_that_can_t_be_read_leaves_the_old_deck(
    open_window: OpenWindow, qtbot: QtBot, tiny_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "tiny.apkg"
    path.write_bytes(b"old")
    window = open_window(folder=tiny_folder)
    (tiny_folder / "body_maps" / "mini.svg").write_text("no drawing")
    start(window, path)
    qtbot.waitUntil(window.banner.isVisible)
    assert "drawing" in window.banner.message.text()
    assert path.read_bytes() == b"old"


def test_the_menu_asks_where(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = window.state.scene.matching.bit_count()
    asked: list[tuple[str, str]] = []

    def answer(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        asked.append((title, name))
        return (str(tmp_path / "mine") if len(asked) > 1 else "", kinds)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    action = window.actions_by_name["deck"]
    assert action.text() == "Export Anki deck…"
    action.trigger()
    assert asked == [(f"Export Anki deck of {count} points", "acupoint_atlas.apkg")]
    assert not bars(window), "nobody wanted it"
    action.trigger()
    qtbot.waitUntil(window.banner.isVisible)
    assert (tmp_path / "mine.apkg").is_file()


def titles_of(window: MainWindow, monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """What the dialog for the file is called, when the menu's entry is chosen."""
    titles: list[str] = []

    def answer(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        titles.append(title)
        return str(path), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    window.actions_by_name["deck"].trigger()
    return titles


def test_while_studying_the_deck_is_of_what_is_studied(
    open_study: OpenStudy, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_for("walk", codes=("ST36", "GB30"))
    window, path = window_of(open_study(FEW, begin=False)), tmp_path / "own.apkg"
    assert titles_of(window, monkeypatch, path) == ["Export Anki deck of 2 points"]
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.message.text() == f"Saved 2 points, 6 cards as {path}"
    with collection(tmp_path) as anki:
        import_deck(anki, path)
        codes = {anki.get_note(i)["Code"] for i in anki.find_notes("")}
        assert codes == {"ST36", "GB30"}
    window.state.set_page("explore")
    count = window.state.scene.matching.bit_count()
    assert titles_of(window, monkeypatch, path) == [f"Export Anki deck of {count} points"]
    qtbot.waitUntil(lambda: not bars(window))


def test_a_deck_of_an_empty_list_is_refused(
    open_study: OpenStudy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_for("locate", choice=Choice("collection", "a list that is gone"))
    window = window_of(open_study(begin=False))
    titles_of(window, monkeypatch, tmp_path / "none.apkg")
    assert window.banner.message.text() == "no point matches"
    assert not (tmp_path / "none.apkg").exists()


def test_where_nothing_can_be_studied_the_filter_counts(
    open_study: OpenStudy, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_study(FEW, begin=False)
    page.model.close()
    window = window_of(page)
    count = window.state.scene.matching.bit_count()
    titles = titles_of(window, monkeypatch, tmp_path / "none" / "few.apkg")
    assert titles == [f"Export Anki deck of {count} points"]
    qtbot.waitUntil(lambda: not bars(window))


def test_only_the_pages_of_the_map_have_a_deck(window: MainWindow) -> None:
    window.state.set_page("safety")
    assert not window.actions_by_name["deck"].isEnabled()
    for page in ("explore", "study"):
        window.state.set_page(page)
        assert window.actions_by_name["deck"].isEnabled()
