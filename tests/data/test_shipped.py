"""What must hold of the shipped records: numbers, names, categories, cautions, titles."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from atlas import resources
from atlas.body.check import check_placements
from atlas.catalog.check import check_catalogue
from atlas.catalog.model import Placement
from atlas.edition import Edition, parse, read_folder

REFERENCE = Path(__file__).parents[1] / "reference"

_THIRD = r"\b(one third|(upper|lateral|front|anterior|medial|proximal|posterior) third)\b"
FRACTIONS = {
    0.25: r"\b(quarter|fourth)\b",
    0.3333: rf"{_THIRD}|\btwo thirds\b",  # one third from here is two thirds from there
    0.5: r"\b(midpoint|midway|half ?way|middle|half|centre)\b",
    0.6667: rf"{_THIRD}|\btwo thirds\b",
    0.75: r"\b(quarter|quarters|fourth)\b",
}
UNITS = {"B-cun": " cun", "F-cun": " finger cun", "fingerbreadth": " fingerbreadth"}

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


def run_of(meridian: str, first: int, last: int) -> list[str]:
    return [f"{meridian}{number}" for number in range(first, last + 1)]


# Source: the project's reference notes on needling safety, sections 1 to 3. They unite WHO
# (Guidelines on Basic Training and Safety in Acupuncture, 1999), Chinese Acupuncture and
# Moxibustion (1999, as tabulated in TARA) and the point data of iaomai, eb-barry and Appunture.
CAUTIONS = {
    "pregnancy": [
        *("LI4", "SP6", "BL60", "BL67", "GB21", "CV3", "CV4", "CV6"),
        *run_of("BL", 31, 34),
    ],
    "pneumothorax": [
        *("LU1", "LU2", "ST18", "PC1", "LR14", "HT1", "LI16", "TE15"),
        *run_of("ST", 11, 16),
        *run_of("SP", 17, 21),
        *run_of("KI", 22, 27),
        *run_of("GB", 21, 24),
        *run_of("SI", 12, 15),
        *run_of("BL", 11, 21),
        *run_of("BL", 41, 50),
    ],
    "eye": ["ST1", "ST2", "BL1"],
    "brainstem": ["GV15", "GV16"],
    "fontanelle": ["GV22", "GV23"],
    "not_needled": ["CV8", "ST17"],
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
    """Read anew, without the cache that an earlier run may have left."""
    folder = resources.data_folder()
    parsed = parse(read_folder(folder), resources.body_maps_for(folder))
    assert len(parsed.maps) == 15


def test_the_points_of_the_standard_in_its_order(
    edition: Edition, rows: list[dict[str, str]]
) -> None:
    codes = [point.code for point in edition.catalogue.points]
    assert len(codes) == 361
    assert codes == [row["code"] for row in rows]


def test_names_agree_with_the_standard(edition: Edition, rows: list[dict[str, str]]) -> None:
    for row in rows:
        names = edition.catalogue.points[edition.catalogue.index[row["code"]]].names
        found = (names.pinyin, names.hanzi, names.hanzi_simplified)
        expected = (row["pinyin"], row["hanzi_traditional"], row["hanzi_simplified"])
        assert found == expected, row["code"]


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


def test_every_number_of_the_standard_stands_in_the_location(edition: Edition) -> None:
    reference = json.loads((REFERENCE / "quantities.json").read_text(encoding="utf-8"))
    assert len(reference) == 361
    missing = []
    for point in edition.catalogue.points:
        for quantity in reference[point.code]["quantities"]:
            value, unit = quantity["value"], quantity["unit"]
            if unit == "fraction":
                pattern = FRACTIONS[value]
            elif unit == "fingerbreadth":
                pattern = r"\b(one|1) fingerbreadth\b"
            else:
                pattern = rf"(?<![\d.]){re.escape(f'{value:g}')}{UNITS[unit]}\b"
            if not re.search(pattern, point.location):
                missing.append(f"{point.code}: {value:g} {unit}")
    assert missing == []


@pytest.mark.parametrize("kind", CAUTIONS)
def test_required_cautions(edition: Edition, kind: str) -> None:
    points, index = edition.catalogue.points, edition.catalogue.index
    without = [
        code
        for code in CAUTIONS[kind]
        if kind not in {caution.kind for caution in points[index[code]].cautions}
    ]
    assert without == []


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
