"""The records of safety and evidence: what to ask a patient, and what the studies found."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from atlas.catalog.fields import Identifier, Record, Text

Count = Annotated[int, msgspec.Meta(ge=1)]
Measure = Literal["MD", "SMD", "RR", "RD"]
Outcome = Literal["pain", "function", "quality_of_life", "improvement"]
Against = Literal["sham", "no_treatment", "usual_care", "medication", "other_treatment"]


class Concern(Record, frozen=True):
    """What a contraindication is about: named points, or all that have one of these."""

    points: list[str] = []
    regions: list[str] = []
    cautions: list[str] = []  # kinds of caution
    techniques: list[
        Literal["all", "deep_needling", "strong_stimulation", "electroacupuncture", "moxibustion",
                "cupping", "bleeding", "retained_needles"]
    ] = []  # fmt: skip


class Contraindication(Record, frozen=True):
    """A reason not to needle, or to needle otherwise; the question that finds it; what to do."""

    id: Identifier
    title: Text
    kind: Literal["absolute", "relative"]
    question: Text
    reason: Text
    action: Text
    concerns: Concern
    source: str


class AdverseEvent(Record, frozen=True):
    """How often something untoward was seen; the interval is that of 95 % confidence."""

    id: Identifier
    title: Text
    rate: float
    unit: Text
    source: str
    interval: tuple[float, float] | None = None
    note: str = ""


class Safety(Record, frozen=True):
    """data/safety.yaml"""

    contraindications: list[Contraindication]
    adverse_events: list[AdverseEvent]


class Comparison(Record, frozen=True):
    """One result of a study: acupuncture against something, with its 95 % interval.

    `measure` is a mean difference (MD, on a scale that is `out_of` points long where the
    source says so), a standardised one (SMD), a risk ratio (RR), or a difference of two
    proportions in percentage points (RD).
    """

    against: Against
    outcome: Outcome
    time: Text
    measure: Measure
    better: Literal["lower", "higher"]
    effect: float
    interval: tuple[float, float]
    scale: str = ""
    out_of: float | None = None
    trials: Count | None = None
    participants: Count | None = None
    certainty: Literal["high", "moderate", "low", "very_low", "not_rated"] = "not_rated"
    important: Literal["clear", "below_threshold", "unclear"] = "unclear"
    note: str = ""


class Study(Record, frozen=True):
    """A trial or review: what was asked, of how many, what was found and what weakens it."""

    id: Identifier
    title: Text
    design: Literal["review", "patient_data", "network", "trial", "cohort"]
    country: Text
    year: int
    population: str
    finding: Text
    limits: Text
    source: str
    participants: Count | None = None
    trials: Count | None = None
    comparisons: list[Comparison] = []


class Guideline(Record, frozen=True):
    """What a guideline recommends, how strongly, and whether it still holds."""

    id: Identifier
    body: Text
    title: Text
    year: int
    population: list[str]
    position: Literal["for", "conditional", "against", "none"]
    recommendation: Text
    strength: Text
    status: Text
    source: str
    reason: str = ""


class Evidence(Record, frozen=True):
    """data/evidence.yaml"""

    studies: list[Study]
    guidelines: list[Guideline]
