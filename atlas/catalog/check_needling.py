"""A point that is not needled has no depth, and its cautions and techniques agree on it."""

from __future__ import annotations

from collections.abc import Iterator

from atlas.catalog.complaint import Complaint, at_point
from atlas.catalog.model import Catalogue

WITHOUT_NEEDLE = ("not_needled", "moxibustion")


def depths_have_a_needle(catalogue: Catalogue) -> Iterator[Complaint]:
    """A number of cun where no needle goes in would be read as leave to needle."""
    for i, point in enumerate(catalogue.points):
        for k, needling in enumerate(point.needling):
            if needling.technique in WITHOUT_NEEDLE and needling.depth is not None:
                message = f"{point.code}: {needling.technique} with a depth"
                yield at_point(i, ("needling", k, "depth"), message, "no depth")


def forbidden_points_are_not_needled(catalogue: Catalogue) -> Iterator[Complaint]:
    """No technique with a needle stands beside a caution that says “do not needle”."""
    for i, point in enumerate(catalogue.points):
        if any(caution.severity == "forbidden" for caution in point.cautions):
            for k, needling in enumerate(point.needling):
                if needling.technique not in WITHOUT_NEEDLE:
                    message = f"{point.code}: {needling.technique} beside a forbidden caution"
                    expected = " or ".join(WITHOUT_NEEDLE)
                    yield at_point(i, ("needling", k, "technique"), message, expected)


def points_not_needled_are_forbidden(catalogue: Catalogue) -> Iterator[Complaint]:
    """The technique “not needled” has a caution that gives the reason."""
    for i, point in enumerate(catalogue.points):
        cautions = {(caution.kind, caution.severity) for caution in point.cautions}
        if ("not_needled", "forbidden") in cautions:
            continue
        for k, needling in enumerate(point.needling):
            if needling.technique == "not_needled":
                message = f"{point.code} is not needled, and no caution says so"
                expected = "a caution not_needled of severity forbidden"
                yield at_point(i, ("needling", k, "technique"), message, expected)
