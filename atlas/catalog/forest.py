"""What a forest plot shows: results of studies on a common axis, grouped by comparison.

Mean differences are shown as points of 100, whatever the length of their scale, so that a
scale of 10 and one of 100 can stand in one picture. Left of the line acupuncture did better.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from atlas.catalog.guidance import Against, Comparison, Evidence, Measure, Study
from atlas.catalog.model import Catalogue

AXIS_LENGTH = 100
AGAINST: dict[Against, str] = {
    "sham": "Against sham",
    "no_treatment": "Against no treatment",
    "usual_care": "Against usual care",
    "medication": "Against medication",
    "other_treatment": "Against other treatment",
    "mixed_controls": "Against mixed controls",
}
OUTCOMES: dict[str, str] = {
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
USUAL = "chronic"  # the population that a row need not name


class Row(NamedTuple):
    """One result: where it lies on the axis, and what the record states."""

    study: Study
    comparison: Comparison
    short: str  # name of the study
    detail: str  # when it measured, in which arm
    whom: str  # it studied, where that is not chronic low back pain
    effect: float  # negative where acupuncture did better
    low: float
    high: float
    printed: str
    share: float | None  # of the people of the largest comparison on the page

    @property
    def name(self) -> str:
        """The study with time, arm and people, in one line."""
        return ", ".join(filter(None, (self.short, self.detail, self.whom)))


class Group(NamedTuple):
    """Results against the same thing, the newest study first."""

    title: str
    rows: tuple[Row, ...]


class Panel(NamedTuple):
    """One axis with its groups; `sign` turns a value so that the better side is left."""

    measure: Measure
    axis: str
    sign: int
    groups: tuple[Group, ...]


def panels(catalogue: Catalogue, outcome: str) -> list[Panel]:
    """The panels of an outcome: one for each measure, and for each direction of a ratio."""
    every, found = list(_rows(catalogue, outcome)), []
    for measure, axis in _AXES.items():
        of_measure = [row for row in every if row.comparison.measure == measure]
        signs = {_sign(row.comparison) for row in of_measure} if measure == "RR" else {1}
        for sign in sorted(signs):
            rows = [r for r in of_measure if measure != "RR" or _sign(r.comparison) == sign]
            if rows:
                found.append(Panel(measure, axis, sign, _groups(rows)))
    return found


def _groups(rows: list[Row]) -> tuple[Group, ...]:
    groups = (
        Group(title, tuple(row for row in rows if row.comparison.against == against))
        for against, title in AGAINST.items()
    )
    return tuple(group for group in groups if group.rows)


def not_drawn(evidence: Evidence, outcome: str) -> list[tuple[Study, Comparison]]:
    """Results that have no place on an axis, because the source does not name their scale."""
    return [
        (study, comparison)
        for study, comparison in _comparisons(evidence, outcome)
        if _scale(comparison) is None
    ]


def without_figure(evidence: Evidence, outcome: str) -> dict[str, list[Study]]:
    """Studies that compared without a figure that could be read, by what they were against."""
    studies = [
        (study, against)
        for study in _newest_first(evidence)
        for name, against in study.without_figure.items()
        if name == outcome
    ]
    found = {
        title: [study for study, kinds in studies if against in kinds]
        for against, title in AGAINST.items()
    }
    found["Without a control group"] = [study for study, kinds in studies if not kinds]
    return {title: listed for title, listed in found.items() if listed}


def printed(comparison: Comparison) -> str:
    """A result as its record states it: `−10.26 (−17.11 to −3.40)`."""
    effect, low, high = same_decimals(comparison.effect, *comparison.interval)
    return f"{effect} ({low} to {high}){_of(comparison)}"


def same_decimals(*values: float) -> list[str]:
    """Numbers with as many decimals as the longest of them has, and with a true minus."""
    exponents = [Decimal(repr(float(value))).normalize().as_tuple().exponent for value in values]
    digits = max(-exponent if isinstance(exponent, int) else 0 for exponent in (0, *exponents))
    return [
        ("−" if value < 0 else "") + f"{abs(value):,.{digits}f}".replace(",", "\u202f")
        for value in values
    ]


def population(catalogue: Catalogue, name: str) -> str:
    """Whom a study was about, in words."""
    if name == "chronic_pain":
        return "chronic pain of several places"
    kind, _, aside = catalogue.titles[name].partition(" (")
    kind = kind[:1].lower() + kind[1:]
    if any(term.id == name for term in catalogue.back_pain.types):
        kind += " back pain"
    return f"{kind} ({aside}" if aside else kind


def name_parts(catalogue: Catalogue, study: Study, comparison: Comparison) -> tuple[str, str, str]:
    """A result's name: of the study, its time and arm, and whom it is about if that is unusual."""
    short = catalogue.source_by_id[study.source].short
    return short, _detail(study, comparison), _whom(catalogue, study, comparison)


def _whom(catalogue: Catalogue, study: Study, comparison: Comparison) -> str:
    if comparison.whom or study.population == USUAL:
        return comparison.whom
    if study.population == "chronic_pain":
        return "several places"
    return population(catalogue, study.population).removesuffix(" back pain")


def _rows(catalogue: Catalogue, outcome: str) -> Iterator[Row]:
    drawn = [
        (study, comparison, scale)
        for study, comparison in _comparisons(catalogue.evidence, outcome)
        if (scale := _scale(comparison)) is not None
    ]
    people = [c.participants for _, c, _ in drawn if c.participants]
    for study, comparison, scale in drawn:
        low, high = sorted(_placed(value, comparison, scale) for value in comparison.interval)
        yield Row(
            study, comparison, *name_parts(catalogue, study, comparison),
            effect=_placed(comparison.effect, comparison, scale), low=low, high=high,
            printed=printed(comparison),
            share=_share(comparison.participants, people),
        )  # fmt: skip


def _detail(study: Study, comparison: Comparison) -> str:
    """Time and arm of a result; its scale too where only that tells it from another."""
    alike = [
        other
        for other in study.comparisons
        if (other.against, other.outcome, other.measure, other.time, other.arm)
        == (comparison.against, comparison.outcome, comparison.measure, comparison.time,
            comparison.arm)
    ]  # fmt: skip
    scale = comparison.scale.partition(" 0 to ")[0] if len(alike) > 1 else ""
    return ", ".join(filter(None, (comparison.time, comparison.arm, scale)))


def _share(people: int | None, all_people: list[int]) -> float | None:
    """Where a number lies between the least and the most of the page."""
    if people is None:
        return None
    return people / max(all_people)


def _newest_first(evidence: Evidence) -> list[Study]:
    return sorted(evidence.studies, key=lambda study: -study.year)


def _comparisons(evidence: Evidence, outcome: str) -> Iterator[tuple[Study, Comparison]]:
    for study in _newest_first(evidence):
        for comparison in study.comparisons:
            if comparison.outcome == outcome:
                yield study, comparison


def _scale(comparison: Comparison) -> float | None:
    """What a value is multiplied by to stand on its axis; None where that is not known."""
    if comparison.measure != "MD":
        return 1.0
    return AXIS_LENGTH / comparison.out_of if comparison.out_of else None


def _sign(comparison: Comparison) -> int:
    return -1 if comparison.better == "higher" else 1


def _placed(value: float, comparison: Comparison, scale: float) -> float:
    """A value on its axis: better for acupuncture is left; ratios go by their logarithm."""
    value = math.log(value) if comparison.measure == "RR" else value * scale
    return _sign(comparison) * value


def _of(comparison: Comparison) -> str:
    """The length of a scale that is not the axis's own."""
    out_of = comparison.out_of
    return f" of {out_of:g}" if out_of and out_of != AXIS_LENGTH else ""
