"""Rules across the records of a catalogue, as generators of complaints.

A complaint is (file, path in the file, message, expected); all of them are collected before
anything is said.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from atlas.catalog.model import Catalogue, Point
from atlas.catalog.yaml_source import NodePath

Complaint = tuple[str, NodePath, str, str]


def suggestion(word: str, known: Iterable[str]) -> str:
    """What was probably meant, or the words that are known."""
    options = list(known)
    near = difflib.get_close_matches(word, options, n=3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(near) + "?"
    return "one of " + ", ".join(sorted(options)[:12]) + (" ..." if len(options) > 12 else "")


def check_catalogue(catalogue: Catalogue) -> Iterator[Complaint]:
    """All faults of a catalogue."""
    for rule in _RULES:
        yield from rule(catalogue)


def _ids_are_unique(catalogue: Catalogue) -> Iterator[Complaint]:
    seen: set[tuple[str, str]] = set()
    for space, file, field, ids in _id_lists(catalogue):
        for i, name in enumerate(ids):
            if (space, name) in seen:
                yield file, (field, i), f"{name} stands here or elsewhere already", "its own id"
            seen.add((space, name))


def _id_lists(catalogue: Catalogue) -> Iterator[tuple[str, str, str, list[str]]]:
    """All ids as (space in which they are unique, file, field, ids)."""
    yield "meridian", "meridians.yaml", "meridians", [m.code for m in catalogue.meridians]
    yield "source", "sources.yaml", "sources", [s.id for s in catalogue.sources]
    yield "landmark", "landmarks.yaml", "landmarks", [m.id for m in catalogue.landmarks]
    yield "term", "regions.yaml", "regions", [t.id for t in catalogue.regions]
    yield "term", "vocabulary.yaml", "categories", [t.id for t in catalogue.categories]
    yield "term", "vocabulary.yaml", "cautions", [t.id for t in catalogue.caution_kinds]
    yield "term", "back_pain.yaml", "types", [t.id for t in catalogue.pain_types]
    yield "term", "back_pain.yaml", "conditions", [t.id for t in catalogue.conditions]


def _codes_are_unique(catalogue: Catalogue) -> Iterator[Complaint]:
    seen: set[str] = set()
    for i, point in enumerate(catalogue.points):
        if point.code in seen:
            yield _at(i, "code", f"{point.code} stands here twice", "each code once")
        seen.add(point.code)


def _codes_fit_the_meridian(catalogue: Catalogue) -> Iterator[Complaint]:
    known = [m.code for m in catalogue.meridians]
    for i, point in enumerate(catalogue.points):
        if point.meridian not in known:
            message = f"{point.code}: no meridian {point.meridian}"
            yield _at(i, "meridian", message, suggestion(point.meridian, known))
        elif not point.code.startswith(point.meridian):
            message = f"{point.code} is not a point of {point.meridian}"
            yield _at(i, "meridian", message, f"meridian: {point.code[:2]}")


def _numbering_is_complete(catalogue: Catalogue) -> Iterator[Complaint]:
    for i, meridian in enumerate(catalogue.meridians):
        numbers = {p.number for p in catalogue.points if p.code == f"{meridian.code}{p.number}"}
        if meridian.polarity == "extra" or not numbers:
            continue
        missing = sorted(set(range(1, meridian.points + 1)) - numbers)
        surplus = sorted(numbers - set(range(1, meridian.points + 1)))
        if missing:
            gaps = ", ".join(f"{meridian.code}{n}" for n in missing[:8])
            yield (
                "meridians.yaml",
                ("meridians", i, "points"),
                f"{gaps}{' ...' if len(missing) > 8 else ''} missing from points.yaml",
                f"{meridian.code}1 to {meridian.code}{meridian.points}",
            )
        for number in surplus:
            code = f"{meridian.code}{number}"
            message = f"{code} is beyond the {meridian.points} points of its meridian"
            last = f"at most {meridian.code}{meridian.points}"
            yield _at(catalogue.index[code], "code", message, last)


def _references_resolve(catalogue: Catalogue) -> Iterator[Complaint]:
    known = {
        "region": [t.id for t in catalogue.regions],
        "category": [t.id for t in catalogue.categories],
        "kind of caution": [t.id for t in catalogue.caution_kinds],
        "type or condition": [
            *(t.id for t in catalogue.pain_types),
            *(c.id for c in catalogue.conditions),
        ],
        "source": [s.id for s in catalogue.sources],
    }
    for i, point in enumerate(catalogue.points):
        for path, what, name in _references(point):
            if name not in known[what]:
                message = f"{point.code}: no {what} {name}"
                yield "points.yaml", ("points", i, *path), message, suggestion(name, known[what])


def _references(point: Point) -> Iterator[tuple[NodePath, str, str]]:
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
    for k, source in enumerate(point.sources):
        yield ("sources", k), "source", source


def _back_pain_references_resolve(catalogue: Catalogue) -> Iterator[Complaint]:
    types = [t.id for t in catalogue.pain_types]
    for i, condition in enumerate(catalogue.conditions):
        for k, name in enumerate(condition.types):
            if name not in types:
                path: NodePath = ("conditions", i, "types", k)
                yield "back_pain.yaml", path, f"no type {name}", suggestion(name, types)
    for i, lay in enumerate(catalogue.lay_names):
        for k, code in enumerate(lay.candidates):
            if code not in catalogue.index:
                path = ("lay_names", i, "candidates", k)
                yield "back_pain.yaml", path, f"no point {code}", "a code of points.yaml"


def _sentences_are_their_own(catalogue: Catalogue) -> Iterator[Complaint]:
    for field in ("location", "finding"):
        seen: dict[str, str] = {}
        for i, point in enumerate(catalogue.points):
            text = getattr(point, field)
            if text in seen:
                message = f"{point.code}: the same {field} as {seen[text]}"
                yield _at(i, field, message, "a sentence of its own")
            seen.setdefault(text, point.code)


def _cautions_are_specific(catalogue: Catalogue) -> Iterator[Complaint]:
    uses = Counter(c.text for point in catalogue.points for c in point.cautions)
    for i, point in enumerate(catalogue.points):
        for k, caution in enumerate(point.cautions):
            if uses[caution.text] > 4:
                message = f"{point.code}: this caution stands on {uses[caution.text]} points"
                path: NodePath = ("points", i, "cautions", k, "text")
                yield "points.yaml", path, message, "words for this point"


def _at(i: int, field: str, message: str, expected: str) -> Complaint:
    return "points.yaml", ("points", i, field), message, expected


_RULES: tuple[Callable[[Catalogue], Iterator[Complaint]], ...] = (
    _ids_are_unique,
    _codes_are_unique,
    _codes_fit_the_meridian,
    _numbering_is_complete,
    _references_resolve,
    _back_pain_references_resolve,
    _sentences_are_their_own,
    _cautions_are_specific,
)
