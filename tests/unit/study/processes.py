"""Starting other processes that use the same file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def start(command: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a window that does something (see window.py); it is not waited for."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unit.study.window", command, *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def lines_of(process: subprocess.Popen[str]) -> list[str]:
    """All that a process still prints until it ends, whole lines only."""
    printed, _ = process.communicate()
    return [line for line in printed.splitlines(keepends=True) if line.endswith("\n")]
