"""Where the answer of a command goes: to standard output, or into a file that was named."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from atlas.problems import AtlasError, unreadable
from atlas.resources import write_atomically


def file_name(text: str) -> Path:
    """The type of an argument that names a file or a folder."""
    if not text:  # to Path this is the folder where one is
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def put(text: str, output: Path | None = None) -> None:
    """Write an answer. Raises `AtlasError` where the file can't be written."""
    if output is None:
        sys.stdout.write(text)
        return
    try:
        if not output.parent.is_dir():
            raise AtlasError(f"{output.parent} is not a folder")
        write_atomically(output, text.encode())
    except OSError as error:
        raise unreadable(output, error) from None
