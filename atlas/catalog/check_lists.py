"""Rules on lists: nothing stands in one twice, and nothing is left empty that ought to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from atlas.catalog.complaint import Complaint, at_point
from atlas.catalog.model import Catalogue
from atlas.catalog.point import Point
from atlas.catalog.yaml_source import NodePath


class Entries(NamedTuple):
    """A list of the data by what makes its entries different."""

    file: str
    path: NodePath
    owner: str
    keys: Sequence[object]


def lists_name_each_once(catalogue: Catalogue) -> Iterator[Complaint]:
    """No entry of a list says what an earlier one says."""
    for entries in _lists(catalogue):
        if len(entries.keys) < 2 or len(set(entries.keys)) == len(entries.keys):
            continue
        for k, key in enumerate(entries.keys):
            if key in entries.keys[:k]:
                what = f"{key} stands here twice"
                if not isinstance(key, str):
                    what = f"the same stands in {entries.path[-1]} already"
                path = (*entries.path, k)
                yield entries.file, path, f"{entries.owner}: {what}", "each once"


def _lists(catalogue: Catalogue) -> Iterator[Entries]:
    for i, point in enumerate(catalogue.points):
        for field, keys in _of_point(point):
            yield Entries("points.yaml", ("points", i, field), point.code, keys)
    pain, file = catalogue.back_pain, "back_pain.yaml"
    for i, condition in enumerate(pain.conditions):
        yield Entries(file, ("conditions", i, "types"), condition.id, condition.types)
    for i, lay in enumerate(pain.lay_names):
        yield Entries(file, ("lay_names", i, "candidates"), lay.name, lay.candidates)
    for i, rule in enumerate(catalogue.safety.contraindications):
        for field in ("points", "regions", "cautions", "techniques"):
            concerns: NodePath = ("contraindications", i, "concerns", field)
            yield Entries("safety.yaml", concerns, rule.id, getattr(rule.concerns, field))
    for i, study in enumerate(catalogue.evidence.studies):
        for outcome, against in study.without_figure.items():
            compared: NodePath = ("studies", i, "without_figure", outcome)
            yield Entries("evidence.yaml", compared, study.id, against)
    for i, guideline in enumerate(catalogue.evidence.guidelines):
        path: NodePath = ("guidelines", i, "population")
        yield Entries("evidence.yaml", path, guideline.id, guideline.population)


def _of_point(point: Point) -> Iterator[tuple[str, Sequence[object]]]:
    """The lists of a point; of some only a part of each entry must be its own."""
    yield "regions", point.regions
    yield "sources", point.sources
    yield "categories", [(category.kind, category.of) for category in point.categories]
    yield "needling", point.needling
    yield "cautions", [(caution.kind, caution.text) for caution in point.cautions]
    yield "back_pain", [(role.target, role.source) for role in point.back_pain]
    yield "confused_with", [confusion.point for confusion in point.confused_with]


def no_point_is_confused_with_itself(catalogue: Catalogue) -> Iterator[Complaint]:
    """Only another point can be taken for a point."""
    for i, point in enumerate(catalogue.points):
        for k, confusion in enumerate(point.confused_with):
            if confusion.point == point.code:
                message = f"{point.code} is confused with itself"
                yield at_point(i, ("confused_with", k, "point"), message, "another point")


def all_techniques_need_no_second(catalogue: Catalogue) -> Iterator[Complaint]:
    """What concerns all techniques names no single one."""
    for i, rule in enumerate(catalogue.safety.contraindications):
        if "all" in rule.concerns.techniques and len(rule.concerns.techniques) > 1:
            path = ("contraindications", i, "concerns", "techniques")
            yield "safety.yaml", path, f"{rule.id}: all, and others besides", "all alone"


def nothing_is_empty(catalogue: Catalogue) -> Iterator[Complaint]:
    """A record that stands there says something."""
    for i, point in enumerate(catalogue.points):
        for path, message, expected in _empty_in_point(point):
            yield at_point(i, path, f"{point.code}: {message}", expected)
    for i, rule in enumerate(catalogue.safety.contraindications):
        about = rule.concerns
        if not (about.points or about.regions or about.cautions or about.techniques):
            message, expected = f"{rule.id} concerns nothing", "techniques: [all] or others"
            yield "safety.yaml", ("contraindications", i, "concerns"), message, expected
    for i, guideline in enumerate(catalogue.evidence.guidelines):
        if not guideline.population:
            message, expected = f"{guideline.id}: no population", "a type or condition"
            yield "evidence.yaml", ("guidelines", i, "population"), message, expected


def _empty_in_point(point: Point) -> Iterator[tuple[NodePath, str, str]]:
    tissue = point.anatomy
    if tissue is not None and not (tissue.muscles or tissue.nerves or tissue.vessels):
        yield ("anatomy",), "the anatomy is empty", "muscles, nerves or vessels"
    for k, use in enumerate(point.traditional_use):
        if not use.indications and not use.note:
            yield ("traditional_use", k), "a use without indications", "a note that says why"
