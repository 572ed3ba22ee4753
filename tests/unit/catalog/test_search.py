"""Finding points by any of their names."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.catalog.masks import members
from atlas.catalog.search import SearchIndex, fold, squeeze, words_of
from atlas.edition import Edition, open_edition
from atlas.scene import Stage


@pytest.fixture
def tiny(tiny_folder: Path) -> SearchIndex:
    return SearchIndex(open_edition(tiny_folder).catalogue)


def first_codes(stage: Stage, text: str, count: int) -> list[str]:
    hits = stage.search.search(text)[:count]
    return [stage.catalogue.points[hit.at].code for hit in hits]


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_squeezing_is_idempotent(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zhōngfǔ", "zhongfu"),
        (unicodedata.normalize("NFD", "Zhōngfǔ"), "zhongfu"),
        ("Lüxì", "lvxi"),
        ("HÉGǓ", "hegu"),
        ("腎俞", "腎俞"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Lǜxì", unicodedata.normalize("NFD", "Lüxì"), "LÜXI"])
def test_u_with_dots_is_v_however_it_is_written(text: str) -> None:
    assert fold(text) == "lvxi"


def test_words_and_what_is_between_them() -> None:
    assert words_of("Sea-of_Qi, Shū 2") == ["sea", "of", "qi", "shu", "2"]
    assert squeeze("BL 23") == squeeze("bl-23") == "bl23"


def test_every_point_comes_first_by_each_of_its_names(stage: Stage) -> None:
    """First, or tied: behind only points that have just the same name."""
    owners: dict[str, set[str]] = {}
    for point in stage.catalogue.points:
        n = point.names
        for name in (point.code, n.pinyin, n.hanzi, n.hanzi_simplified, n.english):
            owners.setdefault(squeeze(name), set()).add(point.code)
    for key, expected in owners.items():
        assert set(first_codes(stage, key, len(expected))) == expected


def test_names_as_they_are_written(stage: Stage) -> None:
    for point in stage.catalogue.points:
        n = point.names
        for name in (point.code.lower(), n.pinyin, n.pinyin.upper(), n.hanzi, n.hanzi_simplified):
            found = first_codes(stage, name, 3)
            assert point.code in found, (name, found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bl 23", "BL23"),
        ("shen shu", "BL23"),
        ("shensh", "BL23"),
        ("shenshoo", "BL23"),
        ("kidney shu", "BL23"),
        ("kidney back-shu", "BL23"),
        ("transport kidney", "BL23"),
        ("bladder shenshu", "BL23"),
        ("肾俞", "BL23"),
        ("hand point", "LI4"),
        ("zusanlli", "ST36"),
    ],
)
def test_ways_to_a_point(stage: Stage, text: str, code: str) -> None:
    assert first_codes(stage, text, 1) == [code]


@pytest.mark.parametrize("text", ["", "   ", "-", "zzzzzz", "zzz"])
def test_nothing_is_found(stage: Stage, text: str) -> None:
    assert stage.search.search(text) == []


def test_the_whole_name_comes_before_longer_ones(stage: Stage) -> None:
    assert first_codes(stage, "bl2", 3)[0] == "BL2"
    assert "BL20" in first_codes(stage, "bl2", 40)


def test_a_hit_says_by_which_name(tiny: SearchIndex) -> None:
    assert [(hit.at, hit.matched) for hit in tiny.search("jingming")] == [(0, "Jīngmíng")]
    assert [(hit.at, hit.matched) for hit in tiny.search("tail point")] == [(2, "tail point")]
    assert [hit.matched for hit in tiny.search("kidney back-shu")] == ["Kidney back-shu"]
    assert [hit.matched for hit in tiny.search("kidney shu")] == ["Kidney shu"]
    assert [(hit.at, hit.matched) for hit in tiny.search("headache")] == [(0, "")]


def test_words_of_everything_known(tiny: SearchIndex) -> None:
    def found(text: str) -> list[int]:
        return sorted(hit.at for hit in tiny.search(text))

    assert found("bladder") == [0, 1]
    assert found("lower limb") == [1, 2]
    assert found("acute") == [0]
    assert found("head bladder") == [0]
    assert found("limb bladder") == [1]
    assert found("headache governor") == []


def test_a_part_of_a_name(tiny: SearchIndex) -> None:
    assert [hit.at for hit in tiny.search("ngqi")] == [2]
    assert [hit.at for hit in tiny.search("竹")] == [1]


def test_one_latin_letter_is_no_part(stage: Stage) -> None:
    beginning = stage.search.search("q")
    names = [hit.matched or "words" for hit in beginning]
    assert all(name == "words" or fold(name).startswith("q") for name in names)


def test_no_point_twice_and_not_more_than_asked_for(stage: Stage) -> None:
    hits = stage.search.search("e", limit=7)
    assert len(hits) == 7
    assert len({hit.at for hit in stage.search.search("gate")}) == len(stage.search.search("gate"))


@given(st.sampled_from(["gate", "shu", "bl2", "knee", "sciatica", "shenshoo", "zz", "谷"]))
def test_matching_is_searching_without_a_limit(stage: Stage, text: str) -> None:
    hits = stage.search.search(text, limit=len(stage.catalogue.points))
    assert sorted(hit.at for hit in hits) == list(members(stage.search.matching(text)))


@given(text=st.text(max_size=12))
def test_any_text_may_be_searched(stage: Stage, text: str) -> None:
    hits = stage.search.search(text)
    assert all(0 <= hit.at < len(stage.catalogue.points) for hit in hits)


def test_preparing_changes_no_result(edition: Edition) -> None:
    index = SearchIndex(edition.catalogue)
    before = index.search("shenshu")
    index.prepare()
    assert index.search("shenshu") == before
