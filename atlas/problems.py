"""What can be wrong with the data, said in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """One fault in a data file: where it is, what is wrong and what was expected."""

    file: str
    line: int
    column: int
    message: str
    expected: str = ""

    def __str__(self) -> str:
        """`file:line:column: what is wrong (what was expected)`"""
        hint = f" ({self.expected})" if self.expected else ""
        text = f"{self.file}:{self.line}:{self.column}: {self.message}{hint}"
        return " ".join(text.split())


class AtlasError(Exception):
    """Something that the person at the machine can put right; the text says how."""


def unreadable(path: Path | str, error: OSError) -> AtlasError:
    """What to raise where the system refuses to read or write a file."""
    return AtlasError(f"{path}: {(error.strerror or str(error)).lower()}")


class DataError(AtlasError):
    """The data folder has faults; none of it was used."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.file, p.line, p.column))
        count = len(self.problems)
        super().__init__(f"{count} problem{'' if count == 1 else 's'} in the data")
