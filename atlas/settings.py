"""What is remembered between two runs, one small file for each subject."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from atlas import resources

_Kind = TypeVar("_Kind", bound=msgspec.Struct)


def load(file: str, kind: type[_Kind], what: str) -> tuple[_Kind, str]:
    """What a file remembers, and a sentence where it could not be read.

    A damaged file is set aside under another name, and the defaults hold.
    """
    path = resources.config_folder() / file
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind), ""
    except FileNotFoundError:
        return kind(), ""
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        aside = path.with_suffix(".damaged.json")
        try:
            path.replace(aside)
        except OSError:
            return kind(), f"{what} could not be read: {path}"
        return kind(), f"{what} could not be read; the file is kept as {aside}"


def save(file: str, value: msgspec.Struct) -> None:
    """Keep something for the next run."""
    content = msgspec.json.format(msgspec.json.encode(value), indent=2)
    resources.write_own_file(resources.config_folder() / file, content)
