"""The main window: lays out the parts and connects keys and menus with the state."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import get_args

import msgspec
from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QFont, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from atlas import resources
from atlas.edition import open_edition
from atlas.problems import AtlasError, DataError
from atlas.scene import Page, Stage
from atlas.ui import actions
from atlas.ui.canvas.canvas import MapCanvas
from atlas.ui.canvas.plate import Picture
from atlas.ui.icons import icon
from atlas.ui.pages import Pages
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

log = logging.getLogger("atlas")
BASE_SIZE = 9.5  # points
IDLE = 200  # milliseconds after showing, when the first picture stands
NAME_FROM = 880  # pixels of width from which there is room for the program's name
LIST_FROM = 1000  # pixels of width from which there is room for the list of points
PANEL_GROWTH = 0.75  # panels grow less than the type: the body needs room too


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
        self._widths = session.widths
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
        self.search.chosen.connect(self._on_found)
        self.search.left.connect(self.canvas.setFocus)
        self.header = self._make_header()
        self.splitter = self._make_splitter()
        self._assemble()
        self.commands, self.actions_by_name = actions.install(self)
        self._make_menu()
        self._watch: FolderWatch | None = None
        self._wanted: Path | None = None  # a folder with problems that is waited for
        self._missing = ""  # a remembered folder that could not be opened this time
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
        title = self._name = QLabel("Acupoint Atlas")
        title.setObjectName("title")
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(460)
        self.tools: dict[str, QToolButton] = {}
        layout = QHBoxLayout(header)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(4)
        layout.addWidget(title)
        layout.addSpacing(10)
        self.modes: dict[str, QToolButton] = {}
        group = QButtonGroup(self)  # one of them is always pressed
        for mode in get_args(Page):
            button = QToolButton()
            button.setObjectName("mode")
            button.setCheckable(True)
            self.modes[mode] = button
            group.addButton(button)
            layout.addWidget(button)
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

    def _make_splitter(self) -> QSplitter:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.frame, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        parts = ((self.filters, 150), (middle, 330), (self.points, 120), (self.details, 220))
        for i, (widget, least) in enumerate(parts):
            splitter.addWidget(widget)
            widget.setMinimumWidth(least)
            splitter.setStretchFactor(i, 1 if i == 1 else 0)
            splitter.setCollapsible(i, i != 1)
        splitter.splitterMoved.connect(self._on_splitter)
        return splitter

    def _assemble(self) -> None:
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.pages = Pages(self.state, self.splitter)
        self.pages.failed.connect(self.banner.tell)
        layout.addWidget(self.header)
        layout.addWidget(self.banner)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.footer)
        self.footer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCentralWidget(whole)

    def _make_menu(self) -> None:
        """Tie the tool buttons to their actions; the last one opens the menu of all."""
        menu = QMenu(self)
        for group in actions.MENU:
            for name in group:
                menu.addAction(self.actions_by_name[name])
            menu.addSeparator()
        for mode, button in self.modes.items():
            action = self.actions_by_name[mode]
            button.setText(action.text())
            button.setToolTip(f"{action.text()} ({action.shortcut().toString()})")
            button.clicked.connect(action.trigger)
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
        self._apply_colours()
        self._draw_icons()
        self.strip.set_large(self.state.view.presenting)
        self.lay_out()

    def lay_out(self) -> None:
        """Give the panels their widths, and the body the rest.

        Larger type needs wider panels; a small window has no room for the list.
        """
        scale = self.state.theme.scale**PANEL_GROWTH
        self._name.setVisible(self.width() >= NAME_FROM * self.state.theme.scale)
        listed = self.actions_by_name["list"].isChecked()
        roomy = self.width() >= LIST_FROM * self.state.theme.scale
        shown = listed and roomy and not self.state.view.presenting
        self.points.setVisible(shown)
        left, points, right = (round(width * scale) for width in self._widths)
        points = points if shown else 0
        self.splitter.setSizes([left, max(1, self.width() - left - points - right), points, right])

    def _on_splitter(self, place: int, border: int) -> None:
        """The person has moved a border: remember the widths beside it as they'd be unscaled."""
        _ = place
        scale = self.state.theme.scale**PANEL_GROWTH
        now = self.splitter.sizes()
        left, points, right = self._widths
        if border == 1:
            left = round(now[0] / scale)
        else:  # of the two panels on the right; a hidden list keeps the width it had
            points = round(now[2] / scale) or points
            right = round(now[3] / scale) if border == 3 or not now[2] else right
        self._widths = (left, points, right)

    def _draw_icons(self) -> None:
        for name, button in self.tools.items():
            button.setIcon(icon(name, self.state.theme.muted, self.devicePixelRatioF()))

    def _show_page(self) -> None:
        page = self.state.view.page
        for mode, button in self.modes.items():
            button.setChecked(mode == page)
        for name, of_pages in actions.ONLY_ON.items():
            self.actions_by_name[name].setEnabled(page in of_pages)
            if name in self.tools:
                self.tools[name].setEnabled(page in of_pages)
        self.search.allow(page != "study")
        self.commands.allow_body_keys(page != "study")
        self.footer.show_filter(page != "study")
        self.pages.show_page(page)

    def _on_scene(self) -> None:
        self._show_page()
        presenting = self.state.view.presenting
        if self.header.isHidden() != presenting:
            for widget in (self.header, self.footer, self.filters, self.details):
                widget.setHidden(presenting)
            self.strip.set_large(presenting)
            self.lay_out()
            if self.isFullScreen() != presenting:
                self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
            if self.state.view.page == "explore":
                self.canvas.setFocus()
        self.setWindowTitle(self._title())

    def _title(self) -> str:
        """The selected point, the program, and the data folder where it is not the bundled one."""
        folder = self.state.stage.edition.folder
        page, selected = self.state.view.page, self.state.view.selected
        parts = ["Study" if page == "study" else selected or "", "Acupoint Atlas"]
        if folder != resources.data_folder().resolve():
            parts.append(str(folder))
        return " – ".join(part for part in parts if part)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The body takes what the panels leave."""
        super().resizeEvent(event)
        self.lay_out()

    def _on_found(self) -> None:
        """The search has led to a point: show it closely, and let the keys work on the map."""
        self.canvas.setFocus()
        self.canvas.approach()

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
        self.open_folder(self._wanted or self.state.stage.edition.folder)

    def open_folder(self, folder: Path) -> None:
        """Show the atlas of a folder, or say what is wrong with it."""
        shown = self.state.stage.edition
        try:
            edition = open_edition(folder)
        except DataError as error:
            self._wanted = folder  # once it is mended, it is shown
            self.watch(folder)
            self.banner.tell(
                f"{error} {folder}. The atlas still shows what it read last.",
                [str(problem) for problem in error.problems],
            )
            return
        except AtlasError as error:
            self.banner.tell(f"{error}. The atlas still shows what it read last.")
            return
        self.banner.hide()
        self._missing, self._wanted = "", None
        if (edition.folder, edition.digest) != (shown.folder, shown.digest):
            self.state.set_stage(Stage(edition))
        if self._watch is None or self._watch.folder != edition.folder:
            self.watch(edition.folder)

    def miss(self, folder: str, error: AtlasError) -> None:
        """Say why the folder of the last run is not shown, and keep it in mind."""
        self._missing = folder
        problems = error.problems if isinstance(error, DataError) else ()
        where = f" {folder}" if problems else ""
        self.banner.tell(
            f"{error}{where}. Here is the bundled atlas instead.", [str(p) for p in problems]
        )

    # -- life ------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Icons are drawn for a screen; another one may need finer ones."""
        handled = super().event(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange and self.isVisible():
            self._draw_icons()
        return handled

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
        whole_screen = self.isMaximized() or self.isFullScreen()
        normal = self.normalGeometry().size() if whole_screen else self.size()
        folder = state.stage.edition.folder
        bundled = folder == resources.data_folder().resolve()
        return Session(
            view=msgspec.structs.replace(state.view, presenting=False, page="explore"),
            theme=state.theme.name,
            width=normal.width(),
            height=normal.height(),
            maximized=self.isMaximized(),
            widths=self._widths,
            list_shown=self.actions_by_name["list"].isChecked(),
            folder=self._missing or ("" if bundled else str(folder)),
        )

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember the window."""
        try:
            save_session(self.session())
        except OSError as error:
            log.warning("the window could not be remembered: %s", error)
        self.canvas.close_drawing()
        self.pages.close_pages()
        super().closeEvent(event)
