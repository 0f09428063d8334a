"""What `lint` found, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from codegen import sarif
from codegen.diagnostics import CODES, COMMAND_LINE, Diagnostic, Report, Severity, Span
from codegen.escaping import Commands, command, json_text
from codegen.linter.codes import RULES
from codegen.linter.places import NOWHERE, Place
from codegen.linter.suppressions import Suppressed

FORMATS: Final = ("text", "json", "github", "sarif")


@dataclass(frozen=True, slots=True)
class Linted:
    """The outcome of a run: what is shown, what is not, the place of each problem as
    far as it was asked for, how many specifications there were, and whether all could
    be read."""

    report: Report
    suppressed: tuple[Suppressed, ...]
    places: Mapping[Span, Place]
    specifications: int
    readable: bool


def render(
    linted: Linted, form: str, located: Callable[[Span], Span], version: str
) -> str:
    """The outcome in one of `FORMATS` but text, which shows source lines and is the
    command line's, ending in a line break. `located` gives a place by the path from
    the root of the repository; where it is in no file, the file is empty. `version` is
    that of the program.

    Raises ValueError for another format.
    """
    match form:
        case "json":
            return json_text(_as_json(linted), indent=2) + "\n"
        case "github":
            return Commands("".join(_command(i, located) for i in linted.report))
        case "sarif":
            log = sarif.log(version, _results(linted, located), judged=linted.readable)
            return json_text(log, indent=2) + "\n"
        case _:
            raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")


# --- summary -----------------------------------------------------------------------

_WORDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def summary(linted: Linted) -> str:
    """How much was found, in one line: `3 errors, 2 warnings in 1 file`."""
    counts = Counter(item.severity for item in linted.report)
    if not counts:
        found = f"no problems in {_counted(linted.specifications, 'specification')}"
    else:
        parts = [
            _counted(counts[severity], word)
            for severity, word in _WORDS.items()
            if counts[severity]
        ]
        files = {item.span.file for item in linted.report} - {COMMAND_LINE.file}
        where = f" in {_counted(len(files), 'file')}" if files else ""
        found = f"{', '.join(parts)}{where}"
    more = len(linted.suppressed)
    return f"{found} ({more} suppressed)" if more else found


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


# --- JSON --------------------------------------------------------------------------


def _as_json(linted: Linted) -> dict[str, Any]:
    counts = Counter(item.severity for item in linted.report)
    return {
        "summary": {
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "notes": counts[Severity.INFO],
            "suppressed": len(linted.suppressed),
            "specifications": linted.specifications,
        },
        "readable": linted.readable,
        "diagnostics": [_diagnostic(item, linted) for item in linted.report],
        "suppressed": [
            {**_diagnostic(item.diagnostic, linted), "reason": item.reason}
            for item in linted.suppressed
        ],
    }


def _diagnostic(item: Diagnostic, linted: Linted) -> dict[str, Any]:
    place = linted.places.get(item.span, NOWHERE)
    return {
        "file": item.span.file,
        "line": item.span.line,
        "column": item.span.column,
        "severity": item.severity.value,
        "code": item.code,
        "message": item.message,
        "schema": place.schema or None,
        "pointer": place.pointer,
    }


# --- GitHub ------------------------------------------------------------------------

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def _command(item: Diagnostic, located: Callable[[Span], Span]) -> Commands:
    """A workflow command that marks the line of a problem."""
    span = located(item.span)
    given = {"file": span.file, "line": span.line, "col": span.column}
    properties: dict[str, object] = {key: it for key, it in given.items() if it}
    properties["title"] = item.code
    return command(_COMMANDS[item.severity], properties, [item.message])


# --- SARIF -------------------------------------------------------------------------

_LEVELS: Final[Mapping[Severity, sarif.Level]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def _results(linted: Linted, located: Callable[[Span], Span]) -> list[sarif.Result]:
    """Every problem that is shown, and those that are accepted as what they are. Of
    one whose severity is off there is nothing to be kept."""
    found = [(item, "") for item in linted.report]
    found += [(s.diagnostic, s.reason) for s in linted.suppressed if s.accepted]
    return [
        sarif.Result(
            _rule(item.code),
            _LEVELS[item.severity],
            item.message,
            located(item.span),
            linted.places.get(item.span, NOWHERE).pointer or "",
            reason,
        )
        for item, reason in found
    ]


def _rule(code: str) -> sarif.Rule:
    rule = RULES.get(code)
    if rule is None:
        title = CODES.get(code, code)
        return sarif.Rule(code, title, _sentence(title), "error")
    help_ = f"{_sentence(rule.title)} {rule.explanation}"
    return sarif.Rule(code, rule.title, help_, _LEVELS[rule.severity])


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
