"""Whether a window can be opened here; asked before Qt, which would abort."""

from __future__ import annotations

import ctypes
import os
import re
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

INSTEAD = "`acupoint-atlas render` draws maps without one"


def why_no_window() -> str:
    """A sentence that says why no window can be opened, or nothing."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if _wayland_answers():
        return ""
    display = os.environ.get("DISPLAY", "")
    if not display:
        return f"there is no display to open the window on; {INSTEAD}"
    if not _x_server_answers(display):
        return f"the display {display} does not answer; {INSTEAD}"
    return _missing_library()


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(name) and _connects(socket.AF_UNIX, str(Path(folder) / name))


def _x_server_answers(display: str) -> bool:
    match = re.fullmatch(r"(?:unix)?([^:]*):(\d+)(?:\.\d+)?", display)
    if match is None:
        return False
    host, number = match[1], int(match[2])
    if host:
        return _connects(socket.AF_INET, (host, 6000 + number))
    path = f"/tmp/.X11-unix/X{number}"
    return _connects(socket.AF_UNIX, path) or _connects(socket.AF_UNIX, f"\0{path}")


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(3)
        try:
            probe.connect(address)
        except (OSError, OverflowError, UnicodeError):  # the latter: no such port, no such host
            return False
    return True


def _missing_library() -> str:
    """The library that Qt's plugin for X lacks, if it lacks one."""
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        return ""
    plugin = Path(spec.origin).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        library = str(error).partition(":")[0]
        return f"the system library {library} is missing (`make system` installs it); {INSTEAD}"
    return ""
