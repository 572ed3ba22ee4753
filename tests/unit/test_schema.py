"""JSON Schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from atlas import resources
from atlas.problems import AtlasError
from atlas.schema import MODELS, schema, write_schemas


def shipped_file(name: str) -> Path:
    body_map = name == "body_map"
    folder = resources.body_maps_folder() if body_map else resources.data_folder()
    return folder / "schema" / f"{name}.json"


@pytest.mark.parametrize("name", MODELS)
def test_the_shipped_schema_is_the_generated_one(name: str) -> None:
    assert shipped_file(name).read_text(encoding="utf-8") == schema(name)


def test_no_other_schemas_are_shipped() -> None:
    folders = {shipped_file(name).parent for name in MODELS}
    assert {path for folder in folders for path in folder.iterdir()} == {
        shipped_file(name) for name in MODELS
    }


def test_every_data_file_names_its_schema() -> None:
    maps = list(resources.body_maps_folder().glob("*.yaml"))
    files = [*resources.data_folder().glob("*.yaml"), *maps]
    assert len(files) == len(maps) + len(MODELS) - 1
    for path in files:
        name = "body_map" if path in maps else path.stem
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first == f"# yaml-language-server: $schema=schema/{name}.json"
        assert (path.parent / "schema" / f"{name}.json").is_file()


def test_the_content_of_a_schema() -> None:
    made = json.loads(schema("points"))
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    point = made["$defs"]["Point"]
    assert point["additionalProperties"] is False
    assert "location" in point["required"]
    assert "alternative" not in point["required"]
    assert "for" in made["$defs"]["BackPainRole"]["properties"]
    assert schema("points").endswith("}\n")


def test_an_unknown_schema() -> None:
    with pytest.raises(AtlasError, match=r"^no schema x \(one of points, .*body_map\)$"):
        schema("x")


def test_writing_them_beside_the_data(tmp_path: Path) -> None:
    write_schemas(tmp_path / "data", tmp_path / "maps")
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.json")}
    assert written == {f"data/schema/{name}.json" for name in MODELS if name != "body_map"} | {
        "maps/schema/body_map.json"
    }
    text = (tmp_path / "data" / "schema" / "regions.json").read_text(encoding="utf-8")
    assert text == schema("regions")
