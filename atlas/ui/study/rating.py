"""How well was it known? Four answers, each with the time until the next question."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from atlas.study.schedule import Rating
from atlas.ui.study.words import RATING_TITLES, interval


class RatingBar(QWidget):
    """Again, Hard, Good, Easy."""

    rated = Signal(Rating)
    gone_on = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = QLabel("HOW WELL DID YOU KNOW IT?")
        self.heading.setObjectName("head")
        self.hint = QLabel()
        self.hint.setObjectName("muted")
        self.hint.setWordWrap(True)
        # Two lines in any case: the buttons above must not move for the words.
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.buttons: dict[Rating, QPushButton] = {}
        row = QGridLayout()
        row.setSpacing(6)
        for column, (rating, title) in enumerate(RATING_TITLES.items()):
            button = QPushButton()
            button.setObjectName("rating")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(f"{title} ({int(rating)})")
            button.clicked.connect(self._on_click)
            self.buttons[rating] = button
            row.addWidget(button, 0, column)
        self.next = self._make_next()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 12)
        layout.setSpacing(6)
        layout.addWidget(self.heading)
        layout.addLayout(row)
        layout.addWidget(self.hint)
        layout.addWidget(self.next)

    def _make_next(self) -> QPushButton:
        button = QPushButton("Next   Enter")
        button.setObjectName("primary")
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self.gone_on)
        return button

    def show_choice(self, days: dict[Rating, int], chosen: Rating | None, hint: str) -> None:
        """Offer the ratings with their intervals; one of them may be suggested."""
        for rating, button in self.buttons.items():
            when = interval(days[rating], rating)
            title = RATING_TITLES[rating]
            button.setText(f"{title}\n{when}\n{int(rating)}")
            button.setAccessibleName(f"{title}, next time: {when}")
            button.setChecked(rating == chosen)
        self.hint.setMinimumHeight(2 * self.hint.fontMetrics().lineSpacing())
        self.hint.setText(hint)
        self.next.setEnabled(chosen is not None)

    def _on_click(self) -> None:
        for rating, button in self.buttons.items():
            if button is self.sender():
                self.rated.emit(rating)
