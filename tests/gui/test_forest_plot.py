"""The forest plot in its page: what is chosen, what is told, and what stays."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from atlas.catalog.forest import OUTCOMES, not_drawn, without_figure
from atlas.ui.panels.evidence import EvidencePage
from atlas.ui.panels.forest import ForestPlot, _side
from atlas.ui.panels.forest_rows import CERTAINTY
from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow, click_tab


@pytest.fixture
def page(window: MainWindow) -> EvidencePage:
    return evidence(window)


def evidence(window: MainWindow) -> EvidencePage:
    window.state.set_page("evidence")
    found = window.pages.page("evidence")
    assert isinstance(found, EvidencePage)
    return found


def middle(plot: ForestPlot, line: int) -> QPoint:
    return plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(0, line + 0.5)))  # type: ignore[no-any-return]


def picture(plot: ForestPlot) -> QImage:
    return plot.grab().toImage()  # type: ignore[no-any-return]


def at(image: QImage, x: int, y: int) -> str:
    return image.pixelColor(x, y).name()


def beside(page: EvidencePage) -> str:
    return page.side.toPlainText()


def links_below(page: EvidencePage) -> QLabel:
    (label,) = page.area.findChildren(QLabel)
    assert isinstance(label, QLabel)
    return label


def test_a_chosen_result_has_a_bar_and_a_ring_shows_the_focus(page: EvidencePage) -> None:
    plot, accent = page.plots[0], QColor(page.plots[0].theme.accent).name()
    line = min(plot.rows)
    y = middle(plot, line).y()
    assert at(picture(plot), 3, y) != accent
    assert at(picture(plot), plot.width() // 2, 1) != accent
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Down)
    assert at(picture(plot), 3, y) == accent
    assert at(picture(plot), plot.width() // 2, 1) == accent
    page.text.setFocus()
    page.tabs.setFocus()
    assert at(picture(plot), plot.width() // 2, 1) != accent
    assert at(picture(plot), 3, y) == accent, "the choice stays"


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_only_the_left_button_chooses(page: EvidencePage, button: Qt.MouseButton) -> None:
    plot = page.plots[0]
    QTest.mouseClick(plot.viewport(), button, pos=middle(plot, min(plot.rows)))
    assert plot.current is None


def test_the_choice_is_told_to_who_does_not_see_it(page: EvidencePage) -> None:
    plot = page.plots[0]
    for line, row in plot.rows.items():
        plot.choose(line)
        told = plot.accessibleDescription()
        assert row.name in told
        assert row.printed in told
        assert CERTAINTY[row.comparison.certainty] in told
        assert told.startswith("Against ")


def test_keys_bring_the_result_into_view(window: MainWindow, page: EvidencePage) -> None:
    window.resize(1280, 420)
    plot = page.plots[0]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        for _ in plot.rows:
            QTest.keyClick(plot, key)
            assert plot.current is not None
            place = plot.mapTo(page.area.viewport(), middle(plot, plot.current))
            assert page.area.viewport().rect().contains(place)


def test_unmarking_the_other_plots_needs_no_sender(page: EvidencePage) -> None:
    first, second = page.plots[:2]
    first.choose(min(first.rows))
    page._on_chosen(first, first.rows[min(first.rows)])
    assert (first.current, second.current) == (min(first.rows), None)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_is_not_drawn_is_linked_below(page: EvidencePage, outcome: str) -> None:
    click_tab(page, outcome)
    catalogue = page.window().state.stage.catalogue  # type: ignore[attr-defined]
    label = links_below(page) if page.area.findChildren(QLabel) else None
    for study, comparison in not_drawn(catalogue.evidence, outcome):
        assert label is not None
        label.linkActivated.emit(f"result:{study.id}/{study.comparisons.index(comparison)}")
        assert study.title in beside(page)
        assert comparison.time in beside(page)
        assert f"{comparison.better} is better" in beside(page)
    for studies in without_figure(catalogue.evidence, outcome).values():
        for study in studies:
            assert label is not None
            assert f"study:{study.id}" in label.text()
            label.linkActivated.emit(f"study:{study.id}")
            assert study.finding in beside(page)


def test_a_link_below_unmarks_the_chosen_result(page: EvidencePage) -> None:
    plot = page.plots[0]
    plot.choose(min(plot.rows))
    links_below(page).linkActivated.emit("study:cherkin2009")
    assert plot.current is None
    assert "Neither the choice of points" in beside(page)


def test_a_study_lists_all_its_results(page: EvidencePage) -> None:
    page.follow("study:debar2025")
    assert "standard course" in beside(page)
    assert "with maintenance" in beside(page)
    assert beside(page).count("is better") == 4


def test_squares_are_hollow_where_the_people_are_not_known(page: EvidencePage) -> None:
    plot = page.plots[0]
    line, row = next((n, row) for n, row in plot.rows.items() if row.share is None)
    box = plot.getViewBox()
    place = plot.mapFromScene(box.mapViewToScene(QPointF(row.effect, line + 0.5)))
    assert at(picture(plot), place.x() - 2, place.y() - 2) == QColor(plot.theme.panel).name()
    sides = {r.share: _side(r) for p in page.plots for r in p.rows.values() if r.share is not None}
    assert 0 < min(sides) < max(sides) == 1
    assert sorted(sides.values()) == [sides[share] for share in sorted(sides)]


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("size", [(800, 600), (1280, 800), (1920, 1080)])
def test_a_plot_is_never_too_narrow_to_read(
    open_window: OpenWindow, size: tuple[int, int], theme: str
) -> None:
    window = open_window(theme=theme)
    window.resize(*size)
    page = evidence(window)
    for outcome in OUTCOMES:
        click_tab(page, outcome)
        for plot in page.plots:
            assert plot.getViewBox().width() >= 199 * plot.theme.scale
    bar = page.area.horizontalScrollBar()
    assert bar.maximum() == 0 or size == (800, 600)


def test_texts_turn_into_two_lines_and_back(window: MainWindow, page: EvidencePage) -> None:
    plot = page.plots[0]
    plot.choose(max(plot.rows))
    height, told = plot.height(), beside(page)
    window.resize(800, 600)
    QApplication.processEvents()
    assert page.plots[0].height() > height
    assert page.plots[0].current == max(page.plots[0].rows)
    assert beside(page) == told
    window.resize(1280, 800)
    QApplication.processEvents()
    assert page.plots[0].height() == height


def test_a_reload_keeps_the_place_and_the_choice(window: MainWindow, page: EvidencePage) -> None:
    window.resize(1280, 420)
    last = page.plots[-1]
    last.choose(max(last.rows))
    QApplication.processEvents()
    place, told = page.area.verticalScrollBar().value(), beside(page)
    assert place > 0
    page.refresh()
    QApplication.processEvents()
    assert page.area.verticalScrollBar().value() == place
    assert page.plots[-1].current == max(page.plots[-1].rows)
    assert beside(page) == told


def test_guidelines_keep_the_place(window: MainWindow, page: EvidencePage) -> None:
    click_tab(page, "guidelines")
    bar = page.text.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    window.resize(1276, 800)
    QApplication.processEvents()
    assert abs(bar.value() - place) < 30
    page.refresh()
    assert abs(bar.value() - place) < 30
    click_tab(page, "studies")
    assert bar.value() == 0


def test_a_guideline_of_the_past_says_so_first(page: EvidencePage) -> None:
    click_tab(page, "guidelines")
    text = page.text.toPlainText()
    assert " Replaced  it said: in favour" in text
    assert " Lapsed  it said" in text
    assert " Against " in text


def test_the_sides_of_the_axis_stand_beside_its_zero(page: EvidencePage) -> None:
    plot = page.plots[0]
    zero = plot.getViewBox().mapViewToScene(QPointF(0, 0)).x()
    image, muted = picture(plot), QColor(plot.theme.muted).name()
    strip = QRect(0, plot.height() - 18, plot.width(), 14)
    inked = [
        x
        for x in range(strip.left(), strip.right())
        if any(at(image, x, y) == muted for y in range(strip.top(), strip.bottom()))
    ]
    assert 9 <= min(x - zero for x in inked if x > zero) <= 16
    assert 9 <= min(zero - x for x in inked if x < zero) <= 16
