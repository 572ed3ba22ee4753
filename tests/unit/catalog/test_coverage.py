"""How complete a catalogue is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from atlas.catalog.coverage import coverage, readable_points, table
from atlas.catalog.point import Point
from atlas.edition import open_edition

Edit = Callable[[str, str, str], None]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def points(tiny_folder: Path) -> list[Point]:
    return open_edition(tiny_folder).catalogue.points


def missing(points: list[Point]) -> dict[str, tuple[str, ...]]:
    return {row.field: row.missing for row in coverage(points)}


def test_who_lacks_what(points: list[Point]) -> None:
    everyone = ("BL1", "BL2", "GV1")
    assert missing(points) == {
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


def test_who_has_it_is_counted_and_what_is_required_comes_first(points: list[Point]) -> None:
    rows = coverage(points)
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
    assert missing(readable_points(tiny_folder / "points.yaml"))[field] == ("BL1", "BL2", "GV1")


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
    assert missing(readable_points(tiny_folder / "points.yaml"))[field] == ("BL1", "BL2")


def test_a_note_counts_as_a_use(tiny_folder: Path, edit: Edit) -> None:
    edit("points.yaml", "indications: [headache]", "indications: [], note: It names none")
    assert missing(readable_points(tiny_folder / "points.yaml"))["indications"] == ("BL2", "GV1")


def test_the_table(points: list[Point]) -> None:
    lines = table(points).splitlines()
    assert lines[0] == "required"
    assert lines[1].split() == ["names", "3", "of", "3"]
    assert lines[6].split() == ["anatomy", "1", "of", "3", "missing:", "BL1,", "BL2"]
    assert lines[10] == "where it applies"
    assert lines[11].split() == ["needling", "depth", "1", "of", "3"]
    assert len(lines) == 18


@pytest.mark.parametrize(("count", "more"), [(8, False), (9, True)])
def test_the_table_names_the_first_eight(points: list[Point], count: int, more: bool) -> None:
    many = [msgspec.structs.replace(points[0], code=f"BL{n + 1}") for n in range(count)]
    line = table(many).splitlines()[6]
    assert line.endswith("BL8 ..." if more else "BL8")
    assert "BL9" not in line


def test_no_points_lack_nothing() -> None:
    assert {(row.having, row.missing) for row in coverage([])} == {(0, ())}


def test_check_shows_it_when_asked(run: Run, tiny_folder: Path) -> None:
    code, out, err = run("check", tiny_folder, "--coverage")
    assert (code, err) == (0, "")
    expected = table(open_edition(tiny_folder).catalogue.points)
    assert out == f"{expected}\n3 points on 1 maps, no problems\n"
    assert "required" not in run("check", tiny_folder)[1]


def test_it_is_shown_while_there_are_problems(run: Run, tiny_folder: Path, edit: Edit) -> None:
    """Of the points that can be read: the one with a fault of its own is not counted."""
    edit("points.yaml", "regions: [leg]", "regions: [lag]")
    edit("points.yaml", "finding: Go down from BL1.", "finding: 7")
    code, out, err = run("check", "--coverage", tiny_folder)
    assert (code, len(err.splitlines())) == (1, 1)
    assert out.splitlines()[1].split() == ["names", "2", "of", "2"]
    assert "no problems" not in out


@pytest.mark.parametrize("damage", ["points: [", "points: []", "regions: []", None])
def test_without_points_there_is_no_table(run: Run, tiny_folder: Path, damage: str | None) -> None:
    path = tiny_folder / "points.yaml"
    path.unlink() if damage is None else path.write_text(damage)
    code, out, err = run("check", "--coverage", tiny_folder)
    assert "required" not in out
    assert (code == 0, err == "") in {(True, True), (False, False)}
