"""The actions of the window: their names, keys, and their order in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut

from atlas.scene import Page
from atlas.ui.canvas.view import ZOOM
from atlas.ui.commands import Commands, Key

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from atlas.ui.window import MainWindow

MENU = (
    ("explore", "study", "evidence", "safety"),
    ("note",),
    ("open", "reload"),
    ("export", "deck", "print"),
    ("list", "theme", "present"),
    ("keys", "about", "quit"),
)
# On which pages an action has a meaning, where that is not all of them.
ONLY_ON: dict[str, tuple[Page, ...]] = {
    "export": ("explore",),
    "print": ("explore",),
    "list": ("explore",),
    "note": ("explore",),
    "deck": ("explore", "study"),
    "present": ("explore", "study"),
}
KEYS = (
    ("/ or Ctrl+K", "search"),
    ("Arrow keys", "the nearest point in that direction"),
    ("[ and ]", "the point before and after on the meridian"),
    ("1 to 9", "a map; again, its next view"),
    ("+  −  0", "closer, farther, the whole map"),
    ("L  C  B", "labels, channels, bones"),
    ("Space", "show or hide the measurement"),
    ("F11", "present; Esc ends it"),
    ("Z", "closer to the selected point"),
    ("F2  F3", "explore the body, study"),
    ("F6  F7", "evidence, safety"),
    ("Ctrl+L  Ctrl+T", "list of points, next theme"),
    ("Ctrl+N", "my note and lists of the selected point"),
    ("Ctrl+P  Ctrl+E", "print, export a picture"),
    ("Ctrl+O  Ctrl+R", "open a data folder, read it again"),
    ("Esc", "step back: list, source, selection"),
    ("In Study: Enter", "begin, place the cross, show, next question"),
    ("Arrow keys", "move the cross; with Shift finely"),
    ("1 to 4", "choose an answer; say how well you knew it, Enter goes on"),
    ("5  Backspace", "I don’t know; take the last mark back"),
    ("Ctrl+Z  Ctrl+B", "take the last answer back; bones"),
)


def _keys(commands: Commands) -> dict[str, Key]:
    """What the keys of the window do on every page; maps and points lead to the body."""
    return {
        "/": (commands.search, ()),
        "Ctrl+K": (commands.search, ()),
        "Esc": (commands.step_back, ()),
        "[": (commands.along, (-1,)),
        "]": (commands.along, (1,)),
        **{str(number): (commands.show_map, (number,)) for number in range(1, 10)},
    }


def _explore_keys(window: MainWindow, commands: Commands) -> dict[str, Key]:
    """What keys do to the body while it is shown."""
    layer = window.state.toggle_layer
    return {
        "+": (commands.zoom, (ZOOM,)),
        "=": (commands.zoom, (ZOOM,)),
        "-": (commands.zoom, (1 / ZOOM,)),
        "0": (window.canvas.fit, ()),
        "Z": (window.canvas.approach, ()),
        "L": (layer, ("labels",)),
        "C": (layer, ("channels",)),
        "B": (layer, ("bones",)),
    }


def _map_keys(commands: Commands, window: MainWindow) -> dict[str, Key]:
    """What keys do only while the map has the focus: elsewhere they move and press."""
    return {
        "Left": (commands.move, (-1, 0)),
        "Right": (commands.move, (1, 0)),
        "Up": (commands.move, (0, -1)),
        "Down": (commands.move, (0, 1)),
        "Space": (window.state.toggle_layer, ("measure",)),
    }


def install(window: MainWindow) -> tuple[Commands, dict[str, QAction]]:
    """Give a window its actions and keys."""
    commands = Commands(window)
    made = {
        "explore": ("Explore", "F2", commands.explore),
        "study": ("Study", "F3", commands.study),
        "evidence": ("Evidence", "F6", commands.evidence),
        "safety": ("Safety", "F7", commands.safety),
        "note": ("My note and lists…", "Ctrl+N", commands.note),
        "open": ("Open data folder…", "Ctrl+O", commands.open),
        "reload": ("Read the data again", "Ctrl+R", window.reload),
        "export": ("Export picture…", "Ctrl+E", commands.export),
        "deck": ("Export Anki deck…", "", commands.export_deck),
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
    listed.toggled.connect(window.lay_out)
    actions["list"] = listed
    window.addActions(list(actions.values()))
    _install_keys(window, commands)
    return commands, actions


def _install_keys(window: MainWindow, commands: Commands) -> None:
    everywhere, on_map = _keys(commands), _map_keys(commands, window)
    exploring = _explore_keys(window, commands)
    commands.keys = {**everywhere, **exploring, **on_map}
    for text in everywhere:
        shortcut = QShortcut(QKeySequence(text), window)
        shortcut.activated.connect(commands.on_key)
        if text != "Esc":
            commands.body_keys.append(shortcut)
    owned: list[tuple[str, QWidget]] = [(text, window.splitter) for text in exploring]
    owned += [(text, window.canvas) for text in on_map]
    for text, owner in [*owned, ("Space", window.points)]:
        shortcut = QShortcut(QKeySequence(text), owner)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(commands.on_key)
