"""Which points a plan is about, and that it is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from atlas import resources
from atlas.catalog.masks import members
from atlas.catalog.point import Point
from atlas.catalog.query import Query
from atlas.scene import Stage
from atlas.study.cards import Order, ordered
from atlas.study.plan import Choice, Plan, Source, codes_of, load_plan, save_plan
from atlas.study.records import Collection
from atlas.study.schedule import Limits

ORDERS: Sequence[Order] = ("meridian", "region", "back_pain")
ANY = Query()


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the plan is kept, in a home of each test's own."""
    monkeypatch.setenv("ACUPOINT_ATLAS_HOME", str(tmp_path))
    return resources.config_folder() / "study.json"


def chosen(
    stage: Stage, source: Source, value: str = "", order: Order = "meridian",
    query: Query = ANY, collections: Sequence[Collection] = (),
) -> list[str]:  # fmt: skip
    return codes_of(stage, Plan(Choice(source, value), order=order), query, collections)


def of(points: Sequence[Point]) -> set[str]:
    found = {point.code for point in points}
    assert found
    return found


# -- which points --------------------------------------------------------------------------


@pytest.mark.parametrize("order", ORDERS)
def test_all_points_in_the_order_of_the_plan(stage: Stage, order: Order) -> None:
    narrow = Query(meridian=frozenset({"BL"}))
    assert chosen(stage, "all", order=order, query=narrow) == ordered(stage.catalogue, order)


@pytest.mark.parametrize("order", ORDERS)
def test_what_explore_is_filtered_to(stage: Stage, order: Order) -> None:
    query = Query(meridian=frozenset({"BL", "GV"}), region=frozenset({"lower_back"}))
    wanted = {stage.catalogue.points[i].code for i in members(stage.facets.matching(query))}
    assert {"BL23", "GV4"} <= wanted
    found = chosen(stage, "filter", order=order, query=query)
    assert found == [code for code in ordered(stage.catalogue, order) if code in wanted]


def test_a_filter_with_words(stage: Stage) -> None:
    assert "BL23" in chosen(stage, "filter", query=Query(text="kidney transport"))
    assert "LI4" not in chosen(stage, "filter", query=Query(text="kidney transport"))


@pytest.mark.parametrize("order", ORDERS)
def test_the_points_of_a_value(stage: Stage, order: Order) -> None:
    """Whatever Explore is filtered to."""
    points, narrow = stage.catalogue.points, Query(meridian=frozenset({"LU"}))
    wanted: dict[tuple[Source, str], set[str]] = {
        ("meridian", "BL"): of([p for p in points if p.meridian == "BL"]),
        ("region", "lower_back"): of([p for p in points if "lower_back" in p.regions]),
        ("category", "back_shu"): of(
            [p for p in points if "back_shu" in {category.kind for category in p.categories}]
        ),
        ("back_pain", "acute"): of(
            [p for p in points if "acute" in {role.target for role in p.back_pain}]
        ),
    }
    for (source, value), codes in wanted.items():
        found = chosen(stage, source, value, order, narrow)
        assert found == [code for code in ordered(stage.catalogue, order) if code in codes]


@pytest.mark.parametrize("source", ["back_pain", "meridian", "region", "category"])
@pytest.mark.parametrize("value", ["", "no_such"])
def test_of_a_value_that_there_is_not_nothing_is_left(
    stage: Stage, source: Source, value: str
) -> None:
    assert chosen(stage, source, value) == []


@pytest.mark.parametrize("order", ORDERS)
def test_an_own_list_keeps_its_order(stage: Stage, order: Order) -> None:
    own = [Collection("exam", ("ST36", "BL23", "LI4")), Collection("other", ("GV4",))]
    found = chosen(stage, "collection", "exam", order, Query(text="BL23"), own)
    assert found == ["ST36", "BL23", "LI4"]


def test_points_of_a_list_that_this_edition_does_not_have_are_left_out(stage: Stage) -> None:
    own = [Collection("exam", ("XX1", "ST36", "bl23", "LI4"))]
    assert chosen(stage, "collection", "exam", collections=own) == ["ST36", "LI4"]


def test_of_a_list_that_is_gone_nothing_is_left(stage: Stage) -> None:
    assert chosen(stage, "collection", "exam") == []
    assert chosen(stage, "collection", "exam", collections=[Collection("other", ("GV4",))]) == []
    assert chosen(stage, "collection", "exam", collections=[Collection("exam", ())]) == []


# -- tolerances ----------------------------------------------------------------------------


def test_the_tolerances_are_those_of_the_plan(stage: Stage) -> None:
    def of_points(plan: Plan) -> list[float]:
        points = (stage.catalogue.point(code) for code in ("ST4", "LI4", "LR3", "BL23", "ST36"))
        return [plan.tolerance_of(point) for point in points if point is not None]

    assert of_points(Plan()) == [0.2, 0.2, 0.2, 0.5, 0.5]
    assert of_points(Plan(tolerance=1.5)) == [0.2, 0.2, 0.2, 1.5, 1.5]
    assert of_points(Plan(fine=0.3)) == [0.3, 0.3, 0.3, 0.5, 0.5]


def test_a_point_of_two_regions_has_the_smaller_tolerance(stage: Stage) -> None:
    point = stage.catalogue.points[stage.catalogue.index["BL23"]]
    both = msgspec.structs.replace(point, regions=["lower_back", "face"])
    assert Plan(tolerance=0.6, fine=0.3).tolerance_of(both) == 0.3


# -- from one run to the next --------------------------------------------------------------


def test_a_plan_is_remembered() -> None:
    plan = Plan(
        Choice("collection", "Prüfung 考试"), frozenset({"walk", "recall"}), "back_pain",
        Limits(7, 3), 0.85, 0.8, 0.15,
    )  # fmt: skip
    defaults = Plan()
    for one in msgspec.structs.fields(Plan):
        assert getattr(plan, one.name) != getattr(defaults, one.name), "or it proves nothing"
    save_plan(plan)
    assert load_plan() == (plan, "")
    save_plan(defaults)
    assert load_plan() == (defaults, "")


def test_without_a_file_there_are_defaults_and_no_warning(file: Path) -> None:
    assert not file.exists()
    assert load_plan() == (Plan(), "")


def test_what_a_file_does_not_say_is_as_it_is_by_default(file: Path) -> None:
    save_plan(Plan())
    file.write_text('{"tolerance": 0.8, "from_a_newer_version": 1}', encoding="utf-8")
    assert load_plan() == (Plan(tolerance=0.8), "")


def test_a_day_may_be_without_new_ones_or_without_old_ones() -> None:
    plan = Plan(limits=Limits(0, 0))
    save_plan(plan)
    assert load_plan() == (plan, "")


@pytest.mark.parametrize(
    "content",
    [
        "{broken",
        "",
        "[]",
        '{"retention": 2}',
        '{"retention": 0.69}',
        '{"retention": "high"}',
        '{"tolerance": 0}',
        '{"tolerance": 2.5}',
        '{"fine": -1}',
        '{"kinds": ["guess"]}',
        '{"kinds": []}',
        '{"limits": {"due": -5}}',
        '{"limits": {"new": -3}}',
        '{"order": "random"}',
        '{"choice": {"source": "nowhere"}}',
        '{"limits": {"due": "many"}}',
        '{"choice": {"source": "collection", "value": "\xff"}}',  # not UTF-8 as it is written below
    ],
)
def test_a_damaged_plan_is_set_aside_and_told(file: Path, content: str) -> None:
    save_plan(Plan(tolerance=0.8))
    file.write_bytes(content.encode("latin-1"))
    plan, warning = load_plan()
    assert plan == Plan()
    aside = file.with_suffix(".damaged.json")
    assert warning == f"The saved plan of study could not be read; the file is kept as {aside}"
    assert aside.read_bytes() == content.encode("latin-1")
    assert not file.exists()
    assert load_plan() == (Plan(), ""), "told once"


def test_a_plan_that_cannot_be_read_or_set_aside_is_told(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, target: Path) -> Path:
        raise OSError(f"{path} to {target}")

    save_plan(Plan(tolerance=0.8))
    file.write_text("{broken", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", refuse)
    assert load_plan() == (Plan(), f"The saved plan of study could not be read: {file}")
