"""What is studied: the set of points, the kinds of question, the settings, and who remembers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMenu
from pytestqt.qtbot import QtBot

from atlas.catalog.query import Query
from atlas.scene import View
from atlas.study.cards import KINDS
from atlas.study.plan import Choice, Plan, load_plan, save_plan
from atlas.study.records import Review, stamp
from atlas.study.schedule import Limits
from atlas.study.store import Store
from atlas.ui.study.page import StudyPage
from atlas.ui.study.settings import SettingsDialog
from tests.gui.studying import (
    OpenStudy,
    answer_by_keys,
    click,
    key,
    page_of,
    phase_of,
    plan_for,
    question_of,
    sitting_of,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus


def choose(page: StudyPage, *titles: str) -> None:
    """Click on the set, and on the rows of its menu and submenus that begin so."""
    seen: list[str] = []

    def follow() -> None:
        menu = page.today.sets.menu()
        for title in titles:
            rows = [action for action in menu.actions() if action.text().startswith(title)]
            assert rows, f"{title} is not offered"
            place = menu.actionGeometry(rows[0]).center()
            seen.append(rows[0].text())
            submenu = rows[0].menu()
            if isinstance(submenu, QMenu):
                menu.setActiveAction(rows[0])
                submenu.aboutToShow.emit()
                menu = submenu
            else:
                QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
        page.today.sets.menu().close()

    QTimer.singleShot(0, follow)
    click(page.today.sets)  # returns when the menu is closed
    page.window().activateWindow()  # no window manager gives the focus back
    QApplication.processEvents()
    assert len(seen) == len(titles)


def counts(page: StudyPage) -> dict[str, str]:
    return {name: label.text() for name, label in page.today.counts.items()}


def settings_of(page: StudyPage) -> SettingsDialog:
    click(page.today.settings)
    (dialog,) = page.findChildren(SettingsDialog)
    assert dialog.isVisible()
    return dialog


def press_button(dialog: SettingsDialog, which: QDialogButtonBox.StandardButton) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    click(box.button(which))
    QApplication.processEvents()


def test_a_set_is_chosen_from_the_menu(open_study: OpenStudy) -> None:
    page = open_study(begin=False)
    assert page.today.sets.text().startswith("All points")
    choose(page, "Meridian", "Gallbladder")
    codes = sitting_of(page).codes
    assert len(codes) == 44
    assert all(code.startswith("GB") for code in codes)
    assert page.today.sets.text().startswith("Gallbladder")
    assert page.today.size_label.text() == "Meridian · 44 points"
    assert load_plan()[0].choice == Choice("meridian", "GB")
    choose(page, "All points")
    assert len(sitting_of(page).codes) == len(page.model.state.stage.catalogue.points)


def test_another_set_while_a_question_is_open_asks_from_it(open_study: OpenStudy) -> None:
    page = open_study()
    assert question_of(page).card.code.startswith("LU")
    choose(page, "Meridian", "Gallbladder")
    assert phase_of(page) == "question"
    assert question_of(page).card.code.startswith("GB")


def test_an_own_list_is_chosen_and_keeps_its_order(open_study: OpenStudy) -> None:
    with Store() as store:
        store.set_collection("Back & Hip", ("GB30", "BL23", "BL40"))
    page = open_study(begin=False)
    choose(page, "My lists", "Back && Hip")
    assert sitting_of(page).codes == ["GB30", "BL23", "BL40"]
    assert "Back & Hip" in page.today.sets.text().replace("&&", "&")


def test_without_a_list_the_menu_says_how_to_make_one(open_study: OpenStudy) -> None:
    page = open_study(begin=False)
    own = page.today.sets.submenus["collection"]
    own.aboutToShow.emit()
    (hint,) = own.actions()
    assert "Ctrl+N" in hint.text()
    assert not hint.isEnabled()


def test_the_filter_of_explore_is_followed_when_it_changes_and_only_then(
    open_study: OpenStudy,
) -> None:
    plan_for("locate", choice=Choice("filter"))
    page = open_study(View(query=Query(meridian=frozenset({"GV"}))))
    state, sitting, question = page.model.state, sitting_of(page), question_of(page)
    assert {code[:2] for code in sitting.codes} == {"GV"}
    key(Qt.Key.Key_F2)
    state.select("ST36")
    key(Qt.Key.Key_F3)
    assert question_of(page) is question, "another selection is no other filter"
    assert sitting_of(page) is sitting
    key(Qt.Key.Key_F2)
    state.set_query(Query(meridian=frozenset({"PC"})))
    assert sitting_of(page) is sitting
    key(Qt.Key.Key_F3)
    assert {code[:2] for code in sitting_of(page).codes} == {"PC"}
    assert question_of(page).card.code.startswith("PC")


def test_another_set_than_the_filter_ignores_it(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23", "BL24"])
    page = open_study()
    question = question_of(page)
    key(Qt.Key.Key_F2)
    page.model.state.set_query(Query(meridian=frozenset({"PC"})))
    key(Qt.Key.Key_F3)
    assert question_of(page) is question


def test_an_empty_set_says_so(open_study: OpenStudy) -> None:
    plan_for("locate", choice=Choice("collection", "Gone"))
    page = open_study(begin=False)
    assert page.card.title.text() == "No points"
    assert "Choose another one" in page.card.text.text()
    assert not page.card.first.isVisible()
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "start"
    assert page.today.isVisible(), "there is the way out"


def test_kinds_are_checked_and_one_stays(open_study: OpenStudy) -> None:
    page = open_study(begin=False)
    boxes = page.today.kinds
    assert [kind for kind in KINDS if boxes[kind].isChecked()] == ["locate", "identify"]
    box = boxes["recall"]
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() * 0.2)
    assert load_plan()[0].kinds == {"locate", "identify", "recall"}
    for kind in ("locate", "identify"):
        boxes[kind].setFocus()
        key(Qt.Key.Key_Space)
    assert load_plan()[0].kinds == {"recall"}
    assert not boxes["recall"].isEnabled(), "something must be asked"
    assert boxes["recall"].isChecked()
    QTest.mouseClick(boxes["recall"], Qt.MouseButton.LeftButton)
    assert boxes["recall"].isChecked()
    key(Qt.Key.Key_Return)
    assert question_of(page).card.kind == "recall"


def test_settings_are_taken(open_study: OpenStudy) -> None:
    plan_for("locate", new=10)
    page = open_study(begin=False)
    assert counts(page)["New"] == "10"
    dialog = settings_of(page)
    dialog.new.setFocus()
    dialog.new.selectAll()
    QTest.keyClicks(dialog.new, "25")
    dialog.tolerance.stepUp()
    dialog.order.setCurrentIndex(2)
    press_button(dialog, QDialogButtonBox.StandardButton.Ok)
    plan, warning = load_plan()
    assert warning == ""
    assert (plan.limits, plan.tolerance, plan.order) == (Limits(new=25), 0.6, "back_pain")
    assert plan.kinds == {"locate"}
    assert counts(page)["New"] == "25"
    assert "25 new" in page.card.text.text()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_settings_that_are_cancelled_change_nothing(open_study: OpenStudy, way: str) -> None:
    before = plan_for("locate", new=10)
    page = open_study(begin=False)
    dialog = settings_of(page)
    dialog.new.setValue(99)
    if way == "button":
        press_button(dialog, QDialogButtonBox.StandardButton.Cancel)
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert load_plan()[0] == page.model.plan == before
    assert page.model.state.view.page == "study"


def test_a_new_window_studies_as_the_last_one(open_study: OpenStudy) -> None:
    page = open_study(begin=False)
    choose(page, "Meridian", "Kidney")
    page.today.kinds["walk"].setFocus()
    key(Qt.Key.Key_Space)
    other = open_study(begin=False)
    assert other is not page
    assert other.model.plan == page.model.plan
    assert other.today.sets.text().startswith("Kidney")
    assert other.today.kinds["walk"].isChecked()


def test_a_plan_that_can_not_be_read_is_told(open_study: OpenStudy, qtbot: QtBot) -> None:
    from atlas import resources

    plan_for("locate")
    (resources.config_folder() / "study.json").write_text("{", encoding="utf-8")
    page = open_study(begin=False)
    assert page.model.plan == Plan()
    window = page.window()
    from atlas.ui.window import MainWindow

    assert isinstance(window, MainWindow)
    assert window.banner.isVisible()
    assert "plan of study could not be read" in window.banner.message.text()
    assert page_of(window) is page


def test_who_is_done_may_learn_more(open_study: OpenStudy) -> None:
    save_plan(Plan(Choice("meridian", "BL"), frozenset({"identify"}), limits=Limits(new=2)))
    page = open_study()
    for _ in range(2):
        answer_by_keys(page)
        key(Qt.Key.Key_Return)
    assert phase_of(page) == "end"
    assert page.card.title.text() == "Done for today"
    assert page.card.first.text() == "Learn 10 new ones   Enter"
    assert counts(page) == {"Due": "0", "New": "0", "Done": "2"}
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "question"
    assert counts(page)["New"] == "10"
    assert page.prompt.count.text() == "3 of 12"


def test_more_is_offered_only_where_there_is_more(open_study: OpenStudy) -> None:
    """A point has one new question a day: who has answered all points is done."""
    plan_for("identify", "locate", codes=["BL23", "BL24"], new=1)
    page = open_study()
    answer_by_keys(page)
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "end"
    assert page.card.first.isVisible()
    key(Qt.Key.Key_Return)
    answer_by_keys(page)
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "end"
    assert sitting_of(page).waiting() == []
    assert not page.card.first.isVisible(), "it would do nothing"


def test_one_may_end_and_go_on(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24", "BL25"])
    page = open_study()
    answer_by_keys(page)
    key(Qt.Key.Key_Return)
    open_one = question_of(page).card
    click(page.prompt.end)
    assert phase_of(page) == "start"
    assert page.card.title.text() == "2 questions left for today"
    assert "1 question answered, 1 known at once." in page.card.text.text()
    assert page.card.first.text() == "Go on   Enter"
    key(Qt.Key.Key_Return)
    assert question_of(page).card == open_one


def test_no_more_are_offered_than_there_are(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24", "BL25", "BL26"], new=1)
    page = open_study()
    answer_by_keys(page)
    key(Qt.Key.Key_Return)
    assert page.card.first.text() == "Learn 3 new ones   Enter"
    key(Qt.Key.Key_Return)
    assert counts(page)["New"] == "3"
    for _ in range(3):
        answer_by_keys(page)
        key(Qt.Key.Key_Return)
    assert phase_of(page) == "end"
    assert not page.card.first.isVisible(), "all four are learnt"


def test_the_last_new_one_is_offered_alone(open_study: OpenStudy) -> None:
    plan_for("identify", codes=["BL23", "BL24"], new=1)
    page = open_study()
    answer_by_keys(page)
    key(Qt.Key.Key_Return)
    assert page.card.first.text() == "Learn 1 new one   Enter"
    click(page.card.first)
    assert phase_of(page) == "question"
    assert page.prompt.count.text() == "2 of 2"


def test_wishes_for_more_do_not_pile_up(open_study: OpenStudy) -> None:
    """Who ends what was asked for besides is offered no more than was asked for."""
    save_plan(Plan(Choice("meridian", "BL"), frozenset({"identify"}), limits=Limits(new=1)))
    page = open_study()
    answer_by_keys(page)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return)
    answer_by_keys(page)
    assert counts(page)["New"] == "9"
    for _ in range(3):
        page.model.more()
        assert counts(page)["New"] == "10"


# -- limits ---------------------------------------------------------------------------------


def test_no_new_questions_at_all_may_be_wanted(open_study: OpenStudy) -> None:
    plan_for("locate", codes=["BL23"])
    page = open_study(begin=False)
    dialog = settings_of(page)
    dialog.new.setValue(0)
    press_button(dialog, QDialogButtonBox.StandardButton.Ok)
    assert load_plan()[0].limits == Limits(new=0)
    assert page.card.title.text() == "Nothing is due today"
    assert page.card.first.text() == "Learn 1 new one   Enter"
    page.window().activateWindow()
    QApplication.processEvents()
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "question"


def test_numbers_stay_within_what_can_be_studied(open_study: OpenStudy) -> None:
    page = open_study(begin=False)
    dialog = settings_of(page)
    boxes = (dialog.new, dialog.due, dialog.retention)
    for box, least, most in zip(boxes, (0, 1, 70), (200, 2000, 97), strict=True):
        box.setValue(-5)
        assert box.value() == least
        box.setValue(99999)
        assert box.value() == most
    for cun in (dialog.tolerance, dialog.fine):
        cun.setValue(0)
        assert cun.value() == 0.1
        cun.setValue(50)
        assert cun.value() == 2
    press_button(dialog, QDialogButtonBox.StandardButton.Ok)
    plan, warning = load_plan()
    assert warning == "", "what can be chosen can be read again"
    assert plan == page.model.plan
    assert (plan.limits, plan.retention) == (Limits(due=2000, new=200), 0.97)
    assert (plan.tolerance, plan.fine) == (2, 2)


def test_settings_that_are_only_looked_at_change_nothing(open_study: OpenStudy) -> None:
    before = Plan(
        Choice("meridian", "BL"), frozenset({"identify"}), "region", Limits(7, 3), 0.85, 0.7, 0.3
    )
    save_plan(before)
    page = open_study()
    sitting, question = sitting_of(page), question_of(page)
    press_button(settings_of(page), QDialogButtonBox.StandardButton.Ok)
    assert load_plan()[0] == page.model.plan == before
    assert sitting_of(page) is sitting
    assert question_of(page) is question


def test_a_limit_of_due_questions_holds(open_study: OpenStudy) -> None:
    codes = ["BL23", "BL24", "BL25", "BL26"]
    plan_for("identify", codes=codes, new=0)
    with Store() as store:
        for code in codes:
            at = stamp(datetime.now(UTC) - timedelta(days=60))
            store.add_review(Review(f"identify:{code}", 3, at))
    page = open_study(begin=False)
    assert counts(page)["Due"] == "4"
    dialog = settings_of(page)
    dialog.due.setValue(2)
    press_button(dialog, QDialogButtonBox.StandardButton.Ok)
    assert counts(page)["Due"] == "2"
    page.window().activateWindow()
    QApplication.processEvents()
    key(Qt.Key.Key_Return)
    for _ in range(2):
        answer_by_keys(page)
        key(Qt.Key.Key_Return)
    assert phase_of(page) == "end"
    assert counts(page) == {"Due": "0", "New": "0", "Done": "2"}


# -- the menu of sets -----------------------------------------------------------------------


def test_the_menu_of_sets_does_not_grow(open_study: OpenStudy) -> None:
    with Store() as store:
        store.set_collection("Mine", ("GB30", "BL23", "BL40"))
    page = open_study(begin=False)
    sets = page.today.sets

    def look() -> dict[str, list[str]]:
        sets.menu().aboutToShow.emit()
        for menu in sets.submenus.values():
            menu.aboutToShow.emit()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        menus = {"": sets.menu(), **{str(k): menu for k, menu in sets.submenus.items()}}
        return {of: [action.text() for action in menu.actions()] for of, menu in menus.items()}

    first = look()
    held = len(sets.findChildren(QAction)), len(sets.findChildren(QMenu))
    assert all(rows for rows in first.values())
    assert first["collection"] == ["Mine\t3"]
    assert any(row.startswith("Gallbladder") and row.endswith("\t44") for row in first["meridian"])
    for _ in range(4):
        assert look() == first
    assert (len(sets.findChildren(QAction)), len(sets.findChildren(QMenu))) == held


def test_the_menu_of_sets_follows_lists_and_filter(open_study: OpenStudy) -> None:
    page = open_study(View(query=Query(meridian=frozenset({"GV"}))), begin=False)
    sets = page.today.sets
    own = sets.submenus["collection"]
    own.aboutToShow.emit()
    assert len(own.actions()) == 1
    with Store() as store:
        store.set_collection("One", ("BL23",))
        store.set_collection("Two", ("BL23", "BL24"))
    own.aboutToShow.emit()
    assert [action.text() for action in own.actions()] == ["One\t1", "Two\t2"]
    choose(page, "My lists", "Two")
    own.aboutToShow.emit()
    assert [action.isChecked() for action in own.actions()] == [False, True]
    sets.menu().aboutToShow.emit()
    (row,) = (a.text() for a in sets.menu().actions() if a.text().startswith("Filter"))
    facets = page.model.state.stage.facets
    shown = facets.matching(page.model.state.view.query).bit_count()
    assert row.endswith(f"\t{shown}")
    assert not any(action.isChecked() for action in sets.menu().actions())
