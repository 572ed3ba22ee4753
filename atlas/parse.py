"""From the contents of a data folder to checked records; every fault is told."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from atlas.body.body import Body
from atlas.body.maps import BodyMap, Frame
from atlas.catalog.guidance import Evidence, Safety
from atlas.catalog.model import (
    BackPainFile,
    Catalogue,
    IndicationsFile,
    LandmarksFile,
    MeridiansFile,
    PointsFile,
    RegionsFile,
    SourcesFile,
    VocabularyFile,
)
from atlas.catalog.standard import StandardFile
from atlas.problems import DataError, Problem, unreadable

if TYPE_CHECKING:
    from atlas.catalog.complaint import Complaint

CATALOGUE_FILES: dict[str, type] = {
    "points.yaml": PointsFile,
    "meridians.yaml": MeridiansFile,
    "regions.yaml": RegionsFile,
    "vocabulary.yaml": VocabularyFile,
    "indications.yaml": IndicationsFile,
    "back_pain.yaml": BackPainFile,
    "safety.yaml": Safety,
    "evidence.yaml": Evidence,
    "sources.yaml": SourcesFile,
    "landmarks.yaml": LandmarksFile,
}
STANDARD_FILE = "standard.yaml"
MODELS: dict[str, type] = {**CATALOGUE_FILES, STANDARD_FILE: StandardFile}


class Parsed(msgspec.Struct):
    """What the cache holds."""

    catalogue: Catalogue
    maps: list[BodyMap]


def parse(contents: dict[str, bytes], maps_folder: Path) -> Parsed:
    """Parse and check file contents by name. Raises `DataError` with every fault."""
    with without_collecting():
        return _parse(contents, maps_folder)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Ten thousand new values and no garbage: looking for it takes half of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _parse(contents: dict[str, bytes], maps_folder: Path) -> Parsed:
    from atlas.catalog.yaml_source import YamlFile

    sources: dict[str, YamlFile] = {}
    records: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, content in contents.items():
        try:
            sources[name] = YamlFile(name, content)
            records[name] = _convert(sources[name], MODELS.get(name, BodyMap))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    maps = {name: record for name, record in records.items() if isinstance(record, BodyMap)}
    ordered = sorted(maps.values(), key=lambda body_map: body_map.order)
    parsed = Parsed(_catalogue(records), ordered)
    complaints = list(_check(parsed, maps, maps_folder))
    complaints += _check_standard(parsed, records)
    if complaints:
        raise DataError(
            [
                sources[file].problem(path, message, expected)
                for file, path, message, expected in complaints
            ]
        )
    return parsed


def _convert(source: Any, model: type) -> Any:
    from atlas.catalog.load import convert_file

    return convert_file(source, model)


def _catalogue(records: dict[str, Any]) -> Catalogue:
    vocabulary: VocabularyFile = records["vocabulary.yaml"]
    return Catalogue(
        points=records["points.yaml"].points,
        meridians=records["meridians.yaml"].meridians,
        regions=records["regions.yaml"].regions,
        categories=vocabulary.categories,
        caution_kinds=vocabulary.cautions,
        indication_groups=records["indications.yaml"].groups,
        indications=records["indications.yaml"].indications,
        back_pain=records["back_pain.yaml"],
        safety=records["safety.yaml"],
        evidence=records["evidence.yaml"],
        sources=records["sources.yaml"].sources,
        landmarks=records["landmarks.yaml"].landmarks,
    )


def _check(parsed: Parsed, maps: dict[str, BodyMap], maps_folder: Path) -> Iterator[Complaint]:
    """The rules across records; placements only once the maps themselves are sound."""
    from atlas.body.check import check_map, check_placements
    from atlas.catalog.check import check_catalogue

    yield from check_catalogue(parsed.catalogue)
    codes = set(parsed.catalogue.index)
    of_maps = [fault for name, m in maps.items() for fault in check_map(name, m, codes)]
    yield from of_maps
    for name, body_map in maps.items():
        yield from _check_drawing(name, body_map, maps_folder)
    if not of_maps:
        yield from check_placements(Body(parsed.maps, parsed.catalogue))


def _check_standard(parsed: Parsed, records: dict[str, Any]) -> Iterator[Complaint]:
    from atlas.catalog.check_standard import check_standard

    if STANDARD_FILE in records:
        yield from check_standard(parsed.catalogue, records[STANDARD_FILE])


def _check_drawing(file: str, body_map: BodyMap, maps_folder: Path) -> Iterator[Complaint]:
    """The drawing that belongs to a map by its name."""
    stem = Path(file).stem
    if stem != body_map.id:
        yield file, ("id",), f"id {body_map.id}", f"id: {stem}"
        return
    drawing = maps_folder / f"{stem}.svg"
    try:
        stat = drawing.stat()
        yield from _drawing_faults(file, drawing, stat.st_size, stat.st_mtime_ns, body_map.frame)
    except OSError as error:
        message = f"the drawing {unreadable(drawing.name, error)}"
        yield file, ("id",), message, "a drawing beside this file"


@lru_cache(maxsize=64)
def _drawing_faults(
    file: str, path: Path, size: int, time: int, frame: Frame
) -> tuple[Complaint, ...]:
    """Faults of a drawing, looked for once as long as its size and time stay the same."""
    from atlas.body.check import check_drawing

    _ = size, time
    return tuple(check_drawing(file, path.read_bytes(), path.name, frame))
