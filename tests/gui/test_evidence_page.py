"""The evidence page: forest plots, texts, and the study beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from atlas.catalog.forest import OUTCOMES, Row, panels
from atlas.ui.panels.evidence import TABS, EvidencePage
from atlas.ui.panels.forest import ForestPlot
from atlas.ui.theme import THEMES
from atlas.ui.window import MainWindow
from tests.gui.conftest import OpenWindow, click_tab
from tests.gui.links import click_link, links

UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def page(window: MainWindow) -> EvidencePage:
    window.state.set_page("evidence")
    found = window.pages.page("evidence")
    assert isinstance(found, EvidencePage)
    return found


def open_tab(page: EvidencePage, name: str) -> None:
    click_tab(page, name)


def middle(plot: ForestPlot, line: int) -> QPoint:
    """Where a line of a plot stands, in pixels."""
    return plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(0, line + 0.5)))  # type: ignore[no-any-return]


def click_line(plot: ForestPlot, line: int) -> None:
    """A real click in the middle of a line of a plot."""
    place = middle(plot, line)
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)


def beside(page: EvidencePage) -> str:
    return page.side.toPlainText()


def tells(page: EvidencePage, row: Row) -> bool:
    return row.study.title in beside(page) and row.printed in beside(page)


def test_it_begins_with_pain(page: EvidencePage) -> None:
    assert page.tab == "pain"
    assert page.stack.currentWidget() is page.area
    assert page.plots
    assert not any(row.study.title in beside(page) for row in page.plots[0].rows.values())


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_outcome_has_its_plots(page: EvidencePage, outcome: str) -> None:
    open_tab(page, outcome)
    stage = page.window().state.stage  # type: ignore[attr-defined]
    found = panels(stage.catalogue, outcome)
    drawn = [list(plot.rows.values()) for plot in page.plots]
    assert drawn == [[row for group in panel.groups for row in group.rows] for panel in found]
    assert all(plot.isVisible() for plot in page.plots)
    assert page.stack.currentWidget() is page.area


def test_one_tab_at_a_time(page: EvidencePage) -> None:
    texts = set()
    for name, _ in TABS:
        open_tab(page, str(name))
        assert page.tabs.tabData(page.tabs.currentIndex()) == name
        if name not in OUTCOMES:
            assert page.stack.currentWidget() is page.text
            texts.add(page.text.toPlainText())
    assert len(texts) == len(TABS) - len(OUTCOMES)
    assert all(len(text) > 100 for text in texts)


def test_a_click_on_a_line_shows_its_study(page: EvidencePage) -> None:
    for plot in page.plots:
        for line, row in plot.rows.items():
            click_line(plot, line)
            assert plot.current == line
            assert tells(page, row)
            assert row.study.limits in beside(page)


def test_results_stand_in_their_order_from_the_top(page: EvidencePage) -> None:
    for plot in page.plots:
        heights = [middle(plot, line).y() for line in plot.rows]
        assert heights == sorted(heights)
        assert 0 < heights[0] < heights[-1] < plot.height()


def test_a_click_on_a_heading_chooses_nothing(page: EvidencePage) -> None:
    plot = page.plots[0]
    before = beside(page)
    assert 0 not in plot.rows
    click_line(plot, 0)
    assert plot.current is None
    assert beside(page) == before


def test_keys_go_from_result_to_result(page: EvidencePage) -> None:
    plot = page.plots[0]
    lines = sorted(plot.rows)
    for line in lines:
        QTest.keyClick(plot, DOWN)
        assert plot.current == line
        assert tells(page, plot.rows[line])
    QTest.keyClick(plot, DOWN)
    assert plot.current == lines[-1], "there is none below"
    for line in lines[-2::-1]:
        QTest.keyClick(plot, UP)
        assert plot.current == line
    QTest.keyClick(plot, UP)
    assert plot.current == lines[0]
    assert tells(page, plot.rows[lines[0]])


def test_keys_go_on_from_a_click(page: EvidencePage) -> None:
    plot = page.plots[0]
    lines = sorted(plot.rows)
    click_line(plot, lines[1])
    QTest.keyClick(plot, DOWN)
    assert plot.current == lines[2]


def test_only_one_result_is_marked(page: EvidencePage) -> None:
    first, second = page.plots[:2]
    click_line(first, min(first.rows))
    click_line(second, min(second.rows))
    assert (first.current, second.current) == (None, min(second.rows))
    assert tells(page, second.rows[min(second.rows)])


def test_results_that_cannot_be_drawn_are_told(open_window: OpenWindow, tiny_folder: Path) -> None:
    """The tiny folder's only result does not say how long its scale is."""
    window = open_window(folder=tiny_folder)
    window.state.set_page("evidence")
    page = window.pages.page("evidence")
    assert isinstance(page, EvidencePage)
    assert page.plots == []
    (note,) = [
        label for label in page.area.findChildren(QLabel) if "−9 (−14 to −4)" in label.text()
    ]
    assert "VAS 0 to 100" in note.text()
    assert note.isVisible()


def test_all_studies_are_listed_and_shown_beside(page: EvidencePage) -> None:
    open_tab(page, "studies")
    stage = page.window().state.stage  # type: ignore[attr-defined]
    studies = stage.catalogue.evidence.studies
    listed = [href for href in links(page.text) if href.startswith("study:")]
    assert set(listed) == {f"study:{study.id}" for study in studies}
    years = {f"study:{study.id}": study.year for study in studies}
    assert [years[href] for href in listed] == sorted(years.values(), reverse=True)
    study = studies[0]
    click_link(page.text, f"study:{study.id}")
    assert study.limits in beside(page)
    assert page.tab == "studies"


@pytest.mark.parametrize("tab", ["studies", "guidelines", "mechanisms", "expectations"])
def test_a_source_is_shown_beside_the_text(page: EvidencePage, tab: str) -> None:
    open_tab(page, tab)
    stage = page.window().state.stage  # type: ignore[attr-defined]
    href = next(href for href in links(page.text) if href.startswith("source:"))
    source = stage.catalogue.source_by_id[href.removeprefix("source:")]
    assert source.title not in beside(page)
    click_link(page.text, href)
    assert source.title in beside(page)


def test_another_tab_puts_the_hint_back(page: EvidencePage) -> None:
    open_tab(page, "studies")
    hint = beside(page)
    click_link(page.text, next(iter(links(page.text))))
    assert beside(page) != hint
    open_tab(page, "guidelines")
    assert beside(page) == hint


def test_guidelines_that_hold_come_first(page: EvidencePage) -> None:
    open_tab(page, "guidelines")
    stage = page.window().state.stage  # type: ignore[attr-defined]
    text = page.text.toPlainText()
    guidelines = stage.catalogue.evidence.guidelines
    current = [text.index(g.title) for g in guidelines if g.standing == "current"]
    others = [text.index(g.title) for g in guidelines if g.standing != "current"]
    assert len(current) + len(others) == len(guidelines)
    assert max(current) < min(others, default=len(text))


def test_guidelines_stand_beside_each_other_where_there_is_room(
    window: MainWindow, page: EvidencePage
) -> None:
    open_tab(page, "guidelines")
    wide = page.text.toHtml().count("<tr")
    window.resize(800, 600)
    assert page.text.toHtml().count("<tr") > wide


@pytest.mark.parametrize("theme", ["dark", "projector"])
def test_a_theme_redraws_plots_and_texts(
    window: MainWindow, page: EvidencePage, theme: str
) -> None:
    window.state.set_theme(theme)
    for plot in page.plots:
        pen = plot.getAxis("bottom").textPen()
        assert pen.color().name() == THEMES[theme].muted.lower()
        assert plot.isVisible()
    open_tab(page, "guidelines")
    assert THEMES[theme].accent.lower() in page.text.toHtml().lower()
    window.state.set_theme("light")
    assert THEMES["light"].accent.lower() in page.text.toHtml().lower()
    assert page.tab == "guidelines"


def test_another_edition_is_shown(
    window: MainWindow, page: EvidencePage, tiny_folder: Path
) -> None:
    open_tab(page, "studies")
    window.open_folder(tiny_folder)
    assert "A big trial" in page.text.toPlainText()
    assert [href for href in links(page.text) if href.startswith("study:")] == ["study:big"]
