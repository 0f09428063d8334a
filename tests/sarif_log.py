"""What SARIF 2.1.0 asks of a log, as far as ours have it; nothing else may be there."""

from __future__ import annotations

import re
from typing import Any, Final

from codegen.sarif import SCHEMA

_SEMVER: Final = re.compile(
    r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?"
)
_REFERENCE: Final = re.compile(
    r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?#\[\]]|%[0-9A-F]{2})+"
)
_LEVELS: Final = ("none", "note", "warning", "error")


def check(log: Any) -> None:
    """Hold a log against the standard. Raises AssertionError."""
    assert _keys(log, "$schema", "version", "runs")
    assert (log["$schema"], log["version"]) == (SCHEMA, "2.1.0")
    (run,) = log["runs"]
    assert _keys(run, "tool", "invocations", "columnKind", "results")
    assert run["columnKind"] == "unicodeCodePoints"
    (invocation,) = run["invocations"]
    assert isinstance(invocation["executionSuccessful"], bool)
    assert _keys(run["tool"], "driver")
    driver = run["tool"]["driver"]
    assert _keys(driver, "name", "rules", optional=("semanticVersion", "version"))
    assert driver["name"]
    assert _SEMVER.fullmatch(driver.get("semanticVersion", "0.0.0"))
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        _rule(rule)
    for result in run["results"]:
        _result(result, rules)


def _rule(rule: Any) -> None:
    assert _keys(rule, "id", "shortDescription", "help", "defaultConfiguration")
    assert rule["id"]
    _message(rule["shortDescription"])
    _message(rule["help"])
    assert rule["defaultConfiguration"]["level"] in _LEVELS


def _result(result: Any, rules: list[Any]) -> None:
    needed = ("ruleId", "ruleIndex", "level", "message", "locations")
    assert _keys(result, *needed, optional=("suppressions",))
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] in _LEVELS
    _message(result["message"])
    assert len(result["locations"]) <= 1
    for location in result["locations"]:
        _location(location)
    for one in result.get("suppressions", ()):
        assert _keys(one, "kind", "status", "justification")
        assert (one["kind"], one["status"]) == ("external", "accepted")


def _message(message: Any) -> None:
    assert _keys(message, "text")
    assert message["text"].strip()
    # Text, never a link or a place for an argument.
    assert not re.search(r"(?<!\\)\]\(|(?<!\{)\{\d+\}", message["text"])


def _location(location: Any) -> None:
    assert _keys(location, "physicalLocation", optional=("logicalLocations",))
    for logical in location.get("logicalLocations", ()):
        assert _keys(logical, "fullyQualifiedName")
        assert logical["fullyQualifiedName"]
    physical = location["physicalLocation"]
    assert _keys(physical, "artifactLocation", optional=("region",))
    _artifact(physical["artifactLocation"])
    if "region" in physical:
        region = physical["region"]
        assert _keys(region, "startLine", optional=("startColumn",))
        assert all(type(number) is int and number >= 1 for number in region.values())


def _artifact(artifact: Any) -> None:
    uri = artifact["uri"]
    assert _REFERENCE.fullmatch(uri), uri
    absolute = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", uri)
    assert _keys(artifact, "uri", optional=() if absolute else ("uriBaseId",))
    if not absolute:
        assert artifact["uriBaseId"] == "%SRCROOT%"
        assert not uri.startswith("/")
        assert "\\" not in uri


def _keys(found: Any, *needed: str, optional: tuple[str, ...] = ()) -> bool:
    """Whether an object has these keys, and no others."""
    return {*needed} <= found.keys() <= {*needed, *optional}
