"""What must hold of the shipped records: numbers, names, categories, cautions, titles."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

from atlas import resources
from atlas.body.check import check_placements
from atlas.catalog.check import check_catalogue
from atlas.catalog.coverage import coverage
from atlas.catalog.point import Placement
from atlas.edition import Edition, read_edition

REFERENCE = Path(__file__).parents[1] / "reference"

KINDS = {"ma_danyang_heavenly_star": "heavenly_star", "command_added": "command"}
OF = {  # the reference calls the extra vessels by several names
    "Ren (Conception)": "Conception Vessel",
    "Du (Governor)": "Governor Vessel",
    "Chong (Thoroughfare)": "Thoroughfare Vessel",
    "Dai (Girdle)": "Belt Vessel",
    "Yangqiao": "Yang Heel Vessel",
    "Yang Heel (Yangqiao)": "Yang Heel Vessel",
    "Yinqiao": "Yin Heel Vessel",
    "Yin Heel (Yinqiao)": "Yin Heel Vessel",
    "Yangwei": "Yang Link Vessel",
    "Yang Link (Yangwei)": "Yang Link Vessel",
    "Yinwei": "Yin Link Vessel",
    "Yin Link (Yinwei)": "Yin Link Vessel",
}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """The names and categories of the standard."""
    with (REFERENCE / "points.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_checker_finds_nothing(edition: Edition) -> None:
    assert list(check_catalogue(edition.catalogue)) == []
    assert list(check_placements(edition.body)) == []


def test_the_files_themselves_are_clean() -> None:
    """Read anew, without the cache that an earlier run may have left, and with the standard."""
    assert len(read_edition().body.maps) == 16


def test_the_standard_knows_every_point_in_its_order(
    edition: Edition, rows: list[dict[str, str]]
) -> None:
    """So that the checker compares names, numbers and cautions of all of them."""
    standard = yaml.safe_load((resources.data_folder() / "standard.yaml").read_text("utf-8"))
    codes = [point.code for point in edition.catalogue.points]
    assert len(codes) == 409
    assert codes == [requirement["code"] for requirement in standard["points"]]
    assert codes[:361] == [row["code"] for row in rows]


def test_every_required_field_is_there(edition: Edition) -> None:
    missing = {row.field: row.missing for row in coverage(edition.catalogue.points) if row.required}
    assert set(missing.values()) == {()}


def _categories(cell: str) -> set[tuple[str, str]]:
    """`luo-connecting (Lung); mother` as kinds, each with what it is of."""
    found = set()
    for text in filter(None, cell.split("; ")):
        title, _, of = text.partition(" (")
        kind = title.replace("-", "_")
        of = re.sub(r" \(added later.*\)$", "", of.removesuffix(")"))
        found.add((KINDS.get(kind, kind), OF.get(of, of)))
    return found


def test_each_category_of_the_standard_is_present(
    edition: Edition, rows: list[dict[str, str]]
) -> None:
    wrong = {}
    for row in rows:
        point = edition.catalogue.points[edition.catalogue.index[row["code"]]]
        expected = _categories(row["categories"])
        found = {(category.kind, category.of) for category in point.categories}
        # The reference names crossing meridians in Chinese; only the kind is compared.
        missing = {e for e in expected if e[0] != "crossing"} - found
        missing |= {(kind, "") for kind in {k for k, _ in expected} - {k for k, _ in found}}
        if missing:
            wrong[row["code"]] = missing
    assert wrong == {}


def test_points_that_are_not_needled_are_forbidden(edition: Edition) -> None:
    severities = {
        (point.code, caution.severity)
        for point in edition.catalogue.points
        for caution in point.cautions
        if caution.kind == "not_needled"
    }
    assert severities == {("CV8", "forbidden"), ("ST17", "forbidden")}


def test_caution_of_pregnancy_is_told_as_tradition(edition: Edition) -> None:
    """No harm was shown (Carr 2015), so that the words must not claim any."""
    severities = {
        caution.severity
        for point in edition.catalogue.points
        for caution in point.cautions
        if caution.kind == "pregnancy"
    }
    assert severities <= {"avoid", "care"}


def _landmarks_of(placement: Placement, edition: Edition, map_id: str) -> set[str]:
    names = {placement.at, placement.level, *(placement.between or ())}
    if placement.along is not None:
        through = edition.body.maps[map_id].rulers[placement.along].through
        names |= {through[0], through[-1]}
    return {name for name in names if name is not None}


def test_every_landmark_of_a_placement_has_a_title(edition: Edition) -> None:
    known = edition.catalogue.landmark_by_id.keys() | edition.catalogue.index.keys()
    without = {
        (map_id, name)
        for map_id in edition.body.maps
        for _, _, _, placement in edition.body.placements(map_id)
        for name in _landmarks_of(placement, edition, map_id) - known
    }
    assert without == set()


def test_codes_in_sentences_are_points(edition: Edition) -> None:
    meridians = "|".join(meridian.code for meridian in edition.catalogue.meridians)
    unknown = {
        (point.code, code)
        for point in edition.catalogue.points
        for text in (point.location, point.finding, point.alternative)
        for code in re.findall(rf"\b(?:{meridians}) ?\d+\b", text)
        if code not in edition.catalogue.index
    }
    assert unknown == set()


def test_sentences_are_sentences(edition: Edition) -> None:
    for point in edition.catalogue.points:
        for text in (point.location, point.finding):
            assert text[0].isupper() or text.startswith(point.code), point.code
            assert text.endswith("."), point.code
            assert text == " ".join(text.split()), point.code


def test_every_statement_names_its_source(edition: Edition) -> None:
    assert [point.code for point in edition.catalogue.points if not point.sources] == []
