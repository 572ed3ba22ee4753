"""Where things are on the disk."""

from __future__ import annotations

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


def test_without_a_choice_the_folders_are_those_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ACUPOINT_ATLAS_HOME")
    folders = {resources.cache_folder(), resources.config_folder(), resources.log_folder()}
    assert len(folders) == 3
    assert all(resources.APP in folder.parts for folder in folders)


def test_a_data_folder_may_have_maps_of_its_own(tmp_path: Path) -> None:
    assert resources.body_maps_for(tmp_path) == resources.body_maps_folder()
    (tmp_path / "body_maps").mkdir()
    assert resources.body_maps_for(tmp_path) == tmp_path / "body_maps"


def test_writing_leaves_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "file"
    resources.write_atomically(path, b"old")

    def fails(self: Path, target: Path) -> Path:
        raise OSError("no")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="no"):
        resources.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]
