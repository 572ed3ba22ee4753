"""A learner at the study page: real keys or a real mouse; the model is read only to aim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from atlas.body.body import Spot
from atlas.study.cards import Kind
from atlas.study.plan import Choice, Plan, save_plan
from atlas.study.questions import Question
from atlas.study.schedule import Limits, Rating
from atlas.study.sitting import Outcome, Sitting
from atlas.study.store import Store
from atlas.ui.study.canvas import FINE_STEP, STEP
from atlas.ui.study.model import Phase
from atlas.ui.study.page import StudyPage
from atlas.ui.window import MainWindow

if TYPE_CHECKING:
    from atlas.study.records import Review

OpenStudy = Callable[..., StudyPage]
LIST = "Chosen for the test"
KEYS = {"right": Qt.Key.Key_Right, "left": Qt.Key.Key_Left,
        "down": Qt.Key.Key_Down, "up": Qt.Key.Key_Up}  # fmt: skip
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)

# Of many meridians and maps, on the midline and beside it; all begin a walk or have a level.
ASKED: dict[Kind, list[str]] = {
    "locate": ["LU7", "BL23", "GV4", "EX-B2", "LI4", "KI3"],
    "identify": ["ST36", "BL23", "GV4", "EX-B2", "LI4", "CV17"],
    "recall": ["LU1", "BL23", "GV14", "SP6"],
    "neighbours": ["BL23", "GV4", "ST25", "KI16"],
    "walk": ["LU1", "GV1", "BL9", "SP1"],
}


def plan_for(
    *kinds: Kind, codes: Iterable[str] = (), new: int = 30, choice: Choice | None = None
) -> Plan:
    """Keep a plan for the next page: these kinds, all points or an own list of these codes."""
    own = tuple(codes)
    if own:
        with Store() as store:
            store.set_collection(LIST, own)
        choice = Choice("collection", LIST)
    plan = Plan(choice or Choice(), frozenset(kinds), limits=Limits(new=new))
    save_plan(plan)
    return plan


def page_of(window: MainWindow) -> StudyPage:
    """The study page that stands in a window."""
    page = window.pages.currentWidget()
    assert isinstance(page, StudyPage)
    return page


def key(which: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A real key, to whatever has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    QTest.keyClick(widget, which, modifiers)


def type_text(text: str) -> None:
    """Letter by letter; the first may move the focus."""
    for char in text:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, char)


def click(widget: QWidget, place: QPoint | None = None) -> None:
    """A real click on what can be seen."""
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())


def phase_of(page: StudyPage) -> Phase:
    """What the page shows now; a call, as keys and clicks change it."""
    return page.model.phase


def sitting_of(page: StudyPage) -> Sitting:
    """What is read to know what is asked."""
    assert page.model.sitting is not None
    return page.model.sitting


def question_of(page: StudyPage) -> Question:
    """The question that is open or answered."""
    question = sitting_of(page).question
    assert question is not None
    return question


def outcome_of(page: StudyPage) -> Outcome:
    """What came of the answer."""
    outcome = sitting_of(page).outcome
    assert outcome is not None
    return outcome


def spot_of(page: StudyPage, code: str = "") -> Spot:
    """Where a point of the question is: on the side that is in view."""
    question = question_of(page)
    sheet = page.model.state.stage.sheet(question.map_id)
    own = [sheet.spots[i] for i in sheet.of_code[code or question.card.code]]
    sure = [spot for spot in own if not spot.note] or own
    return next((spot for spot in sure if spot.side == question.side), sure[0])


def pixel_of(page: StudyPage, spot: Spot) -> QPointF:
    """Where a spot is on the canvas."""
    return page.canvas.to_pixels().map(QPointF(spot.x, spot.y))


def stored() -> dict[str, Review]:
    """The answers on the disk that count, by their uid."""
    with Store() as store:
        return {review.uid: review for review in store.reviews()}


def study_file() -> Path:
    """Where the progress of the test is."""
    from atlas.study.store import study_file

    return study_file()


# -- by keyboard ----------------------------------------------------------------------------


def steer(page: StudyPage, spot: Spot) -> None:
    """Move the cross to a place with the arrow keys, at last with Shift."""
    if page.canvas.aim is None:
        key(Qt.Key.Key_Right)
    assert page.canvas.aim is not None
    at = page.canvas.to_pixels().map(QPointF(*page.canvas.aim))
    off = pixel_of(page, spot) - at
    for distance, ahead, behind in ((off.x(), "right", "left"), (off.y(), "down", "up")):
        which = KEYS[ahead if distance > 0 else behind]
        steps, rest = divmod(abs(distance), STEP)
        for _ in range(int(steps)):
            key(which)
        for _ in range(round(rest / FINE_STEP)):
            key(which, SHIFT)


def place_by_keys(page: StudyPage, code: str = "") -> None:
    """Put a mark on a point of the question."""
    steer(page, spot_of(page, code))
    key(Qt.Key.Key_Return)


def answer_by_keys(page: StudyPage, *, right: bool = True, typed: str = "") -> None:
    """Answer the open question with real keys."""
    question = question_of(page)
    kind = question.card.kind
    if kind == "recall":
        key(Qt.Key.Key_Return)
        assert sitting_of(page).revealed
        key(DIGITS[(Rating.Good if right else Rating.Again) - 1])
    elif not right and not question.choices:
        key(Qt.Key.Key_5)
    elif typed:
        type_text(typed)
        key(Qt.Key.Key_Return)
    elif question.choices:
        chosen = next(c for c in question.choices if (c in question.answer) == right)
        key(DIGITS[question.choices.index(chosen)])
    else:
        for code in question.answer:
            place_by_keys(page, code)


# -- by mouse -------------------------------------------------------------------------------


def click_spot(page: StudyPage, spot: Spot) -> None:
    """A real click on the map."""
    click(page.canvas.viewport(), pixel_of(page, spot).toPoint())


def answer_by_mouse(page: StudyPage, *, right: bool = True) -> None:
    """Answer the open question with real clicks."""
    question, choices = question_of(page), page.answer.choices
    if question.card.kind == "recall":
        click(choices.turn)
        click(page.answer.ratings.buttons[Rating.Good if right else Rating.Again])
    elif not right and not question.choices:
        click(choices.give_up)
    elif question.choices:
        chosen = next(c for c in question.choices if (c in question.answer) == right)
        click(choices.buttons[question.choices.index(chosen)])
    else:
        for code in question.answer:
            click_spot(page, spot_of(page, code))


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
            key(Qt.Key.Key_5)
        assert phase_of(page) == "answer"
        key(Qt.Key.Key_Return)
    assert {o.question.card.code for o in sitting_of(page).given} == set(ASKED[kind])
