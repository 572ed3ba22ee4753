"""From a card to a question, and the picture that goes with it; nothing shown gives the answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import islice
from random import Random

import msgspec
import numpy as np
from rapidfuzz import fuzz

from atlas.body.body import Spot
from atlas.body.relations import same_level
from atlas.catalog.point import Point
from atlas.catalog.search import squeeze
from atlas.scene import Layer, MapScene, Stage, View, resolve
from atlas.study.cards import Card, Kind, stretches, sure_maps
from atlas.study.grading import off, tolerance_of

CHOICES = 4
POOL = 6  # candidates for a wrong choice, from which one is drawn
APART = 0.5  # cun; what lies nearer is no fair wrong choice
CLICKABLE = 0.004  # of the height or breadth of a map; a smaller tolerance is hard to click
GIVES_AWAY: frozenset[Layer] = frozenset({"labels", "channels", "measure"})
_LENGTHWISE = ("superior", "inferior", "proximal", "distal")
_FROM_ABOVE = ("anterior", "posterior")  # what tells levels apart on a map of the crown


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


class UnaskableError(Exception):
    """A card that this edition has no question for."""


def ask(stage: Stage, card: Card, rng: Random) -> Question:
    """The question of a card; raises `UnaskableError` where the edition has none."""
    point = stage.catalogue.point(card.code)
    if point is None:
        raise UnaskableError(f"no point {card.code}")
    if card.kind == "recall":
        return _recall(point)
    makers: dict[Kind, Callable[[Stage, Point, Random], Question]] = {
        "locate": _locate,
        "identify": _identify,
        "neighbours": _neighbours,
        "walk": _walk,
    }
    return makers[card.kind](stage, point, rng)


def named(point: Point) -> str:
    """A point as questions name it: the English name may say too much."""
    return f"{point.code} {point.names.pinyin}"


def picture(stage: Stage, question: Question, layers: Iterable[Layer] = ()) -> MapScene:
    """What the map shows while a question is open: no point but the marked one, no names."""
    # Which map shows a point best is part of the answer to where it is.
    recall = question.card.kind == "recall"
    map_id = next(iter(stage.body.maps)) if recall else question.map_id
    view = View(map_id=map_id, layers=frozenset(layers) - GIVES_AWAY)
    scene = resolve(stage, view)
    visible = np.zeros(len(scene.sheet.spots), bool)
    members = np.zeros(len(stage.catalogue.points), bool)
    matching = 0
    if question.marked is not None:
        owner = scene.sheet.spots[question.marked].owner
        visible[question.marked] = members[owner] = True
        matching = 1 << owner
    return scene._replace(matching=matching, members=members, visible=visible)


def _locate(stage: Stage, point: Point, rng: Random) -> Question:
    map_id, spot = _place(stage, point, rng)
    side = stage.sheet(map_id).spots[spot].side
    prompt = f"Where is {named(point)}?"
    return Question(Card(point.code, "locate"), prompt, map_id, (point.code,), side)


def _identify(stage: Stage, point: Point, rng: Random) -> Question:
    map_id, marked = _place(stage, point, rng)
    spot = stage.sheet(map_id).spots[marked]
    around = _around(stage, map_id, spot)
    alike = sorted(around, key=lambda other: -_likeness(point, other))
    rest = sorted(stage.catalogue.points, key=lambda other: -_likeness(point, other))
    names, places, others = (
        list(islice((p for p in pool if _apart(stage, p, map_id, spot)), POOL))
        for pool in (alike, around, rest)
    )
    pools = ((names, 1), (places, CHOICES - 1), (others, CHOICES - 1))  # a sole has few points
    choices = _mixed(rng, [point.code, *_drawn(rng, *pools)])
    card, prompt = Card(point.code, "identify"), "Which point is marked?"
    return Question(card, prompt, map_id, (point.code,), spot.side, marked, choices)


def _recall(point: Point) -> Question:
    prompt = f"{named(point)}: where is it, of which categories is it, what needs caution?"
    map_id = next(iter(point.places))
    return Question(Card(point.code, "recall"), prompt, map_id, (point.code,))


def _neighbours(stage: Stage, point: Point, rng: Random) -> Question:
    level = same_level(stage.body, point)
    if not level:
        raise UnaskableError(f"no point is known to be level with {point.code}")
    map_id = sure_maps(point)[0]
    sheet = stage.sheet(map_id)
    own = next(sheet.spots[i] for i in sheet.of_code[point.code] if not sheet.spots[i].note)
    others = (p for p in _around(stage, map_id, own) if p.code not in level)
    wrong = list(islice((p for p in others if _off_level(stage, p, map_id, own)), POOL))
    right = rng.choice(level)
    choices = _mixed(rng, [right, *_drawn(rng, (wrong, CHOICES - 1))])
    if len(choices) < 2:
        raise UnaskableError(f"nothing to choose from beside {right}")
    prompt = f"Which point is level with {named(point)}?"
    card = Card(point.code, "neighbours")
    return Question(card, prompt, map_id, (right,), choices=choices)


def _walk(stage: Stage, point: Point, rng: Random) -> Question:
    stretch = stretches(stage.body).get(point.code)
    if stretch is None:
        raise UnaskableError(f"no stretch begins at {point.code}")
    prompt = f"Place {stretch.codes[0]} to {stretch.codes[-1]} in their order."
    side = rng.choice((1, -1)) if stage.body.maps[stretch.map_id].symmetric else 1
    return Question(Card(point.code, "walk"), prompt, stretch.map_id, stretch.codes, side)


def _place(stage: Stage, point: Point, rng: Random) -> tuple[str, int]:
    """A map that shows the point well and large enough, and one of its spots there."""
    maps = sure_maps(point)
    if not maps:
        raise UnaskableError(f"no map shows {point.code} well")
    map_id = rng.choice([m for m in maps if _large_enough(stage, point, m)] or maps)
    sheet = stage.sheet(map_id)
    return map_id, rng.choice([i for i in sheet.of_code[point.code] if not sheet.spots[i].note])


def _large_enough(stage: Stage, point: Point, map_id: str) -> bool:
    locator, (_, _, *extent) = stage.body.locator(map_id), stage.body.maps[map_id].frame
    cun = min(locator.measure(placement).cun for placement in point.spots(map_id))
    return tolerance_of(point) * cun >= CLICKABLE * max(extent)


def _around(stage: Stage, map_id: str, spot: Spot) -> list[Point]:
    """The other points that a map shows well, from a spot outwards."""
    spots = [s for s in stage.body.spots(map_id) if s.code != spot.code and not s.note]
    spots.sort(key=lambda s: math.dist((s.x, s.y), (spot.x, spot.y)))
    owners = dict.fromkeys(s.owner for s in spots)
    return [stage.catalogue.points[owner] for owner in owners]


def _offsets(stage: Stage, point: Point, map_id: str, spot: Spot) -> list[dict[str, float]]:
    """How far the spots of a point are off another spot, in cun by direction."""
    own = stage.sheet(map_id).of_code.get(point.code, ())
    spots = (stage.sheet(map_id).spots[i] for i in own)
    return [off(stage.body, map_id, spot, (s.x, s.y)) for s in spots]


def _apart(stage: Stage, point: Point, map_id: str, spot: Spot) -> bool:
    """Whether a point surely is not the one at a spot."""
    away = [math.hypot(*parts.values()) for parts in _offsets(stage, point, map_id, spot)]
    return point.code != spot.code and all(cun > APART / 2 for cun in away)


def _off_level(stage: Stage, point: Point, map_id: str, spot: Spot) -> bool:
    """Whether a point lies clearly higher or lower than a spot."""
    from_above = stage.body.maps[map_id].view == "superior"
    names = _FROM_ABOVE if from_above else _LENGTHWISE
    parts = _offsets(stage, point, map_id, spot)
    return all(max(p.get(name, 0) for name in names) >= APART for p in parts)


def _likeness(point: Point, other: Point) -> float:
    return fuzz.ratio(squeeze(point.names.pinyin), squeeze(other.names.pinyin))


def _drawn(rng: Random, *pools: tuple[list[Point], int]) -> list[str]:
    """Codes drawn from each pool in turn, until there are as many as a question needs."""
    drawn: list[str] = []
    for pool, count in pools:
        left = [point.code for point in pool if point.code not in drawn]
        drawn += rng.sample(left, min(count, CHOICES - 1 - len(drawn), len(left)))
    return drawn


def _mixed(rng: Random, codes: list[str]) -> tuple[str, ...]:
    return tuple(rng.sample(codes, len(codes)))
