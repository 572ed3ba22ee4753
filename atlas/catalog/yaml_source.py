"""Reading YAML strictly: plain values, with the line and column of every one on demand.

PyYAML's C parser delivers events and this module builds the values from them, because the
usual loaders take duplicate keys silently, turn `no` and `on` into booleans, expand aliases
without a bound and overflow the stack on deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from atlas.problems import DataError, Problem

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 24
NodePath = tuple[str | int, ...]

_BOOLEAN_TRAP = frozenset({"y", "yes", "n", "no", "on", "off"})
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?\Z", re.IGNORECASE)


class YamlFile:
    """One YAML file in memory: its value, and where each part of it stands.

    Raises `DataError` where the text is no YAML that the atlas accepts.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self._marks: dict[NodePath, tuple[int, int]] | None = None
        if len(content) > MAX_BYTES:
            raise DataError(
                [Problem(name, 1, 1, "the file is too large", f"at most {MAX_BYTES >> 20} MiB")]
            )
        try:
            self._text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise DataError([Problem(name, line, 1, "not UTF-8 text", "UTF-8")]) from None
        self.value = _Builder(self).build()

    def events(self) -> Iterator[Any]:
        """The events of the C parser."""
        try:
            yield from yaml.parse(self._text, yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            what = error.problem or error.context or "not valid"
            raise DataError([Problem(self.name, line, column, f"not YAML: {what}")]) from None
        except yaml.YAMLError as error:
            raise DataError([Problem(self.name, 1, 1, f"not YAML: {error}")]) from None

    def mark(self, path: NodePath) -> tuple[int, int]:
        """Line and column (from 1) of the value at a path, or of its nearest parent."""
        if self._marks is None:
            self._marks = _Builder(self, record_marks=True).marks()
        while path and path not in self._marks:
            path = path[:-1]
        return self._marks.get(path, (1, 1))

    def problem(self, path: Sequence[str | int], message: str, expected: str = "") -> Problem:
        """A problem at the place of a value in this file."""
        line, column = self.mark(tuple(path))
        return Problem(self.name, line, column, message, expected)


class _Builder:
    """Builds plain values from parser events, refusing what the atlas does not accept."""

    def __init__(self, source: YamlFile, *, record_marks: bool = False) -> None:
        self._source = source
        self._record = record_marks
        self._marks: dict[NodePath, tuple[int, int]] = {}
        self._problems: list[Problem] = []
        self._documents = 0

    def marks(self) -> dict[NodePath, tuple[int, int]]:
        """Line and column of each value by its path."""
        self.build()
        return self._marks

    def build(self) -> Any:
        """The value of the only document."""
        # A stack entry is [container, pending key or None, path]; no recursion, so that
        # nesting in a hostile file can't exhaust the C stack.
        stack: list[list[Any]] = []
        root: Any = None
        for event in self._source.events():
            kind = type(event)
            if kind is yaml.ScalarEvent:
                value = self._scalar(event)
                if stack:
                    self._add(stack, value, event)
                else:
                    root = value
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                container = self._open(stack, event)
                root = container if len(stack) == 1 else root
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
            else:
                self._refuse(event)
        if self._problems:
            raise DataError(self._problems)
        return root

    def _open(self, stack: list[list[Any]], event: Any) -> Any:
        """Begin a mapping or list."""
        container: Any = {} if type(event) is yaml.MappingStartEvent else []
        self._anchor(event)
        path = self._add(stack, container, event) if stack else ()
        stack.append([container, None, path])
        if len(stack) > MAX_DEPTH:
            self._stop(event, "nested too deeply", f"at most {MAX_DEPTH} levels")
        return container

    def _refuse(self, event: Any) -> None:
        """Stop at what the atlas does not accept."""
        if type(event) is yaml.AliasEvent:
            self._stop(event, f"an alias *{event.anchor}", "the value written out")
        elif type(event) is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self._stop(event, "a second document", "one document in a file")

    def _add(self, stack: list[list[Any]], value: Any, event: Any) -> NodePath:
        top = stack[-1]
        container, key, path = top
        if type(container) is list:
            container.append(value)
            return self._note((*path, len(container) - 1), event) if self._record else ()
        if key is None:
            if not isinstance(value, str):
                what = "a list or mapping" if isinstance(value, list | dict) else str(value).lower()
                self._stop(event, f"{what} as a key", "a word, in quotes if need be")
            if value in container:
                self._say(event, f"the key {value} stands here twice", "each key once")
            top[1] = value
            return ()
        container[key] = value
        top[1] = None
        return self._note((*path, key), event) if self._record else ()

    def _note(self, path: NodePath, event: Any) -> NodePath:
        mark = event.start_mark
        self._marks[path] = (mark.line + 1, mark.column + 1)
        return path

    def _scalar(self, event: Any) -> Any:
        self._anchor(event)
        text: str = event.value
        if not event.implicit[0]:  # quoted, or a block: always text
            if text.isspace():
                self._say(event, "a text of blanks", "words, or no such field")
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if text.lower() in _BOOLEAN_TRAP:
            self._say(event, f"the bare word {text} means a boolean in YAML 1.1", f'"{text}"')
            return text
        first = text[0]
        if first.isdigit() or first in "+-.":
            if _INTEGER.match(text):
                return int(text) if len(text) < 20 else text
            if _DECIMAL.match(text):
                return float(text)
        return text

    def _anchor(self, event: Any) -> None:
        if event.anchor is not None:
            self._stop(event, f"an anchor &{event.anchor}", "values written out")
        if event.tag is not None and event.tag != "!":
            self._stop(event, f"a tag {event.tag}", "plain values")

    def _say(self, event: Any, message: str, expected: str) -> None:
        mark = event.start_mark
        self._problems.append(
            Problem(self._source.name, mark.line + 1, mark.column + 1, message, expected)
        )

    def _stop(self, event: Any, message: str, expected: str) -> None:
        self._say(event, message, expected)
        raise DataError(self._problems)
