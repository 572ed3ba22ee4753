"""The pictures of a deck: nothing gives the answer away, and the answer is in the picture."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from atlas.scene import Stage
from atlas.study.cards import Card
from atlas.study.deck import deck_cards
from atlas.study.questions import Question, ask
from atlas.ui import cutouts, printing
from atlas.ui.canvas import markers
from atlas.ui.canvas.measure import Lettering, lettering
from atlas.ui.canvas.plate import plate_of, render
from atlas.ui.cutouts import ACROSS, AROUND, EDGE, ENLARGED, SIZE, Cutouts, answer, area_of, spot_of
from atlas.ui.theme import LIGHT

CODES = ("BL23", "GV20", "LI4", "ST32", "KI1", "EX-HN11", "GB21", "EX-B2")
NOISE, DRAWN = 40, 120  # what the JPEG adds at the most, and what a line differs by at least
pytestmark = pytest.mark.usefixtures("qapp")


def question(stage: Stage, key: str) -> Question:
    card = Card.from_key(key)
    assert card is not None
    return ask(stage, card, Random(key))


def read(picture: bytes) -> QImage:
    image = QImage.fromData(picture)
    assert not image.isNull()
    return image


def asked_of_all(stage: Stage) -> list[Question]:
    every = (1 << len(stage.catalogue.points)) - 1
    cards = deck_cards(stage, every, ("locate", "identify"))
    return [ask(stage, card, Random(card.key)) for card in cards]


def place_in(stage: Stage, asked: Question) -> tuple[float, float]:
    """Where in its picture a question's place lies, from 0 to 1."""
    area, spot = area_of(stage, asked), stage.sheet(asked.map_id).spots[spot_of(stage, asked)]
    return (spot.x - area.left()) / area.width(), (spot.y - area.top()) / area.height()


def difference(a: QImage, b: QImage) -> npt.NDArray[np.int16]:
    """How much two pictures of one size differ at each pixel, in the channel where most."""
    assert a.size() == b.size()
    first, second = (
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
        .reshape(image.height(), image.width(), 4)
        .astype(np.int16)
        for image in (a, b)
    )
    most: npt.NDArray[np.int16] = np.abs(first - second).max(axis=2)
    return most


def drawing_alone(stage: Stage, map_id: str, area: QRectF, image: QImage) -> QImage:
    """A part of a drawing as the canvas renders it, on its ground."""
    frame = stage.body.maps[map_id].frame
    plate = plate_of(stage.edition.drawing(map_id), frame, LIGHT.tones, bones=False)
    picture = render(plate, area, image.width() / area.width())
    alone = QImage(image.size(), QImage.Format.Format_RGB32)
    alone.fill(QColor(LIGHT.canvas))
    painter = QPainter(alone)
    painter.drawImage(0, 0, picture.image)
    painter.end()
    return alone


@pytest.mark.parametrize("code", CODES)
def test_the_front_of_locate_is_the_body_alone(stage: Stage, code: str) -> None:
    asked = question(stage, f"locate:{code}")
    pictures = Cutouts(stage).pictures(asked)
    front, back = read(pictures["question"]), read(pictures["answer"])
    alone = drawing_alone(stage, asked.map_id, area_of(stage, asked), front)
    rounded = np.s_[:-1, :-1]  # the last row and column may lie beyond the rendered part
    assert difference(front, alone)[rounded].max() < NOISE
    assert difference(back, alone)[rounded].max() > DRAWN


@pytest.mark.parametrize("kind", ["locate", "identify"])
@pytest.mark.parametrize("code", CODES)
def test_the_back_shows_the_same_part_with_the_point(stage: Stage, code: str, kind: str) -> None:
    asked = question(stage, f"{kind}:{code}")
    pictures = Cutouts(stage).pictures(asked)
    changed = difference(read(pictures["question"]), read(pictures["answer"])) > DRAWN
    assert changed.mean() < 0.1, "most of the body is where it was"
    right, down = place_in(stage, asked)
    height, width = changed.shape
    x, y, ring = round(right * width), round(down * height), 16
    assert changed[y - ring : y + ring, x - ring : x + ring].any()


@pytest.mark.parametrize("kind", ["locate", "identify"])
def test_the_measurement_is_in_the_answer(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    asked = question(stage, f"{kind}:BL23")
    answer = Cutouts(stage).pictures(asked)["answer"]
    monkeypatch.setattr(printing, "paint_measure", lambda *given: None)
    assert Cutouts(stage).pictures(asked)["answer"] != answer


def test_nothing_on_the_front_of_identify_shows_the_meridian(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked, located = question(stage, "identify:BL23"), question(stage, "locate:BL23")
    before = [Cutouts(stage).pictures(asked) for asked in (marked, located)]
    shapes = dict.fromkeys(("yin", "yang", "vessel", "extra"), "t1")
    monkeypatch.setattr(markers, "_SYMBOLS", shapes)
    colours = LIGHT._replace(meridians=dict.fromkeys(LIGHT.meridians, "#FF00FF"))
    monkeypatch.setattr(cutouts, "LIGHT", colours)
    after = [Cutouts(stage).pictures(asked) for asked in (marked, located)]
    for old, new in zip(before, after, strict=True):
        assert new["question"] == old["question"]
        assert new["answer"] != old["answer"]


@pytest.mark.parametrize("code", CODES)
def test_the_front_of_identify_marks_the_place_alone(stage: Stage, code: str) -> None:
    asked = question(stage, f"identify:{code}")
    image = read(Cutouts(stage).pictures(asked)["question"])
    changed = difference(image, drawing_alone(stage, asked.map_id, area_of(stage, asked), image))
    rows, columns = np.nonzero(changed > DRAWN)
    right, down = place_in(stage, asked)
    assert rows.size, "something is marked"
    assert abs(rows - down * image.height()).max() < 20
    assert abs(columns - right * image.width()).max() < 20


def square(x: float, y: float, half: float) -> QRectF:
    return QRectF(x - half, y - half, 2 * half, 2 * half)


def grown(area: QRectF) -> QRectF:
    """An area a hair larger, for what is exact to rounding only."""
    return area.adjusted(-0.01, -0.01, 0.01, 0.01)


def test_every_place_and_its_measurement_are_in_the_picture(stage: Stage) -> None:
    for asked in asked_of_all(stage):
        area, spot = area_of(stage, asked), stage.sheet(asked.map_id).spots[spot_of(stage, asked)]
        measured = stage.body.measure(spot, asked.map_id)
        frame = QRectF(*stage.body.maps[asked.map_id].frame)
        around = square(spot.x, spot.y, AROUND * measured.cun) & frame
        assert grown(area).contains(around), asked.card.key
        for x, y in (p for s in measured.steps for p in (*s.line, *s.ruler)):
            assert grown(area).contains(square(x, y, EDGE * measured.cun)), asked.card.key


def test_pictures_show_enough_to_find_one_s_way(stage: Stage) -> None:
    for asked in asked_of_all(stage):
        area, spot = area_of(stage, asked), stage.sheet(asked.map_id).spots[spot_of(stage, asked)]
        cun = stage.body.measure(spot, asked.map_id).cun
        _, _, width, height = stage.body.maps[asked.map_id].frame
        assert area.width() >= min(ACROSS * cun, width) - 0.01, asked.card.key
        assert area.height() >= min(ACROSS * cun, height) - 0.01, asked.card.key


def test_the_place_is_not_always_in_the_middle(stage: Stage) -> None:
    places = np.array([place_in(stage, asked) for asked in asked_of_all(stage)])
    middle = (np.abs(places - 0.5) < 0.1).all(axis=1)
    assert middle.mean() < 0.15
    assert (places.std(axis=0) > 0.1).all()


def test_the_same_card_has_the_same_pictures_each_time(stage: Stage) -> None:
    for key in ("locate:ST36", "identify:ST36"):
        twice = [Cutouts(stage).pictures(question(stage, key)) for _ in range(2)]
        assert twice[0] == twice[1]
    parts = {area_of(stage, question(stage, f"identify:BL{n}")).left() for n in range(11, 22)}
    assert len(parts) > 5, "and each card its own part"


def test_recall_has_no_picture(stage: Stage) -> None:
    assert Cutouts(stage).pictures(question(stage, "recall:BL23")) == {}


@pytest.mark.parametrize("code", CODES)
def test_pictures_are_of_one_size(stage: Stage, code: str) -> None:
    for kind in ("locate", "identify"):
        pictures = Cutouts(stage).pictures(question(stage, f"{kind}:{code}"))
        assert set(pictures) == {"question", "answer"}
        for picture in pictures.values():
            image = read(picture)
            assert max(image.width(), image.height()) == SIZE
            assert min(image.width(), image.height()) > SIZE / 2
            assert len(picture) < 60_000


def written_on(stage: Stage, asked: Question) -> tuple[QTransform, QRectF, Lettering]:
    """What is written on an answer, in which units and on which page."""
    area = area_of(stage, asked)
    scale = SIZE / max(area.width(), area.height()) / ENLARGED
    to_page = QTransform.fromScale(scale, scale)
    page = to_page.mapRect(area)
    return to_page, page, lettering(answer(stage, asked), LIGHT, to_page, page)


def test_no_text_is_cut_at_the_edge(stage: Stage) -> None:
    for asked in asked_of_all(stage):
        _, page, letters = written_on(stage, asked)
        assert letters.name is not None
        for rect, text in (letters.name, *letters.texts):
            assert page.contains(rect), f"{text} on {asked.card.key}"


@pytest.mark.parametrize("code", ["GB21", "TE5", "BL8", "GV20", "KI9", "CV4"])
def test_the_name_keeps_off_the_measurement(stage: Stage, code: str) -> None:
    asked = question(stage, f"locate:{code}")
    to_page, _, letters = written_on(stage, asked)
    assert letters.name is not None
    measured = answer(stage, asked).measured
    assert measured is not None
    for line in (line for step in measured.steps for line in (step.line, step.ruler)):
        for (ax, ay), (bx, by) in pairwise(line):
            along = [(ax + (bx - ax) * t / 99, ay + (by - ay) * t / 99) for t in range(100)]
            assert not any(letters.name[0].contains(to_page.map(QPointF(*p))) for p in along)
