"""Traditional uses as a way to points: by search, by filter, and on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.catalog.masks import Mask, members
from atlas.catalog.query import FACET_IDS, Query
from atlas.edition import open_edition
from atlas.scene import Stage, View, resolve

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tiny(tiny_folder: Path) -> Stage:
    return Stage(open_edition(tiny_folder))


def codes(stage: Stage, mask: Mask) -> set[str]:
    return {stage.catalogue.points[i].code for i in members(mask)}


def used_for(stage: Stage, name: str) -> set[str]:
    return {point.code for point in stage.catalogue.points if name in point.indications}


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [("stomach pain", "stomach_pain", "ST36"), ("lumbago", "low_back_pain", "BL23")],
)
def test_an_indication_is_found_by_other_words(
    stage: Stage, text: str, name: str, code: str
) -> None:
    found = codes(stage, stage.search.matching(text))
    assert code in found
    assert used_for(stage, name) <= found


@pytest.mark.parametrize("text", ["headache", "sore head", "Sore", "head sore"])
def test_title_and_alias(tiny: Stage, text: str) -> None:
    assert codes(tiny, tiny.search.matching(text)) == {"BL1"}


@given(data=st.data())
def test_every_title_and_alias_finds_its_points(stage: Stage, data: st.DataObject) -> None:
    indication = data.draw(st.sampled_from(stage.catalogue.indications))
    text = data.draw(st.sampled_from([indication.title, *indication.aliases]))
    assert used_for(stage, indication.id) <= codes(stage, stage.search.matching(text))


def test_the_facet(tiny: Stage) -> None:
    assert FACET_IDS[-1] == "indication"
    query = Query(indication=frozenset({"headache"}))
    assert codes(tiny, tiny.facets.matching(query)) == {"BL1"}
    assert query.active == ["indication"]
    assert tiny.facets.describe(query, "indication") == "Headache"
    assert tiny.facets.summary("indication", "headache") == "Head and face"
    assert tiny.facets.named("indication", "sore head") == "headache"
    assert tiny.facets.counts(Query(region=frozenset({"leg"})))["indication"] == {"headache": 0}


def test_indications_stand_in_the_order_of_their_groups(stage: Stage) -> None:
    values = stage.facets.facet("indication").values
    groups = [group.title for group in stage.catalogue.indication_groups]
    ranks = [groups.index(value.summary) for value in values]
    assert ranks == sorted(ranks)
    assert {value.id for value in values} == set(stage.catalogue.indication_by_id)


@given(data=st.data())
def test_a_filter_leaves_the_points_that_are_used_for_it(stage: Stage, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(stage.catalogue.indication_by_id)))
    query = Query().toggled("indication", name)
    assert codes(stage, stage.facets.matching(query)) == used_for(stage, name)


def test_every_indication_is_that_of_a_point(stage: Stage) -> None:
    """Else a filter shows nothing, and a search for it finds nothing."""
    used = {name for point in stage.catalogue.points for name in point.indications}
    assert set(stage.catalogue.indication_by_id) == used


def test_an_indication_that_is_gone_is_dropped(tiny: Stage) -> None:
    assert tiny.facets.known(Query(indication=frozenset({"headache", "gout"}))) == Query(
        indication=frozenset({"headache"})
    )


@pytest.mark.parametrize("word", ["headache", "sore head", "Headache"])
def test_the_command_line_filters_by_it(run: Run, tiny_folder: Path, word: str) -> None:
    code, out, _ = run("list", "--data", tiny_folder, "--indication", word)
    assert (code, [line.split("\t")[0] for line in out.splitlines()]) == (0, ["BL1"])


@pytest.mark.parametrize("page", ["evidence", "safety"])
def test_the_picture_of_the_body_is_the_same_behind_every_page(tiny: Stage, page: str) -> None:
    query = Query(indication=frozenset({"headache"}))
    view = View(map_id="mini", query=query, selected="BL1")
    behind = View(map_id="mini", query=query, selected="BL1", page=page)  # type: ignore[arg-type]
    shown, hidden = resolve(tiny, view), resolve(tiny, behind)
    assert View().page == "explore"
    assert hidden.view.page == page
    assert (hidden.matching, hidden.visible.tolist(), hidden.selected, hidden.twins) == (
        shown.matching, shown.visible.tolist(), shown.selected, shown.twins,
    )  # fmt: skip
