"""What a rule finds wrong, and what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from atlas.catalog.yaml_source import NodePath

Complaint = tuple[str, NodePath, str, str]
"""(file, path in the file, message, what was expected)"""


def suggestion(word: str, known: Iterable[str]) -> str:
    """What was probably meant, or the words that are known."""
    options = list(known)
    near = difflib.get_close_matches(word, options, n=3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(near) + "?"
    return "one of " + ", ".join(sorted(options)[:12]) + (" ..." if len(options) > 12 else "")


def at_point(i: int, path: NodePath, message: str, expected: str) -> Complaint:
    """A complaint about the point at position `i` of points.yaml."""
    return "points.yaml", ("points", i, *path), message, expected
