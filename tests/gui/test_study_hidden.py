"""An open question never gives itself away: not by picture, word, title, tip or key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from atlas.catalog.point import Point
from atlas.edition import Edition
from atlas.scene import Layer, View
from atlas.study.cards import KINDS, Kind
from atlas.ui.canvas.view import BodyView
from atlas.ui.study.canvas import StudyCanvas
from atlas.ui.study.marks import RING
from atlas.ui.study.page import StudyPage
from atlas.ui.theme import THEMES
from tests.gui.studying import (
    CTRL,
    OpenStudy,
    key,
    phase_of,
    pixel_of,
    place_by_keys,
    plan_for,
    question_of,
    sitting_of,
)

# Of many meridians and maps, on the midline and beside it; all begin a walk or have a level.
ASKED: dict[Kind, list[str]] = {
    "locate": ["LU7", "BL23", "GV4", "EX-B2", "LI4", "KI3"],
    "identify": ["ST36", "BL23", "GV4", "EX-B2", "LI4", "CV17"],
    "recall": ["LU1", "BL23", "GV14", "SP6"],
    "neighbours": ["BL23", "GV4", "ST25", "KI16"],
    "walk": ["LU1", "GV1", "BL9", "SP1"],
}
FAINT = 24  # of 255: edges may be smoothed otherwise, inks differ more
PLAIN = ["BL23", "GV4", "LI4"]


class Bare(BodyView):
    """The drawing alone: nothing can lie over it."""

    def show_like(self, canvas: StudyCanvas, edition: Edition, map_id: str) -> None:
        """Show the same part of a map."""
        self.resize(canvas.size())
        self._draw(edition, edition.body.maps[map_id], bones=canvas.bones)
        self.window().resize(canvas.size())
        self.window().show()
        self.move_to(canvas._visible())


def pixels(image: QImage) -> NDArray[np.uint8]:
    ready = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(ready.constBits(), np.uint8).copy()  # the image goes with this function
    return flat.reshape(ready.height(), ready.width(), 4)


@pytest.fixture
def bare(qtbot: QtBot) -> Iterator[Bare]:
    holder = QWidget()
    holder.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view = Bare(THEMES["light"])
    view.setParent(holder)
    qtbot.addWidget(holder)
    yield view
    view.close_drawing()


def drawn_over(page: StudyPage, bare: Bare, qtbot: QtBot) -> NDArray[np.intp]:
    """The pixels, as rows of y and x, in which the question's map differs from the drawing."""
    canvas, edition = page.canvas, page.model.state.stage.edition
    QApplication.processEvents()  # the panels take their widths
    qtbot.waitUntil(canvas.is_settled)
    bare.show_like(canvas, edition, question_of(page).map_id)
    qtbot.waitUntil(bare.is_settled)
    ratio = canvas.to_pixels().m11() / bare.to_pixels().m11()
    assert abs(ratio - 1) < 1e-9
    shown, drawing = pixels(canvas.grab().toImage()), pixels(bare.grab().toImage())
    assert len(np.unique(drawing.reshape(-1, 4), axis=0)) > 10, "there is a body"
    apart = np.abs(shown.astype(int) - drawing.astype(int)).max(axis=2)
    return np.argwhere(apart > FAINT)


def questions(page: StudyPage, kind: Kind) -> Iterator[int]:
    """Each of the questions in turn, open."""
    for number in range(2 * len(ASKED[kind])):
        if len(sitting_of(page).given) == len(ASKED[kind]):
            break
        assert phase_of(page) == "question"
        yield number
        if kind == "recall":
            key(Qt.Key.Key_Return)
            key(Qt.Key.Key_3)
        else:
            key(Qt.Key.Key_0)
            assert phase_of(page) == "answer"
            key(Qt.Key.Key_Return)
    assert {o.question.card.code for o in sitting_of(page).given} == set(ASKED[kind])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "identify"])
def test_the_map_of_a_question_is_the_bare_drawing(
    open_study: OpenStudy, bare: Bare, qtbot: QtBot, kind: Kind
) -> None:
    plan_for(kind, codes=ASKED[kind])
    page = open_study(View(selected=ASKED[kind][0], layers=frozenset({"channels", "labels"})))
    for _ in questions(page, kind):
        assert len(drawn_over(page, bare, qtbot)) == 0
    assert sitting_of(page).given


def test_the_proof_sees_what_is_drawn(open_study: OpenStudy, bare: Bare, qtbot: QtBot) -> None:
    plan_for("locate", codes=PLAIN)
    page = open_study()
    assert len(drawn_over(page, bare, qtbot)) == 0
    key(Qt.Key.Key_Left)
    assert len(drawn_over(page, bare, qtbot)) > 50, "the cross"
    key(Qt.Key.Key_0)
    assert len(drawn_over(page, bare, qtbot)) > 500, "the point and its measurement"


def test_a_walk_shows_the_own_marks_alone(open_study: OpenStudy, bare: Bare, qtbot: QtBot) -> None:
    plan_for("walk", codes=["BL21"])
    page = open_study()
    place_by_keys(page, question_of(page).answer[0])
    page.canvas.aim = None
    page.model.changed.emit()
    differing = drawn_over(page, bare, qtbot)
    (mark,) = sitting_of(page).placed
    place = page.canvas.to_pixels().map(*mark)
    assert len(differing)
    assert (np.abs(differing[:, ::-1] - np.array(place)) < 30).all()


def test_every_marked_point_has_the_same_mark_and_nothing_else(
    open_study: OpenStudy, bare: Bare, qtbot: QtBot
) -> None:
    plan_for("identify", codes=ASKED["identify"])
    page = open_study()
    seen: list[tuple[str, int, int]] = []
    for _ in questions(page, "identify"):
        question = question_of(page)
        assert question.marked is not None
        spot = page.model.state.stage.sheet(question.map_id).spots[question.marked]
        at = pixel_of(page, spot)
        differing = drawn_over(page, bare, qtbot)
        away = differing[:, ::-1] + 0.5 - np.array([at.x(), at.y()])
        distance = np.hypot(*away.T)
        assert distance.max() < RING + 4, "nothing but the mark"
        image = page.canvas.grab().toImage()
        inks = Counter(image.pixelColor(int(x), int(y)).name() for y, x in differing)
        ((ink, often),) = inks.most_common(1)
        seen.append((ink, often, len(differing)))
    assert {ink for ink, *_ in seen} == {QColor(THEMES["light"].accent).name()}
    for sizes in ([often for _, often, _ in seen], [size for *_, size in seen]):
        assert max(sizes) - min(sizes) < 0.25 * max(sizes), "one size, but for the grid of pixels"


# -- words ----------------------------------------------------------------------------------


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
    plan_for("identify", "locate", codes=PLAIN)
    page = open_study()
    key(Qt.Key.Key_0)
    assert page.answer.text.isVisible()
    key(Qt.Key.Key_Return)
    assert not page.answer.text.isVisible()
    assert not page.answer.ratings.isVisible()
    assert not page.answer.so_far.isVisible()
    assert page.answer.choices.field.text() == ""


# -- keys -----------------------------------------------------------------------------------

LEADING = [Qt.Key.Key_Slash, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_Space,
           Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7, Qt.Key.Key_8, Qt.Key.Key_9]  # fmt: skip


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
    assert not [w for w in window.findChildren(QWidget, "dialog") if w.isVisible()]


def test_the_search_is_off_and_the_title_says_study(open_study: OpenStudy) -> None:
    plan_for("locate", codes=PLAIN)
    page = open_study(View(selected="BL23"))
    window = page.model.state, page.window()
    assert window[1].windowTitle() == "Study – Acupoint Atlas"
    search = window[1].findChild(QLineEdit)
    assert search is not None
    assert not search.isEnabled()
    key(Qt.Key.Key_F2)
    assert search.isEnabled()
    assert window[1].windowTitle().startswith("BL23")


def test_bones_help_and_name_nothing(open_study: OpenStudy, bare: Bare, qtbot: QtBot) -> None:
    plan_for("locate", codes=PLAIN)
    page = open_study()
    assert len(drawn_over(page, bare, qtbot)) == 0
    before = pixels(page.canvas.grab().toImage())
    key(Qt.Key.Key_B, CTRL)
    assert page.canvas.bones
    assert page.frame.bones.isChecked()
    assert len(drawn_over(page, bare, qtbot)) == 0, "the drawing with its bones, bare"
    assert (pixels(page.canvas.grab().toImage()) != before).any()
    assert phase_of(page) == "question"
    layers: frozenset[Layer] = page.model.state.view.layers
    assert "bones" not in layers, "Explore keeps its own"
