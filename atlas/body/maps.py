"""A body map: a drawing with landmarks, rulers and directions."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from atlas.catalog.fields import Identifier, Record, Text

XY = tuple[float, float]
Frame = tuple[float, float, float, float]  # left, top, width, height


class Ruler(Record, frozen=True):
    """A proportional measurement: a polyline through landmarks, and its length in cun.

    `construction` marks a drawing aid that is no measure of the standard; `measures` says
    what the standard measures here.
    """

    through: Annotated[list[str], msgspec.Meta(min_length=2)]
    cun: Annotated[float, msgspec.Meta(gt=0, le=100)] | None = None
    construction: bool = False
    measures: str = ""


class BodyMap(Record, frozen=True):
    """One view of the body. Lengths are in drawing units (1 unit = 1 mm), y downward."""

    id: Identifier
    title: Text
    group: Text
    label: Text
    order: int
    view: Literal["anterior", "posterior", "lateral", "medial", "superior", "palmar", "dorsal",
                  "plantar"]  # fmt: skip
    symmetric: bool
    frame: Frame
    directions: dict[str, XY]
    landmarks: dict[str, XY]
    rulers: dict[str, Ruler]
    scale: str
    meridian_paths: dict[str, list[str]] = {}

    def contains(self, position: XY) -> bool:
        """Whether a position lies in the frame."""
        x, y, width, height = self.frame
        return x <= position[0] <= x + width and y <= position[1] <= y + height


def plain_title(name: str) -> str:
    """A landmark that has no title of its own, in words; a code such as GV4 stays as it is."""
    return name if name[:2].isupper() else name.replace("_", " ")
