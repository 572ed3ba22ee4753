"""The command that writes cards for Anki."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import atlas.ui.offscreen
from atlas.problems import AtlasError
from atlas.scene import Stage
from atlas.study.cards import Card
from atlas.study.deck_text import DECK_KINDS
from tests.unit.study.anki_collection import collection, import_deck

Run = Callable[..., tuple[int, str, str]]
Calls = list[tuple[list[str], Path]]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What is given to the writing, which itself needs Qt."""
    calls: Calls = []

    def write(stage: Stage, cards: list[Card], path: Path) -> Iterator[int]:
        calls.append(([card.key for card in cards], path))
        yield from range(1, len(cards) + 1)

    monkeypatch.setattr(atlas.ui.offscreen, "write_deck", write)
    return calls


def test_deck_passes_on_the_cards_of_matching_points(
    run: Run, written: Calls, tiny_folder: Path
) -> None:
    assert run("deck", "-o", "x.apkg", "--data", tiny_folder, "--meridian", "GV") == (0, "", "")
    assert written == [([f"{kind}:GV1" for kind in DECK_KINDS], Path("x.apkg"))]


def test_deck_of_some_kinds(run: Run, written: Calls, tiny_folder: Path) -> None:
    every = ("deck", "-o", "x.apkg", "--data", tiny_folder)
    run(*every, "--kind", "recall", "--kind", "locate", "--text", "jingming")
    assert written[0][0] == ["locate:BL1", "recall:BL1"]
    for kind in DECK_KINDS:
        assert run(*every, "--kind", kind)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "expected", "message"),
    [
        (["-o", "x.zip"], 2, "x.zip does not end in .apkg"),
        (["-o", ""], 2, "argument -o/--output: the name is empty"),
        ([], 2, "the following arguments are required: -o/--output"),
        (["-o", "x.apkg", "--kind", "walk"], 2, "argument --kind: invalid choice: 'walk'"),
        (["-o", "x.apkg", "--region", "moon"], 2, "--region: "),
        (["-o", "x.apkg", "--text", "zzzzz"], 1, "no point matches"),
    ],
)
def test_deck_refuses(
    run: Run, written: Calls, arguments: list[str], expected: int, message: str
) -> None:
    code, out, err = run("deck", *arguments)
    assert (code, out, written) == (expected, "", [])
    assert message in err
    assert len(err.splitlines()) == 1


def test_progress_is_told_to_a_person_only(
    run: Run, written: Calls, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    code, out, err = run("deck", "-o", "x.apkg", "--data", tiny_folder, "--text", "jingming")
    assert (code, out) == (0, "")
    assert err == "1 of 3 cards\r2 of 3 cards\r3 of 3 cards\r1 point, 3 cards\n"


def test_what_goes_wrong_while_drawing_is_told_in_one_line(
    run: Run, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*given: Any) -> Iterator[int]:
        yield 1
        raise AtlasError("the drawing is gone")

    monkeypatch.setattr(atlas.ui.offscreen, "write_deck", fails)
    assert run("deck", "-o", "x.apkg", "--data", tiny_folder) == (
        1, "", "acupoint-atlas: the drawing is gone\n"
    )  # fmt: skip


def deck(*arguments: str | Path) -> tuple[int, str, str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "atlas", "deck", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_deck_writes_what_anki_reads(tmp_path: Path) -> None:
    path = tmp_path / "sole.apkg"
    arguments = ("--text", "KI1", "--meridian", "KI", "--kind", "locate")
    assert deck("-o", path, *arguments) == (0, "", "")
    with collection(tmp_path) as anki:
        new, _ = import_deck(anki, path)
        assert new == anki.note_count() == anki.card_count() > 0
        pictures = list(Path(anki.media.dir()).iterdir())
        assert len(pictures) == 2 * new
        assert all(picture.read_bytes().startswith(b"\xff\xd8") for picture in pictures)


def test_deck_says_when_there_is_no_folder(tmp_path: Path) -> None:
    code, out, err = deck("-o", tmp_path / "none" / "x.apkg")
    assert (code, out) == (1, "")
    assert err == f"acupoint-atlas: {tmp_path / 'none'} is not a folder\n"
