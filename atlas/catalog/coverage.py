"""How complete a catalogue is: for each field, how many points have it, and which do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from atlas.catalog.load import readable
from atlas.catalog.point import Point
from atlas.catalog.yaml_source import YamlFile
from atlas.problems import DataError


class Coverage(NamedTuple):
    """One field of the points: who has it, and whether each point ought to."""

    field: str
    required: bool
    having: int
    missing: tuple[str, ...]  # codes


def _has_anatomy(point: Point) -> bool:
    found = point.anatomy
    return found is not None and bool(found.muscles or found.nerves or found.vessels)


def _has_use(point: Point) -> bool:
    return any(use.indications or use.note for use in point.traditional_use)


_REQUIRED: dict[str, Callable[[Point], object]] = {
    "names": lambda point: all((point.names.pinyin, point.names.hanzi, point.names.english)),
    "regions": lambda point: point.regions,
    "location": lambda point: point.location,
    "finding": lambda point: point.finding,
    "places": lambda point: point.places,
    "anatomy": _has_anatomy,
    "needling": lambda point: point.needling,
    "indications": _has_use,
    "sources": lambda point: point.sources,
}
# What not every point has: an empty field then means that there is nothing to say.
_WHERE_IT_APPLIES: dict[str, Callable[[Point], object]] = {
    "needling depth": lambda point: any(n.depth for n in point.needling),
    "what lies deep": lambda point: point.anatomy is not None and point.anatomy.deep,
    "cautions": lambda point: point.cautions,
    "categories": lambda point: point.categories,
    "back pain": lambda point: point.back_pain,
    "confused with": lambda point: point.confused_with,
    "alternative": lambda point: point.alternative,
}


def coverage(points: Sequence[Point]) -> list[Coverage]:
    """All fields, the required ones first."""
    rows = []
    for fields, required in ((_REQUIRED, True), (_WHERE_IT_APPLIES, False)):
        for name, has in fields.items():
            missing = tuple(point.code for point in points if not has(point))
            rows.append(Coverage(name, required, len(points) - len(missing), missing))
    return rows


def readable_points(path: Path) -> list[Point]:
    """The points of a file that can be read, whatever is wrong with the others."""
    try:
        return readable(YamlFile(path.name, path.read_bytes()), "points", Point)
    except (OSError, DataError):
        return []


def table(points: Sequence[Point]) -> str:
    """The coverage for a terminal: a line a field, with the points that lack what is required."""
    total = len(points)
    lines = ["required"]
    rows = coverage(points)
    lines += [_line(row, total) for row in rows if row.required]
    lines += ["where it applies", *(_line(row, total) for row in rows if not row.required)]
    return "\n".join(lines)


def _line(row: Coverage, total: int) -> str:
    line = f"  {row.field:<15}{row.having:>5} of {total}"
    if row.required and row.missing:
        line += "  missing: " + ", ".join(row.missing[:8]) + (" ..." if row.missing[8:] else "")
    return line
