"""Starting the window."""

from __future__ import annotations

import gc
import logging
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from atlas import resources
from atlas.edition import Edition, open_edition
from atlas.scene import Stage
from atlas.ui.canvas.drawing import Picture, Sheet, render
from atlas.ui.session import Session, load_session
from atlas.ui.theme import THEMES, LIGHT

log = logging.getLogger("atlas")
HEADER_AND_FOOTER = 140  # pixels of the window's height that are not canvas
ESTIMATED_PADDING = 1.06


class _FirstPicture(threading.Thread):
    """Renders the first drawing while pyqtgraph is still being imported.

    QtSvg lets go of the interpreter lock, so on two cores this costs no start-up time.
    """

    def __init__(self, edition: Edition, session: Session) -> None:
        super().__init__(daemon=True)
        body_map = edition.body.maps.get(session.view.map_id)
        body_map = body_map or next(iter(edition.body.maps.values()))
        theme = THEMES.get(session.theme, LIGHT)
        bones = "bones" in session.view.layers
        self._sheet = Sheet(edition.drawing(body_map.id), body_map.frame, theme.tones, bones)
        height = max(200, session.height - HEADER_AND_FOOTER)
        self._scale = height / (body_map.frame[3] * ESTIMATED_PADDING)
        self.picture: Picture | None = None

    def run(self) -> None:
        from PySide6.QtCore import QRectF

        try:
            self.picture = render(self._sheet, QRectF(*self._sheet.frame), self._scale)
        except Exception:  # the canvas renders it again and tells what is wrong
            log.exception("first picture")


def run(folder: Path | None, arguments: list[str]) -> int:
    """Open the window and stay until it is closed. Raises `AtlasError` for bad data."""
    gc.disable()  # nothing is garbage while starting; saves several collections
    session, warning = load_session()
    edition = open_edition(folder or _last_folder(session))
    first = _FirstPicture(edition, session)
    first.start()
    from PySide6.QtWidgets import QApplication

    from atlas.ui.state import AtlasState
    from atlas.ui.window import MainWindow

    log_file = _start_log()
    app = QApplication.instance() or QApplication([sys.argv[0], *arguments])
    assert isinstance(app, QApplication)
    app.setApplicationName("Acupoint Atlas")
    app.setDesktopFileName(resources.APP)
    app.setStyle("Fusion")
    theme = THEMES.get(session.theme, LIGHT)
    state = AtlasState(Stage(edition), session.view, theme)
    first.join()
    window = MainWindow(state, session, first.picture)
    if warning:
        window.banner.tell(warning)
    sys.excepthook = _Reporter(window, log_file)
    if session.maximized:
        window.showMaximized()
    else:
        window.show()
    gc.freeze()
    gc.enable()
    return app.exec()


def _last_folder(session: Session) -> Path | None:
    """The folder of the last run, as long as it is one."""
    folder = Path(session.folder) if session.folder else None
    return folder if folder is not None and (folder / "points.yaml").is_file() else None


def _start_log() -> Path:
    """Send what goes wrong to a file; a machine without a place for it does without."""
    path = resources.log_folder() / "atlas.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=2, delay=True)
    except OSError:
        return path
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    return path


class _Reporter:
    """Tells of a fault of the program in one sentence, with the file that holds the rest."""

    def __init__(self, window: object, log_file: Path) -> None:
        self._window = window
        self._log_file = log_file

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        log.error("unexpected: %s", text)
        from atlas.ui.window import MainWindow

        assert isinstance(self._window, MainWindow)
        self._window.banner.tell(
            f"Something went wrong in the program; nothing of yours is lost. "
            f"The details are in {self._log_file}."
        )
