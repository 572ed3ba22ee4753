"""Rules across the records of a catalogue, each broken once in a small folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from atlas.catalog.check import check_catalogue
from atlas.catalog.complaint import suggestion
from atlas.edition import Edition

Edit = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]


def test_the_small_folder_is_clean(problems: Problems) -> None:
    assert problems() == []


def test_the_shipped_catalogue_is_clean(edition: Edition) -> None:
    assert list(check_catalogue(edition.catalogue)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "regions.yaml",
            "id: leg",
            "id: back",
            "regions.yaml:3:3: back stands here or elsewhere already (its own id)",
        ),
        (
            "vocabulary.yaml",
            "{id: eye, title: eye}",
            "{id: eye, title: eye}\n- {id: acute, title: acute}",
            "back_pain.yaml:2:3: acute stands here or elsewhere already (its own id)",
        ),
        (
            "sources.yaml",
            "sources:\n",
            "sources:\n- {id: book, short: B, title: B, kind: study}\n",
            "sources.yaml:3:3: book stands here or elsewhere already (its own id)",
        ),
        (
            "landmarks.yaml",
            "landmarks:\n",
            "landmarks:\n- {id: top, title: Top}\n",
            "landmarks.yaml:3:3: top stands here or elsewhere already (its own id)",
        ),
        (
            "meridians.yaml",
            "points: 1}",
            "points: 2}",
            "meridians.yaml:3:98: GV2 missing from points.yaml (GV1 to GV2)",
        ),
        (
            "meridians.yaml",
            "points: 2}",
            "points: 1}",
            "points.yaml:15:9: BL2 is beyond the 1 points of its meridian (at most BL1)",
        ),
        (
            "points.yaml",
            "meridian: GV",
            "meridian: GX",
            "points.yaml:26:13: GV1: no meridian GX (did you mean GV?)",
        ),
        (
            "points.yaml",
            "regions: [back, leg]",
            "regions: [back, lag]",
            "points.yaml:18:19: BL2: no region lag (did you mean leg?)",
        ),
        (
            "points.yaml",
            "kind: back_shu",
            "kind: back_chu",
            "points.yaml:6:23: BL1: no category back_chu (did you mean back_shu?)",
        ),
        (
            "points.yaml",
            "kind: eye",
            "kind: eyes",
            "points.yaml:13:21: BL1: no kind of caution eyes (did you mean eye?)",
        ),
        (
            "points.yaml",
            "eye., source: book",
            "eye., source: look",
            "points.yaml:13:81: BL1: no source look (did you mean book?)",
        ),
        (
            "points.yaml",
            "textbook, source: book",
            "textbook, source: nook",
            "points.yaml:12:70: BL1: no source nook (did you mean book?)",
        ),
        (
            "points.yaml",
            "sources: [book]",
            "sources: [zzz]",
            "points.yaml:14:13: BL1: no source zzz (one of book)",
        ),
        (
            "points.yaml",
            "for: acute",
            "for: acut",
            "points.yaml:12:21: BL1: no type or condition acut (did you mean acute?)",
        ),
        (
            "back_pain.yaml",
            "types: [acute]",
            "types: [chronic]",
            "back_pain.yaml:4:51: no type chronic (one of acute)",
        ),
        (
            "back_pain.yaml",
            "candidates: [GV1]",
            "candidates: [GV1, GV9]",
            "back_pain.yaml:6:65: no point GV9 (did you mean GV1?)",
        ),
        (
            "points.yaml",
            "location: On the back, 1 cun below BL1.",
            "location: On the back, 2 cun below the top.",
            "points.yaml:19:13: BL2: the same location as BL1 (a sentence of its own)",
        ),
        (
            "points.yaml",
            "finding: Go down from BL1.",
            "finding: Feel for the top and go down.",
            "points.yaml:20:12: BL2: the same finding as BL1 (a sentence of its own)",
        ),
    ],
)
def test_one_fault(
    file: str, old: str, new: str, fault: str, edit: Edit, problems: Problems
) -> None:
    edit(file, old, new)
    assert fault in problems()


def test_a_code_that_stands_twice(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "code: BL2", "code: BL1")
    assert "points.yaml:15:9: BL1 stands here twice (each code once)" in problems()


def test_a_code_beyond_the_numbers_of_another_meridian(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "code: BL2", "code: GV7")
    assert "points.yaml:15:9: GV7 is beyond the 1 points of its meridian (at most GV1)" in (
        problems()
    )
    assert "points.yaml:17:13: GV7 is not a point of BL (meridian: GV)" in problems()


def test_a_number_of_a_foreign_code_is_none_of_the_meridian(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "code: GV1", "code: EX-B7")
    edit("points.yaml", "meridian: GV", "meridian: BL")
    assert "points.yaml:26:13: EX-B7 is not a point of BL (meridian: EX)" in problems()
    assert not [fault for fault in problems() if "BL7" in fault]


def test_a_code_of_another_meridian(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "meridian: GV", "meridian: BL")
    assert problems()[-1] == "points.yaml:26:13: GV1 is not a point of BL (meridian: GV)"


def test_an_extra_meridian_needs_no_numbers(edit: Edit, problems: Problems) -> None:
    edit(
        "meridians.yaml",
        "polarity: vessel, phase: none, points: 1",
        "polarity: extra, phase: none, points: 9",
    )
    assert problems() == []


def test_words_that_stand_on_many_points(edit: Edit, problems: Problems) -> None:
    kinds = "".join(f"\n- {{id: {name}, title: {name}}}" for name in ("ear", "nose", "chin"))
    edit("vocabulary.yaml", "title: eye}", "title: eye}" + kinds)
    caution = "{kind: eye, severity: care, text: Same words., source: book}"
    old = "{kind: eye, severity: care, text: Keep away from the eye., source: book}"
    same = [caution.replace("eye", kind) for kind in ("eye", "ear", "nose", "chin")]
    edit("points.yaml", f"[{old}]", f"[{', '.join(same)}]")
    assert problems() == []
    edit(
        "points.yaml",
        "places:\n    mini: [{at",
        f"cautions: [{caution}]\n  places:\n    mini: [{{at",
    )
    found = problems()
    assert len(found) == 5
    assert found[-1] == (
        "points.yaml:21:48: BL2: this caution stands on 5 points (words for this point)"
    )


def test_all_faults_are_told_at_once(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "regions: [leg]", "regions: [arm]")
    edit("points.yaml", "kind: eye", "kind: ear")
    edit("back_pain.yaml", "types: [acute]", "types: [old]")
    files = [fault.split(":")[0] for fault in problems()]
    assert files == ["back_pain.yaml", "points.yaml", "points.yaml"]


def test_suggestions() -> None:
    assert suggestion("shoulderr", ["shoulder", "knee"]) == "did you mean shoulder?"
    assert suggestion("hend", ["hand", "head", "toe"]) in (
        "did you mean hand or head?",
        "did you mean head or hand?",
    )
    assert suggestion("zzz", ["b", "a"]) == "one of a, b"
    many = [f"id{i:02}" for i in range(20)]
    assert suggestion("zzz", many[:12]) == "one of " + ", ".join(many[:12])
    assert suggestion("zzz", many) == "one of " + ", ".join(many[:12]) + " ..."
