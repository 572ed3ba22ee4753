"""Rules on numbers: what is drawn lies where it says, and no range runs backwards."""

from __future__ import annotations

import math
from collections.abc import Iterator

from atlas.catalog.complaint import Complaint, at_point
from atlas.catalog.guidance import AdverseEvent, Comparison, Study
from atlas.catalog.model import Catalogue
from atlas.catalog.yaml_source import NodePath

Fault = tuple[str, str, str]
"""(field, message, what was expected)"""


def results_agree(catalogue: Catalogue) -> Iterator[Complaint]:
    """An effect lies in its interval, a ratio is positive, no part is larger than its whole."""
    for i, study in enumerate(catalogue.evidence.studies):
        for k, result in enumerate(study.comparisons):
            faults = *_of_interval(result), *_of_scale(result), *_of_size(result, study)
            for field, message, expected in faults:
                path = ("studies", i, "comparisons", k, field)
                yield "evidence.yaml", path, f"{study.id}: {message}", expected


def _of_interval(result: Comparison) -> Iterator[Fault]:
    (low, high), effect = result.interval, result.effect
    if not all(map(math.isfinite, (low, high, effect))):
        yield "effect", "the numbers have no end", "numbers that can be drawn"
    elif low > high:
        yield "interval", "the interval runs backwards", f"[{high:g}, {low:g}]"
    elif not low <= effect <= high:
        yield "effect", f"{effect:g} lies outside its interval", f"{low:g} to {high:g}"


def _of_scale(result: Comparison) -> Iterator[Fault]:
    low = min(result.effect, *result.interval)
    if result.measure == "RR" and low <= 0:
        yield "effect", f"a risk ratio is never {low:g}", "more than 0"
    if result.out_of is None:
        return
    if result.measure != "MD":
        yield "out_of", "only a mean difference has a scale", "no out_of"
    elif abs(result.effect) > result.out_of:
        message = f"{result.effect:g} is more than its scale is long"
        yield "effect", message, f"at most {result.out_of:g}"


def _of_size(result: Comparison, study: Study) -> Iterator[Fault]:
    for field in ("participants", "trials"):
        part, whole = getattr(result, field), getattr(study, field)
        if part and whole and part > whole:
            yield field, f"{part} {field} are more than those of the study", f"at most {whole}"


def results_are_told_apart(catalogue: Catalogue) -> Iterator[Complaint]:
    """No two results of a study would stand under the same name."""
    for i, study in enumerate(catalogue.evidence.studies):
        seen = set()
        for k, c in enumerate(study.comparisons):
            name = c.against, c.outcome, c.time, c.measure, c.arm, c.whom, c.scale
            if name in seen:
                path = ("studies", i, "comparisons", k, "time")
                message = f"{study.id}: a second result of the same name"
                yield "evidence.yaml", path, message, "another time, or an arm"
            seen.add(name)


def rates_agree(catalogue: Catalogue) -> Iterator[Complaint]:
    """An adverse event has a rate within its interval, or a count that has none."""
    for i, event in enumerate(catalogue.safety.adverse_events):
        for field, message, expected in _of_event(event):
            path: NodePath = ("adverse_events", i, field) if field else ("adverse_events", i)
            yield "safety.yaml", path, f"{event.id}: {message}", expected


def _of_event(event: AdverseEvent) -> Iterator[Fault]:
    if (event.rate is None) == (event.count is None):
        yield "", "a rate or a count", "one of the two"
        return
    number = event.count if event.rate is None else event.rate
    low, high = event.interval or (0.0, 0.0)
    if number is None or not all(map(math.isfinite, (number, low, high))):
        yield ("count" if event.rate is None else "rate"), "the number has no end", "a number"
    elif event.interval is None:
        return
    elif event.rate is None:
        yield "interval", "a count of cases has no interval", "no interval"
    elif low > high:
        yield "interval", "the interval runs backwards", f"[{high:g}, {low:g}]"
    elif not 0 <= low <= event.rate <= high:
        yield "rate", f"{event.rate:g} lies outside its interval", f"{low:g} to {high:g}"


def depths_ascend(catalogue: Catalogue) -> Iterator[Complaint]:
    """A depth goes from the lesser to the greater."""
    for i, point in enumerate(catalogue.points):
        for k, needling in enumerate(point.needling):
            if needling.depth is not None and needling.depth[0] > needling.depth[1]:
                high, low = needling.depth
                message = f"{point.code}: the depth runs backwards"
                yield at_point(i, ("needling", k, "depth"), message, f"[{low:g}, {high:g}]")
