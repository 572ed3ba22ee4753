"""What records refer to must exist: each kind of reference, broken once in a small folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

Edit = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]

ANATOMY = "vessels: [], source: book"
NEEDLING = "direction: towards the spine, source: book"
USE = "{indications: [headache], source: book}"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (ANATOMY, "vessels: [], source: nook", "32:75: GV1: no source nook"),
        (NEEDLING, "direction: towards the spine, source: nook", "33:90: GV1: no source nook"),
        (USE, "{indications: [headache], source: nook}", "11:55: BL1: no source nook"),
        (USE, "{indications: [headache, cough], source: book}", "11:46: BL1: no indication cough"),
        ("{point: BL1, diff", "{point: BL7, diff", "34:27: GV1: no point BL7"),
    ],
)
def test_what_a_point_knows(old: str, new: str, fault: str, edit: Edit, problems: Problems) -> None:
    edit("points.yaml", old, new)
    assert [found.partition(" (")[0] for found in problems()] == [f"points.yaml:{fault}"]


def test_the_group_of_an_indication(edit: Edit, problems: Problems) -> None:
    edit("indications.yaml", "group: head,", "group: tail,")
    assert problems() == ["indications.yaml:4:42: headache: no group tail (one of head)"]


@pytest.mark.parametrize("field", ["mechanisms", "expectations", "red_flags"])
def test_statements_on_back_pain(field: str, edit: Edit, problems: Problems) -> None:
    said = "{title: A, text: B, source: %s}"
    edit("back_pain.yaml", "types:\n", f"{field}: [{said % 'book'}]\ntypes:\n")
    assert problems() == []
    edit("back_pain.yaml", "source: book", "source: nook")
    column = len(f"{field}: [{{title: A, text: B, source: ") + 1
    assert problems() == [f"back_pain.yaml:1:{column}: no source nook (did you mean book?)"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("points: [GV1]", "points: [GV1, GV8]", "8:28: implant: no point GV8 (did you mean GV1?)"),
        ("[back]", "[bac]", "8:39: implant: no region bac (did you mean back?)"),
        ("[eye]", "[eyes]", "8:57: implant: no kind of caution eyes (did you mean eye?)"),
        ("\n  source: book", "\n  source: nook",
         "9:11: implant: no source nook (did you mean book?)"),
        ("[2, 4], source: book", "[2, 4], source: nook",
         "11:93: bruise: no source nook (did you mean book?)"),
    ],
)  # fmt: skip
def test_safety(old: str, new: str, fault: str, edit: Edit, problems: Problems) -> None:
    edit("safety.yaml", old, new)
    assert problems() == [f"safety.yaml:{fault}"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("population: acute", "population: acut",
         "8:15: big: no type or condition acut (did you mean acute?)"),
        ("One centre.\n  source: book", "One centre.\n  source: nook",
         "11:11: big: no source nook (did you mean book?)"),
        ("population: [acute]", "population: [acute, chronic]",
         "20:23: board: no type or condition chronic (one of acute, slipped_disc)"),
        ("spring\n  source: book", "spring\n  source: nook",
         "26:11: board: no source nook (did you mean book?)"),
    ],
)  # fmt: skip
def test_evidence(old: str, new: str, fault: str, edit: Edit, problems: Problems) -> None:
    edit("evidence.yaml", old, new)
    assert problems() == [f"evidence.yaml:{fault}"]


@pytest.mark.parametrize("name", ["slipped_disc", "chronic_pain"])
def test_people_of_studies_may_have_a_condition_or_pain_of_several_places(
    name: str, edit: Edit, problems: Problems
) -> None:
    edit("evidence.yaml", "population: acute", f"population: {name}")
    edit("evidence.yaml", "population: [acute]", f"population: [acute, {name}]")
    assert problems() == []


@pytest.mark.parametrize(
    ("file", "field", "name"),
    [
        ("indications.yaml", "groups", "head"),
        ("indications.yaml", "indications", "headache"),
        ("safety.yaml", "contraindications", "implant"),
        ("safety.yaml", "adverse_events", "bruise"),
        ("evidence.yaml", "studies", "big"),
        ("evidence.yaml", "guidelines", "board"),
    ],
)
def test_each_id_stands_once(
    file: str, field: str, name: str, tiny_folder: Path, problems: Problems
) -> None:
    path = tiny_folder / file
    records = yaml.safe_load(path.read_text(encoding="utf-8"))
    records[field] *= 2
    path.write_text(json.dumps(records), encoding="utf-8")  # which is YAML, without anchors
    (fault,) = problems()
    assert fault.startswith(f"{file}:")
    assert fault.endswith(f": {name} stands here or elsewhere already (its own id)")
