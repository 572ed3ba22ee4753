"""A plate of the progress page: a heading, what the picture says, the picture, and its legend."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from atlas.ui.study.legend import Legend, Sign
from atlas.ui.theme import Theme

SHORTEST = 9  # letters of a choice that are always seen


class Plate(QWidget):
    """One picture; it and its legend go where there is nothing to show yet."""

    def __init__(self, title: str, picture: QWidget) -> None:
        super().__init__()
        self.title = title
        self.picture = picture
        picture.setAccessibleName(title)
        heading = QLabel(f"<p style='font-size:large; font-weight:600'>{escape(title)}</p>")
        self._sentence = _wrapping()
        self._note = _wrapping()
        self._note.setObjectName("muted")
        self._legend = Legend()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        for widget in (heading, self._sentence, picture, self._legend, self._note):
            self.column.addWidget(widget)
        self._note.hide()
        self._legend.hide()

    @property
    def sentence(self) -> str:
        """What the picture says."""
        return self._sentence.text()

    def say(self, sentence: str, *, shown: bool, note: str = "") -> None:
        """Say what the picture says, also to who does not see it."""
        self._sentence.setText(sentence)
        self._note.setText(note)
        self._note.setVisible(bool(note) and shown)
        self.picture.setVisible(shown)
        self.picture.setAccessibleDescription(sentence)
        self._legend.setVisible(shown and bool(self._legend.accessibleName()))

    def explain(self, signs: Sequence[Sign], theme: Theme) -> None:
        """Say what the signs of the picture mean."""
        self._legend.set_signs(signs, theme)

    def set_before_picture(self, widget: QWidget) -> None:
        """Put what chooses the contents above the picture."""
        self.column.insertWidget(self.column.indexOf(self.picture), widget)


def _wrapping() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    return label


class Choice(QComboBox):
    """A choice that leaves the wheel to the page."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumContentsLength(SHORTEST)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def offer(self, entries: Sequence[tuple[object, str]], wanted: object) -> None:
        """Offer (value, text); the wanted value is chosen, or else the first."""
        with QSignalBlocker(self):
            self.clear()
            for value, text in entries:
                self.addItem(text, value)
            values = [value for value, _ in entries]
            self.setCurrentIndex(values.index(wanted) if wanted in values else 0)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """The page scrolls."""
        event.ignore()
