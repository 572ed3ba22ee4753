"""The wheel holds its data and works where it is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT,
        cwd=folder)  # fmt: skip
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_brings_data_drawings_and_schemas(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    bundled = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    bundled += [path for path in (ROOT / "assets").rglob("*") if path.is_file()]
    assert len(bundled) > 40
    for path in bundled:
        assert f"atlas/_resources/{path.relative_to(ROOT)}" in names
    assert not [name for name in names if name.startswith(("tests", "benchmarks", "docs"))]


def test_it_works_installed_elsewhere(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(place)
    run_atlas = (sys.executable, "-P", "-m", "atlas")
    environment = {"PYTHONPATH": str(place), "ACUPOINT_ATLAS_HOME": str(tmp_path / "home")}
    assert "409 points" in run(*run_atlas, "check", cwd=tmp_path, **environment)
    where = run(sys.executable, "-P", "-c", "import atlas; print(atlas.__file__)", cwd=tmp_path,
                **environment)  # fmt: skip
    assert where.startswith(str(place))
    exported = json.loads(
        run(*run_atlas, "export", "--meridian", "GV", cwd=tmp_path, **environment)
    )
    assert len(exported["points"]) == 28
    run(*run_atlas, "render", "back", "-o", "back.png", cwd=tmp_path, **environment)
    assert (tmp_path / "back.png").stat().st_size > 50_000
