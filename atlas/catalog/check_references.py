"""What the records refer to must exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from atlas.catalog.complaint import Complaint, suggestion
from atlas.catalog.fields import Statement
from atlas.catalog.guidance import Evidence, Safety
from atlas.catalog.model import BackPainFile, Catalogue
from atlas.catalog.point import Point
from atlas.catalog.yaml_source import NodePath


class Reference(NamedTuple):
    """One record naming another."""

    file: str
    path: NodePath
    owner: str  # said in front of the message; may be empty
    what: str
    name: str


def references_resolve(catalogue: Catalogue) -> Iterator[Complaint]:
    """Each reference names something that there is."""
    known = _known(catalogue)
    for reference in _references(catalogue):
        names = known[reference.what]
        if reference.name not in names:
            owner = f"{reference.owner}: " if reference.owner else ""
            message = f"{owner}no {reference.what} {reference.name}"
            yield reference.file, reference.path, message, suggestion(reference.name, names)


def _known(catalogue: Catalogue) -> dict[str, dict[str, None]]:
    pain = catalogue.back_pain
    types, conditions = [t.id for t in pain.types], [c.id for c in pain.conditions]
    names = {
        "region": [t.id for t in catalogue.regions],
        "category": [t.id for t in catalogue.categories],
        "kind of caution": [t.id for t in catalogue.caution_kinds],
        "group": [t.id for t in catalogue.indication_groups],
        "indication": [t.id for t in catalogue.indications],
        "type": types,
        "type or condition": types + conditions,
        "source": [s.id for s in catalogue.sources],
        "point": [p.code for p in catalogue.points],
    }
    return {what: dict.fromkeys(ids) for what, ids in names.items()}


def _references(catalogue: Catalogue) -> Iterator[Reference]:
    for i, point in enumerate(catalogue.points):
        for path, what, name in _of_point(point):
            yield Reference("points.yaml", ("points", i, *path), point.code, what, name)
    for i, indication in enumerate(catalogue.indications):
        path = ("indications", i, "group")
        yield Reference("indications.yaml", path, indication.id, "group", indication.group)
    yield from _of_back_pain(catalogue.back_pain)
    yield from _of_safety(catalogue.safety)
    yield from _of_evidence(catalogue.evidence)


def _of_point(point: Point) -> Iterator[tuple[NodePath, str, str]]:
    """What a point refers to, as (path in its record, kind of thing, name)."""
    for k, region in enumerate(point.regions):
        yield ("regions", k), "region", region
    for k, category in enumerate(point.categories):
        yield ("categories", k, "kind"), "category", category.kind
    for k, caution in enumerate(point.cautions):
        yield ("cautions", k, "kind"), "kind of caution", caution.kind
        yield ("cautions", k, "source"), "source", caution.source
    for k, role in enumerate(point.back_pain):
        yield ("back_pain", k, "for"), "type or condition", role.target
        yield ("back_pain", k, "source"), "source", role.source
    yield from _of_knowledge(point)
    for k, source in enumerate(point.sources):
        yield ("sources", k), "source", source


def _of_knowledge(point: Point) -> Iterator[tuple[NodePath, str, str]]:
    """What the texts on anatomy, needling, use and confusions refer to."""
    if point.anatomy is not None:
        yield ("anatomy", "source"), "source", point.anatomy.source
    for k, needling in enumerate(point.needling):
        yield ("needling", k, "source"), "source", needling.source
    for k, use in enumerate(point.traditional_use):
        yield ("traditional_use", k, "source"), "source", use.source
        for n, indication in enumerate(use.indications):
            yield ("traditional_use", k, "indications", n), "indication", indication
    for k, confusion in enumerate(point.confused_with):
        yield ("confused_with", k, "point"), "point", confusion.point


def _of_back_pain(pain: BackPainFile) -> Iterator[Reference]:
    file = "back_pain.yaml"
    for i, condition in enumerate(pain.conditions):
        for k, name in enumerate(condition.types):
            yield Reference(file, ("conditions", i, "types", k), "", "type", name)
    for i, lay in enumerate(pain.lay_names):
        for k, code in enumerate(lay.candidates):
            yield Reference(file, ("lay_names", i, "candidates", k), "", "point", code)
    statements: dict[str, list[Statement]] = {
        "mechanisms": pain.mechanisms,
        "expectations": pain.expectations,
        "red_flags": pain.red_flags,
    }
    for field, said in statements.items():
        for i, statement in enumerate(said):
            yield Reference(file, (field, i, "source"), "", "source", statement.source)


def _of_safety(safety: Safety) -> Iterator[Reference]:
    file, field = "safety.yaml", "contraindications"
    for i, rule in enumerate(safety.contraindications):
        yield Reference(file, (field, i, "source"), rule.id, "source", rule.source)
        named = {
            "points": ("point", rule.concerns.points),
            "regions": ("region", rule.concerns.regions),
            "cautions": ("kind of caution", rule.concerns.cautions),
        }
        for part, (what, names) in named.items():
            for k, name in enumerate(names):
                yield Reference(file, (field, i, "concerns", part, k), rule.id, what, name)
    for i, event in enumerate(safety.adverse_events):
        yield Reference(file, ("adverse_events", i, "source"), event.id, "source", event.source)


def _of_evidence(evidence: Evidence) -> Iterator[Reference]:
    file, pain = "evidence.yaml", "type or condition"
    for i, study in enumerate(evidence.studies):
        yield Reference(file, ("studies", i, "source"), study.id, "source", study.source)
        if study.population != "chronic_pain":  # of several places, the back among them
            path = ("studies", i, "population")
            yield Reference(file, path, study.id, pain, study.population)
    for i, guideline in enumerate(evidence.guidelines):
        path = ("guidelines", i, "source")
        yield Reference(file, path, guideline.id, "source", guideline.source)
        for k, name in enumerate(guideline.population):
            if name != "chronic_pain":
                place = ("guidelines", i, "population", k)
                yield Reference(file, place, guideline.id, pain, name)
