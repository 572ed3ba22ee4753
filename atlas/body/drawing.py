"""The drawing of a body map, recoloured for a theme; no Qt.

A theme recolours by one tone curve over all colours of the drawing, from paper to ink, so
that shading keeps its place between them. Bones have a curve of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from atlas.problems import AtlasError

RGB = tuple[int, int, int]
_COLOUR = re.compile(rb"#[0-9A-Fa-f]{6}")
_BONES = b'<g id="bones"'


class ToneCurve(NamedTuple):
    """Colours at ascending lightness (0 to 1); between them they are mixed."""

    stops: Sequence[tuple[float, RGB]]

    def at(self, lightness: float) -> RGB:
        """The colour for a lightness."""
        keys = [key for key, _ in self.stops]
        i = bisect_right(keys, lightness)
        if i in (0, len(keys)):
            return self.stops[min(i, len(keys) - 1)][1]
        (low, a), (high, b) = self.stops[i - 1], self.stops[i]
        part = (lightness - low) / (high - low)
        r, g, blue = (round(p + (q - p) * part) for p, q in zip(a, b, strict=True))
        return r, g, blue


class Tones(NamedTuple):
    """How a theme colours drawings; None leaves a part as it was drawn."""

    body: ToneCurve | None = None
    bones: ToneCurve | None = None


def parse_colour(text: str) -> RGB:
    """`#RRGGBB` as numbers."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def lightness(colour: RGB) -> float:
    """Perceived lightness of a colour, 0 to 1 (Rec. 601 luma)."""
    r, g, b = colour
    return (0.299 * r + 0.587 * g + 0.114 * b) / 255


def themed(svg: bytes, tones: Tones, *, bones: bool) -> bytes:
    """A drawing in the colours of a theme, with or without its bones."""
    start = svg.find(_BONES)
    end = svg.rfind(b"</svg>")
    if start < 0 or end < start:
        raise AtlasError("the drawing has no group bones before its end")
    body = _recoloured(svg[:start], tones.body)
    return body + (_recoloured(svg[start:end], tones.bones) if bones else b"") + b"</svg>"


def _recoloured(svg: bytes, curve: ToneCurve | None) -> bytes:
    if curve is None:
        return svg
    known: dict[bytes, bytes] = {}

    def replace(match: re.Match[bytes]) -> bytes:
        colour = match[0]
        if colour not in known:
            rgb = curve.at(lightness(parse_colour(colour.decode())))
            known[colour] = b"#%02X%02X%02X" % rgb
        return known[colour]

    return _COLOUR.sub(replace, svg)
