"""From which end of a ruler the location statement of a point counts."""

from __future__ import annotations

import math
import re

from atlas.body.placement import Locator
from atlas.catalog.point import Placement

_TOLD = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?) cun\b(?: straight)? ?(\w*)")
_OWN_CUN = re.compile(r"\d ?cun\b")
_SAME = {"above": "superior", "proximal": "superior", "below": "inferior", "distal": "inferior"}
LENGTHWISE = {"superior": 1, "inferior": -1}
STEEP = 0.5  # cosine from which a way leads up or down; a raised arm lies across


def counts_from_last(location: str, placement: Placement, locator: Locator) -> bool:
    """Whether a statement counts along a placement's ruler from the ruler's last landmark.

    It does where it tells what is left of the ruler, and not what the placement counts.
    """
    ruler = locator.map.rulers.get(placement.along or "")
    if ruler is None or ruler.cun is None or placement.cun is None:
        return False
    # A landmark that is found in cun itself is none that a statement counts from: BL6 lies 2.5 cun
    # above the hairline, and by chance 2.5 cun before the place 5 cun above the hairline.
    if _OWN_CUN.search(locator.title(ruler.through[-1])):
        return False
    told, left = _told(location, placement), round(ruler.cun - placement.cun, 6)
    half_way = left == placement.cun
    if not half_way and placement.cun in {cun for cun, _ in told}:
        return False
    least = STEEP if half_way else -STEEP  # half way only the direction tells the ends apart
    return any(
        (left, way) in told and _upward(locator, placement) * sign > least
        for way, sign in LENGTHWISE.items()
    )


def _told(location: str, placement: Placement) -> set[tuple[float, str]]:
    """The cun of a statement with the word after each, without what the shifts stand for.

    ST19 is 2 cun lateral, which are not the 2 cun from the xiphoid to its level.
    """
    told = {(float(cun), _SAME.get(word, word)) for cun, word in _TOLD.findall(location)}
    return told - {(cun, _SAME.get(name, name)) for name, cun in placement.shifts}


def _upward(locator: Locator, placement: Placement) -> float:
    """How the way from a ruler's last landmark leads: 1 up, -1 down, 0 across or not known."""
    line, ways = locator.from_last(placement).line, locator.map.directions
    (x0, y0), (x, y) = line[0], line[-1]
    up = ways.get("superior", ways.get("proximal", (0.0, 0.0)))
    size = math.dist(line[0], line[-1]) * math.hypot(*up)
    return ((x - x0) * up[0] + (y - y0) * up[1]) / size if size else 0.0
