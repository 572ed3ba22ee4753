"""How complete a catalogue is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from atlas.catalog.coverage import coverage, table
from atlas.catalog.model import Catalogue, Point
from atlas.edition import open_edition

Edit = Callable[[str, str, str], None]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def catalogue(tiny_folder: Path) -> Catalogue:
    return open_edition(tiny_folder).catalogue


def missing(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    return {row.field: row.missing for row in coverage(catalogue)}


def with_points(catalogue: Catalogue, points: list[Point]) -> Catalogue:
    return msgspec.structs.replace(catalogue, points=points)


def test_who_lacks_what(catalogue: Catalogue) -> None:
    everyone = ("BL1", "BL2", "GV1")
    assert missing(catalogue) == {
        "names": (),
        "regions": (),
        "location": (),
        "finding": (),
        "places": (),
        "anatomy": ("BL1", "BL2"),
        "needling": ("BL1", "BL2"),
        "indications": ("BL2", "GV1"),
        "sources": ("BL2", "GV1"),
        "needling depth": ("BL1", "BL2"),
        "what lies deep": everyone,
        "cautions": ("BL2", "GV1"),
        "categories": ("BL2", "GV1"),
        "back pain": ("GV1",),
        "confused with": ("BL1", "BL2"),
        "alternative": everyone,
    }


def test_who_has_it_is_counted_and_what_is_required_comes_first(catalogue: Catalogue) -> None:
    rows = coverage(catalogue)
    assert {row.field: row.having for row in rows if not row.missing} == dict.fromkeys(
        ("names", "regions", "location", "finding", "places"), 3
    )
    assert all(row.having + len(row.missing) == 3 for row in rows)
    required = [row.required for row in rows]
    assert required == [True] * 9 + [False] * 7


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("muscles: [latissimus dorsi]", "muscles: []", "anatomy"),
        ("indications: [headache]", "indications: []", "indications"),
        ("depth: [0.5, 1], ", "", "needling depth"),
    ],
)
def test_an_empty_record_is_no_knowledge(
    old: str, new: str, field: str, tiny_folder: Path, edit: Edit
) -> None:
    edit("points.yaml", old, new)
    assert missing(open_edition(tiny_folder).catalogue)[field] == ("BL1", "BL2", "GV1")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("muscles: [latissimus dorsi], nerves: []", "muscles: [], nerves: [a nerve]", "anatomy"),
        ("muscles: [latissimus dorsi], nerves: [], vessels: []",
         "muscles: [], nerves: [], vessels: [an artery]", "anatomy"),
        ("vessels: []", "vessels: [], deep: The lung.", "what lies deep"),
    ],
)  # fmt: skip
def test_what_counts(old: str, new: str, field: str, tiny_folder: Path, edit: Edit) -> None:
    edit("points.yaml", old, new)
    assert missing(open_edition(tiny_folder).catalogue)[field] == ("BL1", "BL2")


def test_a_note_counts_as_a_use(tiny_folder: Path, edit: Edit) -> None:
    edit("points.yaml", "indications: [headache]", "indications: [], note: It names none")
    assert missing(open_edition(tiny_folder).catalogue)["indications"] == ("BL2", "GV1")


def test_the_table(catalogue: Catalogue) -> None:
    lines = table(catalogue).splitlines()
    assert lines[0] == "required"
    assert lines[1].split() == ["names", "3", "of", "3"]
    assert lines[6].split() == ["anatomy", "1", "of", "3", "missing:", "BL1,", "BL2"]
    assert lines[10] == "where it applies"
    assert lines[11].split() == ["needling", "depth", "1", "of", "3"]
    assert len(lines) == 18


@pytest.mark.parametrize(("count", "more"), [(8, False), (9, True)])
def test_the_table_names_the_first_eight(catalogue: Catalogue, count: int, more: bool) -> None:
    points = [msgspec.structs.replace(catalogue.points[0], code=f"BL{n + 1}") for n in range(count)]
    line = table(with_points(catalogue, points)).splitlines()[6]
    assert line.endswith("BL8 ..." if more else "BL8")
    assert "BL9" not in line


def test_no_points_lack_nothing(catalogue: Catalogue) -> None:
    empty = with_points(catalogue, [])
    assert {(row.having, row.missing) for row in coverage(empty)} == {(0, ())}


def test_check_shows_it_when_asked(run: Run, tiny_folder: Path) -> None:
    code, out, err = run("check", tiny_folder, "--coverage")
    assert (code, err) == (0, "")
    expected = table(open_edition(tiny_folder).catalogue)
    assert out == f"{expected}\n3 points on 1 maps, no problems\n"
    assert "required" not in run("check", tiny_folder)[1]


def test_faulty_data_are_not_counted(run: Run, tiny_folder: Path, edit: Edit) -> None:
    edit("points.yaml", "regions: [leg]", "regions: [lag]")
    code, out, err = run("check", "--coverage", tiny_folder)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
