"""Where the marks of an axis stand, and what is written at them."""

from __future__ import annotations

import math
from collections.abc import Iterator

MOST = 8
_RATIOS = ((1, 1.1, 1.25, 1.5, 2, 3, 5, 7), (1, 1.5, 2, 3, 5, 7), (1, 2, 5), (1,))  # per decade


def of_differences(low: float, high: float) -> list[tuple[float, str]]:
    """Marks in steps of 1, 2 or 5; their sides are told beside the axis, so none has a sign."""
    step = _step(high - low)
    return [
        (i * step, f"{abs(i) * step:g}")
        for i in range(math.ceil(low / step), math.floor(high / step) + 1)
    ]


def of_ratios(low: float, high: float, sign: int) -> list[tuple[float, str]]:
    """Marks at round ratios on an axis of their logarithms, which `sign` may turn round."""
    found: list[tuple[float, str]] = []
    for ladder in _RATIOS:
        found = [
            (sign * math.log(ratio), f"{ratio:g}")
            for ratio in _round_ratios(ladder, *sorted((sign * low, sign * high)))
        ]
        if len(found) <= MOST:
            break
    return sorted(found)


def _step(span: float) -> float:
    """The smallest step of 1, 2 or 5 of a power of ten that leaves few marks."""
    power: float = 10 ** math.floor(math.log10(span / MOST))
    return next(step for n in (1, 2, 5, 10, 20) if span / (step := n * power) <= MOST)


def _round_ratios(ladder: tuple[float, ...], low: float, high: float) -> Iterator[float]:
    first, last = (math.floor(end / math.log(10)) for end in (low, high))
    for power in range(first, last + 1):
        for step in ladder:
            ratio = step * 10**power
            if low <= math.log(ratio) <= high:
                yield ratio
