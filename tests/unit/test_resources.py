"""Where things are on the disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from atlas import resources


def test_bundled_folders_hold_what_they_should() -> None:
    assert (resources.data_folder() / "points.yaml").is_file()
    assert (resources.body_maps_folder() / "back.yaml").is_file()


def test_the_home_of_a_user_may_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACUPOINT_ATLAS_HOME", str(tmp_path))
    assert resources.cache_folder() == tmp_path / "cache"
    assert resources.config_folder() == tmp_path / "config"
    assert resources.log_folder() == tmp_path / "log"
    assert resources.progress_folder() == tmp_path / "data"


def test_without_a_choice_the_folders_are_those_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ACUPOINT_ATLAS_HOME")
    folders = {resources.cache_folder(), resources.config_folder(), resources.log_folder()}
    assert len(folders) == 3
    folders.add(resources.progress_folder())
    assert all(resources.APP in folder.parts for folder in folders)


def test_a_data_folder_may_have_maps_of_its_own(tmp_path: Path) -> None:
    assert resources.body_maps_for(tmp_path) == resources.body_maps_folder()
    (tmp_path / "body_maps").mkdir()
    assert resources.body_maps_for(tmp_path) == tmp_path / "body_maps"


def test_a_file_of_ones_own_makes_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "er" / "file"
    resources.write_own_file(path, b"1")
    assert path.read_bytes() == b"1"


def test_writing_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        resources.write_atomically(tmp_path / "new" / "file", b"1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_its_target_is_written(tmp_path: Path, there: bool) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    if there:
        target.write_bytes(b"a longer old text")
    link.symlink_to("target")
    resources.write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert sorted(tmp_path.iterdir()) == [link, target]


def test_what_is_no_file_is_written_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    resources.write_atomically(pipe, b"new")
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert pipe.is_fifo()


def test_writing_leaves_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    resources.write_atomically(path, b"old")

    def fails(self: Path, target: Path) -> Path:
        raise OSError("no")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="no"):
        resources.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]
