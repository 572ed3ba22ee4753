"""Whether the points agree with the standard: names, numbers of the location, cautions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atlas.catalog.complaint import Complaint, at_point
from atlas.catalog.model import Catalogue, Point
from atlas.catalog.standard import Requirement, StandardFile

_THIRD = r"\b(one third|(upper|lateral|front|anterior|medial|proximal|posterior) third)\b"
_FRACTIONS = {
    "one quarter": r"\b(quarter|fourth)\b",
    "one third": rf"{_THIRD}|\btwo thirds\b",  # one third from here is two thirds from there
    "half": r"\b(midpoint|midway|half ?way|middle|half|centre)\b",
    "two thirds": rf"{_THIRD}|\btwo thirds\b",
    "three quarters": r"\b(quarter|quarters|fourth)\b",
}


def check_standard(catalogue: Catalogue, standard: StandardFile) -> Iterator[Complaint]:
    """Where the points depart from the standard; points of one's own are not looked at."""
    for requirement in standard.points:
        i = catalogue.index.get(requirement.code)
        if i is not None:
            yield from _departures(i, catalogue.points[i], requirement)


def _departures(i: int, point: Point, requirement: Requirement) -> Iterator[Complaint]:
    names = point.names
    accepted = {
        "pinyin": requirement.pinyin,
        "hanzi": requirement.hanzi or [names.hanzi],
        "hanzi_simplified": [requirement.hanzi_simplified],
    }
    for field, known in accepted.items():
        name: str = getattr(names, field)
        if name not in known:
            message = f"{point.code}: {name} is not its name in the standard"
            yield at_point(i, ("names", field), message, " or ".join(known))
    for number in requirement.states:
        if not re.search(_pattern(number), point.location):
            message = f"{point.code}: the location lacks a number of the standard"
            yield at_point(i, ("location",), message, number)
    kinds = {caution.kind for caution in point.cautions}
    for kind in requirement.cautions:
        if kind not in kinds:
            message = f"{point.code}: a caution is missing"
            yield at_point(i, ("cautions",), message, kind)


def _pattern(number: str) -> str:
    """What finds a number or fraction in a sentence."""
    if number in _FRACTIONS:
        return _FRACTIONS[number]
    if number.endswith("fingerbreadth"):
        return r"\b(one|1) fingerbreadth\b"
    return rf"(?<![\d.]){re.escape(number)}\b"
