"""Sets of points as bit masks over the catalogue: bit i is point i."""

from __future__ import annotations

from collections.abc import Iterator

Mask = int


def members(mask: Mask) -> Iterator[int]:
    """The catalogue positions in a mask, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
