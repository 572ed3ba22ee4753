"""What the map shows once a question is answered: the point, how it is measured, what was meant."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from atlas.body.body import Spot
from atlas.scene import Layer, MapScene, Sheet, Stage, View, resolve
from atlas.study.questions import Question
from atlas.study.sitting import Outcome


def answer_scene(
    stage: Stage, outcome: Outcome, layers: Iterable[Layer], *, large: bool
) -> MapScene:
    """The map after an answer: the point that was asked for, and what was chosen or hit instead."""
    scene = _answered(stage, outcome, layers, large)
    meant = ((miss.spot.x, miss.spot.y) for miss in outcome.misses)
    return scene._replace(kept_free=tuple(zip(outcome.clicks, meant, strict=True)))


def _answered(stage: Stage, outcome: Outcome, layers: Iterable[Layer], large: bool) -> MapScene:
    question = outcome.question
    sheet = stage.sheet(question.map_id)
    others = [*question.answer, outcome.said]
    if question.card.kind == "walk":
        meant = [sheet.spots.index(miss.spot) for miss in outcome.misses]
        return _scene(stage, question, None, meant or _spots(sheet, question.answer), layers, large)
    main = _main_spot(sheet, outcome)
    side = sheet.spots[main].side if main is not None else 1
    beside = [i for i in _spots(sheet, others) if sheet.spots[i].side == side]
    beside += [_nearest(sheet, miss.nearest, miss.spot) for miss in outcome.misses if miss.nearest]
    return _scene(stage, question, main, beside, layers, large)


def recalled_scene(
    stage: Stage, question: Question, layers: Iterable[Layer], *, large: bool
) -> MapScene:
    """The map once a recall question is turned over."""
    sheet = stage.sheet(question.map_id)
    main = next(iter(_spots(sheet, question.answer)), None)
    return _scene(stage, question, main, (), layers, large)


def _main_spot(sheet: Sheet, outcome: Outcome) -> int | None:
    """The spot whose measurement is shown."""
    question = outcome.question
    if question.marked is not None:
        return question.marked
    if outcome.misses:
        return sheet.spots.index(outcome.misses[0].spot)
    own = _spots(sheet, [question.card.code])
    return next((i for i in own if sheet.spots[i].side == question.side), next(iter(own), None))


def _nearest(sheet: Sheet, code: str, spot: Spot) -> int:
    """The spot of a point that lies nearest to another: of a series, one is enough."""
    place = (spot.x, spot.y)
    return min(sheet.of_code[code], key=lambda i: math.dist((sheet.x[i], sheet.y[i]), place))


def _spots(sheet: Sheet, codes: Iterable[str]) -> list[int]:
    """The spots of some points, those that are sure where there are some."""
    found: list[int] = []
    for code in dict.fromkeys(codes):
        own = sheet.of_code.get(code, [])
        found += [i for i in own if not sheet.spots[i].note] or own
    return found


def _scene(
    stage: Stage,
    question: Question,
    main: int | None,
    beside: Iterable[int],
    layers: Iterable[Layer],
    large: bool,
) -> MapScene:
    sheet = stage.sheet(question.map_id)
    view = View(
        map_id=question.map_id,
        selected=sheet.spots[main].code if main is not None else None,
        spot=main,
        layers=frozenset(layers) | {"measure", "labels"},
        presenting=large,
    )
    scene = resolve(stage, view)
    visible = np.zeros(len(sheet.spots), bool)
    visible[list(beside)] = True
    visible[list(scene.twins)] = True
    matching = 0
    for i in np.flatnonzero(visible):
        matching |= 1 << sheet.spots[i].owner
    members = np.zeros(len(stage.catalogue.points), bool)
    members[sheet.owner[visible]] = True
    return scene._replace(matching=matching, members=members, visible=visible)
