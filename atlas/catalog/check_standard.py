"""Whether the points agree with the standard: names, numbers of the location, cautions."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator

from atlas.catalog.complaint import Complaint, at_point, suggestion
from atlas.catalog.model import Catalogue
from atlas.catalog.point import Point, Severity
from atlas.catalog.standard import Requirement, StandardFile
from atlas.catalog.yaml_source import NodePath

_FILE = "standard.yaml"
_SEVERITIES = typing.get_args(Severity)  # the most severe first

_THIRD = r"\b(one third|(upper|lateral|front|anterior|medial|proximal|posterior) third)\b"
_FRACTIONS = {
    "one quarter": r"\b(quarter|fourth)\b",
    "one third": rf"{_THIRD}|\btwo thirds\b",  # one third from here is two thirds from there
    "half": r"\b(midpoint|midway|half ?way|middle|half|centre)\b",
    "two thirds": rf"{_THIRD}|\btwo thirds\b",
    "three quarters": r"\b(quarter|quarters|fourth)\b",
}


def check_standard(catalogue: Catalogue, standard: StandardFile) -> Iterator[Complaint]:
    """Faults of the standard itself, and where the points depart from it.

    Points of one's own are not looked at.
    """
    yield from _codes(catalogue, standard)
    yield from _kinds(catalogue, standard)
    first = {required.code: required for required in reversed(standard.points)}
    for code, required in first.items():
        i = catalogue.index.get(code)
        if i is not None:
            yield from _departures(i, catalogue.points[i], required)
            yield from _cautions(i, catalogue, required, standard.severities)


def _codes(catalogue: Catalogue, standard: StandardFile) -> Iterator[Complaint]:
    """Each code once; where there are extra points, all: no numbering tells who is missing."""
    extra = any(code.startswith("EX") for code in catalogue.index)
    seen: set[str] = set()
    for i, required in enumerate(standard.points):
        code, path = required.code, ("points", i, "code")
        if code in seen:
            yield _FILE, path, f"{code} stands here twice", "each code once"
        seen.add(code)
        if extra and code.startswith("EX") and code not in catalogue.index:
            yield _FILE, path, f"{code} is missing from points.yaml", "a point with this code"


def _kinds(catalogue: Catalogue, standard: StandardFile) -> Iterator[Complaint]:
    """The kinds of caution are those of the vocabulary."""
    known = [term.id for term in catalogue.caution_kinds]
    named: list[tuple[NodePath, str]] = [(("severities", k), k) for k in standard.severities]
    for i, required in enumerate(standard.points):
        named += [(("points", i, "cautions", k), kind) for k, kind in enumerate(required.cautions)]
    for path, kind in named:
        if kind not in known:
            yield _FILE, path, f"no kind of caution {kind}", suggestion(kind, known)


def _departures(i: int, point: Point, required: Requirement) -> Iterator[Complaint]:
    names = point.names
    accepted = {
        "pinyin": required.pinyin,
        "hanzi": required.hanzi or [names.hanzi],
        "hanzi_simplified": [required.hanzi_simplified],
    }
    for field, known in accepted.items():
        name: str = getattr(names, field)
        if name not in known:
            message = f"{point.code}: {name} is not its name in the standard"
            yield at_point(i, ("names", field), message, " or ".join(known))
    for number in required.states:
        if not re.search(_pattern(number), point.location):
            message = f"{point.code}: the location lacks a number of the standard"
            yield at_point(i, ("location",), message, number)


def _cautions(
    i: int, catalogue: Catalogue, required: Requirement, severities: dict[str, Severity]
) -> Iterator[Complaint]:
    """A required caution is there, and is as severe as its kind must be."""
    point, known = catalogue.points[i], {term.id for term in catalogue.caution_kinds}
    for kind in required.cautions:
        given = [(k, c.severity) for k, c in enumerate(point.cautions) if c.kind == kind]
        if not given and kind in known:
            yield at_point(i, ("cautions",), f"{point.code}: a caution is missing", kind)
        least = severities.get(kind, _SEVERITIES[-1])
        for k, severity in given:
            if _SEVERITIES.index(severity) > _SEVERITIES.index(least):
                message = f"{point.code}: the caution {kind} is too mild"
                yield at_point(i, ("cautions", k, "severity"), message, least)


def _pattern(number: str) -> str:
    """What finds a number or fraction in a sentence."""
    if number in _FRACTIONS:
        return _FRACTIONS[number]
    if number.endswith("fingerbreadth"):
        return r"\b(one|1) fingerbreadth\b"
    return rf"(?<![\d.]){re.escape(number)}\b"
