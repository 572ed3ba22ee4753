"""Rules that placements and maps must keep, as generators of complaints."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from atlas.body.body import Body
from atlas.body.drawing import Tones, themed
from atlas.body.maps import BodyMap, Frame
from atlas.body.placement import PlacementError
from atlas.catalog.complaint import Complaint, at_point, suggestion
from atlas.catalog.point import DIRECTIONS
from atlas.catalog.yaml_source import NodePath
from atlas.problems import AtlasError


def check_placements(body: Body) -> Iterator[Complaint]:
    """Faults of placements."""
    for i, point in enumerate(body.catalogue.points):
        for map_id, placed in point.places.items():
            path: NodePath = ("places", map_id)
            if map_id not in body.maps:
                expected = suggestion(map_id, body.maps)
                yield at_point(i, path, f"{point.code}: no map {map_id}", expected)
                continue
            locator = body.locator(map_id)
            for ordinal, placement in enumerate(point.spots(map_id)):
                here = (*path, ordinal) if isinstance(placed, list) else path
                try:
                    position = locator.measure(placement).position
                except PlacementError as error:
                    where = (*here, error.field) if error.field else here
                    yield at_point(i, where, f"{point.code}: {error.message}", error.expected)
                    continue
                if not body.maps[map_id].contains(position):
                    x, y = position
                    message = f"{point.code}: ({x:.0f}, {y:.0f}) is outside the map {map_id}"
                    yield at_point(i, here, message, "a position inside the frame")


def check_map(file: str, body_map: BodyMap, codes: set[str]) -> Iterator[Complaint]:
    """Faults of the description of a map in its file."""
    yield from _check_rulers(file, body_map, codes)
    for name in body_map.directions.keys() - set(DIRECTIONS):
        message = f"unknown direction {name}"
        yield file, ("directions", name), message, suggestion(name, DIRECTIONS)
    for name, path_codes in body_map.meridian_paths.items():
        for i, code in enumerate(path_codes):
            if code not in codes:
                path = ("meridian_paths", name, i)
                yield file, path, f"no point {code}", "a code of points.yaml"


def _check_rulers(file: str, body_map: BodyMap, codes: set[str]) -> Iterator[Complaint]:
    for name, ruler in body_map.rulers.items():
        for i, mark in enumerate(ruler.through):
            if mark not in body_map.landmarks and mark not in codes:
                path: NodePath = ("rulers", name, "through", i)
                yield file, path, f"no landmark {mark}", suggestion(mark, body_map.landmarks)
    scale = body_map.rulers.get(body_map.scale)
    if scale is None:
        expected = suggestion(body_map.scale, body_map.rulers)
        yield file, ("scale",), f"no ruler {body_map.scale}", expected
    elif scale.cun is None:
        message = f"the ruler {body_map.scale} has no cun"
        yield file, ("scale",), message, "a ruler with a length"


def check_drawing(file: str, svg: bytes, drawing: str, frame: Frame) -> Iterator[Complaint]:
    """Faults of the drawing that belongs to the map in a file, and its name."""
    name = f"the drawing {drawing}"
    try:
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, LookupError, ValueError) as error:  # two are for encodings
        yield file, ("id",), f"{name} is not XML: {error}", "a drawing in SVG"
        return
    box = root.get("viewBox", "")
    if _numbers(box) != list(frame):
        wanted = " ".join(f"{number:.12g}" for number in frame)
        message = f"{name} has another viewBox: {box or 'none'}"
        yield file, ("frame",), message, f'viewBox="{wanted}"'
    if not _ends_with_bones(svg, root):
        yield file, ("id",), f"{name} has no last group bones", '<g id="bones"> before its end'


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
