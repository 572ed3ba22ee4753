"""Draws the pictures of the README: `make screenshots`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ACUPOINT_ATLAS_HOME"] = tempfile.mkdtemp(prefix="atlas-pictures-")

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from atlas.catalog.query import Query
from atlas.edition import open_edition
from atlas.scene import Layer, Stage, View
from atlas.ui.state import AtlasState
from atlas.ui.theme import THEMES
from atlas.ui.window import MainWindow

FOLDER = Path(__file__).parent / "pictures"
SMALL, LARGE = (1280, 800), (1920, 1080)
LABELS: tuple[Layer, ...] = ("labels", "measure")
SCIATICA = Query(back_pain=frozenset({"radicular"}))
VIEWS: dict[str, tuple[str, tuple[int, int], View, float]] = {
    "light": ("light", SMALL, View("back", SCIATICA, "BL23", layers=frozenset(LABELS)), 1.7),
    "dark": (
        "dark", SMALL,
        View("leg_medial", Query(), "SP6", layers=frozenset({*LABELS, "channels"})), 1.0,
    ),
    "projector": (
        "projector", SMALL, View("hand_dorsum", Query(), "LI4", layers=frozenset(LABELS)), 1.0,
    ),
    "light-large": (
        "light", LARGE,
        View("front", Query(), "ST36", layers=frozenset({*LABELS, "channels"})), 1.0,
    ),
    "dark-large": (
        "dark", LARGE,
        View("head_side", Query(), "GB20", layers=frozenset({*LABELS, "bones"})), 1.0,
    ),
    "projector-large": (
        "projector", LARGE, View("back", Query(), "GB30", layers=frozenset({*LABELS, "bones"})),
        1.0,
    ),
    "evidence": ("light", SMALL, View(page="evidence"), 1.0),
    "safety": ("light", SMALL, View(page="safety"), 1.0),
    "present": (
        "projector", SMALL,
        View("back", SCIATICA, "BL54", layers=frozenset(LABELS), presenting=True), 2.0,
    ),
}  # fmt: skip


def settle(application: QApplication, window: MainWindow) -> None:
    """Go on until the drawing is sharp."""
    deadline = QDeadlineTimer(5000)
    pause = QDeadlineTimer(300)
    while not deadline.hasExpired():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        if window.canvas.is_settled() and pause.hasExpired():
            return


def main(folder: Path) -> None:
    """Draw all pictures into a folder."""
    application = QApplication([])
    application.setStyle("Fusion")
    folder.mkdir(parents=True, exist_ok=True)
    edition = open_edition()
    for name, (theme, (width, height), view, zoom) in VIEWS.items():
        state = AtlasState(Stage(edition), view, THEMES[theme])
        window = MainWindow(state)
        window.resize(width, height)
        window.showNormal()  # presenting has made it as large as the screen
        window.resize(width, height)
        settle(application, window)
        if zoom != 1:
            window.canvas.zoom(zoom)
        settle(application, window)
        window.grab().save(str(folder / f"{name}.png"))
        window.close()
        window.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
