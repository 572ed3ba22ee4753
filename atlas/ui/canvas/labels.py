"""Labels of points: as many as there is room for, never over each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from atlas.scene import Floats

CELL = 4  # pixels; the resolution at which room is looked for
LIMIT = 140  # labels at the most; more is noise
EXAMINED = 500  # spots looked at for a label


class Placed(NamedTuple):
    """A label with the top left corner of its text, in pixels."""

    spot: int
    x: float
    y: float


class Room:
    """Which parts of the canvas are taken, in cells: a bit mask for each row of them."""

    def __init__(self, width: float, height: float) -> None:
        self.columns, self.rows = int(width) // CELL + 1, int(height) // CELL + 1
        self._taken = [0] * self.rows

    def take(self, x: float, y: float, width: float, height: float) -> None:
        """Take a rectangle."""
        mask = self._mask(x, width)
        for row in range(max(0, int(y) // CELL), min(self.rows, int(y + height) // CELL + 1)):
            self._taken[row] |= mask

    def take_marks(self, xs: Floats, ys: Floats) -> None:
        """Take a small square around each marker."""
        grid = np.zeros((self.rows + 2, self.columns + 2), bool)
        rows = np.clip((ys / CELL).astype(int), 0, self.rows - 1)
        columns = np.clip((xs / CELL).astype(int), 0, self.columns - 1)
        for down in (0, 1, 2):
            for right in (0, 1, 2):
                grid[rows + down, columns + right] = True
        packed = np.packbits(grid[1:-1, 1:-1], axis=1, bitorder="little")
        for row, taken in enumerate(packed):
            self._taken[row] |= int.from_bytes(taken.tobytes(), "little")

    def is_free(self, x: float, y: float, width: float, height: float) -> bool:
        """Whether a rectangle lies inside and touches nothing that is taken."""
        last = int(y + height) // CELL
        if x < 0 or y < 0 or last >= self.rows or x + width > self.columns * CELL:
            return False
        mask = self._mask(x, width)
        taken = 0
        for row in self._taken[int(y) // CELL : last + 1]:
            taken |= row
        return not taken & mask

    @staticmethod
    def _mask(x: float, width: float) -> int:
        first, last = max(0, int(x) // CELL), max(0, int(x + width) // CELL)
        return ((1 << (last - first + 1)) - 1) << first


def place_labels(
    order: Iterable[int],
    xs: Floats,
    ys: Floats,
    widths: Mapping[int, float],
    height: float,
    room: Room,
    gap: float = 10,
) -> list[Placed]:
    """Find room for labels, the first of `order` first: right, left, above, below.

    `xs` and `ys` are the markers in pixels, `widths` the widths of the labels by spot.
    """
    placed: list[Placed] = []
    for spot in order:
        if len(placed) == LIMIT:
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
