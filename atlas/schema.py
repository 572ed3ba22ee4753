"""JSON Schemas of the data files, generated from the records, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from atlas.body.maps import BodyMap
from atlas.parse import MODELS as DATA_FILES
from atlas.problems import AtlasError

MODELS: dict[str, type] = {
    **{name.removesuffix(".yaml"): model for name, model in DATA_FILES.items()},
    "body_map": BodyMap,
}


def schema(name: str) -> str:
    """The schema of a data file, by its name without ending. Raises `AtlasError`."""
    model = MODELS.get(name)
    if model is None:
        raise AtlasError(f"no schema {name} (one of {', '.join(MODELS)})")
    made: dict[str, Any] = msgspec.json.schema(model)
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode() + "\n"


def write_schemas(data: Path, body_maps: Path) -> None:
    """Write all schemas beside the data that they describe."""
    for name in MODELS:
        folder = (body_maps if name == "body_map" else data) / "schema"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.json").write_text(schema(name), encoding="utf-8")
