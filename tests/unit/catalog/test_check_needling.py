"""Where no needle goes in there is no depth, and cautions and techniques agree on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Edit = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]

NEEDLING = "[{technique: oblique, depth: [0.5, 1], direction: towards the spine, source: book}]"
OTHER = "(not_needled or moxibustion)"
REASON = "(a caution not_needled of severity forbidden)"


@pytest.fixture
def needle(edit: Edit) -> Callable[..., None]:
    """Gives the last point a caution and a way of needling."""

    def change(needling: str, kind: str = "not_needled", severity: str = "forbidden") -> None:
        edit("vocabulary.yaml", "{id: eye, title: eye}",
             "{id: eye, title: eye}\n- {id: not_needled, title: not needled}")  # fmt: skip
        caution = f"{{kind: {kind}, severity: {severity}, text: Not here., source: book}}"
        edit("points.yaml", "  anatomy:", f"  cautions: [{caution}]\n  anatomy:")
        edit("points.yaml", NEEDLING, f"[{{{needling}, source: book}}]")

    return change


@pytest.mark.parametrize(
    ("needling", "faults"),
    [
        ("technique: not_needled", []),
        ("technique: moxibustion", []),
        ("technique: not_needled, depth: [0.5, 1]",
         ["points.yaml:34:46: GV1: not_needled with a depth (no depth)"]),
        ("technique: oblique",
         [f"points.yaml:34:26: GV1: oblique beside a forbidden caution {OTHER}"]),
    ],
)  # fmt: skip
def test_a_forbidden_point(
    needling: str, faults: list[str], needle: Callable[..., None], problems: Problems
) -> None:
    needle(needling)
    assert problems() == faults


def test_whatever_forbids_it_there_is_no_needle(
    needle: Callable[..., None], problems: Problems
) -> None:
    needle("technique: prick", kind="eye")
    assert problems() == [f"points.yaml:34:26: GV1: prick beside a forbidden caution {OTHER}"]


@pytest.mark.parametrize("severity", ["danger", "avoid", "care"])
def test_a_milder_caution_leaves_the_depth(
    severity: str, needle: Callable[..., None], problems: Problems
) -> None:
    needle("technique: oblique, depth: [0.5, 1]", severity=severity)
    assert problems() == []


def test_moxibustion_has_no_depth(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "technique: oblique", "technique: moxibustion")
    assert problems() == ["points.yaml:33:46: GV1: moxibustion with a depth (no depth)"]


@pytest.mark.parametrize(
    ("kind", "severity"), [("eye", "forbidden"), ("not_needled", "danger")], ids=str
)
def test_not_needled_needs_its_caution(
    kind: str, severity: str, needle: Callable[..., None], problems: Problems
) -> None:
    needle("technique: not_needled", kind, severity)
    assert problems() == [f"points.yaml:34:26: GV1 is not needled, and no caution says so {REASON}"]


def test_not_needled_without_any_caution(edit: Edit, problems: Problems) -> None:
    edit("points.yaml", "technique: oblique, depth: [0.5, 1]", "technique: not_needled")
    assert problems() == [f"points.yaml:33:26: GV1 is not needled, and no caution says so {REASON}"]
