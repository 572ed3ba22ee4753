"""The commands that draw: into a file, or on a display."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import atlas.ui.offscreen

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What is given to the drawing, which itself needs Qt."""
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(atlas.ui.offscreen, "render", lambda *given: calls.append(given))
    return calls


def test_render_passes_on_what_is_asked_for(
    run: Run, rendered: list[tuple[Any, ...]], tiny_folder: Path
) -> None:
    arguments = ["--data", tiny_folder, "--select", "jingming", "--bones", "--theme", "dark"]
    assert run("render", "mini", "-o", "x.pdf", *arguments, "--region", "leg") == (0, "", "")
    ((stage, map_id, query, code, layers, path, theme),) = rendered
    assert stage.edition.folder == tiny_folder.resolve()
    assert (map_id, code, path, theme) == ("mini", "BL1", Path("x.pdf"), "dark")
    assert query.region == {"leg"}
    assert layers == {"labels", "measure", "bones"}


def test_render_unless_asked_for_more(run: Run, rendered: list[tuple[Any, ...]]) -> None:
    run("render", "back", "-o", "x.PNG", "--channels")
    ((_, _, query, code, layers, _, theme),) = rendered
    assert (query.active, code, theme) == ([], None, "light")
    assert layers == {"labels", "measure", "channels"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere", "-o", "x.svg"], "no map nowhere (one of front, back, "),
        (["back", "-o", "x.gif"], "x.gif does not end in one of .pdf, .svg, .png"),
        (["back", "-o", ""], "argument -o/--output: the name is empty"),
        (["back", "-o", "x"], "x does not end in one of .pdf, .svg, .png"),
        (["back", "-o", "x.svg", "--select", "zzz"], "no point zzz"),
        (["hand_palm", "-o", "x.svg", "--select", "BL23"], "BL23 can't be seen on hand_palm (but"),
        (["back"], "the following arguments are required: -o/--output"),
        (["back", "-o", "x.svg", "--theme", "pink"], "argument --theme: invalid choice: 'pink'"),
    ],
)
def test_render_refuses(
    run: Run, rendered: list[tuple[Any, ...]], arguments: list[str], message: str
) -> None:
    code, out, err = run("render", *arguments)
    assert (code, out, rendered) == (2, "", [])
    assert message in err
    assert len(err.splitlines()) == 1


def test_render_draws_in_a_process_of_its_own(tmp_path: Path) -> None:
    target = tmp_path / "back.svg"
    command = [
        sys.executable,
        "-m",
        "atlas",
        "render",
        "back",
        "-o",
        str(target),
        "--select",
        "BL23",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "BL23" in target.read_text(encoding="utf-8")


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return monkeypatch


def test_no_display(run: Run, no_display: pytest.MonkeyPatch) -> None:
    code, out, err = run()
    assert (code, out) == (1, "")
    assert err == (
        "acupoint-atlas: there is no display to open the window on; "
        "`acupoint-atlas render` draws maps without one\n"
    )


@pytest.mark.parametrize(
    "display", [":9999", ":9999.0", "nonsense", "localhost:99999", f"{'x' * 70}:0"]
)
def test_a_display_that_does_not_answer(
    run: Run, no_display: pytest.MonkeyPatch, display: str
) -> None:
    no_display.setenv("DISPLAY", display)
    code, out, err = run()
    assert (code, out) == (1, "")
    assert err.startswith(f"acupoint-atlas: the display {display} does not answer; ")
    assert len(err.splitlines()) == 1
