"""Filtering by facets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.catalog.masks import members
from atlas.catalog.query import FACET_IDS, FacetIndex, Query, capitalised
from atlas.catalog.search import SearchIndex
from atlas.edition import open_edition
from atlas.problems import AtlasError
from atlas.scene import Stage

Choice = tuple[str, str]


def choices(stage: Stage) -> list[Choice]:
    return [(facet.id, value.id) for facet in stage.facets.facets for value in facet.values]


def draw_choices(data: st.DataObject, stage: Stage) -> list[Choice]:
    return data.draw(st.lists(st.sampled_from(choices(stage)), max_size=6, unique=True))


def query_of(chosen: list[Choice], text: str = "") -> Query:
    query = Query(text=text)
    for facet, value in chosen:
        query = query.toggled(facet, value)
    return query


def codes(stage: Stage, query: Query) -> list[str]:
    return [stage.catalogue.points[i].code for i in members(stage.facets.matching(query))]


def test_nothing_asked_for_is_everything(stage: Stage) -> None:
    assert len(codes(stage, Query())) == len(stage.catalogue.points)
    assert codes(stage, Query(text="  ")) == codes(stage, Query())


def test_each_facet_reads_its_own_field(tiny_folder: Path) -> None:
    tiny = Stage(open_edition(tiny_folder))
    assert codes(tiny, Query(back_pain=frozenset({"acute"}))) == ["BL1"]
    assert codes(tiny, Query(condition=frozenset({"slipped_disc"}))) == ["BL2"]
    assert codes(tiny, Query(region=frozenset({"back"}))) == ["BL1", "BL2"]
    assert codes(tiny, Query(meridian=frozenset({"GV"}))) == ["GV1"]
    assert codes(tiny, Query(category=frozenset({"back_shu"}))) == ["BL1"]
    assert codes(tiny, Query(caution=frozenset({"eye"}))) == ["BL1"]
    assert codes(tiny, Query(text="bamboo")) == ["BL2"]


def test_any_within_a_facet_and_all_across(tiny_folder: Path) -> None:
    tiny = Stage(open_edition(tiny_folder))
    both = Query(meridian=frozenset({"BL", "GV"}))
    assert codes(tiny, both) == ["BL1", "BL2", "GV1"]
    assert codes(tiny, both.toggled("region", "leg")) == ["BL2", "GV1"]
    assert codes(tiny, both.toggled("region", "leg").toggled("meridian", "GV")) == ["BL2"]


def test_an_unknown_value_matches_nothing_until_it_is_dropped(stage: Stage) -> None:
    query = Query(region=frozenset({"tail"}), meridian=frozenset({"BL", "XX"}), text="a")
    assert codes(stage, query) == []
    assert stage.facets.known(query) == Query(meridian=frozenset({"BL"}), text="a")
    assert stage.facets.mask("region", "tail") == 0


@given(data=st.data())
def test_the_order_of_choices_does_not_matter(stage: Stage, data: st.DataObject) -> None:
    chosen = draw_choices(data, stage)
    shuffled = data.draw(st.permutations(chosen))
    assert query_of(shuffled) == query_of(chosen)
    by_hand = set(range(len(stage.catalogue.points)))
    for facet in FACET_IDS:
        masks = [stage.facets.mask(f, value) for f, value in chosen if f == facet]
        if masks:
            by_hand &= set().union(*(members(mask) for mask in masks))
    assert set(members(stage.facets.matching(query_of(chosen)))) == by_hand


@given(data=st.data())
def test_toggling_twice_is_the_identity(stage: Stage, data: st.DataObject) -> None:
    query = query_of(draw_choices(data, stage))
    facet, value = data.draw(st.sampled_from(choices(stage)))
    once = query.toggled(facet, value)
    assert (value in once.chosen(facet)) != (value in query.chosen(facet))
    assert once.toggled(facet, value) == query


@given(data=st.data())
def test_counts_are_the_lengths_of_lists(stage: Stage, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(["", "gate", "shu"]))
    query = query_of(draw_choices(data, stage), text)
    counts = stage.facets.counts(query)
    for facet, value in choices(stage):
        alone = query.without(facet).toggled(facet, value)
        assert counts[facet][value] == len(codes(stage, alone))


def test_counts_ignore_the_choice_in_the_same_facet(tiny_folder: Path) -> None:
    facets = Stage(open_edition(tiny_folder)).facets
    counts = facets.counts(Query(meridian=frozenset({"GV"})))
    assert counts["meridian"] == {"BL": 2, "GV": 1}
    assert counts["region"] == {"back": 0, "leg": 1}


def test_active_parts_and_leaving_one_open() -> None:
    query = Query(text="a", region=frozenset({"back"}), back_pain=frozenset({"acute"}))
    assert query.active == ["back_pain", "region", "text"]
    assert query.without("text").active == ["back_pain", "region"]
    assert query.without("region").active == ["back_pain", "text"]


def test_loosening_names_what_to_leave_open_best_first(tiny_folder: Path) -> None:
    facets = Stage(open_edition(tiny_folder)).facets
    query = Query(meridian=frozenset({"GV"}), category=frozenset({"back_shu"}), text="bright")
    assert facets.loosening(query) == [("meridian", 1)]
    wide = Query(region=frozenset({"back"}), meridian=frozenset({"GV"}))
    assert facets.loosening(wide) == [("meridian", 2), ("region", 1)]


@pytest.mark.parametrize(
    ("facet", "word", "value"),
    [
        ("region", "lower_back", "lower_back"),
        ("region", "Lower Back", "lower_back"),
        ("region", " lumbar ", "lower_back"),
        ("region", "back-of-the-knee", "back_of_knee"),
        ("region", "arm", "upper_arm"),
        ("meridian", "bl", "BL"),
        ("meridian", "Bladder", "BL"),
        ("meridian", "triple energizer", "TE"),
        ("category", "back-shu", "back_shu"),
        ("category", "source", "yuan_source"),
        ("back_pain", "sciatica", "radicular"),
        ("condition", "slipped disc", "disc_herniation"),
        ("caution", "lung and pleura", "pneumothorax"),
    ],
)
def test_values_by_name(stage: Stage, facet: str, word: str, value: str) -> None:
    assert stage.facets.named(facet, word) == value


@pytest.mark.parametrize("word", ["", "zzz", "back"])
def test_no_value_or_more_than_one_of_that_name(stage: Stage, word: str) -> None:
    with pytest.raises(
        AtlasError, match=rf"^no region {word} \((one of lower_back, |did you mean )"
    ):
        stage.facets.named("region", word)


@pytest.mark.parametrize("facet", FACET_IDS)
def test_an_empty_word_names_nothing(stage: Stage, facet: str) -> None:
    with pytest.raises(AtlasError):
        stage.facets.named(facet, "")


def test_every_value_is_found_by_id_and_title(stage: Stage) -> None:
    facets: FacetIndex = stage.facets
    for facet in facets.facets:
        for value in facet.values:
            assert facets.named(facet.id, value.id) == value.id
            assert facets.named(facet.id, value.title) == value.id


def test_titles_and_summaries(stage: Stage) -> None:
    assert stage.facets.value_title("region", "lower_back") == "Lower back"
    assert stage.facets.value_title("region", "tail") == "tail"
    assert stage.facets.summary("region", "lower_back") == "From L1 to L5."
    assert stage.facets.summary("region", "tail") == ""
    assert capitalised("back-Shu") == "Back-Shu"
    assert capitalised("") == ""


def test_a_part_of_a_query_in_words(stage: Stage) -> None:
    chosen = frozenset({"foot", "lower_back", "head"})
    query = Query(region=chosen, text=" gate ")
    order = [v.title for v in stage.facets.facet("region").values if v.id in chosen]
    assert len(order) == 3
    assert stage.facets.describe(query, "region") == ", ".join(order)
    assert stage.facets.describe(query, "text") == "“gate”"


def test_a_text_is_searched_once_for_matches_and_counts(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = SearchIndex(stage.catalogue)
    facets = FacetIndex(stage.catalogue, search)
    asked: list[str] = []
    find = search.matching

    def counted(text: str) -> int:
        asked.append(text)
        return find(text)

    monkeypatch.setattr(search, "matching", counted)
    for text in ("gate", "shu", "gate"):
        found = facets.matching(Query(text=text))
        facets.counts(Query(text=text, region=frozenset({"foot"})))
        assert found == find(text)
    assert asked == ["gate", "shu", "gate"]


@given(st.sets(st.integers(0, 400)))
def test_members_of_a_mask(positions: set[int]) -> None:
    assert list(members(sum(1 << i for i in positions))) == sorted(positions)
