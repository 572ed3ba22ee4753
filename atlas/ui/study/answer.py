"""The panel beside the map: how to answer, and then what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from atlas.study.schedule import Rating
from atlas.ui.panels.markup import page
from atlas.ui.study.choices import Choices
from atlas.ui.study.model import StudyModel
from atlas.ui.study.rating import RatingBar
from atlas.ui.study.so_far import SoFar
from atlas.ui.study.words import answer_html, how_to_answer, suggestion


class AnswerPanel(QStackedWidget):
    """Choices while a question is open; the answer, its history and the ratings afterwards."""

    linked = Signal(QUrl)

    def __init__(self, model: StudyModel) -> None:
        super().__init__()
        self._model = model
        self.choices = Choices()
        self.text = QTextBrowser()
        self.text.setAccessibleName("Answer")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.document().setDocumentMargin(18)
        self.text.anchorClicked.connect(self.linked)
        self.so_far = SoFar()
        self.ratings = RatingBar()
        closed = QWidget()
        layout = QVBoxLayout(closed)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.so_far)
        layout.addWidget(self.ratings)
        self.addWidget(self.choices)
        self.addWidget(closed)
        model.changed.connect(self.refresh)
        model.state.theme_changed.connect(self.refresh)
        self.choices.chosen.connect(model.choose)
        self.choices.typed.connect(model.name)
        self.choices.turned.connect(model.reveal)
        self.choices.taken_back.connect(model.take_back_place)
        self.choices.given_up.connect(model.give_up)
        self.ratings.rated.connect(model.rate)

    def refresh(self) -> None:
        """Show what there is to say now."""
        sitting = self._model.sitting
        if sitting is None or sitting.question is None:
            return
        stage, theme, question = self._model.state.stage, self._model.state.theme, sitting.question
        if sitting.outcome is None and not sitting.revealed:
            hint = how_to_answer(question)
            self.choices.show_question(stage, question, hint, len(sitting.placed))
            self.setCurrentIndex(0)
            return
        self.text.setHtml(page(theme, answer_html(stage, sitting, theme)))
        outcome = sitting.outcome
        chosen = Rating(outcome.review.rating) if outcome is not None else None
        self.ratings.show_choice(sitting.intervals(), chosen, suggestion(outcome))
        self.so_far.show_answers(sitting.history.of_card(question.card), theme)
        self.setCurrentIndex(1)
