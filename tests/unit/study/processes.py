"""Starting other processes that use the same file, and killing them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

Heard = list[list[str]]


def start(command: str, *arguments: object, module: str = "window") -> subprocess.Popen[str]:
    """Start a window that does something (see window.py, learner.py); it is not waited for."""
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.unit.study.{module}", command, *map(str, arguments)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def lines_of(process: subprocess.Popen[str]) -> list[str]:
    """All that a process still prints until it ends, whole lines only."""
    printed, _ = process.communicate()
    return [line for line in printed.splitlines(keepends=True) if line.endswith("\n")]


def kill_after(process: subprocess.Popen[str], lines: int, work: int) -> Heard:
    """Kill a process so many lines and so much work of one's own later; returns what it said."""
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(lines)]
    for _ in range(work):  # an instant that no line of the other process marks
        pass
    process.kill()
    said += lines_of(process)
    assert process.returncode in (-9, 0), "killed, or done before the kill"
    return [line.split(maxsplit=1) for line in said if line]


def let(process: subprocess.Popen[str], steps: int) -> subprocess.Popen[str]:
    """Let a process that waits before each step do so many."""
    assert process.stdin is not None
    process.stdin.write("\n" * steps)
    process.stdin.flush()
    return process


def words(heard: Heard, what: str) -> list[str]:
    """What was said after a word."""
    return [line[1].strip() for line in heard if line[0] == what]


def check_sound(path: Path) -> None:
    """The file as a kill left it, seen by SQLite alone."""
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
