"""Rules that placements and maps must keep, as generators of complaints."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from atlas.body.body import Body
from atlas.body.drawing import Tones, themed
from atlas.body.maps import BodyMap, Frame
from atlas.body.placement import PlacementError
from atlas.catalog.complaint import suggestion
from atlas.catalog.model import DIRECTIONS
from atlas.catalog.yaml_source import NodePath
from atlas.problems import AtlasError

Complaint = tuple[NodePath, str, str]


def check_placements(body: Body) -> Iterator[Complaint]:
    """Faults of placements, as (path in points.yaml, message, expected)."""
    for i, point in enumerate(body.catalogue.points):
        for map_id, placed in point.places.items():
            path: NodePath = ("points", i, "places", map_id)
            if map_id not in body.maps:
                expected = suggestion(map_id, body.maps)
                yield path, f"{point.code}: no map {map_id}", expected
                continue
            locator = body.locator(map_id)
            for ordinal, placement in enumerate(point.spots(map_id)):
                here = (*path, ordinal) if isinstance(placed, list) else path
                try:
                    position = locator.measure(placement).position
                except PlacementError as error:
                    where = (*here, error.field) if error.field else here
                    yield where, f"{point.code}: {error.message}", error.expected
                    continue
                if not body.maps[map_id].contains(position):
                    x, y = position
                    message = f"{point.code}: ({x:.0f}, {y:.0f}) is outside the map {map_id}"
                    yield here, message, "a position inside the frame"


def check_map(body_map: BodyMap, codes: set[str]) -> Iterator[Complaint]:
    """Faults of a map's own description, as (path in its file, message, expected)."""
    yield from _check_rulers(body_map, codes)
    for name in body_map.directions.keys() - set(DIRECTIONS):
        yield ("directions", name), f"unknown direction {name}", suggestion(name, DIRECTIONS)
    for name, path_codes in body_map.meridian_paths.items():
        for i, code in enumerate(path_codes):
            if code not in codes:
                yield ("meridian_paths", name, i), f"no point {code}", "a code of points.yaml"


def _check_rulers(body_map: BodyMap, codes: set[str]) -> Iterator[Complaint]:
    for name, ruler in body_map.rulers.items():
        for i, mark in enumerate(ruler.through):
            if mark not in body_map.landmarks and mark not in codes:
                path: NodePath = ("rulers", name, "through", i)
                yield path, f"no landmark {mark}", suggestion(mark, body_map.landmarks)
    scale = body_map.rulers.get(body_map.scale)
    if scale is None:
        yield ("scale",), f"no ruler {body_map.scale}", suggestion(body_map.scale, body_map.rulers)
    elif scale.cun is None:
        yield ("scale",), f"the ruler {body_map.scale} has no cun", "a ruler with a length"


def check_drawing(svg: bytes, file: str, frame: Frame) -> Iterator[Complaint]:
    """Faults of the drawing in a file, as (path in the map's file, message, expected)."""
    name = f"the drawing {file}"
    try:
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, LookupError, ValueError) as error:  # two are for encodings
        yield ("id",), f"{name} is not XML: {error}", "a drawing in SVG"
        return
    box = root.get("viewBox", "")
    if _numbers(box) != list(frame):
        wanted = " ".join(f"{number:.12g}" for number in frame)
        yield ("frame",), f"{name} has another viewBox: {box or 'none'}", f'viewBox="{wanted}"'
    if not _ends_with_bones(svg, root):
        yield ("id",), f"{name} has no last group bones", '<g id="bones"> before its end'


def _numbers(text: str) -> list[float]:
    try:
        return [float(word) for word in text.replace(",", " ").split()]
    except ValueError:
        return []


def _ends_with_bones(svg: bytes, root: ElementTree.Element) -> bool:
    """Whether taking the bones away leaves the drawing whole but for one group."""
    try:
        bare = ElementTree.fromstring(themed(svg, Tones(), bones=False))
    except (AtlasError, ElementTree.ParseError):
        return False
    return len(bare) == len(root) - 1
