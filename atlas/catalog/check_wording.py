"""Rules on what is said: nothing twice, nothing generic, no claim without its comparison."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from atlas.catalog.complaint import Complaint, at_point
from atlas.catalog.model import Catalogue
from atlas.catalog.point import Point
from atlas.catalog.yaml_source import NodePath

MOST_USES = 8  # indications of a point: the most typical ones, not all that was ever written
REPEATS = 4  # of one text over all points; more is boilerplate that nobody reads

# What a point does is a claim that needs a comparison; texts on places have no need of it.
# A movement that helps to feel a place, and stiffness that eases with it, claim nothing.
_CLAIM = re.compile(
    r"\b(effective|cure[sd]?|heal(s|ed)?|treats|relieve[sd]?|alleviate[sd]?|boosts|strengthens"
    r"|detoxif\w+|helps(?! to\b)|eases(?= \w)(?! with\b))\b"
)
_COMPARED = re.compile(r"\b(than|against|compared|comparison|versus|with no)\b", re.I)


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


def claims_say_against_what(catalogue: Catalogue) -> Iterator[Complaint]:
    """Points claim no effect; what studies found is said with what it was compared to."""
    for i, point in enumerate(catalogue.points):
        for path, text in (*_own_sentences(point), *_warnings(point), *_remarks(point)):
            if claim := _claim(text):
                expected = "what is known, and on what basis"
                yield at_point(i, path, f"{point.code}: “{claim}” claims an effect", expected)
    for file, path, owner, text in _found(catalogue):
        claim = _claim(text)
        if claim and not _COMPARED.search(text):
            yield file, path, f"{owner}: “{claim}” without saying against what", "a comparison"


def _claim(text: str) -> str:
    """The first word that claims something, as it stands there."""
    match = _CLAIM.search(text.lower())  # half the time of a search that ignores case
    return text[match.start() : match.end()] if match else ""


def _remarks(point: Point) -> Iterator[tuple[NodePath, str]]:
    yield ("alternative",), point.alternative
    for k, needling in enumerate(point.needling):
        yield ("needling", k, "note"), needling.note
    for k, use in enumerate(point.traditional_use):
        yield ("traditional_use", k, "note"), use.note


def _found(catalogue: Catalogue) -> Iterator[tuple[str, NodePath, str, str]]:
    """What is said of back pain and its studies, as (file, path, owner, text)."""
    for i, study in enumerate(catalogue.evidence.studies):
        yield "evidence.yaml", ("studies", i, "finding"), study.id, study.finding
    pain, file = catalogue.back_pain, "back_pain.yaml"
    for i, kind in enumerate(pain.types):
        yield file, ("types", i, "summary"), kind.id, kind.summary
    for i, condition in enumerate(pain.conditions):
        yield file, ("conditions", i, "summary"), condition.id, condition.summary
    for field in ("mechanisms", "expectations", "red_flags"):
        for i, statement in enumerate(getattr(pain, field)):
            yield file, (field, i, "text"), statement.title, statement.text
