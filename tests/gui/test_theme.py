"""Contrast after WCAG 2.2 AA, and the guard against a Qt that loses references."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from atlas.body.drawing import lightness, parse_colour
from atlas.catalog.model import Catalogue
from atlas.edition import Edition
from atlas.ui.theme import THEMES, Theme, contrast

BODY = ("#F1E4D6", "#E9D7C6", "#E3CEBA")  # skin, lit and shaded, as the maps draw it


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return THEMES[request.param]


def body_colours(theme: Theme) -> list[str]:
    curve = theme.tones.body
    if curve is None:
        return list(BODY)
    mapped = (curve.at(lightness(parse_colour(colour))) for colour in BODY)
    return [QColor(*rgb).name() for rgb in mapped]


def test_text_can_be_read_everywhere(theme: Theme) -> None:
    grounds = (theme.panel, theme.canvas, theme.soft, theme.chip)
    for ground in grounds:
        assert contrast(theme.text, ground) >= 7
        assert contrast(theme.muted, ground) >= 4.5
    for ground in (theme.panel, theme.canvas, theme.soft):
        assert contrast(theme.accent, ground) >= 4.5
    assert contrast(theme.danger, theme.danger_soft) >= 4.5
    assert contrast(theme.text, theme.danger_soft) >= 7
    assert contrast(theme.accent, theme.danger_soft) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5


def test_markers_stand_out_from_the_body_and_the_lists(theme: Theme, edition: Edition) -> None:
    catalogue: Catalogue = edition.catalogue
    for meridian in catalogue.meridians:
        colour = theme.colour(meridian.code)
        for ground in (*body_colours(theme), theme.panel, theme.canvas):
            assert contrast(colour, ground) >= 3, (meridian.code, ground)


def test_labels_can_be_read_on_the_body(theme: Theme) -> None:
    for ground in body_colours(theme):
        assert contrast(theme.text, ground) >= 4.5
        assert contrast(theme.accent, ground) >= 3


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.01)


def test_qt_returns_none_without_losing_a_reference() -> None:
    """PySide6 6.12.0 on Python 3.11 loses one reference to None a call, and aborts."""
    parent, child = QObject(), QObject()
    colour = QColor()
    before = sys.getrefcount(None)
    for _ in range(1000):
        child.setParent(parent)
        parent.parent()
        colour.setRed(3)
    assert abs(sys.getrefcount(None) - before) < 500
