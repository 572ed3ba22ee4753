"""An edition of the atlas: the catalogue and the body maps read from one data folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

import msgspec

from atlas import __version__, resources
from atlas.body.body import Body
from atlas.catalog.model import Catalogue
from atlas.parse import CATALOGUE_FILES, STANDARD_FILE, Parsed, parse, without_collecting
from atlas.problems import AtlasError, unreadable


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


def open_edition(folder: Path | None = None) -> Edition:
    """Read a data folder, from the cache where nothing has changed.

    Raises `DataError` with every fault, or `AtlasError` where the folder can't be read.
    """
    with without_collecting():
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


def _edition(files: _Files, parsed: Parsed) -> Edition:
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


def _from_cache(files: _Files) -> Parsed | None:
    """The parsed folder, if the cache was written from just this content and is whole."""
    try:
        stored = _cache_file(files.folder).read_bytes()
    except OSError:
        return None
    key, checksum, payload = stored[:32], stored[32:64], stored[64:]
    if key != files.digest or checksum != hashlib.blake2b(payload, digest_size=32).digest():
        return None
    try:
        return msgspec.msgpack.decode(payload, type=Parsed)
    except msgspec.DecodeError:
        return None


def _to_cache(files: _Files, parsed: Parsed) -> None:
    payload = msgspec.msgpack.encode(parsed)
    checksum = hashlib.blake2b(payload, digest_size=32).digest()
    try:
        resources.write_own_file(_cache_file(files.folder), files.digest + checksum + payload)
    except OSError:
        return  # a cache that can't be written only costs time at the next start
