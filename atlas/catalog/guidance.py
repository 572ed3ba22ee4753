"""The records of safety and evidence: what to ask a patient, and what the studies found."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from atlas.catalog.fields import Identifier, Record, Text

Count = Annotated[int, msgspec.Meta(ge=1)]
Year = Annotated[int, msgspec.Meta(ge=1950, le=2100)]
Positive = Annotated[float, msgspec.Meta(gt=0)]
Measure = Literal["MD", "SMD", "RR", "RD"]
Outcome = Literal["pain", "function", "quality_of_life", "improvement"]
Against = Literal[
    "sham", "no_treatment", "usual_care", "medication", "other_treatment", "mixed_controls"
]
Certainty = Literal[
    "high", "moderate", "low", "low_or_very_low", "very_low", "not_rated", "not_read"
]
Standing = Literal["current", "under_revision", "unclear", "lapsed", "replaced"]


class Concern(Record, frozen=True):
    """What a contraindication is about: named points, or all that have one of these."""

    points: list[str] = []
    regions: list[str] = []
    cautions: list[str] = []  # kinds of caution
    techniques: list[
        Literal["all", "at_the_site", "deep_needling", "strong_stimulation",
                "electroacupuncture", "moxibustion", "cupping", "bleeding", "retained_needles"]
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
    """How often something untoward was seen, or how many cases of it were reported.

    A rate may have its 95 % interval. A count has none: nobody knows among how many.
    """

    id: Identifier
    title: Text
    unit: Text
    source: str
    rate: Annotated[float, msgspec.Meta(ge=0)] | None = None
    count: Positive | None = None
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
    proportions in percentage points (RD). `certainty` is that of the source: not rated by
    it, or not read by us. `arm` tells apart the treatments of one trial, `whom` says whom
    this very result is about where the population of the study does not.
    """

    against: Against
    outcome: Outcome
    time: Text
    measure: Measure
    better: Literal["lower", "higher"]
    effect: float
    interval: tuple[float, float]
    certainty: Certainty
    important: Literal["clear", "below_threshold", "unclear"]
    arm: str = ""
    whom: str = ""
    scale: str = ""
    out_of: Positive | None = None
    trials: Count | None = None
    participants: Count | None = None
    note: str = ""


class Study(Record, frozen=True):
    """A trial or review: what was asked, of how many, what was found and what weakens it.

    `without_figure` names what it compared without a figure that could be read: by outcome,
    against what; nothing stands there where it had no control group.
    """

    id: Identifier
    title: Text
    design: Literal["review", "patient_data", "network", "trial", "cohort"]
    country: Text
    year: Year
    population: str
    finding: Text
    limits: Text
    source: str
    participants: Count | None = None
    trials: Count | None = None
    comparisons: list[Comparison] = []
    without_figure: dict[Outcome, list[Against]] = {}


class Guideline(Record, frozen=True):
    """What a guideline recommends, how strongly, and whether it still holds.

    `standing` is that in one word, `status` what is known about it.
    """

    id: Identifier
    body: Text
    title: Text
    year: Year
    population: list[str]
    position: Literal["for", "conditional", "against", "none"]
    recommendation: Text
    strength: Text
    standing: Standing
    status: Text
    source: str
    reason: str = ""


class Evidence(Record, frozen=True):
    """data/evidence.yaml"""

    studies: list[Study]
    guidelines: list[Guideline]
