"""Clicks on the real filters, chips and lists."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from atlas.catalog.point import ROLES, best_role
from atlas.catalog.query import Query
from atlas.scene import View
from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow, click_row, listed


def chips(window: MainWindow) -> list[str]:
    return [chip.text().removesuffix("  ×") for chip in window.footer.chips if chip.isVisible()]


def test_sciatica_lower_back_and_bladder(window: MainWindow) -> None:
    click_row(window, "back_pain", "radicular")
    click_row(window, "region", "lower_back")
    click_row(window, "meridian", "BL")
    points = window.state.stage.catalogue.points
    expected = [
        point.code
        for point in points
        if any(role.target == "radicular" for role in point.back_pain)
        and "lower_back" in point.regions
        and point.meridian == "BL"
    ]
    assert listed(window) == expected
    assert "BL23" in expected
    assert chips(window) == ["Radicular (sciatica)", "Lower back", "Bladder"]
    assert window.footer.count.text() == f"{len(expected)} of {len(points)} points"


def test_counts_say_what_a_value_would_leave(window: MainWindow) -> None:
    click_row(window, "back_pain", "radicular")
    model = window.filters.facet_model
    assert model.counts["meridian"]["BL"] == sum(code.startswith("BL") for code in listed(window))
    row = model.index(window.filters.row_of("meridian", "BL"))
    spoken = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"Bladder, {model.counts['meridian']['BL']} points"


def test_a_second_click_takes_a_value_back(window: MainWindow) -> None:
    click_row(window, "back_pain", "radicular")
    click_row(window, "back_pain", "radicular")
    assert window.state.view.query == Query()
    assert chips(window) == []


def test_a_heading_opens_and_closes_its_values(window: MainWindow) -> None:
    rows = window.filters.facet_model.rowCount()
    click_row(window, "back_pain")
    assert window.filters.facet_model.rowCount() == rows - 6
    click_row(window, "back_pain")
    assert window.filters.facet_model.rowCount() == rows


def test_space_toggles_the_row_of_the_cursor(window: MainWindow) -> None:
    panel = window.filters
    panel.setFocus()
    panel.setCurrentIndex(panel.facet_model.index(panel.row_of("region", "foot")))
    QTest.keyClick(panel, Qt.Key.Key_Space)
    assert window.state.view.query.region == {"foot"}


def test_chips_remove_their_filter(window: MainWindow) -> None:
    click_row(window, "back_pain", "radicular")
    click_row(window, "region", "lower_back")
    QTest.mouseClick(window.footer.chips[0], Qt.MouseButton.LeftButton)
    assert chips(window) == ["Lower back"]
    QTest.mouseClick(window.footer.clear, Qt.MouseButton.LeftButton)
    assert window.state.view.query == Query()


def test_many_values_of_a_facet_share_a_chip(window: MainWindow) -> None:
    for region in ("foot", "ankle", "knee", "thigh", "hand", "wrist", "elbow"):
        window.state.toggle("region", region)
    assert chips(window) == ["Region: 7"]
    QTest.mouseClick(window.footer.chips[0], Qt.MouseButton.LeftButton)
    assert window.state.view.query == Query()


def test_the_body_does_not_move_when_chips_appear(window: MainWindow) -> None:
    before = window.canvas.size()
    click_row(window, "back_pain", "radicular")
    assert window.canvas.size() == before


def test_nothing_left_says_what_to_loosen(open_window: OpenWindow) -> None:
    query = Query(back_pain=frozenset({"acute"}), region=frozenset({"face"}),
                  meridian=frozenset({"LU"}))  # fmt: skip
    window = open_window(View(query=query))
    assert listed(window) == []
    assert window.frame.empty.isVisible()
    assert "meridian Lung" in window.frame.empty.text()
    window.frame.empty.linkActivated.emit("loosen:meridian")
    assert "GV26" in listed(window)
    assert window.state.view.query.meridian == frozenset()


def test_an_empty_view_leads_to_the_map_that_shows_points(open_window: OpenWindow) -> None:
    query = Query(back_pain=frozenset({"radicular"}))
    window = open_window(View(map_id="head_front", query=query))
    assert "None of the" in window.frame.empty.text()
    window.frame.empty.linkActivated.emit("map:back")
    assert window.state.view.map_id == "back"
    assert not window.frame.empty.isVisible()


def test_the_list_leads_and_follows_the_selection(window: MainWindow) -> None:
    click_row(window, "meridian", "GB")
    window.state.select("GB30")
    codes = listed(window)
    assert codes[window.points.currentIndex().row()] == "GB30"
    index = window.points.point_model.index(0)
    window.points.scrollTo(index)
    place = window.points.visualRect(index).center()
    QTest.mouseClick(window.points.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.state.view.selected == "GB1"
    assert window.state.view.map_id == "head_side"
    QTest.keyClick(window.points, Qt.Key.Key_Down)
    assert window.state.view.selected == "GB2"


def test_the_strip_counts_the_points_of_each_map(window: MainWindow) -> None:
    click_row(window, "back_pain", "radicular")
    matching = window.state.scene.matching
    counts = window.state.stage.map_counts(matching)
    groups = window.strip.groups
    names = [groups.tabText(i) for i in range(groups.count())]
    assert names == ["Front", "Back", "Side", "Arm", "Leg", "Head", "Hand", "Foot"]
    assert groups.accessibleTabName(1) == f"Back, {counts['back']} points"


def test_a_tab_shows_its_map(window: MainWindow) -> None:
    groups = window.strip.groups
    QTest.mouseClick(groups, Qt.MouseButton.LeftButton, pos=groups.tabRect(6).center())
    assert window.state.view.map_id == "hand_dorsum"
    views = window.strip.views
    assert views.isVisible()
    QTest.mouseClick(views, Qt.MouseButton.LeftButton, pos=views.tabRect(1).center())
    assert window.state.view.map_id == "hand_palm"


def test_with_a_pain_chosen_the_principal_points_come_first(window: MainWindow) -> None:
    click_row(window, "back_pain", "radicular")
    points = window.state.stage.catalogue
    found = [points.point(code) for code in listed(window)]
    roles = [best_role(point, frozenset({"radicular"})) for point in found if point is not None]
    assert {"principal", "supporting"} <= set(roles)
    assert roles == sorted(roles, key=ROLES.index)
    click_row(window, "back_pain", "radicular")
    assert listed(window)[:2] == ["LU1", "LU2"], "without it in the order of the meridians"
