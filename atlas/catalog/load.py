"""From YAML files to records: all faults at once, each with file, line and column."""

from __future__ import annotations

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

_EXPECTED = re.compile(r"Expected `([^`]*)`(?:, got `([^`]*)`)?")
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`")
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


def _faults(source: YamlFile, value: Any, kind: Any, path: NodePath) -> list[Problem]:
    """Faults of a value: those of its parts, else what is wrong with it as a whole."""
    if found := list(_faults_of_parts(source, value, _plain(kind), path)):
        return found
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        return [_explain(source, path, str(error))]
    return []


def _faults_of_parts(source: YamlFile, value: Any, kind: Any, path: NodePath) -> Iterator[Problem]:
    if isinstance(kind, types.UnionType) and isinstance(value, list):
        options = typing.get_args(kind)
        kind = next((o for o in options if typing.get_origin(o) is list), kind)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(value, list) and origin is list:
        for i, item in enumerate(value):
            yield from _faults(source, item, inner[0], (*path, i))
    elif isinstance(value, dict) and origin is dict:
        for key, item in value.items():
            yield from _faults(source, item, inner[1], (*path, key))
    elif isinstance(value, dict) and (record := _record_type(kind)) is not None:
        yield from _record_faults(source, value, record, path)


def _plain(kind: Any) -> Any:
    """A type without the constraints that `Annotated` adds."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is typing.Annotated else kind


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


def _record_type(kind: Any) -> type | None:
    """The struct type that a mapping of this type is read as, if there is just one."""
    options = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    structs = [t for t in options if isinstance(t, type) and issubclass(t, msgspec.Struct)]
    return structs[0] if len(structs) == 1 else None


def _explain(source: YamlFile, path: NodePath, message: str) -> Problem:
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
    if match := _EXPECTED.match(text):
        wanted = " or ".join(_TYPE_NAMES.get(t, t) for t in match[1].split(" | "))
        wanted += text[match.end() :]  # a bound or a pattern
        got = f" is {_TYPE_NAMES.get(match[2], match[2])}" if match[2] else " is not acceptable"
        return source.problem(full, name + got, wanted)
    return source.problem(full, f"{name}: {text[0].lower()}{text[1:]}")


def _steps(where: str) -> NodePath:
    """`$.points[3].code` as ("points", 3, "code"); wildcards end the path."""
    steps: list[str | int] = []
    for name, number in re.findall(r"\.([^.\[\]`]+)|\[([^\]]*)\]", where):
        if number and not number.isdigit():
            break
        steps.append(int(number) if number else name)
    return tuple(steps)
