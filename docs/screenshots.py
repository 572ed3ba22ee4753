"""Draws the pictures of the README: `make screenshots`."""

from __future__ import annotations

import math
import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ACUPOINT_ATLAS_HOME"] = tempfile.mkdtemp(prefix="atlas-pictures-")

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from atlas.catalog.query import Query
from atlas.edition import Edition, open_edition
from atlas.scene import Layer, Stage, View
from atlas.study.plan import Choice
from atlas.study.records import Progress, Review, stamp
from atlas.study.store import Store
from atlas.ui.state import AtlasState
from atlas.ui.study.page import StudyPage
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
    draw_study(application, edition, folder)


def draw_study(application: QApplication, edition: Edition, folder: Path) -> None:
    """A missed place, and the progress of somebody who has studied for two months."""
    with Store() as store:
        store.merge(Progress(reviews=studied(edition)))
    window = MainWindow(AtlasState(Stage(edition), View(page="study"), THEMES["light"]))
    window.resize(*SMALL)
    window.showNormal()
    page = window.pages.page("study")
    assert isinstance(page, StudyPage)
    page.model.change_plan(choice=Choice("meridian", "BL"), kinds=frozenset({"locate"}))
    page.model.begin()
    miss(page, 0.6, -0.3)
    settle(application, window)
    window.grab().save(str(folder / "study.png"))
    page.tabs.setCurrentIndex(1)
    settle(application, window)
    window.grab().save(str(folder / "progress.png"))
    window.close()
    window.deleteLater()


def miss(page: StudyPage, lateral: float, down: float) -> None:
    """Click beside the point that is asked for, so many cun away."""
    sitting, body = page.model.sitting, page.model.state.stage.body
    assert sitting is not None
    assert sitting.question is not None
    map_id, code = sitting.question.map_id, sitting.question.answer[0]
    spot = next(s for s in body.spots(map_id) if s.code == code and s.side > 0)
    cun = body.measure(spot, map_id).cun
    page.model.place(spot.x + lateral * cun, spot.y + down * cun)


def studied(edition: Edition) -> list[Review]:
    """Made-up answers of two months, to have something to draw."""
    rng, now = Random(7), datetime.now(UTC)
    codes = [p.code for p in edition.catalogue.points if p.meridian in ("BL", "KI", "ST")]
    found = []
    for i in range(900):
        code, x, y = rng.choice(codes), rng.gauss(0.12, 0.22), rng.gauss(0, 0.2)
        point = edition.catalogue.points[edition.catalogue.index[code]]
        parts = {("lateral" if x > 0 else "medial"): abs(x),
                 ("superior" if y > 0 else "inferior"): abs(y)}  # fmt: skip
        at = now - timedelta(days=60) + i * timedelta(days=59) / 900
        rating = rng.choices((1, 2, 3, 4), (1, 2, 6, 2))[0]
        found.append(Review(f"locate:{code}", rating, stamp(at), math.hypot(x, y), parts,
                            next(iter(point.places))))  # fmt: skip
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
