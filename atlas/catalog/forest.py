"""What a forest plot shows: results of studies on a common axis, grouped by comparison.

Mean differences are shown as points of 100, whatever the length of their scale, so that a
scale of 10 and one of 100 can stand in one picture. Left of the line acupuncture did better.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from atlas.catalog.guidance import Comparison, Evidence, Measure, Outcome, Study
from atlas.catalog.model import Catalogue

AXIS_LENGTH = 100
AGAINST = {
    "sham": "Against sham",
    "no_treatment": "Against no treatment",
    "usual_care": "Against usual care",
    "medication": "Against medication",
    "other_treatment": "Against mixed controls",
}
OUTCOMES: dict[Outcome, str] = {
    "pain": "Pain",
    "function": "Function",
    "quality_of_life": "Quality of life",
    "improvement": "Improvement",
}
_AXES: dict[Measure, str] = {
    "MD": "points of 100",
    "SMD": "standard deviations",
    "RD": "percentage points",
    "RR": "risk ratio",
}


class Row(NamedTuple):
    """One result: where it lies on the axis, and what the source prints."""

    study: Study
    comparison: Comparison
    name: str  # of the study, and when it measured
    effect: float  # negative where acupuncture did better
    low: float
    high: float
    printed: str


class Group(NamedTuple):
    """Results against the same thing, the oldest last."""

    title: str
    rows: tuple[Row, ...]


class Panel(NamedTuple):
    """One axis with its groups."""

    measure: Measure
    axis: str
    groups: tuple[Group, ...]


def panels(catalogue: Catalogue, outcome: Outcome) -> list[Panel]:
    """The panels of an outcome, one for each kind of measure that occurs."""
    found = []
    for measure, axis in _AXES.items():
        rows = [row for row in _rows(catalogue, outcome) if row.comparison.measure == measure]
        groups = tuple(
            Group(title, tuple(row for row in rows if row.comparison.against == against))
            for against, title in AGAINST.items()
        )
        if rows:
            found.append(Panel(measure, axis, tuple(group for group in groups if group.rows)))
    return found


def not_drawn(evidence: Evidence, outcome: Outcome) -> list[tuple[Study, Comparison]]:
    """Results that have no place on an axis, because the source does not name their scale."""
    return [
        (study, comparison)
        for study, comparison in _comparisons(evidence, outcome)
        if _scale(comparison) is None
    ]


def printed(comparison: Comparison) -> str:
    """A result as its source prints it: `−10.26 (−17.11 to −3.40)`."""
    low, high = comparison.interval
    return f"{_number(comparison.effect)} ({_number(low)} to {_number(high)}){_of(comparison)}"


def _rows(catalogue: Catalogue, outcome: Outcome) -> Iterator[Row]:
    for study, comparison in _comparisons(catalogue.evidence, outcome):
        scale = _scale(comparison)
        if scale is None:
            continue
        low, high = sorted(_placed(value, comparison, scale) for value in comparison.interval)
        effect = _placed(comparison.effect, comparison, scale)
        source = catalogue.source_by_id[study.source]
        name = f"{source.short}, {comparison.time}"
        yield Row(study, comparison, name, effect, low, high, printed(comparison))


def _comparisons(evidence: Evidence, outcome: Outcome) -> Iterator[tuple[Study, Comparison]]:
    for study in sorted(evidence.studies, key=lambda study: -study.year):
        for comparison in study.comparisons:
            if comparison.outcome == outcome:
                yield study, comparison


def _scale(comparison: Comparison) -> float | None:
    """What a value is multiplied by to stand on its axis; None where that is not known."""
    if comparison.measure != "MD":
        return 1.0
    return AXIS_LENGTH / comparison.out_of if comparison.out_of else None


def _placed(value: float, comparison: Comparison, scale: float) -> float:
    """A value on its axis: better for acupuncture is left; ratios go by their logarithm."""
    value = math.log(value) if comparison.measure == "RR" else value * scale
    return -value if comparison.better == "higher" else value


def _of(comparison: Comparison) -> str:
    """The length of a scale that is not the axis's own."""
    out_of = comparison.out_of
    return f" of {out_of:g}" if out_of and out_of != AXIS_LENGTH else ""


def _number(value: float) -> str:
    digits = f"{abs(value):.2f}".removesuffix("0")
    return f"−{digits}" if value < 0 else digits
