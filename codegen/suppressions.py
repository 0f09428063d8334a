"""What people have decided about problems: accepted, each until a day they named, or of
another severity than it has by itself. `lint` and `diff` share it.

A file of accepted problems is YAML or JSON: a list of entries with the keys

    rule      the id of a rule of `diff`, or a code of `lint`
    expires   the last day on which the entry counts, as YYYY-MM-DD
    reason    why it is accepted; required, for whoever reads it later

and those that say where; without them, the entry counts anywhere. Which of these there
are the catalogue says. Nobody here knows what day it is: the caller says.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from codegen import nearby
from codegen.config import Setting
from codegen.diagnostics import Report, Severity, Span
from codegen.source.document import Document

ERROR: Final = "error"
WARN: Final = "warn"
OFF: Final = "off"
"""What people can make of a problem: one that fails a run, one that does not, none."""

_NEEDED: Final = ("rule", "expires", "reason")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What can be decided about: the ids, and the keys that say where, with the values
    that a key takes where not all are good. `word` is what people call an id. `others`
    are ids of another catalogue: decisions about these are left to it."""

    rules: Collection[str]
    places: Mapping[str, tuple[str, ...]]
    word: str = "rule"
    others: Collection[str] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key of an entry."""
        return ("rule", "expires", *self.places, "reason")

    def unknown(self, rule: str) -> str:
        """That there is no such id, and which come near."""
        near = nearby.question(rule, sorted({*self.rules, *self.others}))
        word = "code or rule" if self.others else self.word
        return f"there is no {word} {rule!r}{near}"

    def leaves(self, rule: object) -> bool:
        """Whether decisions about an id are left to the other catalogue."""
        if not isinstance(rule, str):
            return False
        return rule in self.others and rule not in self.rules


# --- severities --------------------------------------------------------------------


def levels(
    settings: Iterable[Setting], catalogue: Catalogue, report: Report
) -> dict[str, str]:
    """The level of each rule that has been given one; the last one counts. A rule that
    there is not is reported."""
    found = {}
    for setting in settings:
        if setting.rule in catalogue.rules:
            found[setting.rule] = setting.level
        elif not catalogue.leaves(setting.rule):
            message = catalogue.unknown(setting.rule)
            report.add("severity", message, setting.span, source=setting.source)
    return found


# --- accepted ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted problem; what `where` does not say can be anything."""

    rule: str
    expires: datetime.date
    reason: str
    span: Span
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def promise(self) -> str:
        """How long it is accepted, and why."""
        return f"accepted until {self.expires.isoformat()}: {self.reason}"


def load(path: Path | str, catalogue: Catalogue, report: Report) -> tuple[Entry, ...]:
    """The entries of a file; every problem of it goes to the report."""
    shown = Path(path).as_posix()
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can have this name"
        report.add("read", f"cannot be read: {reason}", Span(shown))
        return ()
    return parse(content, shown, catalogue, report)


def parse(
    content: bytes, shown: str, catalogue: Catalogue, report: Report
) -> tuple[Entry, ...]:
    """The entries of a text; `shown` is what people call its file."""
    document = Document(shown, shown, content)
    document.report(report, vendors=False)
    if not document.readable:
        return ()
    data = document.data
    if not isinstance(data, list):
        message = "the file is a list of entries; without any it is []"
        _complain(document, report, "", message)
        return ()
    return tuple(
        entry
        for index, item in enumerate(data)
        for entry in _entry(document, catalogue, report, index, item)
    )


def _entry(
    document: Document, catalogue: Catalogue, report: Report, index: int, item: Any
) -> Iterator[Entry]:
    where = f"/{index}"
    if not isinstance(item, dict):
        _complain(document, report, where, "an entry is a mapping")
        return
    if catalogue.leaves(item.get("rule")):
        return
    problems = list(_problems(item, catalogue))
    for key, message in problems:
        _complain(document, report, f"{where}/{key}" if key in item else where, message)
    if problems:
        return
    yield Entry(
        item["rule"],
        datetime.date.fromisoformat(item["expires"]),
        item["reason"],
        document.span(where),
        {key: item[key] for key in catalogue.places if key in item},
    )


def _problems(item: dict[str, Any], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """What is wrong with an entry: the key and a sentence."""
    known = catalogue.keys
    for key, value in item.items():
        if key not in known:
            yield key, f"{key!r} is no key of an entry; there are {', '.join(known)}"
        elif not isinstance(value, str):
            yield key, f"{key!r} is a text"
    for key in _NEEDED:
        if key not in item:
            yield key, f"the entry has no {key!r}"
    rule, expires = item.get("rule"), item.get("expires")
    if isinstance(rule, str) and rule not in catalogue.rules:
        yield "rule", catalogue.unknown(rule)
    if isinstance(expires, str) and day(expires) is None:
        yield "expires", f"{expires!r} is no day written as YYYY-MM-DD"
    if isinstance(item.get("reason"), str) and not item["reason"].strip():
        yield "reason", "the reason is empty; say why this may be let through"
    where = item.get("pointer", "")
    if isinstance(where, str) and not where.startswith("/") and where:
        yield "pointer", f"{where!r} is no JSON Pointer: each of its tokens follows a /"
    for key, values in catalogue.places.items():
        if values and item.get(key, values[0]) not in values:
            yield key, f"a {key} is {' or '.join(values)}"


def day(text: str) -> datetime.date | None:
    """The day that is written as YYYY-MM-DD; None where none is."""
    try:
        found = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def _complain(document: Document, report: Report, where: str, message: str) -> None:
    span = document.span(where)
    report.add("invalid-ignore", message, span, source=document.line(span.line))


_Key: TypeAlias = tuple[str, frozenset[tuple[str, str]]]
"""The rule of an entry and what it says of places: problems are looked up by it, for
there may be thousands of either."""


@dataclass(slots=True)
class Accepted:
    """The entries that count on a day, and which of them have been met."""

    entries: tuple[Entry, ...]
    today: datetime.date
    _met: set[int] = field(default_factory=set)
    _numbers: dict[_Key, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, entry in enumerate(self.entries):
            if entry.expires >= self.today:
                key = (entry.rule, frozenset(entry.where.items()))
                self._numbers.setdefault(key, []).append(number)

    def entry(self, rule: str, where: Mapping[str, Collection[str]]) -> Entry | None:
        """The first entry that accepts a problem; one past its day accepts none.
        `where` has what each key may say of its place."""
        choices = [
            [(), *(((key, text),) for text in texts)] for key, texts in where.items()
        ]
        fitting: set[int] = set()
        for said in itertools.product(*choices):
            place = frozenset(part for one in said for part in one)
            fitting.update(self._numbers.get((rule, place), ()))
        self._met.update(fitting)
        return self.entries[min(fitting)] if fitting else None

    def warn(self, report: Report, *, whole: bool) -> None:
        """Warn of each entry that is past its day, and where the `whole` of what the
        entries are about was looked at, of each that has met nothing."""
        for number, entry in enumerate(self.entries):
            if entry.expires < self.today:
                code, day = "expired-ignore", entry.expires.isoformat()
                message = f"the entry expired on {day}"
            elif whole and number not in self._met:
                code = "stale-ignore"
                message = f"nothing found is {entry.rule} there; the entry is stale"
            else:
                continue
            report.add(code, message, entry.span, severity=Severity.WARNING)
