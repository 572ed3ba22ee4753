"""Labels of points: as many as there is room for, never over each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

CELL = 4  # pixels; the resolution at which room is looked for
LIMIT = 160  # labels at the most; more is noise
EXAMINED = 700  # spots looked at for a label


class Placed(NamedTuple):
    """A label with the top left corner of its text, in pixels."""

    spot: int
    x: float
    y: float


class Room:
    """Which parts of the canvas are taken, in cells."""

    def __init__(self, width: float, height: float) -> None:
        self.columns, self.rows = int(width) // CELL + 1, int(height) // CELL + 1
        self._taken: npt.NDArray[np.bool_] = np.zeros((self.rows, self.columns), bool)

    def take(self, x: float, y: float, width: float, height: float) -> None:
        """Take a rectangle."""
        self._taken[self._slices(x, y, width, height)] = True

    def take_marks(self, xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64]) -> None:
        """Take a small square around each marker."""
        columns = np.clip((xs / CELL).astype(int), 1, self.columns - 2)
        rows = np.clip((ys / CELL).astype(int), 1, self.rows - 2)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                self._taken[rows + dy, columns + dx] = True

    def is_free(self, x: float, y: float, width: float, height: float) -> bool:
        """Whether a rectangle lies inside and touches nothing that is taken."""
        if x < 0 or y < 0 or x + width > self.columns * CELL or y + height > self.rows * CELL:
            return False
        return not self._taken[self._slices(x, y, width, height)].any()

    @staticmethod
    def _slices(x: float, y: float, width: float, height: float) -> tuple[slice, slice]:
        rows = slice(max(0, int(y) // CELL), max(0, int(y + height) // CELL + 1))
        columns = slice(max(0, int(x) // CELL), max(0, int(x + width) // CELL + 1))
        return rows, columns


def place_labels(
    order: Iterable[int],
    xs: npt.NDArray[np.float64],
    ys: npt.NDArray[np.float64],
    widths: Mapping[int, float],
    height: float,
    room: Room,
    gap: float = 10,
) -> list[Placed]:
    """Find room for labels, the first of `order` first: right, left, above, below.

    `xs` and `ys` are the markers in pixels, `widths` the widths of the labels by spot.
    """
    placed: list[Placed] = []
    for examined, spot in enumerate(order):
        if len(placed) == LIMIT or examined == EXAMINED:
            break
        x, y, width = float(xs[spot]), float(ys[spot]), widths[spot]
        for left, top in (
            (x + gap, y - height / 2),
            (x - gap - width, y - height / 2),
            (x - width / 2, y - gap - height),
            (x - width / 2, y + gap),
        ):
            if room.is_free(left, top, width, height):
                room.take(left, top, width, height)
                placed.append(Placed(spot, left, top))
                break
    return placed
