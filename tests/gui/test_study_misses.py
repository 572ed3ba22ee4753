"""The small picture of the misses beside the questions: what it says, and that it has room."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from atlas.study.records import Progress, Review, stamp
from atlas.study.store import Store
from atlas.ui.theme import THEMES
from tests.gui.studying import OpenStudy, key, plan_for
from tests.gui.test_study_layout import check_nothing_is_cut


def clicked(count: int, map_id: str, **parts: float) -> list[Review]:
    """Clicks of the last minutes on points of the back."""
    now = datetime.now(UTC) - timedelta(minutes=count + 1)
    miss = max(parts.values())
    return [
        Review(f"locate:BL{i + 12}", 3, stamp(now + timedelta(minutes=i)), miss, parts, map_id)
        for i in range(count)
    ]


def keep(*reviews: Review) -> None:
    with Store() as store:
        store.merge(Progress(list(reviews)))


@pytest.mark.parametrize("theme", THEMES)
def test_clicks_that_are_not_drawn_are_told_and_nothing_is_cut(
    open_study: OpenStudy, theme: str
) -> None:
    plan_for("locate")
    side = clicked(8, "side", anterior=0.3)
    far = clicked(2, "back", lateral=3.0)
    keep(*clicked(12, "back", lateral=0.4, inferior=0.3), *side, *far)
    page = open_study(theme=theme, begin=False)
    panel = page.today
    QApplication.processEvents()
    assert panel.misses.isVisible()
    assert panel.aim.isVisible()
    said = panel.aim.text()
    assert said.startswith("You tend to go 0.4 cun too lateral and 0.3 cun too low; scatter 0.0")
    assert said.endswith("\n8 clicks on other axes, 2 over 2 cun off: not drawn.")
    assert panel.aim.objectName() == "muted"
    assert panel.aim.toolTip() == panel.misses.left_out
    assert panel.misses.height() >= 140
    assert panel.misses.height() <= panel.misses.heightForWidth(panel.misses.width())
    page.window().resize(1280, 770)
    check_nothing_is_cut(page)
    page.window().resize(1280, 800)
    check_nothing_is_cut(page)


def test_where_all_is_drawn_nothing_is_told_of_it(open_study: OpenStudy) -> None:
    plan_for("locate")
    keep(*clicked(12, "back", lateral=0.4))
    panel = open_study(begin=False).today
    assert "not drawn" not in panel.aim.text()
    assert panel.aim.toolTip() == ""


def test_the_picture_keeps_its_shape_in_another_theme(open_study: OpenStudy) -> None:
    plan_for("locate")
    keep(*clicked(12, "back", lateral=0.4))
    page = open_study(begin=False)
    page.window().resize(1280, 1000)
    for _ in THEMES:
        key(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        wanted = page.today.misses.heightForWidth(page.today.misses.width())
        assert page.today.misses.height() == pytest.approx(wanted, abs=2)
