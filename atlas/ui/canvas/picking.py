"""Which point a click or the cursor means."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from atlas.scene import MapScene

PICK = 24.0  # pixels around a click in which the nearest marker wins
TOUCHING = 11.0  # pixels: markers that lie under the cursor together
SAME_PLACE = 4.0  # pixels between clicks that count as repeated

Near = list[tuple[int, float]]


def pickable(scene: MapScene, place: QPointF, scale: float, radius: float) -> Near:
    """The spots around a place by distance, as (spot, pixels); `scale` is pixels per unit.

    Matching ones, and where there is none the faint ones, unless those are not shown.
    """
    if not scene.sheet.spots:
        return []
    every = np.ones(len(scene.visible), bool)
    for among in (scene.visible, every):
        near = scene.sheet.nearest(place.x(), place.y(), among)
        found = [(i, distance * scale) for i, distance in near if distance * scale <= radius]
        if found or scene.view.presenting:
            return found
    return []


def touched(near: Near) -> list[int]:
    """The spots that lie under the cursor together, else the nearest one."""
    under = [i for i, distance in near if distance <= TOUCHING]
    return under or [i for i, _ in near[:1]]


class Clicks:
    """Remembers the last click, so that repeated ones go round what lies under the cursor."""

    def __init__(self) -> None:
        self._last: tuple[QPointF, list[int]] | None = None

    def forget(self) -> None:
        """The next click is a first one."""
        self._last = None

    def chosen(self, pixel: QPointF, under: list[int], selected: int | None) -> int:
        """The nearest spot, or at a repeated click the one after the selected one."""
        if self._last is not None and selected in under:
            place, earlier = self._last
            if earlier == under and (place - pixel).manhattanLength() <= SAME_PLACE:
                return under[(under.index(selected) + 1) % len(under)]
        self._last = (pixel, under)
        return under[0]
