"""From a card to a question, and the picture that goes with it; nothing shown gives the answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from random import Random

import msgspec
import numpy as np

from atlas.body.relations import same_level
from atlas.catalog.point import Point
from atlas.scene import Layer, MapScene, Stage, View, resolve
from atlas.study.cards import Card, Kind, stretches, sure_maps
from atlas.study.cards import UnaskableError as UnaskableError
from atlas.study.distractors import CHOICES as CHOICES
from atlas.study.distractors import beside, on_other_levels, preferred
from atlas.study.places import place, spots_of

GIVES_AWAY: frozenset[Layer] = frozenset({"labels", "channels", "measure"})
Codes = Collection[str] | None


class Question(msgspec.Struct, frozen=True):
    """What is asked: shown are prompt, choices, and on the map the marked spot at most.

    `choices` and `answer` are codes. A walk's answer is its points in their order.
    """

    card: Card
    prompt: str
    map_id: str
    answer: tuple[str, ...]
    side: int = 1  # of a symmetric map, to bring into view
    marked: int | None = None  # which of the map's spots
    choices: tuple[str, ...] = ()


def ask(stage: Stage, card: Card, rng: Random, codes: Codes = None) -> Question:
    """The question of a card; raises `UnaskableError` where the edition has none.

    Wrong choices are taken from `codes`, the set that is studied, where there are enough.
    """
    point = stage.catalogue.point(card.code)
    if point is None:
        raise UnaskableError(f"no point {card.code}")
    makers: dict[Kind, Callable[[Stage, Point, Random, Codes], Question]] = {
        "locate": _locate,
        "identify": _identify,
        "recall": _recall,
        "neighbours": _neighbours,
        "walk": _walk,
    }
    return makers[card.kind](stage, point, rng, codes)


def named(point: Point) -> str:
    """A point as questions name it: the English name may say too much."""
    return f"{point.code} {point.names.pinyin}"


def picture(stage: Stage, question: Question, layers: Iterable[Layer] = ()) -> MapScene:
    """What the map shows while a question is open: no point but the marked one, no names."""
    view = View(map_id=shown_map(stage, question), layers=frozenset(layers) - GIVES_AWAY)
    scene = resolve(stage, view)
    visible = np.zeros(len(scene.sheet.spots), bool)
    members = np.zeros(len(stage.catalogue.points), bool)
    matching = 0
    if question.marked is not None:
        owner = scene.sheet.spots[question.marked].owner
        visible[question.marked] = members[owner] = True
        matching = 1 << owner
    return scene._replace(matching=matching, members=members, visible=visible)


def shown_map(stage: Stage, question: Question) -> str:
    """The map that is shown while a question is open."""
    # Which map shows a point best is part of the answer to where it is.
    recall = question.card.kind == "recall"
    return next(iter(stage.body.maps)) if recall else question.map_id


def _locate(stage: Stage, point: Point, rng: Random, _codes: Codes) -> Question:
    map_id, spot = place(stage.body, point, rng)
    side = stage.sheet(map_id).spots[spot].side
    prompt = f"Where is {named(point)}?"
    return Question(Card(point.code, "locate"), prompt, map_id, (point.code,), side)


def _identify(stage: Stage, point: Point, rng: Random, codes: Codes) -> Question:
    map_id, marked = place(stage.body, point, rng)
    spot = stage.sheet(map_id).spots[marked]
    choices = _mixed(rng, [point.code, *beside(stage.body, map_id, spot, rng, codes)])
    card, prompt = Card(point.code, "identify"), "Which point is marked?"
    return Question(card, prompt, map_id, (point.code,), spot.side, marked, choices)


def _recall(_stage: Stage, point: Point, _rng: Random, _codes: Codes) -> Question:
    prompt = f"{named(point)}: where is it, of which categories is it, what needs caution?"
    map_id = next(iter(point.places), None)
    if map_id is None:
        raise UnaskableError(f"no map shows {point.code}")
    return Question(Card(point.code, "recall"), prompt, map_id, (point.code,))


def _neighbours(stage: Stage, point: Point, rng: Random, codes: Codes) -> Question:
    level, maps = same_level(stage.body, point), sure_maps(point)
    if not level or not maps:
        raise UnaskableError(f"no point is known to be level with {point.code}")
    marked = rng.choice(spots_of(stage.body, point, maps[0]))
    spot = stage.sheet(maps[0]).spots[marked]
    of_set = [code for code in level if codes is not None and code in codes]
    right = rng.choice(of_set or level)
    # A right answer from beyond the set would stand out among wrong ones of the set.
    others = on_other_levels(stage.body, maps[0], spot, level)
    wrong = preferred(others, rng, codes if of_set else None)
    if not wrong:
        raise UnaskableError(f"nothing to choose from beside {right}")
    prompt = f"Which point is level with {named(point)}?"
    card, choices = Card(point.code, "neighbours"), _mixed(rng, [right, *wrong])
    return Question(card, prompt, maps[0], (right,), spot.side, marked, choices)


def _walk(stage: Stage, point: Point, rng: Random, _codes: Codes) -> Question:
    stretch = stretches(stage.body).get(point.code)
    if stretch is None:
        raise UnaskableError(f"no stretch begins at {point.code}")
    prompt = f"Place {stretch.codes[0]} to {stretch.codes[-1]} in their order."
    side = rng.choice((1, -1)) if stage.body.maps[stretch.map_id].symmetric else 1
    return Question(Card(point.code, "walk"), prompt, stretch.map_id, stretch.codes, side)


def _mixed(rng: Random, codes: list[str]) -> tuple[str, ...]:
    return tuple(rng.sample(codes, len(codes)))
