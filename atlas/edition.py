"""An edition of the atlas: the catalogue and the body maps read from one data folder."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from atlas import __version__, resources
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
from atlas.problems import AtlasError, DataError, Problem, unreadable

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


class Edition(NamedTuple):
    """What one data folder holds, read and checked."""

    folder: Path
    catalogue: Catalogue
    body: Body
    digest: bytes = b""  # of all that was read; two editions with the same one are the same

    def drawing(self, map_id: str) -> Path:
        """The file of a map's drawing."""
        return resources.body_maps_for(self.folder) / f"{map_id}.svg"


class _Files(NamedTuple):
    """What is read at every start."""

    folder: Path
    contents: dict[str, bytes]
    digest: bytes


class _Parsed(msgspec.Struct):
    """What the cache holds."""

    catalogue: Catalogue
    maps: list[BodyMap]


def open_edition(folder: Path | None = None) -> Edition:
    """Read a data folder, from the cache where nothing has changed.

    Raises `DataError` with every fault, or `AtlasError` where the folder can't be read.
    """
    with _without_collecting():
        files = _read(folder)
        parsed = _from_cache(files)
        if parsed is None:
            parsed = parse(files.contents, resources.body_maps_for(files.folder))
            _to_cache(files, parsed)
        return _edition(files, parsed)


def read_edition(folder: Path | None = None) -> Edition:
    """Read and check a data folder, whatever the cache holds. Raises as `open_edition` does.

    The checker's own file is read besides, where the folder has one.
    """
    files = _read(folder)
    contents = files.contents | _of_the_checker(files.folder)
    return _edition(files, parse(contents, resources.body_maps_for(files.folder)))


def _of_the_checker(folder: Path) -> dict[str, bytes]:
    path = folder / STANDARD_FILE
    try:
        return {path.name: path.read_bytes()} if path.exists() else {}
    except OSError as error:
        raise unreadable(path, error) from None


def _edition(files: _Files, parsed: _Parsed) -> Edition:
    body = Body(parsed.maps, parsed.catalogue)
    return Edition(files.folder, parsed.catalogue, body, files.digest)


def _read(folder: Path | None) -> _Files:
    # not Path.resolve, which ends in a traceback where links lead in a circle
    real = Path(os.path.realpath(folder or resources.data_folder()))
    contents = read_folder(real)
    return _Files(real, contents, _digest(contents, drawings_of(real)))


def watched_files(folder: Path) -> list[Path]:
    """The files whose change means a new edition."""
    return _yaml_files(folder) + drawings_of(folder)


def _yaml_files(folder: Path) -> list[Path]:
    maps = resources.body_maps_for(folder)
    return [folder / name for name in CATALOGUE_FILES] + sorted(maps.glob("*.yaml"))


def drawings_of(folder: Path) -> list[Path]:
    """The drawings that go with a data folder."""
    return sorted(p for p in resources.body_maps_for(folder).glob("*.svg") if p.is_file())


def read_folder(folder: Path) -> dict[str, bytes]:
    """The content of all YAML files by the name used in messages."""
    path, contents = folder / "points.yaml", {}
    try:
        if not folder.exists():
            raise AtlasError(f"{folder} does not exist")
        if not path.is_file():
            raise AtlasError(f"{folder} is no data folder: it has no points.yaml")
        _refuse_missing(folder)
        for path in _yaml_files(folder):
            contents[_display_name(path, folder)] = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None
    if contents.keys() == CATALOGUE_FILES.keys():
        maps = resources.body_maps_for(folder)
        raise AtlasError(f"{maps} has no map: at least one NAME.yaml with its NAME.svg")
    return contents


def _refuse_missing(folder: Path) -> None:
    missing = sorted(name for name in CATALOGUE_FILES if not (folder / name).is_file())
    if missing:
        names = ", ".join(missing)
        raise AtlasError(f"{folder} lacks {names}: copy them from {resources.data_folder()}")


def _display_name(path: Path, folder: Path) -> str:
    inside = path.parent == folder
    return path.name if inside else f"{path.parent.name}/{path.name}"


def parse(contents: dict[str, bytes], maps_folder: Path) -> _Parsed:
    """Parse and check file contents by name. Raises `DataError` with every fault."""
    with _without_collecting():
        return _parse(contents, maps_folder)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Ten thousand new values and no garbage: looking for it takes half of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _parse(contents: dict[str, bytes], maps_folder: Path) -> _Parsed:
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
    parsed = _Parsed(_catalogue(records), ordered)
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


def _check(parsed: _Parsed, maps: dict[str, BodyMap], maps_folder: Path) -> Iterator[Complaint]:
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


def _check_standard(parsed: _Parsed, records: dict[str, Any]) -> Iterator[Complaint]:
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


def _digest(contents: dict[str, bytes], drawings: list[Path]) -> bytes:
    """What a cache must have been made from: the files, and the drawings by size and time."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=32)
    for name, content in contents.items():
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    for path in drawings:
        try:
            status = path.stat()
        except OSError as error:
            raise unreadable(path, error) from None
        digest.update(f"\0{path.name}\0{status.st_size}\0{status.st_mtime_ns}".encode())
    return digest.digest()


def _cache_file(folder: Path) -> Path:
    name = hashlib.blake2b(str(folder).encode(), digest_size=8).hexdigest()
    return resources.cache_folder() / f"edition-{name}.msgpack"


def _from_cache(files: _Files) -> _Parsed | None:
    """The parsed folder, if the cache was written from just this content and is whole."""
    try:
        stored = _cache_file(files.folder).read_bytes()
    except OSError:
        return None
    key, checksum, payload = stored[:32], stored[32:64], stored[64:]
    if key != files.digest or checksum != hashlib.blake2b(payload, digest_size=32).digest():
        return None
    try:
        return msgspec.msgpack.decode(payload, type=_Parsed)
    except msgspec.DecodeError:
        return None


def _to_cache(files: _Files, parsed: _Parsed) -> None:
    payload = msgspec.msgpack.encode(parsed)
    checksum = hashlib.blake2b(payload, digest_size=32).digest()
    try:
        resources.write_own_file(_cache_file(files.folder), files.digest + checksum + payload)
    except OSError:
        return  # a cache that can't be written only costs time at the next start
