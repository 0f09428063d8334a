"""YAML 1.2 with the core schema, read from the event stream of PyYAML.

PyYAML's own composer recurses in C without a limit and crashes the process on a
deeply nested text; its resolver follows YAML 1.1, where `on`, `1:30` and dates
are not strings. Here one loop turns events into values and positions.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from codegen.source import numbers
from codegen.source.limits import MAX_ALIASED, MAX_DEPTH, MAX_NODES, MAX_REPEATS
from codegen.source.node import Json, Node, Parsed, Problem, Unreadable

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WORDS: Final[dict[str, Json]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER: Final = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL: Final = re.compile(r"0o[0-7]+\Z")
_HEX: Final = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")
_TAG: Final = "tag:yaml.org,2002:"
_TOO_DEEP: Final = "exceeded maximum nesting depth"
"""What libyaml says at a bound of its own, beyond `MAX_DEPTH`. It meets it in looking
ahead for the end of a key, before there is an event of any of the levels."""

_NO_TOKEN: Final = "found character that cannot start any token"


def read(text: str) -> Parsed:
    """Read one YAML document; every problem found is in the result."""
    builder = _Builder()
    enabled = gc.isenabled()
    # Hundreds of thousands of containers are made and none is garbage.
    gc.disable()
    try:
        builder.run(text)
    except Unreadable as unreadable:
        return _failed(builder, unreadable.problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and error.problem == _TOO_DEEP:
            # What stands before the place is within the parser's bound and past
            # ours, so it gives the first place that is too deep.
            return read(text[: mark.index])
        message = " ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line, mark.column) if mark else (0, 0)
        if error.problem == _NO_TOKEN:
            message = _no_token(text, line, column)
        return _failed(builder, Problem("syntax", message, line, column))
    except yaml.reader.ReaderError as error:
        line, column = _control_character(text)
        return _failed(builder, Problem("syntax", error.reason, line, column))
    finally:
        if enabled:
            gc.enable()
    return builder.parsed


def _no_token(text: str, line: int, column: int) -> str:
    """What is said of a character with which nothing may begin."""
    lines = text.splitlines()
    char = lines[line][column : column + 1] if line < len(lines) else ""
    if char == "\t":
        return "a tab, with which YAML does not indent; it takes spaces"
    return f"a text that begins with {char} is put in quotes in YAML"


def _failed(builder: _Builder, problem: Problem) -> Parsed:
    return Parsed(None, None, [*builder.parsed.problems, problem], readable=False)


def _control_character(text: str) -> tuple[int, int]:
    """Where the first character stands that YAML does not allow."""
    found = re.search(
        "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text
    )
    before = text[: found.start()] if found else ""
    return before.count("\n"), len(before) - (before.rfind("\n") + 1)


class _Open:
    """A collection whose end has not been seen yet."""

    __slots__ = (
        "anchor",
        "height",
        "key",
        "key_mark",
        "members",
        "merges",
        "node",
        "size",
        "value",
    )

    def __init__(self, value: Json, node: Node, anchor: str | None) -> None:
        self.value = value
        self.node = node
        self.members: Any = node[2]
        self.anchor = anchor
        self.size = 1
        self.height = 1
        self.key: str | None = None
        self.key_mark: Any = None
        self.merges: list[tuple[Json, Node]] = []


class _Builder:
    """Turns events into values; one instance for each text."""

    def __init__(self) -> None:
        self.parsed = Parsed(None, (0, 0, None))  # An empty text is null.
        self.stack: list[_Open] = []
        self.written = 0
        self.aliased = 0
        self.anchors: dict[str, tuple[Json, Node, int, int]] = {}
        self.total = 0
        self.done = False

    def run(self, text: str) -> None:
        """Consume the whole stream; a second document is an error."""
        handlers = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.mapping,
            yaml.SequenceStartEvent: self.sequence,
            yaml.MappingEndEvent: self.end,
            yaml.SequenceEndEvent: self.end,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }
        for event in _events(text):
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)

    def document(self, event: Any) -> None:
        if self.done:
            mark = event.start_mark
            message = "a second YAML document; one file holds one document"
            raise Unreadable("syntax", message, mark.line, mark.column)
        self.done = True

    def scalar(self, event: Any) -> None:
        mark = event.start_mark
        top = self.stack[-1] if self.stack else None
        plain = event.implicit[0] and event.tag is None
        if top is not None and top.key is None and type(top.value) is dict:
            self._key(top, event.value, mark)
            if plain and event.value == "<<":
                top.key_mark = None  # `place` takes this for a merge
            if event.anchor:
                node = (mark.line, mark.column, None)
                self.anchors[event.anchor] = (event.value, node, 1, 0)
            return
        try:
            value = resolve(event.value, plain, event.tag)
        except ValueError as error:
            self._problem("syntax", str(error), mark)
            value = event.value
        self.written += 1
        self.place(value, (mark.line, mark.column, None), event.anchor, 1, 0)

    def mapping(self, event: Any) -> None:
        self._open({}, {}, event)

    def sequence(self, event: Any) -> None:
        self._open([], [], event)

    def _open(self, value: Json, members: Any, event: Any) -> None:
        mark = event.start_mark
        top = self.stack[-1] if self.stack else None
        if top is not None and type(top.value) is dict and top.key is None:
            message = "a mapping or sequence as a key, which JSON does not have"
            raise Unreadable("syntax", message, mark.line, mark.column)
        if len(self.stack) >= MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            raise Unreadable("too-large", message, mark.line, mark.column)
        self.written += 1
        node = (mark.line, mark.column, members)
        self.stack.append(_Open(value, node, event.anchor))

    def end(self, event: Any) -> None:
        top = self.stack.pop()
        if top.merges:
            self._merge(top)
        self.place(top.value, top.node, top.anchor, top.size, top.height)

    def alias(self, event: Any) -> None:
        mark = event.start_mark
        found = self.anchors.get(event.anchor)
        if found is None:
            message = f"there is no anchor &{event.anchor} before its alias"
            if any(inner.anchor == event.anchor for inner in self.stack):
                message = f"the alias *{event.anchor} stands inside of its own anchor"
            raise Unreadable("syntax", message, mark.line, mark.column)
        value, node, size, height = found
        top = self.stack[-1] if self.stack else None
        if top is not None and type(top.value) is dict and top.key is None:
            if not isinstance(value, str):
                message = "an alias as a key must stand for a string"
                raise Unreadable("syntax", message, mark.line, mark.column)
            self._key(top, value, mark)
            return
        if len(self.stack) + height > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            raise Unreadable("too-large", message, mark.line, mark.column)
        self._bound(size, mark)
        self.place(value, node, None, size, height)

    def _bound(self, size: int, mark: Any) -> None:
        """Refuse an alias that makes of what is written many times as much."""
        self.written += 1
        self.aliased += size
        most = min(max(MAX_ALIASED, self.written * MAX_REPEATS), MAX_NODES)
        if self.aliased > most:
            message = f"more than {most} values after its aliases are expanded, of "
            message += f"{self.written} that are written up to here"
            raise Unreadable("too-large", message, mark.line, mark.column)

    def _key(self, top: _Open, key: str, mark: Any) -> None:
        top.key = key
        top.key_mark = mark

    def place(
        self, value: Json, node: Node, anchor: str | None, size: int, height: int
    ) -> None:
        """Put a finished value where the stream stands.

        `size` counts the values in it with aliases expanded, `height` its levels.
        """
        if anchor:
            self.anchors[anchor] = (value, node, size, height)
        if not self.stack:
            self.parsed.data, self.parsed.node = value, node
            return
        top = self.stack[-1]
        top.size += size
        top.height = max(top.height, height + 1)
        if top.size > MAX_NODES:
            message = f"more than {MAX_NODES} values after its aliases are expanded"
            raise Unreadable("too-large", message, node[0], node[1])
        members = top.members
        if type(top.value) is list:
            top.value.append(value)
            members.append(node)
            return
        key, mark = top.key, top.key_mark
        assert key is not None
        top.key = None
        if mark is None:
            top.merges.append((value, node))
        elif key in top.value:
            line = members[key][0] + 1
            message = f"the key {key!r} was already given in line {line}"
            self._problem("duplicate-key", message, mark)
        else:
            top.value[key] = value
            members[key] = (mark.line, mark.column, node)

    def _merge(self, top: _Open) -> None:
        """Apply `<<`: keys of the mapping itself win, then the earlier source."""
        members = top.members
        found: Any
        for merged, node in top.merges:
            sources = [(merged, node)]
            if type(merged) is list:
                inner: Any = node[2]
                sources = list(zip(merged, inner, strict=True))
            for value, (line, column, found) in sources:
                if type(value) is not dict:
                    message = "`<<` takes a mapping or a sequence of mappings"
                    self.parsed.problems.append(
                        Problem("syntax", message, line, column)
                    )
                    continue
                for key in value:
                    if key not in top.value:
                        top.value[key] = value[key]
                        members[key] = found[key]

    def _problem(self, code: str, message: str, mark: Any) -> None:
        self.parsed.problems.append(Problem(code, message, mark.line, mark.column))


def _events(text: str) -> Iterator[Any]:
    """The events of a text. As `yaml.parse` has them, without its two further calls for
    each: there is none behind the last."""
    loader = _LOADER(text)
    return iter(loader.get_event, None)


def resolve(text: str, plain: bool, tag: str | None) -> Json:
    """The value of a scalar by the core schema of YAML 1.2.

    `plain` tells that it stands without quotes and without a tag. Raises
    ValueError where a tag does not fit, or JSON has no such number.
    """
    if plain:
        return _plain(text)
    if tag is None or tag == "!" or tag == _TAG + "str":
        return text
    value = _plain(text)
    kind = tag.removeprefix(_TAG)
    kinds: dict[str, tuple[type, ...]] = {
        "int": (int,),
        "float": (float, int),
        "bool": (bool,),
        "null": (type(None),),
    }
    if kind not in kinds:
        return text
    if isinstance(value, kinds[kind]):
        return value
    raise ValueError(f"{text!r} is not a {kind}")


def _plain(text: str) -> Json:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.match(text):
        return numbers.integer(text)
    if _FLOAT.match(text):
        return numbers.real(text)
    if _OCTAL.match(text):
        return numbers.integer(text[2:], 8)
    if _HEX.match(text):
        return numbers.integer(text[2:], 16)
    if _NOT_FINITE.match(text):
        raise ValueError(
            f"{text} is not a number that JSON has: write a finite one, or leave it out"
        )
    return text
