"""Regular expressions that may be slow, or that not everybody reads alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, assert_never

from codegen import ecma
from codegen.diagnostics import Severity
from codegen.ecma import languages
from codegen.ecma.parser import Parser
from codegen.ecma.slow import slow as find_slow
from codegen.ecma.syntax import ECMASyntaxError
from codegen.ir import model as ir
from codegen.linter.context import Context

_ELSEWHERE: Final = (
    (re.compile(r"\[:\^?[a-z]+:\]"), "is no class of characters, but these themselves"),
    (re.compile(r"&&(?=\[)"), "intersects nothing, but matches itself"),
    (
        re.compile(
            r"(?<!\\)\{(?![0-9]+(?:,[0-9]*)?\})(?=[-,;:. ]*[0-9])[-0-9,;:. ]+\}"
        ),
        "repeats nothing, but matches itself",
    ),
)
"""What other languages read otherwise, and what it is here."""

_DELIMITED: Final = re.compile(r"/.*/[a-z]*\Z", re.DOTALL)


def check(context: Context) -> None:
    """Every pattern of the module. Those that no generated code can enforce are not in
    it: reading has said so."""
    for schema in context.schemas:
        for pattern, where, key in _patterns(schema):
            _advise(context, pattern, where, key)
            _possible(context, pattern, where, key)


def _patterns(schema: ir.Schema) -> Iterator[tuple[str, ir.Location, bool]]:
    for assertion in schema.assertions:
        match assertion:
            case ir.Pattern(regex):
                yield regex, schema.location.child("pattern"), False
            case ir.PatternProperties(schemas):
                for regex in schemas:
                    where = schema.location.child("patternProperties", regex)
                    yield regex, where, True
            case ir.MinLength() | ir.MaxLength() | ir.Format():
                pass
            case (
                ir.Properties()
                | ir.AdditionalProperties()
                | ir.PropertyNames()
                | ir.Required()
                | ir.MinProperties()
                | ir.MaxProperties()
                | ir.DependentRequired()
                | ir.DependentSchemas()
                | ir.UnevaluatedProperties()
            ):
                pass
            case ir.OnAnyValue() | ir.OnNumbers() | ir.OnArrays() | ir.InPlace():
                pass
            case _:
                assert_never(assertion)


def _advise(context: Context, pattern: str, where: ir.Location, key: bool) -> None:
    loop = find_slow(pattern)
    if loop is not None:
        message = f"the pattern {_short(pattern)} may take very long: the repeat at "
        message += f"offset {loop} can split one text in many ways"
        if ecma.way(pattern) is ecma.Way.SHORT:
            message += "; it refers to groups or is too large, so generated code holds "
            message += "no text against it that has more than "
            message += f"{ecma.bearable(pattern)} characters"
        context.add("slow-pattern", message, where, key=key)
    try:
        Parser(pattern, unicode=True).parse()
    except ECMASyntaxError as error:
        message = f"the pattern {_short(pattern)} is none under the flag `u`: {error}"
        letter = re.search(r"invalid escape \\([A-Za-z])$", error.message)
        severity = None
        if letter is not None:
            message += f"; it matches the letter {letter[1]}"
            severity = Severity.WARNING
        for elsewhere, meaning in _ELSEWHERE:
            found = elsewhere.search(pattern)
            if found is not None:
                message += f"; `{found.group()}` {meaning}"
                severity = Severity.WARNING
        if error.message.startswith("invalid group '(?") and "(?" in pattern:
            message += "; flags inside of it are read as in other languages"
        context.add("loose-pattern", message, where, key=key, severity=severity)


def _possible(context: Context, pattern: str, where: ir.Location, key: bool) -> None:
    if languages.ask(languages.Question((pattern,))) is not languages.PROVED:
        return
    message = f"no text matches the pattern {_short(pattern)}"
    if _DELIMITED.match(pattern):
        message += "; the slashes around it are characters like others"
    context.add("impossible-pattern", message, where, key=key)


def _short(pattern: str) -> str:
    text = pattern if len(pattern) <= 60 else pattern[:57] + "..."
    return f"`{text}`" if text.isprintable() else repr(text)
