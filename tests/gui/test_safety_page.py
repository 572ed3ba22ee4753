"""The safety page: questions, red flags, points at risk, and links to the body."""

from __future__ import annotations

import pytest

from atlas.catalog.forest import same_decimals
from atlas.catalog.query import Query
from atlas.scene import Stage
from atlas.ui.panels.safety import REPORTED, TABS, SafetyPage
from atlas.ui.theme import THEMES
from atlas.ui.window import MainWindow
from tests.gui.conftest import click_tab
from tests.gui.links import click_link, links


@pytest.fixture
def page(window: MainWindow) -> SafetyPage:
    window.state.set_page("safety")
    found = window.pages.page("safety")
    assert isinstance(found, SafetyPage)
    return found


def open_tab(page: SafetyPage, name: str) -> None:
    click_tab(page, name)


def said(page: SafetyPage) -> str:
    return page.text.toPlainText()


def test_one_tab_at_a_time(page: SafetyPage) -> None:
    assert page.tab == "questions"
    texts = set()
    for name, _ in TABS:
        open_tab(page, name)
        assert page.tabs.tabData(page.tabs.currentIndex()) == name
        assert page.stack.currentWidget() is page.text
        texts.add(said(page))
        assert page.side.toPlainText(), "how to go on"
    assert len(texts) == len(TABS)


def test_every_question_is_asked_with_what_to_do_the_absolute_ones_first(
    page: SafetyPage, stage: Stage
) -> None:
    text = said(page)
    rules = stage.catalogue.safety.contraindications
    places = {kind: [text.index(r.question) for r in rules if r.kind == kind]
              for kind in ("absolute", "relative")}  # fmt: skip
    assert max(places["absolute"]) < min(places["relative"])
    assert all(rule.action in text and rule.reason in text for rule in rules)


def test_red_flags(page: SafetyPage, stage: Stage) -> None:
    open_tab(page, "flags")
    flags = stage.catalogue.back_pain.red_flags
    assert flags
    assert all(flag.title in said(page) and flag.text in said(page) for flag in flags)


def test_every_caution_stands_under_its_kind(page: SafetyPage, stage: Stage) -> None:
    open_tab(page, "points")
    for point in stage.catalogue.points:
        assert all(caution.text in said(page) for caution in point.cautions)
    hrefs = set(links(page.text))
    at_risk = {point.code for point in stage.catalogue.points if point.cautions}
    assert {href for href in hrefs if href.startswith("point:")} >= {f"point:{c}" for c in at_risk}
    kinds = {c.kind for point in stage.catalogue.points for c in point.cautions}
    assert {href for href in hrefs if href.startswith("caution:")} == {
        f"caution:{k}" for k in kinds
    }


def test_the_most_severe_cautions_come_first(page: SafetyPage, stage: Stage) -> None:
    open_tab(page, "points")
    order = ["forbidden", "danger", "avoid", "care"]
    for kind in stage.catalogue.caution_kinds:
        start = links(page.text).get(f"caution:{kind.id}", 0)  # a kind may have no points
        found = [
            (said(page).index(caution.text, start), order.index(caution.severity))
            for point in stage.catalogue.points
            for caution in point.cautions
            if caution.kind == kind.id
        ]
        severities = [severity for _, severity in sorted(found)]
        assert severities == sorted(severities)


def test_how_often(page: SafetyPage, stage: Stage) -> None:
    open_tab(page, "events")
    text = said(page)
    for event in stage.catalogue.safety.adverse_events:
        figures = same_decimals(*filter(None, (event.rate, event.count)), *(event.interval or ()))
        between = f" ({' to '.join(figures[1:])})" if event.interval else ""
        assert f"{event.title}" in text
        assert f"{figures[0]}{between} {event.unit}" in text


def test_no_count_of_cases_stands_among_the_rates(page: SafetyPage, stage: Stage) -> None:
    open_tab(page, "events")
    rates, _, counts = said(page).partition(REPORTED)
    events = stage.catalogue.safety.adverse_events
    assert {event.rate is None for event in events} == {True, False}
    for event in events:
        assert event.unit in (counts if event.rate is None else rates)


def test_a_caution_leads_to_its_points_on_the_body(window: MainWindow, page: SafetyPage) -> None:
    window.state.toggle("region", "neck")
    window.state.set_page("safety")
    open_tab(page, "points")
    click_link(page.text, "caution:vessel")
    assert window.pages.currentWidget() is window.splitter
    assert window.state.view.query == Query(caution=frozenset({"vessel"}))


def test_questions_lead_to_the_points_that_they_concern(
    window: MainWindow, page: SafetyPage, stage: Stage
) -> None:
    href = next(href for href in links(page.text) if href.startswith("caution:"))
    count = stage.facets.mask("caution", href.removeprefix("caution:")).bit_count()
    assert f"{count} points with a caution on " in said(page)
    click_link(page.text, href)
    assert window.state.scene.matching.bit_count() == count


def test_a_region_leads_to_the_body(window: MainWindow, page: SafetyPage) -> None:
    click_link(page.text, "region:abdomen")
    assert window.pages.currentWidget() is window.splitter
    assert window.state.view.query == Query(region=frozenset({"abdomen"}))


def test_a_point_leads_to_the_body(window: MainWindow, page: SafetyPage) -> None:
    window.state.toggle("region", "neck")
    window.state.set_page("safety")
    open_tab(page, "points")
    click_link(page.text, "point:CV8")
    assert window.pages.currentWidget() is window.splitter
    assert window.state.view.selected == "CV8"
    assert window.state.view.query == Query(region=frozenset({"neck"})), "filters stay"


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_a_source_is_shown_beside_the_text(page: SafetyPage, stage: Stage, tab: str) -> None:
    open_tab(page, tab)
    href = next(href for href in links(page.text) if href.startswith("source:"))
    source = stage.catalogue.source_by_id[href.removeprefix("source:")]
    assert source.title not in page.side.toPlainText()
    click_link(page.text, href)
    assert source.title in page.side.toPlainText()
    assert page.tab == tab


@pytest.mark.parametrize("theme", ["dark", "projector"])
def test_a_theme_redraws_the_text(window: MainWindow, page: SafetyPage, theme: str) -> None:
    open_tab(page, "points")
    window.state.set_theme(theme)
    html = page.text.toHtml().lower()
    assert THEMES[theme].danger.lower() in html
    assert THEMES["light"].danger.lower() not in html
    assert page.tab == "points"


def test_the_page_stands_as_it_was_left(window: MainWindow, page: SafetyPage) -> None:
    open_tab(page, "events")
    window.state.set_page("explore")
    window.state.set_page("safety")
    assert page.tab == "events"
    assert window.pages.currentWidget() is page


def test_a_theme_that_changed_meanwhile_is_seen_on_return(
    window: MainWindow, page: SafetyPage
) -> None:
    window.state.set_page("explore")
    window.state.set_theme("dark")
    window.state.set_page("safety")
    assert THEMES["dark"].danger.lower() in page.text.toHtml().lower()
