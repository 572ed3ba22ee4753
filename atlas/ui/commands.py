"""What the actions and keys of the window do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut

from atlas import __version__
from atlas.catalog.masks import Mask
from atlas.export import DISCLAIMER
from atlas.problems import AtlasError
from atlas.ui.theme import THEMES

if TYPE_CHECKING:
    from atlas.ui.window import MainWindow

PICTURE_KINDS = "PDF (*.pdf);;SVG (*.svg);;PNG (*.png)"


Key = tuple[Callable[..., None], tuple[Any, ...]]


class Commands(QObject):
    """Slots for the actions and keys of a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._state = window.state
        self.keys: dict[str, Key] = {}
        self.body_keys: list[QShortcut] = []  # those that name points or show maps

    def allow_body_keys(self, allowed: bool) -> None:
        """Let search, digits and brackets lead to the body, or leave the keys to the page."""
        for shortcut in self.body_keys:
            shortcut.setEnabled(allowed)

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
        else:
            self._window.banner.inform(f"Saved as {path}")

    def export_deck(self) -> None:
        """Choose a file and write cards into it, for Anki."""
        from atlas.ui.decks import choose_file

        path = choose_file(self._window, self._in_deck())
        if path is not None:
            self.export_deck_to(path)

    def export_deck_to(self, path: Path) -> None:
        """Write cards into a file, for Anki."""
        from atlas.ui.decks import DeckWriting

        stage, window = self._state.stage, self._window
        try:
            DeckWriting(stage, self._in_deck(), path, window, window.banner)
        except AtlasError as error:
            window.banner.tell(str(error))

    def _in_deck(self) -> Mask:
        """The points of a deck: those that are studied, elsewhere those that match."""
        state = self._state
        if state.view.page != "study":
            return state.scene.matching
        from atlas.ui.study.page import StudyPage

        page = self._window.pages.page("study")
        assert isinstance(page, StudyPage)
        sitting = page.model.sitting
        if sitting is None:  # nothing can be studied, but a deck can still be made
            return state.scene.matching
        return sum(1 << state.stage.catalogue.index[code] for code in set(sitting.codes))

    def print(self) -> None:
        """Print the current map."""
        from atlas.ui.printing import Printing, light_page

        try:
            page = light_page(self._state.stage, self._state.view)
        except AtlasError as error:
            self._window.banner.tell(str(error))
        else:
            Printing(page, self._window, self._window.banner.tell).ask()

    def explore(self) -> None:
        """Show the body."""
        self._state.set_page("explore")

    def study(self) -> None:
        """Show the questions."""
        self._state.set_page("study")

    def evidence(self) -> None:
        """Show what trials found."""
        self._state.set_page("evidence")

    def safety(self) -> None:
        """Show what to ask before needling."""
        self._state.set_page("safety")

    def note(self) -> None:
        """Show the learner's note and lists of the selected point."""
        from atlas.ui.study.notes import edit_notes

        point = self._state.stage.catalogue.point(self._state.view.selected or "")
        if point is None:
            self._window.banner.inform("Select a point first: notes and lists are about a point.")
            return
        edit_notes(point, self._window, self._window.banner.tell)

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
        if self._state.view.presenting:
            self._state.set_presenting(False)
        self._window.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.search.selectAll()

    def step_back(self) -> None:
        """Escape: one step back each time."""
        window = self._window
        if window.frame.close_overlap() or window.details.close_source():
            return
        if window.pages.step_back():
            return
        if self._state.view.presenting:
            self._state.set_presenting(False)
        elif self._state.view.page != "explore":
            self._state.set_page("explore")
        elif self._window.banner.isVisible():
            self._window.banner.hide()
        else:
            self._state.select(None)

    def show_keys(self) -> None:
        """Say which keys there are."""
        from atlas.ui.actions import KEYS

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

    def move(self, dx: int, dy: int) -> None:
        """Select the nearest point in a direction."""
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

    def show_map(self, number: int) -> None:
        """Show the group of maps with a number; again, its next view."""
        self._window.strip.show_number(number)

    def zoom(self, factor: float) -> None:
        """Come closer or go farther."""
        self._window.canvas.zoom(factor)

    def on_key(self) -> None:
        """Do what the key of the sending shortcut stands for."""
        shortcut = self.sender()
        assert isinstance(shortcut, QShortcut)
        slot, arguments = self.keys[shortcut.key().toString()]
        slot(*arguments)
