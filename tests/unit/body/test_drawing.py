"""Drawings in the colours of a theme."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.body.drawing import ToneCurve, Tones, lightness, parse_colour, themed
from atlas.edition import Edition
from atlas.problems import AtlasError

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><g id="silhouette"><path fill="#FFFFFF" '
    b'stroke="#000000"/><path fill="#ffffff"/></g>\n<g id="bones"><path fill="#808080"/></g>\n'
    b"</svg>\n"
)
NIGHT = ToneCurve([(0.0, (240, 230, 220)), (0.5, (100, 100, 100)), (1.0, (10, 20, 30))])
RED = ToneCurve([(0.0, (200, 0, 0)), (1.0, (200, 0, 0))])


def test_colours_as_numbers() -> None:
    assert parse_colour("#01fFa0") == (1, 255, 160)


def test_lightness() -> None:
    assert lightness((0, 0, 0)) == 0
    assert lightness((255, 255, 255)) == pytest.approx(1)
    assert lightness((0, 255, 0)) == pytest.approx(0.587)
    assert lightness((255, 0, 0)) > lightness((0, 0, 255))


def test_a_curve_at_its_stops_between_and_beyond() -> None:
    assert NIGHT.at(0) == (240, 230, 220)
    assert NIGHT.at(1) == (10, 20, 30)
    assert NIGHT.at(0.5) == (100, 100, 100)
    assert NIGHT.at(0.75) == (55, 60, 65)
    short = ToneCurve([(0.4, (4, 4, 4)), (0.6, (6, 6, 6))])
    assert short.at(0.1) == (4, 4, 4)
    assert short.at(0.9) == (6, 6, 6)


@given(a=st.floats(0, 1), b=st.floats(0, 1))
def test_a_falling_curve_never_rises(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert all(p >= q for p, q in zip(NIGHT.at(low), NIGHT.at(high), strict=True))


def test_without_tones_and_with_bones_nothing_changes() -> None:
    assert themed(SVG, Tones(), bones=True) == SVG.rstrip()


def test_the_body_is_recoloured_by_its_curve_alone() -> None:
    drawn = themed(SVG, Tones(body=NIGHT), bones=True)
    assert drawn.count(b"#0A141E") == 2
    assert b"#F0E6DC" in drawn
    assert b"#808080" in drawn


def test_bones_have_their_own_curve() -> None:
    drawn = themed(SVG, Tones(bones=RED), bones=True)
    assert b'<g id="bones"><path fill="#C80000"/>' in drawn
    assert b"#FFFFFF" in drawn


def test_without_bones() -> None:
    drawn = themed(SVG, Tones(), bones=False)
    assert b"bones" not in drawn
    assert [group.get("id") for group in ET.fromstring(drawn)] == ["silhouette"]


@pytest.mark.parametrize("svg", [b"<svg></svg>", b'<svg><g id="bones"></g>', b""])
def test_a_drawing_without_bones_or_end(svg: bytes) -> None:
    with pytest.raises(AtlasError, match="no group bones"):
        themed(svg, Tones(), bones=True)


@pytest.mark.parametrize("bones", [True, False])
def test_every_shipped_drawing_stays_well_formed(edition: Edition, bones: bool) -> None:
    for map_id, body_map in edition.body.maps.items():
        svg = edition.drawing(map_id).read_bytes()
        root = ET.fromstring(themed(svg, Tones(NIGHT, RED), bones=bones))
        ids = [group.get("id") for group in root]
        assert ("bones" in ids) == bones, map_id
        box = [float(part) for part in root.attrib["viewBox"].split()]
        assert box == list(body_map.frame), map_id
