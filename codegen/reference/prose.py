"""Descriptions of a specification as blocks of text.

They are mostly Markdown. Paragraphs, points, code and emphasis are read; whatever else
stands there stays as it is. Nothing of it becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from codegen.reference.views import Block, Span
from codegen.text import as_read

_CODE: Final = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_POINT: Final = re.compile(r"\s{0,6}(?:[-*+]|\d{1,3}[.)])\s+")
_FENCE: Final = re.compile(r"\s{0,3}(```+|~~~+)")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+")
_LINK: Final = re.compile(r"\[([^\[\]]{1,200})\]\(([^()\s]{1,500})\)")
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
_MOST: Final = 20_000
"""Characters of a description that are shown."""


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text."""
    text = as_read(text)
    text = text[:_MOST] + ("…" if len(text) > _MOST else "")
    return tuple(_blocks(text.replace("\r\n", "\n").split("\n")))


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    paragraph: list[str] = []
    points: list[str] = []
    code: list[str] | None = None
    for line in [*lines, ""]:
        if code is not None:
            if _FENCE.match(line):
                yield Block((), code="\n".join(code))
                code = None
            else:
                code.append(line)
        elif _FENCE.match(line):
            yield from _flushed(paragraph, points)
            code = []
        elif not line.strip():
            yield from _flushed(paragraph, points)
        elif _POINT.match(line):
            if paragraph:
                yield from _flushed(paragraph, points)
            points.append(_POINT.sub("", line, count=1))
        elif points:
            points[-1] += " " + line.strip()
        else:
            paragraph.append(_HEADING.sub("", line).strip())
    if code:
        yield Block((), code="\n".join(code))
    yield from _flushed(paragraph, points)


def _flushed(paragraph: list[str], points: list[str]) -> Iterator[Block]:
    """What has been gathered, as blocks; then nothing is left of it."""
    if paragraph:
        yield Block((spans(" ".join(paragraph)),))
    if points:
        yield Block(tuple(map(spans, points)), points=True)
    paragraph.clear()
    points.clear()


def spans(text: str) -> tuple[Span, ...]:
    """A line of text, with what is code set apart."""
    found: list[Span] = []
    end = 0
    for code in _CODE.finditer(text):
        found.append(Span(_plain(text[end : code.start()])))
        found.append(Span(code[2].strip(), code=True))
        end = code.end()
    found.append(Span(_plain(text[end:])))
    return tuple(span for span in found if span.text)


def _plain(text: str) -> str:
    """Text without the signs of emphasis; of a link, its words and where it leads."""
    return _STRONG.sub(r"\2", _LINK.sub(r"\1 (\2)", text))
