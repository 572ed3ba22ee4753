"""Rules on what is said: nothing twice, nothing generic, no claim without its comparison."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from atlas.catalog.complaint import Complaint, at_point
from atlas.catalog.model import Catalogue, Point
from atlas.catalog.yaml_source import NodePath

MOST_USES = 8  # indications of a point: the most typical ones, not all that was ever written
REPEATS = 4  # of one text over all points; more is boilerplate that nobody reads

# What a point does is a claim that needs a comparison; texts on places have no need of it.
_CLAIM = re.compile(
    r"\b(effective|cures?|heals?|treats|relieves|alleviates|boosts|strengthens|detoxif\w+)\b", re.I
)
_COMPARED = re.compile(r"\b(than|against|compared|comparison|over|versus|with no)\b", re.I)


def sentences_are_their_own(catalogue: Catalogue) -> Iterator[Complaint]:
    """No two points share a location, a way of finding, or a way of telling apart."""
    seen: dict[tuple[str, str], str] = {}
    for i, point in enumerate(catalogue.points):
        for path, text in _own_sentences(point):
            field = str(path[0])
            first = seen.setdefault((field, text), point.code)
            if first != point.code:
                message = f"{point.code}: the same {field} as {first}"
                yield at_point(i, path, message, "a sentence of its own")


def _own_sentences(point: Point) -> Iterator[tuple[NodePath, str]]:
    yield ("location",), point.location
    yield ("finding",), point.finding
    for k, confusion in enumerate(point.confused_with):
        yield ("confused_with", k, "difference"), confusion.difference


def cautions_are_specific(catalogue: Catalogue) -> Iterator[Complaint]:
    """No caution, and no text on what lies deep, stands on many points."""
    uses = Counter(text for point in catalogue.points for _, text in _warnings(point))
    for i, point in enumerate(catalogue.points):
        for path, text in _warnings(point):
            if uses[text] > REPEATS:
                what = "caution" if path[0] == "cautions" else "text"
                message = f"{point.code}: this {what} stands on {uses[text]} points"
                yield at_point(i, path, message, "words for this point")


def _warnings(point: Point) -> Iterator[tuple[NodePath, str]]:
    for k, caution in enumerate(point.cautions):
        yield ("cautions", k, "text"), caution.text
    if point.anatomy is not None and point.anatomy.deep:
        yield ("anatomy", "deep"), point.anatomy.deep


def uses_are_few(catalogue: Catalogue) -> Iterator[Complaint]:
    """A point names each use once, and only the most typical ones."""
    for i, point in enumerate(catalogue.points):
        named = point.indications
        if len(named) > MOST_USES:
            message = f"{point.code} has {len(named)} indications"
            yield at_point(i, ("traditional_use",), message, f"at most {MOST_USES}")
        for name in sorted({name for name in named if named.count(name) > 1}):
            message = f"{point.code}: {name} stands here twice"
            yield at_point(i, ("traditional_use",), message, "each indication once")


def forbidden_points_have_no_depth(catalogue: Catalogue) -> Iterator[Complaint]:
    """A number of cun beside a point that is not needled would be read as leave to needle."""
    for i, point in enumerate(catalogue.points):
        if not any(c.kind == "not_needled" and c.severity == "forbidden" for c in point.cautions):
            continue
        for k, needling in enumerate(point.needling):
            if needling.depth is not None:
                message = f"{point.code} is not needled, and has a depth"
                yield at_point(i, ("needling", k, "depth"), message, "no depth")
            if needling.technique not in ("not_needled", "moxibustion"):
                message = f"{point.code} is not needled, and has a technique"
                yield at_point(i, ("needling", k, "technique"), message, "not_needled")


def claims_say_against_what(catalogue: Catalogue) -> Iterator[Complaint]:
    """Points claim no effect; a finding of a study says against what something was better."""
    expected = "what is known, and on what basis"
    for i, point in enumerate(catalogue.points):
        for path, text in (*_own_sentences(point), *_warnings(point)):
            if match := _CLAIM.search(text):
                yield at_point(i, path, f"{point.code}: “{match[0]}” claims an effect", expected)
    for i, study in enumerate(catalogue.evidence.studies):
        match = _CLAIM.search(study.finding)
        if match and not _COMPARED.search(study.finding):
            message = f"{study.id}: “{match[0]}” without saying against what"
            yield "evidence.yaml", ("studies", i, "finding"), message, "a comparison"
