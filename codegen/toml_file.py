"""TOML files of the user's, read and checked against a JSON Schema: every problem with
its place."""

from __future__ import annotations

import re
import tomllib
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from codegen import nearby
from codegen.diagnostics import Report, Span
from codegen.toml_places import Places

TYPE_CHECKING = False
if TYPE_CHECKING:
    import jsonschema

_POSITION: Final = re.compile(r"^(.*) \(at line (\d+), column (\d+)\)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Toml:
    """A text and the table that it is."""

    text: str
    table: dict[str, Any]


def read(content: bytes, shown: str, report: Report) -> Toml | None:
    """The content of a file, without a byte order mark; None, with the reason reported,
    if it is no TOML."""
    content = content.removeprefix(BOM_UTF8)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        lines = content[: error.start].decode().split("\n")
        span = Span(shown, len(lines), len(lines[-1]) + 1)
        report.add("syntax", "the bytes are not UTF-8", span)
        return None
    try:
        return Toml(text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        _report_syntax(str(error), text, shown, report)
    except RecursionError:
        report.add("syntax", "nested too deeply", Span(shown))
    return None


def _report_syntax(message: str, text: str, shown: str, report: Report) -> None:
    position = _POSITION.match(message)
    if position is None:  # At the end, which has no number.
        what = message.removesuffix(" (at end of document)")
        lines = text.split("\n")
        report.add("syntax", what, Span(shown, len(lines), len(lines[-1]) + 1))
    else:
        what, line, column = position.groups()
        report.add("syntax", what, Span(shown, int(line), int(column)))


def _nothing_more(path: tuple[str | int, ...], given: Any) -> str:
    return ""


def check(
    value: Mapping[str, Any],
    schema: dict[str, Any],
    places: Places,
    report: Report,
    better: Callable[[tuple[str | int, ...], Any], str] = _nothing_more,
) -> None:
    """Report where a table is not as its schema has it. `better` may know what to say
    of a value at a path."""
    if _is_valid(value, schema):
        return
    import jsonschema  # It takes as long to import as a small specification to read.

    for problem in jsonschema.Draft202012Validator(schema).iter_errors(value):
        _report_problem(problem, places, report, better)


def _is_valid(value: Mapping[str, Any], schema: dict[str, Any]) -> bool:
    """Whether a table is as its schema has it, which most are. A table with dates is
    none that JSON Schema could judge, and is looked at as one with problems."""
    import jsonschema_rs

    try:
        return jsonschema_rs.Draft202012Validator(schema).is_valid(value)
    except (TypeError, ValueError):
        return False


def _report_problem(
    problem: jsonschema.ValidationError,
    places: Places,
    report: Report,
    better: Callable[[tuple[str | int, ...], Any], str],
) -> None:
    path = tuple(problem.absolute_path)
    if problem.validator == "additionalProperties":
        schema: Any = problem.schema
        known = schema["properties"]
        instance: Any = problem.instance
        patterns = schema.get("patternProperties", ())
        listed = ", ".join((*known, *(f"all with `{p}`" for p in patterns)))
        for name in instance:
            if name not in known and not any(re.search(p, name) for p in patterns):
                near = nearby.question(name, known)
                message = f"unknown key {name!r}{near}; known are {listed}"
                span = places.find((*path, name))
                report.add("config", message, span, source=places.line(span))
        return
    span = places.find(path)
    where = ".".join(part for part in path if isinstance(part, str))
    said = better(path, problem.instance) or problem.message
    message = f"{where}: {said}" if where else said
    report.add("config", message, span, source=places.line(span))
