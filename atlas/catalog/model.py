"""The records of the catalogue, as they stand in the YAML files."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import msgspec

from atlas.catalog.fields import (
    Basis,
    Cun,
    Depth,
    Identifier,
    MeridianCode,
    Part,
    PointCode,
    Record,
    Statement,
    Text,
)
from atlas.catalog.guidance import Evidence, Safety


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


class Caution(Record, frozen=True):
    """One thing to be careful about at one point."""

    kind: str
    severity: Literal["forbidden", "danger", "avoid", "care"]
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
    depth: tuple[Depth, Depth] | None = None
    towards: str = ""
    note: str = ""


class TraditionalUse(Record, frozen=True):
    """What one source uses a point for, the most typical first; a note where it names no use."""

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
    sources: list[str] = []

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


class Meridian(Record, frozen=True):
    """A meridian or vessel, with the number of points it has in the standard."""

    code: MeridianCode
    name: Text
    pinyin: Text
    hanzi: Text
    polarity: Literal["yin", "yang", "vessel", "extra"]
    phase: Literal["wood", "fire", "earth", "metal", "water", "none"]
    points: int


class Term(Record, frozen=True):
    """A value of a vocabulary: a region, a category, a kind of caution, a pain type."""

    id: Identifier
    title: Text
    aliases: list[str] = []
    summary: str = ""


class Indication(Record, frozen=True):
    """A complaint that points are used for, and the group it is listed in."""

    id: Identifier
    title: Text
    group: str
    aliases: list[str] = []


class Condition(Record, frozen=True):
    """A diagnosis that comes with back pain, and the pain types it appears as."""

    id: Identifier
    title: Text
    types: list[str]
    aliases: list[str] = []
    summary: str = ""


class LayName(Record, frozen=True):
    """A name that articles for patients use, and the points it may mean."""

    name: Text
    described: Text
    candidates: list[str]
    certainty: Text


class Landmark(Record, frozen=True):
    """What a landmark of the body maps is called, at length and on the drawing."""

    id: Identifier
    title: Text
    short: str = ""


class Source(Record, frozen=True):
    """Something that a statement rests on."""

    id: Identifier
    short: Text
    title: Text
    kind: Literal[
        "standard",
        "guideline",
        "review",
        "trial",
        "consensus",
        "textbook",
        "study",
        "safety",
        "article",
    ]
    year: int | None = None
    identifier: str = ""
    note: str = ""


class PointsFile(Record, frozen=True):
    """data/points.yaml"""

    points: list[Point]


class MeridiansFile(Record, frozen=True):
    """data/meridians.yaml"""

    meridians: list[Meridian]


class RegionsFile(Record, frozen=True):
    """data/regions.yaml"""

    regions: list[Term]


class VocabularyFile(Record, frozen=True):
    """data/vocabulary.yaml: what categories and cautions may be called."""

    categories: list[Term]
    cautions: list[Term]


class IndicationsFile(Record, frozen=True):
    """data/indications.yaml"""

    groups: list[Term]
    indications: list[Indication]


class BackPainFile(Record, frozen=True):
    """data/back_pain.yaml"""

    types: list[Term]
    conditions: list[Condition]
    lay_names: list[LayName]
    mechanisms: list[Statement] = []
    expectations: list[Statement] = []
    red_flags: list[Statement] = []


class LandmarksFile(Record, frozen=True):
    """data/landmarks.yaml"""

    landmarks: list[Landmark]


class SourcesFile(Record, frozen=True):
    """data/sources.yaml"""

    sources: list[Source]


class Catalogue(msgspec.Struct, frozen=True, dict=True):
    """Everything that is known, read from one data folder."""

    points: list[Point]
    meridians: list[Meridian]
    regions: list[Term]
    categories: list[Term]
    caution_kinds: list[Term]
    indication_groups: list[Term]
    indications: list[Indication]
    back_pain: BackPainFile
    safety: Safety
    evidence: Evidence
    sources: list[Source]
    landmarks: list[Landmark]

    @cached_property
    def landmark_by_id(self) -> dict[str, Landmark]:
        """Landmarks by id."""
        return {landmark.id: landmark for landmark in self.landmarks}

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each point in `points`, by code."""
        return {point.code: i for i, point in enumerate(self.points)}

    def point(self, code: str) -> Point | None:
        """The point with this code, if there is one."""
        i = self.index.get(code)
        return None if i is None else self.points[i]

    @cached_property
    def meridian_by_code(self) -> dict[str, Meridian]:
        """Meridians by code."""
        return {meridian.code: meridian for meridian in self.meridians}

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def indication_by_id(self) -> dict[str, Indication]:
        """Indications by id."""
        return {indication.id: indication for indication in self.indications}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of all vocabulary values by id (ids are unique over the vocabularies)."""
        terms: list[Term | Condition] = [
            *self.regions,
            *self.categories,
            *self.caution_kinds,
            *self.back_pain.types,
            *self.back_pain.conditions,
        ]
        return {term.id: term.title for term in terms}
