"""How figures are taken and printed."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Figures(NamedTuple):
    """Milliseconds of one operation."""

    median: float
    p95: float


def report(begin: float) -> None:
    """Print time since the start and peak memory, for the parent process to read."""
    milliseconds = (time.perf_counter() - begin) * 1e3
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"ms": milliseconds, "mb": megabytes}))


def _environment() -> dict[str, str]:
    """The environment of an installed program: its modules are compiled already."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def in_process(module: str) -> dict[str, float]:
    """Run a module that reports, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        capture_output=True,
        text=True,
        check=True,
        env=_environment(),
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def alternating(modules: Sequence[str], rounds: int) -> dict[str, list[dict[str, float]]]:
    """Run modules in turn, so that a noisy moment meets all of them."""
    found: dict[str, list[dict[str, float]]] = {module: [] for module in modules}
    for module in modules:
        in_process(module)  # fills the disk cache and the catalogue's
    for _ in range(rounds):
        for module in modules:
            found[module].append(in_process(module))
    return found


def timed(operations: Sequence[Callable[[], None]]) -> Figures:
    """Median and 95th percentile of operations, each measured once."""
    spent = []
    for operation in operations:
        begin = time.perf_counter()
        operation()
        spent.append((time.perf_counter() - begin) * 1e3)
    ordered = sorted(spent)
    return Figures(statistics.median(spent), ordered[int(len(ordered) * 0.95) - 1])


def line(name: str, figures: Figures, bound: float | None = None) -> str:
    """A row of the table."""
    verdict = ""
    if bound is not None:
        verdict = f"   bound {bound:g} ms  {'ok' if figures.p95 < bound else 'OVER'}"
    return f"  {name:<34} median {figures.median:7.2f}   p95 {figures.p95:7.2f}{verdict}"
