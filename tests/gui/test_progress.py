"""Progress as pictures, with real widgets: what is drawn, said, chosen, and left alone."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from atlas.edition import open_edition
from atlas.scene import Stage, View
from atlas.study.aim import PLANES, Misses, clicks_of, misses
from atlas.study.history import History
from atlas.study.progress import Level, Mastery
from atlas.study.records import Review, stamp
from atlas.study.schedule import Schedule
from atlas.ui.state import AtlasState
from atlas.ui.study.legend import outline
from atlas.ui.study.mastery import MasteryMap, mastery_signs
from atlas.ui.study.misses import MissesPlot, miss_signs
from atlas.ui.study.plate import Choice
from atlas.ui.study.plots import Plot, aim_signs, retention_signs
from atlas.ui.study.progress import ProgressView
from atlas.ui.theme import THEMES, contrast

NOW = datetime(2025, 5, 5, 12, tzinfo=UTC)
Open = Callable[..., ProgressView]


def review(card: str, day: float, rating: int = 3, **parts: float) -> Review:
    miss = math.hypot(*parts.values()) if parts else None
    at = stamp(NOW + timedelta(days=day))
    return Review(card, rating, at, miss, parts, "back" if parts else None)


def studied(days: int = 60) -> History:
    """Two points of three kinds of question a day, on the back, clicked too lateral."""
    rng, reviews = Random(5), []
    for day in range(-days + 1, 1):
        for i in (day % 20, (day + 7) % 20):
            out, high = abs(rng.gauss(0.4, 0.15)), rng.gauss(0, 0.15)
            up = {"superior": high} if high > 0 else {"inferior": -high}
            reviews.append(review(f"locate:BL{i + 12}", day + i / 100, 3, lateral=out, **up))
            reviews.append(review(f"recall:GV{i % 14 + 1}", day + i / 100, rng.choice((1, 3, 4))))
    return History(Schedule(UTC), sorted(reviews, key=lambda each: each.at))


@pytest.fixture
def open_view(qtbot: QtBot, stage: Stage) -> Iterator[Open]:
    """Opens the page of progress, and closes it afterwards."""
    opened: list[ProgressView] = []
    font = QApplication.font()

    def open_(
        found: History | None = None,
        theme: str = "light",
        size: tuple[int, int] = (1280, 800),
        view: View | None = None,
    ) -> ProgressView:
        made = QApplication.font()
        made.setPointSizeF(9.5 * THEMES[theme].scale)
        QApplication.setFont(made)
        page = ProgressView(AtlasState(stage, view or View(), THEMES[theme]))
        qtbot.addWidget(page)
        opened.append(page)
        page.resize(*size)
        page.show()
        if found is not None:
            page.show_history(found, NOW)
        settle(qtbot, page)
        return page

    yield open_
    for page in opened:
        page.close_drawing()
    QApplication.setFont(font)


def settle(qtbot: QtBot, page: ProgressView) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(page.mastery.map.is_settled)


@pytest.fixture
def page(open_view: Open) -> ProgressView:
    return open_view(studied())


def state_of(page: ProgressView) -> AtlasState:
    return page._state


def items(plot: Plot, kind: type) -> list[pg.GraphicsObject]:
    return [item for item in plot.getPlotItem().items if type(item) is kind]


def written(plot: Plot, side: str) -> list[str]:
    """What stands at the marks of an axis."""
    return [text for _, text in plot.getAxis(side)._tickLevels[0]]


def choose(choice: Choice, text: str) -> None:
    """Choose as a person does, by the first entry that begins so."""
    texts = [choice.itemText(i) for i in range(choice.count())]
    at = next(i for i, each in enumerate(texts) if each.startswith(text))
    choice.setCurrentIndex(at)
    choice.activated.emit(at)


def wheel(
    page: ProgressView, over: QWidget, key: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """One notch of a real wheel over a widget: down, or up where the page is scrolled."""
    page.area.ensureWidgetVisible(over)
    QApplication.processEvents()
    seen = over.visibleRegion().boundingRect().center()
    notch = QPoint(0, 120 if page.area.verticalScrollBar().value() else -120)
    QTest.wheelEvent(page.windowHandle(), QPointF(over.mapTo(page, seen)), notch, QPoint(), key)


# -- before and after the first answers ----------------------------------------------------


def test_before_the_first_answer_it_says_what_there_will_be(open_view: Open) -> None:
    page = open_view(History(Schedule(UTC)))
    assert not any(plate.isVisible() for plate in page.plates.values())
    for word in ("due", "remember", "body", "cun", "meridian"):
        assert word in page.days.text()
    page.show_history(History(Schedule(UTC), [review("locate:BL23", 0, lateral=0.2)]), NOW)
    assert all(plate.isVisible() for plate in page.plates.values())
    assert page.days.text() == "Today 1 answer, 1 known. Studied on 1 day."
    page.show_history(History(Schedule(UTC)), NOW)
    assert not any(plate.isVisible() for plate in page.plates.values())


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("days", [1, 2, 9, 60, 300])
def test_every_picture_says_what_it_shows(open_view: Open, days: int, theme: str) -> None:
    page = open_view(studied(days), theme)
    page.grab()
    for plate in page.plates.values():
        assert plate.sentence.endswith(".")
        assert plate.picture.accessibleName() == plate.title
        assert plate.picture.accessibleDescription().startswith(plate.sentence)


def test_a_picture_of_nothing_is_not_shown(open_view: Open) -> None:
    page = open_view(History(Schedule(UTC), [review("recall:BL23", 0)]))
    assert not page.retention.isVisible()
    assert not page.aim.isVisible()
    assert page.plates["retention"].sentence.startswith("From the second day on")
    page.show_history(studied(), NOW)
    assert page.retention.isVisible()
    assert page.aim.isVisible()


# -- what is drawn -------------------------------------------------------------------------


def test_bars_are_as_high_as_what_is_due(page: ProgressView) -> None:
    (bars,) = items(page.forecast, pg.BarGraphItem)
    counts = bars.opts["height"]
    labels = [item.textItem.toPlainText() for item in items(page.forecast, pg.TextItem)]
    assert labels == [str(count) for count in counts]
    assert sum(counts) > 0
    assert f"{counts[0]} cards are due today" in page.plates["forecast"].sentence
    assert written(page.forecast, "bottom")[:3] == ["Mon\n5", "Tue\n6", "Wed\n7"]


def test_todays_bar_is_full_and_the_others_are_not(page: ProgressView) -> None:
    (bars,) = items(page.forecast, pg.BarGraphItem)
    counts, box = bars.opts["height"], page.forecast.getViewBox()
    image = page.forecast.grab().toImage()
    later = max(range(1, len(counts)), key=counts.__getitem__)
    colours = []
    for day in (0, later):
        place = box.mapViewToScene(QPointF(day, counts[day] / 2)).toPoint()
        colours.append(image.pixelColor(place).name())
    theme = state_of(page).theme
    assert colours == [QColor(theme.accent).name(), QColor(theme.soft).name()]


def test_remembered_stands_against_predicted_and_target(page: ProgressView) -> None:
    curves = items(page.retention, pg.PlotCurveItem)
    low, high, predicted, remembered = (curve.getData()[1] for curve in curves)
    assert len(remembered) > 5
    assert np.all((low <= remembered) & (remembered <= high))
    assert np.all((predicted > 50) & (predicted <= 100))
    (target,) = items(page.retention, pg.InfiniteLine)
    assert target.value() == 90
    assert len(items(page.retention, pg.FillBetweenItem)) == 1
    styles = {curve.opts["pen"].style() for curve in curves[2:]}
    assert len(styles) == 2, "lines differ in more than colour"
    low, high = page.retention.getViewBox().viewRange()[1]
    assert low <= curves[0].getData()[1].min()
    assert high >= 100


def test_each_meridian_has_its_line_with_the_counts(page: ProgressView) -> None:
    assert sorted(written(page.meridians, "left")) == ["Bladder BL", "Governor Vessel GV"]
    bladder = written(page.meridians, "left").index("Bladder BL")
    said = written(page.meridians, "right")[bladder]
    known, _, rest = said.partition(" of ")
    answers, _, miss = rest.partition(" · ")
    assert int(known) <= int(answers) == len(clicks_of(studied().answers))
    assert miss == "0.4 cun"
    (bars,) = items(page.meridians, pg.BarGraphItem)
    assert list(bars.opts["width"]) == sorted(bars.opts["width"])
    for name in ("meridians", "regions"):
        assert page.plates[name]._note.isVisible()
        assert page.plates[name]._note.text().startswith("Known: rated Hard or better, of all")


def test_what_the_questions_may_leave_out_is_said_below_the_forecast(page: ProgressView) -> None:
    assert page.plates["forecast"].sentence.startswith("Of all sets and kinds, ")
    assert page.plates["forecast"]._note.isVisible()
    assert "your set and kinds" in page.plates["forecast"]._note.text()


# -- misses --------------------------------------------------------------------------------


def shown_clicks(plot: MissesPlot) -> list[int]:
    """How many clicks are drawn: earlier ones, those of the last days, those at the rim."""
    return [len(item.data) for item in items(plot, pg.ScatterPlotItem)][:3]


def test_all_clicks_are_drawn_the_late_ones_filled(page: ProgressView) -> None:
    plot = page.misses.plot
    earlier, recent, at_rim = shown_clicks(plot)
    clicks = clicks_of(studied().answers)
    assert earlier + recent + at_rim == len(clicks)
    assert recent + at_rim >= sum((NOW.date() - c.day).days < 30 for c in clicks) > 0
    fills = [item.opts["brush"].color() for item in items(plot, pg.ScatterPlotItem)[:2]]
    assert fills == [QColor(plot.theme.panel), QColor(plot.theme.accent)]


def test_the_mean_is_drawn_where_the_sentence_says(page: ProgressView) -> None:
    plot = page.misses.plot
    assert plot.sentence.startswith("You tend to go 0.4 cun too lateral; scatter 0.")
    assert page.misses.sentence == plot.sentence
    assert [sign.text for sign in aim_signs(plot.theme)][1].startswith("scatter: median distance")
    mean = items(plot, pg.ScatterPlotItem)[-1]
    assert mean.data["x"][0] == pytest.approx(0.4, abs=0.05)
    region = items(plot, pg.PlotCurveItem)[-1].getData()[0]
    assert 0 < region.min() < mean.data["x"][0] < region.max()


def test_few_clicks_have_no_mean(open_view: Open) -> None:
    plot = open_view(studied(2)).misses.plot
    assert sum(shown_clicks(plot)) == 4
    assert items(plot, pg.PlotCurveItem) == []
    assert plot.sentence.startswith("4 more clicks")


def test_a_click_beyond_the_border_stands_at_the_rim(open_view: Open, stage: Stage) -> None:
    near = [review("locate:BL23", i / 100, lateral=0.1, superior=0.1) for i in range(40)]
    far = review("locate:BL23", 0.9, lateral=1.8)
    page = open_view(History(Schedule(UTC), [*near, far]))
    assert shown_clicks(page.misses.plot) == [0, 40, 1]
    rim = items(page.misses.plot, pg.ScatterPlotItem)[2]
    top = page.misses.plot.getViewBox().viewRange()[1][1]
    assert 1 < rim.data["x"][0] < top < 1.8
    assert rim.data["y"][0] == 0


def test_choices_narrow_the_misses_and_the_aim(open_view: Open) -> None:
    hand = [review("locate:LI4", -i / 20, distal=0.3) for i in range(20)]
    reviews = [answer.review for answer in studied().answers] + hand
    page = open_view(History(Schedule(UTC), sorted(reviews, key=lambda each: each.at)))
    plate, everything = page.misses, sum(shown_clicks(page.misses.plot))
    weeks = len(page.aim._stretches)
    choose(plate.group, "Large Intestine")
    assert sum(shown_clicks(plate.plot)) == 20
    assert plate.sentence.startswith("You tend to go 0.3 cun too distal")
    assert 0 < len(page.aim._stretches) < weeks
    points = [plate.point.itemText(i) for i in range(plate.point.count())]
    assert points == ["Every point", "LI4 Hégǔ, 20"]
    choose(plate.group, "All points")
    choose(plate.point, "BL20")
    assert 0 < sum(shown_clicks(plate.plot)) < everything - 20
    choose(plate.point, "Every point")
    choose(plate.time, "Last 30 days")
    assert shown_clicks(plate.plot)[0] == 0
    choose(plate.plane, "From the side")
    assert "Not drawn: " in plate.picture.accessibleDescription()
    page.show_history(studied(), NOW)
    assert plate.plane.currentText() == "From the side", "a choice stays"


def of_words(across: tuple[str, str], up: tuple[str, str]) -> Misses:
    """Misses whose axes have these words."""
    one = np.zeros(1)
    return Misses(PLANES[0], one, one, (NOW.date(),), across, up, astray=0, elsewhere=0)


AXES = [of_words(across, up) for p in PLANES for across in p.across for up in p.up]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("squeezed", [1.0, 0.6])
@pytest.mark.parametrize("wide", [170, 204, 640])
def test_words_at_the_axes_never_touch(
    open_view: Open, qtbot: QtBot, theme: str, squeezed: float, wide: int
) -> None:
    open_view(theme=theme)  # with the type of the theme
    plot = MissesPlot(THEMES[theme])
    qtbot.addWidget(plot)
    plot.resize(wide, round(squeezed * plot.heightForWidth(wide)))
    plot.show()
    for found in AXES:
        plot.show_misses(found, NOW.date())
        QApplication.processEvents()
        places = [place for _, place in plot.words(found)]
        metrics = QFontMetricsF(plot.small_font())
        picture = plot.getViewBox().sceneBoundingRect().adjusted(1, 1, -1, -1)
        assert [text.strip("←↑→↓ ") for text, _ in plot.words(found)] == [
            {"superior": "high", "inferior": "low"}.get(name, name)
            for name in (*found.up, *reversed(found.across))
        ]
        for text, place in plot.words(found):
            assert place.width() >= metrics.horizontalAdvance(text)
            assert QRectF(plot.viewport().rect()).contains(place), text
            assert not place.intersects(picture), text
        apart = [place.adjusted(-2, 0, 2, 0) for place in places]
        assert not any(
            one.intersects(other) for i, one in enumerate(apart) for other in apart[i + 1 :]
        )


def test_words_stand_where_they_are_said_to_be(qtbot: QtBot) -> None:
    plot = MissesPlot(THEMES["light"])
    qtbot.addWidget(plot)
    plot.resize(170, plot.heightForWidth(170))
    plot.show_misses(AXES[0], NOW.date())
    plot.show()
    image, ground = plot.grab().toImage(), plot.grab().toImage().pixelColor(0, 0)
    picture = plot.getViewBox().sceneBoundingRect().adjusted(-1, -1, 1, 1)
    inked = [
        QPointF(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if not picture.contains(QPointF(x, y)) and image.pixelColor(x, y) != ground
    ]
    places = [place.adjusted(-1, -1, 1, 1) for _, place in plot.words(AXES[0])]
    assert all(any(place.contains(dot) for place in places) for dot in inked)
    assert all(any(place.contains(dot) for dot in inked) for place in places)


def test_a_narrow_plot_stands_alone(qtbot: QtBot, stage: Stage) -> None:
    plot = MissesPlot(THEMES["light"])
    qtbot.addWidget(plot)
    assert plot.sentence == ""
    plot.show_misses(misses(stage.body, clicks_of(studied().answers)), NOW.date())
    plot.resize(170, plot.heightForWidth(170))
    plot.show()
    plot.grab()
    across, up = plot.getViewBox().viewRange()
    assert min(across[1], up[1]) >= 1.1, "the ring at 1 cun is in the picture"
    assert plot.getViewBox().width() == pytest.approx(plot.getViewBox().height(), abs=3)
    assert plot.sentence.startswith("You tend to go")
    assert plot.accessibleDescription().startswith(plot.sentence)


# -- mastery -------------------------------------------------------------------------------


def test_each_level_has_its_own_sign(page: ProgressView) -> None:
    body, stage = page.mastery.map, state_of(page).stage
    sheet = stage.sheet("back")
    codes = list(dict.fromkeys(spot.code for spot in sheet.spots))
    mastered = {
        point.code: Mastery(Level(codes.index(point.code) % 4 if point.code in codes else 0), 1, 9)
        for point in stage.catalogue.points
    }
    body.show_mastery(stage, "back", mastered, THEMES["light"])
    looks: dict[Level, set[tuple[object, ...]]] = {}
    for spot, mark in zip(sheet.spots, body._marks.data, strict=True):
        filled = mark["brush"].style() != Qt.BrushStyle.NoBrush
        look = (mark["symbol"].elementCount(), filled, round(float(mark["size"]), 2))
        looks.setdefault(mastered[spot.code].level, set()).add(look)
    assert looks.keys() == set(Level)
    assert all(len(look) == 1 for look in looks.values())
    assert len(set.union(*looks.values())) == 4, "also without colour"


@pytest.mark.parametrize("name", THEMES)
def test_signs_stand_out_from_what_is_under_them(name: str) -> None:
    theme = THEMES[name]
    for sign in mastery_signs(theme).values():
        assert contrast(sign.colour, theme.halo) >= 3
        assert contrast(sign.colour, theme.panel) >= 3
    for sign in (*miss_signs(theme), *retention_signs(theme, 0.9), *aim_signs(theme)):
        assert contrast(sign.colour, theme.panel) >= 3
        assert contrast(sign.colour, theme.soft) >= 3


def test_half_a_disc_is_filled_by_half() -> None:
    half = outline("disc", "half")
    assert half.contains(QPointF(0.25, 0))
    assert not half.contains(QPointF(-0.25, 0))


def test_the_cursor_names_a_point_and_nothing_else_moves(page: ProgressView) -> None:
    plate = page.mastery
    choose(plate.maps, "Back")
    hint, below = plate.about.text(), plate._legend.y()
    spot = state_of(page).stage.sheet("back").of_code["BL20"][0]
    place = plate.map.spot_pixel(spot).toPoint()
    QTest.mouseMove(plate.map.viewport(), place)
    assert plate.about.text().startswith("BL20 Píshū: ")
    assert "likely remembered today" in plate.about.text()
    assert plate.map.accessibleDescription() == plate.about.text()
    QApplication.processEvents()
    assert plate._legend.y() == below
    spot = state_of(page).stage.sheet("back").of_code["BL40"][0]
    QTest.mouseMove(plate.map.viewport(), plate.map.spot_pixel(spot).toPoint())
    assert plate.about.text() == "BL40 Wěizhōng: not asked yet"
    QTest.mouseMove(plate.map.viewport(), QPoint(3, 3))
    assert plate.about.text() == hint


def test_keys_name_points_and_zoom(page: ProgressView) -> None:
    body = page.mastery.map
    body.setFocus()
    QTest.keyClick(body, Qt.Key.Key_Down)
    first = body.current
    assert first is not None
    QTest.keyClick(body, Qt.Key.Key_Down)
    assert body.current is not None
    sheet = state_of(page).stage.sheet("back")
    assert sheet.spots[body.current].y > sheet.spots[first].y
    assert page.mastery.about.text().startswith(sheet.spots[body.current].code)
    whole = body._scale()
    QTest.keyClick(body, Qt.Key.Key_Plus)
    assert body._scale() == pytest.approx(1.5 * whole)
    QTest.keyClick(body, Qt.Key.Key_0)
    assert body._scale() == pytest.approx(whole)


def test_the_map_follows_what_was_learnt_until_one_is_chosen(page: ProgressView) -> None:
    assert page.mastery.maps.currentData() == "back"
    hands = History(Schedule(UTC), [review("recall:LI4", 0), review("recall:LI3", 0)])
    page.show_history(hands, NOW)
    assert page.mastery.maps.currentData() == "hand_dorsum"
    choose(page.mastery.maps, "Front")
    page.show_history(studied(), NOW)
    assert page.mastery.maps.currentData() == "front"
    assert page.mastery.map._map is state_of(page).stage.body.maps["front"]


# -- the page ------------------------------------------------------------------------------


def test_the_wheel_scrolls_the_page_everywhere(page: ProgressView) -> None:
    bar = page.area.verticalScrollBar()
    pictures = page.findChildren(Plot) + page.findChildren(MasteryMap)
    choices = page.findChildren(Choice)
    assert (len(pictures), len(choices)) == (7, 5)
    looks = [picture.viewRect() for picture in pictures]
    widgets: list[QWidget] = [*pictures, *choices]
    for widget in widgets:
        page.area.ensureWidgetVisible(widget)
        before = bar.value()
        wheel(page, widget)
        assert bar.value() != before, widget
    assert [picture.viewRect() for picture in pictures] == looks
    assert [choice.currentIndex() for choice in choices[1:]] == [0] * 4
    assert page.mastery.maps.currentData() == "back"


def test_ctrl_and_wheel_bring_the_body_closer(page: ProgressView) -> None:
    body = page.mastery.map
    whole, place = body._scale(), page.area.verticalScrollBar().value()
    wheel(page, body, Qt.KeyboardModifier.ControlModifier)
    assert body._scale() != pytest.approx(whole)
    assert page.area.verticalScrollBar().value() == place


def test_plots_stay_still_and_have_no_menu(page: ProgressView) -> None:
    for plot in page.findChildren(Plot):
        before = plot.getViewBox().viewRange()
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.RightButton)
        assert QApplication.activePopupWidget() is None
        here = plot.viewport().rect().center()
        for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            QTest.mousePress(plot.viewport(), button, pos=here)
            QTest.mouseMove(plot.viewport(), here + QPoint(40, 30))
            QTest.mouseRelease(plot.viewport(), button, pos=here + QPoint(40, 30))
        assert plot.getViewBox().viewRange() == before
        assert not plot.getPlotItem().autoBtn.isVisible()


def accent_in(page: ProgressView) -> bool:
    image = page.forecast.grab().toImage()
    accent = QColor(state_of(page).theme.accent)
    place = page.forecast.getViewBox().mapViewToScene(QPointF(0, 0.5)).toPoint()
    return bool(image.pixelColor(place) == accent)


def test_another_theme_draws_everything_anew(page: ProgressView) -> None:
    for name in ("dark", "projector", "light"):
        state_of(page).set_theme(name)
        assert accent_in(page)
        assert all(plot.theme.name == name for plot in page.findChildren(Plot))
        assert page.mastery.map._theme.name == name
    page.hide()
    state_of(page).set_theme("dark")
    assert page.forecast.theme is THEMES["light"]
    page.show()
    assert page.forecast.theme is THEMES["dark"]


def test_type_and_pictures_grow_while_presenting(page: ProgressView) -> None:
    before, text = page.meridians.height(), page.days.font().pointSizeF()
    page.setStyleSheet("QLabel { color: black; }")  # under one, fonts are not inherited
    state_of(page).set_presenting(True)
    assert page.days.font().pointSizeF() == pytest.approx(1.35 * text)
    assert page.meridians.height() > 1.25 * before
    assert page.misses.plot.em > 1.25 * QFontMetricsF(QApplication.font()).height()
    state_of(page).set_presenting(False)
    assert page.meridians.height() == before


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [(800, 600), (1280, 800), (1920, 1080)])
@pytest.mark.parametrize("presenting", [False, True])
def test_nothing_is_cut_or_wider_than_the_window(
    open_view: Open, size: tuple[int, int], theme: str, presenting: bool
) -> None:
    page = open_view(studied(), theme, size, View(presenting=presenting))
    room = page.area.viewport().width()
    assert page._page.width() == room
    for plate in page.plates.values():
        place = plate.mapTo(page._page, QPoint(0, 0))
        assert place.x() >= 0
        assert place.x() + plate.width() <= room
        assert plate.width() >= plate.minimumSizeHint().width()
        assert plate.height() >= plate.minimumSizeHint().height()
    for plot in (page.meridians, page.regions, page.forecast, page.retention):
        assert plot.getViewBox().width() >= 12 * plot.em
        assert_apart(plot)


def assert_apart(plot: Plot) -> None:
    """No two words below an axis touch."""
    metrics = QFontMetricsF(plot.small_font())
    spans = []
    for value, text in plot.getAxis("bottom")._tickLevels[0]:
        middle = plot.getViewBox().mapViewToScene(QPointF(value, 0)).x()
        wide = max(metrics.horizontalAdvance(line) for line in text.split("\n"))
        spans.append((middle - wide / 2, middle + wide / 2))
    assert all(right < left for (_, right), (left, _) in pairwise(spans))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("days", [[0, 7, 14, 150, 157, 164], [*range(0, 175, 7)], [*range(700)]])
def test_days_at_an_axis_never_touch(open_view: Open, days: list[int], theme: str) -> None:
    found = History(Schedule(UTC), [review("recall:BL23", day - 700) for day in (-9, *days)])
    page = open_view(found, theme, (800, 600), View(presenting=True))
    assert len(written(page.retention, "bottom")) >= 2
    assert_apart(page.retention)
    first = "Jun 2023" if len(days) == 700 else "5 Jun"
    assert written(page.retention, "bottom")[0] == first


def test_a_wide_window_has_two_columns(page: ProgressView) -> None:
    def lefts() -> set[int]:
        QApplication.processEvents()
        return {plate.mapTo(page, QPoint(0, 0)).x() for plate in page.plates.values()}

    assert len(lefts()) == 2
    page.resize(800, 600)
    assert len(lefts()) == 1
    page.resize(1280, 800)
    assert len(lefts()) == 2


def test_another_edition_is_shown_with_the_same_answers(
    qtbot: QtBot, page: ProgressView, tiny_folder: Path
) -> None:
    state_of(page).set_stage(Stage(open_edition(tiny_folder)))
    settle(qtbot, page)
    assert "Of 3 points you know 0" in page.mastery.sentence
    assert page.mastery.maps.currentText() == "Mini"
    assert written(page.meridians, "left") == ["Governor Vessel GV"]
    assert page.misses.sentence.startswith("8 more clicks")


def test_nothing_is_drawn_before_there_is_a_history(open_view: Open) -> None:
    page = open_view()
    assert not any(plate.isVisible() for plate in page.plates.values())
    assert page.days.text() == ""


OPENS_A_WINDOW = """
import sys
from atlas.ui.app import open_window
application, window, session = open_window(None)
window.show()
application.processEvents()
study = ("atlas.study.progress", "atlas.study.schedule", "atlas.ui.study.progress", "fsrs")
print([name in sys.modules for name in study])
import atlas.ui.study.progress
print([name in sys.modules for name in study])
window.close()
"""


def test_opening_the_window_imports_nothing_of_study() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPENS_A_WINDOW], capture_output=True, text=True, check=True
    )
    before, after = done.stdout.splitlines()
    assert before == str([False] * 4)
    assert after == str([True] * 4)
