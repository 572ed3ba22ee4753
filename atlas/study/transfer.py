"""Progress as a JSON file, so that it moves between machines."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from atlas.problems import AtlasError, unreadable
from atlas.study.records import ConflictError, Merged, Progress
from atlas.study.store import Store

FORMAT = "acupoint-atlas study"
VERSION = 1


class _Header(msgspec.Struct):
    format: str = ""
    version: int = 0


class _File(Progress, frozen=True, kw_only=True):
    format: str
    version: int


def export_text(store: Store) -> str:
    """All progress as JSON; of equal progress the text is equal."""
    fields = msgspec.structs.asdict(store.everything())
    content = msgspec.json.encode({"format": FORMAT, "version": VERSION, **fields})
    return msgspec.json.format(content, indent=1).decode() + "\n"


def read_progress(path: Path) -> Progress:
    """The progress in a file that `export_text` made.

    Raises `AtlasError` in one sentence with the line or the place of the first fault.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        _check_header(path, content)
        return msgspec.json.decode(content, type=_File)
    except msgspec.ValidationError as error:
        raise AtlasError(f"{path}: {_in_words(str(error))}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise AtlasError(f"{path}{_line(content, str(error))}: it is no whole JSON") from None


def import_file(store: Store, path: Path) -> Merged:
    """Merge a file into the progress; twice gives the same as once. Raises `AtlasError`."""
    progress = read_progress(path)
    try:
        return store.merge(progress)
    except ConflictError as error:
        raise AtlasError(f"{path}: {error}: nothing was imported") from None


def _check_header(path: Path, content: bytes) -> None:
    try:
        header = msgspec.json.decode(content, type=_Header)
    except msgspec.ValidationError:
        header = _Header()
    if header.format != FORMAT or header.version < 1:
        raise AtlasError(f"{path} is no export of progress (acupoint-atlas study export)")
    if header.version > VERSION:
        raise AtlasError(
            f"{path} was exported by a newer version of the atlas (version {header.version}, "
            f"this one knows up to {VERSION}): update the atlas"
        )


def _in_words(message: str) -> str:
    """`Expected ... - at `$.reviews[3].rating`` with the place first."""
    text, _, where = message.partition(" - at ")
    place = where.strip("`").removeprefix("$.")
    text = f"{text[0].lower()}{text[1:]}".replace("`", "")
    return f"{place}: {text}" if place else text


def _line(content: bytes, message: str) -> str:
    match = re.search(r"\(byte (\d+)\)", message)
    at = int(match[1]) if match else len(content)
    line = content.count(b"\n", 0, at) + 1
    return f":{line}"
