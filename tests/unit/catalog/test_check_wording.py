"""Rules on what is said, each broken once beside what is just allowed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.catalog.check_wording import MOST_USES

Edit = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]

USE = "{indications: [headache], source: book}"


def add_indications(edit: Edit, count: int) -> list[str]:
    """Indications of the tiny folder's only group, besides the headache that it has."""
    names = [f"ache_{letter}" for letter in "abcdefghijklmn"[:count]]
    rows = "".join(f"- {{id: {name}, title: {name}, group: head}}\n" for name in names)
    edit("indications.yaml", "indications:\n", f"indications:\n{rows}")
    return names


def use(edit: Edit, *named: list[str]) -> None:
    """Give the first point a traditional use from each of some sources."""
    uses = [f"{{indications: [{', '.join(names)}], source: book}}" for names in named]
    edit("points.yaml", f"[{USE}]", f"[{', '.join(uses)}]")


def test_as_many_uses_as_a_point_may_have(edit: Edit, problems: Problems) -> None:
    names = add_indications(edit, MOST_USES)
    use(edit, names)
    assert MOST_USES == 8
    assert problems() == []


def test_one_use_too_many(edit: Edit, problems: Problems) -> None:
    names = add_indications(edit, MOST_USES)
    use(edit, names[:5], [*names[5:], "headache"])
    assert problems() == ["points.yaml:11:20: BL1 has 9 indications (at most 8)"]


def test_a_use_that_stands_twice(edit: Edit, problems: Problems) -> None:
    use(edit, ["headache"], ["headache"])
    assert problems() == [
        "points.yaml:11:20: BL1: headache stands here twice (each indication once)"
    ]


def test_a_difference_is_of_its_own(edit: Edit, problems: Problems) -> None:
    told = "confused_with: [{point: GV1, difference: %s}]"
    edit("points.yaml", "  sources: [book]", "  " + told % "BL1 lies higher.")
    assert problems() == []
    edit("points.yaml", "BL1 lies higher.", "BL1 lies lower.")
    assert problems() == [
        "points.yaml:34:44: GV1: the same confused_with as BL1 (a sentence of its own)"
    ]


def test_a_point_may_tell_two_others_apart_in_the_same_way(edit: Edit, problems: Problems) -> None:
    old = "{point: BL1, difference: BL1 lies lower.}"
    edit("points.yaml", old, f"{old}, {old.replace('point: BL1', 'point: BL2')}")
    assert problems() == []


def five_points(folder: Path, deep: list[str]) -> None:
    """The tiny points and copies of the last one, with what lies deep under each."""
    path = folder / "points.yaml"
    head, mark, last = path.read_text(encoding="utf-8").rpartition("- code: GV1")
    last = mark + last.replace("confused_with: [{point: BL1, difference: BL1 lies lower.}]\n", "")
    for number, text in enumerate(deep, 1):
        own = last.replace("GV1", f"GV{number}")
        own = own.replace("vessels: []", f"vessels: [], deep: {text}")
        for field in ("location: ", "finding: "):
            own = own.replace(field, f"{field}At {number}. ")
        head += own.rstrip() + "\n"
    path.write_text(head, encoding="utf-8")
    meridians = folder / "meridians.yaml"
    text = meridians.read_text(encoding="utf-8").replace("points: 1}", f"points: {len(deep)}}}")
    meridians.write_text(text, encoding="utf-8")


def test_what_lies_deep_may_be_the_same_at_four_points(
    tiny_folder: Path, problems: Problems
) -> None:
    five_points(tiny_folder, ["The lung.", "The lung.", "The lung.", "The lung.", "The pleura."])
    assert problems() == []


def test_what_lies_deep_is_not_the_same_at_five_points(
    tiny_folder: Path, problems: Problems
) -> None:
    five_points(tiny_folder, ["The lung."] * 5)
    found = problems()
    assert len(found) == 5
    assert found[0] == (
        "points.yaml:32:73: GV1: this text stands on 5 points (words for this point)"
    )


@pytest.mark.parametrize(
    ("old", "place"),
    [
        ("On the back, 2 cun below the top.", "7:13"),
        ("Feel for the top and go down.", "8:12"),
        ("Keep away from the eye.", "13:48"),
        ("BL1 lies lower.", "35:44"),
        ("Seven moxa cones.", "34:88"),
        ("From an old song.", "11:53"),
        ("Known to few.", "15:16"),
    ],
)
def test_texts_of_a_point_claim_no_effect(
    old: str, place: str, edit: Edit, problems: Problems
) -> None:
    edit("points.yaml", "spine, source: book}]", "spine, note: Seven moxa cones., source: book}]")
    edit(
        "points.yaml",
        "{indications: [headache]",
        "{indications: [headache], note: From an old song.",
    )
    edit("points.yaml", "  sources: [book]", "  sources: [book]\n  alternative: Known to few.")
    assert problems() == []
    edit("points.yaml", old, f"{old} It Cures pain.")
    (fault,) = problems()
    assert fault.startswith(f"points.yaml:{place}: ")
    assert "“Cures” claims an effect" in fault


def test_what_lies_deep_claims_no_effect(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "vessels: [], source", "vessels: [], deep: It detoxifies., source")
    assert "“detoxifies” claims an effect" in problems()[0]


@pytest.mark.parametrize("word", ["effective", "heals", "healed", "treats", "relieves", "relieve",
                                  "relieved", "alleviates", "boosts", "strengthens",
                                  "detoxifying", "cure", "cured", "helps against",
                                  "eases"])  # fmt: skip
def test_words_that_claim(word: str, edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "Keep away from the eye.", f"This {word} it.")
    assert len(problems()) == 1


@pytest.mark.parametrize(
    "word",
    [
        "secures",
        "effect",
        "treatment",
        "strength",
        "relief",
        "helps to feel",
        "eases with rest of",
        "help",
        "no position eases.",
    ],
)
def test_words_that_only_look_like_a_claim(word: str, edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "Keep away from the eye.", f"This {word} it.")
    assert problems() == []


def test_a_finding_that_says_not_against_what(edit: Edit, problems: Problems) -> None:
    edit("evidence.yaml", "Less pain than with sham needles.", "Relieves pain.")
    assert problems() == [
        "evidence.yaml:9:12: big: “Relieves” without saying against what (a comparison)"
    ]


@pytest.mark.parametrize("words", ["more than sham", "against sham", "compared with sham",
                                   "in comparison with sham", "versus sham",
                                   "with no treatment beside it"])  # fmt: skip
def test_a_finding_that_says_against_what(words: str, edit: Edit, problems: Problems) -> None:
    edit("evidence.yaml", "Less pain than with sham needles.", f"Relieves pain {words}.")
    assert problems() == []


def test_a_time_is_no_comparison(edit: Edit, problems: Problems) -> None:
    edit("evidence.yaml", "Less pain than with sham needles.", "It was effective over 8 weeks.")
    assert problems() == [
        "evidence.yaml:9:12: big: “effective” without saying against what (a comparison)"
    ]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("aliases: [lumbago]", "aliases: [lumbago], summary: %s", "2:58: acute"),
        ("types: [acute]", "types: [acute], summary: %s", "4:68: slipped_disc"),
        ("types:\n", "mechanisms: [{title: Nerves, text: %s, source: book}]\ntypes:\n",
         "1:36: Nerves"),
        ("types:\n", "expectations: [{title: Hope, text: %s, source: book}]\ntypes:\n",
         "1:36: Hope"),
        ("types:\n", "red_flags: [{title: Fever, text: %s, source: book}]\ntypes:\n",
         "1:34: Fever"),
    ],
)  # fmt: skip
def test_texts_on_back_pain_say_against_what(
    old: str, new: str, place: str, edit: Edit, problems: Problems
) -> None:
    edit("back_pain.yaml", old, new % "Needling relieves it more than sham.")
    assert problems() == []
    edit("back_pain.yaml", " more than sham", "")
    assert problems() == [
        f"back_pain.yaml:{place}: “relieves” without saying against what (a comparison)"
    ]
