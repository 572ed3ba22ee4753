"""An open question never gives itself away by a word, a title, a tip or a key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QDialog,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from atlas.catalog.point import Point
from atlas.scene import View
from atlas.study.cards import KINDS, Kind
from atlas.ui.study.page import StudyPage
from tests.gui.studying import (
    ASKED,
    CTRL,
    OpenStudy,
    key,
    phase_of,
    plan_for,
    question_of,
    questions,
    sitting_of,
    type_text,
)

LOCATED = ["BL23", "GV4", "LI4"]


def texts_of(widget: QWidget) -> Iterator[str]:
    """All that a widget says, to eyes and to a screen reader."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    yield from (widget.statusTip(), widget.whatsThis(), widget.windowTitle())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield from (widget.text(), widget.placeholderText())
    if isinstance(widget, QTextEdit):
        yield widget.toPlainText()
    if isinstance(widget, QAbstractItemView):
        model = widget.model()
        for row in range(model.rowCount()):
            yield str(model.index(row, 0).data())
            yield str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def said_by(page: StudyPage) -> dict[QWidget, str]:
    """What is said by all that can be seen, and by the page even where it is hidden now."""
    window = page.window()
    seen = [w for w in window.findChildren(QWidget) if w.isVisible()]
    return {w: "\n".join(filter(None, texts_of(w))) for w in (window, *seen)}


def names_of(point: Point) -> list[str]:
    names = point.names
    return [point.code, names.pinyin, names.hanzi, names.hanzi_simplified, names.english]


def tells(point: Point) -> list[str]:
    """What the atlas says of a point: where it is, what it belongs to, what needs caution."""
    said = [point.location, point.finding, *(caution.text for caution in point.cautions)]
    return [text[:40] for text in said]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("presenting", [False, True])
def test_no_word_in_the_window_tells_the_answer(
    open_study: OpenStudy, kind: Kind, presenting: bool
) -> None:
    plan_for(kind, codes=ASKED[kind])
    page = open_study(View(selected=ASKED[kind][-1]))
    if presenting:
        key(Qt.Key.Key_F11)
    catalogue = page.model.state.stage.catalogue
    for _ in questions(page, kind):
        question, said = question_of(page), said_by(page)
        offered = set(page.answer.choices.buttons)
        assert len(said) > (10 if presenting else 30)
        answers = [catalogue.points[catalogue.index[code]] for code in question.answer]
        for widget, text in said.items():
            asked = catalogue.points[catalogue.index[question.card.code]]
            hidden = [word for point in (asked, *answers) for word in tells(point)]
            if kind in ("identify", "neighbours") and widget not in offered:
                hidden += [word for point in answers for word in names_of(point)]
            if widget not in (page.prompt.label, *offered):
                hidden += names_of(asked)[1:]
            assert not [word for word in hidden if word in text], (widget, text)


@pytest.mark.parametrize("kind", ["locate", "recall", "walk"])
def test_names_in_the_prompt_say_no_more_than_is_asked(open_study: OpenStudy, kind: Kind) -> None:
    """The English name may describe the place."""
    plan_for(kind, codes=ASKED[kind])
    page = open_study()
    for _ in questions(page, kind):
        point = page.model.state.stage.catalogue.point(question_of(page).card.code)
        assert point is not None
        assert point.names.english not in page.prompt.label.text()


def test_the_words_of_the_answer_before_are_gone(open_study: OpenStudy) -> None:
    plan_for("identify", codes=LOCATED)
    page = open_study()
    type_text("shenmen")
    key(Qt.Key.Key_Return)
    assert page.answer.text.isVisible()
    key(Qt.Key.Key_Return)
    assert phase_of(page) == "question"
    assert not page.answer.text.isVisible()
    assert not page.answer.ratings.isVisible()
    assert not page.answer.so_far.isVisible()
    assert page.answer.choices.field.isVisible()
    assert page.answer.choices.field.text() == ""


# -- keys -----------------------------------------------------------------------------------

LEADING = [Qt.Key.Key_Slash, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_Space,
           Qt.Key.Key_0, Qt.Key.Key_6, Qt.Key.Key_7, Qt.Key.Key_8, Qt.Key.Key_9]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_keys_of_the_atlas_lead_nowhere(open_study: OpenStudy, kind: Kind) -> None:
    plan_for(kind, codes=ASKED[kind][:1])
    page = open_study(View(selected="BL23"))
    window, state, question = page.window(), page.model.state, question_of(page)
    before = state.view
    for which in LEADING:
        key(which)
    for which in (Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_L, Qt.Key.Key_E, Qt.Key.Key_P):
        key(which, CTRL)
    if not question.choices:
        for which in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_L, Qt.Key.Key_C, Qt.Key.Key_Z):
            key(which)
    assert state.view == before
    assert page.isVisible()
    assert phase_of(page) == "question"
    assert question_of(page) == question
    assert not sitting_of(page).placed
    assert page.canvas.hasFocus() or page.answer.choices.field.hasFocus()
    assert not [w for w in window.findChildren(QDialog) if w.isVisible()]


def test_the_search_is_off_and_the_title_says_study(open_study: OpenStudy) -> None:
    plan_for("locate", codes=LOCATED)
    page = open_study(View(selected="BL23"))
    window = page.model.state, page.window()
    assert window[1].windowTitle() == "Study – Acupoint Atlas"
    search = window[1].findChild(QLineEdit)
    assert search is not None
    assert not search.isEnabled()
    assert search.placeholderText() == "Closed while you study"
    key(Qt.Key.Key_F2)
    assert search.isEnabled()
    assert search.placeholderText().startswith("Name, code")
    assert window[1].windowTitle().startswith("BL23")
