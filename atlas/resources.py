"""Where bundled data and the user's own folders are; no other module knows paths."""

from __future__ import annotations

import os
from pathlib import Path

APP = "acupoint-atlas"
_PACKAGE = Path(__file__).resolve().parent


def _bundled(folder: str) -> Path:
    """A bundled folder: inside an installed package, or beside it in a source checkout."""
    installed = _PACKAGE / "_resources" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder


def data_folder() -> Path:
    """The folder of the bundled catalogue."""
    return _bundled("data")


def body_maps_folder() -> Path:
    """The folder of the bundled body maps."""
    return _bundled("assets") / "body_maps"


def body_maps_for(data: Path) -> Path:
    """The body maps that go with a data folder: its own where it has some."""
    own = data / "body_maps"
    return own if own.is_dir() else body_maps_folder()


def _user_folder(kind: str) -> Path:
    # ACUPOINT_ATLAS_HOME keeps everything of one user in one place: tests and portable use.
    if home := os.environ.get("ACUPOINT_ATLAS_HOME"):
        return Path(home) / kind
    import platformdirs

    return {
        "cache": platformdirs.user_cache_path,
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "log": platformdirs.user_log_path,
    }[kind](APP, appauthor=False)


def cache_folder() -> Path:
    """What can be made again: the parsed catalogue."""
    return _user_folder("cache")


def config_folder() -> Path:
    """The state of the window."""
    return _user_folder("config")


def progress_folder() -> Path:
    """What the user made and can't be made again: answers, notes, collections, backups."""
    return _user_folder("data")


def log_folder() -> Path:
    """Logs with tracebacks."""
    return _user_folder("log")


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new content, never a part.

    Where the path is a link, the file that it leads to is written.
    """
    if path.exists() and not path.is_file():  # /dev/stdout can't be replaced by a draft
        path.write_bytes(content)
        return
    target = Path(os.path.realpath(path))
    draft = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def write_own_file(path: Path, content: bytes) -> None:
    """Write a file in one of the user's folders above, which may not be there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content)
