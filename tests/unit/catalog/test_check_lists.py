"""Nothing stands in a list twice, and nothing is empty: each broken once in a small folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Edit = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]

ROLE = "{for: acute, role: principal, basis: textbook, source: book}"
CAUTION = "{kind: eye, severity: care, text: Keep away from the eye., source: book}"
NEEDLING = "{technique: oblique, depth: [0.5, 1], direction: towards the spine, source: book}"
CONFUSION = "{point: BL1, difference: BL1 lies lower.}"
CONCERNS = "{points: [GV1], regions: [back], cautions: [eye], techniques: [electroacupuncture]}"
ONCE = "stands here twice (each once)"


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("points.yaml", "[back, leg]", "[back, leg, back]", f"18:24: BL2: back {ONCE}"),
        ("points.yaml", "sources: [book]", "sources: [book, book]", f"14:19: BL1: book {ONCE}"),
        ("points.yaml", "of: Kidney}", "of: Kidney}, {kind: back_shu, of: Kidney}",
         "6:46: BL1: the same stands in categories already (each once)"),
        ("points.yaml", NEEDLING, f"{NEEDLING}, {NEEDLING}",
         "33:97: GV1: the same stands in needling already (each once)"),
        ("points.yaml", CAUTION, f"{CAUTION}, {CAUTION.replace('care', 'avoid')}",
         "13:88: BL1: the same stands in cautions already (each once)"),
        ("points.yaml", ROLE, f"{ROLE}, {ROLE.replace('principal', 'distant')}",
         "12:77: BL1: the same stands in back_pain already (each once)"),
        ("points.yaml", CONFUSION, f"{CONFUSION}, {CONFUSION.replace('lower', 'there')}",
         f"34:62: GV1: BL1 {ONCE}"),
        ("back_pain.yaml", "types: [acute]", "types: [acute, acute]",
         f"4:58: slipped_disc: acute {ONCE}"),
        ("back_pain.yaml", "[GV1]", "[GV1, GV1]", f"6:65: tail point: GV1 {ONCE}"),
        ("safety.yaml", "[GV1]", "[GV1, GV1]", f"8:28: implant: GV1 {ONCE}"),
        ("safety.yaml", "[back]", "[back, back]", f"8:45: implant: back {ONCE}"),
        ("safety.yaml", "[eye]", "[eye, eye]", f"8:62: implant: eye {ONCE}"),
        ("safety.yaml", "[electroacupuncture]", "[cupping, bleeding, cupping]",
         f"8:95: implant: cupping {ONCE}"),
        ("evidence.yaml", "  limits:", "  without_figure: {function: [sham, sham]}\n  limits:",
         f"10:37: big: sham {ONCE}"),
        ("evidence.yaml", "population: [acute]", "population: [acute, acute]",
         f"20:23: board: acute {ONCE}"),
    ],
)  # fmt: skip
def test_what_stands_in_a_list_twice(
    file: str, old: str, new: str, fault: str, edit: Edit, problems: Problems
) -> None:
    edit(file, old, new)
    assert problems() == [f"{file}:{fault}"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("of: Kidney}", "of: Kidney}, {kind: back_shu, of: Heart}"),
        (NEEDLING, f"{NEEDLING}, {NEEDLING.replace('0.5', '0.6')}"),
        (ROLE, f"{ROLE}, {ROLE.replace('acute', 'slipped_disc')}"),
        (CAUTION, f"{CAUTION}, {CAUTION.replace('away', 'far')}"),
    ],
    ids=["category", "needling", "role", "caution"],
)
def test_what_is_not_the_same(old: str, new: str, edit: Edit, problems: Problems) -> None:
    edit("points.yaml", old, new)
    assert problems() == []


def test_the_same_role_from_another_source(edit: Edit, problems: Problems) -> None:
    edit("sources.yaml", "sources:\n",
         "sources:\n- {id: leaf, short: L, title: A Leaf, kind: study}\n")  # fmt: skip
    edit("points.yaml", ROLE, f"{ROLE}, {ROLE.replace('source: book', 'source: leaf')}")
    assert problems() == []


def test_a_point_that_is_confused_with_itself(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "{point: BL1", "{point: GV1")
    assert problems() == ["points.yaml:34:27: GV1 is confused with itself (another point)"]


def test_all_techniques_and_one_besides(edit: Edit, problems: Problems) -> None:
    edit("safety.yaml", "[electroacupuncture]", "[all]")
    assert problems() == []
    edit("safety.yaml", "[all]", "[all, cupping]")
    assert problems() == ["safety.yaml:8:75: implant: all, and others besides (all alone)"]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("points.yaml", "muscles: [latissimus dorsi]", "muscles: []",
         "32:12: GV1: the anatomy is empty (muscles, nerves or vessels)"),
        ("points.yaml", "{indications: [headache]", "{indications: []",
         "11:21: BL1: a use without indications (a note that says why)"),
        ("safety.yaml", CONCERNS, "{}",
         "8:13: implant concerns nothing (techniques: [all] or others)"),
        ("evidence.yaml", "population: [acute]", "population: []",
         "20:15: board: no population (a type or condition)"),
        ("points.yaml", "sources: [book]", "sources: []",
         "14:12: points.sources is empty (at least 1)"),
        ("back_pain.yaml", "types: [acute]", "types: []",
         "4:50: conditions.types is empty (at least 1)"),
        ("back_pain.yaml", "[GV1]", "[]", "6:59: lay_names.candidates is empty (at least 1)"),
        ("meridians.yaml", "points: 1}", "points: -3}",
         "3:98: meridians.points -3 is too little (at least 1)"),
    ],
)  # fmt: skip
def test_what_is_empty(
    file: str, old: str, new: str, fault: str, edit: Edit, problems: Problems
) -> None:
    edit(file, old, new)
    assert problems() == [f"{file}:{fault}"]


@pytest.mark.parametrize("field", ["nerves", "vessels"])
def test_one_tissue_is_enough(field: str, edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "muscles: [latissimus dorsi]", "muscles: []")
    edit("points.yaml", f"{field}: []", f"{field}: [one]")
    assert problems() == []


@pytest.mark.parametrize(
    "concerns", ["points: [GV1]", "regions: [back]", "cautions: [eye]", "techniques: [all]"]
)
def test_one_concern_is_enough(concerns: str, edit: Edit, problems: Problems) -> None:
    edit("safety.yaml", CONCERNS, f"{{{concerns}}}")
    assert problems() == []


def test_a_note_in_place_of_indications(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "{indications: [headache]", "{indications: [], note: It names none")
    assert problems() == []
