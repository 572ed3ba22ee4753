"""Reading YAML strictly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.catalog import yaml_source
from atlas.catalog.yaml_source import MAX_DEPTH, YamlFile
from atlas.problems import DataError, Problem


def read(text: str | bytes) -> YamlFile:
    return YamlFile("x.yaml", text.encode() if isinstance(text, str) else text)


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(DataError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("word", "word"),
        ("12", 12),
        ("-3", -3),
        ("+3", 3),
        ("0.5", 0.5),
        (".5", 0.5),
        ("-1.", -1.0),
        ("2.5e-1", 0.25),
        ("1.2.3", "1.2.3"),
        ("1e5", "1e5"),
        ("0x10", "0x10"),
        ("2008-01-02", "2008-01-02"),
        ("12345678901234567890", "12345678901234567890"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("True", "True"),
        ('"no"', "no"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("|\n  12\n", "12\n"),
        ("", None),
    ],
)
def test_scalars(text: str, value: Any) -> None:
    found = read(text).value
    assert (found, type(found)) == (value, type(value))


def test_nested_values() -> None:
    text = "a: [1, {b: 2}]\nc:\n- d\n-\n  e: {}\nf:\n"
    assert read(text).value == {"a": [1, {"b": 2}], "c": ["d", {"e": {}}], "f": None}


def test_a_byte_order_mark_is_no_content() -> None:
    assert read(b"\xef\xbb\xbfa: 1").value == {"a": 1}


@pytest.mark.parametrize("word", ["no", "No", "NO", "on", "off", "yes", "y", "N"])
def test_bare_booleans_of_yaml_1_1_are_refused(word: str) -> None:
    expected = f'x.yaml:1:4: the bare word {word} means a boolean in YAML 1.1 ("{word}")'
    assert faults(f"a: {word}") == [expected]


@pytest.mark.parametrize("blank", ['"  "', "' '", '"\\n"', '"\u00a0"'])
def test_a_text_of_blanks(blank: str) -> None:
    assert faults(f"a: {blank}") == ["x.yaml:1:4: a text of blanks (words, or no such field)"]
    assert read('a: ""').value == {"a": ""}


def test_a_key_that_stands_twice() -> None:
    assert faults("a: 1\nb: 2\na: 3") == ["x.yaml:3:1: the key a stands here twice (each key once)"]


@pytest.mark.parametrize("text", ["a: \0", '"a\\nb": 1\n"a\\nb": 2'])
def test_a_problem_is_one_line(text: str) -> None:
    (fault,) = faults(text)
    assert len(fault.splitlines()) == 1


def test_all_faults_that_allow_reading_on_are_told_at_once() -> None:
    assert len(faults("a: no\nb: yes\na: 1")) == 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: &x 1", "x.yaml:1:4: an anchor &x (values written out)"),
        ("a: &x [1]", "x.yaml:1:4: an anchor &x (values written out)"),
        ("a: *x", "x.yaml:1:4: an alias *x (the value written out)"),
        ("a: !!int 1", "x.yaml:1:4: a tag tag:yaml.org,2002:int (plain values)"),
        ("a: !x {b: 1}", "x.yaml:1:4: a tag !x (plain values)"),
        ("a: 1\n---\nb: 2", "x.yaml:2:1: a second document (one document in a file)"),
        ("1: a", "x.yaml:1:1: 1 as a key (a word, in quotes if need be)"),
        ("true: a", "x.yaml:1:1: true as a key (a word, in quotes if need be)"),
        ("[a]: b", "x.yaml:1:1: a list or mapping as a key (a word, in quotes if need be)"),
    ],
)
def test_refused(text: str, fault: str) -> None:
    assert faults(text) == [fault]


def test_broken_yaml_is_told_with_its_place() -> None:
    assert faults("a: 1\nb: [1, 2\n") == ["x.yaml:3:1: not YAML: did not find expected ',' or ']'"]


def test_text_that_is_not_utf_8() -> None:
    assert faults(b"a: 1\nb: \xff") == ["x.yaml:2:1: not UTF-8 text (UTF-8)"]


def test_depth_is_bounded() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).value
    (fault,) = faults("[" * (MAX_DEPTH + 1))
    assert fault == f"x.yaml:1:{MAX_DEPTH + 1}: nested too deeply (at most {MAX_DEPTH} levels)"


def test_size_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_source, "MAX_BYTES", 1 << 20)
    assert read(b"#" * (1 << 20)).value is None
    assert faults(b"#" * ((1 << 20) + 1)) == ["x.yaml:1:1: the file is too large (at most 1 MiB)"]


def test_marks_of_values_and_of_what_is_missing() -> None:
    source = read("a:\n- x: 1\n  w: [2,\n    3]\n")
    assert source.mark(("a", 0, "x")) == (2, 6)
    assert source.mark(("a", 0, "w", 1)) == (4, 5)
    assert source.mark(("a", 0)) == (2, 3)
    assert source.mark(("a", 0, "z")) == (2, 3)
    assert source.mark(("b", 7)) == (1, 1)


def test_a_problem_stands_at_its_value() -> None:
    problem = read("a:\n  b: 1\n").problem(("a", "b"), "is wrong", "2")
    assert str(problem) == "x.yaml:2:6: is wrong (2)"


def _problems(content: bytes) -> list[Problem]:
    """What is wrong with a file; any error but a `DataError` goes through."""
    try:
        read(content)
    except DataError as error:
        return error.problems
    return []


@given(st.text(st.sampled_from("ab1.-: \n\t[]{},&*!?|>'\"#%@~=no\\é"), max_size=40))
def test_nothing_but_data_errors_from_yaml_like_text(text: str) -> None:
    lines = text.count("\n") + 2
    assert all(1 <= problem.line <= lines for problem in _problems(text.encode()))


@given(st.text(max_size=30).map(str.encode) | st.binary(max_size=30))
def test_nothing_but_data_errors_from_anything(content: bytes) -> None:
    assert all(problem.message for problem in _problems(content))
