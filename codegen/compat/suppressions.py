"""Findings that people have accepted, each until a day they named.

The file is YAML or JSON: a list of entries with the keys

    rule      the id of a rule
    expires   the last day on which the entry counts, as YYYY-MM-DD
    schema    the schema of the finding; without it, any
    pointer   its place in the schema; without it, any
    direction `client_to_server` or `server_to_client`; without it, both
    reason    why it is accepted; required, for whoever reads it later

Nobody here knows what day it is: the caller says.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from codegen.compat.findings import Comparison, Finding, Verdict
from codegen.compat.rules import RULES
from codegen.diagnostics import Report, Severity, Span
from codegen.source.document import Document

_KEYS: Final = ("rule", "expires", "schema", "pointer", "direction", "reason")
_NEEDED: Final = ("rule", "expires", "reason")
_DIRECTIONS: Final = ("client_to_server", "server_to_client")


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted finding; empty fields match anything."""

    rule: str
    expires: datetime.date
    reason: str
    span: Span
    schema: str = ""
    pointer: str | None = None
    direction: str = ""

    def matches(self, finding: Finding) -> bool:
        """Whether a finding is the accepted one."""
        return (
            self.rule == finding.rule
            and self.schema in ("", finding.schema)
            and self.pointer in (None, finding.pointer)
            and self.direction in ("", finding.direction and finding.direction.value)
        )


def load(path: Path | str, report: Report) -> tuple[Entry, ...]:
    """The entries of a file; every problem of it goes to the report."""
    shown = Path(path).as_posix()
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        report.add("read", f"cannot be read: {error.strerror}", Span(shown))
        return ()
    return parse(content, shown, report)


def parse(content: bytes, shown: str, report: Report) -> tuple[Entry, ...]:
    """The entries of a text; `shown` is what people call its file."""
    document = Document(shown, shown, content)
    document.report(report)
    if not document.readable:
        return ()
    data = document.data
    if not isinstance(data, list):
        _complain(document, report, "", "the file is a list of accepted findings")
        return ()
    return tuple(
        entry
        for index, item in enumerate(data)
        for entry in _entry(document, report, index, item)
    )


def _entry(
    document: Document, report: Report, index: int, item: Any
) -> Iterator[Entry]:
    where = f"/{index}"
    if not isinstance(item, dict):
        _complain(document, report, where, "an entry is a mapping")
        return
    problems = list(_problems(item))
    for key, message in problems:
        _complain(document, report, f"{where}/{key}" if key in item else where, message)
    if problems:
        return
    yield Entry(
        item["rule"],
        datetime.date.fromisoformat(item["expires"]),
        item["reason"],
        document.span(where),
        item.get("schema", ""),
        item.get("pointer"),
        item.get("direction", ""),
    )


def _problems(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with an entry: the key and a sentence."""
    for key, value in item.items():
        if key not in _KEYS:
            yield key, f"{key!r} is no key of an entry; there are {', '.join(_KEYS)}"
        elif not isinstance(value, str):
            yield key, f"{key!r} is a text"
    for key in _NEEDED:
        if key not in item:
            yield key, f"the entry has no {key!r}"
    rule, expires = item.get("rule"), item.get("expires")
    if isinstance(rule, str) and rule not in RULES:
        yield "rule", f"there is no rule {rule!r}"
    if isinstance(expires, str) and not _date(expires):
        yield "expires", f"{expires!r} is no day written as YYYY-MM-DD"
    if item.get("direction", _DIRECTIONS[0]) not in _DIRECTIONS:
        yield "direction", f"a direction is {' or '.join(_DIRECTIONS)}"


def _date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _complain(document: Document, report: Report, where: str, message: str) -> None:
    span = document.span(where)
    report.add("invalid-ignore", message, span, source=document.line(span.line))


def apply(
    comparison: Comparison,
    entries: tuple[Entry, ...],
    today: datetime.date,
    report: Report,
) -> Comparison:
    """The comparison without what is accepted.

    An entry past its day no longer counts and is reported, and so is one that
    matches nothing: both as warnings. An accepted finding stays as compatible, with
    the reason, so that reports still show it.
    """
    used: set[Entry] = set()
    findings = []
    for finding in comparison.findings:
        fitting = [e for e in entries if e.matches(finding)]
        used.update(fitting)
        counting = [e for e in fitting if e.expires >= today]
        if counting and finding.verdict is not Verdict.COMPATIBLE:
            entry = counting[0]
            hint = f"accepted until {entry.expires.isoformat()}: {entry.reason}"
            finding = replace(
                finding, verdict=Verdict.COMPATIBLE, hint=hint, accepted=True
            )
        findings.append(finding)
    for entry in entries:
        _warn(entry, entry in used, today, report)
    return replace(comparison, findings=tuple(findings))


def _warn(entry: Entry, used: bool, today: datetime.date, report: Report) -> None:
    if not used:
        message = f"nothing found is {entry.rule} there; the entry is stale"
        report.add("stale-ignore", message, entry.span, severity=Severity.WARNING)
    elif entry.expires < today:
        message = f"the entry expired on {entry.expires.isoformat()}"
        report.add("expired-ignore", message, entry.span, severity=Severity.WARNING)
