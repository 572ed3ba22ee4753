"""What a learner wants to be asked: which points, which questions, how many a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from atlas import settings
from atlas.catalog.masks import members
from atlas.catalog.point import Point
from atlas.catalog.query import Query
from atlas.scene import Stage
from atlas.study.cards import Kind, Order, ordered
from atlas.study.grading import TOLERANCE, TOLERANCES, tolerance_of
from atlas.study.records import Collection
from atlas.study.schedule import RETENTION, Limits

FILE = "study.json"
Source = Literal[
    "all", "filter", "back_pain", "condition", "meridian", "region", "category", "collection"
]
Kinds = Annotated[frozenset[Kind], msgspec.Meta(min_length=1)]  # something must be asked
Goal = Annotated[float, msgspec.Meta(ge=0.7, le=0.97)]
Cun = Annotated[float, msgspec.Meta(ge=0.1, le=2)]


class Choice(msgspec.Struct, frozen=True):
    """A set of points: all, those of Explore's filter, of a facet's value or of an own list."""

    source: Source = "all"
    value: str = ""


class Plan(msgspec.Struct, frozen=True):
    """How somebody studies."""

    choice: Choice = Choice()
    kinds: Kinds = frozenset({"locate", "identify"})
    order: Order = "meridian"
    limits: Limits = Limits()  # of a day
    retention: Goal = RETENTION
    tolerance: Cun = TOLERANCE
    fine: Cun = TOLERANCES["face"]  # where a smaller one holds: face, hand and foot

    def __post_init__(self) -> None:
        """Refuse limits below nothing."""
        if min(self.limits.due, self.limits.new) < 0:
            raise ValueError("a limit below nothing")

    def tolerance_of(self, point: Point) -> float:
        """How far a click may be off for a point, in cun."""
        return tolerance_of(point, dict.fromkeys(TOLERANCES, self.fine), self.tolerance)


def load_plan() -> tuple[Plan, str]:
    """The plan of the last run, and a sentence where its file could not be read."""
    return settings.load(FILE, Plan, "The saved plan of study")


def save_plan(plan: Plan) -> None:
    """Keep a plan for the next run."""
    settings.save(FILE, plan)


def codes_of(
    stage: Stage, plan: Plan, query: Query, collections: Iterable[Collection]
) -> list[str]:
    """The codes that a plan is about, in the order in which new ones are learnt.

    An own list keeps its order; of a list that is gone, nothing is left.
    """
    source, value = plan.choice.source, plan.choice.value
    if source == "collection":
        held = next((each.codes for each in collections if each.name == value), ())
        return [code for code in held if code in stage.catalogue.index]
    wanted = Query() if source == "all" else query
    if source not in ("all", "filter"):
        wanted = Query().toggled(source, value)
    points = stage.catalogue.points
    chosen = {points[i].code for i in members(stage.facets.matching(wanted))}
    return [code for code in ordered(stage.catalogue, plan.order) if code in chosen]
