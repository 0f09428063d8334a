"""Problems in the Static Analysis Results Interchange Format, SARIF 2.1.0, as code
scanning and editors read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import quote

from codegen.diagnostics import Span
from codegen.escaping import sarif_text

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
Level: TypeAlias = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What problems have in common: a title, and what to know and do about them."""

    id: str
    title: str
    help: str
    level: Level


@dataclass(frozen=True, slots=True)
class Result:
    """One problem. `span` has a path relative to the repository; its file is empty
    where the problem is in none. `pointer` is the place by names. `accepted` says why
    it does not count; empty if it does."""

    rule: Rule
    level: Level
    message: str
    span: Span
    pointer: str = ""
    accepted: str = ""


def log(version: str, results: Sequence[Result], *, judged: bool) -> dict[str, Any]:
    """The log of one run; `judged` tells whether it came to a judgement at all."""
    rules = sorted(
        {result.rule.id: result.rule for result in results}.values(), key=_id
    )
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    driver = {
        "name": "codegen",
        **_version(version),
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": judged}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, numbers) for result in results],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


_SEMVER: Final = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?")


def _version(version: str) -> dict[str, str]:
    """The version, under the name that a semantic one has if it is one."""
    if not version:
        return {}
    semantic = _SEMVER.fullmatch(version)
    return {"semanticVersion" if semantic else "version": version}


def _id(rule: Rule) -> str:
    return rule.id


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": _text(rule.title),
        "help": _text(rule.help),
        "defaultConfiguration": {"level": rule.level},
    }


def _result(result: Result, numbers: dict[str, int]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": result.rule.id,
        "ruleIndex": numbers[result.rule.id],
        "level": result.level,
        "message": _text(result.message),
        "locations": list(_locations(result)),
    }
    if result.accepted:
        made["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": result.accepted,
            }
        ]
    return made


def _locations(result: Result) -> Iterable[dict[str, Any]]:
    span = result.span
    if not span.file:
        return
    physical: dict[str, Any] = {"artifactLocation": _artifact(span.file)}
    if span.line:
        region = {"startLine": span.line}
        if span.column:
            region["startColumn"] = span.column
        physical["region"] = region
    location = {"physicalLocation": physical}
    if result.pointer:
        logical = {"fullyQualifiedName": result.pointer}
        yield {**location, "logicalLocations": [logical]}
    else:
        yield location


def _artifact(file: str) -> dict[str, str]:
    """A file by its path from the root of the repository, or by its URI if it has
    one."""
    if "://" in file:
        return {"uri": quote(file, safe="/:?#[]@!$&'()*+,;=%-._~", errors="replace")}
    return {"uri": quote(file, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _text(text: str) -> dict[str, str]:
    return {"text": sarif_text(text)}
