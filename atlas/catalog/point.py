"""The record of a point: its place, names, needling, uses and cautions."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from atlas.catalog.fields import (
    Basis,
    Cun,
    Depths,
    MeridianCode,
    Part,
    PointCode,
    Record,
    Text,
)


class Placement(Record, frozen=True):
    """Where a point lies on one map, written as the standard states it.

    Exactly one base (`at`, `along` with `cun` or `part`, `between` with `part`), then
    optionally `level`, then shifts in cun named by the directions of the map.
    """

    at: str | None = None
    along: str | None = None
    between: tuple[str, str] | None = None
    cun: Cun | None = None
    part: Part | None = None
    level: str | None = None
    scale: str | None = None
    superior: Cun = 0
    inferior: Cun = 0
    lateral: Cun = 0
    medial: Cun = 0
    anterior: Cun = 0
    posterior: Cun = 0
    proximal: Cun = 0
    distal: Cun = 0
    radial: Cun = 0
    ulnar: Cun = 0
    note: Literal["hidden", "approximate"] | None = None

    @property
    def shifts(self) -> list[tuple[str, float]]:
        """The shifts that are not zero, as (direction, cun)."""
        return [(name, cun) for name in DIRECTIONS if (cun := getattr(self, name))]


DIRECTIONS = (
    "superior",
    "inferior",
    "lateral",
    "medial",
    "anterior",
    "posterior",
    "proximal",
    "distal",
    "radial",
    "ulnar",
)


class Names(Record, frozen=True):
    """What a point is called; pinyin carries tone marks."""

    pinyin: Text
    hanzi: Text
    hanzi_simplified: Text
    english: Text


class Category(Record, frozen=True):
    """A class that a point belongs to, such as back-shu, and of what."""

    kind: str
    of: str = ""


class BackPainRole(Record, frozen=True, rename={"target": "for"}):
    """Why a point belongs to a type of back pain or a condition, and on what basis."""

    target: str
    role: Literal["principal", "supporting", "distant"]
    basis: Basis
    source: str


Severity = Literal["forbidden", "danger", "avoid", "care"]


class Caution(Record, frozen=True):
    """One thing to be careful about at one point."""

    kind: str
    severity: Severity
    text: Text
    source: str


class Anatomy(Record, frozen=True):
    """What a needle meets under the skin, and what lies deep that it must not reach."""

    muscles: list[Text]
    nerves: list[Text]
    vessels: list[Text]
    source: str
    deep: str = ""


class Needling(Record, frozen=True):
    """One way in which textbooks needle a point; depth in cun, from and to."""

    technique: Literal[
        "perpendicular", "oblique", "transverse", "prick", "moxibustion", "not_needled"
    ]
    source: str
    depth: Depths | None = None
    direction: str = ""
    note: str = ""


class TraditionalUse(Record, frozen=True):
    """What one source uses a point for, the most typical first, and what it says besides."""

    indications: list[str]
    source: str
    note: str = ""


class Confusion(Record, frozen=True):
    """A point that is easily taken for this one, and how to tell them apart."""

    point: str
    difference: Text


Spots = Placement | list[Placement]


class Point(Record, frozen=True):
    """An acupoint: its names, its place in words and as measurements, what is known of it."""

    code: PointCode
    names: Names
    meridian: MeridianCode
    regions: Annotated[list[str], msgspec.Meta(min_length=1)]
    location: Text
    finding: Text
    places: Annotated[dict[str, Spots], msgspec.Meta(min_length=1)]
    categories: list[Category] = []
    alternative: str = ""
    anatomy: Anatomy | None = None
    needling: list[Needling] = []
    traditional_use: list[TraditionalUse] = []
    back_pain: list[BackPainRole] = []
    cautions: list[Caution] = []
    confused_with: list[Confusion] = []
    sources: Annotated[list[str], msgspec.Meta(min_length=1)] = []

    @property
    def indications(self) -> list[str]:
        """What the point is traditionally used for, whatever the source."""
        return [name for use in self.traditional_use for name in use.indications]

    @property
    def number(self) -> int:
        """The number on the meridian: 23 for BL23."""
        return int(self.code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ-"))

    def spots(self, map_id: str) -> list[Placement]:
        """The placements on a map: none where the map does not show the point."""
        placed = self.places.get(map_id, [])
        return placed if isinstance(placed, list) else [placed]


ROLES = ("principal", "supporting", "distant")


def best_role(point: Point, pains: frozenset[str]) -> str:
    """The most important role of a point in some types of back pain or conditions, if any."""
    roles = {role.role for role in point.back_pain if role.target in pains}
    return next((role for role in ROLES if role in roles), "")
