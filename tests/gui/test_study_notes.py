"""The dialog of notes and own lists: written by typing, kept on Save, shown with the answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from atlas.problems import AtlasError
from atlas.scene import View
from atlas.study import database
from atlas.study.store import Store
from atlas.ui.study.notes import NotesDialog, edit_notes
from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow
from tests.gui.links import click_link, links
from tests.gui.studying import CTRL, OpenStudy, answer_by_keys, click, key, plan_for, study_file

Save, Cancel = QDialogButtonBox.StandardButton.Save, QDialogButtonBox.StandardButton.Cancel


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that explores, with BL23 selected and the focus on the map."""
    opened = open_window(View(selected="BL23"))
    opened.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is opened.canvas)
    yield opened
    for dialog in opened.findChildren(NotesDialog):
        dialog.reject()


def dialog_of(window: MainWindow) -> NotesDialog:
    (dialog,) = [d for d in window.findChildren(NotesDialog) if d.isVisible()]
    return dialog


def opened(window: MainWindow, qtbot: QtBot) -> NotesDialog:
    """The dialog, by its key, with the focus in it."""
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.canvas)
    key(Qt.Key.Key_N, CTRL)
    dialog = dialog_of(window)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() in (dialog.note, dialog))
    return dialog


def finish(dialog: NotesDialog, which: QDialogButtonBox.StandardButton) -> None:
    click(dialog.buttons.button(which))
    QApplication.processEvents()


def click_box(dialog: NotesDialog, name: str) -> None:
    """A real click on the box of a list."""
    (item,) = dialog.lists.findItems(name, Qt.MatchFlag.MatchExactly)
    option = QStyleOptionViewItem()
    dialog.lists.initViewItemOption(option)
    option.rect = dialog.lists.visualItemRect(item)
    size = dialog.lists.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
    place = option.rect.topLeft() + QPoint(size // 2 + 4, option.rect.height() // 2)
    before = item.checkState()
    QTest.mouseClick(dialog.lists.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert item.checkState() != before


def lists() -> dict[str, tuple[str, ...]]:
    with Store() as store:
        return {each.name: each.codes for each in store.collections()}


def note(code: str = "BL23") -> str:
    with Store() as store:
        found = store.note(code)
    return found.text if found is not None else ""


def test_without_a_selection_one_is_told_to_select(window: MainWindow) -> None:
    key(Qt.Key.Key_Escape)
    assert window.state.view.selected is None
    key(Qt.Key.Key_N, CTRL)
    assert not window.findChildren(NotesDialog)
    assert window.banner.isVisible()
    assert "Select a point first" in window.banner.message.text()


def test_note_and_lists_are_kept(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    assert "BL23" in dialog.windowTitle()
    QTest.keyClicks(dialog.note, "level with L2")
    click(dialog.name)
    QTest.keyClicks(dialog.name, "Back")
    click(dialog.add)
    assert dialog.lists.count() == 1
    assert dialog.name.text() == ""
    assert lists() == {}, "nothing is kept before Save"
    finish(dialog, Save)
    assert (note(), lists()) == ("level with L2", {"Back": ("BL23",)})
    window.state.select("BL24")
    again = opened(window, qtbot)
    assert again.note.toPlainText() == ""
    assert again.lists.item(0).checkState() == Qt.CheckState.Unchecked
    click_box(again, "Back")
    finish(again, Save)
    assert lists() == {"Back": ("BL23", "BL24")}
    assert note("BL24") == ""


def test_a_list_that_was_only_typed_is_meant(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    click(dialog.name)
    QTest.keyClicks(dialog.name, "  Sciatica ")
    finish(dialog, Save)
    assert lists() == {"Sciatica": ("BL23",)}


def test_a_name_that_is_there_makes_no_second_list(window: MainWindow, qtbot: QtBot) -> None:
    with Store() as store:
        store.set_collection("Back", ("GV4",))
    dialog = opened(window, qtbot)
    click(dialog.name)
    QTest.keyClicks(dialog.name, "Back")
    click(dialog.add)
    assert dialog.lists.count() == 1
    finish(dialog, Save)
    assert lists() == {"Back": ("GV4", "BL23")}


@pytest.mark.parametrize("way", ["button", "escape"])
def test_what_is_cancelled_is_not_kept(window: MainWindow, qtbot: QtBot, way: str) -> None:
    with Store() as store:
        store.set_note("BL23", "before")
        store.set_collection("Back", ("BL23",))
    dialog = opened(window, qtbot)
    assert dialog.note.toPlainText() == "before"
    QTest.keyClicks(dialog.note, "changed ")
    QTest.keyClicks(dialog.name, "Other")
    click_box(dialog, "Back")
    if way == "button":
        finish(dialog, Cancel)
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert (note(), lists()) == ("before", {"Back": ("BL23",)})
    assert window.state.view.selected == "BL23", "Escape was the dialog's"


def test_an_emptied_note_is_taken_away(window: MainWindow, qtbot: QtBot) -> None:
    with Store() as store:
        store.set_note("BL23", "before")
    dialog = opened(window, qtbot)
    dialog.note.setFocus()
    QTest.keyClick(dialog.note, Qt.Key.Key_A, CTRL)
    QTest.keyClick(dialog.note, Qt.Key.Key_Delete)
    finish(dialog, Save)
    assert note() == ""


def test_without_its_last_point_a_list_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    with Store() as store:
        store.set_collection("Alone", ("BL23",))
        store.set_collection("Both", ("BL23", "GV4"))
    dialog = opened(window, qtbot)
    click_box(dialog, "Alone")
    click_box(dialog, "Both")
    finish(dialog, Save)
    assert lists() == {"Both": ("GV4",)}


def test_what_another_window_added_meanwhile_stays(window: MainWindow, qtbot: QtBot) -> None:
    with Store() as store:
        store.set_collection("Back", ("GV4",))
    dialog = opened(window, qtbot)
    click_box(dialog, "Back")
    with Store() as other:
        other.set_collection("Back", ("GV4", "BL40"))
        other.set_collection("New", ("BL60",))
        other.set_note("BL23", "of the other window")
    finish(dialog, Save)
    assert lists() == {"Back": ("GV4", "BL40", "BL23"), "New": ("BL60",)}
    assert note() == "of the other window", "who did not touch the note does not undo it"


def test_a_list_that_was_not_touched_is_as_another_window_left_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    with Store() as store:
        store.set_collection("Off", ("BL23", "GV4"))
        store.set_collection("On", ("GV4",))
        store.set_collection("Gone", ("BL23",))
        store.set_collection("Less", ("BL23", "GV4"))
    dialog = opened(window, qtbot)
    QTest.keyClicks(dialog.note, "level with L2")
    click_box(dialog, "Less")
    with Store() as other:
        other.set_collection("Off", ("GV4",))
        other.set_collection("On", ("GV4", "BL23"))
        other.remove_collection("Gone")
        other.set_collection("Less", ("BL40", "BL23", "GV4"))
    finish(dialog, Save)
    assert lists() == {"Off": ("GV4",), "On": ("GV4", "BL23"), "Less": ("BL40", "GV4")}
    assert note() == "level with L2"


def test_a_box_that_is_as_it_was_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    with Store() as store:
        store.set_collection("Back", ("BL23",))
    dialog = opened(window, qtbot)
    click_box(dialog, "Back")
    click_box(dialog, "Back")
    with Store() as other:
        other.remove_collection("Back")
    finish(dialog, Save)
    assert lists() == {}


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[Store]:
    """The stores that were closed."""
    stores: list[Store] = []
    close = Store.close

    def closing(store: Store) -> None:
        stores.append(store)
        close(store)

    monkeypatch.setattr(Store, "close", closing)
    return stores


@pytest.mark.parametrize("read", ["note", "collections"])
def test_what_can_not_be_read_is_told_and_the_store_closed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, closed: list[Store], read: str
) -> None:
    def fail(*args: object) -> None:
        raise AtlasError("the disk reports a fault")

    monkeypatch.setattr(Store, read, fail)
    key(Qt.Key.Key_N, CTRL)
    assert window.banner.message.text() == "the disk reports a fault"
    assert not window.findChildren(NotesDialog)
    assert len(closed) == 1


@pytest.mark.parametrize("which", [Save, Cancel])
def test_only_a_store_of_its_own_is_closed(
    window: MainWindow, closed: list[Store], which: QDialogButtonBox.StandardButton
) -> None:
    point = window.state.stage.catalogue.point("BL23")
    assert point is not None
    with Store() as store:
        dialog = edit_notes(point, window, pytest.fail, store)
        assert dialog is not None
        QTest.keyClicks(dialog.note, "level with L2")
        finish(dialog, which)
        assert closed == []
        written = store.note("BL23")
        assert (written is not None) == (which == Save)
    closed.clear()
    own = edit_notes(point, window, pytest.fail)
    assert own is not None
    assert closed == []
    finish(own, which)
    assert len(closed) == 1


def test_a_store_that_can_not_be_read_stays_open_for_the_others(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, closed: list[Store]
) -> None:
    def fail(*args: object) -> None:
        raise AtlasError("the disk reports a fault")

    point = window.state.stage.catalogue.point("BL23")
    assert point is not None
    with Store() as store:
        monkeypatch.setattr(Store, "note", fail)
        said: list[str] = []
        assert edit_notes(point, window, said.append, store) is None
        assert (said, closed) == (["the disk reports a fault"], [])


def test_what_can_not_be_kept_keeps_the_dialog_open(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.0)
    dialog = opened(window, qtbot)
    QTest.keyClicks(dialog.note, "level with L2")
    other = sqlite3.connect(study_file(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    click(dialog.buttons.button(Save))
    assert dialog.isVisible()
    assert "another window is writing into it" in window.banner.message.text()
    assert dialog.note.toPlainText() == "level with L2"
    other.execute("ROLLBACK")
    other.close()
    finish(dialog, Save)
    assert note() == "level with L2"


def test_a_note_is_shown_with_the_answer_and_changed_there(
    open_study: OpenStudy, qtbot: QtBot
) -> None:
    with Store() as store:
        store.set_note("BL23", "level with <L2>\nand the navel")
    plan_for("identify", codes=["BL23"])
    page = open_study()
    answer_by_keys(page)
    text = page.answer.text.toPlainText()
    assert "level with <L2>" in text
    assert "and the navel" in text
    assert "note:" in links(page.answer.text)
    click_link(page.answer.text, "note:")
    (dialog,) = page.findChildren(NotesDialog)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() in (dialog.note, dialog))
    QTest.keyClick(dialog.note, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(dialog.note, "two fingers beside GV4")
    click(dialog.buttons.button(Save))
    assert "two fingers beside GV4" in page.answer.text.toPlainText()
    assert "level with" not in page.answer.text.toPlainText()[-60:]
