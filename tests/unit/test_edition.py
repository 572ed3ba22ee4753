"""Opening a data folder, and its cache."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import atlas.edition
from atlas import resources
from atlas.edition import Edition, drawings_of, open_edition, read_edition, watched_files
from atlas.parse import parse
from atlas.problems import AtlasError, DataError

Edit = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, so that its cache is empty."""
    monkeypatch.setenv("ACUPOINT_ATLAS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def parsed(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one each time that the files are parsed."""
    calls: list[int] = []

    def counted(contents: dict[str, bytes], maps_folder: Path) -> object:
        calls.append(len(contents))
        return parse(contents, maps_folder)

    monkeypatch.setattr(atlas.edition, "parse", counted)
    return calls


def cache_file(home: Path) -> Path:
    (path,) = (home / "cache").iterdir()
    return path


def same(a: Edition, b: Edition) -> bool:
    return (a.folder, a.catalogue, a.body.maps) == (b.folder, b.catalogue, b.body.maps)


def test_what_is_read(tiny_folder: Path) -> None:
    edition = open_edition(tiny_folder)
    assert edition.folder == tiny_folder.resolve()
    assert [point.code for point in edition.catalogue.points] == ["BL1", "BL2", "GV1"]
    catalogue = edition.catalogue
    assert [term.id for term in catalogue.regions] == ["back", "leg"]
    assert [term.id for term in catalogue.categories] == ["back_shu"]
    assert [term.id for term in catalogue.caution_kinds] == ["eye"]
    assert [term.id for term in catalogue.back_pain.types] == ["acute"]
    assert [term.id for term in catalogue.back_pain.conditions] == ["slipped_disc"]
    assert [lay.name for lay in catalogue.back_pain.lay_names] == ["tail point"]
    assert list(catalogue.source_by_id) == ["book"]
    assert list(catalogue.landmark_by_id) == ["top", "bottom"]
    assert list(catalogue.meridian_by_code) == ["BL", "GV"]
    assert list(edition.body.maps) == ["mini"]
    assert edition.drawing("mini") == tiny_folder.resolve() / "body_maps" / "mini.svg"


def test_looking_up_in_the_catalogue(tiny_folder: Path) -> None:
    catalogue = open_edition(tiny_folder).catalogue
    point = catalogue.point("BL2")
    assert point is catalogue.points[1]
    assert point.number == 2
    assert catalogue.point("BL9") is None
    assert catalogue.titles["leg"] == "lower limb"
    assert catalogue.titles["slipped_disc"] == "Slipped disc"


def test_a_folder_without_maps_takes_the_bundled_ones(tiny_folder: Path) -> None:
    for path in (tiny_folder / "body_maps").iterdir():
        path.unlink()
    (tiny_folder / "body_maps").rmdir()
    watched = watched_files(tiny_folder)
    assert resources.body_maps_folder() / "back.yaml" in watched
    assert resources.body_maps_folder() / "back.svg" in watched
    assert tiny_folder / "points.yaml" in watched


def test_maps_stand_in_their_order(tiny_folder: Path, edit: Edit) -> None:
    maps = tiny_folder / "body_maps"
    for name, order in (("zero", 0), ("last", 9)):
        text = (maps / "mini.yaml").read_text().replace("order: 1", f"order: {order}")
        (maps / f"{name}.yaml").write_text(text.replace("id: mini", f"id: {name}"))
        (maps / f"{name}.svg").write_bytes((maps / "mini.svg").read_bytes())
    assert list(open_edition(tiny_folder).body.maps) == ["zero", "mini", "last"]


def test_a_folder_without_points(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match=r"is no data folder: it has no points\.yaml"):
        open_edition(tmp_path)


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(AtlasError, match=r"does not exist$"):
        open_edition(tmp_path / "a")


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match=r"x/points\.yaml: file name too long$"):
        open_edition(tmp_path / ("x" * 300))


def test_a_folder_of_maps_without_a_map(tiny_folder: Path) -> None:
    (tiny_folder / "body_maps" / "mini.yaml").unlink()
    with pytest.raises(AtlasError, match=r"body_maps has no map: at least one NAME\.yaml"):
        open_edition(tiny_folder)


@pytest.mark.parametrize("names", [["regions.yaml"], ["evidence.yaml", "safety.yaml"]])
def test_all_files_that_are_missing_are_named_with_the_way_out(
    tiny_folder: Path, names: list[str]
) -> None:
    for name in names:
        (tiny_folder / name).unlink()
    with pytest.raises(AtlasError) as caught:
        open_edition(tiny_folder)
    there = resources.data_folder()
    assert str(caught.value) == f"{tiny_folder} lacks {', '.join(names)}: copy them from {there}"


def test_faults_of_several_files_are_told_together(edit: Edit, problems: Problems) -> None:
    edit("regions.yaml", "id: leg", "id: Leg")
    edit("sources.yaml", "kind: textbook", "kind: [")
    edit("body_maps/mini.yaml", "order: 1", "order: first")
    found = problems()
    assert [fault.split(":")[0] for fault in found] == [
        "body_maps/mini.yaml",
        "regions.yaml",
        "sources.yaml",
    ]


def test_the_number_of_problems_is_said(tiny_folder: Path, edit: Edit) -> None:
    edit("regions.yaml", "id: leg", "id: Leg")
    with pytest.raises(DataError, match=r"^1 problem in the data$"):
        open_edition(tiny_folder)
    edit("regions.yaml", "id: back", "id: Back")
    with pytest.raises(DataError, match=r"^2 problems in the data$"):
        open_edition(tiny_folder)


def test_the_cache_is_used_when_nothing_changed(tiny_folder: Path, parsed: list[int]) -> None:
    first = open_edition(tiny_folder)
    second = open_edition(tiny_folder)
    assert len(parsed) == 1
    assert same(first, second)
    assert second.body.spots("mini") == first.body.spots("mini")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("points.yaml", "Bright Eyes", "Dark Eyes"),
        ("regions.yaml", "lower limb", "hind limb"),
        ("body_maps/mini.yaml", "[0, 110]", "[0, 130]"),
    ],
)
def test_the_cache_is_not_used_when_content_changed(
    tiny_folder: Path, parsed: list[int], edit: Edit, file: str, old: str, new: str
) -> None:
    first = open_edition(tiny_folder)
    edit(file, old, new)
    second = open_edition(tiny_folder)
    assert len(parsed) == 2
    assert not same(first, second)


def test_a_new_map_is_a_change(tiny_folder: Path, parsed: list[int]) -> None:
    open_edition(tiny_folder)
    maps = tiny_folder / "body_maps"
    text = (maps / "mini.yaml").read_text().replace("id: mini", "id: new")
    (maps / "new.yaml").write_text(text)
    (maps / "new.svg").write_bytes((maps / "mini.svg").read_bytes())
    assert "new" in open_edition(tiny_folder).body.maps


def test_another_version_of_the_program_reads_again(
    tiny_folder: Path, parsed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_edition(tiny_folder)
    monkeypatch.setattr(atlas.edition, "__version__", "99.0")
    open_edition(tiny_folder)
    assert len(parsed) == 2


def test_a_drawing_that_is_gone_is_told_despite_the_cache(
    tiny_folder: Path, parsed: list[int], problems: Problems
) -> None:
    assert problems() == []
    (tiny_folder / "body_maps" / "mini.svg").unlink()
    assert problems() != []


@pytest.mark.parametrize("change", ["content", "time"])
def test_a_changed_drawing_is_checked_again(
    tiny_folder: Path, parsed: list[int], problems: Problems, change: str
) -> None:
    (drawing,) = drawings_of(tiny_folder)
    first = open_edition(tiny_folder)
    if change == "content":
        time = drawing.stat().st_mtime_ns
        drawing.write_bytes(drawing.read_bytes() + b"<more>")
        os.utime(drawing, ns=(time, time))
        assert len(problems()) == 1
    else:
        os.utime(drawing, ns=(0, 0))
        assert open_edition(tiny_folder).digest != first.digest
    assert len(parsed) == 2


def test_the_digest_tells_whether_something_changed(tiny_folder: Path, edit: Edit) -> None:
    first = open_edition(tiny_folder)
    assert open_edition(tiny_folder).digest == read_edition(tiny_folder).digest == first.digest
    edit("regions.yaml", "lower limb", "hind limb")
    assert open_edition(tiny_folder).digest != first.digest


def test_a_drawing_without_a_target_is_no_drawing(tiny_folder: Path) -> None:
    (tiny_folder / "body_maps" / "other.svg").symlink_to("nowhere")
    assert [path.name for path in drawings_of(tiny_folder)] == ["mini.svg"]


def test_reading_anew_does_not_ask_the_cache(tiny_folder: Path, parsed: list[int]) -> None:
    first = open_edition(tiny_folder)
    assert same(read_edition(tiny_folder), first)
    assert len(parsed) == 2


def _flip(stored: bytes) -> bytes:
    return stored[:-1] + bytes([stored[-1] ^ 1])


def _swap_checksum(stored: bytes) -> bytes:
    return stored[:32] + bytes(32) + stored[64:]


def _foreign_payload(stored: bytes) -> bytes:
    payload = msgspec.msgpack.encode({"catalogue": 1})
    return stored[:32] + hashlib.blake2b(payload, digest_size=32).digest() + payload


@pytest.mark.parametrize(
    "damage",
    [
        _flip,
        _swap_checksum,
        _foreign_payload,
        lambda stored: stored[: len(stored) // 2],
        lambda stored: stored[:40],
        lambda stored: b"",
        lambda stored: stored + b"x",
    ],
    ids=["flipped", "checksum", "foreign", "half", "head", "empty", "longer"],
)
def test_a_damaged_cache_is_read_anew_and_repaired(
    tiny_folder: Path, home: Path, parsed: list[int], damage: Callable[[bytes], bytes]
) -> None:
    first = open_edition(tiny_folder)
    path = cache_file(home)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert same(open_edition(tiny_folder), first)
    assert len(parsed) == 2
    assert path.read_bytes() == whole


def test_a_cache_that_cannot_be_written_only_costs_time(
    tiny_folder: Path, home: Path, parsed: list[int]
) -> None:
    home.write_text("a file where the folder should be")
    first = open_edition(tiny_folder)
    assert same(open_edition(tiny_folder), first)
    assert len(parsed) == 2


def test_faulty_data_leave_the_cache_as_it_was(
    tiny_folder: Path, home: Path, edit: Edit, problems: Problems
) -> None:
    open_edition(tiny_folder)
    before = cache_file(home).read_bytes()
    edit("regions.yaml", "id: leg", "id: Leg")
    assert len(problems()) == 1
    assert cache_file(home).read_bytes() == before


def test_two_folders_have_two_caches(tiny_folder: Path, home: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_folder, tmp_path / "second")
    open_edition(tiny_folder)
    open_edition(tmp_path / "second")
    assert len(list((home / "cache").iterdir())) == 2
