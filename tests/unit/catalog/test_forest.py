"""Where the results of studies lie on the axis of a forest plot."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.catalog.forest import (
    AGAINST,
    OUTCOMES,
    Row,
    not_drawn,
    panels,
    population,
    printed,
    without_figure,
)
from atlas.catalog.guidance import Comparison, Study
from atlas.catalog.model import Catalogue
from atlas.edition import Edition, open_edition

MEASURES = ("MD", "SMD", "RD", "RR")


@pytest.fixture
def catalogue(tiny_folder: Path) -> Catalogue:
    return open_edition(tiny_folder).catalogue


def compared(**fields: Any) -> Comparison:
    usual: dict[str, Any] = {
        "against": "sham", "outcome": "pain", "time": "4 weeks", "measure": "MD", "out_of": 100,
        "better": "lower", "effect": -9, "interval": (-14, -4), "certainty": "low",
        "important": "unclear",
    }  # fmt: skip
    return Comparison(**{**usual, **fields})


def having(catalogue: Catalogue, *comparisons: Comparison, **fields: Any) -> Catalogue:
    """The catalogue with a single study that has these comparisons."""
    study = msgspec.structs.replace(
        catalogue.evidence.studies[0], comparisons=list(comparisons), **fields
    )
    return with_studies(catalogue, study)


def with_studies(catalogue: Catalogue, *studies: Study) -> Catalogue:
    evidence = msgspec.structs.replace(catalogue.evidence, studies=list(studies))
    return msgspec.structs.replace(catalogue, evidence=evidence)


def only_row(catalogue: Catalogue, **fields: Any) -> Row:
    ((group,),) = (panel.groups for panel in panels(having(catalogue, compared(**fields)), "pain"))
    (row,) = group.rows
    return row


def place(row: Row) -> tuple[float, float, float]:
    return row.low, row.effect, row.high


def test_a_row(catalogue: Catalogue) -> None:
    row = only_row(catalogue)
    assert (row.short, row.detail, row.whom) == ("Book", "4 weeks", "acute")
    assert row.name == "Book, 4 weeks, acute"
    assert row.study.id == "big"
    assert row.comparison == compared()
    assert place(row) == (-14, -9, -4)
    assert row.printed == "−9 (−14 to −4)"


def test_a_scale_of_ten_stands_among_those_of_a_hundred(catalogue: Catalogue) -> None:
    row = only_row(catalogue, out_of=10, effect=-0.5, interval=(-0.9, 0.2))
    assert place(row) == pytest.approx((-9, -5, 2))
    assert row.printed == "−0.5 (−0.9 to 0.2) of 10"


def test_where_more_is_better_the_sides_change(catalogue: Catalogue) -> None:
    row = only_row(catalogue, better="higher", effect=9, interval=(4, 14))
    assert place(row) == (-14, -9, -4)
    assert row.printed == "9 (4 to 14)", "as the record states it"


@pytest.mark.parametrize("measure", ["SMD", "RD"])
def test_other_differences_keep_their_size(catalogue: Catalogue, measure: str) -> None:
    row = only_row(catalogue, measure=measure, out_of=10, effect=-0.5, interval=(-0.7, -0.2))
    assert place(row) == (-0.7, -0.5, -0.2)


def test_ratios_go_by_their_logarithm(catalogue: Catalogue) -> None:
    row = only_row(catalogue, measure="RR", out_of=None, effect=0.5, interval=(0.25, 1))
    assert place(row) == pytest.approx((-math.log(4), -math.log(2), 0))
    more = only_row(
        catalogue, measure="RR", out_of=None, better="higher", effect=2, interval=(1, 4)
    )
    assert place(more) == pytest.approx(place(row))


def test_without_the_length_of_its_scale_a_difference_is_not_drawn(catalogue: Catalogue) -> None:
    unknown, known = compared(out_of=None, time="now"), compared(time="later")
    function = compared(out_of=None, outcome="function")
    mixed = having(catalogue, unknown, known, function)
    ((group,),) = (panel.groups for panel in panels(mixed, "pain"))
    assert [row.comparison for row in group.rows] == [known]
    assert [comparison for _, comparison in not_drawn(mixed.evidence, "pain")] == [unknown]
    assert panels(mixed, "function") == []
    assert [c for _, c in not_drawn(mixed.evidence, "function")] == [function]


def test_every_outcome_has_its_own_panels(catalogue: Catalogue) -> None:
    assert [bool(panels(catalogue, outcome)) for outcome in OUTCOMES] == [False] * 4
    for outcome in OUTCOMES:
        found = having(catalogue, compared(outcome=outcome))
        assert [o for o in OUTCOMES if panels(found, o)] == [outcome]


def test_a_panel_for_each_measure(catalogue: Catalogue) -> None:
    every = [compared(measure=measure, effect=1, interval=(0.5, 2)) for measure in MEASURES[::-1]]
    found = panels(having(catalogue, *every), "pain")
    assert [panel.measure for panel in found] == list(MEASURES)
    assert len({panel.axis for panel in found}) == 4
    assert [len(group.rows) for panel in found for group in panel.groups] == [1] * 4


def test_groups_stand_in_order_and_never_empty(catalogue: Catalogue) -> None:
    against = [compared(against=name) for name in reversed(AGAINST)]
    (panel,) = panels(having(catalogue, *against), "pain")
    assert [group.title for group in panel.groups] == list(AGAINST.values())
    (panel,) = panels(having(catalogue, against[0], against[-1]), "pain")
    assert [group.title for group in panel.groups] == [
        "Against sham",
        "Against mixed controls",
    ]


def test_the_newest_study_comes_first(catalogue: Catalogue) -> None:
    (study,) = having(catalogue, compared()).evidence.studies
    years = (2001, 2020, 2010)
    studies = [msgspec.structs.replace(study, year=year) for year in years]
    (panel,) = panels(with_studies(catalogue, *studies), "pain")
    assert [row.study.year for row in panel.groups[0].rows] == [2020, 2010, 2001]


@pytest.mark.parametrize(
    ("effect", "interval", "out_of", "text"),
    [
        (-10.26, (-17.11, -3.4), 100, "−10.26 (−17.11 to −3.40)"),
        (0.2, (-0.03, 1), None, "0.20 (−0.03 to 1.00)"),
        (-1, (-1.9, -0.1), 24, "−1.0 (−1.9 to −0.1) of 24"),
        (0, (-20, 20), 10, "0 (−20 to 20) of 10"),
        (-0.004, (-0.009, 0.001), None, "−0.004 (−0.009 to 0.001)"),
        (-1234567, (-2e6, 3.5), None, "−1\u202f234\u202f567.0 (−2\u202f000\u202f000.0 to 3.5)"),
    ],
)
def test_what_is_printed(
    effect: float, interval: tuple[float, float], out_of: float | None, text: str
) -> None:
    assert printed(compared(effect=effect, interval=interval, out_of=out_of)) == text


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Any result whose effect lies within its interval."""
    measure = draw(st.sampled_from(MEASURES))
    least = 0.01 if measure == "RR" else -100
    low, effect, high = sorted(draw(st.lists(st.floats(least, 100), min_size=3, max_size=3)))
    return compared(
        measure=measure, effect=effect, interval=(low, high),
        out_of=draw(st.sampled_from([10, 24, 100, 150])),
        better=draw(st.sampled_from(["lower", "higher"])),
    )  # fmt: skip


def rows_of(edition: Edition, comparison: Comparison) -> list[Row]:
    found = panels(having(edition.catalogue, comparison), "pain")
    return [row for panel in found for group in panel.groups for row in group.rows]


@given(comparison=comparisons())
def test_an_effect_stays_within_its_interval(edition: Edition, comparison: Comparison) -> None:
    (row,) = rows_of(edition, comparison)
    assert row.low <= row.effect <= row.high


@given(comparison=comparisons())
def test_the_other_direction_is_the_mirror_image(edition: Edition, comparison: Comparison) -> None:
    other = "higher" if comparison.better == "lower" else "lower"
    (row,) = rows_of(edition, comparison)
    (flipped,) = rows_of(edition, msgspec.structs.replace(comparison, better=other))
    assert place(flipped) == (-row.high, -row.effect, -row.low)
    assert flipped.printed == row.printed


def test_every_shipped_result_is_drawn_or_told(edition: Edition) -> None:
    evidence = edition.catalogue.evidence
    for outcome in OUTCOMES:
        drawn = [
            row.comparison
            for panel in panels(edition.catalogue, outcome)
            for group in panel.groups
            for row in group.rows
        ]
        told = [comparison for _, comparison in not_drawn(evidence, outcome)]
        every = [c for study in evidence.studies for c in study.comparisons if c.outcome == outcome]
        assert sorted(map(repr, drawn + told)) == sorted(map(repr, every))


def test_rows_say_whom_they_studied_where_that_is_unusual(catalogue: Catalogue) -> None:
    assert only_row(catalogue).whom == "acute"
    assert only_row(catalogue, whom="acute, in the leg").whom == "acute, in the leg"
    for name, tag in (("chronic_pain", "several places"), ("slipped_disc", "slipped disc"),
                      ("chronic", "")):  # fmt: skip
        every = having(catalogue, compared(), population=name)
        assert panels(every, "pain")[0].groups[0].rows[0].whom == tag


def test_arms_and_scales_tell_rows_apart(catalogue: Catalogue) -> None:
    alike = [compared(arm="long course"), compared(scale="RMDQ 0 to 24", out_of=24),
             compared(scale="ODI 0 to 100")]  # fmt: skip
    (panel,) = panels(having(catalogue, *alike), "pain")
    assert [row.detail for row in panel.groups[0].rows] == [
        "4 weeks, long course",
        "4 weeks, RMDQ",
        "4 weeks, ODI",
    ]


def test_squares_go_by_the_people_of_their_own_result(catalogue: Catalogue) -> None:
    every = [compared(time=f"{n} weeks", participants=n) for n in (100, 300, 500)]
    every.append(compared(time="later"))
    (panel,) = panels(having(catalogue, *every, participants=9999), "pain")
    assert [row.share for row in panel.groups[0].rows] == [0.2, 0.6, 1, None]
    assert only_row(catalogue, participants=7).share == 1


def test_ratios_of_two_directions_stand_on_two_axes(catalogue: Catalogue) -> None:
    ratio: dict[str, Any] = {"measure": "RR", "out_of": None, "interval": (0.4, 3)}
    every = [compared(effect=0.5, **ratio), compared(effect=2, better="higher", **ratio)]
    found = panels(having(catalogue, *every), "pain")
    assert [panel.sign for panel in found] == [-1, 1]
    (more,), (less,) = ([r for g in panel.groups for r in g.rows] for panel in found)
    assert (more.effect, less.effect) == pytest.approx((-math.log(2), -math.log(2)))


def test_studies_without_a_figure_are_named_by_what_they_were_against(
    catalogue: Catalogue,
) -> None:
    (study,) = having(catalogue).evidence.studies
    no_figure = {"pain": ["usual_care", "sham"], "function": []}
    told = msgspec.structs.replace(study, without_figure=no_figure)
    evidence = with_studies(catalogue, told).evidence
    assert without_figure(evidence, "pain") == {
        "Against sham": [told],
        "Against usual care": [told],
    }
    assert without_figure(evidence, "function") == {"Without a control group": [told]}
    assert without_figure(evidence, "improvement") == {}


def test_every_shipped_study_stands_under_some_outcome(edition: Edition) -> None:
    for study in edition.catalogue.evidence.studies:
        assert study.comparisons or study.without_figure, study.id


def test_populations_in_words(edition: Edition) -> None:
    words = {name: population(edition.catalogue, name)
             for name in ("acute", "radicular", "spinal_stenosis", "chronic_pain")}  # fmt: skip
    assert words == {
        "acute": "acute back pain",
        "radicular": "radicular back pain (sciatica)",
        "spinal_stenosis": "spinal stenosis",
        "chronic_pain": "chronic pain of several places",
    }
