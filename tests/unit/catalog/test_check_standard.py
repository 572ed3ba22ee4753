"""Points against the standard, which only `check` reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.catalog.check_standard import check_standard
from atlas.catalog.standard import Requirement, StandardFile
from atlas.edition import open_edition, read_edition
from atlas.problems import AtlasError, DataError

Edit = Callable[[str, str, str], None]
Run = Callable[..., tuple[int, str, str]]
Departures = Callable[..., list[str]]

STANDARD = """\
points:
- {code: BL1, pinyin: [Qíngmíng, Jīngmíng], hanzi: [晴明, 睛明], hanzi_simplified: 睛明, states: [2 cun], cautions: [eye]}
- {code: BL2, pinyin: [Cuánzhú], hanzi_simplified: 攒竹}
- {code: GV1, pinyin: [Chángqiáng], hanzi: [長強], hanzi_simplified: 长强, states: [half]}
- {code: GV9, pinyin: [Zhìyáng], hanzi: [至陽], hanzi_simplified: 至阳, states: [7 cun]}
"""  # noqa: E501


@pytest.fixture
def standard(tiny_folder: Path, edit: Edit) -> Path:
    """A standard in the small folder, which departs from it nowhere."""
    path = tiny_folder / "standard.yaml"
    path.write_text(STANDARD, encoding="utf-8")
    edit("points.yaml", "Half way down the midline.", "On the midline, half way down.")
    return path


@pytest.fixture
def departures(tiny_folder: Path) -> Departures:
    """Where GV1 departs from what is required of it, as `field: expected`."""

    def look(location: str = "At it.", **required: list[str]) -> list[str]:
        path = tiny_folder / "points.yaml"
        text = path.read_text(encoding="utf-8").replace("Half way down the midline.", location)
        path.write_text(text, encoding="utf-8")
        names: dict[str, list[str]] = {"pinyin": ["Chángqiáng"], "hanzi": ["長強"]}
        requirement = Requirement(code="GV1", hanzi_simplified="长强", **{**names, **required})
        catalogue = open_edition(tiny_folder).catalogue
        found = check_standard(catalogue, StandardFile([requirement]))
        return [f"{path[-1]}: {expected}" for _, path, _, expected in found]

    return look


def faults(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_edition(folder)
    return [str(problem) for problem in caught.value.problems]


def test_points_that_agree(tiny_folder: Path, standard: Path) -> None:
    """With the second name of each, without a traditional one, and without the point GV9."""
    assert len(read_edition(tiny_folder).catalogue.points) == 3


def test_a_folder_needs_no_standard(tiny_folder: Path) -> None:
    assert len(read_edition(tiny_folder).catalogue.points) == 3


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Qíngmíng, Jīngmíng", "Qíngmíng, Jìngmíng",
         "3:19: BL1: Jīngmíng is not its name in the standard (Qíngmíng or Jìngmíng)"),
        ("晴明, 睛明", "晴明",
         "3:36: BL1: 睛明 is not its name in the standard (晴明)"),
        ("hanzi_simplified: 攒竹", "hanzi_simplified: 攢竹",
         "16:57: BL2: 攒竹 is not its name in the standard (攢竹)"),
        ("[2 cun]", "[2 cun, 3 cun]",
         "7:13: BL1: the location lacks a number of the standard (3 cun)"),
        ("[half]", "[one third]",
         "28:13: GV1: the location lacks a number of the standard (one third)"),
        ("[eye]", "[eye, vessel]", "13:13: BL1: a caution is missing (vessel)"),
        ("points:\n", "severities: {eye: danger}\npoints:\n",
         "13:36: BL1: the caution eye is too mild (danger)"),
    ],
)  # fmt: skip
def test_one_departure(
    old: str, new: str, fault: str, tiny_folder: Path, standard: Path, edit: Edit
) -> None:
    edit("vocabulary.yaml", "title: eye}", "title: eye}\n- {id: vessel, title: vessel}")
    edit("standard.yaml", old, new)
    assert faults(tiny_folder) == [f"points.yaml:{fault}"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[eye]", "[eye, eys]", "2:117: no kind of caution eys (did you mean eye?)"),
        ("points:\n", "severities: {eya: care}\npoints:\n",
         "1:19: no kind of caution eya (did you mean eye?)"),
        ("- {code: BL2", "- {code: BL1, pinyin: [Other], hanzi_simplified: 他}\n- {code: BL2",
         "3:10: BL1 stands here twice (each code once)"),
        ("[Cuánzhú]", "[]", "3:23: points.pinyin is empty (at least 1)"),
    ],
)  # fmt: skip
def test_a_standard_that_contradicts_itself(
    old: str, new: str, fault: str, tiny_folder: Path, standard: Path, edit: Edit
) -> None:
    edit("standard.yaml", old, new)
    assert faults(tiny_folder) == [f"standard.yaml:{fault}"]


@pytest.mark.parametrize("severity", ["eye: care", "eye: avoid"])
def test_as_severe_as_it_must_be(
    severity: str, tiny_folder: Path, standard: Path, edit: Edit
) -> None:
    edit("standard.yaml", "points:\n", f"severities: {{{severity}}}\npoints:\n")
    edit("points.yaml", "severity: care", "severity: avoid")
    assert len(read_edition(tiny_folder).catalogue.points) == 3


def test_an_extra_point_that_is_missing(tiny_folder: Path, standard: Path, edit: Edit) -> None:
    """Told where the folder has extra points: no numbering says how many there are."""
    row = "- {code: EX-B9, pinyin: [Yāoqí], hanzi_simplified: 腰奇}\n"
    edit("standard.yaml", "points:\n", f"points:\n{row}")
    assert len(read_edition(tiny_folder).catalogue.points) == 3
    edit("meridians.yaml", "meridians:\n", "meridians:\n- {code: EX, name: Extra, pinyin: Jīngwài, "
         "hanzi: 經外, polarity: extra, phase: none, points: 2}\n")  # fmt: skip
    own = (tiny_folder / "points.yaml").read_text(encoding="utf-8").split("- code: ")[2]
    own = own.replace("BL2", "EX-B1").replace("meridian: BL", "meridian: EX")
    own = own.replace("1 cun below", "3 cun below").replace("Go down", "Move down")
    edit("points.yaml", "points:\n", f"points:\n- code: {own}")
    assert faults(tiny_folder) == [
        "standard.yaml:2:10: EX-B9 is missing from points.yaml (a point with this code)"
    ]


def test_a_point_without_any_caution_lacks_one(
    tiny_folder: Path, standard: Path, edit: Edit
) -> None:
    """Told where the point begins, since it has no field of that name."""
    edit("standard.yaml", "[half]", "[half], cautions: [eye]")
    (fault,) = faults(tiny_folder)
    assert fault.startswith("points.yaml:24:3: GV1: a caution is missing")


@pytest.mark.parametrize(
    ("number", "location"),
    [
        ("2 cun", "2 cun below it."),
        ("0.5 cun", "It is 0.5 cun above."),
        ("0.1 finger cun", "0.1 finger cun from the nail."),
        ("1 fingerbreadth", "It is one fingerbreadth below."),
        ("1 fingerbreadth", "1 fingerbreadth above."),
        ("half", "At the midpoint."),
        ("half", "It is half way."),
        ("half", "It is halfway."),
        ("half", "In the centre."),
        ("one third", "At the junction of the upper third and the lower two thirds."),
        ("one third", "At two thirds from there."),
        ("two thirds", "At one third from there."),
        ("two thirds", "At two thirds."),
        ("one quarter", "At the upper quarter."),
        ("one quarter", "At one fourth."),
        ("three quarters", "At three quarters."),
        ("three quarters", "A quarter from there."),
    ],
)
def test_a_number_that_is_there(number: str, location: str, departures: Departures) -> None:
    assert departures(location, states=[number]) == []


@pytest.mark.parametrize(
    ("number", "location"),
    [
        ("2 cun", "12 cun below it."),
        ("2 cun", "1.2 cun below it."),
        ("2 cun", "2 cunning steps below."),
        ("0.1 finger cun", "0.1 cun from the nail."),
        ("1 fingerbreadth", "A fingerbreadth above."),
        ("1 fingerbreadth", "11 fingerbreadth above."),
        ("half", "At one third."),
        ("one third", "At the midpoint."),
        ("one third", "In the third space."),
        ("two thirds", "At a quarter."),
        ("one quarter", "At three quarters."),
        ("three quarters", "At one third."),
    ],
)
def test_a_number_that_is_missing(number: str, location: str, departures: Departures) -> None:
    assert departures(location, states=[number]) == [f"location: {number}"]


def test_each_departure_is_told(departures: Departures) -> None:
    assert departures(states=["2 cun", "half"], pinyin=["X"], hanzi=["Y"], cautions=["eye"]) == [
        "pinyin: X",
        "hanzi: Y",
        "location: 2 cun",
        "location: half",
        "cautions: eye",
    ]


def test_check_tells_departures_and_other_commands_do_not_look(
    tiny_folder: Path, standard: Path, edit: Edit, run: Run
) -> None:
    edit("standard.yaml", "[half]", "[2 cun]")
    code, out, err = run("check", tiny_folder)
    assert (code, out) == (1, "")
    assert err.startswith("points.yaml:28:13: GV1: ")
    assert len(err.splitlines()) == 1
    assert run("list", "--data", tiny_folder)[0] == 0


def test_faults_of_the_standard_itself(tiny_folder: Path, standard: Path, edit: Edit) -> None:
    edit("standard.yaml", "{code: BL2, pinyin", "{code: BL2, pinyn")
    assert faults(tiny_folder)[0].startswith("standard.yaml:3:")
    assert len(open_edition(tiny_folder).catalogue.points) == 3


def test_a_standard_that_cannot_be_read(tiny_folder: Path) -> None:
    (tiny_folder / "standard.yaml").mkdir()
    with pytest.raises(AtlasError, match=r"standard\.yaml: is a directory$"):
        read_edition(tiny_folder)
    assert len(open_edition(tiny_folder).catalogue.points) == 3


def test_departures_stand_among_the_other_faults(
    tiny_folder: Path, standard: Path, edit: Edit
) -> None:
    edit("standard.yaml", "[half]", "[2 cun]")
    edit("points.yaml", "regions: [leg]", "regions: [lag]")
    assert [fault.split(": ")[0] for fault in faults(tiny_folder)] == [
        "points.yaml:27:13",
        "points.yaml:28:13",
    ]
