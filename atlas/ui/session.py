"""What the window remembers between two runs."""

from __future__ import annotations

from typing import Annotated

import msgspec

from atlas import resources
from atlas.scene import View

FILE = "session.json"
Pixels = Annotated[int, msgspec.Meta(ge=0, le=10_000)]


class Session(msgspec.Struct, frozen=True):
    """View, theme and geometry of the last run."""

    view: View = View()
    theme: str = "light"
    width: Pixels = 1280
    height: Pixels = 800
    maximized: bool = False
    widths: tuple[Pixels, Pixels, Pixels] = (204, 226, 312)  # of filters, list and details
    list_shown: bool = True
    folder: str = ""


def load_session() -> tuple[Session, str]:
    """The last session, and a sentence where its file could not be read.

    A damaged file is set aside under another name, and the window starts afresh.
    """
    path = resources.config_folder() / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Session), ""
    except FileNotFoundError:
        return Session(), ""
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        aside = path.with_suffix(".damaged.json")
        try:
            path.replace(aside)
        except OSError:
            return Session(), f"The saved window could not be read: {path}"
        return Session(), f"The saved window could not be read; the file is kept as {aside}"


def save_session(session: Session) -> None:
    """Keep a session for the next run."""
    content = msgspec.json.format(msgspec.json.encode(session), indent=2)
    resources.write_own_file(resources.config_folder() / FILE, content)
