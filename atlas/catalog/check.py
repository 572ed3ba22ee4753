"""Rules across the records of a catalogue, as generators of complaints.

All complaints are collected before anything is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from atlas.catalog.check_lists import (
    all_techniques_need_no_second,
    lists_name_each_once,
    no_point_is_confused_with_itself,
    nothing_is_empty,
)
from atlas.catalog.check_needling import (
    depths_have_a_needle,
    forbidden_points_are_not_needled,
    points_not_needled_are_forbidden,
)
from atlas.catalog.check_numbers import (
    depths_ascend,
    rates_agree,
    results_agree,
    results_are_told_apart,
)
from atlas.catalog.check_references import references_resolve
from atlas.catalog.check_wording import (
    cautions_are_specific,
    claims_say_against_what,
    sentences_are_their_own,
    uses_are_few,
)
from atlas.catalog.complaint import Complaint, at_point, suggestion
from atlas.catalog.model import Catalogue


def check_catalogue(catalogue: Catalogue) -> Iterator[Complaint]:
    """All faults of a catalogue."""
    for rule in _RULES:
        yield from rule(catalogue)


def ids_are_unique(catalogue: Catalogue) -> Iterator[Complaint]:
    """Each id stands once in its space."""
    seen: set[tuple[str, str]] = set()
    for space, file, field, ids in _id_lists(catalogue):
        for i, name in enumerate(ids):
            if (space, name) in seen:
                yield file, (field, i), f"{name} stands here or elsewhere already", "its own id"
            seen.add((space, name))


def _id_lists(catalogue: Catalogue) -> Iterator[tuple[str, str, str, list[str]]]:
    """All ids as (space in which they are unique, file, field, ids)."""
    pain, safety, evidence = catalogue.back_pain, catalogue.safety, catalogue.evidence
    yield "meridian", "meridians.yaml", "meridians", [m.code for m in catalogue.meridians]
    yield "source", "sources.yaml", "sources", [s.id for s in catalogue.sources]
    yield "landmark", "landmarks.yaml", "landmarks", [m.id for m in catalogue.landmarks]
    yield "term", "regions.yaml", "regions", [t.id for t in catalogue.regions]
    yield "term", "vocabulary.yaml", "categories", [t.id for t in catalogue.categories]
    yield "term", "vocabulary.yaml", "cautions", [t.id for t in catalogue.caution_kinds]
    yield "term", "back_pain.yaml", "types", [t.id for t in pain.types]
    yield "term", "back_pain.yaml", "conditions", [t.id for t in pain.conditions]
    yield "group", "indications.yaml", "groups", [t.id for t in catalogue.indication_groups]
    yield "indication", "indications.yaml", "indications", [t.id for t in catalogue.indications]
    yield "safety", "safety.yaml", "contraindications", [c.id for c in safety.contraindications]
    yield "event", "safety.yaml", "adverse_events", [e.id for e in safety.adverse_events]
    yield "study", "evidence.yaml", "studies", [s.id for s in evidence.studies]
    yield "guideline", "evidence.yaml", "guidelines", [g.id for g in evidence.guidelines]


def codes_are_unique(catalogue: Catalogue) -> Iterator[Complaint]:
    """Each code stands once."""
    seen: set[str] = set()
    for i, point in enumerate(catalogue.points):
        if point.code in seen:
            yield at_point(i, ("code",), f"{point.code} stands here twice", "each code once")
        seen.add(point.code)


def codes_fit_the_meridian(catalogue: Catalogue) -> Iterator[Complaint]:
    """A code begins with the code of its meridian."""
    known = [m.code for m in catalogue.meridians]
    for i, point in enumerate(catalogue.points):
        if point.meridian not in known:
            message = f"{point.code}: no meridian {point.meridian}"
            yield at_point(i, ("meridian",), message, suggestion(point.meridian, known))
        elif not point.code.startswith(point.meridian):
            message = f"{point.code} is not a point of {point.meridian}"
            yield at_point(i, ("meridian",), message, f"meridian: {point.code[:2]}")


def numbering_is_complete(catalogue: Catalogue) -> Iterator[Complaint]:
    """A meridian that has points has all of them; extra points come as they are known."""
    numbered: dict[str, set[int]] = {}
    for point in catalogue.points:
        numbered.setdefault(point.code.rstrip("0123456789"), set()).add(point.number)
    for i, meridian in enumerate(catalogue.meridians):
        numbers = numbered.get(meridian.code, set())
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
            yield at_point(catalogue.index[code], ("code",), message, last)


_RULES: tuple[Callable[[Catalogue], Iterator[Complaint]], ...] = (
    ids_are_unique,
    codes_are_unique,
    codes_fit_the_meridian,
    numbering_is_complete,
    references_resolve,
    sentences_are_their_own,
    cautions_are_specific,
    uses_are_few,
    claims_say_against_what,
    results_agree,
    results_are_told_apart,
    rates_agree,
    depths_ascend,
    depths_have_a_needle,
    forbidden_points_are_not_needled,
    points_not_needled_are_forbidden,
    lists_name_each_once,
    no_point_is_confused_with_itself,
    all_techniques_need_no_second,
    nothing_is_empty,
)
