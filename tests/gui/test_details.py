"""What the details panel says of a point, and where its links lead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from atlas.catalog.masks import members
from atlas.catalog.query import Query
from atlas.ui.panels.text import JOINTS
from atlas.ui.window import MainWindow
from tests.gui.links import click_link, links

Choose = Callable[[str], None]

SECTIONS = (
    "LOCATION",
    "HOW TO FIND IT",
    "MEASURED ON",
    "BACK PAIN",
    "TRADITIONAL USE",
    "NEEDLING",
    "UNDER THE SKIN",
    "OFTEN CONFUSED WITH",
    "SAME LEVEL",
    "ALONG THE MERIDIAN",
    "VIEWS, BEST FIRST",
    "SOURCES",
)


def said(window: MainWindow) -> str:
    return window.details.text.toPlainText()


@pytest.fixture
def choose(window: MainWindow, qtbot: QtBot) -> Choose:
    """Selects a point and waits until the panel speaks of it."""

    def select(code: str) -> None:
        window.state.select(code)
        qtbot.waitUntil(lambda: said(window).startswith(code))

    return select


def section(window: MainWindow, title: str) -> str:
    """The lines of one section."""
    text = said(window)
    rest = text[text.index(title) :].splitlines()[1:]
    ends = [i for i, line in enumerate(rest) if line.startswith(SECTIONS)]
    return "\n".join(rest[: ends[0]] if ends else rest)


def test_sections_stand_in_their_order(window: MainWindow, choose: Choose) -> None:
    choose("BL23")
    lines = said(window).splitlines()
    found = [head for line in lines for head in SECTIONS if line.startswith(head)]
    assert found == list(SECTIONS)


def test_a_section_without_content_is_left_out(window: MainWindow, choose: Choose) -> None:
    choose("CV8")
    lines = said(window).splitlines()
    assert not [line for line in lines if line.startswith(("OFTEN CONFUSED", "SOURCES DIFFER"))]
    choose("GB30")
    assert "SOURCES DIFFER" in said(window)


def test_cautions_come_before_needling(window: MainWindow, choose: Choose) -> None:
    for code in ("BL23", "BL40", "GB21"):
        choose(code)
        text = said(window)
        point = window.state.stage.catalogue.point(code)
        assert point is not None
        assert point.cautions
        for caution in point.cautions:
            assert text.index(caution.text) < text.index("LOCATION") < text.index("NEEDLING")


@pytest.mark.parametrize("code", ["CV8", "ST17"])
def test_a_forbidden_point_shows_no_depth(window: MainWindow, choose: Choose, code: str) -> None:
    choose(code)
    assert said(window).index("Do not needle") < said(window).index("LOCATION")
    assert section(window, "NEEDLING").strip() == "Not needled"


def test_needling_shows_depth_and_direction(window: MainWindow, choose: Choose) -> None:
    choose("BL23")
    needling = section(window, "NEEDLING")
    assert "Perpendicular, 1 to 1.2 cun" in needling
    assert "towards the spine" in needling


def test_what_lies_under_the_skin(window: MainWindow, choose: Choose) -> None:
    choose("BL23")
    point = window.state.stage.catalogue.point("BL23")
    assert point is not None
    assert point.anatomy is not None
    under = section(window, "UNDER THE SKIN")
    assert point.anatomy.deep in under
    assert all(muscle in under for muscle in point.anatomy.muscles)


def test_a_click_on_an_indication_filters(window: MainWindow, choose: Choose) -> None:
    window.state.toggle("region", "lower_back")
    choose("BL23")
    click_link(window.details.text, "indication:low_back_pain")
    assert window.state.view.query == Query(indication=frozenset({"low_back_pain"}))
    assert window.state.view.selected == "BL23"
    chips = [chip.text() for chip in window.footer.chips if chip.isVisible()]
    assert chips == ["Low back pain  ×"]


def test_each_source_of_uses_has_its_own_section(window: MainWindow, choose: Choose) -> None:
    points = window.state.stage.catalogue.points
    point = next(point for point in points if len(point.traditional_use) > 1)
    choose(point.code)
    assert said(window).index("TRADITIONAL USE") < said(window).index("FURTHER USE")
    shown = {link for link in links(window.details.text) if link.startswith("indication:")}
    assert shown == {f"indication:{name}" for name in point.indications}


@pytest.mark.parametrize(("code", "joint"), [("ST35", "knee"), ("LI15", "shoulder")])
def test_around_a_joint(window: MainWindow, choose: Choose, code: str, joint: str) -> None:
    choose(code)
    assert f"around the {joint}" in said(window)
    click_link(window.details.text, f"regions:{','.join(JOINTS[joint])}")
    assert window.state.view.query == Query(region=frozenset(JOINTS[joint]))
    around = window.state.scene.matching.bit_count()
    assert 0 < around < len(window.state.stage.catalogue.points)


def test_both_sides_of_the_knee_are_around_it(window: MainWindow, choose: Choose) -> None:
    choose("BL40")
    click_link(window.details.text, "regions:knee,back_of_knee")
    points = window.state.stage.catalogue.points
    around = {points[i].code for i in members(window.state.scene.matching)}
    assert {"BL40", "ST35"} <= around
    assert "BL23" not in around


def test_a_point_away_from_joints_is_around_none(window: MainWindow, choose: Choose) -> None:
    choose("BL23")
    assert "around the" not in said(window)


def test_points_on_the_same_level_are_links(
    window: MainWindow, choose: Choose, qtbot: QtBot
) -> None:
    choose("BL23")
    assert "GV4" in section(window, "SAME LEVEL").replace("\N{NON-BREAKING HYPHEN}", "-")
    click_link(window.details.text, "point:GV4")
    assert window.state.view.selected == "GV4"
    qtbot.waitUntil(lambda: said(window).startswith("GV4"))
    click_link(window.details.text, "point:BL52")
    assert window.state.view.selected == "BL52"


def test_a_source_opens_below_and_goes_with_the_point(window: MainWindow, choose: Choose) -> None:
    choose("BL23")
    assert not window.details.source.isVisible()
    click_link(window.details.text, "source:cam1999")
    source = window.state.stage.catalogue.source_by_id["cam1999"]
    assert window.details.source.isVisible()
    assert source.title in window.details.source.text()
    choose("GV4")
    assert not window.details.source.isVisible()


def test_back_pain_names_its_basis(window: MainWindow, choose: Choose) -> None:
    choose("BL23")
    point = window.state.stage.catalogue.point("BL23")
    assert point is not None
    rows = section(window, "BACK PAIN")
    titles = window.state.stage.catalogue.titles
    for role in point.back_pain:
        assert f"{titles[role.target]}\n{role.role} · {role.basis} " in rows


def test_the_theme_colours_the_cautions(window: MainWindow, choose: Choose) -> None:
    choose("BL23")
    before = window.details.text.toHtml()
    window.state.set_theme("dark")
    assert window.state.theme.danger.lower() in window.details.text.toHtml().lower()
    assert window.details.text.toHtml() != before
