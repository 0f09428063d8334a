"""Problems of a specification as data: a code, a place, a sentence.

Nothing here prints and nothing raises at the first problem: a `Report` collects
all of them, and the command line prints them sorted, with the source line.
"""

from __future__ import annotations

import enum
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from codegen.escaping import line, masked


class Severity(enum.Enum):
    """How much a diagnostic matters: only errors make a command fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file; line and column count from 1, in code points.

    `line` is 0 where a whole file is meant.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


COMMAND_LINE: Final = Span("command line")
"""Where something is said that stands in no file."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `source` is the text of the line, for display; where the line is
    long, the part of it around the place, behind `left_out` characters."""

    severity: Severity
    code: str
    message: str
    span: Span
    source: str = ""
    left_out: int = 0

    def __str__(self) -> str:
        """All but the source on one line that may be printed anywhere."""
        said = f"{self.span}: {self.severity.value}[{self.code}]: {self.message}"
        return line(said)

    def row(self) -> list[str | int]:
        """All of it as plain data."""
        place = self.span
        where = (place.file, place.line, place.column)
        shown = (self.source, self.left_out)
        return [self.severity.value, self.code, self.message, *where, *shown]


CODES: Final[dict[str, str]] = {
    # reading
    "read": "a file cannot be read",
    "syntax": "the text is neither YAML nor JSON",
    "duplicate-key": "a mapping holds the same key twice",
    "too-large": "a document goes beyond the limits set for hostile input",
    "dialect": "the document is of no dialect that is understood",
    "overlay": "an action of an overlay that cannot be applied",
    "lock": "`codegen.lock` is not what codegen has written",
    # references
    "dangling-ref": "a reference points at nothing",
    "circular-ref": "references lead only to each other",
    "remote-ref": "a reference leaves the root folder, or would have to be fetched",
    # schemas
    "invalid-keyword": "a value that means nothing to its keyword is not enforced, "
    "which is a warning to `generate`",
    "read-as-meant": "a value that is not what its keyword takes, and that can mean "
    "one thing only, is read as that (a warning)",
    "unknown-type": "a type that JSON Schema does not know is not enforced, which is "
    "a warning to `generate`",
    "unknown-keyword": "a keyword that the dialect does not know",
    "invalid-pattern": "a regular expression does not compile",
    # what is taken
    "no-match": "`--include`, `--exclude` or an event of the configuration names no "
    "schema",
    "no-schemas": "a document without a schema gives a package without a class "
    "(a warning)",
    # recordings
    "no-events": "nothing in a specification says which events there are",
    "no-recording": "what is named is no recording",
    "recording": "a line of a recording that cannot be read",
    # configuration and output
    "config": "the configuration is not what its schema asks for",
    "required-version": "the project asks for another version of codegen",
    "rename": "a name is given for a place that the package does not have, or is not "
    "to be had",
    "template": "a template of one's own that cannot be read, says what none may, or "
    "of which no Python comes",
    "severity": "a severity is given to a code that there is not",
    "invalid-ignore": "an entry of an ignore file that means nothing",
    "expired-ignore": "an entry of an ignore file that is past its day, and counts as "
    "absent (a warning)",
    "stale-ignore": "an entry of an ignore file that meets nothing (a warning)",
    "package-name": "the name of a package that could not be imported",
    "extract": "no single document says the same as a part of a specification",
    "unavailable": "this version does not have what was asked for",
    "output": "the output cannot be written to this place",
    "occupied": "a file that is not ours stands where one of ours should",
    "kept": "a stale file was edited by hand and stays",
    "edited": "a generated file was edited by hand and is overwritten",
    "write": "the disk refused a file",
    "unsafe-output": "generated code has a shape that generated code never has",
}
"""Every code and what it stands for; `lint` adds its own in `codegen.linter.codes`."""


WAYS_OUT: Final = (
    "`--lenient` goes on without it, `--overlay` mends the document, `--include` or "
    "`--exclude` leaves it out"
)
"""What can be done about a fault in a document that one does not own: how each error
about such a fault ends."""


class CodegenError(Exception):
    """Work cannot go on; the report says why."""

    def __init__(self, report: Report) -> None:
        super().__init__("\n".join(str(item) for item in report))
        self.report = report


_AROUND: Final = 200
"""How many characters of a line are kept on each side of a place in it."""

_ADDRESS: Final = 2_000
"""How far on each side addresses are looked for, which may have passwords in them."""


def _around(source: str, column: int) -> tuple[str, int]:
    """What is kept of a line, and how many characters of it are left out before that.
    A document may be one line of megabytes, and have a thousand problems."""
    start = max(column - _ADDRESS, 0)
    whole = source[start : column + _ADDRESS]
    shown = masked(whole)
    if shown != whole:
        return shown, start
    start = max(column - _AROUND, 0)
    return source[start : column + _AROUND], start


def _key(item: Diagnostic) -> tuple[Span, str, str]:
    return item.span, item.code, item.message


_ABOUT_ALL: Final = frozenset({"too-large"})
"""Codes that are about a specification as a whole: where its limit was met first says
it all, and each place behind that would say the same."""


@dataclass(slots=True)
class Report:
    """Collects diagnostics, each once."""

    items: dict[tuple[Span, str, str], Diagnostic] = field(default_factory=dict)
    _about_all: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of_rows(cls, rows: Iterable[list[Any]]) -> Report:
        """The report of diagnostics that were made plain data. Raises ValueError."""
        report = cls()
        for severity, code, message, file, at_line, column, *shown in rows:
            span = Span(file, at_line, column)
            report.put(Diagnostic(Severity(severity), code, message, span, *shown))
        return report

    def add(
        self,
        code: str,
        message: str,
        span: Span,
        *,
        severity: Severity = Severity.ERROR,
        source: str = "",
    ) -> None:
        """Record a problem; the same code, place and message counts once. Nothing of
        it shows a password that stands in an address."""
        source, left_out = _around(source, span.column)
        message = masked(message)
        if (file := masked(span.file)) != span.file:
            span = replace(span, file=file)
        self.put(Diagnostic(severity, code, message, span, source, left_out))

    def put(self, item: Diagnostic) -> None:
        """Record a problem that is there already as one. What is known as a milder one
        becomes as grave."""
        if item.code in _ABOUT_ALL:
            if (item.code, item.message) in self._about_all:
                return
            self._about_all.add((item.code, item.message))
        known = self.items.setdefault(_key(item), item)
        if item.severity is Severity.ERROR is not known.severity:
            self.items[_key(item)] = item

    def drop(self, item: Diagnostic) -> None:
        """Forget a problem."""
        self.items.pop(_key(item), None)
        self._about_all.discard((item.code, item.message))

    def knows(self, item: Diagnostic) -> bool:
        """Whether a problem has been recorded, however grave."""
        return _key(item) in self.items

    def has(self, code: str) -> bool:
        """Whether there is a diagnostic with a code."""
        return any(item.code == code for item in self.items.values())

    def take(self, other: Report) -> None:
        """Record all that another report has; one that is known counts once."""
        if other is not self:
            for item in other.items.values():
                self.put(item)

    def escalate(self, codes: Container[str] | None = None) -> None:
        """Make errors of the warnings that have one of these codes, or of all."""
        for key, item in self.items.items():
            if item.severity is Severity.WARNING and (
                codes is None or item.code in codes
            ):
                self.items[key] = replace(item, severity=Severity.ERROR)

    def soften(self, *, but: str) -> None:
        """Make warnings of all errors but those of one code."""
        for key, item in self.items.items():
            if item.severity is Severity.ERROR and item.code != but:
                self.items[key] = replace(item, severity=Severity.WARNING)

    def __iter__(self) -> Iterator[Diagnostic]:
        """All diagnostics by file, line, column, code."""
        return (self.items[key] for key in sorted(self.items))

    def __len__(self) -> int:
        return len(self.items)

    @property
    def failed(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(d.severity is Severity.ERROR for d in self.items.values())

    def check(self) -> None:
        """Raise `CodegenError` if any diagnostic is an error."""
        if self.failed:
            raise CodegenError(self)
