"""Starting the window."""

from __future__ import annotations

import contextlib
import gc
import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from atlas import resources
from atlas.edition import Edition, open_edition
from atlas.problems import AtlasError
from atlas.scene import Stage
from atlas.ui.canvas.plate import Picture, plate_of, render, warm_up
from atlas.ui.session import Session, load_session
from atlas.ui.theme import LIGHT, THEMES

if TYPE_CHECKING:
    from pyqtgraph.util.garbage_collector import GarbageCollector

    from atlas.ui.window import MainWindow

log = logging.getLogger("atlas")
HEADER_AND_FOOTER = 140  # pixels of the window's height that are not canvas
ESTIMATED_PADDING = 1.06
COARSE = 0.5  # of the final resolution: half of the time


class _FirstPicture(threading.Thread):
    """Renders the first drawing while pyqtgraph is still being imported.

    Coarsely: the start waits for it, and the sharp one follows within a few frames.
    """

    def __init__(self, edition: Edition, session: Session) -> None:
        super().__init__(daemon=True)
        body_map = edition.body.maps.get(session.view.map_id)
        body_map = body_map or next(iter(edition.body.maps.values()))
        theme = THEMES.get(session.theme, LIGHT)
        bones = "bones" in session.view.layers
        drawing = edition.drawing(body_map.id)
        self._plate = plate_of(drawing, body_map.frame, theme.tones, bones=bones)
        height = max(200, session.height - HEADER_AND_FOOTER)
        self._scale = COARSE * height / (body_map.frame[3] * ESTIMATED_PADDING)
        self.picture: Picture | None = None

    def run(self) -> None:
        """Render; what can't be drawn here, the canvas tries again and tells."""
        with contextlib.suppress(AtlasError):
            self.picture = render(self._plate, QRectF(*self._plate.frame), self._scale)


def run(folder: Path | None) -> int:
    """Open the window and stay until it is closed. Raises `AtlasError` for bad data."""
    gc.disable()  # nothing is garbage while starting; saves several collections
    app, window, session = open_window(folder)
    sys.excepthook = Reporter(window, _start_log())
    if session.maximized:
        window.showMaximized()
    else:
        window.show()
    gc.freeze()
    collector = _collect_here()
    code = app.exec()
    collector.timer.stop()
    return code


def _collect_here() -> GarbageCollector:
    """Collect garbage in this thread only.

    Python collects in whichever thread allocates. In the one that renders, that would delete
    objects of Qt which belong to this one, and crash sooner or later.
    """
    from pyqtgraph.util.garbage_collector import GarbageCollector

    return GarbageCollector()


def open_window(folder: Path | None) -> tuple[QApplication, MainWindow, Session]:
    """The application and its window, as the last session left it, not yet shown."""
    session, warning = load_session()
    edition, trouble = _open(folder, session)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    warm_up()
    first = _FirstPicture(edition, session)
    first.start()
    window = _window(edition, session, first)
    if warning:
        window.banner.tell(warning)
    if trouble is not None:
        window.miss(session.folder, trouble)
    return app, window, session


def _open(folder: Path | None, session: Session) -> tuple[Edition, AtlasError | None]:
    """The edition asked for, else the last one; where that is gone, the bundled one and why."""
    if folder is not None or not session.folder:
        return open_edition(folder), None
    try:
        return open_edition(Path(session.folder)), None
    except AtlasError as error:
        return open_edition(), error


def _window(edition: Edition, session: Session, first: _FirstPicture) -> MainWindow:
    # Imported here: pyqtgraph takes longest, and the picture is rendered meanwhile.
    from atlas.ui.state import AtlasState
    from atlas.ui.window import MainWindow

    QApplication.setApplicationName("Acupoint Atlas")
    QGuiApplication.setDesktopFileName(resources.APP)
    QApplication.setStyle("Fusion")
    theme = THEMES.get(session.theme, LIGHT)
    state = AtlasState(Stage(edition), session.view, theme)
    first.join()
    return MainWindow(state, session, first.picture)


def _start_log() -> Path | None:
    """Send what goes wrong to a file; None where there is no place for one."""
    from logging.handlers import RotatingFileHandler

    path = resources.log_folder() / "atlas.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=2, delay=True)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    return path


class Reporter:
    """Tells of a fault of the program in one sentence, with the file that holds the rest."""

    def __init__(self, window: MainWindow, log_file: Path | None) -> None:
        self._window = window
        self._log_file = log_file

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log the traceback and tell the person; as `sys.excepthook`."""
        text = "".join(traceback.format_exception(kind, error, trace))
        log.error("unexpected: %s", text)
        where = f"The details are in {self._log_file}." if self._log_file else text
        self._window.banner.tell(
            f"Something went wrong in the program; nothing of yours is lost. {where}"
        )
