"""Which cards there are."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from atlas.body.body import Body
from atlas.body.relations import same_level
from atlas.edition import Edition, open_edition
from atlas.study.cards import (
    KINDS,
    LONGEST,
    SHORTEST,
    Card,
    Stretch,
    cards_of,
    ordered,
    stretches,
    sure_maps,
)


@pytest.fixture(scope="module")
def cards(edition: Edition) -> list[Card]:
    return cards_of(edition.body)


def keys(edition: Edition) -> list[str]:
    return [card.key for card in cards_of(edition.body)]


def test_a_key_is_kind_and_code() -> None:
    assert Card("BL23", "locate").key == "locate:BL23"
    assert Card("EX-B2", "walk").key == "walk:EX-B2"


def test_from_key_and_back(cards: list[Card]) -> None:
    assert [Card.from_key(card.key) for card in cards] == cards


@pytest.mark.parametrize("key", ["", "locate", "locate:", "guess:BL23", "BL23", ":BL23"])
def test_what_is_no_key(key: str) -> None:
    assert Card.from_key(key) is None


def test_every_card_once_in_the_order_of_points_and_kinds(
    edition: Edition, cards: list[Card]
) -> None:
    assert len(set(cards)) == len(cards)
    index = edition.catalogue.index
    assert cards == sorted(cards, key=lambda c: (index[c.code], KINDS.index(c.kind)))


def test_the_cards_of_each_kind(edition: Edition, cards: list[Card]) -> None:
    of_kind = {kind: {c.code for c in cards if c.kind == kind} for kind in KINDS}
    points = edition.catalogue.points
    sure = {p.code for p in points if sure_maps(p)}
    assert of_kind["recall"] == {p.code for p in points}
    assert of_kind["locate"] == of_kind["identify"] == sure
    assert of_kind["neighbours"] == {p.code for p in points if same_level(edition.body, p)}
    assert of_kind["walk"] == set(stretches(edition.body))
    assert {"GV28", "CV1", "EX-B7"} == of_kind["recall"] - sure, "seen at the edge or not at all"


def test_a_map_that_shows_a_point_badly_is_not_sure(edition: Edition) -> None:
    notes = {
        (p.code, map_id): [placement.note for placement in p.spots(map_id)]
        for p in edition.catalogue.points
        for map_id in p.places
    }
    sure = {(p.code, map_id) for p in edition.catalogue.points for map_id in sure_maps(p)}
    assert sure == {place for place, of_spots in notes.items() if None in of_spots}
    assert sure < set(notes)


def test_the_cards_of_a_small_edition(tiny_folder: Path) -> None:
    """A vessel of one point and a meridian of two have no walk."""
    kinds = ("locate", "identify", "recall")
    expected = [f"{kind}:{code}" for code in ("BL1", "BL2", "GV1") for kind in kinds]
    assert keys(open_edition(tiny_folder)) == expected


def test_stretches_follow_the_meridian_on_one_map(edition: Edition) -> None:
    found = stretches(edition.body)
    assert all(first == stretch.codes[0] for first, stretch in found.items())
    for stretch in found.values():
        points = [edition.catalogue.points[edition.catalogue.index[c]] for c in stretch.codes]
        assert SHORTEST <= len(points) <= LONGEST
        assert {p.meridian for p in points} == {stretch.meridian}
        assert all(b.number == a.number + 1 for a, b in pairwise(points))
        assert all(stretch.map_id in sure_maps(p) for p in points)


def test_no_point_is_in_two_stretches_and_few_in_none(edition: Edition) -> None:
    codes = [code for stretch in stretches(edition.body).values() for code in stretch.codes]
    assert len(set(codes)) == len(codes)
    assert len(codes) > 0.9 * 361


def test_a_stretch_does_not_jump_where_the_map_says_that_the_course_ends(edition: Edition) -> None:
    """BL40 lies in the hollow of the knee, BL41 beside the second thoracic vertebra."""
    found = stretches(edition.body)
    assert found["BL41"] == Stretch("BL", "back", ("BL41", "BL42", "BL43", "BL44", "BL45"))
    for one, next_one in (("BL40", "BL41"), ("BL54", "BL55"), ("ST8", "ST9")):
        assert not any({one, next_one} <= set(stretch.codes) for stretch in found.values())


@pytest.mark.parametrize(
    ("missing", "sides"), [("BL17", {"BL16", "BL18"}), ("SP3", {"SP2", "SP4"})]
)
def test_a_stretch_ends_where_a_point_is_missing(
    edition: Edition, missing: str, sides: set[str]
) -> None:
    """Whether the map names its runs, as the back does, or not."""
    catalogue = edition.catalogue
    points = [p for p in catalogue.points if p.code != missing]
    body = Body(list(edition.body.maps.values()), msgspec.structs.replace(catalogue, points=points))
    for stretch in stretches(body).values():
        assert not sides <= set(stretch.codes)


def test_extra_points_have_no_walk(edition: Edition) -> None:
    assert not [code for code in stretches(edition.body) if code.startswith("EX")]


def test_orders(edition: Edition) -> None:
    catalogue = edition.catalogue
    codes = [point.code for point in catalogue.points]
    assert ordered(catalogue, "meridian") == codes
    for order in ("region", "back_pain"):
        assert sorted(ordered(catalogue, order)) == sorted(codes)


def test_by_region_the_points_of_the_first_region_come_first(edition: Edition) -> None:
    catalogue = edition.catalogue
    first = catalogue.regions[0].id
    inside = [p.code for p in catalogue.points if first in p.regions]
    assert ordered(catalogue, "region")[: len(inside)] == inside


def test_for_back_pain_principal_points_come_first(edition: Edition) -> None:
    catalogue = edition.catalogue
    roles = {p.code: {r.role for r in p.back_pain} for p in catalogue.points}
    found = [roles[code] for code in ordered(catalogue, "back_pain")]
    ranks = [
        0 if "principal" in r else 1 if "supporting" in r else 2 if "distant" in r else 3
        for r in found
    ]
    assert ranks == sorted(ranks)
    assert set(ranks) >= {0, 3}


def test_the_cards_of_some_points(edition: Edition) -> None:
    codes = {"BL23", "BL15", "CV1", "no such point"}
    every = cards_of(edition.body)
    assert cards_of(edition.body, codes=codes) == [card for card in every if card.code in codes]
    assert cards_of(edition.body, codes=[]) == []
