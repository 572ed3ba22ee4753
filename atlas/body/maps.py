"""A body map: a drawing with landmarks, rulers and directions."""

from __future__ import annotations

import re
from typing import Annotated, Literal

import msgspec

from atlas.catalog.model import Identifier, Record, Text

XY = tuple[float, float]


class Ruler(Record):
    """A proportional measurement: a polyline through landmarks, and its length in cun.

    `construction` marks a drawing aid that is no measure of the standard; `measures` says
    what the standard measures here.
    """

    through: Annotated[list[str], msgspec.Meta(min_length=2)]
    cun: Annotated[float, msgspec.Meta(gt=0)] | None = None
    construction: bool = False
    measures: str = ""


class BodyMap(Record):
    """One view of the body. Lengths are in drawing units (1 unit = 1 mm), y downward."""

    id: Identifier
    title: Text
    group: Text
    label: Text
    order: int
    view: Literal["anterior", "posterior", "lateral", "medial", "superior", "palmar", "dorsal",
                  "plantar"]  # fmt: skip
    symmetric: bool
    frame: tuple[float, float, float, float]
    directions: dict[str, XY]
    landmarks: dict[str, XY]
    rulers: dict[str, Ruler]
    scale: str
    meridian_paths: dict[str, list[str]] = {}

    def contains(self, position: XY) -> bool:
        """Whether a position lies in the frame."""
        x, y, width, height = self.frame
        return x <= position[0] <= x + width and y <= position[1] <= y + height


_VERTEBRA = re.compile(r"\b([ctls])(\d{1,2})\b")
_WORDS = {
    "ics": "intercostal space",
    "psis": "posterior superior iliac spine",
    "asis": "anterior superior iliac spine",
    "mcp": "metacarpophalangeal joint",
    "pip": "proximal interphalangeal joint",
    "ip": "interphalangeal",
    "scm": "sternocleidomastoid muscle",
    "mid": "middle",
    "1cun": "1 cun",
}
_SIDES = ("lower", "superior", "inferior", "upper")


def landmark_title(name: str) -> str:
    """A landmark's name for people: `spinous_process_l2_lower` is "spinous process L2, lower
    border". A code such as GV4 stays as it is.
    """
    if name.isupper() or name[:2].isupper():
        return name
    words = [_WORDS.get(word, word) for word in name.split("_")]
    text = _VERTEBRA.sub(lambda m: m[0].upper(), " ".join(words))
    if words[0] == "spinous" and words[-1] in _SIDES:
        text = text.removesuffix(f" {words[-1]}") + f", {words[-1]} border"
    return text
