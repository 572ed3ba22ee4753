"""From YAML files to records: all faults at once, each with file, line and column."""

from __future__ import annotations

import contextlib
import re
import types
import typing
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from atlas.catalog.complaint import suggestion
from atlas.catalog.yaml_source import NodePath, YamlFile
from atlas.problems import DataError, Problem

T = TypeVar("T")

_EXPECTED = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`")
_BOUND = re.compile(r"Expected `(?:int|float)` (<=|>=|<|>) (\S+)")
_LENGTH = re.compile(r"Expected `(str|array)` of length (>= )?(\d+)")
_FORM = "Expected `str` matching regex"
_BOUNDS = {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than"}
_TYPE_NAMES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


def convert_file(source: YamlFile, model: type[T]) -> T:
    """The content of a file as its record type.

    Raises `DataError` with every fault found: one for each faulty field of each record.
    """
    try:
        return msgspec.convert(source.value, model)
    except msgspec.ValidationError:
        problems = list(_faults(source, source.value, model, ()))
        raise DataError(problems) from None


def readable(source: YamlFile, field: str, model: type[T]) -> list[T]:
    """The records of a list in a file that have no faults of their own."""
    rows = source.value.get(field) if isinstance(source.value, dict) else None
    found = []
    for row in rows if isinstance(rows, list) else []:
        with contextlib.suppress(msgspec.ValidationError):
            found.append(msgspec.convert(row, model))
    return found


def _faults(source: YamlFile, value: Any, kind: Any, path: NodePath) -> list[Problem]:
    """Faults of a value: those of its parts, else what is wrong with it as a whole."""
    if found := list(_faults_of_parts(source, value, kind, path)):
        return found
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        choices = [word for option in _options(kind) for word in _literals(option)]
        if choices and isinstance(value, str | int | float):
            message = f"no {_singular(path)} {_short(value)}"
            return [source.problem(path, message, suggestion(str(value), choices))]
        return [_explain(source, value, kind, path, str(error))]
    return []


def _faults_of_parts(source: YamlFile, value: Any, kind: Any, path: NodePath) -> Iterator[Problem]:
    for option in map(_plain, _options(kind)):
        origin, inner = typing.get_origin(option), typing.get_args(option)
        if isinstance(value, list) and origin is list:
            for i, item in enumerate(value):
                yield from _faults(source, item, inner[0], (*path, i))
        elif isinstance(value, list) and origin is tuple and len(value) == len(inner):
            for i, item in enumerate(value):
                yield from _faults(source, item, inner[i], (*path, i))
        elif isinstance(value, dict) and origin is dict:
            for key, item in value.items():
                yield from _faults(source, key, inner[0], path)
                yield from _faults(source, item, inner[1], (*path, key))
        elif isinstance(value, dict) and _is_record(option):
            yield from _record_faults(source, value, option, path)


def _options(kind: Any) -> tuple[Any, ...]:
    """What a union is made of; any other type alone."""
    union = typing.get_origin(kind) in (types.UnionType, typing.Union)
    return typing.get_args(kind) if union else (kind,)


def _plain(kind: Any) -> Any:
    """A type without the constraints that `Annotated` adds."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is typing.Annotated else kind


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _literals(kind: Any) -> tuple[str, ...]:
    return typing.get_args(kind) if typing.get_origin(kind) is typing.Literal else ()


def _record_faults(
    source: YamlFile, value: dict[str, Any], record: type, path: NodePath
) -> list[Problem]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(record)}
    problems = [
        source.problem((*path, name), f"unknown field {name}", suggestion(name, fields))
        for name in value.keys() - fields.keys()
    ]
    for name, field in fields.items():
        if name in value:
            problems += _faults(source, value[name], field.type, (*path, name))
        elif field.required:
            problems.append(source.problem(path, f"{name} is missing", f"a field {name}"))
    return problems


def _explain(source: YamlFile, value: Any, kind: Any, path: NodePath, message: str) -> Problem:
    """A message of msgspec in the words of this program, at the value that it is about."""
    text, _, where = message.partition(" - at ")
    full = (*path, *_steps(where))
    name = ".".join(str(step) for step in full if isinstance(step, str)) or "the file"
    if match := _MISSING.match(text):
        return source.problem(full, f"{match[1]} is missing", f"a field {match[1]}")
    if match := _UNKNOWN.match(text):
        return source.problem((*full, match[1]), f"unknown field {match[1]}", "a known field")
    if not full and source.value is None:
        return source.problem((), "the file is empty", "a mapping")
    fault, expected = _out_of_bounds(value, text) or _another_type(text)
    return source.problem(full, f"{name} {fault}", _description(kind) or expected)


def _out_of_bounds(value: Any, text: str) -> tuple[str, str] | None:
    """What is wrong with a value of the right type, and what was expected."""
    if match := _BOUND.match(text):
        size = "much" if match[1] in ("<=", "<") else "little"
        return f"{value:g} is too {size}", f"{_BOUNDS[match[1]]} {float(match[2]):g}"
    if match := _LENGTH.match(text):
        if not value:
            return "is empty", "text" if match[1] == "str" else f"at least {match[3]}"
        least = "at least " if match[2] else ""
        return f"is a list of {len(value)}", f"a list of {least}{match[3]}"
    if text.startswith(_FORM):
        return f"{_short(value)} is not acceptable", ""
    return None


def _another_type(text: str) -> tuple[str, str]:
    match = _EXPECTED.match(text)
    if match is None:
        return f"is not acceptable: {text[0].lower()}{text[1:]}", ""
    wanted = " or ".join(_TYPE_NAMES.get(name, name) for name in match[1].split(" | "))
    return f"is {_TYPE_NAMES.get(match[2], match[2])}", wanted


def _description(kind: Any) -> str:
    """What the type says to authors of data, if it says something."""
    told = (getattr(option, "__metadata__", ()) for option in _options(kind))
    return next((m.description for metas in told for m in metas if m.description), "")


def _singular(path: NodePath) -> str:
    """What a value is called: by its field, or one of a list by the name of the list."""
    name = next((step for step in reversed(path) if isinstance(step, str)), "value")
    return name if name == path[-1] else name.removesuffix("s")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]} ..."


def _steps(where: str) -> NodePath:
    """`$.points[3].code` as ("points", 3, "code"); wildcards end the path."""
    steps: list[str | int] = []
    for name, number in re.findall(r"\.([^.\[\]`]+)|\[([^\]]*)\]", where):
        if number and not number.isdigit():
            break
        steps.append(int(number) if number else name)
    return tuple(steps)
