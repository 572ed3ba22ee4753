"""What the window remembers between two runs."""

from __future__ import annotations

from typing import Annotated

import msgspec

from atlas import settings
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
    """The last session, and a sentence where its file could not be read."""
    return settings.load(FILE, Session, "The saved window")


def save_session(session: Session) -> None:
    """Keep a session for the next run."""
    settings.save(FILE, session)
