"""Which part of a map is shown with a question: near enough to click, and no hint."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from atlas.body.body import Spot
from atlas.scene import Stage
from atlas.study.places import span_of
from atlas.study.questions import Question, shown_map

WHOLE = 1.1  # spans; a map that is not much larger is shown whole
INNER = 0.22  # of the span: no place is nearer to the border
NEAR = 4.0  # cun around a place that are always shown: the landmarks to find it by
MARGIN = 1 / 3  # of the span of one point, around those of a walk


class Area(NamedTuple):
    """A part of a map in drawing units."""

    left: float
    top: float
    width: float
    height: float


def area_of(stage: Stage, question: Question, rng: Random) -> Area:
    """What to show of the map; where the answer lies in it is left to chance."""
    spots = _meant(stage, question)
    if question.card.kind == "recall" or not spots:
        return Area(*stage.body.maps[shown_map(stage, question)].frame)
    return around(stage, question.map_id, spots, rng)


def around(stage: Stage, map_id: str, spots: Sequence[Spot], rng: Random) -> Area:
    """A part of a map that shows some spots, somewhere in it; the whole map if it is small."""
    frame = Area(*stage.body.maps[map_id].frame)
    cun = min(stage.body.measure(spot, map_id).cun for spot in spots)
    one = cun * min(span_of(stage.catalogue.points[spot.owner]) for spot in spots)
    xs, ys = [spot.x for spot in spots], [spot.y for spot in spots]
    extent = max(max(xs) - min(xs), max(ys) - min(ys))
    span = max(one, extent + 2 * MARGIN * one)
    if max(frame.width, frame.height) <= WHOLE * span:
        return frame
    edge = min(max(INNER * span, NEAR * cun), (span - extent) / 2)
    left = rng.uniform(max(xs) + edge - span, min(xs) - edge)
    top = rng.uniform(max(ys) + edge - span, min(ys) - edge)
    return Area(
        _inside(left, span, frame.left, frame.width),
        _inside(top, span, frame.top, frame.height),
        span,
        span,
    )


def _meant(stage: Stage, question: Question) -> list[Spot]:
    """The spots that are asked for, on the side that is asked for."""
    sheet = stage.sheet(question.map_id)
    if question.marked is not None:
        return [sheet.spots[question.marked]]
    of_code = (sheet.of_code.get(code, ()) for code in question.answer)
    every = [sheet.spots[i] for own in of_code for i in own if not sheet.spots[i].note]
    return [spot for spot in every if spot.side == question.side] or every


def _inside(begin: float, span: float, frame_begin: float, frame_span: float) -> float:
    """Shift so that the frame is filled, or centred where it is the smaller."""
    if span >= frame_span:
        return frame_begin + (frame_span - span) / 2
    return min(max(begin, frame_begin), frame_begin + frame_span - span)
