"""One file of a specification: its values, and the place of each on demand."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from codegen import digests
from codegen.diagnostics import Report, Span
from codegen.source import ahead, json_text, pointer, strangers, yaml_text
from codegen.source.node import Json, Node, Parsed, Problem


class Document:
    """A file that was read, as plain JSON values.

    `name` identifies it within its workspace. It is a path relative to the
    specification's folder, so it depends on nothing but the specification. `path` is
    what people are shown. `data` is None if the text could not be read, or after the
    values were given up.
    """

    def __init__(self, name: str, path: str, content: bytes) -> None:
        self.name = name
        self.path = path
        self.digest = digests.of_text(content)
        self.text, problem = _decode(content)
        self._parsed = (
            Parsed(readable=False)
            if problem
            else _parse(path or name, self.text, content)
        )
        if problem is not None:
            self._parsed.problems.append(problem)
        self.data: Json = self._parsed.data
        self._replaced = False
        self._given_up = False
        self.grafts: list[tuple[int, Document]] = []
        """The overlays whose values have been merged in, each with the number of its
        first line among the positions of this document: it counts on from here."""

    @property
    def readable(self) -> bool:
        """Whether the text could be read."""
        return self._parsed.readable

    def report(self, report: Report, *, vendors: bool = True) -> None:
        """Report the problems of the text itself. `vendors` tells whether somebody else
        may have written it, who would have to be asked what is meant."""
        for problem in self._problems():
            span = Span(self.path, problem.line + 1, problem.column + 1)
            source = self.line(problem.line + 1)
            message = problem.message
            if problem.code == "duplicate-key":
                message += _TWICE if vendors else "; take one of them out"
            report.add(problem.code, message, span, source=source)

    def _problems(self) -> list[Problem]:
        """The problems of the text. Where it is no specification at all, that is the
        only one."""
        if self.readable:
            return self._parsed.problems
        if told := strangers.told(self.text):
            return [Problem("syntax", told, 0, 0)]
        line = strangers.conflict(self.text)
        if line is not None:
            return [
                Problem("syntax", "a merge conflict that is to be resolved", line, 0)
            ]
        return self._parsed.problems

    def graft(self, overlay: Document) -> int:
        """Have positions of an overlay among those of this document. Returns the number
        of its first line there."""
        last, before = self.grafts[-1] if self.grafts else (0, self)
        first = last + len(before._lines)
        self.grafts.append((first, overlay))
        return first

    def replace(self, data: Json, root: Node | None) -> None:
        """Replace the values and their positions, as an overlay does."""
        self.data = data
        self.root = root
        self._replaced = True

    def let_go(self) -> None:
        """Give up the values. If a place is asked for later, the text is read again.
        Values take ten times as much memory as the text."""
        if self._replaced or not self.readable:
            return
        self.data = None
        self._parsed = Parsed(problems=self._parsed.problems)
        self._given_up = True
        for found in ("root", "_lines"):
            self.__dict__.pop(found, None)

    @cached_property
    def root(self) -> Node | None:
        """The tree of positions. For JSON it is made when it is first asked for."""
        parsed = self._parsed
        if self._given_up:
            parsed = _parse(self.path or self.name, self.text)
        if parsed.node is None and self.readable:
            return json_text.positions(self.text)
        return parsed.node

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty where there is none."""
        if 1 <= number <= len(self._lines):
            return self._lines[number - 1].rstrip("\r")
        return ""

    def source(self, span: Span) -> str:
        """The text of the line at which a value stands, here or in an overlay."""
        for _, document in ((0, self), *self.grafts):
            if document.path == span.file:
                return document.line(span.line)
        return ""

    def span(self, where: str, *, key: bool = False) -> Span:
        """Where the value at a JSON Pointer starts or, with `key`, where its key does:
        here, or in the overlay that it comes from. For a pointer that leads nowhere, it
        is the place of the nearest ancestor."""
        node = self.root
        if node is None:
            return Span(self.path, 1, 1)
        members: Any
        line, column, members = node
        for token in pointer.tokens(where):
            if isinstance(members, Mapping) and token in members:
                key_line, key_column, (line, column, members) = members[token]
                if key:
                    line, column = key_line, key_column
            elif isinstance(members, list) and token.isdecimal():
                if int(token) >= len(members):
                    break
                line, column, members = members[int(token)]
            else:
                break
        for first, overlay in reversed(self.grafts):
            if line >= first:
                return Span(overlay.path, line - first + 1, column + 1)
        return Span(self.path, line + 1, column + 1)


_TWICE: Final = (
    "; which of the two is meant cannot be told, so that neither `--lenient` nor "
    "`--overlay` helps: take one out of a copy of the file"
)


def _decode(content: bytes) -> tuple[str, Problem | None]:
    """Text from UTF-8, or UTF-16 where a byte order mark says so."""
    encoding = "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    unmarked = _unmarked(content)
    if unmarked:
        text = content.decode(unmarked, errors="replace")
        return text, Problem("syntax", _UNMARKED, 0, 0)
    try:
        return content.decode(encoding), None
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n")
        column = error.start - (before.rfind(b"\n") + 1)
        message = f"the bytes are not {encoding.removesuffix('-sig').upper()}"
        text = content.decode(encoding, errors="replace")
        return text, Problem("syntax", message, line, column)


_UNMARKED: Final = (
    "the bytes are UTF-16 without a byte order mark; save the file as UTF-8"
)


def _unmarked(content: bytes) -> str:
    """The form of UTF-16 that a text is in without a byte order mark, which is told by
    its first two characters, as RFC 4627 does; empty if it is in none."""
    match [byte != 0 for byte in content[:4]]:
        case [True, False, True, False]:
            return "utf-16-le"
        case [False, True, False, True]:
            return "utf-16-be"
        case _:
            return ""


def _parse(name: str, text: str, content: bytes | None = None) -> Parsed:
    """Parse a text by its first character. JSON is YAML, but for tabs, so JSON is tried
    first if the text starts like it, whatever the file is called. What is wrong with
    the text is told in the words of the language that the file is named after. Another
    process may have begun with the same `content`."""
    named = name.endswith(".json")
    if text.lstrip()[:1] in ("{", "["):
        parsed = json_text.read(text)
        if named or parsed.readable:
            return parsed
    if not named:
        return yaml_text.read(text) if content is None else ahead.parsed(content, text)
    parsed = yaml_text.read(text)
    return parsed if isinstance(parsed.data, dict) else json_text.read(text)
