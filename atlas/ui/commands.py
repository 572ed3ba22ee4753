"""The commands of the window: names, keys and what they do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut

from atlas import __version__
from atlas.problems import AtlasError
from atlas.ui.panels.footer import DISCLAIMER
from atlas.ui.theme import THEMES

if TYPE_CHECKING:
    from atlas.ui.window import MainWindow

MENU = (
    ("open", "reload"),
    ("export", "print"),
    ("list", "theme", "present"),
    ("keys", "about", "quit"),
)
KEYS = (
    ("/ or Ctrl+K", "search"),
    ("Arrow keys", "the nearest point in that direction"),
    ("[ and ]", "the point before and after on the meridian"),
    ("1 to 9", "a map; again, its next view"),
    ("+  −  0", "closer, farther, the whole map"),
    ("L  C  B", "labels, channels, bones"),
    ("Space", "show or hide the measurement"),
    ("F11", "present; Esc ends it"),
    ("Ctrl+T", "the next theme"),
    ("Esc", "step back: list, selection, filters"),
)
PICTURE_KINDS = "PDF (*.pdf);;SVG (*.svg);;PNG (*.png)"


class Commands(QObject):
    """Slots for the actions and keys of a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._state = window.state

    def open(self) -> None:
        """Choose another data folder."""
        from PySide6.QtWidgets import QFileDialog

        start = str(self._state.stage.edition.folder)
        folder = QFileDialog.getExistingDirectory(self._window, "Open data folder", start)
        if folder:
            self._window.open_folder(Path(folder))

    def export(self) -> None:
        """Choose a file and draw the current map into it."""
        from PySide6.QtWidgets import QFileDialog

        name = f"{self._state.view.map_id}.pdf"
        path, kind = QFileDialog.getSaveFileName(
            self._window, "Export picture", name, PICTURE_KINDS
        )
        if path:
            chosen = Path(path)
            if not chosen.suffix:
                chosen = chosen.with_suffix(f".{kind.split()[0].lower()}")
            self.export_to(chosen)

    def export_to(self, path: Path) -> None:
        """Draw the current map into a file; its ending says the kind."""
        from atlas.ui.printing import export_picture

        try:
            export_picture(self._state.stage, self._state.view, path, self._state.theme)
        except AtlasError as error:
            self._window.banner.tell(str(error))

    def print(self) -> None:
        """Print the current map."""
        from atlas.ui.printing import print_map

        print_map(self._state.stage, self._state.view, self._window)

    def next_theme(self) -> None:
        """Light, dark, projector, and again."""
        names = list(THEMES)
        at = names.index(self._state.theme.name)
        self._state.set_theme(names[(at + 1) % len(names)])

    def present(self) -> None:
        """Begin or end presenting."""
        self._state.set_presenting(not self._state.view.presenting)

    def search(self) -> None:
        """Go to the search field."""
        self._state.set_presenting(False)
        self._window.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.search.selectAll()

    def step_back(self) -> None:
        """Escape: one step back each time."""
        if self._window.frame.close_overlap():
            return
        if self._state.view.presenting:
            self._state.set_presenting(False)
        elif self._window.banner.isVisible():
            self._window.banner.hide()
        elif self._state.view.selected is not None:
            self._state.select(None)
        else:
            self._state.clear()

    def show_keys(self) -> None:
        """Say which keys there are."""
        rows = "".join(f"<tr><td><b>{k}</b>&nbsp;&nbsp;</td><td>{t}</td></tr>" for k, t in KEYS)
        self._tell("Keyboard", f"<table cellpadding='3'>{rows}</table>")

    def about(self) -> None:
        """Say what the atlas is."""
        count = len(self._state.stage.catalogue.points)
        self._tell(
            "About",
            f"<h3>Acupoint Atlas {__version__}</h3><p>{count} acupoints, measured from landmarks "
            f"in cun after the WHO standard of 2008.</p><p>{DISCLAIMER}.</p>",
        )

    def _tell(self, title: str, html: str) -> None:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(title)
        box.setText(html)
        box.open()

    def move(self, key: Qt.Key) -> None:
        """Select the nearest point in the direction of an arrow key."""
        dx, dy = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }[key]
        spot = self._window.canvas.neighbour(dx, dy)
        if spot is not None:
            self._state.select(self._state.scene.sheet.spots[spot].code, spot)

    def along(self, step: int) -> None:
        """Select the point before or after on the meridian."""
        catalogue = self._state.stage.catalogue
        point = catalogue.point(self._state.view.selected or "")
        if point is None:
            return
        line = [p for p in catalogue.points if p.meridian == point.meridian]
        at = line.index(point) + step
        if 0 <= at < len(line):
            self._state.select(line[at].code)

    def on_key(self) -> None:
        """Do what the key of the sending shortcut stands for."""
        shortcut = self.sender()
        assert isinstance(shortcut, QShortcut)
        text = shortcut.key().toString()
        canvas, state = self._window.canvas, self._state
        if text.isdigit() and text != "0":
            self._window.strip.show_number(int(text))
        elif text in ("[", "]"):
            self.along(1 if text == "]" else -1)
        elif text in _ARROWS:
            self.move(_ARROWS[text])
        elif text in ("L", "C", "B", "Space"):
            layer = {"L": "labels", "C": "channels", "B": "bones", "Space": "measure"}[text]
            state.toggle_layer(layer)  # type: ignore[arg-type]
        elif text in ("+", "="):
            canvas.zoom(1.5)
        elif text == "-":
            canvas.zoom(1 / 1.5)
        elif text == "0":
            canvas.fit()
        elif text in ("/", "Ctrl+K"):
            self.search()
        elif text == "Esc":
            self.step_back()


_ARROWS = {
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
}


def install(window: MainWindow) -> dict[str, QAction]:
    """Give a window its actions and keys."""
    commands = Commands(window)
    made = {
        "open": ("Open data folder…", "Ctrl+O", commands.open),
        "reload": ("Read the data again", "F5", window.reload),
        "export": ("Export picture…", "Ctrl+E", commands.export),
        "print": ("Print…", "Ctrl+P", commands.print),
        "theme": ("Next theme", "Ctrl+T", commands.next_theme),
        "present": ("Present", "F11", commands.present),
        "keys": ("Keyboard…", "F1", commands.show_keys),
        "about": ("About…", "", commands.about),
        "quit": ("Quit", "Ctrl+Q", window.close),
    }
    actions: dict[str, QAction] = {}
    for name, (title, key, slot) in made.items():
        action = QAction(title, window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(slot)
        actions[name] = action
    listed = QAction("List of points", window)
    listed.setShortcut(QKeySequence("Ctrl+L"))
    listed.setCheckable(True)
    listed.setChecked(True)
    listed.toggled.connect(window.show_list)
    actions["list"] = listed
    window.addActions(list(actions.values()))
    _install_keys(window, commands)
    return actions


def _install_keys(window: MainWindow, commands: Commands) -> None:
    """Keys that hold everywhere, and those that hold while the body has the focus."""
    everywhere = ["/", "Ctrl+K", "Esc", *"123456789"]
    on_canvas = ["Left", "Right", "Up", "Down", "Space"]
    for text in (*everywhere, "[", "]", "L", "C", "B", "+", "=", "-", "0"):
        shortcut = QShortcut(QKeySequence(text), window)
        shortcut.activated.connect(commands.on_key)
    owned = [(text, window.canvas) for text in on_canvas] + [("Space", window.points)]
    for text, owner in owned:
        shortcut = QShortcut(QKeySequence(text), owner)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(commands.on_key)
