"""Writing an Anki deck: its cards drawn one by one, so that nobody waits in the dark."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from random import Random

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from atlas.catalog.masks import Mask
from atlas.problems import AtlasError
from atlas.scene import Stage
from atlas.study.cards import Card
from atlas.study.deck import ENDING, DeckFile, check_target, deck_cards, size_of
from atlas.study.questions import ask
from atlas.study.sayings import count
from atlas.ui.cutouts import Cutouts
from atlas.ui.panels.banner import Banner

DEFAULT = f"acupoint_atlas{ENDING}"


def written(stage: Stage, cards: list[Card], path: Path) -> Generator[int]:
    """Write a deck, card by card, and say after each how many are done. Raises `AtlasError`.

    What is random in a question depends on its card alone, so that every export is the same.
    """
    check_target(path)
    deck, cutouts = DeckFile(stage.edition), Cutouts(stage)
    for done, card in enumerate(cards, start=1):
        question = ask(stage, card, Random(card.key))
        deck.add(question, cutouts.pictures(question))
        yield done
    deck.write(path)


class DeckWriting(QObject):
    """Writes a deck while the window stays awake: one card a turn of its event loop."""

    def __init__(
        self, stage: Stage, matching: Mask, path: Path, parent: QWidget, banner: Banner
    ) -> None:
        cards = deck_cards(stage, matching)
        super().__init__(parent)
        self._steps = written(stage, cards, path)
        self._saved = f"Saved {size_of(cards)} as {path}"
        self._banner = banner
        self.dialog = QProgressDialog("Drawing the cards…", "Cancel", 0, len(cards), parent)
        self.dialog.setWindowTitle("Export Anki deck")
        self.dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self.dialog.setAutoReset(False)
        self.dialog.setMinimumDuration(0)
        self.dialog.setValue(0)
        self.dialog.canceled.connect(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)
        self._timer.start(0)

    def _step(self) -> None:
        try:
            done = next(self._steps, None)
        except AtlasError as error:
            self._close()
            self._banner.tell(str(error))
            return
        if done is None:
            self._close()
            self._banner.inform(self._saved)
            return
        self.dialog.setValue(done)  # runs the event loop, where Cancel may be pressed
        if not self.dialog.wasCanceled():
            self._timer.start()

    def _close(self) -> None:
        self._timer.stop()
        self._steps.close()
        self.dialog.hide()
        self.dialog.deleteLater()
        self.deleteLater()


def choose_file(parent: QWidget, matching: Mask) -> Path | None:
    """Ask where the deck of some points goes; nothing where nobody wants it."""
    title = f"Export Anki deck of {count(matching.bit_count(), 'point')}"
    name, _ = QFileDialog.getSaveFileName(parent, title, DEFAULT, f"Anki deck (*{ENDING})")
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(ENDING)
