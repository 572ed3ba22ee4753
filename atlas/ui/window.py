"""The main window: lays out the parts and connects keys and menus with the state."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QFont, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from atlas.edition import open_edition
from atlas.problems import AtlasError, DataError
from atlas.scene import Stage
from atlas.ui import commands
from atlas.ui.canvas.canvas import MapCanvas
from atlas.ui.canvas.plate import Picture
from atlas.ui.icons import icon
from atlas.ui.panels.banner import Banner
from atlas.ui.panels.canvas_frame import CanvasFrame
from atlas.ui.panels.details import DetailsPanel
from atlas.ui.panels.facets import FacetPanel
from atlas.ui.panels.footer import Footer
from atlas.ui.panels.maps_strip import MapsStrip
from atlas.ui.panels.points import PointList
from atlas.ui.panels.search import SearchField
from atlas.ui.session import Session, save_session
from atlas.ui.state import AtlasState
from atlas.ui.style import stylesheet
from atlas.ui.theme import palette, use_fonts
from atlas.ui.watch import FolderWatch

BASE_SIZE = 9.5  # points
IDLE = 200  # milliseconds after showing, when the first picture stands
LIST_FROM = 1000  # pixels of width from which there is room for the list of points
PANEL_GROWTH = 0.75  # panels grow less than the type: the body needs room too
WIDTHS = (204, 545, 209, 322)


class MainWindow(QMainWindow):
    """Header, filters, body, list, details, footer."""

    def __init__(
        self, state: AtlasState, session: Session | None = None, first: Picture | None = None
    ) -> None:
        super().__init__()
        session = session or Session()
        self.state = state
        self.setWindowTitle("Acupoint Atlas")
        self.setMinimumSize(760, 480)
        self._scale = state.theme.scale
        self._apply_colours()
        self.filters = FacetPanel(state)
        self.canvas = MapCanvas(state, first)
        self.frame = CanvasFrame(state, self.canvas)
        self.strip = MapsStrip(state)
        self.strip.setObjectName("strip")
        self.strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banner = Banner()
        self.points = PointList(state)
        self.details = DetailsPanel(state)
        self.footer = Footer(state)
        self.search = SearchField(state, self)
        self.header = self._make_header()
        self.splitter = self._make_splitter(session)
        self._assemble()
        self.actions_by_name = commands.install(self)
        self._make_menu()
        self._watch: FolderWatch | None = None
        self._draw_icons()
        self.details.refresh()
        self.actions_by_name["list"].setChecked(session.list_shown)
        self.resize(session.width, session.height)
        state.theme_changed.connect(self._apply_theme)
        state.scene_changed.connect(self._on_scene)
        self.canvas.failed.connect(self.banner.tell)
        self._on_scene()
        self.canvas.setFocus()

    # -- building --------------------------------------------------------------------------

    def _make_header(self) -> QWidget:
        header = QWidget()
        header.setObjectName("header")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = QLabel("Acupoint Atlas")
        title.setObjectName("title")
        self.search.setMinimumWidth(220)
        self.search.setMaximumWidth(460)
        self.tools: dict[str, QToolButton] = {}
        layout = QHBoxLayout(header)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(4)
        layout.addWidget(title)
        layout.addStretch(1)
        layout.addWidget(self.search, 2)
        layout.addSpacing(8)
        for name in ("list", "theme", "print", "present", "more"):
            button = QToolButton()
            button.setObjectName("tool")
            button.setIconSize(QSize(20, 20))
            self.tools[name] = button
            layout.addWidget(button)
        return header

    def _make_splitter(self, session: Session) -> QSplitter:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.banner)
        column.addWidget(self.frame, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        parts = ((self.filters, 150), (middle, 330), (self.points, 120), (self.details, 220))
        for i, (widget, least) in enumerate(parts):
            splitter.addWidget(widget)
            widget.setMinimumWidth(least)
            splitter.setStretchFactor(i, 1 if i == 1 else 0)
            splitter.setCollapsible(i, i != 1)
        scale = self.state.theme.scale**PANEL_GROWTH
        splitter.setSizes(session.splits or [round(width * scale) for width in WIDTHS])
        return splitter

    def _assemble(self) -> None:
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.footer)
        self.footer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCentralWidget(whole)

    def _make_menu(self) -> None:
        """Tie the tool buttons to their actions; the last one opens the menu of all."""
        menu = QMenu(self)
        for group in commands.MENU:
            for name in group:
                menu.addAction(self.actions_by_name[name])
            menu.addSeparator()
        for name, button in self.tools.items():
            if name == "more":
                button.setMenu(menu)
                button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
                button.setToolTip("Menu")
                button.setAccessibleName("Menu")
            else:
                action = self.actions_by_name[name]
                button.setToolTip(f"{action.text()} ({action.shortcut().toString()})")
                button.setAccessibleName(action.text())
                button.clicked.connect(action.trigger)

    # -- following the state ---------------------------------------------------------------

    def _apply_colours(self) -> None:
        font = use_fonts(QFont())
        font.setPointSizeF(BASE_SIZE * self.state.theme.scale)
        QApplication.setFont(font)
        self.setFont(font)
        QApplication.setPalette(palette(self.state.theme))
        self.setStyleSheet(stylesheet(self.state.theme))

    def _apply_theme(self) -> None:
        self._scale_panels()
        self._apply_colours()
        self._draw_icons()

    def _scale_panels(self) -> None:
        """Larger type needs wider panels; the body gives the room."""
        before, after = self._scale, self.state.theme.scale
        self._scale = after
        if before == after:
            return
        sizes = self.splitter.sizes()
        wanted = [round(size * (after / before) ** PANEL_GROWTH) for size in sizes]
        wanted[1] = sum(sizes) - wanted[0] - wanted[2] - wanted[3]
        self.splitter.setSizes(wanted)

    def _draw_icons(self) -> None:
        for name, button in self.tools.items():
            button.setIcon(icon(name, self.state.theme.muted, self.devicePixelRatioF()))

    def _on_scene(self) -> None:
        presenting = self.state.view.presenting
        if self.header.isHidden() != presenting:
            for widget in (self.header, self.footer, self.filters, self.details):
                widget.setHidden(presenting)
            self.show_list()
            if presenting:
                self.showFullScreen()
            elif self.isFullScreen():
                self.showNormal()
        code = self.state.view.selected
        self.setWindowTitle(f"{code} – Acupoint Atlas" if code else "Acupoint Atlas")

    def show_list(self) -> None:
        """Show the list of points where it is wanted and there is room for it."""
        wanted = self.actions_by_name["list"].isChecked()
        roomy = self.width() >= LIST_FROM * self.state.theme.scale
        self.points.setVisible(wanted and roomy and not self.state.view.presenting)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a small window the body needs the room of the list."""
        super().resizeEvent(event)
        self.show_list()

    # -- data folder -----------------------------------------------------------------------

    def watch(self, folder: Path) -> None:
        """Reload when this folder's files change."""
        if self._watch is not None:
            self._watch.deleteLater()
        self._watch = FolderWatch(folder)
        self._watch.setParent(self)
        self._watch.changed.connect(self.reload)

    def reload(self) -> None:
        """Read the data folder again; keep the last good edition where it has problems."""
        self.open_folder(self.state.stage.edition.folder)

    def open_folder(self, folder: Path) -> None:
        """Show the atlas of a folder, or say what is wrong with it."""
        try:
            edition = open_edition(folder)
        except DataError as error:
            self.banner.tell(
                f"{error} {folder}. The atlas still shows what it read last.",
                [str(problem) for problem in error.problems],
            )
            return
        except AtlasError as error:
            self.banner.tell(str(error))
            return
        changed = folder.resolve() != self.state.stage.edition.folder
        self.banner.hide()
        self.state.set_stage(Stage(edition))
        if changed or self._watch is None:
            self.watch(edition.folder)

    # -- life ------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Prepare what the first key press would wait for, once the window stands."""
        super().showEvent(event)
        QTimer.singleShot(IDLE, self._after_first_paint)

    def _after_first_paint(self) -> None:
        self.state.stage.search.prepare()
        if self._watch is None:
            self.watch(self.state.stage.edition.folder)

    def session(self) -> Session:
        """What is to be remembered of this window."""
        state = self.state
        normal = self.normalGeometry().size() if self.isMaximized() else self.size()
        return Session(
            view=msgspec.structs.replace(state.view, presenting=False),
            theme=state.theme.name,
            width=normal.width(),
            height=normal.height(),
            maximized=self.isMaximized(),
            splits=[] if state.view.presenting else self.splitter.sizes(),
            list_shown=self.actions_by_name["list"].isChecked(),
            folder=str(state.stage.edition.folder),
        )

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember the window."""
        try:
            save_session(self.session())
        except OSError as error:
            self.banner.tell(f"The window could not be remembered: {error}")
        self.canvas.close_drawing()
        super().closeEvent(event)
