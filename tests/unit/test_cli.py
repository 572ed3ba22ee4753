"""The command line, in process."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas import __version__
from atlas.edition import Edition
from atlas.parse import _drawing_faults
from atlas.schema import MODELS, schema

Edit = Callable[[str, str, str], None]
Run = Callable[..., tuple[int, str, str]]


def listed(output: str) -> list[str]:
    return [line.split("\t")[0] for line in output.splitlines()]


def test_version_and_help(run: Run) -> None:
    assert run("--version") == (0, f"{__version__}\n", "")
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert all(
        word in out
        for word in ("check", "list", "show", "export", "render", "deck", "study", "schema")
    )


def test_check(run: Run, tiny_folder: Path) -> None:
    assert run("check", tiny_folder) == (0, "3 points on 1 maps, no problems\n", "")
    assert run("--data", tiny_folder, "check") == (0, "3 points on 1 maps, no problems\n", "")


def test_check_does_not_ask_the_cache(run: Run, tiny_folder: Path) -> None:
    assert run("--data", tiny_folder, "list")[0] == 0
    drawing = tiny_folder / "body_maps" / "mini.svg"
    time, content = drawing.stat().st_mtime_ns, drawing.read_bytes()
    drawing.write_bytes(content.replace(b"</g>", b"</h>"))
    os.utime(drawing, ns=(time, time))
    assert run("--data", tiny_folder, "list")[0] == 0, "the drawing looks the same"
    _drawing_faults.cache_clear()  # as in another process
    code, out, err = run("check", tiny_folder)
    assert (code, out) == (1, "")
    assert err.startswith("body_maps/mini.yaml:1:5: the drawing mini.svg is not XML: ")


def test_check_of_the_bundled_data(run: Run, edition: Edition) -> None:
    count = len(edition.catalogue.points)
    assert run("check")[:2] == (
        0,
        f"{count} points on {len(edition.body.maps)} maps, no problems\n",
    )


def test_check_tells_every_fault_in_a_line(run: Run, tiny_folder: Path, edit: Edit) -> None:
    edit("points.yaml", "regions: [leg]", "regions: [lag]")
    edit("back_pain.yaml", "types: [acute]", "types: [old]")
    code, out, err = run("check", tiny_folder)
    assert (code, out) == (1, "")
    first, second = err.splitlines()
    assert first == "back_pain.yaml:4:51: no type old (one of acute)"
    assert second == "points.yaml:27:13: GV1: no region lag (did you mean leg?)"


@pytest.mark.parametrize("command", [["list"], ["show", "BL1"], ["export"], ["check"]])
def test_faulty_data_stop_every_command(
    run: Run, tiny_folder: Path, edit: Edit, command: list[str]
) -> None:
    edit("points.yaml", "regions: [leg]", "regions: [lag]")
    code, out, err = run("--data", tiny_folder, *command)
    assert (code, out, len(err.splitlines())) == (1, "", 1)


def test_list_has_a_line_for_each_point(run: Run, tiny_folder: Path) -> None:
    code, out, err = run("list", "--data", tiny_folder)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "BL1\tJīngmíng\t睛明\tBright Eyes",
        "BL2\tCuánzhú\t攒竹\tGathered Bamboo",
        "GV1\tChángqiáng\t长强\tLong Strength",
    ]


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        (["--region", "back"], ["BL1", "BL2"]),
        (["--region", "dorsum"], ["BL1", "BL2"]),
        (["--region", "Lower limb"], ["BL2", "GV1"]),
        (["--region", "back", "leg"], ["BL1", "BL2", "GV1"]),
        (["--region", "back,leg"], ["BL1", "BL2", "GV1"]),
        (["--region", "back", "--region", "leg"], ["BL1", "BL2", "GV1"]),
        (["--region", "back", "--meridian", "GV"], []),
        (["--meridian", "bladder", "--region", "leg"], ["BL2"]),
        (["--category", "back-shu"], ["BL1"]),
        (["--caution", "eye"], ["BL1"]),
        (["--back-pain", "lumbago"], ["BL1"]),
        (["--condition", "slipped_disc"], ["BL2"]),
        (["--text", "bamboo"], ["BL2"]),
        (["--text", "bladder", "--region", "leg"], ["BL2"]),
    ],
)
def test_filters(run: Run, tiny_folder: Path, filters: list[str], codes: list[str]) -> None:
    code, out, _ = run("list", "--data", tiny_folder, *filters)
    assert (code, listed(out)) == (0, codes)


def test_a_comma_at_the_end_asks_for_nothing_more(run: Run) -> None:
    plain, comma = (run("list", "--back-pain", word) for word in ("acute", "acute,"))
    assert comma[0] == 2 or listed(comma[1]) == listed(plain[1])


@pytest.mark.parametrize("command", [["list"], ["export"], ["render", "back", "-o", "x.svg"]])
def test_an_unknown_value_of_a_filter(run: Run, command: list[str]) -> None:
    code, out, err = run(*command, "--back-pain", "sore")
    assert (code, out) == (2, "")
    assert err.startswith("acupoint-atlas: --back-pain: no back pain sore (one of acute,")
    assert len(err.splitlines()) == 1


def test_data_before_and_after_the_command(run: Run, tiny_folder: Path) -> None:
    after = run("list", "--data", tiny_folder)
    assert run("--data", tiny_folder, "list") == after
    assert listed(after[1]) == ["BL1", "BL2", "GV1"]
    assert run("--data", "nowhere", "list", "--data", tiny_folder) == after


def test_a_folder_that_is_none(run: Run, tmp_path: Path) -> None:
    code, out, err = run("--data", tmp_path, "list")
    assert (code, out) == (1, "")
    assert err == f"acupoint-atlas: {tmp_path} is no data folder: it has no points.yaml\n"


@pytest.mark.parametrize("command", [["list"], ["check"], ["show", "BL1"], ["export"]])
def test_a_folder_whose_name_is_too_long(run: Run, command: list[str]) -> None:
    code, out, err = run("--data", "x" * 300, *command)
    assert (code, out) == (1, "")
    assert err.endswith("x/points.yaml: file name too long\n")


@pytest.mark.parametrize("name", ["BL23", "bl23", "bl 23", "shenshu", "Shènshū", "肾俞", "腎俞"])
def test_show_by_code_and_by_name(run: Run, name: str) -> None:
    code, out, err = run("show", name)
    assert (code, err) == (0, "")
    assert out.startswith("BL23  Shènshū  肾俞  Kidney Transport\nmeridian: Bladder\n")


def test_show_without_such_a_point(run: Run) -> None:
    assert run("show", "zzz") == (2, "", "acupoint-atlas: no point zzz\n")
    code, out, err = run("show", "gate")
    assert (code, out) == (2, "")
    assert err.startswith("acupoint-atlas: no point gate (did you mean ")


def test_show_with_tones_is_the_point_with_these_tones(run: Run) -> None:
    assert run("show", "Jùliáo")[1].startswith("ST3 ")
    assert run("show", "Jūliáo")[1].startswith("GB29 ")


def test_show_asks_which_of_two_points_with_one_name(run: Run) -> None:
    code, out, err = run("show", "juliao")
    assert (code, out) == (2, "")
    assert "ST3" in err
    assert "GB29" in err


def test_export_as_json(run: Run, tiny_folder: Path) -> None:
    code, out, err = run("export", "--data", tiny_folder, "--region", "leg")
    assert (code, err) == (0, "")
    assert [point["code"] for point in json.loads(out)["points"]] == ["BL2", "GV1"]


def test_export_as_csv(run: Run, tiny_folder: Path) -> None:
    _, out, _ = run("export", "--data", tiny_folder, "--format", "csv")
    assert [row["code"] for row in csv.DictReader(io.StringIO(out))] == ["BL1", "BL2", "GV1"]


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_a_file_holds_what_is_printed(run: Run, tiny_folder: Path, kind: str) -> None:
    target = tiny_folder.parent / f"out.{kind}"
    arguments = ["--data", tiny_folder, "export", "--format", kind]
    _, printed, _ = run(*arguments)
    assert run(*arguments, "-o", target) == (0, "", "")
    assert target.read_bytes().decode() == printed


def test_export_into_a_file_that_cannot_be(run: Run, tiny_folder: Path) -> None:
    for folder in (tiny_folder / "points.yaml", tiny_folder / "none" / "dir"):
        code, out, err = run("export", "-o", folder / "out.json")
        assert (code, out, err) == (1, "", f"acupoint-atlas: {folder} is not a folder\n")
    assert not (tiny_folder / "none").exists()
    reason = f"acupoint-atlas: {tiny_folder}: is a directory\n"
    assert run("export", "-o", tiny_folder) == (1, "", reason)


def test_export_into_a_device(run: Run) -> None:
    assert run("export", "-o", "/dev/null") == (0, "", "")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("name", MODELS)
def test_schema(run: Run, name: str) -> None:
    assert run("schema", name) == (0, schema(name), "")


def test_schema_of_points_unless_named(run: Run) -> None:
    assert run("schema") == (0, schema("points"), "")


def test_no_such_schema(run: Run) -> None:
    code, out, err = run("schema", "pionts")
    assert (code, out) == (2, "")
    assert err.startswith("acupoint-atlas: no schema pionts (one of points, ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["frob"], "invalid choice: 'frob'"),
        (["list", "--frob"], "unrecognized arguments: --frob"),
        (["show"], "the following arguments are required: CODE"),
        (["export", "--format", "xml"], "invalid choice: 'xml'"),
        (["export", "-o", ""], "argument -o/--output: the name is empty"),
        (["--data", "", "list"], "argument --data: the name is empty"),
        (["list", "--region"], "expected at least one argument"),
    ],
)
def test_wrong_usage_is_told_in_one_line(run: Run, arguments: list[str], message: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert len(err.splitlines()) == 1
    assert "--help" in err


COMMAND = [sys.executable, "-c", "from atlas.cli import main_and_exit; main_and_exit()"]


@pytest.mark.parametrize("arguments", [["list"], ["schema"], ["--help"], ["export"]])
def test_a_reader_who_has_seen_enough(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, *arguments], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_output_that_is_full() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, "list"], stdout=full, stderr=subprocess.PIPE, check=False)
    message = b"acupoint-atlas: the output: no space left on device\n"
    assert (done.returncode, done.stderr) == (1, message)


def test_characters_are_written_where_the_terminal_knows_none() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*COMMAND, "show", "BL23"], capture_output=True, check=False, env=environment
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "肾俞" in done.stdout.decode()


@pytest.mark.parametrize("command", ["list", "show BL23", "show shenshu", "check"])
def test_short_answers_do_without_numpy(command: str) -> None:
    script = f"import sys; from atlas.cli import main; main({command.split()})"
    script += "; sys.exit('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
