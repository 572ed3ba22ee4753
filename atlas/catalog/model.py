"""The records of the catalogue beside its points: vocabularies, files, and the whole."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import msgspec

from atlas.catalog.fields import Identifier, MeridianCode, Record, Statement, Text
from atlas.catalog.guidance import Evidence, Safety
from atlas.catalog.point import Point


class Meridian(Record, frozen=True):
    """A meridian or vessel, with the number of points it has in the standard."""

    code: MeridianCode
    name: Text
    pinyin: Text
    hanzi: Text
    polarity: Literal["yin", "yang", "vessel", "extra"]
    phase: Literal["wood", "fire", "earth", "metal", "water", "none"]
    points: Annotated[int, msgspec.Meta(ge=1)]
    aliases: list[str] = []  # other abbreviations, such as UB for BL


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
    types: Annotated[list[str], msgspec.Meta(min_length=1)]
    aliases: list[str] = []
    summary: str = ""


class LayName(Record, frozen=True):
    """A name that articles for patients use, and the points it may mean."""

    name: Text
    described: Text
    candidates: Annotated[list[str], msgspec.Meta(min_length=1)]
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
