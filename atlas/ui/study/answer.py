"""The panel beside the map: how to answer, and then what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from atlas.study.grading import is_name
from atlas.study.schedule import Rating
from atlas.ui.panels.markup import page
from atlas.ui.panels.text import source_html
from atlas.ui.study.choices import Choices
from atlas.ui.study.model import StudyModel
from atlas.ui.study.rating import RatingBar
from atlas.ui.study.so_far import SoFar
from atlas.ui.study.words import answer_html, how_to_answer, note_html, suggestion
from atlas.ui.theme import Theme

LARGER = 1.35  # type while presenting
LINES, LINE_HEIGHT = 12, 1.28  # of the answer, that are kept in view


class AnswerPanel(QStackedWidget):
    """Choices while a question is open; the answer, its history and the ratings afterwards."""

    linked = Signal(QUrl)

    def __init__(self, model: StudyModel) -> None:
        super().__init__()
        self._model = model
        self._large = False
        self._answered = 0  # how often the card was
        self.choices = Choices()
        self.text = QTextBrowser()
        self.text.setAccessibleName("Answer")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.document().setDocumentMargin(18)
        self.text.anchorClicked.connect(self._follow)
        self.source = QLabel()
        self.source.setObjectName("source")
        self.source.setAccessibleName("Source")
        self.source.setWordWrap(True)
        self.so_far = SoFar()
        self.ratings = RatingBar()
        self.addWidget(self.choices)
        self.addWidget(self._make_closed())
        model.changed.connect(self.refresh)
        self.choices.chosen.connect(model.choose)
        self.choices.typed.connect(self._on_typed)
        self.choices.turned.connect(model.reveal)
        self.choices.taken_back.connect(model.take_back_place)
        self.choices.given_up.connect(model.give_up)
        self.ratings.rated.connect(model.rate)
        self.ratings.gone_on.connect(model.next)

    def _make_closed(self) -> QWidget:
        """What is shown of an answered question."""
        closed = QWidget()
        layout = QVBoxLayout(closed)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.source)
        layout.addWidget(self.so_far)
        layout.addWidget(self.ratings)
        return closed

    def _on_typed(self, typed: str) -> None:
        """A name that no point has is no answer yet."""
        if is_name(self._model.state.stage.catalogue, typed):
            self._model.name(typed)
        else:
            self.choices.hint.setText(f"No point is called “{typed}”. Choose, or type again.")
            self.choices.field.selectAll()

    def _follow(self, url: QUrl) -> None:
        """A source is shown below the text; other links lead elsewhere."""
        if url.scheme() == "source":
            state = self._model.state
            self.source.setText(source_html(state.stage, url.path(), state.theme))
            self.source.show()
        else:
            self.linked.emit(url)

    def _theme(self) -> Theme:
        """The theme, with larger type while presenting."""
        state = self._model.state
        if state.view.presenting != self._large:
            self._large = state.view.presenting
            font = QFont(QApplication.font())
            if self._large:
                font.setPointSizeF(font.pointSizeF() * LARGER)
            # Where there is a style sheet, a widget has its font from the application.
            for widget in self.findChildren(QWidget):
                widget.setFont(font)
        theme = state.theme
        return theme._replace(scale=theme.scale * LARGER) if self._large else theme

    def _make_room(self) -> None:
        """The answers so far are shown from the second on, if enough of the text stays in view."""
        taken = self.ratings.sizeHint().height() + self.so_far.sizeHint().height()
        left = self.height() - taken
        roomy = left >= LINES * LINE_HEIGHT * self.text.fontMetrics().height()
        self.so_far.setVisible(self._answered > 1 and roomy)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The text comes first."""
        super().resizeEvent(event)
        self._make_room()

    def refresh(self) -> None:
        """Show what there is to say now."""
        sitting = self._model.sitting
        if sitting is None or sitting.question is None:
            return
        stage, theme, question = self._model.state.stage, self._theme(), sitting.question
        if sitting.outcome is None and not sitting.revealed:
            hint = how_to_answer(question)
            self.choices.show_question(stage, question, hint, len(sitting.placed))
            self.setCurrentIndex(0)
            return
        note = self._model.note(question.card.code)
        self.source.hide()
        self.text.setHtml(page(theme, answer_html(stage, sitting, theme) + note_html(note)))
        outcome = sitting.outcome
        chosen = Rating(outcome.review.rating) if outcome is not None else None
        self.ratings.show_choice(sitting.intervals(), chosen, suggestion(outcome))
        places = question.card.kind in ("locate", "walk")
        point = stage.catalogue.points[stage.catalogue.index[question.card.code]]
        tolerance = self._model.plan.tolerance_of(point) if places else None
        answers = sitting.history.of_card(question.card)
        self.so_far.show_answers(answers, theme, tolerance)
        self._answered = len(answers)
        self._make_room()
        self.setCurrentIndex(1)
